"""What one DICOM image file says of itself before its pixels: one ``SliceHeader`` for each frame."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unet_studio.errors import ReadError
from unet_studio.files.dicom_file import WALKING_ERRORS, read_before_pixels
from unet_studio.files.dicom_tags import directions, number, numbers, point, positive, spacing_of, words
from unet_studio.files.regular import reading_errors, regular_size, shown
from unet_studio.image.volume import Point, Vector
from unet_studio.image.window import Window

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
    def is_colour(self) -> bool:
        """Whether a pixel is shown as red, green and blue."""
        return self.samples > 1 or self.photometric == "PALETTE COLOR"

    @property
    def frame_bytes(self) -> int:
        """The size of one uncompressed frame."""
        samples = 2 if "_422" in self.photometric and self.samples == 3 else self.samples  # two pixels share a colour
        return self.rows * self.columns * samples * self.bits_allocated // 8


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """One slice of a series; lengths in mm, directions and position in LPS, None where not told.

    ``phase`` tells images apart that were taken at one place: acquisition, time, echo. ``spacing_mm`` is (row, column).
    ``window`` is the first one the file offers, in rescaled intensities.
    ``is_mosaic`` where one image holds the slices of a whole volume side by side, as Siemens stores functional MR.
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
    is_mosaic: bool = False
    window: Window | None = None


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
    with reading_errors(path), path.open("rb", buffering=0) as file:
        try:
            if not looks_like_dicom(file.read(132)):
                raise ReadError(f"{shown(path)} is not a DICOM file. Check that it is the right file.", path=path)
            file.seek(0)
            before = read_before_pixels(file, path, size)
            return _slices(path, before.tags, before.syntax, before.offset, before.length, size)
        except WALKING_ERRORS as error:
            if isinstance(error, OSError):
                raise
            raise ReadError(
                f"{shown(path)} is damaged: it can't be read as DICOM. Ask for a new copy.", path=path
            ) from error


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
        is_mosaic="MOSAIC" in (tags.get("ImageType") or ()),
        window=_window(tags),
    )


def _window(tags: Any) -> Window | None:
    level, width = number(tags, "WindowCenter"), positive(number(tags, "WindowWidth"))
    return None if level is None or width is None else Window(level, width)


def _frame(whole: SliceHeader, index: int, shared: Any, group: Any) -> SliceHeader:
    """The header of one frame of a multi-frame file: its own functional groups before the shared ones."""

    def item(sequence: str) -> Any:
        for source in (group, shared):
            found = source.get(sequence) if source is not None else None
            if found:
                return found[0]
        return {}

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
        window=_window(item("FrameVOILUTSequence")) or whole.window,
        phase=(
            number(content, "TemporalPositionIndex") or 0.0,
            number(echo, "EffectiveEchoTime") or 0.0,
            float(index),
        ),
    )
