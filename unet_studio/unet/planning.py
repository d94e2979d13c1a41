"""What training slices ask for: how to normalise them, at which resolution, and how much to show at a time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from unet_studio.segmentation.samples import REACH, Sample
from unet_studio.unet.preprocessing import Normalisation, Preprocessing, Size, SpacingMm, resized

_LONG_SIDES = (512, 384, 256, 192)  # what slices may be reduced to: docs/decisions/0005-working-resolution.md
_LABELS_KEPT = 0.999  # the Dice of reduced labels with themselves: organs keep it, membranes, axons and vessels do not
_LABELS_KEPT_WHOLE = 0.996  # the same where a structure larger than the field comes to be seen whole
_LOOKED_AT = 8  # labelled slices at most
_ALIKE = 0.5  # correlation from which the slices right beside help: docs/decisions/0025-neighbours.md
_STILL_ALIKE = 0.75  # and from which those further away do
_WIDEST_FIELD = 128  # pixels seen at a time where the slices are larger: docs/decisions/0005-working-resolution.md


def plan_preprocessing(samples: Sequence[Sample], *, values: Sequence[int], stride: int) -> Preprocessing:
    """The preprocessing that fits training slices, with at least one among them; ``values`` are the class values."""
    normalisation = _normalisation(samples)
    low, high, mean, deviation = _figures(samples, normalisation, values)
    spacing = _median_spacing(samples)
    share = _reduction(samples, values=values, spacing=spacing)
    longest = int(np.median([max(_size_at(s, spacing)) for s in samples]))
    plan = Preprocessing(
        normalisation=normalisation,
        low=low,
        high=high,
        mean=mean,
        deviation=deviation,
        spacing_mm=None if spacing is None else (spacing[0] / share, spacing[1] / share),
        long_side=None if share == 1.0 else round(longest * share),
        field=(stride, stride),
        stride=stride,
        neighbours=_telling_neighbours(samples),
    )
    sizes = np.array([plan.working_size(_size(s), s.spacing_mm) for s in samples])
    return with_field(plan, largest=(int(sizes[:, 0].max()), int(sizes[:, 1].max())))


def with_field(plan: Preprocessing, *, largest: Size) -> Preprocessing:
    """The plan with the field for slices of at most ``largest``: whole slices where they are small enough."""
    rows, columns = (min(n, _WIDEST_FIELD) for n in largest)
    rows, columns = (max(2 * plan.stride, -(-n // plan.stride) * plan.stride) for n in (rows, columns))
    return replace(plan, field=(rows, columns))


def class_planes(labels: NDArray[np.uint8], values: Sequence[int]) -> NDArray[np.int16]:
    """Labels (row, column) as 2 for background, 3 for ``values[0]`` and so on; 1 where nothing is known.

    0 is left free for what lies outside of the scan. Values that are no class are unknown.
    """
    table = np.full(256, 1, np.int16)
    table[0] = 2
    for position, value in enumerate(values):
        table[value] = 3 + position
    return table[labels]


def resized_planes(planes: NDArray[np.int16], size: Size) -> NDArray[np.int16]:
    """Planes at another size: at each pixel the one that covers most of it."""
    if planes.shape == size:
        return planes
    present = np.unique(planes)
    shares = torch.stack([_share(planes, int(p), size) for p in present])
    return np.asarray(present[shares.argmax(dim=0).numpy()], dtype=np.int16)


def _share(planes: NDArray[np.int16], plane: int, size: Size) -> Tensor:
    return resized(torch.from_numpy((planes == plane).astype(np.float32))[None], size)[0]


def _telling_neighbours(samples: Sequence[Sample]) -> int:
    """To how many slices to each side others show the same things: mostly there, and alike, further ones still more so.

    Thick slices look alike for the surroundings' sake; few of them, with many neighbours each, are learned by heart.
    """
    with_around = [s for s in samples if s.around]
    if len(with_around) < 0.8 * len(samples):
        return 0
    some = with_around[:: -(-len(with_around) // 20)]
    wanted = (_ALIKE, *(_STILL_ALIKE,) * (REACH - 1))
    alike = (float(np.mean([_likeness(s, away) for s in some])) > least for away, least in enumerate(wanted, 1))
    return sum(1 for _ in takewhile(bool, alike))


def _likeness(sample: Sample, away: int) -> float:
    """The correlation of a slice with the mean of the two so far ``away``; 0 where one of them is even."""
    before, after = sample.around[2 * away - 2 : 2 * away]
    own = sample.image.mean(axis=2).ravel().astype(np.float64)
    beside = (before + after).mean(axis=2).ravel().astype(np.float64)
    own, beside = own - own.mean(), beside - beside.mean()
    scale = float(np.sqrt((own @ own) * (beside @ beside)))
    return float(own @ beside) / scale if scale > 0 else 0.0


def _size(sample: Sample) -> Size:
    return sample.labels.shape[0], sample.labels.shape[1]


def _size_at(sample: Sample, spacing: SpacingMm | None) -> tuple[float, float]:
    """Rows and columns of a slice in pixels of ``spacing``."""
    rows, columns = _size(sample)
    if spacing is None or sample.spacing_mm is None:
        return rows, columns
    return rows * sample.spacing_mm[0] / spacing[0], columns * sample.spacing_mm[1] / spacing[1]


def _median_spacing(samples: Sequence[Sample]) -> SpacingMm | None:
    known = np.array([s.spacing_mm for s in samples if s.spacing_mm is not None])
    return (float(np.median(known[:, 0])), float(np.median(known[:, 1]))) if len(known) else None


def _normalisation(samples: Sequence[Sample]) -> Normalisation:
    """CT is told by its modality or, in files that name none, by air near -1000 in every volume."""
    if all(s.modality == "CT" or (not s.modality and -3100 <= s.intensities.minimum <= -700) for s in samples):
        return "window"
    is_picture = all(s.intensities.minimum >= 0 and s.intensities.maximum <= 255 for s in samples)
    return "colour" if samples[0].image.shape[2] >= 3 and is_picture else "volume"


def _figures(
    samples: Sequence[Sample], normalisation: Normalisation, values: Sequence[int]
) -> tuple[float, float, tuple[float, ...], tuple[float, ...]]:
    """Clip limits, and mean and deviation per channel.

    The CT window is what the structures and their surroundings have: percentiles of the labelled pixels, half as wide
    again on either side, as F. Isensee et al., nnU-Net, Nature Methods 18 (2021) take the labelled pixels alone.
    """
    channels = samples[0].image.shape[2]
    if normalisation == "volume":
        return 0.0, 0.0, (0.0,) * channels, (1.0,) * channels
    some = [_some_pixels(s, values if normalisation == "window" else None) for s in samples]
    pixels = np.concatenate(some)
    if not len(pixels):
        pixels = np.concatenate([_some_pixels(s, None) for s in samples])
    low, high = 0.0, 255.0
    if normalisation == "window":
        low, high = (float(p) for p in np.percentile(pixels, [0.5, 99.5]))
        margin = max(high - low, 50.0) / 2
        low, high = low - margin, high + margin
        pixels = np.concatenate([_some_pixels(s, None) for s in samples])
    pixels = np.clip(pixels, low, high)
    mean, deviation = pixels.mean(axis=0), np.maximum(pixels.std(axis=0), 1e-6)
    return low, high, tuple(float(m) for m in mean), tuple(float(d) for d in deviation)


def _some_pixels(sample: Sample, values: Sequence[int] | None) -> NDArray[np.float64]:
    """At most 10,000 pixels (pixel, channel) of a slice, evenly spread: those labelled with ``values``, or of all."""
    chosen = np.ones(sample.labels.shape, np.bool_) if values is None else np.isin(sample.labels, list(values))
    pixels = sample.image[chosen]
    return np.asarray(pixels[:: max(1, len(pixels) // 10_000)], dtype=np.float64)


def _reduction(samples: Sequence[Sample], *, values: Sequence[int], spacing: SpacingMm | None) -> float:
    """How much the slices may shrink, 1 for not at all: as far as their labels survive it, to 192 pixels on the longer side.

    An organ needs its surroundings: the heart's cavity reached .79 in parts of half its slices and .90 in larger ones. One that
    is larger than the field even so is shown whole where its labels survive that: lungs reached .93 in parts, .95 whole.
    """
    longest = max(max(_size_at(s, spacing)) for s in samples)
    labelled = [s for s in samples if np.isin(s.labels, list(values)).any()]
    if not labelled:
        return 1.0
    some = labelled[:: -(-len(labelled) // _LOOKED_AT)]
    sides = [side for side in _LONG_SIDES if side < longest * 0.9]
    kept = list(takewhile(lambda side: _labels_kept(some, side / longest, values) >= _LABELS_KEPT, sides))
    share = kept[-1] / longest if kept else 1.0
    if _extent(some, values) * longest * share <= _WIDEST_FIELD or longest * 0.9 <= _WIDEST_FIELD:
        return share
    whole = _WIDEST_FIELD / longest
    return whole if _labels_kept(some, whole, values) >= _LABELS_KEPT_WHOLE else share


def _extent(samples: Sequence[Sample], values: Sequence[int]) -> float:
    """The median length of a structure's box in a slice, as a share of the slice's longer side."""
    found = [
        max(np.ptp(np.argwhere(s.labels == value), axis=0) + 1) / max(s.labels.shape)
        for s in samples
        for value in values
        if (s.labels == value).any()
    ]
    return float(np.median(found))


def _labels_kept(samples: Sequence[Sample], share: float, values: Sequence[int]) -> float:
    """The Dice of labels with themselves, reduced and brought back as predictions are: all slices together, the worst class."""
    same, both = np.zeros(len(values)), np.zeros(len(values))
    for sample in samples:
        planes = class_planes(sample.labels, values)
        small = (max(1, round(planes.shape[0] * share)), max(1, round(planes.shape[1] * share)))
        back = resized_planes_of_chances(planes, [int(p) for p in np.unique(planes)], small)
        for index in range(len(values)):
            there, then = planes == 3 + index, back == 3 + index
            same[index] += (there & then).sum()
            both[index] += there.sum() + then.sum()
    return float((2 * same[both > 0] / both[both > 0]).min())


def resized_planes_of_chances(planes: NDArray[np.int16], present: list[int], small: Size) -> NDArray[np.int16]:
    """Planes as a perfect network at size ``small`` would give them back: shares there, then brought to the old size."""
    size = (planes.shape[0], planes.shape[1])
    shares = torch.stack([resized(_share(planes, p, small)[None], size)[0] for p in present])
    back: NDArray[np.int16] = np.array(present, dtype=np.int16)[shares.argmax(dim=0).numpy()]
    return back
