"""The one crossing from a worker thread into the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Relay(QObject):
    """Carries closures into the thread it was made in, in the order they were posted."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # Always queued: a lambda connected directly would run in the worker, and a closure posted from the GUI thread itself
        # must not overtake those posted before it.
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, closure: Callable[[], None]) -> None:
        """Afterwards ``closure`` waits to be run by the GUI thread's event loop; callable from any thread."""
        self._posted.emit(closure)

    def _run(self, closure: Callable[[], None]) -> None:
        closure()
