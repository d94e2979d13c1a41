"""Rectangle and ellipse: dragged from corner to corner, or from the middle."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.sketching import draw_box
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Ink, Touch
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.shapes import corners, ellipse, rectangle


class ShapeTool:
    """Shift makes both sides alike in mm, Alt draws about the place of the press. The right button clears."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, kind: Literal["rectangle", "ellipse"]) -> None:
        self._surface = surface
        self._kind = kind
        self._start: PixelPoint | None = None
        self._ends: tuple[PixelPoint, PixelPoint] | None = None
        self._erases = False

    @property
    def is_open(self) -> bool:
        """Never between two drags."""
        return False

    def press(self, touch: Touch) -> None:
        if self._surface.annotation is not None and self._surface.viewport.volume is not None:
            self._start, self._erases, self._ends = self._surface.places.pixel_at(touch.place), touch.erases, None

    def move(self, touch: Touch) -> None:
        volume = self._surface.viewport.volume
        if self._start is not None and volume is not None:
            self._ends = corners(
                self._start, self._surface.places.pixel_at(touch.place),
                spacing=self._surface.viewport.view.spacing_mm(volume.geometry),
                is_even=touch.is_even, is_centred=touch.is_centred,
            )  # fmt: skip
            self._surface.redraw()

    def release(self) -> None:
        ends, annotation, viewport = self._ends, self._surface.annotation, self._surface.viewport
        self.cancel()
        if ends is None or annotation is None or viewport.volume is None:
            return  # a click without a drag draws nothing
        size = viewport.view.size(viewport.volume.geometry.shape)
        patch = (rectangle if self._kind == "rectangle" else ellipse)(*ends, size=size)
        if patch is not None:
            annotation.fill_patch(viewport.view, viewport.index, patch, erase=self._erases, verb="outline")

    def cancel(self) -> bool:
        was_drawing, self._start, self._ends = self._start is not None, None, None
        self._surface.redraw()
        return was_drawing

    def key(self, key: Qt.Key) -> None:
        """Takes none."""

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws the shape as it is so far."""
        if self._ends is not None:
            draw_box(painter, framing, *self._ends, ink, is_round=self._kind == "ellipse")
