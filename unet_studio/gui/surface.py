"""The canvas as tools see it: places and pixels, zoom and pan, and what of it is to be painted again."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QPainter
from PySide6.QtWidgets import QWidget

from unet_studio.gui.framing import Framing, Sheet
from unet_studio.gui.lens import Lens
from unet_studio.gui.picture import Picture
from unet_studio.gui.readout import Readout, read_out
from unet_studio.gui.relay import Relay
from unet_studio.gui.ring import ring_box
from unet_studio.image.plane import Plane, PlaneView
from unet_studio.image.volume import Geometry
from unet_studio.labels.brush import PixelPoint
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.growing import Growing
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.pen import brush_spacing
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
        self.lens = Lens(self._sheet)
        self.place: QPointF | None = None  # where the cursor is, None outside the canvas
        self.shows_ring = False
        self.overlays: list[Overlay] = []
        self.crosshair: Crosshair | None = None  # where there is more than one view
        self.growing = Growing(Relay().post)
        self.growing.changed.connect(self.redraw)
        self._widget = widget
        self._picture = picture
        self._voices = voices
        self._known_sheet: tuple[Geometry, PlaneView, tuple[int, int, float], Sheet] | None = None
        self._ring = QRect()  # where the ring was when last asked for

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

    @property
    def framing(self) -> Framing:
        """Where the slice lies, in device pixels."""
        return self.lens.framing

    @property
    def size(self) -> QSize:
        """Of the canvas, in logical pixels."""
        return self._widget.size()

    @property
    def ratio(self) -> float:
        """Device pixels to a logical one."""
        return self._widget.devicePixelRatioF()

    @property
    def ring_radius(self) -> QPointF:
        """The brush's radius on the screen, across and down."""
        volume = self.viewport.volume
        if volume is None:
            return QPointF()
        view, sides = self.viewport.view, brush_spacing(volume.geometry, self.palette.brush)
        height, width = sides[view.rows], sides[view.columns]
        framing, radius = self.framing, self.palette.brush.radius / self.ratio
        return QPointF(radius / width * framing.across, radius / height * framing.down)

    @property
    def zoom_text(self) -> str:
        """How large the slice is shown, such as 5.0×; empty while none is open."""
        return f"{self.lens.factor:.1f}×" if self.viewport.volume is not None else ""

    def pixel_at(self, place: QPointF) -> PixelPoint:
        """The (row, column) at a place; whole numbers are pixel centres."""
        return self.framing.pixel_at(place.x() * self.ratio, place.y() * self.ratio)

    def place_on(self, screen: QPointF) -> QPointF:
        """The place that lies there on the screen."""
        return self._widget.mapFromGlobal(screen)

    def place_of(self, point: PixelPoint) -> QPointF:
        """Where a (row, column) lies."""
        return QPointF(*self.framing.place_of(point)) / self.ratio

    def readout_at(self, place: QPointF) -> Readout | None:
        """What lies at a place; None outside the slice."""
        if self.viewport.volume is None:
            return None
        proposal = self._picture.proposal
        proposed = proposal.labels if proposal is not None else None
        return read_out(self.viewport, self.pixel_at(place), labels=self._picture.labels, proposed=proposed)

    def point_crosshair(self, place: QPointF) -> None:
        """Afterwards the crosshair is at ``place``, in every view."""
        volume = self.viewport.volume
        if self.crosshair is None or volume is None:
            return
        view, shape = self.viewport.view, volume.geometry.shape
        row, column = (
            max(0, min(n - 1, int(v // 1)))
            for v, n in zip((p + 0.5 for p in self.pixel_at(place)), view.size(shape), strict=True)
        )
        self.crosshair.go(view.voxel_at(shape, self.viewport.index, row, column))

    def pan_by(self, by: QPointF) -> None:
        """Afterwards the slice lies that much further right and down."""
        self.lens.pan_by(by.x() * self.ratio, by.y() * self.ratio)
        self.redraw()
        self._voices.zoomed()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Afterwards the slice is ``factor`` times as large; what lies at ``at``, or in the middle, stays there."""
        if self.viewport.volume is not None:
            self.lens.zoom_by(factor, None if at is None else (at.x() * self.ratio, at.y() * self.ratio))
            self.redraw()
            self._voices.zoomed()

    def fit(self) -> None:
        """Afterwards the whole slice is shown, also when the canvas changes its size."""
        if self.viewport.volume is not None:
            self.lens.fit()
            self.redraw()
            self._voices.zoomed()

    def hover(self, place: QPointF | None) -> None:
        """Afterwards the cursor is at ``place``, and what lies there has been told."""
        self.place = place
        self.redraw_ring()
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
        """Afterwards the cursor has that shape; a blank one is the brush's ring."""
        if shape == Qt.CursorShape.BlankCursor and (self.viewport.volume is None or self.annotation is None):
            shape = Qt.CursorShape.ArrowCursor
        self.shows_ring = shape == Qt.CursorShape.BlankCursor
        if self._widget.cursor().shape() != shape:
            self._widget.setCursor(QCursor(shape))
        self.redraw_ring()

    def redraw(self) -> None:
        """Afterwards all of it is painted again soon."""
        self._widget.update()

    def redraw_ring(self) -> None:
        """Afterwards the ring is painted where it is now, and no longer where it was."""
        now = QRect()
        if self.shows_ring and self.place is not None:
            now = ring_box(self.place, self.ring_radius)
        for box in {self._ring, now} if self._ring != now or not now.isNull() else ():
            if not box.isNull():
                self._widget.update(box)
        self._ring = now

    def redraw_pixels(self, box: tuple[slice, slice]) -> None:
        """Afterwards these rows and columns of the slice are painted again soon, with what their neighbours show of them."""
        rows, columns = box
        framing, ratio = self.framing, self.ratio
        left = math.floor((framing.left + (columns.start - 1) * framing.across) / ratio) - 1
        top = math.floor((framing.top + (rows.start - 1) * framing.down) / ratio) - 1
        right = math.ceil((framing.left + (columns.stop + 1) * framing.across) / ratio) + 1
        bottom = math.ceil((framing.top + (rows.stop + 1) * framing.down) / ratio) + 1
        self._widget.update(left, top, right - left, bottom - top)

    def _sheet(self) -> tuple[Plane, Sheet]:
        volume = self.viewport.volume
        assert volume is not None
        view, widget = self.viewport.view, self._widget
        known, ratio = self._known_sheet, widget.devicePixelRatioF()
        now = widget.width(), widget.height(), ratio
        # By identity: this is asked for a dozen times for each repaint, and comparing geometries takes a microsecond.
        if known is None or known[0] is not volume.geometry or known[1] is not view or known[2] != now:
            width, height = (round(n * ratio) for n in now[:2])
            size, spacing = view.size(volume.geometry.shape), view.spacing_mm(volume.geometry)
            known = self._known_sheet = (volume.geometry, view, now, Sheet(size, spacing, width, height, ratio))
        return view.plane, known[3]
