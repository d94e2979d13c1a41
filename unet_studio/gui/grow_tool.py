"""Growing a region from a click: the drag tunes how much alike it must be, the release applies it."""

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tint import draw_tint, tint_of
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Mask, patch_of
from unet_studio.labels.growing import grow_slice, grow_volume
from unet_studio.labels.likeness import Range, range_about
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.refusal import BUSY
from unet_studio.workbench.viewport import slice_intensities

PER_PIXEL = 1.01  # how much wider the tolerance gets for a logical pixel upwards
SHARE_MS = 8.0  # of the window's time for growing through a volume, at a stretch


@dataclass(slots=True)
class _Seed:
    """Where the press was, and what grew of it in its slice so far."""

    annotation: Annotation
    view: PlaneView
    index: int
    pixel: tuple[int, int]
    place: QPointF
    tolerance: float  # at the press
    erases: bool
    mask: Mask
    volume: dict[int, Mask] | None = None  # while it grows through the slices: what has grown


class GrowTool:
    """Up widens the tolerance, down narrows it, while the region is seen; through a volume it grows on after the release."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._seed: _Seed | None = None
        self._steps: Generator[tuple[int, Mask], None, None] | None = None
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._grow_on)
        self._tint: tuple[object, QImage] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still grows through the volume: Esc stops it."""
        return self._steps is not None

    def press(self, touch: Touch) -> None:
        surface, viewport = self._surface, self._surface.viewport
        if surface.annotation is None or viewport.volume is None:
            return
        if self._steps is not None:
            surface.annotation.refused(BUSY)
            return
        pixel = tuple(round(v) for v in surface.pixel_at(touch.place))
        size = viewport.view.size(viewport.volume.geometry.shape)
        if all(0 <= v < n for v, n in zip(pixel, size, strict=True)):
            row, column = pixel
            self._seed = _Seed(
                surface.annotation, viewport.view, viewport.index, (row, column), touch.place,
                surface.palette.brush.tolerance, touch.erases, self._grown(row, column, viewport.index),
            )  # fmt: skip
            surface.redraw()

    def move(self, touch: Touch) -> None:
        if (seed := self._seed) is not None and self._steps is None:
            palette = self._surface.palette
            up = seed.place.y() - touch.place.y()
            palette.set_brush(replace(palette.brush, tolerance=seed.tolerance * PER_PIXEL**up))
            seed.mask = self._grown(*seed.pixel, seed.index)
            self._surface.redraw()

    def release(self) -> None:
        seed, viewport = self._seed, self._surface.viewport
        if seed is None or self._steps is not None:
            return
        if not self._surface.palette.brush.grows_volume or viewport.volume is None:
            self._apply(seed, {seed.index: seed.mask})
            return
        volume, view = viewport.volume, viewport.view
        self._steps = grow_volume(
            partial(slice_intensities, volume, view), seed.index, seed.mask, self._range(*seed.pixel, seed.index),
            count=view.count(volume.geometry.shape),
        )  # fmt: skip
        seed.volume = {seed.index: seed.mask}
        self._timer.start()
        self._surface.tell(QCoreApplication.translate("Canvas", "Growing through the volume. Esc stops it."))

    def cancel(self) -> bool:
        was_growing, self._seed, self._steps, self._tint = self._seed is not None, None, None, None
        self._timer.stop()
        self._surface.redraw()
        return was_growing

    def key(self, key: Qt.Key) -> None:
        """Esc stops growing through the volume; what has grown so far is dropped."""
        if key == Qt.Key.Key_Escape:
            self.cancel()

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Tints what has grown on the slice that is shown."""
        seed, viewport = self._seed, self._surface.viewport
        if seed is None or viewport.view != seed.view:
            return
        grown = {seed.index: seed.mask} if seed.volume is None else seed.volume
        if (mask := grown.get(viewport.index)) is not None:
            key = (id(mask), viewport.index)
            if self._tint is None or self._tint[0] != key:
                self._tint = (key, tint_of(mask, ink.colour))
            draw_tint(painter, framing, self._tint[1])

    def _grow_on(self) -> None:
        """A few slices further; applied once nothing grows any more."""
        seed, steps = self._seed, self._steps
        if seed is None or steps is None or seed.volume is None or self._surface.annotation is not seed.annotation:
            self.cancel()
            return
        until = time.monotonic() + SHARE_MS / 1000
        try:
            while time.monotonic() < until:
                index, mask = next(steps)
                seed.volume[index] = mask
        except StopIteration:
            self._apply(seed, seed.volume)
            return
        self._surface.redraw()

    def _apply(self, seed: _Seed, masks: Mapping[int, Mask]) -> None:
        self.cancel()
        patches = {index: patch for index, mask in masks.items() if (patch := patch_of(mask)) is not None}
        seed.annotation.fill_patches(seed.view, patches, erase=seed.erases, verb="grow")

    def _range(self, row: int, column: int, index: int) -> Range:
        viewport, tolerance = self._surface.viewport, self._surface.palette.brush.tolerance
        here = viewport.intensities(index)
        about = range_about(here, row, column, tolerance=tolerance * viewport.auto.width)
        return about.widened(float(here[row, column]))  # a noisy pixel under the cursor is no reason to grow nothing

    def _grown(self, row: int, column: int, index: int) -> Mask:
        here = self._surface.viewport.intensities(index)
        return grow_slice(here, row, column, self._range(row, column, index))
