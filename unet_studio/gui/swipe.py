"""Two canvases of the same slice: side by side, or one over the other with a divider that is dragged across."""

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from unet_studio.gui.canvas import Canvas

WIDE = 32  # logical pixels that the divider can be taken by
_GRIP = 13.0  # its knob's radius
_STEP = 0.02  # of the width, by a key
_SHADE, _LINE = QColor(0, 0, 0, 150), QColor(255, 255, 255)


class Pair(QWidget):
    """Both canvases have the same size, and so the same part of the slice at the same zoom where they share it."""

    def __init__(self, left: Canvas, right: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pair")
        self._left, self._right = left, right
        self.is_swiped = False
        self.share = 0.5  # of the width, that the left one has while swiped
        for canvas in (left, right):
            canvas.setParent(self)
        self.divider = Divider(self)
        self.divider.dragged.connect(self._drag)
        self._lay_out()

    def swipe(self, *, is_swiped: bool) -> None:
        """Afterwards they lie over each other, or side by side."""
        self.is_swiped = is_swiped
        self._lay_out()

    def move_to(self, share: float) -> None:
        """Afterwards the left one has that share of the width, 0 to 1."""
        self.share = min(1.0, max(0.0, share))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self.width(), self.height()
        self.divider.setVisible(self.is_swiped)
        if not self.is_swiped:
            half = max(1, (width - 1) // 2)
            self._right.clearMask()
            self._left.setGeometry(0, 0, half, height)
            self._right.setGeometry(width - half, 0, half, height)
            return
        at = round(self.share * width)
        for canvas in (self._left, self._right):
            canvas.setGeometry(0, 0, width, height)
        self._right.raise_()
        self._right.setVisible(at < width)  # an empty mask would be none
        self._right.setMask(QRect(at, 0, max(1, width - at), height))
        self.divider.setGeometry(at - WIDE // 2, 0, WIDE, height)
        self.divider.raise_()

    def _drag(self, by: float) -> None:
        self.move_to(self.share + by / max(1, self.width()))


class Divider(QWidget):
    """A line with a knob. ``dragged`` tells by how many logical pixels to the right the hand moved it."""

    dragged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("divider")
        self.setAccessibleName(self.tr("Divider"))
        self.setToolTip(self.tr("Drag it, or press Left and Right, to see more of one side or the other"))
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._from: QPointF | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self.dragged.emit(event.position().x() - self._from.x())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.dragged.emit(steps * _STEP * self._room.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        for pen in (QPen(_SHADE, 4), QPen(_LINE, 2)):
            painter.setPen(pen)
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        painter.setPen(QPen(_SHADE, 1))
        painter.setBrush(_LINE)
        painter.drawEllipse(middle, _GRIP, _GRIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(40, 46, 56))
        for side in (-1, 1):
            tip = [QPointF(middle.x() + side * x, middle.y() + y) for x, y in ((8.5, 0.0), (3.5, -4.5), (3.5, 4.5))]
            painter.drawPolygon(QPolygonF(tip))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, _GRIP + 1, _GRIP + 1)
        painter.end()
