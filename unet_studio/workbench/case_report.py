"""A case's report, gathered from the project, the scan and the checkpoint in use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from unet_studio.errors import StudioError
from unet_studio.files.case_report import CaseReport as CaseReport
from unet_studio.files.case_report import page as page
from unet_studio.files.overlay import Panel, overlay_png
from unet_studio.image.plane import PlaneView, plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.image.window import auto_window, to_grey
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.labels.statistics import LabelStatistics, label_statistics
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case, CheckpointRecord, SliceState
from unet_studio.project.store import Store
from unet_studio.project.work_log import CaseWork
from unet_studio.segmentation.card import CheckpointCard
from unet_studio.sentence import Sentence
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.looking_up import report as facts_of
from unet_studio.workbench.project import Project
from unet_studio.workbench.scan import reading_scan

_PICTURES = 4
_STATES = {
    SliceState.PREDICTED: Sentence("predicted"), SliceState.EDITED: Sentence("edited"), SliceState.REVIEWED: Sentence("reviewed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Material:
    """What the project knows of a case, read in one go."""

    project: str
    case: Case
    scan: Path
    labels: Labels
    classes: tuple[LabelClass, ...]
    states: Mapping[int, SliceState]
    work: CaseWork
    active: CheckpointRecord | None


def material_of(store: Store, case: Case) -> Material:
    """What a report of ``case`` is made from.

    Raises:
        ProjectError: the project can't be read.
    """
    return Material(
        store.name, case, store.scan_path(case), store.labels(case), tuple(store.classes()), store.states(case.id),
        store.work_on(case), store.active_checkpoint(),
    )  # fmt: skip


def reporting(material: Material, *, now: datetime) -> Steps[CaseReport]:
    """The report; ``now`` is when it is made.

    Raises:
        ReadError: the scan can't be read, or is not the scan it was.
    """
    case = material.case
    volume = yield from reading_scan(case, material.scan)
    yield Progress(None, f"Writing the report of {case.name}")
    statistics = label_statistics(volume, material.labels)
    network, scores = _network(material)
    return CaseReport(
        case.name, material.project, tuple((str(a), str(b)) for a, b in facts_of(volume)), material.classes,
        _sizes(material, statistics), network, scores, _summary(material), _work(material.work),
        _pictures(material, volume), f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
    )  # fmt: skip


def report_case(
    project: Project, lane: Lane, case: Case, *,
    done: Callable[[CaseReport], None], told: Callable[[str], None], progressed: Callable[[Progress | None], None],
) -> None:  # fmt: skip
    """Afterwards the report of ``case`` is being made; ``done`` is given it, or ``told`` hears why not."""

    def failed(error: Exception) -> None:
        progressed(None)
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    def made(report: CaseReport) -> None:
        progressed(None)
        done(report)

    def gathered(material: Material) -> None:
        steps = lambda: reporting(material, now=datetime.now(UTC))  # noqa: E731
        lane.submit(Job("report case", steps, done=made, failed=failed, progressed=progressed))

    project.saving.attempt(lambda store: material_of(store, case), done=gathered, failed=failed)


def clock(seconds: float) -> str:
    """A time such as “1 h 05 min”, “12 min” or “less than a minute”."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def counted(number: int, what: str) -> str:
    """“1 slice”, “2 slices”."""
    n = f"{number:,}"
    said = {
        "slice": (Sentence("1 slice"), Sentence("{n} slices", n=n)),
        "held-out slice": (Sentence("1 held-out slice"), Sentence("{n} held-out slices", n=n)),
        "case": (Sentence("1 case"), Sentence("{n} cases", n=n)),
        "action": (Sentence("1 action"), Sentence("{n} actions", n=n)),
    }
    return said[what][number != 1]


