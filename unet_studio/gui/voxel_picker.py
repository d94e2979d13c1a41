"""A click that answers a question, and draws nothing: which voxel is meant."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QTabletEvent

from unet_studio.gui.canvas import Canvas

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TabletPress)
_MOVES = (QEvent.Type.MouseMove, QEvent.Type.TabletMove)
_RELEASES = (QEvent.Type.MouseButtonRelease, QEvent.Type.TabletRelease)
_CURSOR = Qt.CursorShape.CrossCursor


class VoxelPicker(QObject):
    """While it is on, a press on a canvas that it watches is ``picked`` (a ``Readout``, and the canvas), and not the tool's.

    The middle button still moves the slice, the wheel still turns it.
    """

    picked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._is_on = False
        self._is_down = False
        self._cursors: dict[Canvas, Qt.CursorShape] = {}  # what each canvas had before

    def watch(self, canvas: Canvas) -> None:
        """Afterwards presses on that canvas are heard, too."""
        canvas.installEventFilter(self)
        self._cursors[canvas] = canvas.cursor().shape()
        if self._is_on:
            self._point(canvas)

    def switch(self, *, is_on: bool) -> None:
        """Afterwards presses are taken, or left to the tool in hand."""
        self._is_down = self._is_down and is_on
        for canvas, before in self._cursors.items():
            if is_on:
                self._point(canvas)
            elif self._is_on and canvas.cursor().shape() == _CURSOR:
                canvas.surface.show_cursor(before)
        self._is_on = is_on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._is_on or not isinstance(watched, Canvas) or not isinstance(event, QMouseEvent | QTabletEvent):
            return False
        kind = event.type()
        if kind in _PRESSES and event.button() != Qt.MouseButton.MiddleButton:
            self._is_down = True
            event.accept()
            if (readout := watched.surface.readout_at(event.position())) is not None:
                self.picked.emit(readout, watched)
            return True
        if kind in _RELEASES and self._is_down and event.button() != Qt.MouseButton.MiddleButton:
            self._is_down = False
            event.accept()
            return True
        if kind in _MOVES and not self._is_down:
            self._point(watched)
        return kind in _MOVES and self._is_down

    def _point(self, canvas: Canvas) -> None:
        shape = canvas.cursor().shape()
        if shape != _CURSOR and shape != Qt.CursorShape.ClosedHandCursor:
            self._cursors[canvas] = shape
            canvas.surface.show_cursor(_CURSOR)
