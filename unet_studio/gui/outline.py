"""Outlines of labels: strips of device pixels inside each region, along the edges of its pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from unet_studio.gui.framing import Edges, Framing
from unet_studio.labels.label_map import Labels

Places = NDArray[np.intp]
Rectangles = NDArray[np.int32]  # (n, 4): left, top, right, bottom, the last two included, as QRect holds them


@dataclass(frozen=True, slots=True)
class Strips:
    """The rectangles to fill for each label value; those of value 0 are for nobody."""

    values: Labels  # one per rectangle
    rectangles: Rectangles

    def of(self, value: int) -> Rectangles:
        """The rectangles of one label."""
        chosen: Rectangles = self.rectangles.take((self.values == value).nonzero()[0], axis=0)
        return chosen


def outline_strips(labels: Labels, box: tuple[slice, slice], framing: Framing, *, thickness: int) -> Strips:
    """The outline of every region of ``labels`` (row, column, a whole slice) within rows and columns ``box``.

    Each region is outlined on its own side of the edge, ``thickness`` device pixels wide but never wider than the
    slice's pixel, so that neighbours both show. The slice's border counts as an edge. Of the pixels round the box there
    may be some of their outlines.
    """
    rows, columns = box
    around = with_neighbours(labels, box, beyond=1)  # so that no run goes on from a row to the next
    sides = _sides(framing, thickness)
    beside, upper = _edges(around)
    runs = _runs(around, upper)
    around[:, 0] = 0  # differs from the end of the row before it
    flat, wide = around.reshape(-1), around.shape[1]
    across, down = sides.across, sides.down  # to where the first sides of all columns or rows begin
    values = np.concatenate([flat.take(beside), flat.take(beside + 1), runs.values])
    row, run_row = beside // wide, runs.first // wide
    column = beside - row * wide
    run_row *= wide
    first, last = runs.first - run_row, runs.last - run_row
    run_row //= wide
    at_last, at_first = column + (columns.start + 2 * across), column + (columns.start + 1 + across)
    first += runs.turns[0] * (2 * across - 1)
    last += runs.turns[1] * (across + 1)
    first += columns.start
    last += columns.start
    run_row[: runs.above] += 2 * down
    run_row[runs.above :] += down
    at = np.concatenate([row, row, run_row])
    at += rows.start
    rectangles = np.empty((values.size, 4), np.int32)
    rectangles[:, 0] = sides.lefts.take(np.concatenate([at_last, at_first, first]), mode="clip")
    rectangles[:, 1] = sides.tops.take(at, mode="clip")
    rectangles[:, 2] = sides.rights.take(np.concatenate([at_last, at_first, last]), mode="clip")
    rectangles[:, 3] = sides.bottoms.take(at, mode="clip")
    return Strips(values, rectangles)


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


def with_neighbours(labels: Labels, box: tuple[slice, slice], *, beyond: int = 0) -> Labels:
    """The labels of the box and one pixel more on each side: background where that is outside the slice.

    After them come ``beyond`` more columns of background.
    """
    rows, columns = box
    around = np.zeros((rows.stop - rows.start + 2, columns.stop - columns.start + 2 + beyond), np.uint8)
    first_row, first_column = max(0, rows.start - 1), max(0, columns.start - 1)
    known = labels[first_row : rows.stop + 1, first_column : columns.stop + 1]
    row, column = first_row - rows.start + 1, first_column - columns.start + 1
    around[row : row + known.shape[0], column : column + known.shape[1]] = known
    return around


@dataclass(frozen=True, slots=True)
class _Sides:
    """The device pixels, first and last included, of each row and column and of its sides; a neighbour more at both ends.

    All of a row or column first, from ``down`` or ``across`` on its first side (upper or left), from twice that its last.
    """

    lefts: Edges
    rights: Edges
    tops: Edges
    bottoms: Edges
    across: int
    down: int


@lru_cache(8)  # a slice is outlined anew with each notch of the wheel, in the same place
def _sides(framing: Framing, thickness: int) -> _Sides:
    high, wide = framing.size
    lefts, rights = _spans(framing.column_edges(-1, wide + 1), thickness)
    tops, bottoms = _spans(framing.row_edges(-1, high + 1), thickness)
    return _Sides(lefts, rights, tops, bottoms, wide + 2, high + 2)


def _edges(around: Labels) -> tuple[Places, Places]:
    """Where a pixel differs from the next one, and from the one below it: places in ``around`` as a flat array, ascending."""
    flat, wide = around.reshape(-1), around.shape[1]
    size = flat.size
    differ = np.zeros(-(-2 * size // 8) * 8, np.bool_)  # both in one, as looking for them takes longer than comparing
    np.not_equal(flat[1:], flat[:-1], out=differ[: size - 1])
    np.not_equal(flat[wide:], flat[:-wide], out=differ[size : 2 * size - wide])
    places = _places(differ)
    second = int(np.searchsorted(places, size))
    return places[:second], places[second:] - size


@dataclass(frozen=True, slots=True)
class _Runs:
    """Pixels of one value beside each other that differ from those below, ``above`` of them, and after these from those above.

    ``first`` and ``last`` are places, ``turns`` (2, n) says whether the strip along the edge reaches into the next pixel
    on the left, and on the right: where an outline turns round the corner of another region, strips would meet in a point.
    """

    values: Labels
    first: Places
    last: Places
    above: int
    turns: NDArray[np.bool_]


def _runs(around: Labels, upper: Places) -> _Runs:
    flat, wide = around.reshape(-1), around.shape[1]
    above, size = upper.size, 2 * upper.size
    places = np.concatenate([upper, upper + wide])
    values = flat.take(places)
    is_end = np.ones(size + 1, np.bool_)  # whether a run ends before each, and after the last
    np.not_equal(places[1:], places[:-1] + 1, out=is_end[1:-1])
    is_end[1:-1] |= values[1:] != values[:-1]
    is_end[above] = True
    first, last = places.take(is_end[:-1].nonzero()[0]), places.take(is_end[1:].nonzero()[0])
    values = flat.take(first)
    count = int(np.count_nonzero(is_end[:above]))
    next_to = np.empty((2, first.size), np.intp)
    np.subtract(first, 1, out=next_to[0])
    np.add(last, 1, out=next_to[1])
    turns = flat.take(next_to) == values
    next_to[:, :count] += wide  # and on the other side of the edge
    next_to[:, count:] -= wide
    turns &= flat.take(next_to) == values
    return _Runs(values, first, last, count, turns)


def _spans(edges: Edges, thickness: int) -> tuple[Edges, Edges]:
    """First and last device pixel of each column or row: of all of it, of its first side, of its last side, one after another."""
    first = edges[:-1]
    last = np.maximum(edges[1:] - 1, first)  # at least one, however small the slice is shown
    starts = np.concatenate([first, first, np.maximum(first, last - thickness + 1)])
    return starts, np.concatenate([last, np.minimum(last, first + thickness - 1), last])


def _places(differ: NDArray[np.bool_]) -> Places:
    """Where it is true; eight at a time, as edges are few, and its size a multiple of that."""
    eights = differ.view(np.uint64)
    words = (eights != 0).nonzero()[0]  # numpy finds truths several times as fast as numbers
    within = eights.take(words).view(np.bool_).nonzero()[0]
    places: Places = words.take(within >> 3)
    places <<= 3
    within &= 7
    places += within
    return places
