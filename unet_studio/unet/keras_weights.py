"""Weights of the classic network as Keras 2 and Keras 3 write them to HDF5; nothing in the file is executed.

Keras 2, and Keras 3 for names without ``.weights``, list their layers in the attribute ``layer_names`` and each layer's
weights in ``weight_names``, for a whole model below the group ``model_weights``. Keras 2.12 and later write ``.weights.h5``
with a group a layer, named by its kind and a number, whose ``vars`` are numbered from 0. The layers stand in the order in
which the network runs through them, so shapes and order tell which is which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import unet_studio
from unet_studio.errors import CheckpointError
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass
from unet_studio.segmentation.card import CheckpointCard, Scores
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.network import Config, build_network, config_of, parameter_count
from unet_studio.unet.preprocessing import Preprocessing

_MOST_LAYERS = 1000
_SIDE = 256  # pixels on the longer side, as the demo feeds it
_CONTAINERS = ("layers", "_layer_checkpoint_dependencies", "_self_tracked_trackables", "_functional/layers")
_NEXT = "Choose weights of the classic network (31,031,685 parameters for one grey channel), saved by save_weights."


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution in the file: ``kernel`` is (rows, columns, maps in, maps out), not read yet."""

    name: str
    kernel: h5py.Dataset
    bias: h5py.Dataset


def import_keras(path: Path, *, name: str = "") -> Checkpoint:
    """The classic network with the weights in a Keras file; prepared slices are the demo's: grey by 255, 256 pixels wide.

    Raises:
        CheckpointError: no HDF5 file, or weights of another network; says what differs.
    """
    if not path.is_file():
        raise CheckpointError(f"The weights {path.name} are not there. {_NEXT}")
    if path.suffix.lower() == ".keras":
        raise CheckpointError(f"{path.name} is a .keras archive; save its weights as NAME.weights.h5 and import those.")
    try:
        with h5py.File(path, "r") as file:
            layers = list(_convolutions(path, file))
            config = _config_of(path, layers)
            weights = _read(path, layers, config)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path.name} is damaged or no HDF5 file of Keras. {_NEXT}") from error
    return Checkpoint(config, _preprocessing(config), _card(config, name or path.stem), weights)


def _convolutions(path: Path, file: h5py.File) -> Iterator[_Layer]:
    """The layers with a kernel and a bias, in their order.

    Raises:
        CheckpointError: the file has no layers of Keras, or one that is no convolution.
    """
    for layer_name, weights in _layers(path, file):
        if not weights:
            continue
        if len(weights) != 2 or len(weights[0].shape) != 4 or len(weights[1].shape) != 1:
            shapes = " and ".join(str(w.shape) for w in weights)
            raise CheckpointError(
                f"{path.name} is of another network: its layer {layer_name} has weights of shape {shapes}, and the classic "
                f"network has convolutions with a bias only. {_NEXT}"
            )
        yield _Layer(layer_name, weights[0], weights[1])


def _layers(path: Path, file: h5py.File) -> Iterator[tuple[str, list[h5py.Dataset]]]:
    """Each layer's name and weights, in their order."""
    listed = _child(path, file, "model_weights") if "model_weights" in file else file
    if names := _names(listed, "layer_names"):
        for layer_name in names[:_MOST_LAYERS]:
            group = _child(path, listed, layer_name)
            yield layer_name, [_dataset(path, group, name) for name in _names(group, "weight_names")]
        return
    for container in _CONTAINERS:
        if container in file:
            group = _child(path, file, container)
            for layer_name in sorted(list(group)[:_MOST_LAYERS], key=_place):
                layer = _child(path, group, layer_name)
                variables = _child(path, layer, "vars") if "vars" in layer else ()
                yield layer_name, [_dataset(path, variables, number) for number in sorted(variables, key=_place)]
            return
    raise CheckpointError(f"{path.name} is an HDF5 file without layers of Keras. {_NEXT}")


def _names(group: h5py.Group, attribute: str) -> list[str]:
    """An attribute of Keras' that lists names; a long list is cut into ``attribute0``, ``attribute1`` and so on."""
    parts = [attribute] if attribute in group.attrs else []
    while f"{attribute}{len(parts)}" in group.attrs and attribute not in group.attrs:
        parts.append(f"{attribute}{len(parts)}")
    found = [entry for part in parts for entry in np.asarray(group.attrs[part]).ravel().tolist()]
    return [entry.decode() if isinstance(entry, bytes) else str(entry) for entry in found]


def _child(path: Path, group: Any, name: str) -> Any:
    """What a group holds under a name, followed part by part: links to other files are refused.

    Raises:
        CheckpointError: the name leads to another file, or to nothing.
    """
    for part in name.split("/"):
        link = group.get(part, getlink=True) if isinstance(group, h5py.Group) else None
        if not isinstance(link, h5py.HardLink):
            raise CheckpointError(f"{path.name} is not whole: {name} is missing or lies in another file. {_NEXT}")
        group = group[part]
    return group


