"""``train``: ``files.volumes.reading``, ``files.label_maps.read_label_map``, ``segmentation.label_values.named_values``,
``unet.fine_tuning.train`` and ``unet.checkpoint.save_checkpoint``; with ``--project`` as ``cli.project_training`` has it.
"""  # noqa: D205

from argparse import Namespace
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from unet_studio.cli.info import card_fields
from unet_studio.cli.output import Output
from unet_studio.cli.pairs import Pair, find_pairs
from unet_studio.errors import TrainingError, WriteError
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.regular import shown
from unet_studio.files.volumes import reading
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.segmentation.card import CheckpointCard
from unet_studio.segmentation.label_values import BACKGROUND, LabelValues, named_values
from unet_studio.segmentation.samples import Sample, held_out_places, volume_samples
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet.checkpoint import open_checkpoint, save_checkpoint
from unet_studio.unet.fine_tuning import train

R = TypeVar("R")
DEFAULT_BUDGET_S = 300.0
_SHORTEST_BUDGET_S = 2.0
_READING = 0.1  # of the progress bar


@dataclass(frozen=True, slots=True)
class _Material:
    """Samples of all cases, their labels as in their files; ``found`` are the values there."""

    samples: tuple[Sample, ...]
    found: tuple[int, ...]


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards there is a checkpoint, trained on all but a held-out share of what was given."""
    if chosen.project is not None:
        from unet_studio.cli import project_training

        return project_training.run(chosen, output)
    began_s = output.clock()
    check_target(chosen.out)
    given = dict(chosen.values)
    if chosen.start is not None:
        given = known_values(open_checkpoint(chosen.start).card) | given
    pairs = find_pairs(chosen.images, chosen.labels, chosen.cases, output)
    material = _read(pairs, output)
    values = named_values(material.found, given)
    if not values.classes:
        raise TrainingError(
            f"The labels in {shown(chosen.labels)} have one value only ({material.found[0]}): there is no class to learn."
        )
    samples, held_out = _parted(material, values, share=chosen.hold_out)
    budget_s = None
    if chosen.steps is None:
        budget_s = max(_SHORTEST_BUDGET_S, (chosen.budget or DEFAULT_BUDGET_S) - (output.clock() - began_s))
    options = TrainingOptions(
        values.classes,
        budget_s=budget_s,
        steps=chosen.steps,
        architecture=chosen.architecture or "standard",
        start=chosen.start,
        seed=chosen.seed,
        device=chosen.device,
        name=chosen.out.stem,
    )
    checkpoint = follow_training(train(samples, held_out, options), output, start=_READING, share=1 - _READING)
    checkpoint = replace(checkpoint, card=replace(checkpoint.card, label_values=dict(values.names)))
    save_checkpoint(chosen.out, checkpoint)
    tell_trained(chosen.out, checkpoint.card, output)
    return 0


def check_target(path: Path) -> None:
    """Raises ``WriteError`` where a checkpoint can't be written: better now than after the training."""
    if path.exists():
        raise WriteError(
            f"{shown(path)} exists already and checkpoints are never overwritten; choose another name.", path=path
        )
    if not path.parent.is_dir():
        raise WriteError(f"{shown(path)} can't be written: its folder does not exist. Make it first.", path=path)


def known_values(card: CheckpointCard) -> dict[int, str]:
    """What the values in label files mean to a checkpoint, also to one that was trained in a project."""
    return dict(card.label_values) or {0: BACKGROUND} | {c.value: c.name for c in card.label_classes}


def follow_training(
    steps: Generator[TrainingStep, None, R], output: Output, *, start: float = 0.0, share: float = 1.0, prefix: str = ""
) -> R:
    """The result of a training, which is ``share`` of the whole work from ``start`` on; its progress told."""
    try:
        while True:
            _tell_step(next(steps), output, start=start, share=share, prefix=prefix)
    except StopIteration as end:
        result: R = end.value
        return result
    finally:
        steps.close()


def _tell_step(step: TrainingStep, output: Output, *, start: float, share: float, prefix: str) -> None:
    parts = [prefix + (step.message or "Learning")]
    if step.step:
        parts.append(f"step {step.step}")
    if step.loss is not None:
        parts.append(f"loss {step.loss:.3f}")
    dice = None if step.held_out_dice is None else {str(v): d for v, d in step.held_out_dice.items()}
    if dice:
        parts.append(f"held-out Dice {sum(dice.values()) / len(dice):.3f}")
    parts.append(f"{step.seconds_left:.0f} s left")
    output.progress(
        start + share * step.fraction,
        " · ".join(parts),
        step=step.step,
        seconds=round(step.seconds, 2),
        seconds_left=round(step.seconds_left, 2),
        loss=step.loss,
        held_out_dice=dice,
    )


def tell_trained(path: Path, card: CheckpointCard, output: Output) -> None:
    """Afterwards the new checkpoint has been told of."""
    scored = f"held-out Dice {card.scores.mean or 0:.3f} over {card.scores.slices} slices of {card.scores.cases} cases"
    mean = "not enough held-out cases yet for a score" if card.scores.mean is None else scored
    early = ", ended as the held-out slices got no better" if card.ended == "level" else ""
    output.say(f"Written: {path} ({mean}, {card.steps:,} steps in {card.seconds:.0f} s{early})")
    for label_class in card.label_classes:
        if (dice := card.scores.dice.get(label_class.value)) is not None:
            output.say(f"  {label_class.name}: {dice:.3f}")
    if card.worse:
        output.say("Reviewed slices that got worse than with the checkpoint before:")
    for one in card.worse:
        output.say(f"  {one.case}, slice {one.index + 1}: Dice {one.before:.3f} before, {one.after:.3f} now")
    output.result({"checkpoint": str(path), **card_fields(card)})


def _read(pairs: Sequence[Pair], output: Output) -> _Material:
    samples: list[Sample] = []
    found: set[int] = set()
    for number, pair in enumerate(pairs):
        share = _READING / len(pairs)
        volume = output.follow(reading(pair.image), start=number * share, share=share)
        output.progress((number + 1) * share, f"Reading {pair.case} ({number + 1} of {len(pairs)})")
        labels, warnings = read_label_map(pair.labels, volume.geometry)
        for warning in (*volume.warnings, *warnings):
            output.warn(warning)
        found.update(int(v) for v in np.flatnonzero(np.bincount(labels.ravel(), minlength=256)))
        view = plane_view(volume.geometry, working_plane(volume.geometry))
        shown = {index: view.slice_of(labels, index) for index in range(view.count(volume.geometry.shape))}
        samples += volume_samples(volume, shown, case=pair.case)
    return _Material(tuple(samples), tuple(sorted(found)))


def _parted(material: _Material, values: LabelValues, *, share: float) -> tuple[list[Sample], list[Sample]]:
    """What is trained on and what is held out: whole cases, or blocks of slices of a single one."""
    known = [replace(s, labels=values.read(s.labels)) for s in material.samples]
    known = [s for s in known if (s.labels != values.unknown).any()]
    kept = held_out_places(((s.case, s.index) for s in known), share=share)
    return [s for s in known if (s.case, s.index) not in kept], [s for s in known if (s.case, s.index) in kept]
