"""Outlines of labels: strips of device pixels inside each region, along the edges of its pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from unet_studio.gui.framing import Framing
from unet_studio.labels.label_map import Labels

Rectangles = NDArray[np.int32]  # (n, 4): left, top, right, bottom, the last two included, as QRect holds them


@dataclass(frozen=True, slots=True)
class Strips:
    """The rectangles to fill for each label value."""

    values: NDArray[np.uint8]  # ascending, one per rectangle
    rectangles: Rectangles

    def of(self, value: int) -> Rectangles:
        """The rectangles of one label."""
        first, last = np.searchsorted(self.values, [value, value + 1])
        return self.rectangles[first:last]


def outline_strips(
    labels: Labels, box: tuple[slice, slice], framing: Framing, *, thickness: int, corners: bool = True
) -> Strips:
    """The outline of every region of ``labels`` (row, column, a whole slice) within rows and columns ``box``.

    Each region is outlined on its own side of the edge, ``thickness`` device pixels wide but never wider than the
    slice's pixel, so that neighbours both show. The slice's border counts as an edge.
    """
    rows, columns = box
    around = _with_neighbours(labels, box)
    tops, lefts = framing.row_edges(rows.start, rows.stop), framing.column_edges(columns.start, columns.stop)
    inner = around[1:-1, 1:-1]
    across, down = around[:, 1:] != around[:, :-1], around[1:] != around[:-1]
    # Sides of each pixel that lie on an edge: left, right, top, bottom.
    sides = (across[1:-1, :-1], across[1:-1, 1:], down[:-1, 1:-1], down[1:, 1:-1])
    found = [_strips(inner, side, tops, lefts, thickness, number) for number, side in enumerate(sides)]
    if corners:
        found += _corner_squares(around, sides, tops, lefts, thickness)
    values = np.concatenate([v for v, _ in found])
    rectangles = np.concatenate([r for _, r in found])
    order = np.argsort(values, kind="stable")
    return Strips(values[order], np.ascontiguousarray(rectangles[order]))


def draw_strips(painter: QPainter, strips: Strips, brushes: Mapping[int, QBrush]) -> None:
    """Fills the strips of each label with its brush; labels without one are left out."""
    painter.setPen(Qt.PenStyle.NoPen)
    for value, brush in brushes.items():
        rectangles = strips.of(value)
        if len(rectangles):
            painter.setBrush(brush)
            # The rectangles lie in memory as QRects do: 30 ns each this way, 1 µs each as a list of QRect.
            first = cast("QRect", shiboken6.wrapInstance(rectangles.ctypes.data, QRect))
            painter.drawRects(first, len(rectangles))


def _with_neighbours(labels: Labels, box: tuple[slice, slice]) -> Labels:
    """The labels of the box and one pixel more on each side: background where that is outside the slice."""
    rows, columns = box
    around = np.zeros((rows.stop - rows.start + 2, columns.stop - columns.start + 2), np.uint8)
    first_row, first_column = max(0, rows.start - 1), max(0, columns.start - 1)
    known = labels[first_row : rows.stop + 1, first_column : columns.stop + 1]
    row, column = first_row - rows.start + 1, first_column - columns.start + 1
    around[row : row + known.shape[0], column : column + known.shape[1]] = known
    return around


def _strips(
    inner: Labels, side: NDArray[np.bool_], tops: Rectangles, lefts: Rectangles, thickness: int, number: int
) -> tuple[Labels, Rectangles]:
    row, column = np.divmod(np.flatnonzero(side), inner.shape[1])
    values = inner[row, column]
    labelled = values != 0
    values, row, column = values[labelled], row[labelled], column[labelled]
    strips = np.empty((len(values), 4), np.int32)
    strips[:, 0], strips[:, 1] = lefts[column], tops[row]
    strips[:, 2], strips[:, 3] = lefts[column + 1] - 1, tops[row + 1] - 1
    _narrow(strips, number, thickness)
    return values, strips


def _narrow(strips: Rectangles, side: int, thickness: int) -> None:
    """Afterwards whole pixels are strips along their left (0), right (1), top (2) or bottom (3) side."""
    if side == 0:
        np.minimum(strips[:, 2], strips[:, 0] + thickness - 1, out=strips[:, 2])
    elif side == 1:
        np.maximum(strips[:, 0], strips[:, 2] - thickness + 1, out=strips[:, 0])
    elif side == 2:
        np.minimum(strips[:, 3], strips[:, 1] + thickness - 1, out=strips[:, 3])
    else:
        np.maximum(strips[:, 1], strips[:, 3] - thickness + 1, out=strips[:, 1])


def _corner_squares(
    around: Labels, sides: tuple[NDArray[np.bool_], ...], tops: Rectangles, lefts: Rectangles, thickness: int
) -> list[tuple[Labels, Rectangles]]:
    """Where an outline turns round a corner of another region, two strips meet in a point: the square between them."""
    inner = around[1:-1, 1:-1]
    found = []
    for row_side, neighbours in ((2, around[:-2]), (3, around[2:])):
        for column_side, diagonal in ((0, neighbours[:, :-2]), (1, neighbours[:, 2:])):
            turns = diagonal != inner
            turns &= ~(sides[row_side] | sides[column_side])
            values, squares = _strips(inner, turns, tops, lefts, thickness, row_side)
            _narrow(squares, column_side, thickness)
            found.append((values, squares))
    return found