def _dataset(path: Path, group: Any, name: str) -> h5py.Dataset:
    found = _child(path, group, name)
    is_plain = isinstance(found, h5py.Dataset) and found.external is None and not found.is_virtual
    if not is_plain or found.dtype.kind != "f":
        raise CheckpointError(
            f"{path.name} is of another network: {name} holds no plain floating-point numbers. {_NEXT}"
        )
    return found


def _place(name: str) -> tuple[str, int]:
    """Orders conv2d, conv2d_1, …, conv2d_10 as they were made."""
    match = re.fullmatch(r"(.*?)_?([0-9]*)", name)
    assert match is not None
    return match[1], int(match[2] or 0)


def _config_of(path: Path, layers: list[_Layer]) -> Config:
    """The classic network these layers are of.

    Raises:
        CheckpointError: they are of another network; names the first layer that differs.
    """
    if not layers:
        raise CheckpointError(f"{path.name} holds no convolution. {_NEXT}")
    channels, maps = int(layers[0].kernel.shape[2]), int(layers[-1].kernel.shape[3])
    try:
        config = config_of("classic", in_channels=channels, classes=max(2, maps))
    except ValueError as error:
        raise CheckpointError(f"{path.name} is of another network: it takes {channels} channels. {_NEXT}") from error
    wanted = [shape for _, shape in _layers_of(config)]
    found = [tuple(int(n) for n in layer.kernel.shape) for layer in layers]
    for layer, have, want in zip(layers, found, wanted, strict=False):
        if have != want or layer.bias.shape != (want[3],):
            raise CheckpointError(
                f"{path.name} is of another network: its layer {layer.name} has a kernel of shape {have}, and the classic "
                f"network has {want} there. {_NEXT}"
            )
    if len(found) != len(wanted):
        raise CheckpointError(
            f"{path.name} is of another network: it has {len(found)} convolutions, and the classic network has "
            f"{len(wanted)}. {_NEXT}"
        )
    return config


def _layers_of(config: Config) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Our layers in the order in which the network runs through them, with their kernels' shapes as Keras has them."""
    levels = range(config.depth)
    names = [f"down.{level}.{part}" for level in levels for part in ("first", "second")]
    for level in reversed(levels[:-1]):
        names += [f"widen.{level}", f"up.{level}.first", f"up.{level}.second"]
    names += ["last", "head"]
    with torch.device("meta"):
        state = build_network(config).state_dict()
    shapes = [state[f"{name}.weight"].permute(2, 3, 1, 0).shape for name in names]
    return [(name, (s[0], s[1], s[2], s[3])) for name, s in zip(names, shapes, strict=True)]


def _read(path: Path, layers: list[_Layer], config: Config) -> dict[str, Tensor]:
    """The weights by our names.

    Raises:
        CheckpointError: one is not finite.
    """
    weights: dict[str, Tensor] = {}
    for (name, _), layer in zip(_layers_of(config), layers, strict=True):
        kernel: NDArray[np.float32] = np.asarray(layer.kernel[()], dtype=np.float32)
        bias: NDArray[np.float32] = np.asarray(layer.bias[()], dtype=np.float32)
        if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
            raise CheckpointError(f"{path.name} holds weights that are not finite (NaN), so it can't be used. {_NEXT}")
        weights[f"{name}.weight"] = (
            torch.from_numpy(kernel).permute(3, 2, 0, 1).contiguous()
        )  # (out, in, rows, columns)
        weights[f"{name}.bias"] = torch.from_numpy(bias)
    return weights


def _preprocessing(config: Config) -> Preprocessing:
    """As the demo prepares its slices: 0 to 255 becomes 0 to 1, 256 pixels on the longer side."""
    channels = config.in_channels
    return Preprocessing(
        normalisation="colour",
        low=0.0,
        high=255.0,
        mean=(0.0,) * channels,
        deviation=(255.0,) * channels,
        spacing_mm=None,
        long_side=_SIDE,
        field=(_SIDE, _SIDE),
        stride=config.stride,
    )


def _card(config: Config, name: str) -> CheckpointCard:
    with torch.device("meta"):
        parameters = parameter_count(build_network(config))
    classes = tuple(
        LabelClass(
            value,
            f"structure {value}" if config.classes > 2 else "structure",
            DEFAULT_COLOURS[(value - 1) % len(DEFAULT_COLOURS)],
        )
        for value in range(1, config.classes)
    )
    return CheckpointCard(
        name=name,
        architecture="classic",
        parameters=parameters,
        label_classes=classes,
        scores=Scores(),
        before=None,
        trained_on={},
        held_out={},
        parent=None,
        seed=0,
        steps=0,
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        program_version=unet_studio.__version__,
    )
