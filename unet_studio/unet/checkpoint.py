"""Checkpoints: one safetensors file each, with the card, the preprocessing and a digest in its metadata.

Nothing is ever unpickled. A file is believed only after its digest, its shapes and its figures were looked at.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as to_safetensors
from torch import Tensor, nn

from unet_studio.errors import CheckpointError, WriteError
from unet_studio.segmentation.card import CheckpointCard, card_from_json, card_to_json
from unet_studio.segmentation.pickled import pickled_fault
from unet_studio.unet.network import Config, build_network
from unet_studio.unet.preprocessing import Preprocessing, preprocessing_from_json

_FORMAT = 1
_MARK = "unet_studio"  # the metadata key that holds the format number
_NEXT = "Choose another checkpoint, or train one from your reviewed slices."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A trained network as it is kept: ``weights`` are float32 on the CPU, by layer name; BatchNorm's counters int64."""

    config: Config
    preprocessing: Preprocessing
    card: CheckpointCard
    weights: Mapping[str, Tensor]

    @property
    def values(self) -> tuple[int, ...]:
        """The label value of each class index from 1."""
        return tuple(c.value for c in self.card.label_classes)

    def network(self) -> nn.Module:
        """A new network with these weights, on the CPU, in evaluation mode."""
        network = _unfilled(self.config).to_empty(device="cpu")
        network.load_state_dict({name: tensor.clone() for name, tensor in self.weights.items()}, assign=True)
        return network.eval()

    def renamed(self, name: str) -> "Checkpoint":
        """The same network under another name."""
        return replace(self, card=replace(self.card, name=name))


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Afterwards the file holds the checkpoint and is on the disk; written beside and moved, never over another file.

    Raises:
        WriteError: there is a file of that name already, or the folder can't be written to.
    """
    if path.exists():
        raise WriteError(
            f"{path.name} exists already and checkpoints are never overwritten; choose another name.", path=path
        )
    weights = {name: tensor.detach().cpu().contiguous() for name, tensor in checkpoint.weights.items()}
    metadata = {
        _MARK: str(_FORMAT),
        "card": card_to_json(checkpoint.card),
        "config": json.dumps(asdict(checkpoint.config)),
        "preprocessing": checkpoint.preprocessing.to_json(),
    }
    metadata["sha256"] = _digest(weights, metadata)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(to_safetensors(weights, metadata))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or "the disk refused it"
        raise WriteError(
            f"{path.name} could not be written ({reason}); choose another folder or free space.", path=path
        ) from error


def open_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file, checked: digest, shapes and finite figures.

    Raises:
        CheckpointError: missing, damaged, of another program or of a newer version; the message names file and next step.
    """
    try:
        with _opened(path) as file:
            metadata = _metadata(path, file.metadata())
            weights = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118 (not a mapping)
    except SafetensorError as error:
        raise _damaged(path) from error
    if metadata.get("sha256") != _digest(weights, metadata):
        raise _damaged(path)
    try:
        config = Config(**json.loads(metadata["config"]))
        preprocessing = preprocessing_from_json(metadata["preprocessing"])
        card = card_from_json(metadata["card"])
    except (KeyError, TypeError, ValueError, AssertionError, RecursionError) as error:
        raise _damaged(path) from error
    _check_weights(path, config, weights)
    if config.classes != len(card.label_classes) + 1 or preprocessing.inputs != config.in_channels:
        raise _damaged(path)
    return Checkpoint(config, preprocessing, card, weights)


def read_card(path: Path) -> CheckpointCard:
    """What a checkpoint says of itself, without reading its weights.

    Raises:
        CheckpointError: as ``open_checkpoint``, though damage to the weights goes unseen.
    """
    try:
        with _opened(path) as file:
            return card_from_json(_metadata(path, file.metadata())["card"])
    except (SafetensorError, KeyError, ValueError) as error:
        raise _damaged(path) from error


def _opened(path: Path) -> safe_open:
    """The file's reader.

    Raises:
        CheckpointError: it can't be read at all, or is something else than safetensors.
    """
    try:
        with path.open("rb") as file:
            first = file.read(16)
    except FileNotFoundError as error:
        raise CheckpointError(f"The checkpoint {path.name} is not there any more. {_NEXT}") from error
    except OSError as error:
        raise CheckpointError(f"The checkpoint {path.name} can't be read ({error.strerror}). {_NEXT}") from error
    if not first:
        raise CheckpointError(f"{path.name} is empty, so it is no checkpoint. {_NEXT}")
    if fault := pickled_fault(path):
        raise CheckpointError(f"{path.name} {fault}. {_NEXT}")
    if first.lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<head")):
        raise CheckpointError(f"{path.name} is a web page (HTML) and no checkpoint; download it again. {_NEXT}")
    try:
        return safe_open(path, framework="pt")
    except (SafetensorError, OSError) as error:
        raise _damaged(path) from error


def _metadata(path: Path, found: Mapping[str, str] | None) -> Mapping[str, str]:
    if not found or _MARK not in found:
        raise CheckpointError(
            f"{path.name} holds weights of another program: its keys name another architecture than ours. {_NEXT}"
        )
    number = found[_MARK]
    if number.isdecimal() and int(number) > _FORMAT:
        raise CheckpointError(
            f"{path.name} was written by a later version of UNet Studio (format {number}, this one reads {_FORMAT}); "
            "update the program."
        )
    if number != str(_FORMAT):
        raise _damaged(path)
    return found


def _check_weights(path: Path, config: Config, weights: Mapping[str, Tensor]) -> None:
    """Nothing, if these are the weights of such a network.

    Raises:
        CheckpointError: a layer is missing, too many or of another shape, or a figure is not finite.
    """
    wanted = {name: (tensor.shape, tensor.dtype) for name, tensor in _unfilled(config).state_dict().items()}
    if wanted != {name: (tensor.shape, tensor.dtype) for name, tensor in weights.items()}:
        raise CheckpointError(
            f"{path.name} holds other layers than its own description says, so it is damaged. {_NEXT}"
        )
    if not all(bool(torch.isfinite(tensor).all()) for tensor in weights.values()):
        raise CheckpointError(f"{path.name} holds weights that are not finite (NaN), so it can't be used. {_NEXT}")


def _unfilled(config: Config) -> nn.Module:
    """The network without memory for its weights."""
    with torch.device("meta"):
        return build_network(config)


def _digest(weights: Mapping[str, Tensor], metadata: Mapping[str, str]) -> str:
    """The SHA-256 of the weights, by name, type and shape, and of everything else the file says, in hexadecimal."""
    digest = hashlib.sha256()
    for key in sorted(set(metadata) - {"sha256"}):
        digest.update(f"{key}={metadata[key]}\n".encode())
    for name in sorted(weights):
        tensor = weights[name].contiguous()
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _damaged(path: Path) -> CheckpointError:
    return CheckpointError(f"{path.name} is damaged or no checkpoint (not a sound safetensors file of ours). {_NEXT}")
