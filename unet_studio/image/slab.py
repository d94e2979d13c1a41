"""A thick slab: neighbouring slices shown as one, each pixel their brightest, darkest or mean."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Volume

SlabKind = Literal["max", "min", "mean"]


@dataclass(frozen=True, slots=True)
class Slab:
    """``thickness`` is in mm, in slices where the scan tells no spacing."""

    kind: SlabKind = "max"
    thickness: float = 10.0

    def slices(self, volume: Volume, view: PlaneView, index: int) -> range:
        """The slices that the slab round slice ``index`` is made of: at least that one, none outside the volume."""
        geometry = volume.geometry
        step = geometry.spacing_mm[view.axis] if geometry.has_spacing else 1.0
        number = max(1, round(self.thickness / step))
        first = index - (number - 1) // 2
        return range(max(0, first), min(view.count(geometry.shape), first + number))


def slab_of(volume: Volume, view: PlaneView, index: int, slab: Slab) -> NDArray[Any]:
    """The slab round slice ``index`` as (row, column[, channel]), the way up a slice is shown.

    Brightest and darkest are of the volume's own type, the mean is float32.
    """
    slices = slab.slices(volume, view, index)
    thick = volume.voxels[(slice(None),) * view.axis + (slice(slices.start, slices.stop),)]
    if slab.kind == "mean":
        return view.orient(thick.mean(axis=view.axis, dtype=np.float32))
    return view.orient((np.maximum if slab.kind == "max" else np.minimum).reduce(thick, axis=view.axis))
