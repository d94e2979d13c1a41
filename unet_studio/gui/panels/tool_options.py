"""The brush and how labels are shown."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID
from unet_studio.workbench.palette import LARGEST_RADIUS, SMALLEST_RADIUS, Brush, PaintOver

_STEPS = 100


class ToolOptionsPanel(QWidget):
    """``radius_chosen`` is in mm or pixels, ``paint_over_chosen`` a ``PaintOver``, ``opacity_chosen`` 0 to 1."""

    radius_chosen = Signal(float)
    paint_over_chosen = Signal(str)
    opacity_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolOptionsPanel")
        self.setAccessibleName(self.tr("Brush"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        heading = QLabel(self.tr("BRUSH"), self)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        self._size_text = QLabel(self)
        self._size = self._slider("brushSize", self.tr("Brush size"), self.tr("Brush size: Shift+wheel, or [ and ]"))
        self._size.sliderMoved.connect(lambda step: self.radius_chosen.emit(_radius(step)))
        self._size.actionTriggered.connect(lambda _: self.radius_chosen.emit(_radius(self._size.sliderPosition())))
        layout.addLayout(self._row(self.tr("Size"), self._size_text))
        layout.addWidget(self._size)
        layout.addWidget(QLabel(self.tr("Paint over"), self))
        layout.addWidget(self._segments())
        self._opacity_text = QLabel(self)
        self._opacity = self._slider(
            "opacity", self.tr("Opacity of labels"), self.tr("How strongly labels cover the scan")
        )
        self._opacity.sliderMoved.connect(lambda step: self.opacity_chosen.emit(step / _STEPS))
        self._opacity.actionTriggered.connect(
            lambda _: self.opacity_chosen.emit(self._opacity.sliderPosition() / _STEPS)
        )
        layout.addLayout(self._row(self.tr("Label opacity"), self._opacity_text))
        layout.addWidget(self._opacity)

    def show_brush(self, brush: Brush, *, unit: str) -> None:
        """Afterwards the brush is shown, its size as a diameter in ``unit``."""
        self._size_text.setText(f"{2 * brush.radius:.1f} {unit}")
        if not self._size.isSliderDown():
            self._size.setValue(_step(brush.radius))
        for button in self._paint_over.buttons():
            button.setChecked(button.property("value") == brush.paint_over)

    def show_opacity(self, opacity: float) -> None:
        """Afterwards ``opacity``, 0 to 1, is shown."""
        self._opacity_text.setText(f"{opacity:.0%}")
        if not self._opacity.isSliderDown():
            self._opacity.setValue(round(opacity * _STEPS))

    def _slider(self, name: str, accessible: str, tip: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setAccessibleName(accessible)
        slider.setToolTip(tip)
        slider.setRange(0, _STEPS)
        return slider

    def _row(self, name: str, value: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(QLabel(name, self))
        value.setProperty("role", "dim")
        row.addWidget(value, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _segments(self) -> QWidget:
        box = QWidget(self)
        box.setObjectName("toolGroup")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(box)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        self._paint_over = QButtonGroup(self)
        choices: tuple[tuple[PaintOver, str, str], ...] = (
            ("everything", self.tr("Unlocked"), self.tr("Paint over every label that is not locked")),
            ("background", self.tr("Background"), self.tr("Paint only where there is no label yet")),
        )
        for value, text, tip in choices:
            button = QPushButton(text, box)
            button.setObjectName(f"paintOver-{value}")
            button.setAccessibleName(self.tr("Paint over: {what}").format(what=text))
            button.setToolTip(tip)
            button.setProperty("role", "segment")
            button.setProperty("value", value)
            button.setCheckable(True)
            button.clicked.connect(lambda _, value=value: self.paint_over_chosen.emit(value))
            self._paint_over.addButton(button)
            row.addWidget(button, 1)
        return box


def _radius(step: int) -> float:
    """The slider is logarithmic: equal ways are equal ratios."""
    low, high = math.log(SMALLEST_RADIUS), math.log(LARGEST_RADIUS / 4)
    return math.exp(low + (high - low) * step / _STEPS)


def _step(radius: float) -> int:
    low, high = math.log(SMALLEST_RADIUS), math.log(LARGEST_RADIUS / 4)
    return round(_STEPS * (math.log(radius) - low) / (high - low))
