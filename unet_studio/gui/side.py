"""The side of the window: labels and tools, the history, or the statistics, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID

TABS = ("labels", "history", "statistics")  # as the settings call them


class Side(QTabWidget):
    """``turned`` tells which tab the user went to, as the settings call it."""

    turned = Signal(str)

    def __init__(self, panels: Sequence[QWidget], history: QWidget, statistics: QWidget) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAccessibleName(self.tr("Labels, history and statistics"))
        self.setDocumentMode(True)
        self.tabBar().setObjectName("sideTabs")
        self.tabBar().setAccessibleName(self.tr("Labels, history and statistics"))
        self.tabBar().setExpanding(True)
        self.tabBar().setDrawBase(False)
        pages = (
            (_scrolled(panels, name="side", title=self.tr("Labels, brush and network")), self.tr("Labels"),
             self.tr("Labels, brush and network")),
            (history, self.tr("History"), self.tr("All that was done on this case; click to go back or forth")),
            (_scrolled((statistics,), name="statistics", title=self.tr("Statistics")), self.tr("Statistics"),
             self.tr("Size and intensity of each label")),
        )  # fmt: skip
        for number, (page, text, tip) in enumerate(pages):
            self.addTab(page, text)
            self.setTabToolTip(number, tip)
        self.tabBarClicked.connect(lambda number: self.turned.emit(TABS[number]) if number >= 0 else None)

    def show_tab(self, name: str) -> None:
        """Afterwards that tab is seen."""
        self.setCurrentIndex(TABS.index(name))


def _scrolled(panels: Sequence[QWidget], *, name: str, title: str) -> QScrollArea:
    body = QWidget()
    body.setObjectName("sideBody")
    column = QVBoxLayout(body)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(3 * GRID)
    for panel in panels:
        column.addWidget(panel)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setObjectName("sideScroll" if name == "side" else f"{name}Scroll")
    scroll.setAccessibleName(title)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(body)
    return scroll
