"""A row of buttons of which one is on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """``choices`` are (value, text, tip); ``chosen`` carries the value that the user clicked."""

    chosen = Signal(str)

    def __init__(self, name: str, accessible: str, choices: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toolGroup")
        self.setAccessibleName(accessible)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = QButtonGroup(self)
        for value, text, tip in choices:
            button = QPushButton(text, self)
            button.setObjectName(f"{name}-{value}")
            button.setAccessibleName(f"{accessible}: {text}")
            button.setToolTip(tip)
            button.setProperty("role", "segment")
            button.setProperty("value", value)
            button.setCheckable(True)
            button.clicked.connect(lambda _, value=value: self.chosen.emit(value))
            self._buttons.addButton(button)
            row.addWidget(button, 1)

    def show_value(self, value: str) -> None:
        """Afterwards the button of that value is on."""
        for button in self._buttons.buttons():
            button.setChecked(button.property("value") == value)
