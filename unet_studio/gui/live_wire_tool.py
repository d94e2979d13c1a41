"""The live-wire: an outline that clings to edges between the points that are clicked, which can be dragged until it is closed."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.sketching import draw_handles, draw_line
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Volume
from unet_studio.labels.live_wire import Cost, edge_cost
from unet_studio.labels.shapes import polygon
from unet_studio.labels.wired_outline import WiredOutline

NEAR = 8.0  # logical pixels: a press this near to a point takes it
APART = 3.0  # logical pixels that a point in the hand has to go to be moved

Place = tuple[Volume, PlaneView, int]


class LiveWireTool:
    """Open from the first click until it is closed as a polygon is; each click fixes the line up to there.

    A point is dragged, and removed by the right button or Delete on it; a click on the first one closes.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._outline: WiredOutline | None = None
        self._slice: Place | None = None  # that it is drawn on
        self._known_cost: tuple[Place, Cost] | None = None
        self._held: int | None = None  # the point in the hand
        self._pressed: QPointF | None = None  # where it was taken; None once it moves

    @property
    def is_open(self) -> bool:
        """Whether there is a point."""
        return self._outline is not None and bool(self._outline.points)

    def press(self, touch: Touch) -> None:
        surface, viewport = self._surface, self._surface.viewport
        if surface.annotation is None or viewport.volume is None:
            return
        here = (viewport.volume, viewport.view, viewport.index)
        if self._outline is None or here != self._slice:
            self._outline, self._slice = WiredOutline(self._cost(here)), here
        near = self._near(touch.place)
        if touch.is_double:
            self.close(erase=touch.erases)
        elif touch.erases and self._outline.points:
            if near is None:
                self.close(erase=True)
            else:
                self._outline.remove(near)
        elif near is not None:
            self._held, self._pressed = near, touch.place
            self._outline.hold(near)
        else:
            self._outline.add(surface.places.pixel_at(touch.place))
        surface.redraw()

    def move(self, touch: Touch) -> None:
        """The line follows the cursor whether a button is down or not; a point in the hand takes its two lines along."""
        if self._held is None or self._outline is None:
            return
        if self._pressed is None or (touch.place - self._pressed).manhattanLength() >= APART:
            self._pressed = None
            self._outline.carry(self._surface.places.pixel_at(touch.place))
            self._surface.redraw()

    def release(self) -> None:
        is_click = self._held == 0 and self._pressed is not None
        self._held = self._pressed = None
        if is_click and self._outline is not None and len(self._outline.points) >= 2:
            self.close(erase=False)

    def cancel(self) -> bool:
        was_open, self._outline, self._held = self.is_open, None, None
        self._surface.redraw()
        return was_open

    def key(self, key: Qt.Key) -> None:
        """One of ``SKETCH_KEYS`` was pressed while the outline is open."""
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._outline is not None:
            place = self._surface.pointer.place
            near = self._near(place) if key == Qt.Key.Key_Delete and place is not None else None
            self._outline.remove(len(self._outline.points) - 1 if near is None else near)
            self._held = None
            self._surface.redraw()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        else:
            self.close(erase=False)

    def close(self, *, erase: bool) -> None:
        """Afterwards the inside holds the class in hand, or nothing where ``erase``; the last side clings to edges, too."""
        outline, annotation = self._outline, self._surface.annotation
        self.cancel()
        if annotation is None or self._slice is None or outline is None:
            return
        volume, view, index = self._slice
        patch = polygon(outline.ring, size=view.size(volume.geometry.shape))
        if patch is not None:
            annotation.fill_patch(view, index, patch, erase=erase, verb="outline")

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws the outline so far, and the line to the cursor that a click would fix."""
        viewport, outline = self._surface.viewport, self._outline
        if outline is None or not self.is_open or self._slice != (viewport.volume, viewport.view, viewport.index):
            return
        draw_line(painter, framing, outline.line, ink)
        near = self._held
        if ink.place is not None and self._held is None:
            near = self._near(ink.place)
            if near is None:
                ahead = outline.ahead(self._surface.places.pixel_at(ink.place))
                draw_line(painter, framing, ahead, ink, is_sure=False)
        draw_handles(painter, framing, outline.points, ink, held=near)

    def _cost(self, place: Place) -> Cost:
        if self._known_cost is None or self._known_cost[0] != place:
            self._known_cost = (place, edge_cost(self._surface.viewport.intensities(place[2])))
        return self._known_cost[1]

    def _near(self, place: QPointF) -> int | None:
        """The nearest point, where one is near."""
        points = self._outline.points if self._outline is not None else []
        away = [QPointF(self._surface.places.place_of(p) - place).manhattanLength() for p in points]
        nearest = min(range(len(away)), key=away.__getitem__, default=None)
        return nearest if nearest is not None and away[nearest] <= NEAR else None
