"""The window: where each part lies, and what is dropped on it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QMenu, QScrollArea, QSplitter, QVBoxLayout, QWidget

from unet_studio.gui.actions import COMMANDS, translated
from unet_studio.gui.canvas import Canvas
from unet_studio.gui.notices import Notices
from unet_studio.gui.panels.cases import CasesPanel
from unet_studio.gui.panels.labels import LabelsPanel
from unet_studio.gui.panels.network import NetworkPanel
from unet_studio.gui.panels.tool_options import ToolOptionsPanel
from unet_studio.gui.slice_strip import SliceStrip
from unet_studio.gui.status import Status
from unet_studio.gui.theme import GRID, Theme
from unet_studio.gui.top_bar import TopBar

_BREAKS = {"new_project", "export", "quit", "copy_previous", "accept", "brush_larger", "fit", "labels_shown", "next_to_correct",
           "case_next", "stop"}  # fmt: skip


class MainWindow(QMainWindow):
    """``dropped`` carries the paths; ``closing`` is asked before the window goes and says whether it may."""

    dropped = Signal(object)

    def __init__(self, canvas: Canvas, theme: Theme, *, closing: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("UNet Studio")
        self.setAcceptDrops(True)
        self._closing = closing
        self.canvas = canvas
        self.cases = CasesPanel(theme)
        self.strip = SliceStrip()
        self.labels = LabelsPanel(theme)
        self.tool_options = ToolOptionsPanel()
        self.network = NetworkPanel(theme)
        self.status = Status(theme)
        self.notices = Notices(canvas, theme)
        self.recent = QMenu(self.tr("Recent"), self)
        self.presets = QMenu(self.tr("Window presets"), self)
        self.budgets = QMenu(self.tr("Training"), self)
        self.actions_by_id: dict[str, QAction] = {}
        self.resize(1440, 900)
        self.setMinimumSize(960, 600)

    def furnish(self, actions: dict[str, QAction], theme: Theme) -> None:
        """Afterwards menus, toolbar and panels are in their places."""
        self.actions_by_id = actions
        self._group("tool", actions)
        self._group("plane", actions)
        self._menus(actions)
        self.top_bar = TopBar(actions, self.budgets, theme)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.strip)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setObjectName("split")
        self._split.setHandleWidth(1)
        for widget, width in ((self.cases, 248), (centre, 900), (self._side(), 292)):
            self._split.addWidget(widget)
            self._split.setCollapsible(self._split.count() - 1, False)  # noqa: FBT003
            if widget is not centre:
                widget.setMinimumWidth(200 if widget is self.cases else 264)
                widget.setMaximumWidth(width * 2)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([248, 900, 292])
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top_bar)
        rows.addWidget(self._split, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.status)
        self.canvas.setFocus()

    def show_place(self, geometry: str, layout: str) -> None:
        """Afterwards the window lies where it did when ``place`` gave these texts."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        if layout:
            self._split.restoreState(QByteArray.fromBase64(layout.encode()))

    def place(self) -> tuple[str, str]:
        """Where the window and its parts lie, as two texts."""
        return (
            bytes(self.saveGeometry().toBase64().data()).decode(),
            bytes(self._split.saveState().toBase64().data()).decode(),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing():
            event.accept()
        else:
            event.ignore()

    def _group(self, choice: str, actions: dict[str, QAction]) -> None:
        group = QActionGroup(self)
        for command in COMMANDS:
            if command.choice == choice:
                group.addAction(actions[command.id])

    def _menus(self, actions: dict[str, QAction]) -> None:
        bar = self.menuBar()
        bar.setObjectName("menuBar")
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            if command.menu not in menus:
                menus[command.menu] = bar.addMenu(translated(command.menu))
                menus[command.menu].setToolTipsVisible(True)
            menu = menus[command.menu]
            if command.id in _BREAKS:
                menu.addSeparator()
            menu.addAction(actions[command.id])
            if command.id == "open_sample":
                menu.addMenu(self.recent)
            if command.id == "auto_window":
                menu.addMenu(self.presets)
            if command.id == "retrain":
                menu.addMenu(self.budgets)

    def _side(self) -> QScrollArea:
        body = QWidget(self)
        body.setObjectName("sideBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(3 * GRID)
        for panel in (self.labels, self.tool_options, self.network):
            column.addWidget(panel)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("sideScroll")
        scroll.setAccessibleName(self.tr("Labels, brush and network"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll
