"""The canvas as tools see it: what lies where on it, zoom and pan, and what of it is to be painted again."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from unet_studio.gui.framing import Framing
from unet_studio.gui.picture import Picture
from unet_studio.gui.places import Places
from unet_studio.gui.pointer import Pointer
from unet_studio.gui.readout import Readout, read_out
from unet_studio.gui.relay import Relay
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.growing import Growing
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Voices:
    """Whom the surface tells: what is under the cursor, another tool asked for, a sentence, another zoom, a press."""

    hovered: Callable[[Readout | None], None]
    tool_asked: Callable[[str], None]
    told: Callable[[str], None]
    zoomed: Callable[[], None]
    pressed: Callable[[], None]


class Overlay(Protocol):
    """Something drawn over the slice."""

    def paint(self, painter: QPainter, framing: Framing, ratio: float) -> None:
        """Draws it in device pixels, ``ratio`` of them to a logical one."""
        ...


class Surface:
    """Places are logical pixels of ``widget``. Nothing here paints; it says what is to be painted."""

    def __init__(self, widget: QWidget, viewport: Viewport, palette: Palette, picture: Picture, voices: Voices) -> None:
        self.viewport = viewport
        self.palette = palette
        self.places = Places(widget, viewport)
        self.pointer = Pointer(widget, viewport, palette, self.places)
        self.overlays: list[Overlay] = []
        self.crosshair: Crosshair | None = None  # where there is more than one view
        self.growing = Growing(Relay().post)
        self.growing.changed.connect(self.redraw)
        self._widget = widget
        self._picture = picture
        self._voices = voices

    def share_growing(self, other: "Surface") -> None:
        """Afterwards what grows on either canvas is seen on both."""
        self.growing.changed.disconnect(self.redraw)
        self.growing = other.growing
        self.growing.changed.connect(self.redraw)

    @property
    def annotation(self) -> Annotation | None:
        """What is drawn on."""
        return self._picture.annotation

    @property
    def shows_labels(self) -> bool:
        """Whether what is drawn would be seen."""
        return self._picture.look.are_labels_visible

    def readout_at(self, place: QPointF) -> Readout | None:
        """What lies at a place; None outside the slice."""
        if self.viewport.volume is None:
            return None
        proposal = self._picture.proposal
        proposed = proposal.labels if proposal is not None else None
        return read_out(self.viewport, self.places.pixel_at(place), labels=self._picture.labels, proposed=proposed)

    def point_crosshair(self, place: QPointF) -> None:
        """Afterwards the crosshair is at ``place``, in every view."""
        volume = self.viewport.volume
        if self.crosshair is None or volume is None:
            return
        view, shape = self.viewport.view, volume.geometry.shape
        row, column = (
            max(0, min(n - 1, int(v // 1)))
            for v, n in zip((p + 0.5 for p in self.places.pixel_at(place)), view.size(shape), strict=True)
        )
        self.crosshair.go(view.voxel_at(shape, self.viewport.index, row, column))

    def pan_by(self, by: QPointF) -> None:
        """Afterwards the slice lies that much further right and down."""
        self.places.lens.pan_by(by.x() * self.places.ratio, by.y() * self.places.ratio)
        self.redraw()
        self._voices.zoomed()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Afterwards the slice is ``factor`` times as large; what lies at ``at``, or in the middle, stays there."""
        if self.viewport.volume is not None:
            ratio = self.places.ratio
            self.places.lens.zoom_by(factor, None if at is None else (at.x() * ratio, at.y() * ratio))
            self.redraw()
            self._voices.zoomed()

    def fit(self) -> None:
        """Afterwards the whole slice is shown, also when the canvas changes its size."""
        if self.viewport.volume is not None:
            self.places.lens.fit()
            self.redraw()
            self._voices.zoomed()

    def hover(self, place: QPointF | None) -> None:
        """Afterwards the cursor is at ``place``, and what lies there has been told."""
        self.pointer.go(place)
        self._voices.hovered(None if place is None else self.readout_at(place))

    def ask_tool(self, name: str) -> None:
        """Afterwards another tool has been asked for."""
        self._voices.tool_asked(name)

    def began(self) -> None:
        """Afterwards a press has been told of."""
        self._voices.pressed()

    def tell(self, sentence: str) -> None:
        """Afterwards the user has been told."""
        self._voices.told(sentence)

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        """Afterwards the cursor has that shape; there is no brush's ring where nothing can be drawn on."""
        if shape == Qt.CursorShape.BlankCursor and (self.viewport.volume is None or self.annotation is None):
            shape = Qt.CursorShape.ArrowCursor
        self.pointer.take(shape)

    def redraw(self) -> None:
        """Afterwards all of it is painted again soon."""
        self._widget.update()

    def redraw_pixels(self, box: tuple[slice, slice]) -> None:
        """Afterwards these rows and columns of the slice are painted again soon, with what their neighbours show of them."""
        rows, columns = box
        framing, ratio = self.places.framing, self.places.ratio
        left = math.floor((framing.left + (columns.start - 1) * framing.across) / ratio) - 1
        top = math.floor((framing.top + (rows.start - 1) * framing.down) / ratio) - 1
        right = math.ceil((framing.left + (columns.stop + 1) * framing.across) / ratio) + 1
        bottom = math.ceil((framing.top + (rows.stop + 1) * framing.down) / ratio) + 1
        self._widget.update(left, top, right - left, bottom - top)
