"""A case's scan, read again."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from unet_studio.errors import ReadError
from unet_studio.files.measured import split_spacing
from unet_studio.files.volumes import reading
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case

T = TypeVar("T")


def reading_scan(case: Case, path: Path) -> Steps[Volume]:
    """The scan of ``case``, which lies at ``path``, found to be the one that was labelled; reports under its name.

    Raises:
        ReadError: it can't be read, or is not the scan it was.
    """
    volume = yield from named(reading(path, case.choice), f"Opening {case.name}")
    is_same = (volume.fingerprint, volume.geometry.shape) == (case.fingerprint, case.shape)
    if not is_same or working_axis(volume) != case.axis:
        raise ReadError(
            f"{path.name} is not the scan it was when it was added to the project. Put the first file back, "
            "or add this one as a new case.",
            path=path,
        )
    return volume


def given_spacing(case: Case) -> tuple[float, float, float] | None:
    """The voxel size along x, y and z in mm that the user gave for a scan whose file tells none."""
    return split_spacing(case.choice)[1]


def working_axis(volume: Volume) -> int:
    """The array axis along which the working slices of a volume count."""
    return plane_view(volume.geometry, working_plane(volume.geometry)).axis


def named(steps: Steps[T], name: str, *, has_preview: bool = True) -> Steps[T]:
    """The same work, each report under ``name``; ``has_preview`` is False where nobody is to see a slice of it."""
    yield Progress(None, name)
    try:
        while True:
            report = next(steps)
            yield (
                replace(report, message=name)
                if has_preview and isinstance(report, Preview)
                else Progress(report.fraction, name)
            )
    except StopIteration as end:
        value: T = end.value
        return value
    finally:
        steps.close()
