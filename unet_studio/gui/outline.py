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

Places = NDArray[np.intp]
Rectangles = NDArray[np.int32]  # (n, 4): left, top, right, bottom, the last two included, as QRect holds them


@dataclass(frozen=True, slots=True)
class Strips:
    """The rectangles to fill for each label value."""

    values: Labels  # ascending, one per rectangle
    rectangles: Rectangles

    def of(self, value: int) -> Rectangles:
        """The rectangles of one label."""
        first, last = np.searchsorted(self.values, [value, value + 1])
        return self.rectangles[first:last]


def outline_strips(labels: Labels, box: tuple[slice, slice], framing: Framing, *, thickness: int) -> Strips:
    """The outline of every region of ``labels`` (row, column, a whole slice) within rows and columns ``box``.

    Each region is outlined on its own side of the edge, ``thickness`` device pixels wide but never wider than the
    slice's pixel, so that neighbours both show. The slice's border counts as an edge.
    """
    around = with_neighbours(labels, box)
    flat, wide = around.reshape(-1), around.shape[1]
    inner = np.zeros_like(around)
    inner[1:-1, 1:-1] = around[1:-1, 1:-1]
    within = inner.reshape(-1)
    strips = _edges(flat, within, wide)
    values = within.take(strips.first, mode="clip")
    labelled = (values != 0).nonzero()[0]
    chosen = labelled.take(np.argsort(values.take(labelled), kind="stable"))
    first = strips.first.take(chosen)
    row, column = np.divmod(first, wide)
    last_column = strips.last.take(chosen) - first + column
    rows, columns = box
    lefts, rights = _spans(framing.column_edges(columns.start, columns.stop), thickness)
    tops, bottoms = _spans(framing.row_edges(rows.start, rows.stop), thickness)
    across = strips.across.take(chosen) * (wide - 2) - 1
    row_at = strips.down.take(chosen) * (around.shape[0] - 2) + row - 1
    rectangles = np.empty((len(chosen), 4), np.int32)
    corners = (lefts, across + column), (tops, row_at), (rights, across + last_column), (bottoms, row_at)
    for corner, (places, at) in enumerate(corners):
        rectangles[:, corner] = places.take(at)
    return Strips(values.take(chosen), rectangles)


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


def with_neighbours(labels: Labels, box: tuple[slice, slice]) -> Labels:
    """The labels of the box and one pixel more on each side: background where that is outside the slice."""
    rows, columns = box
    around = np.zeros((rows.stop - rows.start + 2, columns.stop - columns.start + 2), np.uint8)
    first_row, first_column = max(0, rows.start - 1), max(0, columns.start - 1)
    known = labels[first_row : rows.stop + 1, first_column : columns.stop + 1]
    row, column = first_row - rows.start + 1, first_column - columns.start + 1
    around[row : row + known.shape[0], column : column + known.shape[1]] = known
    return around


@dataclass(frozen=True, slots=True)
class _Edges:
    """Pixels with an edge (places in a flat array), or runs of them from ``first`` to ``last``, and which part is to be filled.

    Across and down: 0 all of it, 1 its left or upper side, 2 its right or lower side. Some lie outside the box.
    """

    first: Places
    last: Places
    across: Places
    down: Places


def _edges(flat: Labels, within: Labels, wide: int) -> _Edges:
    """The edges in rows of ``wide`` pixels; ``within`` is 0 outside the box, where runs end."""
    beside = _places(flat[1:] != flat[:-1])  # between a pixel and the next
    upper = _places(flat[wide:] != flat[:-wide])  # between a pixel and the one below it
    lower = upper + wide
    upper_value, lower_value = flat.take(upper), flat.take(lower)
    found = [
        (beside, beside, 2, 0), (beside + 1, beside + 1, 1, 0),
        (*_runs(upper, within.take(upper)), 0, 2), (*_runs(lower, within.take(lower)), 0, 1),
    ]  # fmt: skip
    # Where an outline turns round the corner of another region two strips meet in a point: the square between them.
    for step, side in ((-1, 2), (1, 1)):
        upper_next, lower_next = flat.take(upper + step, mode="clip"), flat.take(lower + step, mode="clip")
        turns = upper_next == lower_next
        at_upper = upper.take((turns & (upper_next == upper_value)).nonzero()[0]) + step
        at_lower = lower.take((turns & (lower_next == lower_value)).nonzero()[0]) + step
        found += [(at_upper, at_upper, side, 2), (at_lower, at_lower, side, 1)]
    counts = [len(part[0]) for part in found]
    first, last = (np.concatenate([part[n] for part in found]) for n in (0, 1))
    across, down = (np.repeat([part[n] for part in found], counts) for n in (2, 3))
    return _Edges(first, last, across, down)


def _runs(places: Places, values: Labels) -> tuple[Places, Places]:
    """The first and last of each run of ascending places beside each other with one value: one strip for all of them."""
    if not places.size:
        return places, places
    ends = ((places[1:] != places[:-1] + 1) | (values[1:] != values[:-1])).nonzero()[0]
    first = np.concatenate([places[:1], places.take(ends + 1)])
    return first, np.concatenate([places.take(ends), places[-1:]])


def _spans(edges: Rectangles, thickness: int) -> tuple[Rectangles, Rectangles]:
    """First and last device pixel of each column or row: of all of it, of its first side, of its last side, one after another."""
    first = edges[:-1]
    last = np.maximum(edges[1:] - 1, first)  # at least one, however small the slice is shown
    starts = np.concatenate([first, first, np.maximum(first, last - thickness + 1)])
    return starts, np.concatenate([last, np.minimum(last, first + thickness - 1), last])


def _places(differ: NDArray[np.bool_]) -> Places:
    """Where it is true; eight at a time, as edges are few."""
    whole = differ.size & ~7
    eights = differ[:whole].view(np.uint64)
    words = (eights != 0).nonzero()[0]  # numpy finds truths several times as fast as numbers
    within = eights.take(words).view(np.bool_).nonzero()[0]
    rest = differ[whole:].nonzero()[0] + whole
    return np.concatenate([words.take(within >> 3) * 8 + (within & 7), rest])
