"""The bar below the canvas in which an operation on labels is chosen, looked at, and applied or dropped."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from unet_studio.gui.actions import COMMANDS, translated
from unet_studio.gui.segments import Segments
from unet_studio.gui.theme import GRID
from unet_studio.labels.label_map import LabelClass
from unet_studio.labels.likeness import Range
from unet_studio.workbench.reshaping import WITH_MM, WITH_OTHER, Kind

APPLY_KEYS, KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter), (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
FIELD_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
PREFIX = "reshape_"  # of the commands
NEW_LABEL = -1  # what an island may become besides the labels there are


class ReshapePanel(QFrame):
    """``wished`` tells that another operation, scope or amount was set; ``applied`` and ``dropped`` are the two ends."""

    wished = Signal()
    applied = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reshapePanel")
        self.setAccessibleName(self.tr("Reshape labels"))
        self.setToolTip(self.tr("Enter applies, Esc drops it"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.installEventFilter(self)
        self.is_volume = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._rows.setSpacing(GRID)
        self._add_head()
        self._add_amounts()
        self.hide()

    @property
    def kind(self) -> Kind:
        """The operation chosen."""
        chosen: Kind = self._kind.currentData()
        return chosen

    @property
    def amount_mm(self) -> float:
        """The radius, margin or wall."""
        return self._mm.value()

    @property
    def least(self) -> int:
        """The fewest voxels of an island that stays."""
        return self._least.value()

    @property
    def other(self) -> int:
        """The second label, 0 where there is none, ``NEW_LABEL`` for one that is yet to be made."""
        return int(self._other.currentData() or 0)

    @property
    def range(self) -> Range:
        """The intensities that threshold takes."""
        return Range(self._low.value(), self._high.value())

    def open(self, kind: Kind, *, label: str, others: Sequence[LabelClass], unit: str, step: float) -> None:
        """Afterwards the bar is seen with that operation on that label; ``unit`` is of lengths, ``step`` a voxel's side."""
        self._kind.setCurrentIndex(self._kind.findData(kind))
        chosen = self.other
        self._other.clear()
        for other in others:
            self._other.addItem(other.name, other.value)
        self._other.setCurrentIndex(max(0, self._other.findData(chosen)))
        self._label.setText(label)
        self._mm.setSuffix(f" {unit}")
        self._mm.setSingleStep(step)
        self._show_parts()
        self.show()
        self.setFocus()  # not the button, which loses it whenever it is disabled

    def show_range(self, chosen: Range, *, lowest: float, highest: float) -> None:
        """Afterwards threshold takes ``chosen``, of intensities from ``lowest`` to ``highest``."""
        for box, value in ((self._low, chosen.low), (self._high, chosen.high)):
            blocked = QSignalBlocker(box)
            box.setRange(lowest, highest)
            box.setSingleStep(max((highest - lowest) / 200, 1e-6))
            box.setDecimals(0 if highest - lowest > 50 else 3)
            box.setValue(value)
            blocked.unblock()

    def show_busy(self, fraction: float | None, text: str) -> None:
        """Afterwards it is seen that the preview is being worked out."""
        self._progress.setVisible(True)
        self._progress.setRange(0, 0 if fraction is None else 100)
        self._progress.setValue(round(100 * (fraction or 0)))
        self._summary.setText(text)
        self._apply.setEnabled(False)

    def show_result(self, text: str, *, may_apply: bool) -> None:
        """Afterwards ``text`` tells what would change."""
        self._progress.setVisible(False)
        self._summary.setText(text)
        self._apply.setEnabled(may_apply)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes Enter and Esc from the canvas and from its own fields while it is seen."""
        if self.isVisible() and isinstance(event, QKeyEvent) and event.key() in KEYS and not event.modifiers() & ~_PAD:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.end(is_applied=event.key() in APPLY_KEYS)
                return True
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QComboBox | QAbstractSpinBox)
            and event.key() in FIELD_KEYS
        ):
            event.accept()  # they step through the field's values here, not through slices
            return True
        return super().eventFilter(watched, event)

    def end(self, *, is_applied: bool) -> None:
        """Afterwards what is previewed has been asked to be done, if it may be, or to be dropped."""
        if not is_applied:
            self.dropped.emit()
        elif self._apply.isEnabled():
            self.applied.emit()

    # ---- inside

    def _add_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self._kind = QComboBox(self)
        self._kind.setObjectName("reshapeKind")
        self._kind.setAccessibleName(self.tr("Operation"))
        self._kind.setToolTip(self.tr("What is to be done to the label"))
        for command in COMMANDS:
            if command.id.startswith(PREFIX):
                self._kind.addItem(translated(command.text).rstrip("…"), command.id.removeprefix(PREFIX))
        self._kind.setMinimumWidth(20 * GRID)  # its longest name may not push the panels beside aside
        self._kind.activated.connect(lambda _: self._set_kind())
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._scope = Segments(
            "reshapeScope", self.tr("Scope of the operation"),
            [("slice", self.tr("Slice"), self.tr("Only the slice on the screen")),
             ("volume", self.tr("Volume"), self.tr("All slices, in three dimensions"))], self,
        )  # fmt: skip
        self._gap = Segments(
            "reshapeGap", self.tr("Scope of the operation"),
            [("slice", self.tr("Here"), self.tr("Between the drawn slices nearest to the one on the screen")),
             ("volume", self.tr("Everywhere"), self.tr("Between all slices that are drawn"))], self,
        )  # fmt: skip
        for scope in (self._scope, self._gap):
            scope.show_value("slice")
            scope.chosen.connect(self._set_scope)
        self._summary = QLabel(self)
        self._summary.setObjectName("reshapeSummary")
        self._summary.setProperty("role", "dim")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("reshapeProgress")
        self._progress.setAccessibleName(self.tr("Preview"))
        self._progress.setToolTip(self.tr("How far the preview is"))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(12 * GRID)
        self._drop = QPushButton(self.tr("Cancel"), self)
        self._drop.setObjectName("reshapeCancel")
        self._drop.setToolTip(self.tr("Leave everything as it is (Esc)"))
        self._drop.clicked.connect(self.dropped)
        self._apply = QPushButton(self.tr("Apply"), self)
        self._apply.setObjectName("reshapeApply")
        self._apply.setProperty("role", "primary")
        self._apply.setToolTip(self.tr("Do what is outlined (Enter)"))
        self._apply.clicked.connect(self.applied)
        for button in (self._drop, self._apply):
            button.setAccessibleName(button.text())
        row.addWidget(self._kind)
        row.addWidget(self._label)
        row.addWidget(self._scope)
        row.addWidget(self._gap)
        row.addStretch(1)
        row.addWidget(self._drop)
        row.addWidget(self._apply)
        self._rows.addLayout(row)
        for watched in (self._kind, self._drop, self._apply, *self._both_scopes()):
            watched.installEventFilter(self)

    def _add_amounts(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self._mm, self._low, self._high = QDoubleSpinBox(self), QDoubleSpinBox(self), QDoubleSpinBox(self)
        self._least = QSpinBox(self)
        self._other = QComboBox(self)
        self._mm.setRange(0.0, 100.0)
        self._mm.setDecimals(1)
        self._mm.setValue(2.0)
        self._least.setRange(1, 10_000_000)
        self._least.setValue(10)
        self._least.setSuffix(self.tr(" voxels"))
        self._parts: list[tuple[QWidget, Sequence[Kind]]] = []
        fields: tuple[tuple[QWidget, str, str, str, tuple[Kind, ...]], ...] = (
            (self._mm, "reshapeAmount", self.tr("By"), self.tr("Radius, margin or wall"), WITH_MM),
            (self._least, "reshapeLeast", self.tr("Smaller than"), self.tr("Islands below this go"), ("small",)),
            (self._other, "reshapeOther", self.tr("With"), self.tr("The second label"), WITH_OTHER),
            (self._low, "reshapeLow", self.tr("From"), self.tr("The lowest intensity taken"), ("threshold",)),
            (self._high, "reshapeHigh", self.tr("To"), self.tr("The highest intensity taken"), ("threshold",)),
        )
        for widget, name, title, tip, kinds in fields:
            label = QLabel(title, self)
            widget.setObjectName(name)
            widget.setAccessibleName(title)
            widget.setToolTip(tip)
            widget.installEventFilter(self)
            for part in (label, widget):
                row.addWidget(part)
                self._parts.append((part, kinds))
        for box in (self._mm, self._low, self._high, self._least):
            box.setMinimumWidth(12 * GRID)
            box.setProperty("role", "plain")  # no buttons: the wheel and the arrow keys step. NoButtons hides the text
            box.lineEdit().setTextMargins(GRID, 0, 0, 0)
            box.valueChanged.connect(lambda _: self.wished.emit())
        self._other.activated.connect(lambda _: self.wished.emit())
        row.addStretch(1)
        row.addWidget(self._summary)
        row.addWidget(self._progress)
        self._rows.addLayout(row)

    def _both_scopes(self) -> list[QPushButton]:
        return [button for segments in (self._scope, self._gap) for button in segments.findChildren(QPushButton)]

    def _set_kind(self) -> None:
        self._show_parts()
        self.wished.emit()

    def _set_scope(self, scope: str) -> None:
        self.is_volume = scope == "volume"
        for segments in (self._scope, self._gap):
            segments.show_value(scope)
        self.wished.emit()

    def _show_parts(self) -> None:
        for widget, kinds in self._parts:
            widget.setVisible(self.kind in kinds)
        new = self._other.findData(NEW_LABEL)
        if self.kind == "move_one" and new < 0:
            self._other.addItem(self.tr("New label"), NEW_LABEL)
        elif self.kind != "move_one" and new >= 0:
            self._other.removeItem(new)
        self._scope.setVisible(self.kind != "between")
        self._gap.setVisible(self.kind == "between")


_PAD = Qt.KeyboardModifier.KeypadModifier
