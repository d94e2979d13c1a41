"""Fields to type in keep their keys: while one has the focus, no command takes a letter, Enter or an arrow away from it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TextFields(QObject):
    """Watches every widget of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_typed_in(watched):
            is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if not event.modifiers() & _COMMANDING and not is_function:
                event.accept()
                return True
        return False


def _is_typed_in(watched: QObject) -> bool:
    if not isinstance(watched, QWidget) or QApplication.focusWidget() is not watched:
        return False
    if isinstance(watched, QLineEdit | QTextEdit | QPlainTextEdit):
        return not watched.isReadOnly()
    return isinstance(watched, QAbstractSpinBox) or (isinstance(watched, QComboBox) and watched.isEditable())
