"""How well two masks agree."""

import numpy as np
from scipy import ndimage

from unet_studio.labels.brush import Mask
from unet_studio.labels.label_map import Labels


def dice(mask: Mask, reference: Mask) -> float:
    """Dice's coefficient 2|A∩B| / (|A|+|B|), 0 to 1; 1 where both are empty."""
    total = int(mask.sum()) + int(reference.sum())
    return 1.0 if total == 0 else 2.0 * int((mask & reference).sum()) / total


def agreement(labels: Labels, reference: Labels) -> float | None:
    """Dice over all labels at once: a pixel agrees where both hold the same label. None where neither holds any."""
    total = int(np.count_nonzero(labels)) + int(np.count_nonzero(reference))
    return 2.0 * int(np.count_nonzero((labels == reference) & (labels != 0))) / total if total else None


def iou(mask: Mask, reference: Mask) -> float:
    """Intersection over union (Jaccard), 0 to 1; 1 where both are empty."""
    union = int((mask | reference).sum())
    return 1.0 if union == 0 else int((mask & reference).sum()) / union


def surface_distances(
    mask: Mask, reference: Mask, spacing: tuple[float, ...]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Distances from each surface voxel of either mask to the other's surface, both ways, in the unit of ``spacing``.

    A surface voxel is one with a background voxel (or the array's edge) beside it. Empty where either mask is.
    """
    if not mask.any() or not reference.any():
        return np.zeros(0, np.float64)
    a, b = (m & ~ndimage.binary_erosion(m) for m in (mask, reference))
    to_b = ndimage.distance_transform_edt(~b, sampling=spacing)[a]
    to_a = ndimage.distance_transform_edt(~a, sampling=spacing)[b]
    return np.concatenate([to_b, to_a]).astype(np.float64)


def hausdorff95(mask: Mask, reference: Mask, spacing: tuple[float, ...]) -> float | None:
    """The 95th percentile of the surface distances; 0 where both masks are empty, None where one is."""
    if not mask.any() and not reference.any():
        return 0.0
    distances = surface_distances(mask, reference, spacing)
    return float(np.percentile(distances, 95)) if distances.size else None
