"""Python's garbage collection, kept in the GUI thread."""

import gc

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 1000


class GuiThreadGarbage(QObject):
    """While it lives, cycles are collected by a timer of its own thread, and by no other.

    Collection may begin in any thread that allocates. A worker that so comes to destroy a widget's wrapper crashes the program,
    as Qt's widgets may only be destroyed in the GUI thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(PAUSE_MS)

    def collect(self) -> None:
        """Afterwards the oldest generation that is due is collected, and the younger ones with it."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Afterwards Python collects by itself again."""
        self._timer.stop()
        gc.enable()
