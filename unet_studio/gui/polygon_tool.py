"""The polygon: points by clicks, an outline by dragging, an area when it is closed."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.shapes import polygon

NEAR = 8.0  # logical pixels: a click this near to the first point closes
APART = 3.0  # logical pixels between the points of a drag


class PolygonTool:
    """Open from the first point until it is closed or cancelled; it belongs to the slice it was begun on.

    Closed by a double click, Enter, a click on its first point, or the right button, which clears its inside.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self.points: list[PixelPoint] = []
        self._surface = surface
        self._slice: tuple[PlaneView, int] | None = None
        self._last = QPointF()
        self._is_lasso = False  # the right button began it

    def press(self, touch: Touch) -> None:
        surface = self._surface
        if surface.annotation is None or surface.viewport.volume is None:
            return
        here = (surface.viewport.view, surface.viewport.index)
        if here != self._slice:
            self.points, self._slice = [], here
        if touch.is_double:
            self.close(erase=touch.erases)
            return
        self._is_lasso = touch.erases
        if touch.erases and self.points:
            return  # the release closes it
        if len(self.points) >= 3 and self._distance(self.points[0], touch.place) <= NEAR:
            self.close(erase=False)
            return
        self._add(touch.place)

    def move(self, touch: Touch) -> None:
        if self.points and (touch.place - self._last).manhattanLength() >= APART:
            self._add(touch.place)

    def release(self) -> None:
        if self._is_lasso:
            self._is_lasso = False
            self.close(erase=True)

    def cancel(self) -> bool:
        was_open = bool(self.points)
        self.points, self._is_lasso = [], False
        self._surface.redraw()
        return was_open

    def key(self, key: Qt.Key) -> None:
        """One of ``SKETCH_KEYS`` was pressed while the polygon is open."""
        if key == Qt.Key.Key_Backspace:
            self.points.pop()
            self._surface.redraw()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        else:
            self.close(erase=False)

    def close(self, *, erase: bool) -> None:
        """Afterwards the polygon's inside holds the class in hand, or nothing where ``erase``."""
        points, annotation, volume = self.points, self._surface.annotation, self._surface.viewport.volume
        self.cancel()
        if annotation is None or volume is None or self._slice is None:
            return
        view, index = self._slice
        patch = polygon(points, size=view.size(volume.geometry.shape))
        if patch is not None:
            annotation.fill_patch(view, index, patch, erase=erase, verb="outline")

    @property
    def is_open(self) -> bool:
        """Whether there is a point."""
        return bool(self.points)

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws the open polygon, in device pixels, and the line that a click at the cursor would add."""
        colour, ratio, place = ink.colour, ink.ratio, ink.place
        if not self.points or self._slice != (self._surface.viewport.view, self._surface.viewport.index):
            return
        line = QPolygonF([QPointF(*framing.place_of(p)) for p in self.points])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ahead = QPolygonF([line.last(), place * ratio, line.first()]) if place is not None else QPolygonF()
        for pen in (QPen(QColor(0, 0, 0, 150), 3.5 * ratio), QPen(colour, 1.5 * ratio)):
            painter.setPen(pen)
            painter.drawPolyline(line)
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawPolyline(ahead)
        painter.setPen(QPen(QColor(0, 0, 0, 150), ratio))
        painter.setBrush(colour)
        for point in (line.first(), line.last()):
            painter.drawEllipse(point, 4 * ratio, 4 * ratio)
        painter.restore()

    def _add(self, place: QPointF) -> None:
        self._last = place
        self.points.append(self._surface.pixel_at(place))
        self._surface.redraw()

    def _distance(self, point: PixelPoint, place: QPointF) -> float:
        here, there = self._surface.place_of(point), place
        return float(QPointF(here - there).manhattanLength())
