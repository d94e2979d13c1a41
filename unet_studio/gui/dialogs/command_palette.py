"""The command palette: any command by a few letters of its name."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.actions import COMMANDS, translated
from unet_studio.gui.fuzzy import best_fit
from unet_studio.gui.theme import GRID

_ID, _MENU, _KEY, _WHY = (Qt.ItemDataRole(Qt.ItemDataRole.UserRole + n) for n in range(4))
WIDTH, SHOWN = 75 * GRID, 9


class CommandPalette(QDialog):
    """``chosen`` carries the id of a command that can be called. Enter chooses, Esc or a click elsewhere closes."""

    chosen = Signal(str)

    def __init__(
        self, parent: QWidget, actions: Mapping[str, QAction], *, reasons: Mapping[str, str], recent: Sequence[str]
    ) -> None:
        """``reasons`` says why a command can't be called, by id; ``recent`` are the ids called last, the newest first."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._actions, self._reasons, self._recent = actions, reasons, [*recent]
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Find a command"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        frame = QFrame(self)
        frame.setObjectName("paletteFrame")
        self._search = QLineEdit(frame)
        self._search.setObjectName("paletteSearch")
        self._search.setAccessibleName(self.tr("Letters of the command's name"))
        self._search.setPlaceholderText(self.tr("Find a command"))
        self._search.setToolTip(self.tr("A few letters of its name; Enter runs it, Esc closes"))
        self._search.textChanged.connect(self._show_found)
        self._search.installEventFilter(self)
        self._list = QListWidget(frame)
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName(self.tr("Commands found"))
        self._list.setToolTip(self.tr("Click a command to run it"))
        self._list.setItemDelegate(_CommandRow(self._list))
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _: self._choose())
        self._none = QLabel(self.tr("No command is called like this."), frame)
        self._none.setObjectName("paletteNone")
        self._none.setProperty("role", "dim")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(GRID, GRID, GRID, GRID)
        inner.setSpacing(GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        for widget in (self._search, self._list, self._none):
            inner.addWidget(widget)
        self.setFixedWidth(min(WIDTH, parent.width() - 4 * GRID))
        self._show_found("")
        window = parent.window()
        at = window.mapToGlobal(window.rect().topLeft())
        self.move(at.x() + (window.width() - self.width()) // 2, at.y() + 8 * GRID)
        self._search.setFocus()

    @property
    def ids(self) -> list[str]:
        """The commands listed, from the top."""
        return [self._list.item(row).data(_ID) for row in range(self._list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row, last = self._list.currentRow(), self._list.count() - 1
            steps = {
                Qt.Key.Key_Down: row + 1 if row < last else 0, Qt.Key.Key_Up: row - 1 if row > 0 else last,
                Qt.Key.Key_PageDown: min(last, row + SHOWN), Qt.Key.Key_PageUp: max(0, row - SHOWN),
            }  # fmt: skip
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if (step := steps.get(Qt.Key(event.key()))) is not None:
                self._list.setCurrentRow(step)
                return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.data(_WHY):
            id_ = item.data(_ID)
            self.close()
            self.chosen.emit(id_)

    def _show_found(self, query: str) -> None:
        self._list.clear()
        for id_ in self._found(query):
            item, action = QListWidgetItem(self._list), self._actions[id_]
            command = next(c for c in COMMANDS if c.id == id_)
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item.setText(action.text().rstrip("…"))
            for role, value in (
                (_ID, id_),
                (_MENU, translated(command.menu)),
                (_KEY, key),
                (_WHY, self._reasons.get(id_, "")),
            ):
                item.setData(role, value)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {key}, {self._reasons.get(id_, '')}")
            item.setToolTip(action.toolTip())
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._none.setVisible(self._list.count() == 0)
        row = self._list.sizeHintForRow(0) if self._list.count() else 0
        self._list.setFixedHeight(row * min(SHOWN, self._list.count()) + 2)
        self.adjustSize()

    def _found(self, query: str) -> list[str]:
        """The ids that fit, the best first; without a query the recent ones, then the rest as the menus have them."""
        places = {id_: place for place, id_ in enumerate(self._recent)}
        found = []
        for number, command in enumerate(c for c in COMMANDS if c.id != "commands"):
            texts = (translated(command.text), self._actions[command.id].text(), command.text, translated(command.tip))
            if (score := best_fit(query, texts)) is not None:
                is_off = bool(self._reasons.get(command.id)) and bool(query)
                recent = places.get(command.id, 99)
                order = (-score + 2 * is_off + 0.1 * min(recent, 9), number) if query else (recent, number)
                found.append((order, command.id))
        return [id_ for _, id_ in sorted(found)]


class _CommandRow(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10 * GRID, option.fontMetrics.height() + 2 * GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette: QPalette = option.palette
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            is_current = state & QStyle.StateFlag.State_Selected
            painter.setBrush(palette.color(QPalette.ColorRole.Light if is_current else QPalette.ColorRole.Button))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        text, dim = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        inner, metrics = rect.adjusted(GRID, 0, -GRID, 0), painter.fontMetrics()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        key, why, menu = index.data(_KEY), index.data(_WHY), index.data(_MENU)
        room = inner.width()
        for right, colour in ((key, text if not why else dim), (why or menu, dim)):
            if right:
                box = QRect(inner.left(), inner.top(), room, inner.height())
                painter.setPen(QColor(colour))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignRight) | middle, right)
                room -= metrics.horizontalAdvance(right) + 2 * GRID
        painter.setPen(dim if why else text)
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(inner.left(), inner.top(), room, inner.height()), middle, name)
        painter.restore()
