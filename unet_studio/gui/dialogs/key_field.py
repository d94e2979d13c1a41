"""A field that catches one key, whatever that key does elsewhere."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from unet_studio.gui.keymap import native

_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_unknown,
)  # fmt: skip


class KeyField(QLineEdit):
    """``caught`` carries a key in its portable spelling. Tab leaves the field, Esc empties it."""

    caught = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ""
        self.setObjectName("keyField")
        self.setAccessibleName(self.tr("New key"))
        self.setToolTip(self.tr("Click here, then press the key"))
        self.setReadOnly(True)

    def show_command(self, name: str) -> None:
        """Afterwards the field waits for a key of that command; "" for none."""
        self.key = ""
        self.clear()
        self.setEnabled(bool(name))
        self.setPlaceholderText(self.tr("Press the new key of “{command}” here").format(command=name) if name else "")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no command may take the key away
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _MODIFIERS:
            return
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
            return
        event.accept()
        if key is Qt.Key.Key_Escape:
            self.key = ""
        else:
            # What a key types says already whether Shift was down: "?" and not "Shift+?".
            if event.text() and event.text().isprintable() and not event.text().isalnum() and event.text() != " ":
                modifiers &= ~Qt.KeyboardModifier.ShiftModifier
            modifiers &= ~Qt.KeyboardModifier.KeypadModifier
            self.key = QKeySequence(key | modifiers).toString()
        self.setText(native(self.key))
        self.caught.emit(self.key)
