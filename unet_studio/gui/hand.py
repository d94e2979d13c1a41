"""The hand on mouse, pen, wheel, trackpad and keys: which of its moves means what."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from unet_studio.gui.brush_tools import BrushTool
from unet_studio.gui.framing import Framing
from unet_studio.gui.measures import AngleTool, Measures, RulerTool
from unet_studio.gui.surface import Surface
from unet_studio.gui.toolbox import make_tools
from unet_studio.gui.tools import SKETCH_KEYS, Ink, NavigateTool, Sketch, Tool, Touch

NOTCH = 120  # eighths of a degree: what one notch of an ordinary wheel reports
ZOOM_STEP = BRUSH_STEP = 1.2
_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class Hand(QObject):
    """Holds one tool, and turns Qt's events into its presses, moves and releases, or into slices, zoom and pan."""

    _takers: Mapping[QEvent.Type, Callable[..., bool]] = {}

    def __init__(self, surface: Surface, canvas: QObject) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._surface = surface
        self._pan = NavigateTool(surface, pans=True)
        self.tools, self._sketches = make_tools(surface)
        self.measures = Measures(surface)
        self._drawing = [tool for name, tool in self.tools.items() if name not in ("navigate", "pick", "window")]
        self.tools |= {"ruler": RulerTool(surface, self.measures), "angle": AngleTool(surface, self.measures)}
        self._tool = self.tools["brush"]
        self._sketch: Sketch | None = None  # the tool in hand, where it draws over the slice
        self._is_other_end = False  # the pen hovers or draws with its eraser
        self._acting: tuple[Tool, Qt.MouseButton, Touch] | None = None  # the drag going on
        self.swaps_buttons = False  # the right one draws
        self._is_space_down = False
        self._turned = 0.0  # of the wheel, not yet a whole notch
        self._takers = {
            QEvent.Type.MouseButtonPress: self._mouse_pressed,
            QEvent.Type.MouseButtonDblClick: self._mouse_pressed,
            QEvent.Type.MouseMove: self._mouse_moved,
            QEvent.Type.MouseButtonRelease: self._mouse_released,
            QEvent.Type.TabletPress: self._pen, QEvent.Type.TabletMove: self._pen, QEvent.Type.TabletRelease: self._pen,
            QEvent.Type.Wheel: self._wheel_turned,
            QEvent.Type.NativeGesture: self._pinched, QEvent.Type.Gesture: self._touched,
            QEvent.Type.ShortcutOverride: self._key_claimed,
            QEvent.Type.KeyPress: self._key_pressed, QEvent.Type.KeyRelease: self._key_released,
            QEvent.Type.Leave: self._left, QEvent.Type.FocusOut: self._left,
        }  # fmt: skip

    @property
    def is_brush(self) -> bool:
        """Whether the brush or eraser is in hand."""
        return isinstance(self._tool, BrushTool) and not self._is_space_down

    @property
    def erases(self) -> bool:
        """Whether a stroke at this moment erases."""
        if self._acting is not None:
            return self._acting[2].erases or self._tool is self.tools["eraser"]
        is_eraser = isinstance(self._tool, BrushTool) and self._tool.is_eraser
        return self._is_other_end or is_eraser or self._surface.palette.brush.is_eraser

    @property
    def is_dragging(self) -> bool:
        """Whether a button is down."""
        return self._acting is not None

    @property
    def has_sketch(self) -> bool:
        """Whether the tool in hand draws over the slice what it is about to do."""
        return self._sketch is not None

    def stop(self) -> None:
        """Afterwards what the tool in hand has not finished is dropped."""
        self._drop()
        self._tool.cancel()

    def choose(self, name: str) -> None:
        """Afterwards the tool of that name is in hand; what another one left unfinished is dropped."""
        self.finish()
        if self._tool is not self.tools[name]:
            self._tool.cancel()
            self._surface.redraw()
        self._tool, self._sketch = self.tools[name], self._sketches.get(name)
        self.show_cursor()

    def finish(self) -> None:
        """Afterwards a drag going on has ended where it is."""
        if self._acting is not None:
            tool, self._acting = self._acting[0], None
            tool.release()
            self.show_cursor()

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws what the tool in hand is about to do."""
        if self._sketch is not None and self._surface.annotation is not None:
            self._sketch.paint(painter, framing, ink)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Does what an event of the canvas means; whether it was for the hand, and not for the widget."""
        taker = self._takers.get(event.type())
        # A canvas being destroyed still loses the focus; to touch it then ends the process.
        return taker is not None and shiboken6.isValid(self._canvas) and taker(event)

    # ---- buttons

    def _mouse_pressed(self, event: QMouseEvent) -> bool:
        self._is_other_end = False
        is_double = event.type() == QEvent.Type.MouseButtonDblClick
        self._press(self._button(event), Touch(event.position(), is_double=is_double), event.modifiers())
        return True

    def _mouse_moved(self, event: QMouseEvent) -> bool:
        self._is_other_end = False
        if self._acting is None and event.modifiers() == _SHIFT:
            self._surface.point_crosshair(event.position())
        self._move(Touch(event.position()), event.modifiers())
        return True

    def _mouse_released(self, event: QMouseEvent) -> bool:
        self._release(self._button(event), event.position())
        return True

    def _button(self, event: QMouseEvent) -> Qt.MouseButton:
        other = {_LEFT: _RIGHT, _RIGHT: _LEFT} if self.swaps_buttons else {}
        return other.get(event.button(), event.button())

    def _pen(self, event: QTabletEvent) -> bool:
        self._is_other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
        touch = Touch(event.position(), erases=self._is_other_end, pressure=event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            self._press(event.button(), touch, event.modifiers())
        elif event.type() == QEvent.Type.TabletMove:
            self._move(touch, event.modifiers())  # a pen that hovers moves the ring and draws nothing
        else:
            self._release(event.button(), event.position())
        event.accept()  # so that Qt sends no mouse event for it
        return True

    def _press(self, button: Qt.MouseButton, touch: Touch, modifiers: Qt.KeyboardModifier) -> None:
        self._surface.place = touch.place
        if self._acting is not None or self._surface.viewport.volume is None:
            return
        if button == _MIDDLE or (button == _LEFT and self._is_space_down):
            self._act(self._pan, button, touch)
        elif button in (_LEFT, _RIGHT):
            if self._surface.viewport.slab is not None and self._tool in self._drawing:
                self._surface.tell(
                    QCoreApplication.translate(
                        "Canvas",
                        "A thick slab is shown, which is to look at only. Show single slices to draw (Shift+T).",
                    )
                )
                return
            erases = touch.erases or button == _RIGHT or bool(modifiers & _CTRL)
            self._act(self._tool, button, _with(modifiers, replace(touch, erases=erases)))

    def _act(self, tool: Tool, button: Qt.MouseButton, touch: Touch) -> None:
        self._acting = (tool, button, touch)
        self._surface.began()
        if isinstance(tool, NavigateTool):
            self._surface.show_cursor(Qt.CursorShape.ClosedHandCursor)
        tool.press(touch)

    def _move(self, touch: Touch, modifiers: Qt.KeyboardModifier) -> None:
        if self._acting is not None:
            tool, button, begun = self._acting
            self._acting = (tool, button, _with(modifiers, replace(touch, erases=begun.erases)))
            tool.move(self._acting[2])
        self._surface.hover(touch.place)
        if self._sketch is not None and self._sketch.is_open:
            self._surface.redraw()
        if self.measures.is_open:
            self.measures.follow(touch.place)

    def _release(self, button: Qt.MouseButton, place: QPointF) -> None:
        if self._acting is not None and self._acting[1] == button:
            if place != self._acting[2].place:
                self._acting[0].move(replace(self._acting[2], place=place, is_double=False))
            self.finish()
            self._surface.hover(place)

    # ---- wheel and gestures

    def _wheel_turned(self, event: QWheelEvent) -> bool:
        event.accept()
        delta = (
            event.angleDelta().y() or event.angleDelta().x()
        )  # Shift and Alt turn the wheel sideways on some systems
        viewport = self._surface.viewport
        if viewport.volume is None or not (delta or event.pixelDelta()):
            return True
        if self._is_space_down:  # two fingers on a trackpad
            self._surface.pan_by(QPointF(event.pixelDelta() or event.angleDelta()))
            return True
        if event.modifiers() & _CTRL:
            self._surface.zoom_by(ZOOM_STEP ** (delta / NOTCH), event.position())
        elif event.modifiers() & _SHIFT:
            palette = self._surface.palette
            palette.set_brush(replace(palette.brush, radius=palette.brush.radius * BRUSH_STEP ** (delta / NOTCH)))
        elif self._acting is None:
            self._turned = delta if self._turned * delta < 0 else self._turned + delta
            notches = int(self._turned / NOTCH)
            self._turned -= notches * NOTCH
            if notches:
                viewport.step(-notches)  # towards the user is the next slice, as pages go
                self._surface.hover(event.position())
        return True

    def _pinched(self, event: QNativeGestureEvent) -> bool:
        if self._surface.viewport.volume is None:
            return False
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._surface.zoom_by(1 + event.value(), event.position())
        elif event.gestureType() == Qt.NativeGestureType.PanNativeGesture:
            self._surface.pan_by(event.delta())
        else:
            return False
        return True

    def _touched(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture) or self._surface.viewport.volume is None:
            return False
        event.accept(pinch)
        if pinch.state() == Qt.GestureState.GestureStarted:
            self._drop()  # the first finger had begun to draw
        here, before = (self._surface.place_on(p) for p in (pinch.centerPoint(), pinch.lastCenterPoint()))
        if pinch.state() != Qt.GestureState.GestureStarted:
            self._surface.pan_by(here - before)
        self._surface.zoom_by(pinch.scaleFactor(), here)
        return True

    def _drop(self) -> None:
        """Afterwards the drag going on has left no trace."""
        if self._acting is not None:
            tool, self._acting = self._acting[0], None
            tool.cancel()
            self.show_cursor()

    # ---- keys

    def _wants(self, key: int) -> bool:
        if key == Qt.Key.Key_Space:
            return True
        if self._sketch is not None and self._sketch.is_open:
            return key in SKETCH_KEYS
        return key == Qt.Key.Key_Escape and (self._acting is not None or self.measures.has_any)

    def _key_claimed(self, event: QKeyEvent) -> bool:
        if not self._wants(event.key()):
            return False
        event.accept()  # before a command's shortcut takes it
        return True

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if not self._wants(event.key()):
            return False
        event.accept()
        if event.key() == Qt.Key.Key_Space:
            self._is_space_down = True
            self.show_cursor()
        elif self._sketch is not None and self._sketch.is_open:
            self._sketch.key(Qt.Key(event.key()))
        elif self._acting is None:
            self.measures.clear()
        else:
            self._drop()
        return True

    def _key_released(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return event.key() == Qt.Key.Key_Space
        self._is_space_down = False
        self.show_cursor()
        return True

    def _left(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._is_space_down = False
            self.show_cursor()
        elif self._acting is None:
            self._surface.hover(None)
        return False

    def show_cursor(self) -> None:
        """Afterwards the cursor is the tool's, unless a drag has its own."""
        if self._acting is None:
            self._surface.show_cursor(Qt.CursorShape.OpenHandCursor if self._is_space_down else self._tool.cursor)


def _with(modifiers: Qt.KeyboardModifier, touch: Touch) -> Touch:
    return replace(touch, is_even=bool(modifiers & _SHIFT), is_centred=bool(modifiers & _ALT))
