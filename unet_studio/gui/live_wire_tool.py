"""The live-wire: an outline that clings to edges between the points that are clicked."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.sketching import draw_handles, draw_line
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Volume
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.live_wire import Cost, Wire, edge_cost
from unet_studio.labels.shapes import polygon

NEAR = 8.0  # logical pixels: a click this near to the first point closes

Place = tuple[Volume, PlaneView, int]


class LiveWireTool:
    """Open from the first click until it is closed as a polygon is; each click fixes the line up to there."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self.legs: list[list[PixelPoint]] = []  # from each click to the next; the first is the first click alone
        self._surface = surface
        self._wire: Wire | None = None  # from the last click
        self._costs: tuple[Place, Cost] | None = None
        self._slice: Place | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a point."""
        return bool(self.legs)

    def press(self, touch: Touch) -> None:
        surface, viewport = self._surface, self._surface.viewport
        if surface.annotation is None or viewport.volume is None:
            return
        here = (viewport.volume, viewport.view, viewport.index)
        if here != self._slice:
            self.legs, self._slice = [], here
        point = surface.pixel_at(touch.place)
        if touch.is_double or (touch.erases and self.legs):
            self.close(erase=touch.erases)
        elif len(self.legs) >= 2 and self._is_at_start(touch.place):
            self.close(erase=False)
        else:
            self.legs.append(self._wire.path_to(point) if self.legs and self._wire is not None else [point])
            self._begin_at(self.legs[-1][-1])

    def move(self, touch: Touch) -> None:
        """The line follows the cursor whether a button is down or not."""

    def release(self) -> None:
        pass

    def cancel(self) -> bool:
        was_open, self.legs, self._wire = bool(self.legs), [], None
        self._surface.redraw()
        return was_open

    def key(self, key: Qt.Key) -> None:
        """One of ``SKETCH_KEYS`` was pressed while the outline is open."""
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.legs.pop()
            if self.legs:
                self._begin_at(self.legs[-1][-1])
            self._surface.redraw()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        else:
            self.close(erase=False)

    def close(self, *, erase: bool) -> None:
        """Afterwards the inside holds the class in hand, or nothing where ``erase``; the last side clings to edges, too."""
        legs, wire, annotation = self.legs, self._wire, self._surface.annotation
        self.cancel()
        if annotation is None or self._slice is None or wire is None or not legs:
            return
        volume, view, index = self._slice
        outline = [point for leg in [*legs, wire.path_to(legs[0][0])] for point in leg]
        patch = polygon(outline, size=view.size(volume.geometry.shape))
        if patch is not None:
            annotation.fill_patch(view, index, patch, erase=erase, verb="outline")

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws the outline so far, and the line to the cursor that a click would fix."""
        viewport = self._surface.viewport
        if not self.legs or self._slice != (viewport.volume, viewport.view, viewport.index):
            return
        draw_line(painter, framing, [point for leg in self.legs for point in leg], ink)
        if ink.place is not None and self._wire is not None:
            draw_line(painter, framing, self._wire.path_to(self._surface.pixel_at(ink.place)), ink, is_sure=False)
        at_start = ink.place is not None and self._is_at_start(ink.place) and len(self.legs) >= 2
        draw_handles(painter, framing, [leg[-1] for leg in self.legs], ink, held=0 if at_start else None)

    def _begin_at(self, point: PixelPoint) -> None:
        """Afterwards the wire hangs on ``point``."""
        assert self._slice is not None
        if self._costs is None or self._costs[0] != self._slice:
            self._costs = (self._slice, edge_cost(self._surface.viewport.intensities(self._slice[2])))
        self._wire = Wire(self._costs[1], point)
        self._surface.redraw()

    def _is_at_start(self, place: QPointF) -> bool:
        away = QPointF(self._surface.place_of(self.legs[0][0]) - place)
        return float(away.manhattanLength()) <= NEAR
