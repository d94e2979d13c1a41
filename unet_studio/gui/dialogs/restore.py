"""Which backup to go back to."""

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.project.backups import Backup

CASES_NAMED = 3


class RestoreDialog(QDialog):
    """Lists the backups of a project with time, strokes and cases; ``chosen`` is the one taken. Nothing is used up by it."""

    def __init__(self, parent: QWidget, project: str, backups: tuple[Backup, ...]) -> None:
        super().__init__(parent)
        self.setObjectName("restore")
        self.setAccessibleName(self.tr("Restore a backup"))
        self.setWindowTitle(self.tr("Restore a backup of “{project}”").format(project=project))
        self.resize(720, 380)
        self._backups = backups
        intro = QLabel(
            self.tr(
                "The project goes back to what it was then. What it is now is kept beside it, and so is every backup."
            ),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        self._table = self._filled(backups)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        go = buttons.addButton(self.tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        go.setObjectName("go")
        go.setAccessibleName(go.text())
        go.setToolTip(self.tr("The project is as it was then; what it replaces is kept beside it"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._table.doubleClicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + 4)
        for widget in (intro, self._table, buttons):
            layout.addWidget(widget)

    @property
    def chosen(self) -> Backup | None:
        """The backup in the row that is selected."""
        rows = self._table.selectionModel().selectedRows()
        return self._backups[rows[0].row()] if rows else None

    def _filled(self, backups: tuple[Backup, ...]) -> QTableWidget:
        table = QTableWidget(len(backups), 3, self)
        table.setObjectName("backups")
        table.setAccessibleName(self.tr("Backups, the newest first"))
        table.setToolTip(self.tr("Backups, the newest first"))
        table.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Actions"), self.tr("Cases")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, backup in enumerate(backups):
            for column, text in enumerate((_time_text(backup.made), str(backup.strokes), self._cases_text(backup))):
                table.setItem(row, column, QTableWidgetItem(text))
        table.selectRow(0)
        return table

    def _cases_text(self, backup: Backup) -> str:
        """The cases with the most strokes."""
        most = sorted(backup.cases, key=lambda case: -case[1])
        named = ", ".join(f"{name} ({count})" for name, count in most[:CASES_NAMED])
        more = len(most) - CASES_NAMED
        return named + (self.tr(" and {n} more").format(n=more) if more > 0 else "")


def _time_text(made: str) -> str:
    """A time in UTC as the clock on this wall shows it."""
    local = QDateTime.fromString(made, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(local, "yyyy-MM-dd HH:mm:ss")
