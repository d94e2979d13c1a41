"""A moment in which nobody feels a short freeze."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

_INPUT = {
    QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.TabletMove,
}  # fmt: skip


class Idle(QObject):
    """Calls ``verb`` once, when there was no input for ``pause_ms`` after ``begin``."""

    def __init__(self, pause_ms: int, verb: Callable[[], None]) -> None:
        super().__init__()
        self._verb = verb
        self._is_done = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._act)

    def begin(self) -> None:
        """Afterwards the pause is being waited for, unless it came already."""
        application = QApplication.instance()
        if not self._is_done and not self._timer.isActive() and application is not None:
            application.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QInputEvent) and event.type() in _INPUT:
            self._timer.start()
        return False

    def _act(self) -> None:
        self._is_done = True
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._verb()
