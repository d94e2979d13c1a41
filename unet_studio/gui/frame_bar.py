"""The row above the slice strip of a scan with several frames: which of them is on the screen, and a slider through time."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from unet_studio.gui.theme import GRID


class FrameBar(QWidget):
    """``chosen`` is the place of the frame, from 0, that the user's hand or keys moved the slider to."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frameBar")
        self.setAccessibleName(self.tr("Frames"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self)
        self._title.setObjectName("frameTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._slider = slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName("frameSlider")
        slider.setAccessibleName(self.tr("Frame"))
        slider.setToolTip(self.tr("Drag through time; slice, zoom and window stay"))
        slider.setPageStep(1)
        slider.sliderMoved.connect(self._choose)
        slider.actionTriggered.connect(lambda _: self._choose(slider.sliderPosition()))
        self._about = QLabel(self)
        self._about.setObjectName("frameAbout")
        self._about.setProperty("role", "dim")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        self._row.setSpacing(GRID)
        self._row.addWidget(self._title)
        self._row.addWidget(slider, 1)
        self._row.addWidget(self._about)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._place = 0
        self.hide()

    def furnish(self, actions: Mapping[str, QAction]) -> None:
        """Afterwards there is a button for each of the two steps, before and behind the slider."""
        for at, name in ((1, "frame_previous"), (3, "frame_next")):
            button = QToolButton(self)
            button.setObjectName(f"{name}Tool")
            button.setAccessibleName(actions[name].text())
            button.setDefaultAction(actions[name])
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoRepeat(True)
            self._row.insertWidget(at, button)

    def show_frames(self, numbers: Sequence[int], place: int, *, reviewed: int) -> None:
        """Afterwards the frame at ``place`` of these numbers is shown; the bar is hidden where there is none beside it.

        ``reviewed`` is in how many of them all slices are.
        """
        self.setVisible(len(numbers) > 1)
        if len(numbers) < 2:
            return
        self._place = place
        widest = max((self._text(n, numbers) for n in range(len(numbers))), key=len)
        self._title.setMinimumWidth(self._title.fontMetrics().horizontalAdvance(widest))
        self._title.setText(self._text(place, numbers))
        self._about.setText(self.tr("{done} of {all} reviewed").format(done=reviewed, all=len(numbers)))
        if not self._slider.isSliderDown():
            self._slider.setRange(0, len(numbers) - 1)
            self._slider.setValue(place)

    def _text(self, place: int, numbers: Sequence[int]) -> str:
        if numbers[-1] == len(numbers):
            return self.tr("Frame {number} of {last}").format(number=numbers[place], last=len(numbers))
        count = {"place": place + 1, "count": len(numbers)}  # some were chosen, and keep their numbers
        return self.tr("Frame {number} ({place} of {count})").format(number=numbers[place], **count)

    def _choose(self, place: int) -> None:
        place = max(self._slider.minimum(), min(self._slider.maximum(), place))
        if place != self._place:
            self._place = place
            self.chosen.emit(place)
