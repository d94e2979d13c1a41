"""Lines that cling to edges: the cheapest path from one pixel to another, where edges are cheap.

Mortensen and Barrett, Intelligent scissors, SIGGRAPH 1995.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.likeness import Intensities

Cost = NDArray[np.float32]  # (row, column), above 0
_FLAT = 1.0  # of a pixel far from any edge
_EDGE = (
    0.02  # of a pixel on a strong one: a detour of fifty pixels along an edge is as dear as one pixel across the flat
)
_STRONG = 98.0  # the percentile of gradients that counts as a strong edge
_REACH = 48  # pixels about the start that are worked out first
_MOST = 40_000  # pixels that are worked out at a time; more are taken in steps, so that the line keeps up with the hand
_STEPS = ((0, 1, 1.0), (1, 0, 1.0), (1, 1, 2**0.5), (1, -1, 2**0.5))


def edge_cost(intensities: Intensities) -> Cost:
    """What a pixel of the slice costs a line: little where the intensities change most. Smoothed over about a pixel."""
    from scipy import ndimage  # takes as long to import as the window to appear

    steep = ndimage.gaussian_gradient_magnitude(np.nan_to_num(intensities.astype(np.float32)), 1.0)
    some = steep[:: max(1, steep.shape[0] // 256), :: max(1, steep.shape[1] // 256)]
    strong = float(np.percentile(some, _STRONG)) or 1.0
    flat = 1.0 - np.minimum(steep / strong, 1.0)
    cost: Cost = (_EDGE + (_FLAT - _EDGE) * flat * flat).astype(np.float32)
    return cost


@dataclass(frozen=True, slots=True)
class _Tree:
    """The cheapest ways from the start to every pixel of a window, each ``step`` pixels: where one comes from, or -1."""

    row: int
    column: int
    step: int
    shape: tuple[int, int]
    comes_from: NDArray[np.int32]  # of pixel row * shape[1] + column of the window

    def path_to(self, end: PixelPoint) -> list[PixelPoint]:
        at = self._place(end)
        found = []
        while at >= 0:
            row, column = divmod(at, self.shape[1])
            found.append((float(self.row + row * self.step), float(self.column + column * self.step)))
            at = int(self.comes_from[at])
        return found[::-1]

    def holds(self, end: PixelPoint) -> bool:
        row, column = round(end[0]) - self.row, round(end[1]) - self.column
        return 0 <= row < self.shape[0] * self.step and 0 <= column < self.shape[1] * self.step

    def _place(self, end: PixelPoint) -> int:
        row, column = (round(v) - first for v, first in zip(end, (self.row, self.column), strict=True))
        row, column = (min(max(0, v // self.step), n - 1) for v, n in zip((row, column), self.shape, strict=True))
        return row * self.shape[1] + column


class Wire:
    """The cheapest paths over ``cost`` from the pixel ``start``. Near ones are worked out first."""

    def __init__(self, cost: Cost, start: PixelPoint) -> None:
        self.start = _inside(start, cost.shape)
        self._cost = cost
        self._tree: _Tree | None = None

    def path_to(self, end: PixelPoint) -> list[PixelPoint]:
        """The pixels of the path from the start to ``end``, both included; ``end`` is moved into the slice."""
        end = _inside(end, self._cost.shape)
        if self._tree is None or not self._tree.holds(end):
            self._tree = _tree(self._cost, self.start, end)
        path = self._tree.path_to(end)
        path[0] = self.start
        if path[-1] != end:
            path.append(end)
        return path


def _tree(cost: Cost, start: PixelPoint, end: PixelPoint) -> _Tree:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    first = [max(0, int(min(a, b)) - _REACH) for a, b in zip(start, end, strict=True)]
    stop = [min(n, int(max(a, b)) + _REACH + 1) for a, b, n in zip(start, end, cost.shape, strict=True)]
    step = 1
    while (stop[0] - first[0]) * (stop[1] - first[1]) > _MOST * step * step:
        step += 1
    window = cost[first[0] : stop[0] : step, first[1] : stop[1] : step]
    rows, columns = window.shape
    number = np.arange(window.size, dtype=np.int32).reshape(window.shape)
    starts, ends, prices = [], [], []
    for down, across, length in _STEPS:
        here = (slice(0, rows - down), slice(max(0, -across), columns - max(0, across)))
        there = (slice(down, rows), slice(max(0, across), columns + min(0, across)))
        starts.append(number[here].ravel())
        ends.append(number[there].ravel())
        prices.append(((window[here] + window[there]) * (length / 2)).ravel())
    graph = coo_array(
        (np.concatenate(prices), (np.concatenate(starts), np.concatenate(ends))), shape=(window.size, window.size)
    ).tocsr()
    at = [min((round(v) - a) // step, n - 1) for v, a, n in zip(start, first, window.shape, strict=True)]
    solve: Any = dijkstra  # its stubs know no sparse arrays
    _, comes_from = solve(graph, directed=False, indices=int(number[at[0], at[1]]), return_predecessors=True)
    return _Tree(first[0], first[1], step, (rows, columns), comes_from.astype(np.int32))


def _inside(point: PixelPoint, size: tuple[int, ...]) -> PixelPoint:
    row, column = (float(min(max(0, round(v)), n - 1)) for v, n in zip(point, size, strict=True))
    return row, column
