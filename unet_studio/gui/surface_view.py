"""The surface of the labels: turned by a drag, enlarged by the wheel; a click takes the crosshair there."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.orbit import FRONT, Orbit
from unet_studio.gui.shading import Cloud, Scene, cloud_of, draw, scale_px
from unet_studio.image.volume import Point
from unet_studio.labels.label_map import Colour
from unet_studio.workbench.surfaces import LabelSurface

TURN = 0.01  # radians to a logical pixel of a drag
SLIP = 3.0  # logical pixels: a shorter drag is a click
CALM_MS = 120  # without a move, until the fine picture is made
_ARROWS = {
    Qt.Key.Key_Left: (-0.2, 0.0),
    Qt.Key.Key_Right: (0.2, 0.0),
    Qt.Key.Key_Up: (0.0, -0.2),
    Qt.Key.Key_Down: (0.0, 0.2),
}


class SurfaceView(QWidget):
    """``pointed`` carries the place in the patient (LPS, mm) that was clicked; ``woken`` tells that it is seen again.

    ``stop_asked`` and ``build_asked`` are clicks on the buttons beside the progress.
    """

    pointed = Signal(object)
    stop_asked = Signal()
    build_asked = Signal()
    woken = Signal()

    def __init__(self, colours: CanvasColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surfaceView")
        self.setAccessibleName(self.tr("Surface of the labels"))
        self.setToolTip(self.tr("Drag turns, right-drag moves, the wheel zooms, a click takes the crosshair there"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.orbit: Orbit = FRONT
        self._colours = colours
        self._cloud: Cloud | None = None
        self._scene: Scene | None = None
        self._image = QImage()
        self._crosshair: Point | None = None
        self._press: tuple[QPointF, Qt.MouseButton] | None = None
        self._last = QPointF()
        self._is_moving = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._come_to_rest)
        self._text = QLabel(self)
        self._text.setObjectName("surfaceText")
        self._text.setProperty("role", "dim")
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._stop = self._button("surfaceStop", self.tr("Stop"), self.tr("Stop building surfaces"))
        self._stop.clicked.connect(self.stop_asked)
        self._build = self._button("surfaceBuild", self.tr("Build"), self.tr("Build the surfaces again"))
        self._build.clicked.connect(self.build_asked)
        self._reset = self._button("surfaceReset", self.tr("Reset"), self.tr("From the front, all of it (Home)"))
        self._reset.clicked.connect(lambda: self._look(FRONT))
        row = QHBoxLayout()
        for widget in (self._text, self._stop, self._build):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.addLayout(row)
        column.addStretch(1)
        # The view is dark in every theme, as a canvas is.
        dim, text = (f"rgb{colour}" for colour in (colours.text_dim, colours.text))
        self.setStyleSheet(
            f"QLabel, QToolButton {{ color: {dim}; background: transparent; }}"
            f"QToolButton {{ padding: 4px 8px; }} QToolButton:hover {{ color: {text}; background: rgba(60, 66, 78, 220); }}"
        )
        self.show_progress("")

    # ---- what is shown

    def show_surfaces(self, surfaces: Sequence[LabelSurface], colours: Mapping[int, Colour]) -> None:
        """Afterwards these are seen, those of labels without a colour left out."""
        self._cloud = cloud_of(surfaces, colours)
        self._scene = None
        self._reset.setVisible(self._cloud is not None)
        self.update()

    def show_progress(self, text: str, *, is_stopped: bool = False) -> None:
        """Afterwards ``text`` tells what is going on, with a button to stop it, or to begin again where it ``is_stopped``."""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._stop.setVisible(bool(text) and not is_stopped)
        self._build.setVisible(is_stopped)
        self.update()

    def show_crosshair(self, point: Point | None) -> None:
        """Afterwards a small cross is where the crosshair is in the patient."""
        if point != self._crosshair:
            self._crosshair = point
            self.update()

    # ---- Qt

    def sizeHint(self) -> QSize:
        return QSize(400, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the surfaces, the patient's directions and the crosshair."""
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), QColor(*self._colours.background))
            if self._cloud is None:
                if not self._text.text():
                    painter.setPen(QColor(*self._colours.text_dim))
                    middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                    area = self.rect().adjusted(32, 32, -32, -32)
                    painter.drawText(area, middle, self.tr("The surface of what is drawn appears here."))
                return
            if self._scene is None:
                ratio = self.devicePixelRatioF()
                wide, high = round(self.width() * ratio), round(self.height() * ratio)
                self._scene = draw(self._cloud, self.orbit, wide, high, is_quick=self._is_moving)
                rows, columns = self._scene.pixels.shape
                form = QImage.Format.Format_ARGB32_Premultiplied
                self._image = QImage(self._scene.pixels.data, columns, rows, columns * 4, form)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_directions(painter)
            self._paint_crosshair(painter, self._cloud)
        finally:
            painter.end()

    def showEvent(self, _: object) -> None:
        self.woken.emit()

    def resizeEvent(self, _: object) -> None:
        self._scene = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._press = (event.position(), event.button())
            self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        by, self._last = event.position() - self._last, event.position()
        if self._press[1] is Qt.MouseButton.LeftButton:
            self._look(self.orbit.turned(by.x() * TURN, by.y() * TURN), is_moving=True)
        else:
            side = min(self.width(), self.height())
            self._look(self.orbit.moved(by.x() / side, by.y() / side), is_moving=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press, self._press = self._press, None
        if press is None or press[1] is not Qt.MouseButton.LeftButton:
            return
        if (event.position() - press[0]).manhattanLength() <= SLIP and (point := self.point_at(event.position())):
            self.pointed.emit(point)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        self._look(self.orbit.zoomed(1.2 ** (event.angleDelta().y() / 120)), is_moving=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._look(self.orbit.turned(*_ARROWS[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._look(self.orbit.zoomed(1 / 1.2 if key is Qt.Key.Key_Minus else 1.2))
        elif key is Qt.Key.Key_Home:
            self._look(FRONT)
        else:
            super().keyPressEvent(event)

    # ---- inside

    def point_at(self, place: QPointF) -> Point | None:
        """Where in the patient (LPS, mm) the surface under a place lies; None where there is none."""
        if self._cloud is None or self._scene is None:
            return None
        rows, columns = self._scene.nearest.shape
        row, column = int(place.y() / self.height() * rows), int(place.x() / self.width() * columns)
        if not (0 <= row < rows and 0 <= column < columns) or (number := self._scene.nearest[row, column]) < 0:
            return None
        x, y, z = (self._cloud.points[:, number] + np.array(self._cloud.centre)).tolist()
        return x, y, z

    def _look(self, orbit: Orbit, *, is_moving: bool = False) -> None:
        self.orbit = orbit
        self._scene = None
        self._is_moving = is_moving
        if is_moving:
            self._calm.start()
        self.update()

    def _come_to_rest(self) -> None:
        if self._is_moving:
            self._is_moving = False
            self._scene = None
            self.update()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.hide()
        return button

    def _paint_directions(self, painter: QPainter) -> None:
        """Three short arms towards the patient's left, back and head, the nearest drawn last."""
        middle, reach = QPointF(40, self.height() - 44), 22.0
        arms = sorted(zip(self.orbit.rotation.T, "LPS", strict=True), key=lambda arm: -arm[0][2])
        for (right, down, away), letter in arms:
            end = middle + QPointF(right, down) * reach
            ink = QColor(*self._colours.text_dim)
            ink.setAlpha(150 if away > 0.2 else 255)
            painter.setPen(QPen(ink, 1.5))
            painter.drawLine(middle, end)
            box = QRectF(0, 0, 16, 16)
            box.moveCenter(middle + QPointF(right, down) * (reach + 10))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_crosshair(self, painter: QPainter, cloud: Cloud) -> None:
        if self._crosshair is None:
            return
        scale = scale_px(cloud, self.orbit, self.width(), self.height())
        right, down, _ = self.orbit.rotation @ (np.array(self._crosshair) - np.array(cloud.centre)) * scale
        side = min(self.width(), self.height())
        place = QPointF(
            self.width() / 2 + self.orbit.shift[0] * side + right, self.height() / 2 + self.orbit.shift[1] * side + down
        )
        for colour, width in ((QColor(0, 0, 0, 170), 3.5), (QColor(*self._colours.text), 1.5)):
            painter.setPen(QPen(colour, width))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(place + QPointF(x, y) * 4, place + QPointF(x, y) * 11)
