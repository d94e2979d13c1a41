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
    logits = logits.float().contiguous()  # a plane for each class, whose sums are quick
    known = target != UNKNOWN
    count = known.sum().clamp(min=1)
    likelihood = logits.log_softmax(dim=1)
    entropy = functional.nll_loss(likelihood, target, ignore_index=UNKNOWN, reduction="sum") / count
    if not with_dice:
        return entropy
    chance = likelihood.exp()
    dice, present = [], []
    for structure in range(1, logits.shape[1]):
        truth = (target == structure).to(logits.dtype)
        size = truth.sum()
        overlap = (chance[:, structure] * truth).sum()
        dice.append((2 * overlap + 1) / ((chance[:, structure] * known).sum() + size + 1))
        present.append((size > 0).to(logits.dtype))
    there = torch.stack(present)
    return entropy + ((1 - torch.stack(dice)) * there).sum() / there.sum().clamp(min=1)
