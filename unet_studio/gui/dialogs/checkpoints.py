"""The list of checkpoints: scores, go back to one, rename, delete."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.project.records import CheckpointRecord


class CheckpointsDialog(QDialog):
    """``activate_asked``, ``rename_asked`` and ``delete_asked`` carry the id of the selected checkpoint."""

    activate_asked = Signal(int)
    rename_asked = Signal(int)
    delete_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checkpoints")
        self.setAccessibleName(self.tr("Checkpoints"))
        self.setWindowTitle(self.tr("Checkpoints"))
        self.resize(760, 360)
        self._intro = QLabel(self)
        self._intro.setProperty("role", "dim")
        self._intro.setWordWrap(True)
        self._table = QTableWidget(0, 6, self)
        self._table.setObjectName("checkpointTable")
        self._table.setAccessibleName(self.tr("Checkpoints"))
        self._table.setToolTip(self.tr("Select a checkpoint, then choose below"))
        self._table.setHorizontalHeaderLabels(
            [
                self.tr("Name"),
                self.tr("Held-out Dice"),
                self.tr("Before"),
                self.tr("Scored on"),
                self.tr("Learned from"),
                self.tr("Made"),
            ]
        )
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.itemSelectionChanged.connect(self._show_choices)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self._activate = self._button(buttons, "activate", self.tr("Use this one"), self.activate_asked)
        self._rename = self._button(buttons, "rename", self.tr("Rename…"), self.rename_asked)
        self._delete = self._button(buttons, "delete", self.tr("Delete…"), self.delete_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + 4)
        for widget in (self._intro, self._table, buttons):
            layout.addWidget(widget)
        self._records: tuple[CheckpointRecord, ...] = ()

    def show_records(self, records: tuple[CheckpointRecord, ...], *, is_editable: bool) -> None:
        """Afterwards these are listed, the newest first; nothing can be changed where not ``is_editable``."""
        chosen = self._chosen()
        self._records = tuple(sorted(records, key=lambda r: -r.id))
        self._is_editable = is_editable
        self._intro.setText(
            self.tr("Each training leaves a checkpoint. The active one predicts; going back is one click.")
            if records else self.tr("There is no checkpoint yet. Review a slice (Enter), then click Retrain: it makes the first.")
        )  # fmt: skip
        self._table.setRowCount(len(self._records))
        for row, record in enumerate(self._records):
            card = record.card
            score = self.tr("not enough held-out slices") if card.scores.mean is None else f"{card.scores.mean:.3f}"
            before = "–" if card.before is None or card.before.mean is None else f"{card.before.mean:.3f}"
            name = record.name + ("  ●  " + self.tr("active") if record.is_active else "")
            learned = sum(len(slices) for slices in card.trained_on.values())
            cells = (
                name, score, before, self.tr("{n} slices").format(n=card.scores.slices),
                self.tr("{n} slices").format(n=learned), card.created[:16].replace("T", " "),
            )  # fmt: skip
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self._table.setItem(row, column, item)
            if chosen is not None and record.id == chosen.id:
                self._table.selectRow(row)
        if self._records and self._chosen() is None:
            self._table.selectRow(0)
        self._show_choices()

    def _chosen(self) -> CheckpointRecord | None:
        rows = self._table.selectionModel().selectedRows()
        return self._records[rows[0].row()] if rows and rows[0].row() < len(self._records) else None

    def _show_choices(self) -> None:
        record = self._chosen()
        may = record is not None and self._is_editable
        self._activate.setEnabled(may and record is not None and not record.is_active)
        self._rename.setEnabled(may)
        self._delete.setEnabled(may and record is not None and not record.is_active)

    def _button(self, box: QDialogButtonBox, name: str, text: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setAutoDefault(False)
        box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)

        def clicked() -> None:
            if (record := self._chosen()) is not None:
                signal.emit(record.id)  # type: ignore[attr-defined]

        button.clicked.connect(clicked)
        return button
