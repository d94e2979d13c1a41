"""Lines of text: one that changes with the pointer, and names of any length.

In a QLabel each change of a text would have the whole window laid out anew.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Line(QWidget):
    """As wide as there is room; a text that is wider ends in dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text = ""

    @property
    def text(self) -> str:
        """What stands there."""
        return self._text

    def show_text(self, text: str) -> None:
        """Afterwards ``text`` stands there."""
        if text != self._text:
            self._text = text
            self.update()

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paints the text in the palette's colour."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class Name(QLabel):
    """A label as wide as there is room for; a text that is wider ends in dots and is its own tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_name(self, name: str) -> None:
        """Afterwards ``name`` stands there."""
        if name != self.text():
            self.setText(name)
            self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paints as much of the text as there is room for."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()
