"""A line of text that changes with the pointer."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from unet_studio.gui.line import Line, Name


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


def test_a_name_that_is_too_long_ends_in_dots_and_is_its_own_tip(qtbot):
    name = Name()
    qtbot.addWidget(name)
    name.resize(400, 24)
    name.show_name("Ward seven, second survey")
    pictures = [name.grab().toImage()]
    name.resize(60, 24)
    pictures.append(name.grab().toImage())
    name.show_name(name.fontMetrics().elidedText(name.text(), Qt.TextElideMode.ElideRight, 60))
    assert name.text().endswith("…") and name.toolTip() == name.text()
    assert pictures[1] == name.grab().toImage() and pictures[0].copy(0, 0, 60, 24) != pictures[1]
