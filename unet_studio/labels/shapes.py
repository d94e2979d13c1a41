"""Areas to fill: inside a polygon, and connected to a point."""

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
