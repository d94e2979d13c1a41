"""What a folder of several series, or a file of several frames, holds, for the user to choose from."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.contents import file_contents, folder_contents
from unet_studio.files.scan import Scan, Way
from unet_studio.files.sources import Source
from unet_studio.files.tags import Tag, read_tags
from unet_studio.image.window import Grey, auto_window, to_grey
from unet_studio.progress import Progress, Steps

THUMBNAIL = 96  # pixels of its longer side, at most
_MOST_THUMBNAILS = 60  # a film of a beating heart has hundreds of frames that look alike


@dataclass(frozen=True, slots=True)
class Series:
    """One series, known by its headers and one slice. ``patient`` and ``date`` are for the chooser alone: nowhere else.

    ``spacing_xyz`` is in mm, None where not told; ``refusal`` says why it can't be opened. Those with the same ``ways_of`` are
    the same slices put right in another ``way``, of which the user takes one. ``is_frame`` is True of one of several frames.
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
    way: Way | None = None
    ways_of: str = ""
    is_frame: bool = False


def series_in(path: Path) -> Steps[tuple[Series, ...]]:
    """The series in a folder, in the order in which ``sources`` lists them, or the volumes in a file.

    Raises:
        ReadError: a file that can't be read.
    """
    contents = yield from folder_contents(path) if path.is_dir() else file_contents(path)
    scans = [scan for scan in contents.scans if scan.file is not None or path.is_file()]
    found = []
    for number, scan in enumerate(scans):
        yield Progress(number / len(scans), f"Looking at {scan.name}")
        found.append(_series(path, scan, has_thumbnail=number < _MOST_THUMBNAILS))
    return tuple(found)


def tags_of(path: Path, choice: str) -> Steps[tuple[Tag, ...]]:
    """The tags of one slice of a case's scan; empty where it is not DICOM.

    Raises:
        ReadError: it can't be read.
    """
    from unet_studio.files.volumes import choosing

    scan = yield from choosing(path, choice)
    return read_tags(scan.file) if scan.file is not None else ()


def _series(path: Path, scan: Scan, *, has_thumbnail: bool) -> Series:
    told = {}
    if scan.file is not None:
        with suppress(ReadError):
            told = {tag.number: tag.value for tag in read_tags(scan.file) if tag.depth == 0}
    geometry = scan.grid
    z, y, x = geometry.spacing_mm
    return Series(
        source=Source(path, scan.id, scan.name),
        modality=scan.modality,
        size_xyz=(geometry.shape[2], geometry.shape[1], geometry.shape[0]),
        spacing_xyz=(x, y, z) if geometry.has_spacing else None,
        patient=" ".join(part for part in (told.get("(0010,0010)", ""), told.get("(0010,0020)", "")) if part),
        date=_day(told.get("(0008,0021)", "") or told.get("(0008,0020)", "")),
        thumbnail=_thumbnail(scan) if has_thumbnail else None,
        warnings=scan.warnings,
        refusal=scan.refusal,
        way=scan.way,
        ways_of=scan.ways_of,
        is_frame=scan.frames > 1,
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
    return to_grey(small, auto_window(small), is_inverted=scan.is_inverted)
