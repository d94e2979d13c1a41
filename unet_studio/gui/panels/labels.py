"""The list of label classes: colour, name, size, visibility and lock."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.icons import icon
from unet_studio.gui.theme import GRID, Theme
from unet_studio.labels.label_map import LabelClass


class LabelsPanel(QWidget):
    """``chosen`` is a class's value; ``changed`` a class as the user wants it; ``removed`` a value."""

    chosen = Signal(int)
    changed = Signal(object)
    removed = Signal(int)
    new_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("labelsPanel")
        self.setAccessibleName(self.tr("Labels"))
        self._theme = theme
        self._rows: dict[int, _LabelRow] = {}
        heading = QLabel(self.tr("LABELS"), self)
        heading.setProperty("role", "heading")
        self._body = QVBoxLayout()
        self._body.setSpacing(2)
        self._new = QPushButton(self.tr("New label"), self)
        self._new.setObjectName("newLabel")
        self._new.setProperty("role", "quiet")
        self._new.setIcon(icon("plus", theme.dim, disabled=theme.border))
        self._new.setToolTip(self.tr("Add a structure to outline (Ctrl+L)"))
        self._new.setAccessibleName(self.tr("New label"))
        self._new.clicked.connect(self.new_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading)
        layout.addLayout(self._body)
        layout.addWidget(self._new)

    def show_classes(self, classes: tuple[LabelClass, ...], current: int, *, is_editable: bool) -> None:
        """Afterwards these classes are listed, the current one marked; its name can be changed by a double click."""
        if list(self._rows) != [c.value for c in classes]:
            for row in self._rows.values():
                self._body.removeWidget(row)
                row.deleteLater()
            self._rows = {c.value: _LabelRow(c, self._theme, self) for c in classes}
            for row in self._rows.values():
                self._body.addWidget(row)
                row.chosen.connect(self.chosen)
                row.changed.connect(self.changed)
                row.removed.connect(self.removed)
            _tab_before(
                self._new, [w for row in self._rows.values() for w in row.findChildren(QWidget) if w.focusPolicy()]
            )
        for label_class in classes:
            self._rows[label_class.value].show_class(label_class, is_current=label_class.value == current)
        self._new.setEnabled(is_editable)
        for row in self._rows.values():
            row.setEnabled(is_editable)

    def show_sizes(self, sizes: Mapping[int, str]) -> None:
        """Afterwards each class shows its size, such as "118.4 ml"; nothing for those missing in ``sizes``."""
        for value, row in self._rows.items():
            row.show_size(sizes.get(value, ""))


def _tab_before(stop: QWidget, inserted: list[QWidget]) -> None:
    """Afterwards Tab goes through ``inserted``, in this order, before it comes to ``stop``."""
    before = stop.previousInFocusChain()
    while before is not None and before is not stop and not before.focusPolicy():
        before = before.previousInFocusChain()
    if before is not None:
        for first, second in pairwise((before, *inserted)):
            QWidget.setTabOrder(first, second)


class _LabelRow(QFrame):
    chosen = Signal(int)
    changed = Signal(object)
    removed = Signal(int)

    def __init__(self, label_class: LabelClass, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._class = label_class
        self._theme = theme
        self.setObjectName(f"label{label_class.value}")
        self._swatch = QToolButton(self)
        self._swatch.setObjectName("swatch")
        self._swatch.setIconSize(QSize(2 * GRID, 2 * GRID))
        self._swatch.setToolTip(self.tr("Colour"))
        self._swatch.clicked.connect(self._ask_colour)
        self._name = QLineEdit(self)
        self._name.setObjectName("name")
        self._name.setFrame(False)
        self._name.setReadOnly(True)
        self._name.setCursor(Qt.CursorShape.ArrowCursor)
        self._name.setToolTip(self.tr("Double-click to rename"))
        self._name.editingFinished.connect(self._rename)
        self._name.installEventFilter(self)
        self._size = QLabel(self)
        self._size.setProperty("role", "dim")
        self._eye = self._button("eye", self.tr("Show or hide"), self._toggle_eye)
        self._lock = self._button("lock", self.tr("Lock: nothing paints over a locked label"), self._toggle_lock)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._swatch)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._size)
        layout.addWidget(self._eye)
        layout.addWidget(self._lock)

    def show_class(self, label_class: LabelClass, *, is_current: bool) -> None:
        self._class = label_class
        theme = self._theme
        if not self._name.hasFocus() or self._name.isReadOnly():
            self._name.setText(label_class.name)
            self._name.setCursorPosition(0)
        self.setAccessibleName(label_class.name)
        for widget, what in (
            (self._swatch, self.tr("Colour")), (self._name, self.tr("Name")), (self._eye, self.tr("Visible")),
            (self._lock, self.tr("Locked")),
        ):  # fmt: skip
            widget.setAccessibleName(f"{what}: {label_class.name}")
        self._swatch.setIcon(_swatch(label_class))
        eye, lock = ("eye-outline", "eye-off-outline"), ("lock-outline", "lock-open-variant-outline")
        self._eye.setIcon(icon(eye[not label_class.is_visible], theme.text if label_class.is_visible else theme.dim))
        self._lock.setIcon(icon(lock[not label_class.is_locked], theme.warn if label_class.is_locked else theme.dim))
        colour = theme.selected if is_current else "transparent"
        self.setStyleSheet(
            f"_LabelRow {{ background: {colour}; border-radius: 8px; }}"
            f"QLineEdit {{ background: transparent; border: none; padding: 4px 0; color: {theme.text}; }}"
            "QToolButton { padding: 4px; }"
        )

    def show_size(self, size: str) -> None:
        if self._size.text() != size:
            self._size.setText(size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._name.isReadOnly():
            if event.type() is QEvent.Type.MouseButtonPress:
                self.chosen.emit(self._class.value)
                return True
            if event.type() is QEvent.Type.MouseButtonDblClick:
                self.edit_name()
                return True
            if event.type() is QEvent.Type.ContextMenu:
                return False
        return super().eventFilter(watched, event)

    def edit_name(self) -> None:
        self._name.setReadOnly(False)
        self._name.setFocus()
        self._name.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._class.value)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Rename"), self.edit_name)
        menu.addAction(self.tr("Colour…"), self._ask_colour)
        menu.addSeparator()
        menu.addAction(self.tr("Remove label…"), lambda: self.removed.emit(self._class.value))
        menu.exec(event.globalPos())

    def _button(self, name: str, tip: str, verb: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(verb)
        return button

    def _rename(self) -> None:
        if self._name.isReadOnly():
            return
        self._name.setReadOnly(True)
        self._name.deselect()
        name = self._name.text().strip()
        if name and name != self._class.name:
            self.changed.emit(replace(self._class, name=name))
        else:
            self._name.setText(self._class.name)

    def _ask_colour(self) -> None:
        colour = QColorDialog.getColor(
            QColor(*self._class.colour), self, self.tr("Colour of {name}").format(name=self._class.name)
        )
        if colour.isValid():
            self.changed.emit(replace(self._class, colour=(colour.red(), colour.green(), colour.blue())))

    def _toggle_eye(self) -> None:
        self.changed.emit(replace(self._class, is_visible=not self._class.is_visible))

    def _toggle_lock(self) -> None:
        self.changed.emit(replace(self._class, is_locked=not self._class.is_locked))


def _swatch(label_class: LabelClass) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(*label_class.colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(2, 2, 28, 28, 6, 6)
    painter.end()
    return QIcon(pixmap)
