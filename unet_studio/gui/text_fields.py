"""Fields to type in keep their keys: while one has the focus, no command takes a letter, Enter or an arrow away from it.

A list to choose from keeps Up, Down, Home and End, which choose in it.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_CHOOSING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class TextFields(QObject):
    """Watches every widget of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return False
        is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if (
            event.modifiers() & _COMMANDING
            or is_function
            or not (_is_typed_in(watched) or _is_chosen_in(watched, event))
        ):
            return False
        event.accept()
        return True


def _is_chosen_in(watched: QObject, event: QKeyEvent) -> bool:
    return isinstance(watched, QComboBox) and watched.hasFocus() and event.key() in _CHOOSING


def _is_typed_in(watched: QObject) -> bool:
    if not isinstance(watched, QWidget) or QApplication.focusWidget() is not watched:
        return False
    if isinstance(watched, QLineEdit | QTextEdit | QPlainTextEdit):
        return not watched.isReadOnly()
    return isinstance(watched, QAbstractSpinBox) or (isinstance(watched, QComboBox) and watched.isEditable())
