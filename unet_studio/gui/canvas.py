"""Where the slice is shown and drawn on. Only here and in the rooms beside it are places (x, y)."""

import math

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from unet_studio.gui.attention import Attention
from unet_studio.gui.bubble import Bubble
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.cross_lines import CrossLines
from unet_studio.gui.gestures import Gestures
from unet_studio.gui.hand import Hand
from unet_studio.gui.inscription import Inscription
from unet_studio.gui.magnifier import Magnifier
from unet_studio.gui.picture import Look, Picture
from unet_studio.gui.ring import Ring
from unet_studio.gui.surface import Surface, Voices
from unet_studio.gui.tools import Ink
from unet_studio.labels.brush import PixelPoint
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.viewport import Viewport

OUTLINE = 1.75  # logical pixels


class Canvas(QWidget):
    """Shows the viewport's slice with the labels on it, and turns mouse, pen and keys into strokes, zoom and slices.

    ``hovered`` tells what is under the cursor (a ``Readout``, or None), ``tool_asked`` of another tool to be chosen, ``told``
    a sentence for the user, ``labels_asked`` that labels are to be shown, ``zoomed`` of another zoom or part in sight,
    ``dressed`` of another tool in hand or another way to show the slice.
    """

    hovered = Signal(object)
    tool_asked = Signal(str)
    told = Signal(str)
    labels_asked = Signal()
    zoomed = Signal()
    dressed = Signal()

    def __init__(
        self, viewport: Viewport, palette: Palette, colours: CanvasColours | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.viewport = viewport
        self.colours = colours or CanvasColours()
        self.picture = Picture(viewport, palette, proposal_colour=self.colours.proposal)
        voices = Voices(
            self.hovered.emit, self.tool_asked.emit, self.told.emit, self.zoomed.emit, lambda: self.bubble.hide()
        )
        self.surface = Surface(self, viewport, palette, self.picture, voices)
        self.surface.overlays.append(CrossLines(self.surface))
        self.hand = Hand(self.surface)
        self._gestures = Gestures(self.surface, self.hand, self)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Slice"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # A filter, not an override of event(): with one, an exception in paintEvent ends the process (PySide6 6.11 on 3.11).
        self.installEventFilter(self._gestures)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.is_beside = False  # one of several views, and not the main one
        self._tool = "brush"
        self._magnifier: Magnifier | None = None
        self._ring = Ring()
        self._inscription = Inscription(self.surface, self.picture)
        self.bubble = Bubble(self)
        self._attention = Attention(self, viewport, palette)

    # ---- what the window sets

    @property
    def look(self) -> Look:
        """How the slice is shown; another one is shown at once."""
        return self.picture.look

    @look.setter
    def look(self, look: Look) -> None:
        self.picture.look = look
        self.show_otherwise()

    def set_annotation(self, annotation: Annotation | None) -> None:
        """Afterwards ``annotation`` is shown and drawn on; None for none."""
        self._attention.turn_to(annotation)
        self.dressed.emit()

    def show_otherwise(self) -> None:
        """Afterwards the slice is shown anew: in another way, or its classes changed."""
        self.picture.look_changed()
        self.update()
        self.dressed.emit()

    def set_tool(self, name: str) -> None:
        """Afterwards that tool is in hand, by the name of its command."""
        self._tool = name
        self.bubble.hide()
        self.hand.choose(name)
        self.dressed.emit()

    def look_like(self, other: "Canvas") -> None:
        """Afterwards the same is drawn on, with the same tool, and shown in the same way as on ``other``."""
        if self.picture.annotation is not other.picture.annotation:
            self.set_annotation(other.picture.annotation)
        if self._tool != other._tool:
            self.set_tool(other._tool)
        if self.look != other.look:
            self.look = other.look
        self.hand.swaps_buttons = other.hand.swaps_buttons
        self.colours = other.colours

    def join(self, crosshair: Crosshair | None) -> None:
        """Afterwards the crosshair is shown and can be moved here; None for none."""
        surface = self.surface
        if (before := surface.crosshair) is crosshair:
            return
        if before is not None:
            before.moved.disconnect(self.update)
        surface.crosshair = crosshair
        if crosshair is not None:
            crosshair.moved.connect(self.update)
        self.update()

    def retire(self) -> None:
        """Afterwards it hears of nothing any more, so that it may go while the palette stays."""
        self._attention.end()

    def set_swapped(self, swapped: bool) -> None:  # noqa: FBT001
        """Afterwards the right mouse button draws and the left one erases, or the other way round."""
        self.hand.swaps_buttons = swapped
        self.dressed.emit()

    def set_colours(self, colours: CanvasColours) -> None:
        """Afterwards all but the slice is drawn in ``colours``."""
        self.colours = colours
        self.update()

    def magnify(self, is_on: bool) -> None:  # noqa: FBT001 - what a checkable command sends
        """Afterwards a magnifier is under the pointer, or none."""
        if is_on and self._magnifier is None:
            self._magnifier = Magnifier(self, self.surface, self.picture)
        if self._magnifier is not None:
            self._magnifier.switch(is_on=is_on)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Afterwards the slice is ``factor`` times as large; what lies at ``at``, or in the middle, stays there."""
        self.surface.zoom_by(factor, at)

    @property
    def zoom_text(self) -> str:
        """How large the slice is shown, such as 5.0×; empty while none is open."""
        return self.surface.places.zoom_text

    def place_of(self, point: PixelPoint) -> QPointF:
        """Where a (row, column) of the slice lies on the canvas."""
        return self.surface.places.place_of(point)

    # ---- Qt

    def sizeHint(self) -> QSize:
        """Room for a slice; it grows with the window."""
        return QSize(800, 640)

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(240, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what of the slice and of the texts lies in the event's rectangle."""
        painter = QPainter(self)
        try:
            if self.viewport.volume is None:
                painter.fillRect(event.rect(), QColor(*self.colours.background))
                return
            self._paint_slice(painter, event.rect())
            self._inscription.paint(
                painter, self.rect(), event.rect(), colours=self.colours, is_beside=self.is_beside
            )  # fmt: skip
            if self.surface.pointer.shows_ring and (place := self.surface.pointer.place) is not None:
                erases = self.hand.erases
                colour = QColor(*(self.colours.ring_erasing if erases else self.colours.ring))
                self._ring.draw(painter, place, self.surface.pointer.ring_radius, colour=colour, erases=erases)
        finally:
            painter.end()

    def _paint_slice(self, painter: QPainter, dirty: QRect) -> None:
        ratio, framing = self.devicePixelRatioF(), self.surface.places.framing
        area = QRect(
            math.floor(dirty.left() * ratio), math.floor(dirty.top() * ratio),
            math.ceil(dirty.width() * ratio) + 1, math.ceil(dirty.height() * ratio) + 1,
        )  # fmt: skip
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # from here on in device pixels
        slice_area = QRect(framing.left, framing.top, framing.right - framing.left, framing.bottom - framing.top)
        if not slice_area.contains(area):
            background = QColor(*self.colours.background)
            for beside in _around(area, slice_area & area):
                painter.fillRect(beside, background)
        self.picture.paint(painter, framing, area, outline=max(1, round(OUTLINE * ratio)))
        for overlay in self.surface.overlays:
            overlay.paint(painter, framing, ratio)
        if self.hand.has_sketch:
            self.hand.paint(painter, framing, Ink(QColor(*self.colours.accent), ratio, self.surface.pointer.place))
        painter.restore()


def _around(area: QRect, inner: QRect) -> list[QRect]:
    """What is left of an area round a part of it: above, below, left and right; some may be empty."""
    if inner.isEmpty():
        return [area]
    top, bottom, left, right = inner.top(), inner.bottom() + 1, inner.left(), inner.right() + 1
    return [
        QRect(area.left(), area.top(), area.width(), top - area.top()),
        QRect(area.left(), bottom, area.width(), area.bottom() + 1 - bottom),
        QRect(area.left(), top, left - area.left(), bottom - top),
        QRect(right, top, area.right() + 1 - right, bottom - top),
    ]
