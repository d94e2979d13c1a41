"""A DICOM file up to its pixels: the tags a scan needs, and where the pixels begin.

Usual files are walked by our own hand, element by element (PS3.5, 7.1), in a tenth of a millisecond; where anything is
unusual (no preamble, big-endian, functional groups, text that is not ASCII, a length that can't be), pydicom has the word.
"""

import struct
import warnings
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from unet_studio.errors import ReadError
from unet_studio.files.regular import shown, size_in_words

IMPLICIT, EXPLICIT, BIG_ENDIAN = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
WALKING_ERRORS = (
    AttributeError, KeyError, IndexError, TypeError, ValueError, EOFError, NotImplementedError, OverflowError,
    RecursionError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip

_TEXT = {
    0x00080008: "ImageType", 0x00080016: "SOPClassUID", 0x00080018: "SOPInstanceUID", 0x00080060: "Modality",
    0x0008103E: "SeriesDescription", 0x00100020: "PatientID", 0x00180050: "SliceThickness", 0x00180081: "EchoTime",
    0x00180088: "SpacingBetweenSlices", 0x00181060: "TriggerTime", 0x00181164: "ImagerPixelSpacing",
    0x0020000D: "StudyInstanceUID", 0x0020000E: "SeriesInstanceUID", 0x00200011: "SeriesNumber",
    0x00200012: "AcquisitionNumber", 0x00200013: "InstanceNumber", 0x00200032: "ImagePositionPatient",
    0x00200037: "ImageOrientationPatient", 0x00200100: "TemporalPositionIdentifier", 0x00201041: "SliceLocation",
    0x00280004: "PhotometricInterpretation", 0x00280008: "NumberOfFrames", 0x00280030: "PixelSpacing",
    0x00281050: "WindowCenter", 0x00281051: "WindowWidth", 0x00281052: "RescaleIntercept", 0x00281053: "RescaleSlope",
}  # fmt: skip
_WHOLE = {
    0x00280002: "SamplesPerPixel", 0x00280006: "PlanarConfiguration", 0x00280010: "Rows", 0x00280011: "Columns",
    0x00280100: "BitsAllocated", 0x00280101: "BitsStored", 0x00280102: "HighBit", 0x00280103: "PixelRepresentation",
}  # fmt: skip
_REAL = {0x00189087: "DiffusionBValue"}
_GROUPS = {0x52009229: "SharedFunctionalGroupsSequence", 0x52009230: "PerFrameFunctionalGroupsSequence"}
_PIXELS = 0x7FE00010
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_UNDEFINED = 0xFFFFFFFF
_LONG = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
_SHORT = frozenset((b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH",
                    b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US"))  # fmt: skip
_WINDOW = 16 << 10
_DEEPEST = 32
_LEAST_CAP, _GREATEST_RATIO = 64 << 20, 50
_HEAD = struct.Struct("<HH2sH")


@dataclass(frozen=True, slots=True)
class BeforePixels:
    """``tags`` answers ``get`` by keyword. ``offset`` is where the pixel values begin, ``length`` how many bytes they claim.

    The length is None where pixels are compressed, the offset where they are deflated; (None, 0) where there are none.
    """

    tags: Any
    syntax: str
    offset: int | None
    length: int | None


class _Odd(Exception):
    """Something for pydicom."""


def read_before_pixels(file: IO[bytes], path: Path, size: int) -> BeforePixels:
    """What an open DICOM file of ``size`` bytes says before its pixels.

    Raises:
        ReadError: a deflated file that unpacks to far more than a scan.
        WALKING_ERRORS: no DICOM.
    """
    try:
        return _walked(file, size)
    except (_Odd, struct.error, UnicodeDecodeError):
        file.seek(0)
        return _by_pydicom(file, path, size)


class _Window:
    """A file seen through some kilobytes of it at a time; reading past its end is odd."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.start = 0
        self.bytes = file.read(_WINDOW)

    def at(self, position: int, count: int) -> int:
        """Where in ``bytes`` the ``count`` bytes from ``position`` begin."""
        if position < self.start or position + count > self.start + len(self.bytes):
            self._file.seek(position)
            self.start, self.bytes = position, self._file.read(max(_WINDOW, count))
            if len(self.bytes) < count:
                raise _Odd
        return position - self.start


def _walked(file: IO[bytes], size: int) -> BeforePixels:
    window = _Window(file)
    if window.bytes[128:132] != b"DICM":
        raise _Odd
    syntax, position = _meta(window)
    if syntax in (BIG_ENDIAN, DEFLATED):
        raise _Odd
    is_implicit = syntax == IMPLICIT
    tags: dict[str, Any] = {}
    last = 0
    while True:
        tag, vr, length, position = _element(window, position, is_implicit=is_implicit)
        if tag >= _PIXELS or tag <= last or tag in _GROUPS:
            if tag != _PIXELS:
                raise _Odd
            return BeforePixels(
                tags, syntax, position, None if length == _UNDEFINED else min(length, max(0, size - position))
            )
        last = tag
        if length == _UNDEFINED:
            position = _after_sequence(window, position, 0, is_implicit=is_implicit or vr == b"UN")
            continue
        if position + length > size:
            raise _Odd
        if tag in _TEXT or tag in _WHOLE or tag in _REAL:
            if length > _WINDOW:
                raise _Odd
            at = window.at(position, length)
            _take(tags, tag, vr, window.bytes[at : at + length])
        position += length


def _meta(window: _Window) -> tuple[str, int]:
    """The transfer syntax that group 2 names, and where the group ends."""
    position, syntax = 132, ""
    while True:
        at = window.at(position, 8)
        if window.bytes[at : at + 2] != b"\2\0":
            if not syntax:
                raise _Odd
            return syntax, position
        tag, _, length, position = _element(window, position, is_implicit=False)
        if length == _UNDEFINED:
            raise _Odd
        if tag == 0x00020010:
            at = window.at(position, min(length, 64))
            syntax = window.bytes[at : at + min(length, 64)].decode("ascii").strip(" \0")
        position += length


def _element(window: _Window, position: int, *, is_implicit: bool) -> tuple[int, bytes, int, int]:
    """The tag, type and length of the element at ``position``, and where its value begins."""
    at = window.at(position, 8)
    group, element, vr, length = _HEAD.unpack_from(window.bytes, at)
    tag = group << 16 | element
    if is_implicit or group == 0xFFFE:
        return tag, b"", int.from_bytes(window.bytes[at + 4 : at + 8], "little"), position + 8
    if vr in _SHORT:
        return tag, vr, length, position + 8
    if vr not in _LONG:
        raise _Odd
    at = window.at(position, 12)
    return tag, vr, int.from_bytes(window.bytes[at + 8 : at + 12], "little"), position + 12


def _after_sequence(window: _Window, position: int, depth: int, *, is_implicit: bool) -> int:
    """Where a sequence of undefined length ends."""
    if depth > _DEEPEST:
        raise _Odd
    while True:
        tag, _, length, position = _element(window, position, is_implicit=True)
        if tag == _SEQUENCE_END:
            return position
        if tag != _ITEM:
            raise _Odd
        position = (
            position + length if length != _UNDEFINED else _after_item(window, position, depth, is_implicit=is_implicit)
        )


def _after_item(window: _Window, position: int, depth: int, *, is_implicit: bool) -> int:
    while True:
        tag, vr, length, position = _element(window, position, is_implicit=is_implicit)
        if tag == _ITEM_END:
            return position
        if length == _UNDEFINED:
            position = _after_sequence(window, position, depth + 1, is_implicit=is_implicit or vr == b"UN")
        else:
            position += length


def _take(tags: dict[str, Any], tag: int, vr: bytes, value: bytes) -> None:
    if (name := _TEXT.get(tag)) is not None:
        if vr == b"UN":
            raise _Odd
        text = value.decode("ascii").strip(" \0")
        tags[name] = text.split("\\") if "\\" in text else text
    elif (name := _WHOLE.get(tag)) is not None:
        if vr not in (b"US", b"") or len(value) != 2:
            raise _Odd
        tags[name] = int.from_bytes(value, "little")
    else:
        if vr not in (b"FD", b"") or len(value) != 8:
            raise _Odd
        tags[_REAL[tag]] = struct.unpack("<d", value)[0]


def _by_pydicom(file: IO[bytes], path: Path, size: int) -> BeforePixels:
    """The same by pydicom, which knows more and takes longer."""
    import logging

    import pydicom  # 0.3 s, only for such files
    from pydicom.errors import BytesLengthException, InvalidDicomError

    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    pydicom.config.convert_wrong_length_to_UN = True
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # it quotes values of tags, which may be a patient's
    wanted = [*_TEXT.values(), *_WHOLE.values(), *_REAL.values(), *_GROUPS.values()]
    try:
        with warnings.catch_warnings(action="ignore"):
            head = file.read(132)
            file.seek(0)
            _check_deflated(file, path, size)
            tags = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=wanted, force=head[128:132] != b"DICM")
            with suppress(*WALKING_ERRORS):
                for _ in tags.iterall():  # which converts them; later, each would warn where nobody expects it
                    pass
    except (InvalidDicomError, BytesLengthException) as error:
        raise ValueError(str(error)) from error
    is_implicit, is_little = tags.original_encoding
    guessed = BIG_ENDIAN if is_little is False else IMPLICIT if is_implicit else EXPLICIT
    syntax = str(getattr(tags.file_meta, "TransferSyntaxUID", "") or guessed)
    offset, length = _pixel_data(file, syntax, size)
    return BeforePixels(tags, syntax, offset, length)


def _check_deflated(file: IO[bytes], path: Path, size: int) -> None:
    """Raises ``ReadError`` where a deflated file would unpack to more than a scan of its size ever has; a place kept."""
    window = _Window(file)
    file.seek(0)
    try:
        syntax, start = _meta(window)
    except (_Odd, struct.error, UnicodeDecodeError):
        return
    if syntax != DEFLATED:
        return
    cap = max(_LEAST_CAP, _GREATEST_RATIO * size)
    file.seek(start)
    inflate, done = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while packed := inflate.unconsumed_tail or file.read(1 << 18):
        done += len(inflate.decompress(packed, 1 << 20))
        if done > cap:
            raise ReadError(
                f"{shown(path)} is {size_in_words(size)} on disk and unpacks (deflate) to more than {size_in_words(cap)}, "
                "which is too large for a scan. Export it uncompressed.",
                path=path,
            )
        if inflate.eof:
            break
    file.seek(0)


def _pixel_data(file: IO[bytes], syntax: str, size: int) -> tuple[int | None, int | None]:
    """Offset and length of the pixel values behind where pydicom stopped."""
    if syntax == DEFLATED:
        return None, None
    order = ">" if syntax == BIG_ENDIAN else "<"
    start = file.tell()
    tag = file.read(12)
    if len(tag) < 12 or struct.unpack(order + "HH", tag[:4]) != (0x7FE0, 0x0010):
        return None, 0
    is_explicit = syntax != IMPLICIT and tag[4:6] in (b"OB", b"OW", b"UN")
    length = struct.unpack(order + "L", tag[8:12] if is_explicit else tag[4:8])[0]
    offset = start + (12 if is_explicit else 8)
    return (offset, None) if length == _UNDEFINED else (offset, min(length, size - offset))
