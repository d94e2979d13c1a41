"""The brush in its true size, round the cursor."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def ring_box(place: QPointF, radius: QPointF) -> QRect:
    """All that a ring of that radius (across, down) can touch."""
    reach = radius + QPointF(4, 4)
    return QRectF(place - reach, place + reach).toAlignedRect()


def draw_ring(painter: QPainter, place: QPointF, radius: QPointF, *, colour: QColor, erases: bool) -> None:
    """A thin ring with a dark rim, dashed where it erases; a cross where it is too small to be seen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 140), 3.0))
    painter.drawEllipse(place, radius.x(), radius.y())
    pen = QPen(colour, 1.3)
    if erases:
        pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    painter.drawEllipse(place, radius.x(), radius.y())
    if min(radius.x(), radius.y()) < 5:
        reach = max(radius.x(), radius.y()) + 1
        for x, y in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            painter.drawLine(place + QPointF(x, y) * reach, place + QPointF(x, y) * (reach + 2.5))
    painter.restore()
