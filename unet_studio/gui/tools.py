"""The tools: what a press, a move and a release of the left or right button do to the slice."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, Qt

from unet_studio.gui.surface import Surface
from unet_studio.image.window import Window

WINDOW_DRAG = 400.0  # logical pixels of drag that change the window by the whole of the volume's usual range


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse or pen is, in logical pixels. ``erases``: the right button, Ctrl, or the pen's other end."""

    place: QPointF
    erases: bool = False
    is_double: bool = False


class Tool(Protocol):
    """A press begins, moves go on, a release ends; ``cancel`` takes back what is not finished and tells if there was any."""

    cursor: Qt.CursorShape

    def press(self, touch: Touch) -> None: ...
    def move(self, touch: Touch) -> None: ...
    def release(self) -> None: ...
    def cancel(self) -> bool: ...


class BrushTool:
    """Draws with the class in hand; the eraser is the brush that always erases."""

    cursor = Qt.CursorShape.BlankCursor

    def __init__(self, surface: Surface, *, is_eraser: bool) -> None:
        self.is_eraser = is_eraser
        self._surface = surface
        self._is_drawing = False

    def press(self, touch: Touch) -> None:
        surface = self._surface
        if surface.annotation is not None and surface.viewport.volume is not None:
            erase = touch.erases or self.is_eraser or surface.palette.brush.is_eraser
            point = surface.pixel_at(touch.place)
            self._is_drawing = surface.annotation.begin_stroke(
                surface.viewport.view, surface.viewport.index, point, erase=erase
            )

    def move(self, touch: Touch) -> None:
        if self._is_drawing and self._surface.annotation is not None:
            self._surface.annotation.extend_stroke(self._surface.pixel_at(touch.place))

    def release(self) -> None:
        if self._is_drawing and self._surface.annotation is not None:
            self._is_drawing = False
            self._surface.annotation.end_stroke()

    def cancel(self) -> bool:
        was_drawing, self._is_drawing = self._is_drawing, False
        if was_drawing and self._surface.annotation is not None:
            self._surface.annotation.cancel_stroke()
        return was_drawing


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
        row, column = (int(np.floor(v + 0.5)) for v in surface.pixel_at(touch.place))
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
    """A drag to the right widens the window, downwards raises its level; a double click takes it back to the automatic one."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._start = QPointF()
        self._before: Window | None = None

    def press(self, touch: Touch) -> None:
        viewport = self._surface.viewport
        if touch.is_double:
            self._before = None
            viewport.reset_window()
        elif viewport.volume is not None:
            self._start, self._before = touch.place, viewport.window

    def move(self, touch: Touch) -> None:
        if self._before is not None:
            viewport = self._surface.viewport
            whole = viewport.auto.width
            by = (touch.place - self._start) / WINDOW_DRAG * whole
            width = max(whole / 1000, self._before.width + by.x())
            viewport.set_window(Window(self._before.level + by.y(), width))

    def release(self) -> None:
        self._before = None

    def cancel(self) -> bool:
        before, self._before = self._before, None
        if before is not None:
            self._surface.viewport.set_window(before)
        return before is not None
