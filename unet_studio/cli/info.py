"""``info``: ``files.volumes.inspect``, ``files.label_maps.read_label_map`` and ``unet.checkpoint.open_checkpoint``."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.cli.output import Output
from unet_studio.errors import GridMismatch, ReadError, StudioError
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.volumes import Inspection, VolumeSummary, choosing, inspect, inspection_json, split_choice
from unet_studio.segmentation.card import CheckpointCard

_WEIGHTS = (".safetensors", ".pt", ".pth", ".ckpt")


def run(chosen: Namespace, output: Output) -> int:
    """Tells what is in a path; 1 where it can't be opened."""
    path, choice = split_choice(chosen.path)
    if chosen.on is not None:
        return _tell_fit(chosen.path, chosen.on, output)
    if path.suffix.lower() in _WEIGHTS:
        return _tell_checkpoint(path, output)
    inspection = inspect(path, choice)
    if inspection.outcome == "error":
        output.result(inspection_json(inspection))
        output.fail(inspection.message)
        return 1
    output.say(_described(inspection))
    output.result(inspection_json(inspection))
    return 0


def _described(inspection: Inspection) -> str:
    lines = []
    if inspection.outcome == "asks":
        lines += [inspection.message, ""]
    for volume in inspection.volumes:
        lines += _volume_lines(volume, is_choice=inspection.outcome == "asks")
    return "\n".join(lines)


def _volume_lines(volume: VolumeSummary, *, is_choice: bool) -> list[str]:
    title = f"#{volume.id}  {volume.name}" if is_choice else volume.name
    colours = "" if volume.components == 1 else f" × {volume.components} channels"
    lines = [
        title + (f" ({volume.modality})" if volume.modality else ""),
        f"  size       {_joined(volume.size_xyz)}{colours}, {volume.dtype}",
        f"  spacing    {_joined(volume.spacing_xyz)}",
        f"  origin     {', '.join(f'{v:.4g}' for v in volume.origin_lps)} (LPS, mm)",
        f"  direction  {' '.join(f'{v:.4g}' for v in volume.direction)}",
    ]
    if volume.minimum is not None and volume.maximum is not None:
        lines.append(f"  values     {volume.minimum:g} to {volume.maximum:g}")
    return [*lines, *(f"  warning    {w}" for w in volume.warnings)]


def _joined(numbers: tuple[float, ...]) -> str:
    return " × ".join(f"{n:.4g}" if isinstance(n, float) else str(n) for n in numbers)


def _tell_fit(mask: str, scan: str, output: Output) -> int:
    """Whether a mask can lie on a scan as labels, and which labels it has."""
    fields: dict[str, Any] = {"path": mask, "on": scan, "outcome": "opens", "message": "", "labels": {}}
    try:
        geometry = _scan_geometry(scan)
        labels, warnings = read_label_map(Path(mask), geometry)
    except (ReadError, GridMismatch) as error:
        output.result({**fields, "outcome": "error", "message": str(error)})
        output.fail(str(error))
        return 1
    values, counts = np.unique(labels, return_counts=True)
    found = {str(v): int(n) for v, n in zip(values, counts, strict=True)}
    message = " ".join(warnings)
    output.say(f"{Path(mask).name} fits {Path(scan).name}.")
    output.say("\n".join(f"  label {value}: {count:,} voxels" for value, count in found.items()))
    for warning in warnings:
        output.warn(warning)
    output.result({**fields, "outcome": "opens_warn" if message else "opens", "message": message, "labels": found})
    return 0


def _scan_geometry(text: str) -> Any:
    path, choice = split_choice(text)
    from unet_studio.progress import finish

    return finish(choosing(path, choice)).grid


def _tell_checkpoint(path: Path, output: Output) -> int:
    from unet_studio.unet.checkpoint import open_checkpoint  # torch

    try:
        card = open_checkpoint(path).card
    except StudioError as error:
        output.result({"path": str(path), "outcome": "error", "message": str(error)})
        output.fail(str(error))
        return 1
    scores = _scores_line(card)
    names = ", ".join(f"{c.value} {c.name}" for c in card.label_classes)
    output.say(
        f"{card.name}\n  network    {card.architecture}, {card.parameters:,} parameters\n  classes    {names}\n"
        f"  parent     {card.parent or 'none'}\n  held out   {scores}\n"
        f"  trained    {card.steps:,} steps, {card.seconds:.0f} s, seed {card.seed}, {card.created}"
    )
    output.result({"path": str(path), "outcome": "opens", "message": "", **card_fields(card)})
    return 0


def _scores_line(card: CheckpointCard) -> str:
    if card.scores.mean is None:
        return "no scores"
    each = ", ".join(f"{value}: {dice:.3f}" for value, dice in card.scores.dice.items())
    return f"Dice {card.scores.mean:.3f} ({each}) on {card.scores.slices} slices"


def card_fields(card: CheckpointCard) -> dict[str, Any]:
    """A checkpoint's card as JSON has it."""
    return {
        "name": card.name,
        "architecture": card.architecture,
        "parameters": card.parameters,
        "classes": [{"value": c.value, "name": c.name, "colour": list(c.colour)} for c in card.label_classes],
        "label_values": {str(value): name for value, name in card.label_values.items()},
        "parent": card.parent,
        "scores": {
            "dice": {str(value): dice for value, dice in card.scores.dice.items()},
            "mean": card.scores.mean,
            "slices": card.scores.slices,
            "cases": card.scores.cases,
        },
        "trained_on": {case: list(slices) for case, slices in card.trained_on.items()},
        "held_out": {case: list(slices) for case, slices in card.held_out.items()},
        "worse": [asdict(one) for one in card.worse],
        "seed": card.seed,
        "steps": card.steps,
        "seconds": card.seconds,
        "ended": card.ended,
        "created": card.created,
        "program_version": card.program_version,
    }
