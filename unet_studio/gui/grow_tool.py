"""Growing a region from a click: the drag tunes how much alike it must be, the release applies it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tint import draw_tint, tint_of
from unet_studio.gui.tools import Ink, Touch
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Mask, patch_of
from unet_studio.labels.growing import grow_slice
from unet_studio.labels.likeness import Range, range_about
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.refusal import BUSY

PER_PIXEL = 1.01  # how much wider the tolerance gets for a logical pixel upwards


@dataclass(frozen=True, slots=True)
class _Seed:
    """Where the press was."""

    annotation: Annotation
    view: PlaneView
    index: int
    pixel: tuple[int, int]
    place: QPointF
    tolerance: float  # at the press
    erases: bool


class GrowTool:
    """Up widens the tolerance, down narrows it, while the region is seen; through a volume it grows on after the release.

    What grows is seen in every view, and Esc in any of them stops it.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._seed: _Seed | None = None
        self._tint: tuple[object, QImage] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still grows through the volume: Esc stops it."""
        return self._surface.growing.is_busy

    def press(self, touch: Touch) -> None:
        surface, viewport = self._surface, self._surface.viewport
        if surface.annotation is None or viewport.volume is None:
            return
        if surface.growing.is_busy:
            surface.annotation.refused(BUSY)
            return
        pixel = tuple(round(v) for v in surface.places.pixel_at(touch.place))
        size = viewport.view.size(viewport.volume.geometry.shape)
        if all(0 <= v < n for v, n in zip(pixel, size, strict=True)):
            row, column = pixel
            self._seed = _Seed(
                surface.annotation, viewport.view, viewport.index, (row, column), touch.place,
                surface.palette.brush.tolerance, touch.erases,
            )  # fmt: skip
            self._show(self._seed)

    def move(self, touch: Touch) -> None:
        if (seed := self._seed) is not None:
            palette = self._surface.palette
            up = seed.place.y() - touch.place.y()
            palette.set_brush(replace(palette.brush, tolerance=seed.tolerance * PER_PIXEL**up))
            self._show(seed)

    def release(self) -> None:
        seed, surface, volume = self._seed, self._surface, self._surface.viewport.volume
        if seed is None or volume is None:
            return
        self._seed = None
        if surface.palette.brush.grows_volume:
            within = self._range(*seed.pixel, seed.index)
            surface.growing.spread(volume, seed.view, seed.index, within, done=partial(self._apply, seed))
        else:
            mask = self._grown(*seed.pixel, seed.index)
            surface.growing.drop()
            self._apply(seed, {seed.index: mask})

    def cancel(self) -> bool:
        was_dragging, self._seed, self._tint = self._seed is not None, None, None
        return self._surface.growing.drop() or was_dragging

    def key(self, key: Qt.Key) -> None:
        """Esc stops growing through the volume; what has grown so far is dropped."""
        if key == Qt.Key.Key_Escape:
            self.cancel()

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Tints what has grown on the slice that is shown, whichever view it grew in."""
        growing, viewport = self._surface.growing, self._surface.viewport
        if growing.region is None or viewport.volume is None or growing.region.shape != viewport.volume.geometry.shape:
            return
        key = (growing.revision, viewport.view, viewport.index, ink.colour.rgb())
        if self._tint is None or self._tint[0] != key:
            self._tint = (key, tint_of(viewport.view.slice_of(growing.region, viewport.index), ink.colour))
        draw_tint(painter, framing, self._tint[1])

    # ---- inside

    def _show(self, seed: _Seed) -> None:
        volume = self._surface.viewport.volume
        if volume is not None:
            self._surface.growing.show(volume, seed.view, seed.index, self._grown(*seed.pixel, seed.index))

    def _apply(self, seed: _Seed, masks: Mapping[int, Mask]) -> None:
        if self._surface.annotation is seed.annotation:  # else another case is open by now
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
