"""What one DICOM image file says of itself before its pixels: one ``SliceHeader`` for each frame."""

import logging
import struct
import warnings
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pydicom
from pydicom.errors import BytesLengthException, InvalidDicomError

from unet_studio.errors import ReadError
from unet_studio.files.dicom_tags import directions, number, numbers, point, positive, spacing_of, words
from unet_studio.files.regular import reading_errors, regular_size, shown
from unet_studio.image.volume import Point, Vector

pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # it quotes values of tags, which may be a patient's

PARSING_ERRORS = (
    InvalidDicomError, BytesLengthException, AttributeError, KeyError, IndexError, TypeError, ValueError, EOFError,
    NotImplementedError, OverflowError, RecursionError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip

IMPLICIT, BIG_ENDIAN, DEFLATED = "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"
_TAGS = [
    "SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "SeriesNumber", "SeriesDescription",
    "Modality", "InstanceNumber", "AcquisitionNumber", "TemporalPositionIdentifier", "EchoTime", "TriggerTime",
    "DiffusionBValue", "ImageType", "Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration",
    "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "RescaleSlope", "RescaleIntercept",
    "ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "ImagerPixelSpacing", "SliceThickness",
    "SpacingBetweenSlices", "SliceLocation", "NumberOfFrames", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence", "PatientID",
]  # fmt: skip
_NO_SCAN = {
    "1.2.840.10008.5.1.4.1.1.88.": "a structured report (SR)",
    "1.2.840.10008.5.1.4.1.1.481.2": "a radiotherapy dose (RTDOSE)",
    "1.2.840.10008.5.1.4.1.1.481.3": "a set of contours (RTSTRUCT)",
    "1.2.840.10008.5.1.4.1.1.481.": "a radiotherapy plan or record",
    "1.2.840.10008.5.1.4.1.1.66.4": "a segmentation (SEG)",
    "1.2.840.10008.5.1.4.1.1.11.": "a presentation state",
    "1.2.840.10008.5.1.4.1.1.104.": "an enclosed document",
    "1.2.840.10008.1.3.10": "a directory of other files (DICOMDIR)",
}


@dataclass(frozen=True, slots=True)
class Pixels:
    """How a file's pixels are stored. ``offset`` is None where they are compressed or inside a deflated stream."""

    syntax: str
    rows: int
    columns: int
    samples: int
    photometric: str
    bits_allocated: int
    bits_stored: int
    high_bit: int
    is_signed: bool
    offset: int | None
    is_planar: bool = False

    @property
    def frame_bytes(self) -> int:
        """The size of one uncompressed frame."""
        samples = 2 if "_422" in self.photometric and self.samples == 3 else self.samples  # two pixels share a colour
        return self.rows * self.columns * samples * self.bits_allocated // 8


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """One slice of a series; lengths in mm, directions and position in LPS, None where not told.

    ``phase`` tells images apart that were taken at one place: acquisition, time, echo. ``spacing_mm`` is (row, column).
    """

    path: Path
    frame: int
    frames: int
    pixels: Pixels
    series: tuple[str, ...]
    uid: str
    number: int
    series_number: str
    description: str
    modality: str
    phase: tuple[float, ...]
    slope: float
    intercept: float
    position: Point | None
    row: Vector | None
    column: Vector | None
    spacing_mm: tuple[float, float] | None
    is_detector_spacing: bool
    thickness_mm: float | None
    gap_mm: float | None
    location: float | None


def looks_like_dicom(head: bytes) -> bool:
    """Whether a file's first bytes are DICOM's: its mark, or (in files without one) a first tag of group 2 or 8."""
    if head[128:132] == b"DICM":
        return True
    tag = head[:4]
    if tag[:2] == b"\0\x08":  # big-endian
        tag = bytes((tag[1], tag[0], tag[3], tag[2]))
    return len(head) >= 8 and tag[:2] in (b"\x08\0", b"\x02\0") and tag[3] == 0 and tag[2] <= 0x18


def slice_headers(path: Path) -> tuple[SliceHeader, ...]:
    """The slices of a DICOM file, without their pixels.

    Raises:
        ReadError: no DICOM, no image, damaged, or shorter than its own claim.
    """
    size = regular_size(path)
    with reading_errors(path), path.open("rb") as file, warnings.catch_warnings(action="ignore"):
        try:
            head = file.read(132)
            file.seek(0)
            if not looks_like_dicom(head):
                raise ReadError(f"{shown(path)} is not a DICOM file. Check that it is the right file.", path=path)
            tags = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=_TAGS, force=head[128:132] != b"DICM")
            syntax = str(getattr(tags.file_meta, "TransferSyntaxUID", "") or _guessed_syntax(tags))
            offset, length = _pixel_data(file, syntax, size)
            return _slices(path, tags, syntax, offset, length, size)
        except PARSING_ERRORS as error:
            if isinstance(error, OSError):
                raise
            raise ReadError(
                f"{shown(path)} is damaged: it can't be read as DICOM. Ask for a new copy.", path=path
            ) from error


