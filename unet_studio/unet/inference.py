"""A network's answer for a slice, and how good such answers are."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from unet_studio.segmentation.card import Scores, SliceDice
from unet_studio.segmentation.samples import Intensities, Sample
from unet_studio.unet.device import Runtime, memory_refusals
from unet_studio.unet.preprocessing import Preprocessing, SpacingMm
from unet_studio.unet.sliding_window import SlidingWindow

_FAINT = 0.05  # chances below are left out: spread thinly over a whole slice they would outweigh every outline
_SURE_SHARE = 1000  # one such part of the slice is taken for right with every structure


def class_chances(
    window: SlidingWindow,
    preprocessing: Preprocessing,
    *,
    image: NDArray[np.float32],
    around: Sequence[NDArray[np.float32]],
    spacing_mm: SpacingMm | None,
    intensities: Intensities,
) -> Tensor:
    """The chance of each class at each pixel of a slice (row, column, channel): float32 (class, row, column).

    ``around`` are its neighbours, as in a ``Sample``. Chances add up to 1, and lie where they were computed.

    Raises:
        OutOfMemory: not even a small part of the slice fits.
    """
    chances = window.chances(preprocessing.prepare(preprocessing.seen(image, around), spacing_mm, intensities))[0]
    with torch.inference_mode(), memory_refusals():
        return preprocessing.restore(chances, (image.shape[0], image.shape[1]), spacing_mm)


def likeliest(chances: Tensor) -> tuple[Tensor, Tensor]:
    """The likeliest class at each pixel, the first of equals, uint8 (row, column), and its chance.

    Class by class, as torch's own ``argmax`` over the first axis takes 5 ms for 256 × 256 pixels of two classes, and this 0.1.
    """
    highest, which = chances[0].clone(), torch.zeros_like(chances[0], dtype=torch.uint8)
    for index, chance in enumerate(chances[1:], 1):
        which.masked_fill_(chance > highest, index)
        torch.maximum(highest, chance, out=highest)
    return which, highest


def uncertainty_of(chances: Tensor) -> float:
    """The share of a slice's outlines that is expected to be wrong, 0 to 1: one minus the Dice the chances promise.

    ``chances`` are (class, row, column), background first. For each structure the Dice expected between its chances and the
    pixels where it is the likeliest class; the mean over the structures. A thousandth of the slice counts as right with
    each, so that a slice without a structure, or with a few odd pixels, is no reason to look. Measured in
    docs/decisions/0014-uncertainty.md.
    """
    answer, _ = likeliest(chances)
    sure = chances.shape[1] * chances.shape[2] / _SURE_SHARE
    promised = []
    for structure in range(1, len(chances)):
        chance, chosen = chances[structure], answer == structure
        told = chance.where(chance >= _FAINT, torch.zeros_like(chance))
        overlap = (told * chosen).sum().item()
        promised.append((2 * overlap + sure) / (told.sum().item() + chosen.sum().item() + sure))
    return 1.0 - min(1.0, sum(promised) / max(1, len(promised)))


def doubt_of(chances: Tensor) -> NDArray[np.uint8]:
    """How likely the likeliest class (class, row, column) is wrong at each pixel: uint8 (row, column), 255 for surely.

    Below .05 it is 0: a faint chance over all of a slice tells nothing, and empty places are packed to next to nothing.
    """
    wrong = 1.0 - likeliest(chances)[1]
    return np.asarray(wrong.where(wrong >= _FAINT, torch.zeros_like(wrong)).mul(255).round().byte().cpu().numpy())


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores over some samples, and the Dice of each: the mean over the classes in its labels or answer, 1 where none is."""

    scores: Scores
    slices: SliceDice


def scored(
    network: nn.Module,
    preprocessing: Preprocessing,
    runtime: Runtime,
    *,
    samples: Sequence[Sample],
    values: Sequence[int],
    asked: Sequence[int],
) -> Generator[int, None, Judged]:
    """Scores of a network that tells ``values`` apart, for the classes ``asked`` for; yields after each slice.

    Dice is pooled over all known pixels of the samples, on the scans' own pixels; a class that occurs in no label is left
    out. The network is put into evaluation mode and back.
    """
    was_training = network.training
    network.eval()
    window = SlidingWindow(network, runtime, field=preprocessing.field, stride=preprocessing.stride)
    table = np.array([0, *values], dtype=np.uint8)
    overlap, total, truth = (np.zeros(256, np.int64) for _ in range(3))
    slices: dict[tuple[str, int], float] = {}
    try:
        for done, sample in enumerate(samples):
            chances = class_chances(
                window,
                preprocessing,
                image=sample.image,
                around=sample.around,
                spacing_mm=sample.spacing_mm,
                intensities=sample.intensities,
            )
            known = np.isin(sample.labels, [0, *asked])
            answer = table[likeliest(chances)[0].cpu().numpy()][known]
            labels = sample.labels[known]
            counts = np.bincount(labels, minlength=256)
            same, both = (
                np.bincount(labels[answer == labels], minlength=256),
                counts + np.bincount(answer, minlength=256),
            )
            overlap, truth, total = overlap + same, truth + counts, total + both
            there = [v for v in asked if both[v]]
            slices[sample.case, sample.index] = float(np.mean(2 * same[there] / both[there])) if there else 1.0
            yield done + 1
    finally:
        network.train(was_training)
    dice = {v: 2.0 * int(overlap[v]) / int(total[v]) for v in asked if truth[v]}
    return Judged(Scores(dice, slices=len(samples), cases=len({s.case for s in samples})), slices)
