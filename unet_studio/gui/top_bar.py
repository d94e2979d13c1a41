"""The bar above the canvas: the project's name, tools, planes, undo, Predict and Retrain."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from unet_studio.gui.line import Name
from unet_studio.gui.theme import GRID

TOOLS = (
    "navigate", "brush", "eraser", "adaptive", "threshold", "polygon", "wire", "rectangle", "ellipse", "grow", "fill", "pick",
    "window",
)  # fmt: skip
LAYOUTS = ("single", "two", "four")
PLANES = (("axial", "A"), ("coronal", "C"), ("sagittal", "S"))


class TopBar(QWidget):
    """Made from the actions, so that each button does, tells and looks what its command does."""

    def __init__(self, actions: Mapping[str, QAction], budgets: QMenu) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setAccessibleName(self.tr("Toolbar"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel("UNet Studio", self)
        self._title.setProperty("role", "title")
        self._project = Name(self)
        self._project.setObjectName("projectName")
        self._project.setProperty("role", "dim")
        tools, planes, layouts, undo = groups = [  # before what lies to their right, as Tab goes through them
            self._group([self._tool(actions[name], "") for name in TOOLS]),
            self._group([self._tool(actions[name], letter) for name, letter in PLANES]),
            self._group([self._tool(actions[name], "") for name in LAYOUTS]),
            self._group([self._tool(actions[name], "") for name in ("undo", "redo")]),
        ]
        self._predict = self._push(actions["predict"], primary=False)
        self._retrain = self._push(actions["retrain"], primary=True)
        self._budget = QToolButton(self)
        self._budget.setObjectName("budget")
        self._budget.setAccessibleName(self.tr("How long to train, and from what"))
        self._budget.setToolTip(self.tr("How long to train, and from what"))
        self._budget.setText("▾")
        self._budget.setMenu(budgets)
        self._budget.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._always: tuple[QWidget, ...] = (tools, self._predict, self._retrain, self._budget)
        # What gives way where there is little room, the first of them first.
        self._spare: tuple[QWidget, ...] = (self._title, layouts, planes, undo)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(GRID + 4)
        left.addWidget(self._title)
        left.addWidget(self._project, 1)
        right.setSpacing(GRID)
        right.addStretch(1)
        for widget in (self._predict, self._retrain, self._budget):
            right.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        layout.setSpacing(GRID + 4)
        layout.addLayout(left, 1)  # both sides grow alike, so the tools keep their place whatever the sides say
        for group in groups:
            layout.addWidget(group)
        layout.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out what has no room; all of that is in the menus and on keys, too."""
        super().resizeEvent(event)
        self._make_room()

    def show_project(self, name: str) -> None:
        """Afterwards ``name`` stands beside the program's."""
        self._project.show_name(name)

    def show_new_reviews(self, count: int) -> None:
        """Afterwards the Retrain button says how many reviewed slices are new to the network."""
        text = self.tr("Retrain")
        self._retrain.setText(f"{text} · {self.tr('%n new', '', count)}" if count else text)
        self._retrain.ensurePolished()
        usual = f"{text} · {self.tr('%n new', '', 99)}"
        widest = max(usual, self._retrain.text(), key=len)  # so that nothing beside it moves
        self._retrain.setMinimumWidth(self._retrain.fontMetrics().horizontalAdvance(widest) + 3 * GRID)
        self._make_room()

    def _make_room(self) -> None:
        left = self.width() - 4 * GRID - sum(_least_width(w) + GRID + 4 for w in self._always)
        for widget in reversed(self._spare):
            left -= _least_width(widget) + GRID + 4
            widget.setVisible(left >= 0)
        self._project.setVisible(left >= 0)

    def _push(self, action: QAction, *, primary: bool) -> QPushButton:
        button = QPushButton(action.text(), self)
        button.setObjectName(f"{action.objectName()}Button")
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        button.setProperty("role", "primary" if primary else "")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _tool(self, action: QAction, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{action.objectName()}Tool")
        button.setAccessibleName(action.text())
        button.setDefaultAction(action)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(30)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            action.setIconText(text)
            button.setFixedWidth(32)
        return button

    def _group(self, buttons: Sequence[QToolButton]) -> QWidget:
        box = QWidget(self)
        box.setObjectName("toolGroup")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(box)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(2)
        for button in buttons:
            row.addWidget(button)
        return box


def _least_width(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())
