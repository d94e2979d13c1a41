"""The list of cases: name, how far each is, and a bar of its slices by state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.case_order import Wish, listed
from unet_studio.gui.icons import icon
from unet_studio.gui.theme import GRID, Theme
from unet_studio.project.films import Film
from unet_studio.project.records import SliceState

_CASE, _SUMMARY, _PARTS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_FLAG, _COMMENT = Qt.ItemDataRole.UserRole + 3, Qt.ItemDataRole.UserRole + 4
ROW_HEIGHT = 6 * GRID


class CasesPanel(QWidget):
    """``chosen`` is a film's id, clicked or picked by key; ``menu_asked`` a film's id and where on the screen."""

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
        self._shown: tuple[Sequence[Film], Mapping[int, Mapping[int, SliceState]], int | None] = ((), {}, None)
        self._wish = Wish()
        self._filter = QLineEdit(self)
        self._filter.setObjectName("caseFilter")
        self._filter.setAccessibleName(self.tr("Filter the cases"))
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setToolTip(self.tr("Words of a name or a comment (Ctrl+F)"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(lambda text: self._list_again(replace(self._wish, text=text)))
        self._order = QToolButton(self)
        self._order.setObjectName("caseOrder")
        self._order.setAccessibleName(self.tr("Which cases, and in which order"))
        self._order.setToolTip(self.tr("Which cases, and in which order"))
        self._order.setIcon(icon("filter-variant", theme.dim))
        self._order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order.setMenu(self._order_menu())
        self._hint = QLabel(self.tr("Drop DICOM folders, NIfTI files or pictures here"), self)
        self._hint.setProperty("role", "dim")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self._filter, 1)
        row.addWidget(self._order)
        layout.addLayout(row)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._hint)

    def show_cases(
        self, every: Sequence[Film], states_of: Mapping[int, Mapping[int, SliceState]], current: int | None
    ) -> None:
        """Afterwards those of these films that the user wants to see are listed, that of the ``current`` case marked."""
        self._shown = every, states_of, current
        states = {film.id: film.states(states_of) for film in every}
        cases = listed(every, states, self._wish)
        if [self._list.item(i).data(_CASE) for i in range(self._list.count())] != [c.id for c in cases]:
            self._list.clear()
            for case in cases:
                item = QListWidgetItem(self._list)
                item.setData(_CASE, case.id)
        for row, case in enumerate(cases):
            item = self._list.item(row)
            summary, parts = self._summary(case, states.get(case.id, {}))
            name = self._name(case)
            for role, value in (
                (Qt.ItemDataRole.DisplayRole, name), (_SUMMARY, summary), (_PARTS, parts),
                (_FLAG, case.is_flagged), (_COMMENT, case.comment),
                (Qt.ItemDataRole.ToolTipRole, "\n".join(filter(None, (name, summary, case.comment)))),
            ):  # fmt: skip
                if item.data(role) != value:
                    item.setData(role, value)
            if current is not None and case.place(current) >= 0:
                self._list.setCurrentRow(row)
        if current is None or all(case.place(current) < 0 for case in cases):
            self._list.setCurrentRow(-1)

    def focus_filter(self) -> None:
        """Afterwards what is typed filters the list."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def _list_again(self, wish: Wish) -> None:
        self._wish = wish
        self.show_cases(*self._shown)

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        for field, choices in (
            ("show", (("all", self.tr("All cases")), ("unfinished", self.tr("Not yet reviewed")),
                      ("reviewed", self.tr("Reviewed")), ("flagged", self.tr("Flagged")),
                      ("predicted", self.tr("With predicted slices")), ("edited", self.tr("With edited slices")),
                      ("untouched", self.tr("With untouched slices")))),
            ("sort", (("added", self.tr("As they were added")), ("name", self.tr("By name")),
                      ("progress", self.tr("Least reviewed first")))),
        ):  # fmt: skip
            group = QActionGroup(menu)
            menu.addSeparator()
            for value, text in choices:
                action = menu.addAction(text, partial(self._choose_order, field, value))
                action.setObjectName(f"{field}_{value}")
                action.setCheckable(True)
                action.setChecked(getattr(self._wish, field) == value)
                group.addAction(action)
        return menu

    def _choose_order(self, field: str, value: Any) -> None:
        self._list_again(replace(self._wish, **{field: value}))

    def _name(self, film: Film) -> str:
        count = len(film.cases)
        return film.name if count == 1 else f"{film.name} · {self.tr('{n} frames').format(n=count)}"

    def _summary(self, case: Film, states: Mapping[tuple[int, int], SliceState]) -> tuple[str, list[int]]:
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
        side = metrics.height() - 2
        for glyph, colour, is_set in (
            ("flag", theme.warn, index.data(_FLAG)), ("comment-text-outline", theme.dim, bool(index.data(_COMMENT))),
        ):  # fmt: skip
            if is_set:
                mark = QRect(text.left(), text.center().y() - side // 2, side, side)
                icon(glyph, colour).paint(painter, mark)
                text.setLeft(text.left() + side + GRID // 2)
                room -= side + GRID // 2
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
