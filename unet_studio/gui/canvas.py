"""Where the slice is shown and drawn on. Only here and in the rooms beside it are places (x, y)."""

import math
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from unet_studio.gui.brush_tools import include
from unet_studio.gui.bubble import Bubble
from unet_studio.gui.captions import Captions
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.cross_lines import CrossLines
from unet_studio.gui.hand import Hand
from unet_studio.gui.magnifier import Magnifier
from unet_studio.gui.measures import Measures
from unet_studio.gui.picture import Picture
from unet_studio.gui.readout import Readout
from unet_studio.gui.ring import draw_ring
from unet_studio.gui.surface import Surface, Voices
from unet_studio.gui.texts import TextColours, draw_texts, texts_of
from unet_studio.gui.tools import Ink
from unet_studio.labels.brush import PixelPoint
from unet_studio.project.settings import ColourMap
from unet_studio.workbench.annotation import Annotation, Box, changed_rectangle
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.refusal import Refusal, remedy
from unet_studio.workbench.viewport import Viewport

OUTLINE = 1.75  # logical pixels


class Canvas(QWidget):
    """Shows the viewport's slice with the labels on it, and turns mouse, pen and keys into strokes, zoom and slices.

    ``hovered`` tells what is under the cursor (a ``Readout``, or None), ``tool_asked`` of another tool to be chosen, ``told``
    a sentence for the user, ``zoomed`` of another zoom or part in sight, ``dressed`` of another tool in hand or another way
    to show the slice.
    """

    hovered = Signal(object)
    tool_asked = Signal(str)
    told = Signal(str)
    zoomed = Signal()
    dressed = Signal()

    def __init__(
        self, viewport: Viewport, palette: Palette, colours: CanvasColours | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._palette = palette
        self.colours = colours or CanvasColours()
        self._picture = Picture(viewport, palette, proposal_colour=self.colours.proposal)
        voices = Voices(
            self.hovered.emit, self.tool_asked.emit, self.told.emit, self.zoomed.emit, lambda: self.bubble.hide()
        )
        self._surface = Surface(self, viewport, palette, self._picture, voices)
        self._surface.overlays.append(CrossLines(self._surface))
        self._hand = Hand(self._surface, self)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Slice"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # A filter, not an override of event(): with one, an exception in paintEvent ends the process (PySide6 6.11 on 3.11).
        self.installEventFilter(self._hand)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.is_beside = False  # one of several views, and not the main one
        self._tool = "brush"
        self._magnifier: Magnifier | None = None
        self._captions = Captions()
        self.bubble = Bubble(self)
        self._written: list[QRect] = []  # where texts were last painted
        viewport.opened.connect(self._show_other_volume)
        viewport.moved.connect(self._show_other_slice)
        viewport.windowed.connect(self._show_other_window)
        palette.changed.connect(self._show_brush)
        palette.classes_changed.connect(self._show_otherwise)

    # ---- what the window sets

    def set_annotation(self, annotation: Annotation | None) -> None:
        """Afterwards ``annotation`` is shown and drawn on; None for none."""
        self._hand.finish()
        if (before := self._picture.annotation) is not None:
            before.changed.disconnect(self._show_labels)
            before.states_changed.disconnect(self._show_states)
            before.refused.disconnect(self._show_refusal)
        self._picture.annotation = annotation
        if annotation is not None:
            annotation.changed.connect(self._show_labels)
            annotation.states_changed.connect(self._show_states)
            annotation.refused.connect(self._show_refusal)
        self._show_other_slice()
        self.dressed.emit()

    def set_tool(self, name: str) -> None:
        """Afterwards that tool is in hand, by the name of its command."""
        self._tool = name
        self.bubble.hide()
        self._hand.choose(name)
        self.dressed.emit()

    def look_like(self, other: "Canvas") -> None:
        """Afterwards the same is drawn on, with the same tool, and shown in the same way as on ``other``."""
        if self._picture.annotation is not other._picture.annotation:
            self.set_annotation(other._picture.annotation)
        if self._tool != other._tool:
            self.set_tool(other._tool)
        if self._picture.look != other._picture.look:
            self._picture.look = other._picture.look
            self._show_otherwise()
        self._hand.swaps_buttons = other._hand.swaps_buttons
        self.colours = other.colours

    def join(self, crosshair: Crosshair | None) -> None:
        """Afterwards the crosshair is shown and can be moved here; None for none."""
        surface = self._surface
        if (before := surface.crosshair) is crosshair:
            return
        if before is not None:
            before.moved.disconnect(self.update)
        surface.crosshair = crosshair
        if crosshair is not None:
            crosshair.moved.connect(self.update)
        self.update()

    def share_zoom(self, other: "Canvas") -> None:
        """Afterwards both show the same part of a slice at the same zoom, as long as they have the same size."""
        self._surface.lens = other._surface.lens

    def retire(self) -> None:
        """Afterwards it hears of nothing any more, so that it may go while the palette stays."""
        self.set_annotation(None)
        self._palette.changed.disconnect(self._show_brush)
        self._palette.classes_changed.disconnect(self._show_otherwise)

    def set_swapped(self, swapped: bool) -> None:  # noqa: FBT001
        """Afterwards the right mouse button draws and the left one erases, or the other way round."""
        self._hand.swaps_buttons = swapped
        self.dressed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Afterwards labels are filled with that opacity, 0 to 1."""
        self._wish(opacity=opacity)

    def set_labels_visible(self, visible: bool) -> None:  # noqa: FBT001 - what a checkable command sends
        """Afterwards labels and proposals are shown, or hidden."""
        self._wish(are_labels_visible=visible)

    def set_outlines_only(self, outlines_only: bool) -> None:  # noqa: FBT001
        """Afterwards labels are outlined without a fill, or with one."""
        self._wish(is_outlines_only=outlines_only)

    def set_doubt_shown(self, shown: bool) -> None:  # noqa: FBT001
        """Afterwards it is shown, or not, where a proposal may be wrong."""
        self._wish(is_doubt_shown=shown)

    def set_name_hidden(self, hidden: bool) -> None:  # noqa: FBT001
        """Afterwards the name of the case is not written over the slice, or is."""
        self._wish(is_name_hidden=hidden)

    def set_smooth(self, smooth: bool) -> None:  # noqa: FBT001
        """Afterwards the slice is enlarged smoothly, or each of its pixels is shown as it is."""
        self._wish(is_smooth=smooth)

    def set_colour_map(self, colour_map: ColourMap, *, is_inverted: bool) -> None:
        """Afterwards grey scans are shown in the colours of that map, dark and bright swapped where ``is_inverted``."""
        self._wish(colour_map=colour_map, is_inverted=is_inverted)

    def set_colours(self, colours: CanvasColours) -> None:
        """Afterwards all but the slice is drawn in ``colours``."""
        self.colours = colours
        self.update()

    @property
    def measures(self) -> Measures:
        """What has been measured on the slices."""
        return self._hand.measures

    def magnify(self, is_on: bool) -> None:  # noqa: FBT001 - what a checkable command sends
        """Afterwards a magnifier is under the pointer, or none."""
        if is_on and self._magnifier is None:
            self._magnifier = Magnifier(self, self._surface, self._picture)
        if self._magnifier is not None:
            self._magnifier.switch(is_on=is_on)

    def fit(self) -> None:
        """Afterwards the whole slice is shown, also when the canvas changes its size."""
        if self._viewport.volume is not None:
            self._surface.lens.fit()
            self.update()
            self.zoomed.emit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Afterwards the slice is ``factor`` times as large; what lies at ``at``, or in the middle, stays there."""
        self._surface.zoom_by(factor, at)

    @property
    def surface(self) -> Surface:
        """The canvas as tools and overlays see it."""
        return self._surface

    @property
    def viewport(self) -> Viewport:
        """What is looked at here."""
        return self._viewport

    @property
    def zoom_text(self) -> str:
        """How large the slice is shown, such as 5.0×; empty while none is open."""
        return f"{self._surface.lens.factor:.1f}×" if self._viewport.volume is not None else ""

    def place_of(self, point: PixelPoint) -> QPointF:
        """Where a (row, column) of the slice lies on the canvas."""
        return self._surface.place_of(point)

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
            if self._viewport.volume is None:
                painter.fillRect(event.rect(), QColor(*self.colours.background))
                return
            self._paint_slice(painter, event.rect())
            self._paint_texts(painter, event.rect())
            if self._surface.shows_ring and (place := self._surface.place) is not None:
                erases = self._hand.erases
                colour = QColor(*(self.colours.ring_erasing if erases else self.colours.ring))
                draw_ring(painter, place, self._surface.ring_radius, colour=colour, erases=erases)
        finally:
            painter.end()

    def _paint_slice(self, painter: QPainter, dirty: QRect) -> None:
        ratio, framing = self.devicePixelRatioF(), self._surface.framing
        area = QRect(
            math.floor(dirty.left() * ratio), math.floor(dirty.top() * ratio),
            math.ceil(dirty.width() * ratio) + 1, math.ceil(dirty.height() * ratio) + 1,
        )  # fmt: skip
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # from here on in device pixels
        slice_area = QRect(framing.left, framing.top, framing.right - framing.left, framing.bottom - framing.top)
        if not slice_area.contains(area):
            painter.setClipRegion(QRegion(area) - QRegion(slice_area))
            painter.fillRect(area, QColor(*self.colours.background))
            painter.setClipping(False)  # back to what the event clips to
        self._picture.paint(painter, framing, area, outline=max(1, round(OUTLINE * ratio)))
        for overlay in self._surface.overlays:
            overlay.paint(painter, framing, ratio)
        self._hand.paint(painter, framing, Ink(QColor(*self.colours.accent), ratio, self._surface.place))
        painter.restore()

    def _paint_texts(self, painter: QPainter, dirty: QRect) -> None:
        if dirty != self.rect() and not any(box.intersects(dirty) for box in self._written):
            return  # most strokes; new texts come with a repaint of the whole
        annotation, picture, colours = self._picture.annotation, self._picture, self.colours
        has_proposal = picture.look.are_labels_visible and picture.proposal is not None
        name = annotation.case.name if annotation is not None and picture.labels is not None else ""
        if not name and self._viewport.volume is not None:
            name = self._viewport.volume.name
        texts = texts_of(
            self._viewport,
            name="" if picture.look.is_name_hidden else name,
            zoom=self.zoom_text,
            has_proposal=has_proposal,
            is_beside=self.is_beside,
        )
        inks = TextColours(*(QColor(*c) for c in (colours.text, colours.text_dim, colours.proposal)))
        self._written = draw_texts(painter, self.rect(), texts, self._captions, inks)

    # ---- what happened

    def _show_other_volume(self) -> None:
        self._surface.lens.reset()
        self._show_other_slice()
        self.zoomed.emit()

    def _show_other_slice(self) -> None:
        self.bubble.hide()
        self._hand.finish()
        self._hand.show_cursor()
        self._show_other_window()
        if self._surface.place is not None:
            self._surface.hover(self._surface.place)  # another voxel lies under the resting cursor

    def _show_other_window(self) -> None:
        self._picture.slice_changed()
        self.update()

    def _wish(self, **changes: Any) -> None:
        self._picture.look = replace(self._picture.look, **changes)
        self._show_otherwise()

    def _show_otherwise(self) -> None:
        self._picture.look_changed()
        self.update()
        self.dressed.emit()

    def _show_brush(self) -> None:
        self._surface.redraw_ring()
        if self._hand.has_sketch:
            self.update()

    def _show_states(self) -> None:
        if self._picture.proposals_changed():
            self.update()

    def _show_refusal(self, refused: Refusal) -> None:
        """Beside the cursor where it is on the slice; else, as for a command from a menu, among the notices."""
        place = self._surface.place
        if place is None:
            is_at_another = isinstance(QApplication.widgetAt(QCursor.pos()), Canvas)
            if not self.is_beside and not is_at_another:
                self.told.emit(refused.sentence)
            return
        readout = self._surface.readout_at(place)
        self.bubble.show_refusal(refused, place.toPoint(), lambda: self._mend(refused, readout))

    def _mend(self, refused: Refusal, readout: Readout | None) -> None:
        if refused.reason == "out_of_range" and readout is not None:
            include(self._surface, readout.voxel)
        elif refused.reason == "busy":
            self._hand.stop()
        else:
            remedy(self._palette, refused)

    def _show_labels(self, box: Box) -> None:
        volume = self._viewport.volume
        if volume is None or self._picture.labels is None:
            return
        shown = changed_rectangle(self._viewport.view, volume.geometry.shape, self._viewport.index, box)
        if shown is not None:
            self._picture.labels_changed(shown)
            self._surface.redraw_pixels(shown)
