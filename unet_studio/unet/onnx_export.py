"""A checkpoint as an ONNX network for other programs, with what they must know to prepare slices."""

import json
import logging
import os
import warnings
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from unet_studio.errors import StudioError, WriteError
from unet_studio.segmentation.card import card_to_json
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.network import fold_normalisation

_OPSET = 18


class _Chances(nn.Module):
    """A network whose answer is the chance of each class."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, slices: Tensor) -> Tensor:
        """(N, C, H, W) to (N, classes, H, W), adding up to 1 over the classes."""
        logits: Tensor = self.network(slices)
        return logits.float().softmax(dim=1)


def export_onnx(checkpoint: Checkpoint, path: Path) -> None:
    """Afterwards ``path`` holds the network and ``NAME.card.json`` beside it tells its preprocessing, classes and card.

    The input ``slices`` is float32 (N, C, H, W), prepared as the card says, H and W multiples of its stride; the output
    ``chances`` is (N, classes, H, W), background first. The card is in the file's metadata too.

    Raises:
        StudioError: the packages that write ONNX are not installed.
        WriteError: a file of that name is there, or the folder can't be written to.
    """
    try:
        import onnx
        import onnxscript  # noqa: F401 (torch needs it and would say so in a traceback)
    except ImportError as error:
        raise StudioError(
            "Writing ONNX needs two more packages; install them with: pip install onnx onnxscript."
        ) from error
    card_path = path.with_name(f"{path.stem}.card.json")
    for taken in (path, card_path):
        if taken.exists():
            raise WriteError(f"{taken.name} exists already and is not overwritten; choose another name.", path=taken)
    if not path.parent.is_dir():
        raise WriteError(f"{path.name} can't be written: its folder does not exist. Make it first.", path=path)
    made: Any = _converted(checkpoint)
    card = onnx_card(checkpoint)
    onnx.helper.set_model_props(made, {key: json.dumps(entry) for key, entry in card.items()})
    _write(path, made.SerializeToString())
    _write(card_path, json.dumps(card, indent=2, ensure_ascii=False).encode() + b"\n")


def onnx_card(checkpoint: Checkpoint) -> dict[str, Any]:
    """What another program must know: how slices are prepared, what the classes are, and where the network is from.

    The names of the cases it was trained on are left out, as they may name patients.
    """
    plan = checkpoint.preprocessing
    card = replace(checkpoint.card, trained_on={}, held_out={})
    return {
        "preprocessing": {**asdict(plan), "steps": _steps(checkpoint)},
        "classes": [{"index": 0, "value": 0, "name": "background"}]
        + [{"index": n, "value": c.value, "name": c.name} for n, c in enumerate(checkpoint.card.label_classes, 1)],
        "network": asdict(checkpoint.config),
        "card": json.loads(card_to_json(card)),
    }


def _steps(checkpoint: Checkpoint) -> list[str]:
    """The preprocessing in words, in order."""
    plan = checkpoint.preprocessing
    steps = []
    if plan.neighbours:
        steps.append(
            f"Channels: the slice, then by distance from 1 to {plan.neighbours} the slice so far before it and the slice so far "
            "after it; beyond an end of the volume its last slice."
        )
    if plan.normalisation == "volume":
        steps.append(
            "Clip to the volume's 0.5th and 99.5th percentile, subtract its mean, divide by its standard deviation (both "
            "of all its voxels, not clipped)."
        )
    else:
        steps.append(f"Clip to {plan.low:g} … {plan.high:g}, subtract mean, divide by deviation, channel by channel.")
    steps.append("Clip to -10 … 10.")
    if plan.spacing_mm is not None:
        steps.append(f"Resample to pixels of {plan.spacing_mm[0]:g} × {plan.spacing_mm[1]:g} mm where mm are known.")
    if plan.long_side is not None:
        other = "Where they are not, resample" if plan.spacing_mm is not None else "Resample"
        steps.append(f"{other} to {plan.long_side} pixels on the longer side.")
    steps.append(
        "Sizes within a factor of 1.1 of that are left alone; resampling is bilinear, averaging where it shrinks."
    )
    steps.append(
        f"Pad with 0 about the centre to {plan.field[0]} × {plan.field[1]} or more, to multiples of {plan.stride}."
    )
    return [
        *steps,
        "Cut the padding off the chances, resample them to the slice's own pixels, take the likeliest class.",
    ]


def _converted(checkpoint: Checkpoint) -> Any:
    """The network as ONNX has it; torch's exporter tells its progress to nobody."""
    network = _Chances(fold_normalisation(checkpoint.network())).eval()
    side = 2 * checkpoint.config.stride
    example = torch.zeros(2, checkpoint.config.in_channels, side, 2 * side)
    stride = checkpoint.config.stride
    rows, columns = (stride * torch.export.Dim(name, min=1, max=1024) for name in ("rows", "columns"))
    shapes = {"slices": {0: torch.export.Dim("count", min=1, max=4096), 2: rows, 3: columns}}
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                network,
                (example,),
                dynamo=True,
                dynamic_shapes=shapes,
                input_names=["slices"],
                output_names=["chances"],
                opset_version=_OPSET,
                verbose=False,
            )
    finally:
        logging.disable(before)
    assert program is not None
    return program.model_proto


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or "the disk refused it"
        raise WriteError(
            f"{path.name} could not be written ({reason}); choose another folder or free space.", path=path
        ) from error