def _guessed_syntax(tags: Any) -> str:
    is_implicit, is_little = tags.original_encoding
    return BIG_ENDIAN if is_little is False else IMPLICIT if is_implicit else "1.2.840.10008.1.2.1"


def _pixel_data(file: Any, syntax: str, size: int) -> tuple[int | None, int | None]:
    """Where the pixel values begin and how many bytes they claim; (None, 0) where there are none.

    The length is None where pixels are compressed, the offset where they lie in a deflated stream.
    """
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
    return (offset, None) if length == 0xFFFFFFFF else (offset, min(length, size - offset))


def _slices(
    path: Path, tags: Any, syntax: str, offset: int | None, length: int | None, size: int
) -> tuple[SliceHeader, ...]:
    kind = next((words for uid, words in _NO_SCAN.items() if str(tags.get("SOPClassUID", "")).startswith(uid)), "")
    if kind or length == 0:
        raise ReadError(
            f"{shown(path)} holds no image (pixel data){': it is ' + kind if kind else ''}. Open the scan it belongs to.",
            path=path,
        )
    pixels = _pixels(path, tags, syntax, offset if length is not None else None)
    frames = int(number(tags, "NumberOfFrames") or 1)
    needed = pixels.frame_bytes * frames
    if length is not None and length < needed:
        raise ReadError(
            f"{shown(path)} is damaged: expected {needed:,} bytes of pixels, found {length:,}. Ask for a new copy.",
            path=path,
        )
    if length is None and (frames < 1 or frames > size // 8):
        raise ReadError(f"{shown(path)} is damaged: it claims {frames:,} frames. Ask for a new copy.", path=path)
    whole = _header(path, tags, pixels, frames)
    per_frame = tags.get("PerFrameFunctionalGroupsSequence") or []
    shared = (tags.get("SharedFunctionalGroupsSequence") or [None])[0]
    if frames == 1 and not per_frame:
        return (whole,)
    groups = [per_frame[i] if i < len(per_frame) else None for i in range(frames)]
    return tuple(_frame(whole, i, shared, group) for i, group in enumerate(groups))


def _pixels(path: Path, tags: Any, syntax: str, offset: int | None) -> Pixels:
    rows, columns = (int(number(tags, name) or 0) for name in ("Rows", "Columns"))
    if rows < 1 or columns < 1:
        raise ReadError(
            f"{shown(path)} is damaged: its size is {rows} rows and {columns} columns. Ask for a new copy.", path=path
        )
    allocated = int(number(tags, "BitsAllocated") or 16)
    if allocated not in (8, 16, 32):
        raise ReadError(
            f"{shown(path)} has {allocated} bits per pixel, which can't be shown. Open another series.", path=path
        )
    stored = int(number(tags, "BitsStored") or allocated)
    high = int(v) if (v := number(tags, "HighBit")) is not None else stored - 1
    if not (1 <= stored <= allocated and stored - 1 <= high < allocated):
        stored, high = allocated, allocated - 1
    return Pixels(
        syntax=syntax,
        rows=rows,
        columns=columns,
        samples=int(number(tags, "SamplesPerPixel") or 1),
        photometric=str(tags.get("PhotometricInterpretation") or "MONOCHROME2").strip().upper(),
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=high,
        is_signed=bool(number(tags, "PixelRepresentation")),
        offset=offset,
        is_planar=bool(number(tags, "PlanarConfiguration")),
    )


def _header(path: Path, tags: Any, pixels: Pixels, frames: int) -> SliceHeader:
    series = tuple(str(tags.get(k) or "").strip() for k in ("StudyInstanceUID", "SeriesInstanceUID"))
    if not series[1]:  # blanked by the hospital: what else tells series apart
        series = (
            *series,
            *(str(tags.get(k) or "").strip() for k in ("PatientID", "SeriesNumber", "SeriesDescription", "Modality")),
        )
    row, column = directions(numbers(tags, "ImageOrientationPatient", 6))
    spacing = spacing_of(tags, "PixelSpacing")
    detector = spacing_of(tags, "ImagerPixelSpacing") if spacing is None else None
    phase = (
        "AcquisitionNumber",
        "TemporalPositionIdentifier",
        "EchoTime",
        "TriggerTime",
        "DiffusionBValue",
        "InstanceNumber",
    )
    slope = number(tags, "RescaleSlope")
    return SliceHeader(
        path=path,
        frame=0,
        frames=frames,
        pixels=pixels,
        series=series,
        uid=str(tags.get("SOPInstanceUID") or "").strip(),
        number=int(number(tags, "InstanceNumber") or 0),
        series_number=str(tags.get("SeriesNumber") or "").strip(),
        description=words(tags.get("SeriesDescription")),
        modality=words(tags.get("Modality")),
        phase=tuple(number(tags, name) or 0.0 for name in phase),
        slope=slope if slope else 1.0,
        intercept=number(tags, "RescaleIntercept") or 0.0,
        position=point(numbers(tags, "ImagePositionPatient", 3)),
        row=row,
        column=column,
        spacing_mm=spacing or detector,
        is_detector_spacing=detector is not None,
        thickness_mm=positive(number(tags, "SliceThickness")),
        gap_mm=positive(abs(number(tags, "SpacingBetweenSlices") or 0.0)),
        location=number(tags, "SliceLocation"),
    )


def _frame(whole: SliceHeader, index: int, shared: Any, group: Any) -> SliceHeader:
    """The header of one frame of a multi-frame file: its own functional groups before the shared ones."""

    def item(sequence: str) -> Any:
        for source in (group, shared):
            found = source.get(sequence) if source is not None else None
            if found:
                return found[0]
        return pydicom.Dataset()

    measures, transform = item("PixelMeasuresSequence"), item("PixelValueTransformationSequence")
    row, column = directions(numbers(item("PlaneOrientationSequence"), "ImageOrientationPatient", 6))
    content, echo = item("FrameContentSequence"), item("MREchoSequence")
    slope, intercept = number(transform, "RescaleSlope"), number(transform, "RescaleIntercept")
    return replace(
        whole,
        frame=index,
        number=index + 1,
        position=point(numbers(item("PlanePositionSequence"), "ImagePositionPatient", 3)) or whole.position,
        row=row or whole.row,
        column=column or whole.column,
        spacing_mm=spacing_of(measures, "PixelSpacing") or whole.spacing_mm,
        thickness_mm=positive(number(measures, "SliceThickness")) or whole.thickness_mm,
        gap_mm=positive(abs(number(measures, "SpacingBetweenSlices") or 0.0)) or whole.gap_mm,
        slope=slope or whole.slope,
        intercept=whole.intercept if intercept is None else intercept,
        phase=(
            number(content, "TemporalPositionIndex") or 0.0,
            number(echo, "EffectiveEchoTime") or 0.0,
            float(index),
        ),
    )
