"""Which frames a path holds, where it holds one scan that was taken several times over and nothing else."""

from pathlib import Path

from unet_studio.files.contents import file_contents, folder_contents
from unet_studio.progress import Steps
from unet_studio.project.films import scan_of


def frame_ids(path: Path) -> Steps[tuple[str, ...]]:
    """The choices that open the frames of a scan, in their order; none where a path holds anything else.

    Raises:
        ReadError: it can't be read.
    """
    contents = yield from folder_contents(path) if path.is_dir() else file_contents(path)
    scans = contents.scans
    if contents.pictures or len(scans) < 2 or {scan.frames for scan in scans} != {len(scans)}:
        return ()
    return tuple(scan.id for scan in scans) if len({scan_of(scan.id) for scan in scans}) == 1 else ()
