"""How outlines that are not finished are drawn: readable on black and on white."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from unet_studio.gui.framing import Framing
from unet_studio.gui.tools import Ink
from unet_studio.labels.brush import PixelPoint

_SHADE = QColor(0, 0, 0, 150)


def draw_line(
    painter: QPainter, framing: Framing, points: Sequence[PixelPoint], ink: Ink, *, is_sure: bool = True
) -> None:
    """Draws a line through (row, column) points in device pixels; dotted where it is not sure yet."""
    line = QPolygonF([QPointF(*framing.place_of(p)) for p in points])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_SHADE, 3.5 * ink.ratio), QPen(ink.colour, 1.5 * ink.ratio)):
        if not is_sure:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawPolyline(line)
    painter.restore()


def draw_handles(
    painter: QPainter, framing: Framing, points: Sequence[PixelPoint], ink: Ink, *, held: int | None = None
) -> None:
    """Draws a dot on each of the points, a larger one on the one under the hand."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_SHADE, ink.ratio))
    for number, point in enumerate(points):
        radius = (6.0 if number == held else 3.5) * ink.ratio
        painter.setBrush(QColor(255, 255, 255) if number == held else ink.colour)
        painter.drawEllipse(QPointF(*framing.place_of(point)), radius, radius)
    painter.restore()


def draw_box(
    painter: QPainter, framing: Framing, one: PixelPoint, other: PixelPoint, ink: Ink, *, is_round: bool
) -> None:
    """Draws the rectangle, or the ellipse in it, from one (row, column) to another, the pixels under both within it."""
    (top, bottom), (left, right) = (sorted((round(a), round(b))) for a, b in zip(one, other, strict=True))
    first = QPointF(*framing.place_of((top - 0.5, left - 0.5)))
    last = QPointF(*framing.place_of((bottom + 0.5, right + 0.5)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_round)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_SHADE, 3.5 * ink.ratio), QPen(ink.colour, 1.5 * ink.ratio)):
        painter.setPen(pen)
        (painter.drawEllipse if is_round else painter.drawRect)(QRectF(first, last))
    painter.restore()
