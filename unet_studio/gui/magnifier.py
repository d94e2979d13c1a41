"""The magnifier: a round glass at the pointer through which the slice is seen larger."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from unet_studio.gui.framing import Framing
from unet_studio.gui.picture import Picture
from unet_studio.gui.surface import Surface

POWER = 3.0
DIAMETER = 216  # logical pixels


class Magnifier(QWidget):
    """Lies over ``canvas`` and goes with the pointer; clicks go through it."""

    def __init__(self, canvas: QWidget, surface: Surface, picture: Picture) -> None:
        super().__init__(canvas)
        self.setObjectName("magnifier")
        self.setAccessibleName(self.tr("Magnifier"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(DIAMETER, DIAMETER)
        self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))
        self._surface = surface
        self._picture = picture
        self._is_on = False
        canvas.installEventFilter(self)
        self.hide()

    def switch(self, *, is_on: bool) -> None:
        """Afterwards it is seen wherever the pointer is in the canvas, or no longer."""
        self._is_on = is_on
        self._show_at(self._surface.pointer.place if is_on and self._surface.viewport.volume is not None else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if self._is_on and isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._show_at(event.position())
        elif self._is_on and event.type() is QEvent.Type.Leave:
            self._show_at(None)
        return False

    def _show_at(self, place: QPointF | None) -> None:
        if place is not None:
            self.move(round(place.x()) - DIAMETER // 2, round(place.y()) - DIAMETER // 2)
            self.update()
        self.setVisible(place is not None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paints the slice three times as large as it lies beneath, the middle where it is."""
        surface = self._surface
        if surface.viewport.volume is None:
            return
        framing, ratio = surface.places.framing, surface.places.ratio
        middle = QPointF(self.geometry().topLeft()) + QPointF(DIAMETER, DIAMETER) / 2
        row, column = surface.places.pixel_at(middle)
        across, down = framing.across * POWER, framing.down * POWER
        half = DIAMETER * ratio / 2
        larger = Framing(
            round(half - (column + 0.5) * across), round(half - (row + 0.5) * down), across, down, framing.size
        )
        painter = QPainter(self)
        try:
            painter.scale(1 / ratio, 1 / ratio)
            side = round(DIAMETER * ratio)
            painter.fillRect(QRect(0, 0, side, side), QColor(8, 9, 11))
            self._picture.paint(painter, larger, QRect(0, 0, side, side), outline=max(1, round(2.5 * ratio)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rim = QPainterPath()
            rim.addEllipse(QPointF(half, half), half - 2 * ratio, half - 2 * ratio)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((QColor(0, 0, 0), 6.0), (QColor(200, 206, 216), 2.0)):
                painter.setPen(QPen(colour, width * ratio))
                painter.drawPath(rim)
            painter.setPen(QPen(QColor(255, 255, 255, 200), ratio))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(x, y) * ratio
                painter.drawLine(QPointF(half, half) + way * 4, QPointF(half, half) + way * 10)
        finally:
            painter.end()
