"""A training as a folder: what to learn from and how, and the lines in which the training process tells its progress.

The folder holds ``samples.npz``, ``options.json`` and, where there are any, the checkpoints to start from and to be
measured against, so it can be done on another computer as it is. ``checkpoint.safetensors`` is what a finished job leaves
there.
"""

import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import TrainingError, WriteError
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import CheckpointCard, card_from_json, card_to_json
from unet_studio.segmentation.samples import Intensities, Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep

SAMPLES_FILE = "samples.npz"
OPTIONS_FILE = "options.json"
START_FILE = "start.safetensors"
RIVAL_FILE = "rival.safetensors"
CHECKPOINT_FILE = "checkpoint.safetensors"
ENOUGH = "enough"  # the line by which a training is told to end and keep what it has learned
PARENT = "UNET_STUDIO_PARENT"  # the environment variable with the number of the process that a training works for


@dataclass(frozen=True, slots=True)
class JobFinished:
    """The training ended well; its checkpoint lies in the job folder."""

    card: CheckpointCard


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The training ended without a checkpoint; ``message`` is a sentence for the user."""

    message: str


JobEvent = TrainingStep | JobFinished | JobFailed


def write_job(folder: Path, training: Sequence[Sample], held_out: Sequence[Sample], options: TrainingOptions) -> None:
    """Afterwards the folder, made if need be, holds the whole job; the checkpoint to start from is copied into it.

    Raises:
        WriteError: the folder can't be written to.
    """
    arrays: dict[str, NDArray[Any]] = {}
    names: dict[int, str] = {}  # of each image by its id, as neighbours share theirs
    for number, sample in enumerate([*training, *held_out]):
        arrays[f"labels{number}"] = sample.labels
        for image in (sample.image, *sample.around):
            arrays[names.setdefault(id(image), f"image{len(names)}")] = image
    rival = None if options.rival is None else START_FILE if options.rival == options.start else RIVAL_FILE
    described = {
        "training": [_sample_fields(s, names) for s in training],
        "held_out": [_sample_fields(s, names) for s in held_out],
        "options": {
            **asdict(options),
            "start": START_FILE if options.start else None,
            "rival": rival,
        },
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if options.start is not None:
            shutil.copyfile(options.start, folder / START_FILE)
        if options.rival is not None and rival == RIVAL_FILE:
            shutil.copyfile(options.rival, folder / RIVAL_FILE)
        with (folder / SAMPLES_FILE).open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        (folder / OPTIONS_FILE).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "the disk refused it"
        raise WriteError(
            f"The training could not be prepared in {folder.name} ({reason}); free some space and try again.",
            path=folder,
        ) from error


def read_job(folder: Path) -> tuple[tuple[Sample, ...], tuple[Sample, ...], TrainingOptions]:
    """The training slices, the held-out slices and the options of a job folder.

    Raises:
        TrainingError: the folder is not a whole job.
    """
    try:
        described = json.loads((folder / OPTIONS_FILE).read_text(encoding="utf-8"))
        with (folder / SAMPLES_FILE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            fields = [*described["training"], *described["held_out"]]
            names = {name for f in fields for name in f["images"]}
            images = {name: np.asarray(arrays[name], dtype=np.float32) for name in names}
            samples = tuple(
                _sample_from(f, [images[name] for name in f["images"]], arrays[f"labels{number}"])
                for number, f in enumerate(fields)
            )
        options = _options_from(described["options"])
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        AssertionError,
        EOFError,
        zipfile.BadZipFile,
    ) as error:
        raise TrainingError(f"The training folder {folder.name} is not whole; start the training again.") from error
    if options.start is not None:
        options = replace(options, start=folder / options.start)
    if options.rival is not None:
        options = replace(options, rival=folder / options.rival)
    split = len(described["training"])
    return samples[:split], samples[split:], options


def event_to_line(event: JobEvent) -> str:
    """An event as one JSON object without a line break; ``"event"`` says which: step, finished or failed."""
    if isinstance(event, TrainingStep):
        return json.dumps({"event": "step", **asdict(event)}, ensure_ascii=False)
    if isinstance(event, JobFinished):
        return json.dumps({"event": "finished", "card": json.loads(card_to_json(event.card))}, ensure_ascii=False)
    return json.dumps({"event": "failed", "message": event.message}, ensure_ascii=False)


def event_from_line(line: str) -> JobEvent | None:
    """The event that a line tells; None for anything else a process may print."""
    try:
        fields: dict[str, Any] = json.loads(line)
        kind = fields.pop("event")
        if kind == "finished":
            return JobFinished(card_from_json(json.dumps(fields["card"])))
        if kind == "failed":
            return JobFailed(str(fields["message"]))
        dice = fields.pop("held_out_dice")
        held_out_dice = None if dice is None else {int(value): float(d) for value, d in dice.items()}
        return TrainingStep(**fields, held_out_dice=held_out_dice) if kind == "step" else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _sample_fields(sample: Sample, names: dict[int, str]) -> dict[str, Any]:
    return {
        "images": [names[id(image)] for image in (sample.image, *sample.around)],
        "case": sample.case,
        "index": sample.index,
        "spacing_mm": sample.spacing_mm,
        "modality": sample.modality,
        "intensities": asdict(sample.intensities),
    }


def _sample_from(fields: dict[str, Any], images: list[NDArray[np.float32]], labels: Any) -> Sample:
    spacing = fields["spacing_mm"]
    return Sample(
        image=images[0],
        labels=np.asarray(labels, dtype=np.uint8),
        spacing_mm=None if spacing is None else (float(spacing[0]), float(spacing[1])),
        case=str(fields["case"]),
        index=int(fields["index"]),
        intensities=Intensities(**{name: float(figure) for name, figure in fields["intensities"].items()}),
        modality=str(fields["modality"]),
        around=tuple(images[1:]),
    )


def _options_from(fields: dict[str, Any]) -> TrainingOptions:
    classes = []
    for one in fields.pop("label_classes"):
        red, green, blue = one.pop("colour")
        classes.append(LabelClass(colour=(red, green, blue), **one))
    start, rival = (None if f is None else Path(Path(f).name) for f in (fields.pop("start"), fields.pop("rival")))
    return TrainingOptions(label_classes=tuple(classes), start=start, rival=rival, **fields)
