"""Going on from a checkpoint: every layer is kept, and the head grows where the project has new label classes."""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.network import Config, build_network

_UNLIKELY = -2.0  # the logit bias of a class never seen, so that the answers for the old classes stay as they were


def grown_network(start: Checkpoint, values: Sequence[int]) -> tuple[Config, nn.Module]:
    """A network for the label classes ``values`` that answers as ``start`` does where both know the class.

    New weights are drawn from torch's global generator.
    """
    if tuple(values) == start.values:
        return start.config, start.network()
    config = replace(start.config, classes=len(values) + 1)
    network = build_network(config)
    old = dict(start.weights)
    old["head.weight"], old["head.bias"] = _full_head(start)
    rows = [0] + [1 + start.values.index(v) if v in start.values else -1 for v in values]
    state = {name: _grown(name, tensor, old[name], rows) for name, tensor in network.state_dict().items()}
    network.load_state_dict(state)
    return config, network


def _full_head(start: Checkpoint) -> tuple[Tensor, Tensor]:
    """The head with a row for background, which the classic network leaves out where there is one structure."""
    weight, bias = start.weights["head.weight"], start.weights["head.bias"]
    if len(bias) == start.config.classes:
        return weight, bias
    return torch.cat([torch.zeros_like(weight), weight]), torch.cat([torch.zeros_like(bias), bias])


def _grown(name: str, fresh: Tensor, old: Tensor, rows: Sequence[int]) -> Tensor:
    if name.startswith("head."):
        if len(fresh) == 1:  # the classic head of one structure: what tells it from the background
            old, rows = old[rows[1]][None] - old[0][None] if rows[1] > 0 else fresh, [0]
        return _grown_head(name, fresh, old, rows)
    if fresh.shape == old.shape:
        return old
    kept = tuple(slice(0, min(a, b)) for a, b in zip(fresh.shape, old.shape, strict=True))
    mixed = fresh.clone()
    mixed[kept] = old[kept]
    return mixed


def _grown_head(name: str, fresh: Tensor, old: Tensor, rows: Sequence[int]) -> Tensor:
    """Rows taken over from the old head; new ones small in weight and unlikely in bias."""
    head = torch.full_like(fresh, _UNLIKELY) if name == "head.bias" else fresh * 0.1
    for row, source in enumerate(rows):
        if source < 0:
            continue
        if name == "head.bias":
            head[row] = old[source]
        else:
            head[row] = 0.0
            maps = min(fresh.shape[1], old.shape[1])
            head[row, :maps] = old[source, :maps]
    return head
