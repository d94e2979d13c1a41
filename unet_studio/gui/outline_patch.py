"""Outlines of a small part of the slice as a picture: a third of the time that strips of rectangles take there."""

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

from unet_studio.gui.framing import Edges, Framing
from unet_studio.gui.outline import with_neighbours
from unet_studio.labels.label_map import LabelClass, Labels

LARGEST = 160 * 160  # device pixels: beyond, strips are quicker, as they only know the edges
Inks = NDArray[np.uint32]  # per label value the pixel 0xffRRGGBB that outlines it, 0 for none


def inks_of(classes: Iterable[LabelClass]) -> Inks:
    """What each visible class is outlined with."""
    inks: Inks = np.zeros(256, np.uint32)
    for label_class in classes:
        if label_class.is_visible:
            red, green, blue = label_class.colour
            inks[label_class.value] = 0xFF000000 | red << 16 | green << 8 | blue
    return inks


def is_small(box: tuple[slice, slice], framing: Framing, *, thickness: int) -> bool:
    """Whether the outlines of these rows and columns are quicker as a picture; where pixels are thinner than a line, never."""
    rows, columns = box
    size = (rows.stop - rows.start) * framing.down * (columns.stop - columns.start) * framing.across
    return size <= LARGEST and math.floor(min(framing.down, framing.across)) >= thickness


def outline_patch(
    labels: Labels, box: tuple[slice, slice], framing: Framing, inks: Inks, *, thickness: int
) -> tuple[Inks, QPoint]:
    """The pixels (row, column) of the outlines in rows and columns ``box``, and the device pixel at which they begin.

    Where a label differs from another within ``thickness`` device pixels up, down or across, it is outlined: just what
    ``outline_strips`` fills.
    """
    rows, columns = box
    left, top, right, bottom = framing.area(box)
    around = with_neighbours(labels, box)
    row_under, column_under, first = _under(framing, thickness)
    down = row_under[top - first[1] : bottom - first[1] + 2 * thickness] - rows.start
    across = column_under[left - first[0] : right - first[0] + 2 * thickness] - columns.start
    shown = around.take(down, axis=0, mode="clip").take(across, axis=1, mode="clip")
    differs = _differs(shown.reshape(-1), across.size, thickness)
    values = shown[thickness:-thickness, thickness:-thickness] * differs[:, : across.size - 2 * thickness]
    return inks.take(values, mode="clip"), QPoint(left, top)


def draw_patch(painter: QPainter, pixels: Inks, corner: QPoint) -> None:
    """Draws them where they belong, in device pixels."""
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(corner, image)


@lru_cache(8)  # asked for with each dab, in the same place
def _under(framing: Framing, thickness: int) -> tuple[Edges, Edges, tuple[int, int]]:
    """For each device row which row of the slice it shows, counted from 1, and for each device column which column.

    They begin ``thickness`` before the slice, and end as much after it; first the slice's own device pixel (x, y).
    """
    high, wide = framing.size
    tops, lefts = framing.row_edges(0, high), framing.column_edges(0, wide)
    rows, columns = (
        np.repeat(np.arange(len(edges) + 1, dtype=np.int32), np.concatenate([[thickness], np.diff(edges), [thickness]]))
        for edges in (tops, lefts)
    )
    return rows, columns, (int(lefts[0]), int(tops[0]))


def _differs(shown: Labels, wide: int, thickness: int) -> NDArray[np.uint8]:
    """1 where not all labels are the same within ``thickness`` rows and columns, else 0.

    ``shown`` is flat, in rows of ``wide``. There are as many rows as have that many above and below; of each row the first
    are those that have as many on both sides, the others mean nothing.
    """
    low, high = shown, shown
    for step in (1, wide):  # in one dimension, as rows follow each other: quicker than in two
        low, high = _around(low, np.minimum, step, thickness), _around(high, np.maximum, step, thickness)
    differs = np.empty(shown.size - 2 * thickness * wide, np.bool_)
    np.not_equal(low, high, out=differs[: low.size])
    return differs.view(np.uint8).reshape(-1, wide)


def _around(shown: Labels, pick: np.ufunc, step: int, thickness: int) -> Labels:
    """The lowest or highest of each and the 2 ``thickness`` after it, ``step`` apart; none of the last, which have fewer."""
    size = shown.size - 2 * thickness * step
    picked: Labels = pick(shown[:size], shown[step : step + size])
    for at in range(2 * step, (2 * thickness + 1) * step, step):
        pick(picked, shown[at : at + size], out=picked)
    return picked
