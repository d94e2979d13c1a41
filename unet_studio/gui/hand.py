"""The hand: the tool it holds, and the drag it is in."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainter

from unet_studio.gui.brush_tools import BrushTool
from unet_studio.gui.framing import Framing
from unet_studio.gui.measures import AngleTool, Measures, RulerTool
from unet_studio.gui.surface import Surface
from unet_studio.gui.toolbox import make_tools
from unet_studio.gui.tools import Ink, NavigateTool, Sketch, Tool, Touch
from unet_studio.workbench.refusal import UNSEEN

_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class Hand:
    """Holds one tool, and hands it presses, moves and releases.

    ``is_panning`` is whether the left button moves the slice instead, ``is_other_end`` whether a pen has its eraser down.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._pan = NavigateTool(surface, pans=True)
        self.tools, self._sketches = make_tools(surface)
        self.measures = Measures(surface)
        self._drawing = [tool for name, tool in self.tools.items() if name not in ("navigate", "pick", "window")]
        self.tools |= {"ruler": RulerTool(surface, self.measures), "angle": AngleTool(surface, self.measures)}
        self._tool = self.tools["brush"]
        self.sketch: Sketch | None = None  # the tool in hand, where it draws over the slice
        self.is_other_end = False
        self.is_panning = False
        self._acting: tuple[Tool, Qt.MouseButton, Touch] | None = None  # the drag going on
        self.swaps_buttons = False  # the right one draws

    @property
    def erases(self) -> bool:
        """Whether a stroke at this moment erases."""
        if self._acting is not None:
            return self._acting[2].erases or self._tool is self.tools["eraser"]
        is_eraser = isinstance(self._tool, BrushTool) and self._tool.is_eraser
        return self.is_other_end or is_eraser or self._surface.palette.brush.is_eraser

    @property
    def is_dragging(self) -> bool:
        """Whether a button is down."""
        return self._acting is not None

    @property
    def has_sketch(self) -> bool:
        """Whether the tool in hand draws over the slice what it is about to do."""
        return self.sketch is not None

    def stop(self) -> None:
        """Afterwards what the tool in hand has not finished is dropped."""
        self.drop()
        self._tool.cancel()

    def choose(self, name: str) -> None:
        """Afterwards the tool of that name is in hand; what another one left unfinished is dropped."""
        self.finish()
        if self._tool is not self.tools[name]:
            self._tool.cancel()
            self._surface.redraw()
        self._tool, self.sketch = self.tools[name], self._sketches.get(name)
        self.show_cursor()

    def finish(self) -> None:
        """Afterwards a drag going on has ended where it is."""
        if self._acting is not None:
            tool, self._acting = self._acting[0], None
            tool.release()
            self.show_cursor()

    def paint(self, painter: QPainter, framing: Framing, ink: Ink) -> None:
        """Draws what the tool in hand is about to do."""
        if self.sketch is not None and self._surface.annotation is not None:
            self.sketch.paint(painter, framing, ink)

    def press(self, button: Qt.MouseButton, touch: Touch, modifiers: Qt.KeyboardModifier) -> None:
        """Afterwards a drag has begun there, unless one is going on."""
        self._surface.pointer.place = touch.place
        if self._acting is not None or self._surface.viewport.volume is None:
            return
        if button == _MIDDLE or (button == _LEFT and self.is_panning):
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
            annotation = self._surface.annotation
            if annotation is not None and self._tool in self._drawing and not self._surface.shows_labels:
                annotation.refused(UNSEEN)
                return
            erases = touch.erases or button == _RIGHT or bool(modifiers & _CTRL)
            self._act(self._tool, button, _with(modifiers, replace(touch, erases=erases)))

    def _act(self, tool: Tool, button: Qt.MouseButton, touch: Touch) -> None:
        self._acting = (tool, button, touch)
        self._surface.began()
        if isinstance(tool, NavigateTool):
            self._surface.show_cursor(Qt.CursorShape.ClosedHandCursor)
        tool.press(touch)

    def move(self, touch: Touch, modifiers: Qt.KeyboardModifier) -> None:
        """Afterwards the pointer is there, and the drag if there is one."""
        if self._acting is not None:
            tool, button, begun = self._acting
            self._acting = (tool, button, _with(modifiers, replace(touch, erases=begun.erases)))
            tool.move(self._acting[2])
        self._surface.hover(touch.place)
        if self.sketch is not None and self.sketch.is_open:
            self._surface.redraw()
        if self.measures.is_open:
            self.measures.follow(touch.place)

    def release(self, button: Qt.MouseButton, place: QPointF) -> None:
        """Afterwards the drag of that button has ended there."""
        if self._acting is not None and self._acting[1] == button:
            if place != self._acting[2].place:
                self._acting[0].move(replace(self._acting[2], place=place, is_double=False))
            self.finish()
            self._surface.hover(place)

    def drop(self) -> None:
        """Afterwards the drag going on has left no trace."""
        if self._acting is not None:
            tool, self._acting = self._acting[0], None
            tool.cancel()
            self.show_cursor()

    def show_cursor(self) -> None:
        """Afterwards the cursor is the tool's, unless a drag has its own."""
        if self._acting is None:
            self._surface.show_cursor(Qt.CursorShape.OpenHandCursor if self.is_panning else self._tool.cursor)


def _with(modifiers: Qt.KeyboardModifier, touch: Touch) -> Touch:
    return replace(touch, is_even=bool(modifiers & _SHIFT), is_centred=bool(modifiers & _ALT))
