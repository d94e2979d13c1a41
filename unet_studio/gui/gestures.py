"""What mouse, pen, wheel, trackpad and keys mean on the canvas."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from unet_studio.gui.hand import Hand
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import SKETCH_KEYS, Touch

NOTCH = 120  # eighths of a degree: what one notch of an ordinary wheel reports
ZOOM_STEP = BRUSH_STEP = 1.2
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Gestures(QObject):
    """Turns Qt's events on ``canvas`` into presses, moves and releases of ``hand``, or into slices, zoom and pan."""

    _takers: Mapping[QEvent.Type, Callable[..., bool]] = {}

    def __init__(self, surface: Surface, hand: Hand, canvas: QObject) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._surface = surface
        self._hand = hand
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Does what an event of the canvas means; whether it was for the hand, and not for the widget."""
        taker = self._takers.get(event.type())
        # A canvas being destroyed still loses the focus; to touch it then ends the process.
        return taker is not None and shiboken6.isValid(self._canvas) and taker(event)

    # ---- buttons

    def _mouse_pressed(self, event: QMouseEvent) -> bool:
        self._hand.is_other_end = False
        is_double = event.type() == QEvent.Type.MouseButtonDblClick
        self._hand.press(self._button(event), Touch(event.position(), is_double=is_double), event.modifiers())
        return True

    def _mouse_moved(self, event: QMouseEvent) -> bool:
        self._hand.is_other_end = False
        if not self._hand.is_dragging and event.modifiers() == _SHIFT:
            self._surface.point_crosshair(event.position())
        self._hand.move(Touch(event.position()), event.modifiers())
        return True

    def _mouse_released(self, event: QMouseEvent) -> bool:
        self._hand.release(self._button(event), event.position())
        return True

    def _button(self, event: QMouseEvent) -> Qt.MouseButton:
        other = {_LEFT: _RIGHT, _RIGHT: _LEFT} if self._hand.swaps_buttons else {}
        return other.get(event.button(), event.button())

    def _pen(self, event: QTabletEvent) -> bool:
        self._hand.is_other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
        touch = Touch(event.position(), erases=self._hand.is_other_end, pressure=event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            self._hand.press(event.button(), touch, event.modifiers())
        elif event.type() == QEvent.Type.TabletMove:
            self._hand.move(touch, event.modifiers())  # a pen that hovers moves the ring and draws nothing
        else:
            self._hand.release(event.button(), event.position())
        event.accept()  # so that Qt sends no mouse event for it
        return True

    # ---- wheel and gestures

    def _wheel_turned(self, event: QWheelEvent) -> bool:
        event.accept()
        delta = (
            event.angleDelta().y() or event.angleDelta().x()
        )  # Shift and Alt turn the wheel sideways on some systems
        viewport = self._surface.viewport
        if viewport.volume is None or not (delta or event.pixelDelta()):
            return True
        if self._hand.is_panning:  # two fingers on a trackpad
            self._surface.pan_by(QPointF(event.pixelDelta() or event.angleDelta()))
            return True
        if event.modifiers() & _CTRL:
            self._surface.zoom_by(ZOOM_STEP ** (delta / NOTCH), event.position())
        elif event.modifiers() & _SHIFT:
            palette = self._surface.palette
            palette.set_brush(replace(palette.brush, radius=palette.brush.radius * BRUSH_STEP ** (delta / NOTCH)))
        elif not self._hand.is_dragging:
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
            self._hand.drop()  # the first finger had begun to draw
        here, before = (self._surface.places.place_on(p) for p in (pinch.centerPoint(), pinch.lastCenterPoint()))
        if pinch.state() != Qt.GestureState.GestureStarted:
            self._surface.pan_by(here - before)
        self._surface.zoom_by(pinch.scaleFactor(), here)
        return True

    # ---- keys

    def _wants(self, key: int) -> bool:
        if key == Qt.Key.Key_Space:
            return True
        if self._hand.sketch is not None and self._hand.sketch.is_open:
            return key in SKETCH_KEYS
        return key == Qt.Key.Key_Escape and (self._hand.is_dragging or self._hand.measures.has_any)

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
            self._hand.is_panning = True
            self._hand.show_cursor()
        elif self._hand.sketch is not None and self._hand.sketch.is_open:
            self._hand.sketch.key(Qt.Key(event.key()))
        elif not self._hand.is_dragging:
            self._hand.measures.clear()
        else:
            self._hand.drop()
        return True

    def _key_released(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return event.key() == Qt.Key.Key_Space
        self._hand.is_panning = False
        self._hand.show_cursor()
        return True

    def _left(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._hand.is_panning = False
            self._hand.show_cursor()
        elif not self._hand.is_dragging:
            self._surface.hover(None)
        return False
