"""Where in a file a volume's bytes lie, and how they get into memory: checked first, then read once, to the end."""

import bz2
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Literal, cast

import numpy as np
from isal import igzip, isal_zlib
from numpy.typing import NDArray

from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.fingerprint import Filled
from unet_studio.files.regular import check_memory, reading_errors, regular_size, shown, size_in_words
from unet_studio.progress import Progress, Steps

Packing = Literal["raw", "gzip", "zlib", "bzip2"]

ANYWAY = "anyway"  # the choice that opens a file in spite of how much it unpacks to
_DAMAGED: tuple[type[Exception], ...] = (gzip.BadGzipFile, cast(type[Exception], isal_zlib.error))
_MOST_EXTRA = 64 << 20
_STEP = 8 << 20  # bytes between two reports
_PIECE = 1 << 20  # bytes read or converted at a time: they stay in the processor's cache
_GREATEST_RATIO = {"raw": 1, "gzip": 1032, "zlib": 1032, "bzip2": 50_000}  # deflate: 258 bytes out of 2 bits
_ASK_ABOVE_BYTES, _ASK_ABOVE_RATIO = 1 << 30, 200


Convert = Callable[[NDArray[Any], NDArray[Any]], object]  # (place, stored number) fills (place, channel)


@dataclass(frozen=True, slots=True)
class Stored:
    """``nbytes`` bytes, after ``skip`` others, of the stream that begins at byte ``start`` of ``path``.

    ``total`` is how many of them the file claims to hold in all, where that is more (the other frames).
    """

    path: Path
    nbytes: int
    start: int = 0
    skip: int = 0
    packing: Packing = "raw"
    total: int = 0

    @property
    def end(self) -> int:
        """How many bytes the unpacked stream must have."""
        return self.skip + max(self.nbytes, self.total)

    def frame(self, number: int) -> "Stored":
        """The same of a later frame, each of ``nbytes``."""
        before = number * self.nbytes
        return replace(self, skip=self.skip + before, total=max(self.nbytes, self.total) - before)

    def piece(self, first: int, nbytes: int) -> "Stored":
        """``nbytes`` from byte ``first`` of these alone."""
        return replace(self, skip=self.skip + first, nbytes=nbytes, total=0)


def check_stored(stored: Stored, *, is_trusted: bool = False) -> str:
    """Finds out without reading whether the bytes can be there and fit into memory; a warning, or "".

    Raises:
        ReadError: the file is too short for its claim, or memory is.
        ChoiceNeeded: packed so tightly that it is no usual scan; ``is_trusted`` says to open it all the same.
    """
    size = regular_size(stored.path) - stored.start
    if size * _GREATEST_RATIO[stored.packing] < stored.end:
        raise _cut_short(stored, size)
    check_memory(stored.path, stored.nbytes)
    if not is_trusted and stored.nbytes > _ASK_ABOVE_BYTES and stored.end > size * _ASK_ABOVE_RATIO:
        raise ChoiceNeeded(
            f"{shown(stored.path)} is {size_in_words(size)} on disk and unpacks to {size_in_words(stored.end)}, which is large "
            f"for a scan. Open it as {shown(stored.path)}#{ANYWAY} if you trust it.",
            path=stored.path,
            choices=(ANYWAY,),
        )
    held = _gzip_size(stored.path) if stored.packing == "gzip" else size if stored.packing == "raw" else 0
    if held > stored.end + 16:
        return f"{shown(stored.path)} is {held - stored.end:,} bytes longer than its header says. Check that nothing is missing."
    return ""


def read_stored(
    stored: Stored, dtype: np.dtype[Any], voxels: NDArray[Any], convert: Convert | None = None
) -> Steps[None]:
    """Fills ``voxels``, which are in one piece, from the bytes: numbers of ``dtype``, or what ``convert`` makes of them.

    Without ``convert`` the bytes are read to where they belong; with it, a megabyte at a time is held beside. The whole stream is
    read, so a wrong checksum is found.

    Raises:
        ReadError: shorter than claimed, or damaged.
    """
    with _unpacked(stored) as stream:
        _skip(stream, stored)
        if convert is None:
            yield from _read_straight(stream, stored, dtype, voxels)
        else:
            yield from _read_converted(stream, stored, dtype, voxels, convert)
        yield from _drain(stream, stored)


