"""The planes through a volume: which array axis each steps along, and which way up a slice is shown."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.volume import Geometry, Index, Vector

_LEFT, _POSTERIOR, _SUPERIOR = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
_LETTERS = (("R", "L"), ("A", "P"), ("I", "S"))


class Plane(StrEnum):
    """The three anatomical planes."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


# Radiological display: what the normal, the rows (down the screen) and the columns (to the right) run towards.
_DISPLAY: dict[Plane, tuple[Vector, Vector, Vector]] = {
    Plane.AXIAL: (_SUPERIOR, _POSTERIOR, _LEFT),
    Plane.CORONAL: (_POSTERIOR, (0.0, 0.0, -1.0), _LEFT),
    Plane.SAGITTAL: (_LEFT, (0.0, 0.0, -1.0), _POSTERIOR),
}


@dataclass(frozen=True, slots=True)
class SliceRef:
    """One slice of a volume: ``index`` counts along the array axis that ``plane`` steps through."""

    plane: Plane
    index: int


@dataclass(frozen=True, slots=True)
class PlaneView:
    """How one plane of one volume is shown: a slice is (row, column) after the flips.

    ``axis`` is the array axis stepped through, ``rows`` the one that runs down the screen, ``columns`` the one to the right.
    """

    plane: Plane
    axis: int
    rows: int
    columns: int
    flip_rows: bool
    flip_columns: bool

    def count(self, shape: Index) -> int:
        """How many slices a volume of that shape has in this plane."""
        return shape[self.axis]

    def slice_of(self, voxels: NDArray[Any], index: int) -> NDArray[Any]:
        """Slice ``index`` as (row, column[, channel]): a view on ``voxels`` (z, y, x[, channel]), so writing reaches them."""
        return self.orient(voxels[(slice(None),) * self.axis + (index,)])

    def orient(self, flat: NDArray[Any]) -> NDArray[Any]:
        """A slice as stored, the two other array axes in their order, as (row, column[, channel]) the way up it is shown."""
        if self.rows > self.columns:
            flat = flat.swapaxes(0, 1)
        return flat[:: -1 if self.flip_rows else 1, :: -1 if self.flip_columns else 1]

    def voxel_at(self, shape: Index, index: int, row: int, column: int) -> Index:
        """The array index (z, y, x) of the pixel at (row, column) of slice ``index``."""
        at = [0, 0, 0]
        at[self.axis] = index
        at[self.rows] = shape[self.rows] - 1 - row if self.flip_rows else row
        at[self.columns] = shape[self.columns] - 1 - column if self.flip_columns else column
        return at[0], at[1], at[2]

    def pixel_of(self, shape: Index, voxel: Index) -> tuple[int, int, int]:
        """The slice, row and column in which an array index (z, y, x) is shown."""
        row, column = voxel[self.rows], voxel[self.columns]
        return (
            voxel[self.axis],
            shape[self.rows] - 1 - row if self.flip_rows else row,
            shape[self.columns] - 1 - column if self.flip_columns else column,
        )

    def size(self, shape: Index) -> tuple[int, int]:
        """Rows and columns of a slice."""
        return shape[self.rows], shape[self.columns]

    def spacing_mm(self, geometry: Geometry) -> tuple[float, float]:
        """The height of a row and the width of a column in mm."""
        return geometry.spacing_mm[self.rows], geometry.spacing_mm[self.columns]


@lru_cache(16)  # asked for several times with each turn of the wheel
def plane_view(geometry: Geometry, plane: Plane) -> PlaneView:
    """How ``plane`` of a volume is shown so that it looks as radiologists expect.

    Axial: patient's right on the left, anterior up. Coronal: right on the left, superior up. Sagittal: anterior on the
    left, superior up. Oblique volumes are shown along their own axes, each taken for the plane it is nearest to; each
    array axis serves one plane. A geometry without orientation is shown as it is stored.
    """
    if not geometry.has_orientation:
        axis = {Plane.AXIAL: 0, Plane.CORONAL: 1, Plane.SAGITTAL: 2}[plane]
        rows, columns = (a for a in range(3) if a != axis)
        return PlaneView(plane, axis, rows, columns, flip_rows=False, flip_columns=False)
    left, posterior, superior = _anatomical_axes(geometry)
    normal, down, right = _DISPLAY[plane]
    along = {_LEFT: left, _POSTERIOR: posterior, _SUPERIOR: superior, (0.0, 0.0, -1.0): superior}
    axis, rows, columns = along[normal], along[down], along[right]
    return PlaneView(
        plane,
        axis,
        rows,
        columns,
        flip_rows=bool(np.dot(geometry.axes[rows], down) < 0),
        flip_columns=bool(np.dot(geometry.axes[columns], right) < 0),
    )


@lru_cache(16)
def working_plane(geometry: Geometry) -> Plane:
    """The plane in which slices are corrected, reviewed and predicted.

    The one the scan was taken in, told by its thickest spacing where that is 1.25 times the next; else axial. So the same
    scan stored with its axes in another order is worked on in the same plane.
    """
    thickest = int(np.argmax(geometry.spacing_mm))
    others = [s for a, s in enumerate(geometry.spacing_mm) if a != thickest]
    if not geometry.has_orientation or geometry.spacing_mm[thickest] < 1.25 * max(others):
        return Plane.AXIAL
    return next(p for p in Plane if plane_view(geometry, p).axis == thickest)


@lru_cache(16)  # asked for at each repaint
def edge_letters(geometry: Geometry, view: PlaneView) -> tuple[str, str, str, str]:
    """The patient's directions at the left, right, top and bottom edge of a slice, such as ("R", "L", "A", "P").

    Oblique edges have up to three letters, the strongest first, each where its share is at least a quarter. Empty strings
    where the geometry has no orientation.
    """
    if not geometry.has_orientation:
        return "", "", "", ""
    right = np.array(geometry.axes[view.columns]) * (-1 if view.flip_columns else 1)
    bottom = np.array(geometry.axes[view.rows]) * (-1 if view.flip_rows else 1)
    return _letters(-right), _letters(right), _letters(-bottom), _letters(bottom)


def _letters(direction: NDArray[np.float64]) -> str:
    strongest = sorted(range(3), key=lambda a: -abs(direction[a]))
    return "".join(_LETTERS[a][int(direction[a] > 0)] for a in strongest if abs(direction[a]) >= 0.25)


def _anatomical_axes(geometry: Geometry) -> tuple[int, int, int]:
    """The array axes nearest to left, posterior and superior, each used once: the best total of the six ways."""
    weight = np.abs(np.array(geometry.axes))  # (array axis, LPS)
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    return max(orders, key=lambda order: sum(weight[a, d] for d, a in enumerate(order)))
