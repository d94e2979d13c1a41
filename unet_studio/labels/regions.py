"""Regions made anew: margins in mm, smoothing.

Masks have two or three axes with one spacing in mm each. Slow work is a generator that reports and returns a mask.
"""

import numpy as np
from scipy import ndimage

from unet_studio.labels.brush import Mask
from unet_studio.labels.label_map import Labels
from unet_studio.progress import Progress, Steps, part

Spacing = tuple[float, ...]  # mm, one per axis
_CUT = 3.0  # standard deviations from which on a Gaussian is nothing
_SLAB = 24  # slices measured at once: bounds memory, and the wait until a cancel is heard


def within(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """All voxels whose centre is at most ``radius_mm`` from the centre of one in the mask.

    Measured slab by slab, each with as many slices around it as the radius reaches.
    """
    reach = int(radius_mm / spacing_mm[0]) + 1
    thick = max(_SLAB, 2 * reach)
    found: Mask = np.zeros(mask.shape, np.bool_)
    for first in range(0, len(mask), thick):
        yield Progress(first / len(mask))
        start, stop = max(0, first - reach), min(len(mask), first + thick + reach)
        slab = mask[start:stop]
        if slab.any():
            away = ndimage.distance_transform_edt(~slab, sampling=spacing_mm)
            assert isinstance(away, np.ndarray)
            last = min(len(mask), first + thick)
            found[first:last] = away[first - start : last - start] <= radius_mm * (1 + 1e-9)
    return found


def grown(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """The mask with a margin of ``radius_mm``."""
    return (yield from within(mask, radius_mm, spacing_mm))


def shrunk(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """The mask without its outermost ``radius_mm``; the array's border is no border of the mask."""
    return ~(yield from within(~mask, radius_mm, spacing_mm))


def opened(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """The mask without what a ball of that radius does not fit into: thin bridges and spurs."""
    inner = yield from part(shrunk(mask, radius_mm, spacing_mm), 0.0, 0.5)
    return (yield from part(grown(inner, radius_mm, spacing_mm), 0.5, 1.0))


def closed(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """The mask with what a ball of that radius outside of it does not fit into: gaps and clefts."""
    outer = yield from part(grown(mask, radius_mm, spacing_mm), 0.0, 0.5)
    return (yield from part(shrunk(outer, radius_mm, spacing_mm), 0.5, 1.0))


def hollowed(mask: Mask, wall_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """The mask's outermost ``wall_mm``."""
    return mask & ~(yield from shrunk(mask, wall_mm, spacing_mm))


def median(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Steps[Mask]:
    """What most voxels of the box of ``radius_mm`` around each one are; a radius below a voxel's size reaches one."""
    size = [2 * max(1, int(radius_mm / s + 1e-9)) + 1 for s in spacing_mm]
    reach, found = size[0] // 2, np.zeros(mask.shape, np.bool_)
    thick = max(_SLAB, 2 * reach)
    for first in range(0, len(mask), thick):
        yield Progress(first / len(mask))
        start, last = max(0, first - reach), min(len(mask), first + thick)
        slab = mask[start : last + reach].astype(np.float32)
        share = ndimage.uniform_filter(slab, size, mode="nearest")
        found[first:last] = share[first - start : last - start] > 0.5
    return found


def smoothed_together(labels: Labels, radius_mm: float, spacing_mm: Spacing) -> Steps[Labels]:
    """Every label and the background smoothed at once, so that neighbours keep touching: each voxel goes to the strongest.

    Weighed by a Gaussian whose standard deviation is half of ``radius_mm``; of equals the lower value wins.
    """
    sigma = [radius_mm / 2 / s for s in spacing_mm]
    reach = int(_CUT * sigma[0] + 0.5)
    after, thick = labels.copy(), max(_SLAB, 2 * reach)
    for first in range(0, len(labels), thick):
        yield Progress(first / len(labels))
        start, last = max(0, first - reach), min(len(labels), first + thick)
        slab, inner = labels[start : last + reach], slice(first - start, last - start)
        best = np.full(slab[inner].shape, -1.0, np.float32)
        for value in np.flatnonzero(np.bincount(slab.ravel(), minlength=256)):
            weight = ndimage.gaussian_filter((slab == value).astype(np.float32), sigma, mode="nearest", truncate=_CUT)
            wins = weight[inner] > best
            best[wins] = weight[inner][wins]
            after[first:last][wins] = value
    return after
