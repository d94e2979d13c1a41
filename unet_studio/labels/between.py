"""The slices between outlined ones, by their shape.

S. P. Raya and J. K. Udupa, Shape-based interpolation of multidimensional objects, IEEE Trans. Med. Imaging 9 (1990) 32-42.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from unet_studio.labels.brush import Mask
from unet_studio.progress import Progress, Steps


def signed_distance(mask: Mask, spacing_mm: tuple[float, ...]) -> NDArray[np.float64]:
    """How far inside the mask each pixel lies in mm, below zero outside; the mask holds something."""
    inside = ndimage.distance_transform_edt(np.pad(mask, 1), sampling=spacing_mm)
    outside = ndimage.distance_transform_edt(~mask, sampling=spacing_mm)
    assert isinstance(inside, np.ndarray) and isinstance(outside, np.ndarray)
    trimmed = inside[tuple(slice(1, -1) for _ in range(mask.ndim))]
    return np.asarray(trimmed - outside, dtype=np.float64)


def between(known: Mapping[int, Mask], spacing_mm: tuple[float, float]) -> Steps[dict[int, Mask]]:
    """Masks (row, column) for the slices between the ``known`` ones, by index; empty masks among these are left out.

    Straight between the signed distances of the two nearest known slices. Where nothing is left between shapes that do not
    overlap, the nearer one is moved along the way from centre to centre.
    """
    indices = sorted(i for i, mask in known.items() if mask.any())
    found: dict[int, Mask] = {}
    for number, (low, high) in enumerate(pairwise(indices)):
        yield Progress(number / len(indices))
        if high - low < 2:
            continue
        first, last = known[low], known[high]
        shift = _centre(last) - _centre(first)
        overlap = bool((first & last).any())
        fields = [signed_distance(mask, spacing_mm) for mask in (first, last)]
        for index in range(low + 1, high):
            share = (index - low) / (high - low)
            a, b = fields
            if not overlap:  # both brought to where the shape is on its way
                a = ndimage.shift(fields[0], shift * share, order=1, mode="nearest")
                b = ndimage.shift(fields[1], -shift * (1 - share), order=1, mode="nearest")
            found[index] = (1 - share) * a + share * b > 0
    return found


def _centre(mask: Mask) -> NDArray[np.float64]:
    return np.array([places.mean() for places in np.nonzero(mask)])
