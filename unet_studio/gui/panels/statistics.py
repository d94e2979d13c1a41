"""The figures of the open case: size and intensity of each label, and how much an earlier scan of the patient differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from unet_studio.gui.icons import icon
from unet_studio.gui.line import Name
from unet_studio.gui.theme import GRID, Theme


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of one label, line by line; "" where there is nothing to say."""

    name: str
    colour: tuple[int, int, int]
    size: str
    extent: str
    intensity: str
    change: str


class StatisticsPanel(QWidget):
    """``compared`` is the id of the case to compare with, 0 for none."""

    compared = Signal(int)
    copy_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statisticsPanel")
        self.setAccessibleName(self.tr("Statistics"))
        self._cards: list[_Card] = []
        self._empty = QLabel(self.tr("Nothing is drawn on this case yet."), self)
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        compare = QLabel(self.tr("COMPARED WITH"), self)
        compare.setProperty("role", "heading")
        self._earlier = QComboBox(self)
        self._earlier.setObjectName("earlierCase")
        self._earlier.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, Up and Down still go through slices
        self._earlier.setAccessibleName(self.tr("Earlier scan"))
        self._earlier.setToolTip(self.tr("An earlier scan of this patient in this project"))
        self._earlier.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._earlier.setMinimumContentsLength(8)
        self._earlier.activated.connect(lambda _: self.compared.emit(self._earlier.currentData() or 0))
        self._copy = self._button("content-copy", "copyStatistics", self.tr("Copy"), theme)
        self._copy.setToolTip(self.tr("Copy as a table, to paste into a spreadsheet"))
        self._copy.clicked.connect(self.copy_asked)
        self._export = self._button("export-variant", "exportStatistics", self.tr("Save as CSV…"), theme)
        self._export.setToolTip(self.tr("Save the figures of this case as a file"))
        self._export.clicked.connect(self.export_asked)
        self._body = QVBoxLayout()
        self._body.setSpacing(GRID)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self._copy, self._export):
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._empty)
        layout.addLayout(self._body)
        layout.addLayout(buttons)
        layout.addSpacing(GRID)
        layout.addWidget(compare)
        layout.addWidget(self._earlier)

    def show_figures(self, figures: Sequence[Figures]) -> None:
        """Afterwards these figures are shown, one card a label."""
        while len(self._cards) > len(figures):
            card = self._cards.pop()
            self._body.removeWidget(card)
            card.deleteLater()
        while len(self._cards) < len(figures):
            self._cards.append(_Card(self, len(self._cards)))
            self._body.addWidget(self._cards[-1])
        for card, one in zip(self._cards, figures, strict=True):
            card.show_figures(one)
        self._empty.setVisible(not figures)
        for button in (self._copy, self._export):
            button.setEnabled(bool(figures))

    def show_others(self, cases: Mapping[int, str], chosen: int) -> None:
        """Afterwards one of these cases, named by id, can be compared with; 0 is chosen for none."""
        wanted = [(self.tr("Nothing"), 0), *((name, number) for number, name in cases.items())]
        if [(self._earlier.itemText(n), self._earlier.itemData(n)) for n in range(self._earlier.count())] != wanted:
            self._earlier.clear()
            for name, number in wanted:
                self._earlier.addItem(name, number)
        self._earlier.setCurrentIndex(max(0, self._earlier.findData(chosen)))
        self._earlier.setEnabled(len(wanted) > 1)

    def _button(self, glyph: str, name: str, text: str, theme: Theme) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setIcon(icon(glyph, theme.text, disabled=theme.dim))
        button.setStyleSheet("padding: 6px 8px;")
        return button


class _Card(QFrame):
    def __init__(self, parent: QWidget, number: int) -> None:
        super().__init__(parent)
        self.setObjectName(f"figures{number}")
        self.setProperty("role", "card")
        self._swatch = QFrame(self)
        self._swatch.setFixedSize(12, 12)
        self._name = Name(self)
        self._size, self._extent, self._intensity, self._change = (QLabel(self) for _ in range(4))
        self._name.setStyleSheet("font-weight: 600;")
        self._size.setStyleSheet("font-weight: 600;")
        for label in (self._extent, self._intensity):
            label.setProperty("role", "dim")
        self._intensity.setToolTip(self.tr("Mean ± standard deviation of the intensities (lowest to highest)"))
        for label in (self._extent, self._intensity, self._change):
            label.setWordWrap(True)
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(self._swatch)
        first.addWidget(self._name, 1)
        first.addWidget(self._size)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        layout.setSpacing(GRID // 2)
        layout.addLayout(first)
        for label in (self._extent, self._intensity, self._change):
            layout.addWidget(label)

    def show_figures(self, figures: Figures) -> None:
        self.setAccessibleName(figures.name)
        self._swatch.setStyleSheet("background: rgb({}, {}, {}); border-radius: 3px;".format(*figures.colour))
        self._name.show_name(figures.name)
        for label, text in (
            (self._size, figures.size), (self._extent, figures.extent),
            (self._intensity, figures.intensity), (self._change, figures.change),
        ):  # fmt: skip
            if label.text() != text:
                label.setText(text)
            label.setVisible(bool(text))
