"""The history of the open case: what was done, one below the other, to go back and forth in."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from unet_studio.gui.language import said
from unet_studio.gui.theme import GRID, Theme
from unet_studio.labels.history import Entry
from unet_studio.project.records import Change

SIDE = 5 * GRID  # logical pixels of a picture's longer side
KEPT = 400  # pictures: 2 MB
_IS_UNDONE, _PICTURE, _IS_HERE = (Qt.ItemDataRole(Qt.ItemDataRole.UserRole + n) for n in range(3))

Picture = Callable[[Change], QImage | None]


class HistoryPanel(QWidget):
    """``travelled`` tells how many of the listed actions the user wants to be done, and the others not."""

    travelled = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sideBody")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("History"))
        self._rows = _Rows(self)
        self._view = QListView(self)
        self._view.setObjectName("historyList")
        self._view.setAccessibleName(self.tr("History"))
        self._view.setToolTip(self.tr("Click an action to go back or forth to it"))
        self._view.setModel(self._rows)
        self._view.setItemDelegate(_HistoryRow(theme, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._travel)
        self._view.activated.connect(self._travel)
        self._empty = QLabel(self.tr("Nothing was done on this case yet. Each action will be listed here."), self)
        self._empty.setObjectName("historyEmpty")
        self._empty.setAccessibleName(self.tr("History"))
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self._empty)
        layout.addWidget(self._view, 1)

    def show_history(self, entries: Sequence[Entry[Change]], depth: int, *, picture: Picture) -> None:
        """Afterwards these are listed, of which the first ``depth`` are done; ``picture`` is asked for those in sight."""
        self._rows.show(entries, depth, picture)
        self._empty.setVisible(not entries)
        self._view.setVisible(bool(entries))
        here = self._rows.index(depth)
        self._view.setCurrentIndex(here)
        self._view.scrollTo(here)

    def forget_pictures(self) -> None:
        """Afterwards every picture is made anew: another case, or other colours."""
        self._rows.pictures.clear()

    def _travel(self, index: QModelIndex) -> None:
        self.travelled.emit(index.row())


class _Rows(QAbstractListModel):
    """Row 0 is the case before the first action that is remembered; row ``depth`` is where it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.depth = 0
        self.pictures: OrderedDict[int, QImage | None] = OrderedDict()
        self._entries: Sequence[Entry[Change]] = ()
        self._picture: Picture = lambda _: None

    def show(self, entries: Sequence[Entry[Change]], depth: int, picture: Picture) -> None:
        self.beginResetModel()
        self._entries, self.depth, self._picture = entries, depth, picture
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries) + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        row = index.row()
        entry = self._entries[row - 1] if row else None
        if role == Qt.ItemDataRole.DisplayRole:
            return said(entry.name) if entry else self.tr("As it was at first")
        if role == _IS_UNDONE:
            return row > self.depth
        if role == _IS_HERE:
            return row == self.depth
        if role == _PICTURE:
            return self._picture_of(entry) if entry else None
        return None

    def _picture_of(self, entry: Entry[Change]) -> QImage | None:
        if entry.number not in self.pictures:
            self.pictures[entry.number] = self._picture(entry.unpacked())
            while len(self.pictures) > KEPT:
                self.pictures.popitem(last=False)
        return self.pictures[entry.number]


class _HistoryRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(20 * GRID, SIDE + GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._theme, QRect(option.rect).adjusted(0, 1, -2, -1)
        is_here, is_undone = index.data(_IS_HERE), index.data(_IS_UNDONE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_here or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.selected if is_here else theme.hover))
            painter.drawRoundedRect(rect, 8, 8)
        frame = QRect(rect.left() + GRID // 2, rect.center().y() - SIDE // 2 + 2, SIDE, SIDE - 4)
        picture = index.data(_PICTURE)
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setOpacity(0.45 if is_undone else 1.0)
        if picture is not None:
            size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(frame.topLeft(), size)
            place.moveCenter(frame.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture)
        else:
            painter.setBrush(QColor(theme.border))
            painter.drawEllipse(frame.center(), 3, 3)
        painter.setOpacity(1.0)
        text = rect.adjusted(SIDE + 2 * GRID, 0, -GRID, 0)
        painter.setPen(QColor(theme.dim if is_undone else theme.text))
        name = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        painter.restore()
