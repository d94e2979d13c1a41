"""Sizes and intensities under each label."""

from dataclasses import dataclass

import numpy as np

from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import Labels


@dataclass(frozen=True, slots=True)
class LabelStatistics:
    """One label in one volume. ``volume_ml`` is None where the scan tells no voxel size; intensities in the scan's unit."""

    value: int
    voxels: int
    volume_ml: float | None
    mean: float
    standard_deviation: float
    minimum: float
    maximum: float


def label_statistics(volume: Volume, labels: Labels) -> dict[int, LabelStatistics]:
    """Statistics of each label present in ``labels`` (z, y, x), by value; colour scans are measured on their channels' mean."""
    grey = volume.voxels if volume.voxels.ndim == 3 else volume.voxels.mean(axis=3)
    found = {}
    for value in np.flatnonzero(np.bincount(labels.ravel(), minlength=256)):
        if value == 0:
            continue
        inside = grey[labels == value].astype(np.float64)
        ml = inside.size * volume.geometry.voxel_ml if volume.geometry.has_spacing else None
        found[int(value)] = LabelStatistics(
            int(value),
            inside.size,
            ml,
            float(inside.mean()),
            float(inside.std()),
            float(inside.min()),
            float(inside.max()),
        )
    return found
