"""A region shown in a colour over the slice before it is painted."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.picture import in_sight
from unet_studio.labels.brush import Mask

STRENGTH = 0.5


def tint_of(mask: Mask, colour: QColor) -> QImage:
    """A picture of the mask (row, column), one pixel each, clear where it is False."""
    alpha = round(255 * STRENGTH)
    shares = [round(v * STRENGTH) for v in (colour.red(), colour.green(), colour.blue())]
    inked = np.uint32(alpha << 24 | shares[0] << 16 | shares[1] << 8 | shares[2])
    pixels = np.where(np.ascontiguousarray(mask), inked, np.uint32(0))  # a slice may lie in memory column by column
    rows, columns = mask.shape
    return QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def draw_tint(painter: QPainter, framing: Framing, tint: QImage) -> None:
    """Draws a picture of the whole slice where the slice lies, its pixels crisp; in device pixels."""
    target, source = in_sight(framing, painter.device())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawImage(target, tint, source, Qt.ImageConversionFlag.AutoColor)
    painter.restore()
