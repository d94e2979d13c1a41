"""Coarser answers while a network learns: heads on levels below the finest, which are not part of the checkpoint."""

from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn

from unet_studio.unet.loss import segmentation_loss
from unet_studio.unet.network import Block, UNet

_LEVELS = 2  # below the finest; each counts half of the one above: docs/decisions/0003-network.md


class CoarseHeads(nn.Module):
    """What the levels at a half and a quarter of the resolution would answer, so that they learn sooner.

    C.-Y. Lee et al., Deeply-Supervised Nets, AISTATS 2015. A shallow network has fewer such levels, or none.
    """

    def __init__(self, network: UNet) -> None:
        super().__init__()
        maps = [cast(Block, block).second.out_channels for block in network.up][1 : 1 + _LEVELS]
        heads = [nn.Conv2d(n, network.head.out_channels, 1) for n in maps]
        for head in heads:
            nn.init.kaiming_normal_(head.weight, nonlinearity="relu")
            nn.init.constant_(cast(Tensor, head.bias), 0.0)
        self.heads = nn.ModuleList(heads).to(network.head.weight.device)

    def forward(self, network: UNet, images: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The network's logits (N, classes, H, W), and those at a half, a quarter, ... of the rows and columns."""
        below: list[Tensor] = []
        finest = network.decoded(images, below)
        coarser = [head(maps) for head, maps in zip(self.heads, reversed(below), strict=False)]
        return cast(Tensor, network.head(finest)), coarser


def deep_loss(finest: Tensor, coarser: Sequence[Tensor], target: Tensor) -> Tensor:
    """The mean of the losses by level: ``finest``, that of the logits at full resolution, and those of ``coarser``.

    Each level counts half of the one above. ``target`` as in ``segmentation_loss``; of it every second, fourth, ... row and
    column is what a coarser level shall tell.
    """
    total, weights = finest, 1.0
    for level, logits in enumerate(coarser, start=1):
        weight = 0.5**level
        total = total + weight * segmentation_loss(logits, target[:, :: 2**level, :: 2**level])
        weights += weight
    return total / weights
