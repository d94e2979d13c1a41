"""What is in the window and where: menus, toolbar, panels, canvas, status bar."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from unet_studio.gui.actions import COMMANDS, PRESETS, make_actions, translated
from unet_studio.gui.empty_state import EmptyState
from unet_studio.gui.frame_bar import FrameBar
from unet_studio.gui.main_window import MainWindow
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
from unet_studio.gui.theme import Theme
from unet_studio.gui.top_bar import TopBar
from unet_studio.gui.views import Views

CASES_WIDTH, CENTRE_WIDTH, SIDE_WIDTH = 248, 900, 312
_BREAKS = {
    "new_project", "export", "quit", "copy_previous", "accept", "brush_larger", "single", "fit", "labels_shown",
    "next_to_correct", "case_next", "finish_training", "preferences", "commands", "about",
}  # fmt: skip


def add_parts(window: MainWindow, views: Views, theme: Theme) -> None:
    """Afterwards the window has its parts, each by its name, none in its place yet."""
    window.canvas, window.views = views.main, views
    window.preview = PreviewPane(views, views.main.colours)
    window.cases = CasesPanel(theme)
    window.strip = SliceStrip()
    window.frames = FrameBar()
    window.labels = LabelsPanel(theme)
    window.tool_options = ToolOptionsPanel()
    window.network = NetworkPanel(theme)
    window.history = HistoryPanel(theme)
    window.statistics = StatisticsPanel(theme)
    window.side = Side((window.labels, window.tool_options, window.network), window.history, window.statistics)
    window.reshape = ReshapePanel()
    window.status = Status(theme)
    window.notices = Notices(views, theme)
    window.recent = QMenu(window.tr("Recent"), window)
    window.presets = QMenu(window.tr("Window presets"), window)
    window.colour_maps = QMenu(window.tr("Colour map"), window)
    window.slabs = QMenu(window.tr("Slab"), window)
    window.budgets = QMenu(window.tr("Training"), window)


def furnish(window: MainWindow, theme: Theme, verbs: Mapping[str, Callable[[], object]]) -> None:
    """Afterwards everything is in its place, and each command does what its verb does."""
    actions = make_actions(window, theme, verbs)
    window.actions_by_id = actions
    for choice in ("tool", "plane", "layout", "side"):
        group = QActionGroup(window)
        for command in COMMANDS:
            if command.choice == choice:
                group.addAction(actions[command.id])
    _hang_menus(window, actions)
    window.empty = EmptyState(window.views, actions)
    window.top_bar = TopBar(actions, window.budgets)
    window.frames.furnish(actions)
    centre = _column(window.views, _column(window.reshape, _column(window.frames, window.strip)))
    split = QSplitter(Qt.Orientation.Horizontal, window)
    split.setObjectName("split")
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    side = window.side
    for widget in (window.cases, centre, side):
        split.addWidget(widget)
    window.cases.setMinimumWidth(200)
    window.cases.setMaximumWidth(2 * CASES_WIDTH)
    side.setMinimumWidth(288)
    side.setMaximumWidth(2 * SIDE_WIDTH)
    split.setStretchFactor(1, 1)
    split.setSizes([CASES_WIDTH, CENTRE_WIDTH, SIDE_WIDTH])
    window.split = split
    window.setCentralWidget(_column(window.top_bar, split, stretched=1))
    window.setStatusBar(window.status)
    window.setAcceptDrops(True)
    window.canvas.setFocus()


def mirror(window: MainWindow, *, is_mirrored: bool) -> None:
    """Afterwards labels, brush and network are on the left and the cases on the right, or the other way round."""
    split = window.split
    side, parts = window.side, [split.widget(n) for n in range(split.count())]
    centre = next(w for w in parts if w is not None and w not in (side, window.cases))
    wanted = [side, centre, window.cases] if is_mirrored else [window.cases, centre, side]
    if [split.widget(n) for n in range(3)] == wanted:
        return
    now = split.sizes()
    if sum(now) < CASES_WIDTH + SIDE_WIDTH:  # not laid out yet
        now = [CASES_WIDTH, CENTRE_WIDTH, SIDE_WIDTH] if is_mirrored else [SIDE_WIDTH, CENTRE_WIDTH, CASES_WIDTH]
    widths = dict(zip((split.widget(n) for n in range(3)), now, strict=True))
    for place, widget in enumerate(wanted):
        split.insertWidget(place, widget)
    split.setStretchFactor(1, 1)
    split.setSizes([widths[widget] for widget in wanted])


def _column(first: QWidget, second: QWidget, *, stretched: int = 0) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for number, widget in enumerate((first, second)):
        layout.addWidget(widget, int(number == stretched))
    return box


def _hang_menus(window: MainWindow, actions: Mapping[str, QAction]) -> None:
    bar = window.menuBar()
    bar.setObjectName("menuBar")
    bar.setAccessibleName(window.tr("Menus"))
    within = {
        **dict.fromkeys(("auto_window", *(f"preset_{n + 1}" for n in range(len(PRESETS)))), window.presets),
        **dict.fromkeys(("colour_map_next", "invert"), window.colour_maps), "slab": window.slabs,
        **dict.fromkeys(("single", "two", "three", "four", "maximise"), QMenu(window.tr("Layout"), window)),
        **dict.fromkeys(("side_labels", "side_history", "side_statistics"), QMenu(window.tr("Side panel"), window)),
    }  # fmt: skip
    below = {"open_sample": window.recent, "retrain": window.budgets}
    menus: dict[str, QMenu] = {}
    hung = set()
    for command in COMMANDS:
        if command.menu not in menus:
            menus[command.menu] = bar.addMenu(translated(command.menu))
        menu = menus[command.menu]
        if command.id in _BREAKS:
            menu.addSeparator()
        inner = within.get(command.id)
        if inner is not None and inner not in hung:
            hung.add(inner)
            menu.addMenu(inner)
            if inner.actions():
                inner.addSeparator()  # what can be chosen comes before what can be done
        (inner or menu).addAction(actions[command.id])
        if command.id in below:
            menu.addMenu(below[command.id])
    for menu in (*menus.values(), *hung):
        menu.setToolTipsVisible(True)
