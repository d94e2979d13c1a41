"""Areas to fill: inside a polygon, and connected to a point."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.brush import Mask, Patch, PixelPoint
from unet_studio.labels.label_map import Labels


def polygon(points: list[PixelPoint], *, size: tuple[int, int]) -> Patch | None:
    """Pixels whose centre lies inside the closed polygon (even-odd rule), in a slice of ``size``; None where there are none.

    Points are (row, column), whole numbers being pixel centres; a centre exactly on a left or top edge is inside.
    """
    if len(points) < 3:
        return None
    corners = np.array(points, dtype=np.float64)
    first = [max(0, int(np.floor(v))) for v in corners.min(axis=0)]
    last = [min(n - 1, int(np.ceil(v))) for v, n in zip(corners.max(axis=0), size, strict=True)]
    if first[0] > last[0] or first[1] > last[1]:
        return None
    rows = np.arange(first[0], last[0] + 1, dtype=np.float64)[:, None]
    columns = np.arange(first[1], last[1] + 1, dtype=np.float64)[None, :]
    inside: NDArray[np.bool_] = np.zeros((rows.size, columns.size), np.bool_)
    for (row_a, column_a), (row_b, column_b) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if row_a == row_b:
            continue
        spans = (rows >= min(row_a, row_b)) & (rows < max(row_a, row_b))
        crossing = column_a + (rows - row_a) * (column_b - column_a) / (row_b - row_a)
        inside ^= spans & (columns >= crossing)
    return Patch(first[0], first[1], inside) if inside.any() else None


def connected(labels: Labels, row: int, column: int) -> Mask:
    """The pixels (row, column) of the same label that touch the given one by an edge, itself included."""
    from scipy import ndimage  # takes as long to import as the window to appear

    regions, _ = ndimage.label(labels == labels[row, column])
    hit: Mask = regions == regions[row, column]
    return hit


def rectangle(one: PixelPoint, other: PixelPoint, *, size: tuple[int, int]) -> Patch | None:
    """The pixels from the one under ``one`` to the one under ``other``, both included; None where all are outside the slice."""
    (top, bottom), (left, right) = (sorted((round(a), round(b))) for a, b in zip(one, other, strict=True))
    top, left, bottom, right = max(0, top), max(0, left), min(size[0] - 1, bottom), min(size[1] - 1, right)
    if top > bottom or left > right:
        return None
    return Patch(top, left, np.ones((bottom - top + 1, right - left + 1), np.bool_))


def ellipse(one: PixelPoint, other: PixelPoint, *, size: tuple[int, int]) -> Patch | None:
    """The pixels whose centre lies in the ellipse that fills the rectangle of the same two corners; None where there are none."""
    box = rectangle(one, other, size=size)
    if box is None:
        return None
    inside: NDArray[np.float64] = np.zeros(box.mask.shape)
    for axis, part in enumerate(box.box):
        first, last = sorted((round(one[axis]), round(other[axis])))
        middle, half = (first + last) / 2, (last - first + 1) / 2
        away = ((np.arange(part.start, part.stop) - middle) / half) ** 2
        inside = inside + (away[:, None] if axis == 0 else away[None, :])
    mask = inside <= 1.0
    return Patch(box.row, box.column, mask) if mask.any() else None


def corners(
    start: PixelPoint, here: PixelPoint, *, spacing: tuple[float, float], is_even: bool, is_centred: bool
) -> tuple[PixelPoint, PixelPoint]:
    """The corners of the box dragged from ``start`` to ``here``: as wide as high where even, about the start where centred.

    ``spacing`` is (row height, column width): what is even is so in that unit.
    """
    down, across = here[0] - start[0], here[1] - start[1]
    if is_even:
        side = max(abs(down) * spacing[0], abs(across) * spacing[1])
        down = float(np.copysign(side / spacing[0], down))
        across = float(np.copysign(side / spacing[1], across))
    first = (start[0] - down, start[1] - across) if is_centred else start
    return first, (start[0] + down, start[1] + across)


def thinned(points: list[PixelPoint], *, tolerance: float) -> list[PixelPoint]:
    """The fewest of the points, the first and last among them, from whose line none is further away than ``tolerance``.

    Douglas and Peucker, Cartographica 10 (1973) 112-122.
    """
    if len(points) < 3:
        return list(points)
    line = np.array(points, dtype=np.float64)
    kept: NDArray[np.bool_] = np.zeros(len(line), np.bool_)
    kept[[0, -1]] = True
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        away = _distances(line[first + 1 : last], line[first], line[last])
        furthest = int(np.argmax(away))
        if away[furthest] > tolerance:
            middle = first + 1 + furthest
            kept[middle] = True
            open_parts += [(first, middle), (middle, last)]
    return [points[i] for i in np.flatnonzero(kept)]


def nearest_side(points: list[PixelPoint], here: PixelPoint) -> tuple[int, float]:
    """Which side of an open line of at least two points is nearest to ``here``, by its first point, and how far it is."""
    at = np.array([here], dtype=np.float64)
    away = [float(_distances(at, np.array(a), np.array(b))[0]) for a, b in pairwise(points)]
    return int(np.argmin(away)), min(away)


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    way = end - start
    length = float(way @ way)
    along = np.clip((points - start) @ way / length, 0.0, 1.0) if length > 0 else np.zeros(len(points))
    away: NDArray[np.float64] = np.linalg.norm(points - start - along[:, None] * way, axis=1)
    return away
