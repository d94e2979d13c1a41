"""The tools: what a press, a move and a release of the left or right button do to the slice."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.image.window import Window, auto_window

SKETCH_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape)
WINDOW_DRAG = 400.0  # logical pixels of drag that change the window by the whole of the volume's usual range

SMALLEST_REGION = 4.0  # logical pixels each way: less is a click that slipped


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse or pen is, in logical pixels. ``erases``: the right button, Ctrl, or the pen's other end.

    ``pressure`` is a pen's, 0 to 1, None for what has none. Shift is ``is_even`` and Alt ``is_centred``, as shapes have them.
    """

    place: QPointF
    erases: bool = False
    is_double: bool = False
    pressure: float | None = None
    is_even: bool = False
    is_centred: bool = False


class Tool(Protocol):
    """A press begins, moves go on, a release ends; ``cancel`` takes back what is not finished and tells if there was any."""

    cursor: Qt.CursorShape

    def press(self, touch: Touch) -> None: ...
    def move(self, touch: Touch) -> None: ...
    def release(self) -> None: ...
    def cancel(self) -> bool: ...


class Sketch(Tool, Protocol):
    """A tool that draws over the slice what it is about to do. While ``is_open`` it takes the keys ``SKETCH_KEYS``."""

    @property
    def is_open(self) -> bool: ...

    def key(self, key: Qt.Key) -> None: ...

    def paint(self, painter: QPainter, framing: Framing, ink: "Ink") -> None: ...


@dataclass(frozen=True, slots=True)
class Ink:
    """How a sketch is drawn: in ``colour``, ``ratio`` device pixels to a logical one; the cursor is at ``place``."""

    colour: QColor
    ratio: float
    place: QPointF | None


class FillTool:
    """A click fills the connected area of one label under it."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def press(self, touch: Touch) -> None:
        surface = self._surface
        annotation, volume = surface.annotation, surface.viewport.volume
        if annotation is None or volume is None:
            return
        view = surface.viewport.view
        row, column = (int(np.floor(v + 0.5)) for v in surface.places.pixel_at(touch.place))
        rows, columns = view.size(volume.geometry.shape)
        if 0 <= row < rows and 0 <= column < columns:
            annotation.fill(view, surface.viewport.index, row, column, erase=touch.erases)

    def move(self, touch: Touch) -> None:
        pass

    def release(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


class PickTool:
    """A click takes the label under it in hand and goes back to the brush."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def press(self, touch: Touch) -> None:
        if self._surface.annotation is None:
            return
        readout = self._surface.readout_at(touch.place)
        value = (readout.label or readout.proposed) if readout is not None else 0
        if value:
            self._surface.palette.choose(value)
            self._surface.ask_tool("brush")
        else:
            self._surface.tell(QCoreApplication.translate("Canvas", "There is no label here to pick."))

    def move(self, touch: Touch) -> None:
        pass

    def release(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


class NavigateTool:
    """A drag moves the slice, or the crosshair where there is one; with the right button it zooms at the place where it began.

    With ``pans`` it moves the slice in any case. A double click moves the crosshair too.
    """

    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, surface: Surface, *, pans: bool = False) -> None:
        self._surface = surface
        self._pans = pans
        self._start = QPointF()
        self._last = QPointF()
        self._zooms = False

    def press(self, touch: Touch) -> None:
        self._start = self._last = touch.place
        self._zooms = touch.erases
        if not (self._pans or self._zooms):
            self._surface.point_crosshair(touch.place)

    def move(self, touch: Touch) -> None:
        by = touch.place - self._last
        self._last = touch.place
        if self._zooms:
            self._surface.zoom_by(1.01 ** -by.y(), self._start)
        elif self._surface.crosshair is not None and not self._pans:
            self._surface.point_crosshair(touch.place)
        else:
            self._surface.pan_by(by)

    def release(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


class WindowTool:
    """A drag to the right widens the window, downwards raises its level; a double click takes it back to the automatic one.

    With Ctrl or the right button a drag marks a region, and the window becomes the one that shows what lies there.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._start = QPointF()
        self._before: Window | None = None
        self._region: QRectF | None = None
        surface.overlays.append(self)

    def press(self, touch: Touch) -> None:
        viewport = self._surface.viewport
        if touch.erases:
            self._start = touch.place
            self._region = QRectF(touch.place, touch.place)
        elif touch.is_double:
            self._before = None
            viewport.reset_window()
        elif viewport.volume is not None:
            self._start, self._before = touch.place, viewport.window

    def move(self, touch: Touch) -> None:
        if self._region is not None:
            self._region = QRectF(self._start, touch.place).normalized()
            self._surface.redraw()
        elif self._before is not None:
            viewport = self._surface.viewport
            whole = viewport.auto.width
            by = (touch.place - self._start) / WINDOW_DRAG * whole
            width = max(whole / 1000, self._before.width + by.x())
            viewport.set_window(Window(self._before.level + by.y(), width))

    def release(self) -> None:
        self._before = None
        region, self._region = self._region, None
        if region is not None:
            self._surface.redraw()
            surface, viewport = self._surface, self._surface.viewport
            corners = [QPointF(v) * surface.places.ratio for v in (region.topLeft(), region.bottomRight())]
            box = surface.places.framing.box(corners[0].x(), corners[0].y(), corners[1].x(), corners[1].y())
            if (
                box is not None
                and viewport.volume is not None
                and min(region.width(), region.height()) >= SMALLEST_REGION
            ):
                viewport.set_window(auto_window(viewport.pixels[box]))

    def paint(self, painter: QPainter, framing: Framing, ratio: float) -> None:  # noqa: ARG002
        if self._region is not None:
            area = QRectF(self._region.topLeft() * ratio, self._region.bottomRight() * ratio)
            for colour, width in ((QColor(0, 0, 0, 160), 3), (QColor(255, 255, 255), 1)):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour, width * ratio))
                painter.drawRect(area)

    def cancel(self) -> bool:
        if self._region is not None:
            self._region = None
            self._surface.redraw()
            return True
        before, self._before = self._before, None
        if before is not None:
            self._surface.viewport.set_window(before)
        return before is not None
