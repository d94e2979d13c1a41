"""Outlines of a small part of the slice as a picture: a third of the time that strips of rectangles take there."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

from unet_studio.gui.framing import Framing
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
    tops, lefts = framing.row_edges(rows.start, rows.stop), framing.column_edges(columns.start, columns.stop)
    around = with_neighbours(labels, box)
    shown = around.take(_under(tops, thickness), axis=0).take(_under(lefts, thickness), axis=1)
    low, high = shown, shown
    for axis in (1, 0):
        low, high = _around(low, np.minimum, thickness, axis=axis), _around(high, np.maximum, thickness, axis=axis)
    values = shown[thickness:-thickness, thickness:-thickness] * (low != high)
    return inks.take(values), QPoint(int(lefts[0]), int(tops[0]))


def draw_patch(painter: QPainter, pixels: Inks, corner: QPoint) -> None:
    """Draws them where they belong, in device pixels."""
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(corner, image)


def _under(edges: NDArray[np.int32], thickness: int) -> NDArray[np.intp]:
    """Which row or column, counted with the neighbour before, each device pixel shows; with ``thickness`` more at both ends."""
    counts = np.diff(edges)
    counts = np.concatenate([[thickness], counts, [thickness]])
    return np.repeat(np.arange(len(counts)), counts)


def _around(shown: Labels, pick: np.ufunc, thickness: int, *, axis: int) -> Labels:
    """The lowest or highest label within ``thickness`` along an axis, which gets shorter by that at both ends."""
    length = shown.shape[axis] - 2 * thickness
    parts = [shown[at : at + length] if axis == 0 else shown[:, at : at + length] for at in range(2 * thickness + 1)]
    picked: Labels = pick(parts[0], parts[1])
    for part in parts[2:]:
        pick(picked, part, out=picked)
    return picked
