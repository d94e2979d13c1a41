"""How many voxels each label has, kept right by every edit instead of counted anew."""

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import Labels

Counts = NDArray[np.int64]  # (256,), by label value

_LARGE, _FEW = 1 << 18, 24  # voxels, values


def count(labels: Labels) -> Counts:
    """Voxels per label value of a whole label map (z, y, x)."""
    counts = np.zeros(256, np.int64)
    for plane in labels:  # bincount widens what it is given to 8 bytes a voxel, so never the whole map at once
        counts += np.bincount(plane.ravel(), minlength=256)
    return counts


def recounted(counts: Counts, edit: LabelEdit) -> Counts:
    """The counts after ``edit``."""
    likely = np.flatnonzero(counts > 0).tolist()
    return counts + _histogram(edit.after, {*likely, int(edit.after.max())}) - _histogram(edit.before, set(likely))


def _histogram(part: Labels, likely: set[int]) -> Counts:
    """Voxels per label value. Large parts are counted value by value, which is eight times as quick while there are few."""
    if part.size >= _LARGE and len(likely) <= _FEW:
        found = np.zeros(256, np.int64)
        for value in likely:
            found[value] = np.count_nonzero(part == value)
        if found.sum() == part.size:  # there are no others
            return found
    return np.bincount(part.ravel(), minlength=256).astype(np.int64)


def size_text(voxels: int, voxel_ml: float | None) -> str:
    """A label's size for the user: millilitres where the scan tells its voxels' size, else voxels; "" for none."""
    if voxels == 0:
        return ""
    if voxel_ml is None:
        return f"{voxels:,} vx"
    ml = voxels * voxel_ml
    return f"{ml:,.0f} ml" if ml >= 1000 else f"{ml:.1f} ml" if ml >= 1 else f"{ml:.3f} ml"
