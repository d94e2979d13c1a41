"""The brushes: plain, erasing, adaptive, and for a range of intensities."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tint import draw_tint, tint_of
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.volume import Index
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.likeness import Range, range_about
from unet_studio.workbench.pen import Limit

LIGHTEST = 0.25  # of the brush's radius, at no pressure at all
FULL_PRESSURE = 0.6  # a hand that presses harder than this tires


class BrushTool:
    """Draws with the class in hand; the eraser is the brush that always erases. ``limit`` says where a stroke may paint."""

    cursor = Qt.CursorShape.BlankCursor

    def __init__(
        self, surface: Surface, *, is_eraser: bool = False, limit: Callable[[PixelPoint], Limit] | None = None
    ) -> None:
        self.is_eraser = is_eraser
        self._surface = surface
        self._limit = limit
        self._is_drawing = False

    def press(self, touch: Touch) -> None:
        surface = self._surface
        if surface.annotation is not None and surface.viewport.volume is not None:
            erase = touch.erases or self.is_eraser or surface.palette.brush.is_eraser
            point = surface.places.pixel_at(touch.place)
            self._is_drawing = surface.annotation.begin_stroke(
                surface.viewport.view, surface.viewport.index, point, erase=erase,
                limit=self._limit(point) if self._limit is not None else None, share=self._share(touch),
            )  # fmt: skip

    def move(self, touch: Touch) -> None:
        if self._is_drawing and self._surface.annotation is not None:
            point = self._surface.places.pixel_at(touch.place)
            self._surface.annotation.extend_stroke(point, share=self._share(touch))

    def release(self) -> None:
        if self._is_drawing and self._surface.annotation is not None:
            self._is_drawing = False
            self._surface.annotation.end_stroke()

    def cancel(self) -> bool:
        was_drawing, self._is_drawing = self._is_drawing, False
        if was_drawing and self._surface.annotation is not None:
            self._surface.annotation.cancel_stroke()
        return was_drawing

    def _share(self, touch: Touch) -> float:
        if touch.pressure is None or not self._surface.palette.brush.follows_pressure:
            return 1.0
        return min(1.0, LIGHTEST + (1 - LIGHTEST) * touch.pressure / FULL_PRESSURE)


def adaptive_tool(surface: Surface) -> BrushTool:
    """A brush that paints only what resembles the intensities where the stroke began, and hangs together with it."""

    def alike(point: PixelPoint) -> Limit:
        viewport = surface.viewport
        here = viewport.intensities(viewport.index)
        row, column = (int(np.clip(round(v), 0, n - 1)) for v, n in zip(point, here.shape, strict=True))
        tolerance = surface.palette.brush.tolerance * viewport.auto.width
        return Limit(range_about(here, row, column, tolerance=tolerance), viewport.intensities, is_connected=True)

    return BrushTool(surface, limit=alike)


class ThresholdTool(BrushTool):
    """A brush that paints only within the brush's range of intensities; what lies within is tinted while it is in hand."""

    is_open = False

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface, limit=lambda _: Limit(range_in_hand(surface), surface.viewport.intensities))
        self._tint: tuple[object, QImage] | None = None

    def key(self, key: Qt.Key) -> None:
        """Takes none."""

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Tints what a stroke would paint."""
        viewport, within = self._surface.viewport, range_in_hand(self._surface)
        key = (viewport.volume, viewport.view, viewport.index, within, ink.colour.name())
        if self._tint is None or self._tint[0] != key:
            self._tint = (key, tint_of(within.holds(viewport.intensities(viewport.index)), ink.colour))
        draw_tint(painter, framing, self._tint[1])


def range_in_hand(surface: Surface) -> Range:
    """The range that threshold paint takes now."""
    return surface.palette.brush.range or surface.viewport.usual_range


def include(surface: Surface, voxel: Index) -> None:
    """Afterwards the brush's range holds the intensity of that voxel."""
    viewport = surface.viewport
    if (volume := viewport.volume) is not None:
        _, row, column = viewport.view.pixel_of(volume.geometry.shape, voxel)
        value = float(viewport.intensities(voxel[viewport.view.axis])[row, column])
        surface.palette.set_brush(replace(surface.palette.brush, range=range_in_hand(surface).widened(value)))
