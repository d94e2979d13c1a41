"""The frames of a scan that was taken several times over: which there are, and all of them read in one go."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from unet_studio.files.contents import Contents, file_contents, folder_contents
from unet_studio.files.stored import ANYWAY
from unet_studio.files.volumes import loading, preview_of, reading
from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.project.films import scan_of


def frame_ids(path: Path) -> Steps[tuple[str, ...]]:
    """The choices that open the frames of a scan, in their order; none where a path holds anything else than one.

    Raises:
        ReadError: it can't be read.
    """
    contents = yield from _contents(path)
    scans = contents.scans
    if contents.pictures or len(scans) < 2 or {scan.frames for scan in scans} != {len(scans)}:
        return ()
    return tuple(scan.id for scan in scans) if len({scan_of(scan.id) for scan in scans}) == 1 else ()


def reading_frames(
    path: Path, choices: Sequence[str], each: Callable[[int, Volume], object], *, has_preview: bool = False
) -> Steps[None]:
    """Reads the frames of ``choices``, ascending; ``each`` is given the place of every one among them, and its volume.

    A packed file is unpacked once for all of them, so a wrong checksum is found with the last. With ``has_preview`` the first
    report is a ``Preview`` of the first frame, if there can be one.

    Raises:
        ReadError: one can't be read; those before it were given.
    """
    trusted = any(choice.startswith(ANYWAY) for choice in choices)
    scans = (yield from _contents(path, is_trusted=trusted)).scans
    places = {scan.id: place for place, scan in enumerate(scans)}
    if any(choice not in places for choice in choices):  # with a voxel size, say
        for number, choice in enumerate(choices):
            each(number, (yield from reading(path, choice)))
        return
    first = scans[places[choices[0]]]
    if has_preview and (preview := preview_of(first)) is not None:
        yield preview
    with first.together() if first.together is not None else nullcontext() as load:
        for number, choice in enumerate(choices):
            place = places[choice]
            scan = scans[place] if load is None else replace(scans[place], load=partial(load, place))
            yield Progress(number / len(choices), f"Reading {scan.name}")
            each(number, (yield from loading(scan, path)))


def _contents(path: Path, *, is_trusted: bool = False) -> Steps[Contents]:
    if path.is_dir():
        return (yield from folder_contents(path))
    return (yield from file_contents(path, is_trusted=is_trusted))
