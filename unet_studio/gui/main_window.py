"""The window itself: on the screen before anything is in it, so it knows only Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter

if TYPE_CHECKING:
    from unet_studio.gui.canvas import Canvas
    from unet_studio.gui.empty_state import EmptyState
    from unet_studio.gui.frame_bar import FrameBar
    from unet_studio.gui.notices import Notices
    from unet_studio.gui.panels.cases import CasesPanel
    from unet_studio.gui.panels.history import HistoryPanel
    from unet_studio.gui.panels.labels import LabelsPanel
    from unet_studio.gui.panels.network import NetworkPanel
    from unet_studio.gui.panels.reshape import ReshapePanel
    from unet_studio.gui.panels.statistics import StatisticsPanel
    from unet_studio.gui.panels.tool_options import ToolOptionsPanel
    from unet_studio.gui.preview_pane import PreviewPane
    from unet_studio.gui.side import Side
    from unet_studio.gui.slice_strip import SliceStrip
    from unet_studio.gui.status import Status
    from unet_studio.gui.top_bar import TopBar
    from unet_studio.gui.views import Views

WIDEST, HIGHEST = 1600, 1000  # logical pixels


class MainWindow(QMainWindow):
    """``dropped`` carries paths; ``painted`` comes once, when the window is on the screen for the first time.

    ``may_close`` is asked before the window goes and says whether it may.

    Its parts, from ``canvas`` on, are put in by ``furnish``.
    """

    dropped = Signal(object)
    painted = Signal()

    canvas: "Canvas"
    preview: "PreviewPane"
    views: "Views"
    strip: "SliceStrip"
    frames: "FrameBar"
    cases: "CasesPanel"
    labels: "LabelsPanel"
    tool_options: "ToolOptionsPanel"
    network: "NetworkPanel"
    history: "HistoryPanel"
    statistics: "StatisticsPanel"
    side: "Side"
    reshape: "ReshapePanel"
    status: "Status"
    notices: "Notices"
    empty: "EmptyState"
    top_bar: "TopBar"
    split: QSplitter
    recent: QMenu
    presets: QMenu
    colour_maps: QMenu
    slabs: QMenu
    budgets: QMenu
    actions_by_id: dict[str, QAction]

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("UNet Studio")
        self.may_close: Callable[[], bool] = lambda: True
        self._is_painted = False
        self.setMinimumSize(960, 600)

    def show_place(self, geometry: str) -> None:
        """Afterwards the window lies where it did when ``place`` gave this text, else as large as it may be on the screen."""
        room = QGuiApplication.primaryScreen().availableGeometry()  # self.screen() would die with this window
        self.resize(min(WIDEST, round(0.94 * room.width())), min(HIGHEST, round(0.92 * room.height())))
        self.move(room.center() - self.rect().center())
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def show_layout(self, layout: str) -> None:
        """Afterwards its parts are as wide as when ``place`` gave this text."""
        if layout:
            self.split.restoreState(QByteArray.fromBase64(layout.encode()))

    def place(self) -> tuple[str, str]:
        """Where the window lies and how wide its parts are, as two texts."""
        return _text(self.saveGeometry()), _text(self.split.saveState())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            event.accept()
        else:
            event.ignore()


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()
