"""PNG, JPEG, TIFF and BMP: one picture, the pages of a TIFF, or a numbered folder as a stack. Decoded in the child."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.decoder import decoder
from unet_studio.files.regular import check_memory, regular_size, shown, stem
from unet_studio.files.scan import Scan, Voxels
from unet_studio.image.volume import Geometry, Vector
from unet_studio.progress import Progress, Steps

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM")
MOST_PIXELS = 400_000_000  # a 20,000 × 20,000 picture; more only comes in whole-slide formats, or is a trap
_BATCH_BYTES = 32 << 20  # of pages, decoded at a time


@dataclass(frozen=True, slots=True)
class _Page:
    size: tuple[int, int]  # rows, columns, as shown
    channels: int
    dtype: np.dtype[Any]

    @property
    def nbytes(self) -> int:
        return self.size[0] * self.size[1] * self.channels * self.dtype.itemsize


@dataclass(frozen=True, slots=True)
class _Picture:
    pages: int
    page: _Page
    notes: tuple[str, ...]
    spacing_mm: Vector | None


def is_picture(head: bytes) -> bool:
    """Whether a file's first bytes are those of a picture this program reads."""
    return head.startswith(_SIGNATURES)


def scans(path: Path) -> tuple[Scan, ...]:
    """The volumes of one picture file: one slice, or one per page of a TIFF.

    Raises:
        ReadError: damaged, too large, or pages of different sizes.
    """
    picture = _described(path)
    _check_size(path, picture.page, picture.pages)
    return (_scan((path,), picture.pages, picture.page, picture.spacing_mm, picture.notes, name=stem(path)),)


def stack(folder: Path, files: Sequence[Path]) -> Scan:
    """A folder's pictures as the slices of one volume, by the numbers in their names, with the id "stack".

    Raises:
        ReadError: one is damaged, or they differ in size or kind.
    """
    ordered = tuple(sorted(files, key=natural))
    first: _Page | None = None
    notes: tuple[str, ...] = ()
    for path in ordered:
        picture = _described(path)
        notes = notes or picture.notes
        if picture.pages > 1:
            raise ReadError(f"{shown(path)} has several pages and can't be one slice. Open it by itself.", path=path)
        if first is None:
            first = picture.page
            _check_size(path, first, len(ordered))
        elif picture.page != first:
            raise ReadError(
                f"{shown(path)} differs in size or kind from {shown(ordered[0])}, so the folder is no stack. "
                "Open its pictures as single cases.",
                path=path,
            )
    assert first is not None, "a stack of no pictures"
    return _scan(ordered, 1, first, None, notes, name=shown(folder))


def natural(path: Path) -> tuple[Any, ...]:
    """A sorting key by which slice 10 follows slice 9."""
    return tuple(
        (0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"[0-9]+|[^0-9]+", path.name.lower())
    )


def raw_pixels(path: Path) -> NDArray[Any]:
    """A mask's own numbers as (z, y, x): the palette's indices, not its colours; 0 and 1 of a 1-bit picture.

    Of a colour picture its grey where all three are equal.

    Raises:
        ReadError: damaged, or really in colour.
    """
    picture = _described(path)
    _check_size(path, picture.page, picture.pages)
    return np.concatenate(list(_batches(path, picture.pages, picture.page, "mask pages")))


def too_large(path: Path) -> str:
    """That a picture has more pixels than are read."""
    return f"{shown(path)} is too large: more than {MOST_PIXELS // 1_000_000} million pixels, or damaged. Save the part you need."


def _described(path: Path) -> _Picture:
    regular_size(path)
    said = decoder().facts("picture", path)
    rows, columns, channels, dtype = said["page"]
    spacing = said["spacing_mm"]
    return _Picture(
        int(said["pages"]),
        _Page((int(rows), int(columns)), int(channels), np.dtype(dtype)),
        tuple(said["notes"]),
        None if spacing is None else (float(spacing[0]), float(spacing[1]), float(spacing[2])),
    )


def _batches(path: Path, pages: int, page: _Page, task: str) -> Iterator[NDArray[Any]]:
    """The pages in pieces of some megabytes: a TIFF's page is only found along all those before it."""
    many = max(1, _BATCH_BYTES // page.nbytes)
    for first in range(0, pages, many):
        end = min(pages, first + many)
        yield decoder().array(task, path, first, end, nbytes=page.nbytes * (end - first))


def _scan(
    files: tuple[Path, ...], pages: int, page: _Page, spacing: Vector | None, notes: tuple[str, ...], *, name: str
) -> Scan:
    shape = (len(files) * pages, *page.size)

    def load() -> Steps[Voxels]:
        voxels = np.empty(shape if page.channels == 1 else (*shape, page.channels), page.dtype)
        done = 0
        for path in files:
            for batch in _batches(path, pages, page, "picture pages"):
                if batch.shape[1:] != voxels.shape[1:] or batch.dtype != voxels.dtype:  # written to meanwhile
                    raise ReadError(f"{shown(path)} changed while it was read. Open it again.", path=path)
                voxels[done : done + len(batch)] = batch
                done += len(batch)
                yield Progress(done / shape[0], f"Reading {shown(path)}")
        return voxels

    geometry = Geometry(
        shape, spacing_mm=spacing or (1.0, 1.0, 1.0), has_spacing=spacing is not None, has_orientation=False
    )
    return Scan(
        id="stack" if len(files) > 1 else "1",
        name=name,
        geometry=geometry,
        dtype=page.dtype,
        load=load,
        components=page.channels,
        warnings=notes,
    )


def _check_size(path: Path, page: _Page, pages: int) -> None:
    rows, columns = page.size
    if rows * columns > MOST_PIXELS:
        raise ReadError(too_large(path), path=path)
    check_memory(path, page.nbytes * pages)
