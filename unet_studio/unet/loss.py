"""What training makes small: cross-entropy plus soft Dice, over the pixels whose label is known."""

import torch
from torch import Tensor
from torch.nn import functional

UNKNOWN = -1  # the class index of pixels that are left out: ignored ones, and padding


def segmentation_loss(logits: Tensor, target: Tensor, *, with_dice: bool = True) -> Tensor:
    """Mean cross-entropy plus one minus the mean soft Dice of the structures present; 0 to about 1 when it is learned.

    ``logits`` are (N, classes, H, W); ``target`` is int64 (N, H, W) of class indices, ``UNKNOWN`` where a pixel is left
    out. Dice is pooled over the batch, as single slices often lack a structure, and left out unless ``with_dice``. A batch
    without a known pixel costs 0.
    """
    logits = logits.float()
    known = target != UNKNOWN
    count = known.sum().clamp(min=1)
    entropy = functional.cross_entropy(logits, target, ignore_index=UNKNOWN, reduction="sum") / count
    if not with_dice:
        return entropy
    chance = logits.softmax(dim=1) * known[:, None]
    truth = functional.one_hot(target.clamp(min=0), logits.shape[1]).permute(0, 3, 1, 2)  # (N, classes, H, W)
    truth = truth * known[:, None]
    sizes = truth.sum(dim=(0, 2, 3))[1:].to(logits.dtype)
    overlap = (chance * truth).sum(dim=(0, 2, 3))[1:]
    dice = (2 * overlap + 1) / (chance.sum(dim=(0, 2, 3))[1:] + sizes + 1)
    present = (sizes > 0).to(logits.dtype)
    return entropy + ((1 - dice) * present).sum() / torch.clamp(present.sum(), min=1)
