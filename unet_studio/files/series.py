"""What a DICOM folder of several series holds, for the user to choose from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.contents import folder_contents
from unet_studio.files.scan import Scan
from unet_studio.files.sources import Source
from unet_studio.files.tags import Tag, read_tags
from unet_studio.image.window import Grey, auto_window, to_grey
from unet_studio.progress import Progress, Steps

THUMBNAIL = 96  # pixels of its longer side, at most


@dataclass(frozen=True, slots=True)
class Series:
    """One series, known by its headers and one slice. ``patient`` and ``date`` are for the chooser alone: nowhere else.

    ``spacing_xyz`` is in mm, None where not told; ``refusal`` says why it can't be opened.
    """

    source: Source
    modality: str
    size_xyz: tuple[int, int, int]
    spacing_xyz: tuple[float, float, float] | None
    patient: str
    date: str
    thumbnail: Grey | None
    warnings: tuple[str, ...] = ()
    refusal: str = ""


def series_in(folder: Path) -> Steps[tuple[Series, ...]]:
    """The series in a folder, in the order in which ``sources`` lists them."""
    contents = yield from folder_contents(folder)
    found = []
    for number, scan in enumerate(scan for scan in contents.scans if scan.file is not None):
        yield Progress(number / len(contents.scans), f"Looking at {scan.name}")
        found.append(_series(folder, scan))
    return tuple(found)


def tags_of(path: Path, choice: str) -> Steps[tuple[Tag, ...]]:
    """The tags of one slice of a case's scan; empty where it is not DICOM.

    Raises:
        ReadError: it can't be read.
    """
    from unet_studio.files.volumes import choosing

    scan = yield from choosing(path, choice)
    return read_tags(scan.file) if scan.file is not None else ()


def _series(folder: Path, scan: Scan) -> Series:
    assert scan.file is not None
    try:
        told = {tag.number: tag.value for tag in read_tags(scan.file) if tag.depth == 0}
    except ReadError:
        told = {}
    geometry = scan.grid
    z, y, x = geometry.spacing_mm
    return Series(
        source=Source(folder, scan.id, scan.name),
        modality=scan.modality,
        size_xyz=(geometry.shape[2], geometry.shape[1], geometry.shape[0]),
        spacing_xyz=(x, y, z) if geometry.has_spacing else None,
        patient=" ".join(part for part in (told.get("(0010,0010)", ""), told.get("(0010,0020)", "")) if part),
        date=_day(told.get("(0008,0021)", "") or told.get("(0008,0020)", "")),
        thumbnail=_thumbnail(scan),
        warnings=scan.warnings,
        refusal=scan.refusal,
    )


def _day(text: str) -> str:
    """DICOM's 20260131 as 2026-01-31; anything else as it is."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _thumbnail(scan: Scan) -> Grey | None:
    """The middle slice, small; None where it can't be had quickly or not at all."""
    try:
        glimpsed = scan.glimpse() if scan.glimpse is not None else None
    except ReadError:
        return None
    if glimpsed is None:
        return None
    pixels = glimpsed[1]
    step = max(1, -(-max(pixels.shape[:2]) // THUMBNAIL))
    small = np.ascontiguousarray(pixels[::step, ::step])
    return to_grey(small, auto_window(small))