class Onward:
    """A packed file that is read on from where it was left, so that frames one after the other unpack it once."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._at = 0  # bytes of the stream that have been read

    def read(
        self, stored: Stored, dtype: np.dtype[Any], voxels: NDArray[Any], convert: Convert | None = None
    ) -> Steps[None]:
        """As ``read_stored``, of bytes behind those read before; what comes after is looked at where they are the last."""
        assert self._at <= stored.skip, (self._at, stored)
        while self._at < stored.skip:
            self._at += _some(len(self._stream.read(min(_STEP, stored.skip - self._at))), stored, self._at)
        if convert is None:
            yield from _read_straight(self._stream, stored, dtype, voxels)
        else:
            yield from _read_converted(self._stream, stored, dtype, voxels, convert)
        self._at += stored.nbytes
        if stored.total <= stored.nbytes:
            yield from _drain(self._stream, stored)


@contextmanager
def onward(stored: Stored) -> Iterator[Onward]:
    """A packed file, open at its beginning. What is wrong with it is a ``ReadError``."""
    with _unpacked(stored) as stream:
        yield Onward(stream)


def read_piece(stored: Stored, dtype: np.dtype[Any], voxels: NDArray[Any], convert: Convert | None = None) -> None:
    """The same without a look at what comes after: for a piece of a file."""
    with _unpacked(stored) as stream:
        _skip(stream, stored)
        steps = _read_converted(stream, stored, dtype, voxels, convert) if convert else None
        for _ in steps or _read_straight(stream, stored, dtype, voxels):
            pass


def _skip(stream: Any, stored: Stored) -> None:
    if stored.packing == "raw":
        stream.seek(stored.skip, io.SEEK_CUR)
        return
    done = 0
    while done < stored.skip:
        done += _some(len(stream.read(min(_STEP, stored.skip - done))), stored, done)


def _read_straight(stream: Any, stored: Stored, dtype: np.dtype[Any], voxels: NDArray[Any]) -> Steps[None]:
    target = voxels.reshape(-1).view(np.uint8).data
    done, message = 0, f"Reading {shown(stored.path)}"
    while done < stored.nbytes:
        done += _some(stream.readinto(target[done : done + _PIECE]), stored, stored.skip + done)
        if dtype.isnative:
            yield Filled(done / stored.nbytes, message, voxels=voxels, nbytes=done)
        else:
            yield Progress(done / stored.nbytes, message)
    if not dtype.isnative:
        voxels.byteswap(inplace=True)


def _read_converted(
    stream: Any, stored: Stored, dtype: np.dtype[Any], voxels: NDArray[Any], convert: Convert
) -> Steps[None]:
    places = int(np.prod(voxels.shape[:3]))
    flat = voxels.reshape(places, -1)
    piece = np.empty(
        (max(1, min(places, _PIECE * places // stored.nbytes)), stored.nbytes // places // dtype.itemsize), dtype
    )
    target = piece.reshape(-1).view(np.uint8).data
    for first in range(0, places, len(piece)):
        count = min(len(piece), places - first)
        wanted, done = count * piece.strides[0], 0
        while done < wanted:
            at = stored.skip + first * piece.strides[0] + done
            done += _some(stream.readinto(target[done:wanted]), stored, at)
        convert(piece[:count].astype(dtype.newbyteorder("="), copy=False), flat[first : first + count])
        filled = (first + count) * flat.strides[0]
        yield Filled((first + count) / places, f"Reading {shown(stored.path)}", voxels=voxels, nbytes=filled)


def _drain(stream: Any, stored: Stored) -> Steps[None]:
    """To the end of a packed stream, where its checksum is; what a header does not tell of is no endless read."""
    rest = max(0, stored.total - stored.nbytes) + _MOST_EXTRA if stored.packing != "raw" else 0
    while rest > 0 and (count := len(stream.read(_STEP))):
        rest -= count
        yield Progress(1.0, f"Checking {shown(stored.path)}")
    if rest < 0:
        raise ReadError(
            f"{shown(stored.path)} is damaged: it is far longer than its header says. Ask for a new copy.",
            path=stored.path,
        )


def read_start(path: Path, nbytes: int) -> bytes:
    """The first bytes of a file, unpacked where it is gzip; fewer where it is short.

    Raises:
        ReadError: not an ordinary file, or gzip that is damaged from the start.
    """
    regular_size(path)
    with reading_errors(path), path.open("rb") as file:
        head = file.read(nbytes)
    if not head.startswith(b"\x1f\x8b"):
        return head
    with _unpacked(Stored(path, nbytes, packing="gzip")) as stream:
        return bytes(stream.read(nbytes))


def is_gzip(path: Path) -> bool:
    """Whether the file's content, whatever its name, is gzip."""
    with reading_errors(path), path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _some(count: int | None, stored: Stored, found: int) -> int:
    if not count:
        raise _cut_short(stored, found)
    return count


def _cut_short(stored: Stored, found: int) -> ReadError:
    unpacked = " when unpacked" if stored.packing != "raw" and found < stored.end else ""
    return ReadError(
        f"{shown(stored.path)} is damaged: expected {stored.end + stored.start:,} bytes{unpacked}, "
        f"found {found + stored.start:,}. Ask for a new copy.",
        path=stored.path,
    )


def _gzip_size(path: Path) -> int:
    """The unpacked size that a gzip file's last four bytes tell: of its last member, and modulo 4 GiB."""
    with reading_errors(path), path.open("rb") as file:
        file.seek(-4, io.SEEK_END)
        return int.from_bytes(file.read(4), "little")


@contextmanager
def _unpacked(stored: Stored) -> Iterator[Any]:
    with reading_errors(stored.path), stored.path.open("rb", buffering=0) as file:
        file.seek(stored.start)
        try:
            if stored.packing == "gzip":
                with igzip.IGzipFile(fileobj=io.BufferedReader(file, 1 << 18)) as stream:
                    yield stream
            elif stored.packing == "bzip2":
                with bz2.BZ2File(file) as packed:
                    yield packed
            elif stored.packing == "zlib":
                yield io.BufferedReader(_Inflating(file), _STEP)
            else:
                yield file
        except EOFError as error:
            raise ReadError(
                f"{shown(stored.path)} is damaged: its compressed data is cut short (truncated), "
                f"{stored.end:,} bytes were expected. Ask for a new copy.",
                path=stored.path,
            ) from error
        except _DAMAGED as error:
            raise ReadError(
                f"{shown(stored.path)} is damaged: its checksum or compressed data is wrong. Ask for a new copy.",
                path=stored.path,
            ) from error


class _Inflating(io.RawIOBase):
    """A zlib stream, unpacked as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._inflate = isal_zlib.decompressobj()
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._inflate.eof:
            packed = self._waiting or self._file.read(1 << 18)
            unpacked = self._inflate.decompress(packed, len(buffer))
            self._waiting = self._inflate.unconsumed_tail
            if unpacked:
                buffer[: len(unpacked)] = unpacked
                return len(unpacked)
            if not packed:
                raise EOFError
        return 0
