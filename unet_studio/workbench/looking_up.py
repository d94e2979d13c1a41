"""What the user is shown of scans before or beside opening them: series to choose from, geometry, tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import StudioError
from unet_studio.files.series import Series, series_in, tags_of
from unet_studio.files.sources import Source, Sources, sources
from unet_studio.files.tags import Tag
from unet_studio.image.plane import working_plane
from unet_studio.image.volume import Volume
from unet_studio.image.window import Grey
from unet_studio.progress import Steps
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.jobs import Job, Lane

__all__ = ["Found", "Offer", "Tag", "found_in", "look_up_tags", "offers", "report"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A series as the chooser shows it. ``patient`` is shown there and nowhere else; ``warning`` says what is odd or missing.

    ``is_usual`` is True for what is most likely wanted: series of several slices, where there are some.
    """

    name: str
    about: str
    patient: str
    thumbnail: Grey | None
    warning: str
    can_open: bool
    is_usual: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What dropped files mean. Of ``series``, which lie in DICOM folders of several, the user chooses; the rest is ``cases``."""

    sources: Sources
    cases: tuple[Source, ...]
    series: tuple[Series, ...]


def found_in(paths: Sequence[Path]) -> Steps[Found]:
    """What files and folders hold; the headers of DICOM folders with several series are looked at for the chooser."""
    what = sources(paths)
    folders = [c.path for c in what.cases if c.choice and c.path.is_dir()]
    many = [folder for folder in dict.fromkeys(folders) if folders.count(folder) > 1]
    series: list[Series] = []
    for folder in many:
        series += yield from series_in(folder)
    known = {s.source for s in series}
    return Found(what, tuple(c for c in what.cases if c not in known), tuple(series))


def offers(series: Sequence[Series]) -> tuple[Offer, ...]:
    """The series as the chooser shows them, in their order."""
    has_stacks = any(s.size_xyz[2] > 1 and not s.refusal for s in series)
    return tuple(
        Offer(
            name=s.source.name,
            about=" · ".join(part for part in (s.modality, _size(s.size_xyz), _spacing(s.spacing_xyz), s.date) if part),
            patient=s.patient,
            thumbnail=s.thumbnail,
            warning=s.refusal or " ".join(s.warnings),
            can_open=not s.refusal,
            is_usual=not s.refusal and (s.size_xyz[2] > 1 or not has_stacks),
        )
        for s in series
    )


def look_up_tags(
    store: Store, case: Case, lane: Lane, *, done: Callable[[tuple[Tag, ...]], None], told: Callable[[str], None]
) -> None:
    """Afterwards the DICOM tags of one slice of a case's scan are being read; ``done`` gets none where it is not DICOM."""

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    lane.submit(Job("read tags", lambda: tags_of(store.scan_path(case), case.choice), done=done, failed=failed))


def report(volume: Volume) -> tuple[tuple[str, str], ...]:
    """Facts about a scan as (name, value), none of them about the patient: to show, and to copy into a message."""
    geometry = volume.geometry
    z, y, x = geometry.shape
    finite = volume.voxels[:: max(1, z // 32)]
    facts = [
        ("Size", _size((x, y, z)) + (f" × {volume.channels} channels" if volume.channels > 1 else "")),
        ("Spacing", _spacing((geometry.spacing_mm[2], geometry.spacing_mm[1], geometry.spacing_mm[0]))
         if geometry.has_spacing else "not told by the file: lengths are in pixels"),
        ("Origin (LPS)", "({:.2f}, {:.2f}, {:.2f}) mm".format(*geometry.origin_mm) if geometry.has_orientation else "not told"),
        ("Worked on in", f"the {working_plane(geometry)} plane"),
        ("Modality", volume.modality or "not told"),
        ("Stored as", str(volume.voxels.dtype)),
        ("Intensities", f"{finite.min():g} to {finite.max():g}" + (" HU" if volume.modality == "CT" else "")),
    ]  # fmt: skip
    if geometry.has_orientation:
        names = ("Slices run along", "Rows run along", "Columns run along")
        facts += [
            (name, "({:.4f}, {:.4f}, {:.4f})".format(*axis)) for name, axis in zip(names, geometry.axes, strict=True)
        ]
    return (*facts, *(("Note", warning) for warning in volume.warnings))


def _size(size_xyz: tuple[int, int, int]) -> str:
    return " × ".join(str(n) for n in size_xyz)


def _spacing(spacing_xyz: tuple[float, float, float] | None) -> str:
    return "" if spacing_xyz is None else " × ".join(f"{round(s, 3):g}" for s in spacing_xyz) + " mm"
