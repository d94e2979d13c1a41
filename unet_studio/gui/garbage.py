"""Python's garbage collection, kept in the GUI thread and out of the hand's way."""

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputEvent

PAUSE_MS = 1000
QUIET_S = (
    2.0  # without any input: then nobody feels 130 ms, which is what looking at all objects takes with torch imported
)
_MANY = 20_000  # new objects: a library was imported, or a project opened


class GuiThreadGarbage(QObject):
    """While it lives, cycles are collected by a timer of its own thread, and by no other.

    Collection may begin in any thread that allocates. A worker that so comes to destroy a widget's wrapper crashes the program,
    as Qt's widgets may only be destroyed in the GUI thread. What has lived through a full collection is left alone until the
    next one, and those wait until ``watched``, the main window's QWindow, has had no input for a while.
    """

    def __init__(self, watched: QObject | None = None) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        self._last_input = time.monotonic()
        gc.disable()
        gc.freeze()
        if watched is not None:
            watched.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(PAUSE_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QInputEvent):
            self._last_input = time.monotonic()
        return False

    def collect(self) -> None:
        """Afterwards the oldest generation that is due is collected, and the younger ones with it."""
        counts = gc.get_count()
        due = [generation for generation in (2, 1, 0) if counts[generation] > self._thresholds[generation]]
        is_quiet = time.monotonic() - self._last_input > QUIET_S
        if is_quiet and (2 in due or counts[0] > _MANY):
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif due:
            gc.collect(due[0])

    def end(self) -> None:
        """Afterwards Python collects by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
