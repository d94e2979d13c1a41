"""A line of text that changes with the pointer."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from unet_studio.gui.line import Line


class Layouts(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


def test_another_text_is_seen_and_lays_nothing_out(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    line, label = Line(holder), QLabel(holder)
    for widget in (line, label):
        row.addWidget(widget, 1)
    holder.resize(400, 40)
    holder.show()
    qtbot.waitExposed(holder)
    QApplication.processEvents()
    layouts, empty = Layouts(holder), line.grab().toImage()
    line.show_text("x 32 y 24 z 6")
    QApplication.processEvents()
    assert layouts.count == 0 and line.text == "x 32 y 24 z 6"
    assert line.grab().toImage() != empty
    label.setText("x 32 y 24 z 6")
    QApplication.processEvents()
    assert layouts.count > 0, "a label would have"
