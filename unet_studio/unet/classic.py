"""The U-Net of 2015 as its well-known Keras demo builds it."""

from itertools import pairwise
from typing import cast

import torch
from torch import Tensor, nn

from unet_studio.unet.convolution import learning_rectified, rectified
from unet_studio.unet.levels import doubled, halved


class Pair(nn.Module):
    """Twice: 3×3 convolution and ReLU, size kept."""

    def __init__(self, maps_in: int, maps_out: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(maps_in, maps_out, 3, padding=1)
        self.second = nn.Conv2d(maps_out, maps_out, 3, padding=1)
        self.is_joined = False

    def forward(self, x: Tensor) -> Tensor:
        """(N, maps_in, H, W) to (N, maps_out, H, W)."""
        if self.is_joined:
            return rectified(rectified(x, self.first), self.second)
        return learning_rectified(learning_rectified(x, self.first), self.second)


class Classic(nn.Module):
    """O. Ronneberger et al., U-Net, MICCAI 2015, with the demo's changes.

    64 to 1024 maps on five levels, "same" padding, dropout of one half after the fourth level and after the bottom, nearest
    up-sampling followed by a 2×2 convolution, the skip first in each join, a last 3×3 convolution to 2 maps, and a 1×1
    convolution to one sigmoid map. Keras pads a 2×2 kernel on the right and at the bottom only, and so do we. For more
    than one structure the last two layers have one map a class, and softmax takes the sigmoid's place.
    """

    def __init__(self, *, in_channels: int, classes: int, width: int = 64, depth: int = 5) -> None:
        super().__init__()
        widths = [width * 2**level for level in range(depth)]
        self.down = nn.ModuleList(Pair(a, b) for a, b in zip([in_channels, *widths], widths, strict=False))
        self.dropout = nn.Dropout(0.5)
        steps = list(pairwise(widths))
        self.widen = nn.ModuleList(nn.Conv2d(deep, fine, 2) for fine, deep in steps)
        self.up = nn.ModuleList(Pair(2 * fine, fine) for fine, _ in steps)
        self.last = nn.Conv2d(width, max(2, classes), 3, padding=1)
        self.head = nn.Conv2d(max(2, classes), 1 if classes == 2 else classes, 1)
        self.is_joined = False
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                _he_normal(layer)
        nn.init.xavier_uniform_(self.head.weight)  # Keras' default: the demo sets he_normal on all layers but this one

    def forward(self, x: Tensor) -> Tensor:
        """Slices (N, in_channels, H, W), H and W multiples of 16, to logits (N, classes, H, W).

        For one structure the background's logit is 0, so that softmax over the two is the demo's sigmoid.
        """
        skips: list[Tensor] = []
        for level, pair in enumerate(self.down):
            x = pair(halved(x) if level else x)  # (N, 64 * 2^level, H / 2^level, W / 2^level)
            if level >= len(self.down) - 2:
                x = self.dropout(x)
            skips.append(x)
        skips.pop()
        for widen, pair in reversed(list(zip(self.widen, self.up, strict=True))):
            x = self._rectified(doubled(x, edge=1), widen)  # (N, 64 * 2^level, H / 2^level, W / 2^level)
            x = pair(torch.cat([skips.pop(), x], dim=1))
        logits = cast(Tensor, self.head(self._rectified(x, self.last)))
        return torch.cat([torch.zeros_like(logits), logits], dim=1) if logits.shape[1] == 1 else logits

    def _rectified(self, x: Tensor, layer: nn.Module) -> Tensor:
        how = rectified if self.is_joined else learning_rectified
        return how(x, cast(nn.Conv2d, layer))


def _he_normal(layer: nn.Conv2d) -> None:
    """K. He et al., ICCV 2015, cut at two standard deviations as Keras cuts it; 0.8796 is the spread the cut leaves."""
    fan_in = layer.weight[0].numel()
    spread = (2.0 / fan_in) ** 0.5 / 0.87962566103423978
    nn.init.trunc_normal_(layer.weight, std=spread, a=-2 * spread, b=2 * spread)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
