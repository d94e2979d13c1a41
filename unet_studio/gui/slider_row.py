"""A named slider with its value in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID


class SliderRow(QWidget):
    """``moved`` carries the step, 0 to ``steps``, that the user's hand or keys moved it to."""

    moved = Signal(int)

    def __init__(self, name: str, title: str, tip: str, parent: QWidget, *, steps: int = 100) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Row")
        self.setAccessibleName(title)
        self._value = QLabel(self)
        self._value.setProperty("role", "dim")
        self._slider = slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setAccessibleName(title)
        slider.setToolTip(tip)
        slider.setRange(0, steps)
        slider.sliderMoved.connect(self.moved.emit)
        slider.actionTriggered.connect(lambda _: self.moved.emit(slider.sliderPosition()))
        self.head = QHBoxLayout()
        self.head.addWidget(QLabel(title, self))
        self.head.addWidget(self._value, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self.head)
        column.addWidget(slider)

    def show_step(self, step: int, text: str) -> None:
        """Afterwards ``step`` is shown, in words ``text``; a slider in the user's hand stays there."""
        self._value.setText(text)
        if not self._slider.isSliderDown():
            self._slider.setValue(step)
