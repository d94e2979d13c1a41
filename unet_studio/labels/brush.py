"""The voxels of a stroke: everything within the brush's radius of a line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
PixelPoint = tuple[float, float]  # (row, column); whole numbers are pixel centres


@dataclass(frozen=True, slots=True)
class Patch:
    """A mask (row, column) whose first pixel is pixel (``row``, ``column``) of a slice."""

    row: int
    column: int
    mask: Mask

    @property
    def box(self) -> tuple[slice, slice]:
        """Where the mask lies in the slice."""
        rows, columns = self.mask.shape
        return slice(self.row, self.row + rows), slice(self.column, self.column + columns)


def patch_of(mask: Mask) -> Patch | None:
    """The smallest patch of all that is True in a mask of a whole slice (row, column); None where nothing is."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    return Patch(top, left, mask[top : rows[-1] + 1, left : columns[-1] + 1])


def capsule(
    start: PixelPoint,
    end: PixelPoint,
    *,
    radius: float,
    size: tuple[int, int],
    spacing: tuple[float, float] = (1.0, 1.0),
) -> Patch | None:
    """Pixels whose centre is within ``radius`` of the segment from ``start`` to ``end``, in a slice of ``size`` pixels.

    ``radius`` is in the unit of ``spacing`` (row height, column width), so the brush is round in mm on oblong pixels. The
    pixel under each end always belongs to it, however small the brush. None where all of it is outside the slice.
    """
    height, width = spacing
    low = [min(start[0], end[0]) - radius / height, min(start[1], end[1]) - radius / width]
    high = [max(start[0], end[0]) + radius / height, max(start[1], end[1]) + radius / width]
    first = [max(0, round(v) - 1) for v in low]
    last = [min(n - 1, round(v) + 1) for v, n in zip(high, size, strict=True)]
    if first[0] > last[0] or first[1] > last[1]:
        return None
    rows = np.arange(first[0], last[0] + 1, dtype=np.float64)[:, None]
    columns = np.arange(first[1], last[1] + 1, dtype=np.float64)[None, :]
    # Everything in units of length from here: a = pixel - start, b = end - start.
    a_row, a_column = (rows - start[0]) * height, (columns - start[1]) * width
    b_row, b_column = (end[0] - start[0]) * height, (end[1] - start[1]) * width
    length_squared = b_row * b_row + b_column * b_column
    if length_squared > 0:
        along = np.clip((a_row * b_row + a_column * b_column) / length_squared, 0.0, 1.0)
        distance_squared = (a_row - along * b_row) ** 2 + (a_column - along * b_column) ** 2
    else:
        distance_squared = a_row * a_row + a_column * a_column
    mask = distance_squared <= radius * radius + 1e-9
    for point in (start, end):
        row, column = round(point[0]) - first[0], round(point[1]) - first[1]
        if 0 <= row < mask.shape[0] and 0 <= column < mask.shape[1]:
            mask[row, column] = True
    return Patch(first[0], first[1], mask) if mask.any() else None


def line(start: PixelPoint, end: PixelPoint, *, size: tuple[int, int]) -> Patch | None:
    """The pixels under the segment from ``start`` to ``end``, without gaps; None where all of it is outside the slice.

    One pixel a step along the axis on which it is longest: what a brush thinner than a pixel still paints.
    """
    steps = max(1, round(max(abs(b - a) for a, b in zip(start, end, strict=True))) * 2)
    points = np.rint(np.linspace(start, end, steps + 1)).astype(np.intp)
    points = points[((points >= 0) & (points < size)).all(axis=1)]
    if not points.size:
        return None
    first = points.min(axis=0)
    mask: Mask = np.zeros(points.max(axis=0) - first + 1, np.bool_)
    mask[tuple((points - first).T)] = True
    return Patch(int(first[0]), int(first[1]), mask)


def ball_radii(radius: float, *, step: float, index: int, count: int) -> list[tuple[int, float]]:
    """The slices that a ball about slice ``index`` of ``count`` cuts, and the radius of each cut; from the middle outwards.

    ``step`` is the distance between slices, in the radius's unit. The slice it is about always belongs to it.
    """
    cuts = [(index, radius)]
    for away in range(1, int(radius / step) + 1):
        left = radius * radius - (away * step) ** 2
        if left > 0:
            cuts.extend((at, left**0.5) for at in (index - away, index + away) if 0 <= at < count)
    return cuts
