"""The brush in its true size, round the cursor."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

LARGEST = 1 << 20  # device pixels of a picture that is kept
_SMALL = 5  # logical pixels of radius, below which a cross is drawn, too


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
    if min(radius.x(), radius.y()) < _SMALL:
        reach = max(radius.x(), radius.y()) + 1
        for x, y in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            painter.drawLine(place + QPointF(x, y) * reach, place + QPointF(x, y) * (reach + 2.5))
    painter.restore()


class Ring:
    """Draws the ring from the picture of it made last, as long as nothing but its place is another: 5 µs instead of 100."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], QImage] | None = None

    def draw(self, painter: QPainter, place: QPointF, radius: QPointF, *, colour: QColor, erases: bool) -> None:
        """Draws what ``draw_ring`` does."""
        ratio, box = painter.device().devicePixelRatio(), ring_box(place, radius)
        left, top = box.x() * ratio, box.y() * ratio
        is_on_pixels = left == int(left) and top == int(top)
        is_small = min(radius.toTuple()) < _SMALL  # quick, and its cross is not the same everywhere
        if is_small or not is_on_pixels or box.width() * box.height() * ratio * ratio > LARGEST:
            draw_ring(painter, place, radius, colour=colour, erases=erases)
            return
        within = place - QPointF(box.topLeft())
        key = (*within.toTuple(), *radius.toTuple(), *box.size().toTuple(), colour.rgba(), erases, ratio)
        if self._kept is None or self._kept[0] != key:
            image = QImage(box.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(0)
            on_image = QPainter(image)
            draw_ring(on_image, within, radius, colour=colour, erases=erases)
            on_image.end()
            self._kept = key, image
        painter.drawImage(box.topLeft(), self._kept[1])
