"""Labels from a file into the open case: looked at first, then one action that can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from unet_studio.errors import ReadError, StudioError
from unet_studio.files.label_maps import label_frames, stored_labels
from unet_studio.files.laying import lay
from unet_studio.files.volumes import choosing
from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window
from unet_studio.labels.label_map import LabelClass, Labels, next_class, usual_colour
from unet_studio.progress import Progress, Steps
from unet_studio.project.films import frame_number
from unet_studio.project.records import Case
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.comparison import Picture, comparison
from unet_studio.workbench.jobs import Job
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.workbench import Workbench

_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


@dataclass(frozen=True, slots=True)
class Found:
    """Labels of a file on the open scan's grid, with the file's own values.

    ``is_exact`` where each of its voxels is one of the scan's. Else they were resampled, and ``picture`` shows the scan's
    slice with most labels, the outlines as stored and as laid on it; ``grids`` says both grids in words. ``others`` are those of
    a file of several frames for the other frames of the scan, by case id.
    """

    path: Path
    labels: Labels
    classes: tuple[LabelClass, ...]
    has_names: bool
    is_exact: bool
    warnings: tuple[str, ...] = ()
    picture: Picture | None = None
    grids: tuple[str, str] = ("", "")
    others: Mapping[int, "Found"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matching:
    """Which of the project's values each of the file's becomes, and the classes that are ``new`` for it."""

    values: dict[int, int]
    new: tuple[LabelClass, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """The values that came, the slices that changed, and the voxels that kept theirs, as their labels are locked."""

    values: frozenset[int]
    slices: int
    refused: int


def finding(path: Path, volume: Volume, view: PlaneView, window: Window) -> Steps[Found]:
    """The labels of a file, or of the folder of pictures that a picture is a slice of, on the grid of ``volume``.

    Raises:
        ReadError: no labels.
        GridMismatch: they share no space with the scan.
    """
    yield Progress(None, f"Reading {path.name}")
    if path.suffix.lower() in _PICTURES and volume.geometry.shape[0] > 1 and path.is_file():
        path = path.parent
    stored = stored_labels(path, volume.geometry)
    yield Progress(None, f"Laying {path.name} on the scan")
    laid = lay(stored, volume.geometry, path)
    warnings = (*stored.warnings, *laid.warnings)
    if laid.is_exact:
        return Found(path, laid.labels, stored.classes, stored.has_names, is_exact=True, warnings=warnings)
    picture = comparison(volume, view, window, laid.labels, stored)
    grids = grid_in_words(volume.geometry), grid_in_words(stored.geometry)
    return Found(
        path,
        laid.labels,
        stored.classes,
        stored.has_names,
        is_exact=False,
        warnings=warnings,
        picture=picture,
        grids=grids,
    )


def find_labels(workbench: Workbench, path: Path, found: Callable[[Annotation, Found], None]) -> None:
    """Afterwards a file is being read for the case that is open; ``found`` hears of it, ``workbench.told`` why not."""
    annotation, volume, project = workbench.annotation, workbench.viewport.volume, workbench.project
    if annotation is None or volume is None or project is None:
        return

    def done(result: Found) -> None:
        project.worklist.show_progress(None)
        if workbench.annotation is annotation:
            found(annotation, result)
        else:
            workbench.told(f"{result.path.name} was not imported, as another case is open now.")

    def failed(error: Exception) -> None:
        project.worklist.show_progress(None)
        if not isinstance(error, StudioError):
            raise error
        workbench.told(str(error))

    window, film = workbench.viewport.window, project.worklist.film(annotation.case)
    scan = project.saving.store.scan_path(annotation.case)

    def steps() -> Steps[Found]:
        numbers = yield from frames_for(path, scan, annotation.case)
        if not numbers:
            return (yield from finding(path, volume, annotation.view, window))
        of = {}
        for case in film.cases:
            one = numbers[frame_number(case.choice)]
            of[case.id] = yield from finding(Path(f"{path}#{one}"), volume, annotation.view, window)
        here = of.pop(annotation.case.id)
        return replace(here, path=path, others={case: replace(one, path=path) for case, one in of.items()})

    shown = project.worklist.show_progress
    workbench.opening.submit(Job("import labels", steps, done=done, failed=failed, progressed=shown))


def frames_for(path: Path, scan: Path, case: Case) -> Steps[Mapping[int, str]]:
    """Which frame of a file of labels lies on which of the scan's, by its number; none where the file has one frame.

    Raises:
        ReadError: it has several, and not as many as the scan.
    """
    ids = label_frames(path)
    if not ids:
        return {}
    frames = (yield from choosing(scan, case.choice)).frames
    if frames != len(ids):
        raise ReadError(
            f"{path.name} holds {len(ids)} frames of labels, and the scan has {frames}: which belongs where is not clear. "
            "Choose a file with as many frames as the scan.",
            path=path,
        )
    return dict(enumerate(ids, start=1))


def import_labels(annotation: Annotation, palette: Palette, found: Found, *, replaces: bool = False) -> str:
    """Afterwards the labels are the case's, in one action, its new classes in the list; a sentence on what was done.

    Where the file has background the case keeps what is drawn, unless the file ``replaces`` it. Locked labels are neither
    painted over nor added to.
    """
    if annotation.is_read_only:
        return "This project is open to look only, so nothing in it can be changed."
    brought = bring_labels(annotation, palette, found, replaces=replaces)
    if brought is None:
        return (
            f"{found.path.name} has more labels than fit beside the project's: there are 255 values. Remove some first."
        )
    count = len(brought.values)
    said = f"Imported {count} label{'s' * (count != 1)} from {found.path.name}."
    if not brought.slices:
        said = f"{found.path.name} changes nothing: its labels are there already."
    if brought.refused:
        said += f" {brought.refused:,} voxels were left as they were, as their labels are locked."
    return " ".join((said, *found.warnings))


def bring_labels(annotation: Annotation, palette: Palette, found: Found, *, replaces: bool) -> Brought | None:
    """As ``import_labels``, where something may be changed; None where there are no values left for new classes."""
    matching = matched(found.classes, palette.classes, has_names=found.has_names)
    if matching is None:
        return None
    table = np.zeros(256, np.uint8)
    table[list(matching.values)] = list(matching.values.values())
    brought = table[found.labels]
    now = annotation.label_map.voxels
    wanted = brought if replaces else np.where(brought != 0, brought, now)
    differs = np.moveaxis(wanted != now, annotation.case.axis, 0).any(axis=(1, 2))
    slices = {int(i): annotation.view.slice_of(wanted, int(i)).copy() for i in np.flatnonzero(differs)}
    annotation.replace_slices("Import labels", slices, classes=(*palette.classes, *matching.new))
    refused = int(np.count_nonzero(annotation.label_map.voxels != wanted))
    return Brought(frozenset(int(v) for v in np.unique(brought) if v), len(slices), refused)


def matched(found: Sequence[LabelClass], classes: tuple[LabelClass, ...], *, has_names: bool) -> Matching | None:
    """Which class each label of a file is: the one of its name, or without names the one of its value; else a new one.

    A new class keeps value and colour where they are free. None where there are no values left.
    """
    values: dict[int, int] = {}
    new: list[LabelClass] = []
    by_name = {c.name.casefold(): c.value for c in reversed(classes)}
    known = {c.value for c in classes}
    unmatched = []
    for one in found:
        if has_names and one.name.casefold() in by_name:
            values[one.value] = by_name[one.name.casefold()]
        elif not has_names and one.value in known:
            values[one.value] = one.value
        else:
            unmatched.append(one)
    taken = known | {c.value for c in unmatched}
    for one in unmatched:
        if one.value in known:
            fresh = next_class(tuple(LabelClass(v, "", (0, 0, 0)) for v in sorted(taken)))
            if fresh is None:
                return None
            one, source = replace(one, value=fresh.value), one.value
            taken.add(fresh.value)
        else:
            source = one.value
        values[source] = one.value
        colours = {c.colour for c in (*classes, *new)}
        free = next(colour for n in range(256) if (colour := usual_colour(n)) not in colours)
        new.append(one if has_names or one.colour not in colours else replace(one, colour=free))
    return Matching(values, tuple(new))


def grid_in_words(geometry: Geometry) -> str:
    """Such as "512 × 512 × 60 voxels of 0.7 × 0.7 × 5 mm"."""
    size = " × ".join(str(n) for n in geometry.shape[::-1])
    spacing = " × ".join(f"{s:.3g}" for s in geometry.spacing_mm[::-1])
    if not geometry.has_spacing:
        return Sentence("{size} voxels", size=size)
    return Sentence("{size} voxels of {spacing} mm", size=size, spacing=spacing)