def _sizes(material: Material, statistics: Mapping[int, LabelStatistics]) -> list[list[str]]:
    axes = tuple(a for a in range(3) if a != material.case.axis)
    rows = []
    for one in material.classes:
        found = statistics.get(one.value)
        if found is None:
            continue
        slices = int((material.labels == one.value).any(axis=axes).sum())
        ml = "not known" if found.volume_ml is None else f"{found.volume_ml:.2f} ml"
        rows.append(
            [one.name, ml, f"{found.voxels:,}", str(slices), f"{found.mean:.4g}", f"{found.standard_deviation:.4g}"]
        )
    return rows


def _network(material: Material) -> tuple[str, list[list[str]]]:
    if material.active is None:
        return "No network was trained in this project.", []
    card = material.active.card
    learned = sum(len(slices) for slices in card.trained_on.values())
    told = Sentence(
        "{name}: {architecture}, {parameters} parameters, learned from {slices} of {cases} in {time}",
        name=material.active.name, architecture=card.architecture, parameters=f"{card.parameters:,}",
        slices=counted(learned, "slice"), cases=counted(len(card.trained_on), "case"), time=clock(card.seconds),
    )  # fmt: skip
    if not card.scores.slices:
        return Sentence("{network}; not enough held-out slices yet for a score.", network=told), []
    is_seen = material.case.name in {str(name) for name in card.trained_on} or str(material.case.id) in card.trained_on
    scored = Sentence(
        "{network}; scored on {slices} of {cases}, never trained on.",
        network=told, slices=counted(card.scores.slices, "held-out slice"), cases=counted(card.scores.cases, "case"),
    )  # fmt: skip
    if is_seen:
        scored = Sentence("{network} It has learned from slices of this case.", network=scored)
    return scored, _scores(card)


def _scores(card: CheckpointCard) -> list[list[str]]:
    before = card.before.dice if card.before else {}
    names = {c.value: c.name for c in card.label_classes}
    return [
        [names.get(value, str(value)), f"{dice:.3f}", f"{before[value]:.3f}" if value in before else "–"]
        for value, dice in card.scores.dice.items()
    ]


def _summary(material: Material) -> str:
    states = list(material.states.values())
    reviewed, work = states.count(SliceState.REVIEWED), material.work
    people = ", ".join(work.authors) or "nobody"
    return Sentence(
        "{reviewed} of {all} slices reviewed, {edited} edited. {actions} by {people}, {time} of work "
        "(pauses of more than five minutes are not counted).",
        reviewed=reviewed, all=material.case.slices, edited=states.count(SliceState.EDITED),
        actions=counted(work.actions, "action"), people=people, time=clock(work.seconds),
    )  # fmt: skip


def _work(work: CaseWork) -> list[list[str]]:
    return [
        [
            str(s.index + 1),
            _STATES.get(s.state, s.state.value),
            s.author,
            s.time[:16].replace("T", " "),
            s.reviewer,
            s.checkpoint,
        ]
        for s in work.slices
    ]


def _pictures(material: Material, volume: Volume) -> list[tuple[str, bytes]]:
    view = plane_view(volume.geometry, working_plane(volume.geometry))
    window = auto_window(volume.voxels)
    height, width = view.spacing_mm(volume.geometry)
    made = []
    for index in _pictured(material.labels, view):
        grey = to_grey(view.slice_of(volume.voxels, index), window, is_inverted=volume.is_inverted)
        panel = Panel(f"Slice {index + 1}", grey, view.slice_of(material.labels, index), height / width)
        made.append((f"Slice {index + 1}", overlay_png([panel], material.classes, caption="")))
    return made


def _pictured(labels: Labels, view: PlaneView) -> list[int]:
    """Slices spread evenly over those with labels; over all where there are none."""
    count = view.count(labels.shape)
    drawn = [i for i in range(count) if np.any(view.slice_of(labels, i))] or list(range(count))
    most = min(_PICTURES, len(drawn))
    return [drawn[(2 * k + 1) * len(drawn) // (2 * most)] for k in range(most)]
