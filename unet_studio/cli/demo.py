"""``demo``: the sample project in the app, or without a window the whole loop on it, measured."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from unet_studio.cli.output import Output
from unet_studio.cli.prediction import make_folder
from unet_studio.cli.project_training import retrain
from unet_studio.cli.report import Report, Round, write_report
from unet_studio.errors import StudioError
from unet_studio.files.label_maps import write_label_map
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import Labels
from unet_studio.project.records import Case, CheckpointRecord, Proposal, SliceState
from unet_studio.project.store import Store
from unet_studio.segmentation.ranking import next_slice
from unet_studio.segmentation.samples import held_out_slices
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.segmenter import open_segmenter
from unet_studio.workbench.sample import make_sample_project, projects_folder, record_review, shipped_sample
from unet_studio.workbench.scan import reading_scan

_CORRECTED = 16  # slices: about what somebody corrects in a first half hour
_HELD_OUT_SHARE = 0.12
_FIRST_SHARE = 0.1  # of the time for training: a hasty first checkpoint, then a proper one on three times the slices
_PREDICTING = 0.08  # of the whole time, each of the two times
_TRAINING = 0.8  # of the whole time, both together


@dataclass(frozen=True, slots=True)
class _Loop:
    """What the loop works on. ``reference`` are the right labels (z, y, x), which stand in for the user."""

    store: Store
    case: Case
    volume: Volume
    reference: Labels
    held_out: tuple[int, ...]
    chosen: Namespace
    output: Output


def run(chosen: Namespace, output: Output, open_app: Callable[[list[Path]], int]) -> int:
    """Afterwards the app was open on a new sample project, or the report of the whole loop is written."""
    if not chosen.headless:
        project = projects_folder() / "Sample brain.unetstudio"
        if not project.exists():  # else it has what was drawn the last time
            make_folder(project.parent)
            make_sample_project(project)
        return open_app([project])
    if chosen.out is None:
        raise StudioError("demo --headless needs --out DIR, the folder to leave its masks, pictures and report in.")
    report = go_through(chosen, output)
    before, after = (r.dice["mean"] for r in (report.before, report.after))
    output.say(f"Held-out Dice {before:.3f} before retraining, {after:.3f} after ({report.seconds:.0f} s).")
    output.say(f"Open {chosen.out / 'report.html'}")
    output.result(report.fields())
    return 0


def go_through(chosen: Namespace, output: Output) -> Report:
    """The whole loop on a new sample project in ``chosen.out``: train, predict, correct, retrain, predict; and its report."""
    began_s = output.clock()
    make_folder(chosen.out)
    project = _fresh(chosen.out, "brain")
    output.progress(0.0, "Making the sample project")
    make_sample_project(project)
    sample = shipped_sample()
    with Store.open(project) as store:
        case = store.cases()[0]
        volume = output.follow(reading_scan(case, store.scan_path(case)), share=0.0)
        reference = sample.reference_labels(volume)
        loop = _Loop(store, case, volume, reference, _hold_out(store, case, reference), chosen, output)
        before, uncertainty = _round(loop, "before", start=0.01, share=_FIRST_SHARE)
        corrected = _correct(loop, uncertainty)
        middle = 0.02 + _FIRST_SHARE * _TRAINING + _PREDICTING
        after, _ = _round(loop, "after", start=middle, share=1 - _FIRST_SHARE)
    write_label_map(chosen.out / "reference.nii.gz", reference, volume.geometry, sample.classes)
    output.progress(0.98, "Writing the report")
    report = Report(
        project=project.name,
        classes=sample.classes,
        first_slices=sample.reviewed,
        corrected=corrected,
        held_out=loop.held_out,
        before=before,
        after=after,
        seed=chosen.seed,
        seconds=output.clock() - began_s,
    )
    write_report(chosen.out, report, volume, reference)
    return report


def _hold_out(store: Store, case: Case, reference: Labels) -> tuple[int, ...]:
    """The slices that are kept for scoring, frozen before anything is trained; reviewed, so that each checkpoint is scored."""
    reviewed = {i for i, state in store.states(case.id).items() if state is SliceState.REVIEWED}
    near = {i + step for i in reviewed for step in (-1, 0, 1)}
    tissue = np.flatnonzero(reference.any(axis=tuple(a for a in range(3) if a != case.axis)))
    free = [int(i) for i in tissue if int(i) not in near]
    chosen = tuple(sorted(held_out_slices(free, share=_HELD_OUT_SHARE)))
    for index in chosen:
        record_review(store, case, index, reference)
    store.set_held_out({case.id: frozenset(chosen)})
    return chosen


def _round(loop: _Loop, name: str, *, start: float, share: float) -> tuple[Round, dict[int, float]]:
    """Trains on what is reviewed for ``share`` of the budget, predicts every slice and scores; also how unsure each is."""
    store, active = loop.store, loop.store.active_checkpoint()
    path = None if active is None else store.checkpoint_path(active)
    options = TrainingOptions(
        store.classes(),
        budget_s=loop.chosen.budget * share,
        start=path,
        rival=path,
        seed=loop.chosen.seed,
        device=loop.chosen.device,
        name=f"Checkpoint {len(store.checkpoints()) + 1}",
    )
    prefix = "First training: " if active is None else "Retraining: "
    record = retrain(store, options, loop.output, start=start, share=share * _TRAINING, prefix=prefix)
    labels, uncertainty, device = _predict(loop, record, start=start + share * _TRAINING)
    write_label_map(loop.chosen.out / f"masks-{name}.nii.gz", labels, loop.volume.geometry, store.classes())
    dice = held_out_dice(labels, loop.reference, loop.held_out, axis=loop.case.axis, values=_values(loop))
    wrong = sum(
        int((_slice(labels, loop.case, i) != _slice(loop.reference, loop.case, i)).sum()) for i in loop.held_out
    )
    return Round(name, labels, dice, wrong, record.card, record.is_active, device), uncertainty


def _predict(loop: _Loop, record: CheckpointRecord, *, start: float) -> tuple[Labels, dict[int, float], str]:
    """The labels of all slices (z, y, x); proposals for those nobody has worked on are saved in the project."""
    segmenter = open_segmenter(loop.store.checkpoint_path(record), loop.chosen.device)
    view = plane_view(loop.volume.geometry, working_plane(loop.volume.geometry))
    states = loop.store.states(loop.case.id)
    labels = np.zeros(loop.case.shape, np.uint8)
    uncertainty: dict[int, float] = {}
    proposals = []
    for answer in segmenter.predict(loop.volume, range(loop.case.slices)):
        view.slice_of(labels, answer.index)[...] = answer.labels
        if states.get(answer.index, SliceState.UNTOUCHED) in (SliceState.UNTOUCHED, SliceState.PREDICTED):
            uncertainty[answer.index] = answer.uncertainty
            unsure, wrong = answer.uncertainty, answer.to_correct
            proposals.append(Proposal(answer.index, answer.labels, unsure, record.id, to_correct=wrong))
        done = (answer.index + 1) / loop.case.slices
        loop.output.progress(start + _PREDICTING * done, f"Predicting slice {answer.index + 1} of {loop.case.slices}")
    loop.store.save_proposals(loop.case.id, proposals, {p.index: SliceState.PREDICTED for p in proposals})
    return labels, uncertainty, segmenter.device


def _correct(loop: _Loop, uncertainty: dict[int, float]) -> tuple[int, ...]:
    """The slices that were corrected: those the program itself suggests, one after the other, right afterwards."""
    corrected: list[int] = []
    current = loop.case.slices // 2
    to_correct = loop.store.to_correct().get(loop.case.id, {})
    for _ in range(_CORRECTED):
        states = loop.store.states(loop.case.id)
        reviewed = {i for i, state in states.items() if state is SliceState.REVIEWED}
        left = {i: unsure for i, unsure in uncertainty.items() if i not in reviewed}
        suggestion = next_slice(
            count=loop.case.slices,
            current=current,
            uncertainty=left,
            to_correct=to_correct,
            edited=(),
            reviewed=reviewed,
        )
        if suggestion is None:
            break
        current = suggestion.index
        record_review(loop.store, loop.case, current, loop.reference)
        corrected.append(current)
    return tuple(corrected)


def held_out_dice(
    labels: Labels, reference: Labels, slices: Sequence[int], *, axis: int, values: Sequence[int]
) -> dict[str, float]:
    """Dice by class value over the voxels of ``slices`` along ``axis`` together, and their ``mean``; 1 where both are empty."""
    ours, theirs = (np.take(a, slices, axis=axis) for a in (labels, reference))
    dice = {}
    for value in values:
        both = int(((ours == value) & (theirs == value)).sum())
        total = int((ours == value).sum()) + int((theirs == value).sum())
        dice[str(value)] = 2 * both / total if total else 1.0
    return {**dice, "mean": sum(dice.values()) / len(dice)}


def _values(loop: _Loop) -> list[int]:
    return [c.value for c in loop.store.classes()]


def _slice(labels: Labels, case: Case, index: int) -> Labels:
    found: Labels = labels[(slice(None),) * case.axis + (index,)]
    return found


def _fresh(folder: Path, name: str) -> Path:
    """A project folder in ``folder`` that is not there yet."""
    number = 1
    while (path := folder / f"{name}{'' if number == 1 else f' {number}'}.unetstudio").exists():
        number += 1
    return path
