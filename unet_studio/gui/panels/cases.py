"""The list of cases: name, how far each is, and a bar of its slices by state."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.theme import GRID, Theme
from unet_studio.project.records import Case, SliceState

_CASE, _SUMMARY, _PARTS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
ROW_HEIGHT = 6 * GRID


class CasesPanel(QWidget):
    """``chosen`` is a case's id, clicked or picked by key; ``menu_asked`` a case's id and where on the screen."""

    chosen = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Cases"))
        heading = QLabel(self.tr("CASES"), self)
        heading.setProperty("role", "heading")
        self._list = QListWidget(self)
        self._list.setObjectName("caseList")
        self._list.setAccessibleName(self.tr("Cases"))
        self._list.setToolTip(self.tr("Click a case to open it; right-click for more"))
        self._list.setItemDelegate(_CaseRow(theme, self._list))
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._ask_menu)
        self._hint = QLabel(self.tr("Drop DICOM folders, NIfTI files or pictures here"), self)
        self._hint.setProperty("role", "dim")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(heading)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._hint)

    def show_cases(
        self, cases: Sequence[Case], states: Mapping[int, Mapping[int, SliceState]], current: int | None
    ) -> None:
        """Afterwards these cases are listed in their order, the current one marked."""
        if [self._list.item(i).data(_CASE) for i in range(self._list.count())] != [c.id for c in cases]:
            self._list.clear()
            for case in cases:
                item = QListWidgetItem(self._list)
                item.setData(_CASE, case.id)
        for row, case in enumerate(cases):
            item = self._list.item(row)
            summary, parts = self._summary(case, states.get(case.id, {}))
            for role, value in (
                (Qt.ItemDataRole.DisplayRole, case.name), (_SUMMARY, summary), (_PARTS, parts),
                (Qt.ItemDataRole.ToolTipRole, f"{case.name}\n{summary}"),
            ):  # fmt: skip
                if item.data(role) != value:
                    item.setData(role, value)
            if case.id == current:
                self._list.setCurrentRow(row)
        if current is None:
            self._list.setCurrentRow(-1)

    def _summary(self, case: Case, states: Mapping[int, SliceState]) -> tuple[str, list[int]]:
        counts = Counter(states.values())
        reviewed, edited, predicted = (
            counts[s] for s in (SliceState.REVIEWED, SliceState.EDITED, SliceState.PREDICTED)
        )
        parts = [reviewed, edited, predicted, case.slices]
        if reviewed == case.slices:
            return self.tr("reviewed"), parts
        if reviewed or edited:
            return self.tr("{done} of {all}").format(done=reviewed, all=case.slices), parts
        return (self.tr("predicted") if predicted else self.tr("untouched")), parts

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_CASE))

    def _ask_menu(self, at: QPoint) -> None:
        if (item := self._list.itemAt(at)) is not None:
            self.menu_asked.emit(item.data(_CASE), self._list.viewport().mapToGlobal(at))


class _CaseRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10 * GRID, max(ROW_HEIGHT, option.fontMetrics.height() + 4 * GRID))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme
        rect: QRect = option.rect.adjusted(0, 2, -2, -2)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setBrush(QColor(theme.selected if state & QStyle.StateFlag.State_Selected else theme.hover))
            painter.drawRoundedRect(rect, 8, 8)
        inner = rect.adjusted(GRID, GRID // 2, -GRID, -GRID)
        metrics = painter.fontMetrics()
        summary, parts = index.data(_SUMMARY), index.data(_PARTS)
        text = QRect(inner.left(), inner.top(), inner.width(), inner.height() - GRID)
        painter.setPen(QColor(theme.good if parts[0] == parts[3] else theme.dim))
        painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), summary)
        room = text.width() - metrics.horizontalAdvance(summary) - GRID
        painter.setPen(QColor(theme.text))
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        self._bar(painter, QRect(inner.left(), inner.bottom() - 3, inner.width(), 4), parts)
        painter.restore()

    def _bar(self, painter: QPainter, rect: QRect, parts: list[int]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.hover))
        painter.drawRoundedRect(rect, 2, 2)
        left = float(rect.left())
        for count, colour in zip(parts[:3], (self._theme.good, self._theme.busy, self._theme.warn), strict=True):
            width = rect.width() * count / max(1, parts[3])
            if count:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRect(round(left), rect.top(), max(2, round(width)), rect.height()), 2, 2)
            left += width
