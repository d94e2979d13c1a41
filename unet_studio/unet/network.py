"""The networks: one frozen description of each, and the small U-Net that learns on few slices and little time."""

from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from unet_studio.segmentation.segmenter import Architecture
from unet_studio.unet.classic import Classic, Pair
from unet_studio.unet.convolution import can_join, rectified
from unet_studio.unet.levels import doubled, halved

_WIDEST = 320  # maps at the deepest levels: more cost time and memory and gain nothing on a few hundred slices


@dataclass(frozen=True, slots=True)
class Config:
    """What a network is built from. ``classes`` counts background; ``width`` maps at the first of ``depth`` levels.

    Raises:
        ValueError: a figure is outside of what any network of ours has.
    """

    architecture: Architecture
    in_channels: int
    classes: int
    width: int
    depth: int

    def __post_init__(self) -> None:
        if self.architecture not in ("standard", "light", "classic"):
            raise ValueError(f"unknown architecture {self.architecture!r}")
        limits = {"in_channels": 64, "classes": 256, "width": 512, "depth": 8}
        for name, most in limits.items():
            figure = getattr(self, name)
            if type(figure) is not int or not (2 if name == "classes" else 1) <= figure <= most:
                raise ValueError(f"{name} is {figure!r}")

    @property
    def stride(self) -> int:
        """What rows and columns of its input must be multiples of."""
        return int(2 ** (self.depth - 1))

    @property
    def widths(self) -> tuple[int, ...]:
        """Maps per level, the finest first."""
        return tuple(min(self.width * 2**level, max(self.width, _WIDEST)) for level in range(self.depth))


def config_of(architecture: Architecture, *, in_channels: int, classes: int) -> Config:
    """The description of a named network; ``classes`` counts background."""
    width = {"standard": 16, "light": 8, "classic": 64}[architecture]
    return Config(architecture, in_channels, classes, width, depth=5)


class Block(nn.Module):
    """Twice: 3×3 convolution, normalisation over the batch, ReLU. Size is kept."""

    def __init__(self, maps_in: int, maps_out: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(maps_in, maps_out, 3, padding=1, bias=False)
        self.first_norm: nn.Module = nn.BatchNorm2d(maps_out)
        self.second = nn.Conv2d(maps_out, maps_out, 3, padding=1, bias=False)
        self.second_norm: nn.Module = nn.BatchNorm2d(maps_out)
        self.is_joined = False

    def forward(self, x: Tensor) -> Tensor:
        """(N, maps_in, H, W) to (N, maps_out, H, W)."""
        if self.is_joined:
            return rectified(rectified(x, self.first), self.second)
        x = functional.relu(self.first_norm(self.first(x)), inplace=True)
        return functional.relu(self.second_norm(self.second(x)), inplace=True)

    def fold(self) -> None:
        """Afterwards each normalisation is part of its convolution; only right for use, not for training."""
        self.first = fuse_conv_bn_eval(self.first, cast(nn.BatchNorm2d, self.first_norm))
        self.second = fuse_conv_bn_eval(self.second, cast(nn.BatchNorm2d, self.second_norm))
        self.first_norm, self.second_norm = nn.Identity(), nn.Identity()


class UNet(nn.Module):
    """``standard`` and ``light``: plain blocks down and up, joined level by level.

    O. Ronneberger et al., U-Net, MICCAI 2015, with padding, batch normalisation, and a 1×1 convolution before nearest
    up-sampling instead of a transposed convolution. Why so narrow and so normalised: docs/decisions/0003-network.md.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        widths = config.widths
        steps = list(pairwise(widths))
        self.down = nn.ModuleList(Block(a, b) for a, b in zip((config.in_channels, *widths), widths, strict=False))
        self.narrow = nn.ModuleList(nn.Conv2d(deep, fine, 1) for fine, deep in steps)
        self.up = nn.ModuleList(Block(2 * fine, fine) for fine, _ in steps)
        self.head = nn.Conv2d(widths[0], config.classes, 1)
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)

    @torch.no_grad()
    def look_first_at(self, channels: int) -> None:
        """Afterwards fresh weights make the network heed the first ``channels``, the slice itself, before its neighbours."""
        cast(Block, self.down[0]).first.weight[:, channels:] *= 0.3

    def forward(self, x: Tensor) -> Tensor:
        """Normalised slices (N, in_channels, H, W), H and W multiples of the stride, to logits (N, classes, H, W)."""
        return cast(Tensor, self.head(self.decoded(x)))

    def decoded(self, x: Tensor, below: list[Tensor] | None = None) -> Tensor:
        """The finest maps, which the head turns to logits: (N, widths[0], H, W).

        Those of the levels below on the way up, (N, widths[level], H / 2^level, W / 2^level), are added to ``below``, the
        coarsest first; without it each is let go as soon as it has been used.
        """
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(halved(x) if level else x)  # (N, widths[level], H / 2^level, W / 2^level)
            skips.append(x)
        x = skips.pop()
        for narrow, block in reversed(list(zip(self.narrow, self.up, strict=True))):
            x = doubled(narrow(x))  # (N, widths[level], H / 2^level, W / 2^level)
            x = block(torch.cat([_apart(skips.pop()), x], dim=1))
            if below is not None and skips:
                below.append(x)
        return x


def _apart(maps: Tensor) -> Tensor:
    """The same maps (N, C, H, W), whose gradient is copied out of that of what they are joined to.

    Adding it to the one from the level below takes a ninth of the time then, on a processor 1 to 2 % of a step.
    """
    if not maps.requires_grad:
        return maps
    same = maps.view_as(maps)
    same.register_hook(lambda gradient: gradient.contiguous(memory_format=torch.channels_last))  # type: ignore[no-untyped-call]
    return same


def build_network(config: Config) -> nn.Module:
    """A network with fresh weights, drawn from torch's global generator, that maps (N, C, H, W) to logits."""
    if config.architecture == "classic":
        return Classic(in_channels=config.in_channels, classes=config.classes, width=config.width, depth=config.depth)
    return UNet(config)


def parameter_count(network: nn.Module) -> int:
    """How many figures training changes."""
    return sum(p.numel() for p in network.parameters())


def fold_normalisation(network: nn.Module) -> nn.Module:
    """The same function with fewer operations: 1.06 to 1.13 times as fast; for use only. Changes ``network``."""
    for layer in network.modules():
        if isinstance(layer, Block):
            layer.fold()
    return network


def in_bf16(network: nn.Module) -> nn.Module:
    """A folded network with weights in bf16, each ReLU within its convolution where that can be; for use only. Changes it.

    On a processor the figures are the same, and it takes 0.95 of the time (fp32 gains nothing by it).
    """
    network = network.bfloat16()
    if can_join(next(network.parameters()).device.type, torch.bfloat16):
        for layer in network.modules():
            if isinstance(layer, Block | Pair | Classic):
                layer.is_joined = True
    return network
