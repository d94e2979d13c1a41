"""The polygon and lasso: points by clicks, an outline by dragging, all of them to be moved until it is closed."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.sketching import draw_handles, draw_line
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.shapes import nearest_side, polygon, thinned

NEAR = 8.0  # logical pixels: a press this near to a point takes it
BESIDE = 5.0  # logical pixels: a press this near to a side puts a point there
APART = 3.0  # logical pixels between the points of a drag
LOOSE = 1.0  # logical pixels that a drawn outline may move when its points are thinned


class PolygonTool:
    """Open from the first point until it is closed or cancelled; it belongs to the slice it was begun on.

    Closed by a double click, Enter, a click on its first point, a drawn outline that ends there, or the right button, which
    clears its inside. Until then points are dragged, put into a side by pressing on it, and removed by the right button or
    Delete on them.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self.points: list[PixelPoint] = []
        self._surface = surface
        self._slice: tuple[PlaneView, int] | None = None
        self._last = QPointF()
        self._is_lasso = False  # the right button began it
        self._held: int | None = None  # the point in the hand
        self._has_moved = False
        self._drawn_from: int | None = None  # the first point of the outline now being drawn

    @property
    def is_open(self) -> bool:
        """Whether there is a point."""
        return bool(self.points)

    def press(self, touch: Touch) -> None:
        surface = self._surface
        if surface.annotation is None or surface.viewport.volume is None:
            return
        here = (surface.viewport.view, surface.viewport.index)
        if here != self._slice:
            self.points, self._slice = [], here
        self._last, self._has_moved, self._held, self._drawn_from = touch.place, False, None, None
        if touch.is_double:
            self.close(erase=touch.erases)
            return
        near = self._near(touch.place)
        if touch.erases and self.points:
            if near is not None:
                self._remove(near)
            else:
                self._is_lasso = True  # the release closes it
            return
        self._is_lasso = touch.erases
        if near is not None:
            self._held = near
        elif (side := self._side(touch.place)) is not None:
            self.points.insert(side + 1, surface.places.pixel_at(touch.place))
            self._held = side + 1
        else:
            self._drawn_from = len(self.points)
            self._add(touch.place)
        surface.redraw()

    def move(self, touch: Touch) -> None:
        if not self.points or (touch.place - self._last).manhattanLength() < APART:
            return
        self._has_moved = True
        if self._held is not None:
            self._last = touch.place
            self.points[self._held] = self._surface.places.pixel_at(touch.place)
            self._surface.redraw()
        elif self._drawn_from is not None:
            self._add(touch.place)

    def release(self) -> None:
        if self._is_lasso:
            self._is_lasso = False
            self.close(erase=True)
        elif self._held == 0 and not self._has_moved and len(self.points) >= 3:
            self.close(erase=False)
        elif self._drawn_from is not None and self._has_moved:
            self._end_drawing(self._drawn_from)
        self._held = self._drawn_from = None

    def cancel(self) -> bool:
        was_open = bool(self.points)
        self.points, self._is_lasso, self._held, self._drawn_from = [], False, None, None
        self._surface.redraw()
        return was_open

    def key(self, key: Qt.Key) -> None:
        """One of ``SKETCH_KEYS`` was pressed while the polygon is open."""
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            place = self._surface.pointer.place
            near = self._near(place) if key == Qt.Key.Key_Delete and place is not None else None
            self._remove(len(self.points) - 1 if near is None else near)
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

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws the open polygon, in device pixels, and the line that a click at the cursor would add."""
        if not self.points or self._slice != (self._surface.viewport.view, self._surface.viewport.index):
            return
        draw_line(painter, framing, self.points, ink)
        near = self._held
        if ink.place is not None and self._drawn_from is None and self._held is None:
            near = self._near(ink.place)
            ahead = [self.points[-1], self._surface.places.pixel_at(ink.place), self.points[0]]
            if near is None and self._side(ink.place) is None:
                draw_line(painter, framing, ahead, ink, is_sure=False)
        if self._drawn_from is None:
            draw_handles(painter, framing, self.points, ink, held=near)
        else:
            draw_handles(painter, framing, [self.points[0]], ink)

    def _end_drawing(self, first: int) -> None:
        """Afterwards the drawn outline has as few points as it needs; closed where it came back to its beginning."""
        is_back = len(self.points) > 3 and self._distance(self.points[0], self._last) <= NEAR
        drawn = self.points[max(0, first - 1) :]
        places = self._surface.places
        loose = LOOSE * places.ratio / min(places.framing.across, places.framing.down)
        self.points[max(0, first - 1) :] = thinned(drawn, tolerance=loose)
        if is_back:
            self.close(erase=False)
        self._surface.redraw()

    def _add(self, place: QPointF) -> None:
        self._last = place
        self.points.append(self._surface.places.pixel_at(place))
        self._surface.redraw()

    def _remove(self, number: int) -> None:
        self.points.pop(number)
        self._surface.redraw()

    def _near(self, place: QPointF) -> int | None:
        """The nearest point, where one is near."""
        away = [self._distance(point, place) for point in self.points]
        nearest = min(range(len(away)), key=away.__getitem__, default=None)
        return nearest if nearest is not None and away[nearest] <= NEAR else None

    def _side(self, place: QPointF) -> int | None:
        """The side that ``place`` lies on, by its first point."""
        if len(self.points) < 2:
            return None
        surface = self._surface
        shown = [surface.places.place_of(p) for p in self.points]
        side, away = nearest_side([(p.y(), p.x()) for p in shown], (place.y(), place.x()))
        return side if away <= BESIDE else None

    def _distance(self, point: PixelPoint, place: QPointF) -> float:
        return float(QPointF(self._surface.places.place_of(point) - place).manhattanLength())
