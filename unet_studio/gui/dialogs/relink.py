"""Where moved scans were found, before the project takes it over."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
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

from unet_studio.gui.identities import Identities
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.project.records import Case


class RelinkDialog(QDialog):
    """Lists the lost cases, each with where its scan was found, if it was, as far as ``identities`` may be seen."""

    def __init__(
        self, parent: QWidget, cases: Sequence[Case], found: Mapping[int, Path], identities: Identities
    ) -> None:
        super().__init__(parent)
        self.setObjectName("relink")
        self.setAccessibleName(self.tr("Moved scans"))
        self.setWindowTitle(self.tr("Moved scans"))
        self.resize(760, 380)
        intro = QLabel(
            self.tr(
                "Found {n} of {all} scans, each the same in every voxel. The scans themselves are not touched."
            ).format(n=len(found), all=len(cases)),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        table = QTableWidget(len(cases), 2, self)
        table.setObjectName("moved")
        table.setAccessibleName(self.tr("Moved scans"))
        table.setToolTip(self.tr("Where each scan was found"))
        table.setHorizontalHeaderLabels([self.tr("Case"), self.tr("Found in")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, case in enumerate(cases):
            place = found.get(case.id)
            table.setItem(row, 0, QTableWidgetItem(identities.case(case)))
            table.setItem(row, 1, QTableWidgetItem(identities.place(place) if place else self.tr("not found")))
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        go = buttons.addButton(self.tr("Use these"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setObjectName("go")
        go.setAccessibleName(go.text())
        go.setToolTip(self.tr("The project looks for its scans there from now on"))
        go.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + 4)
        for widget in (intro, table, buttons):
            layout.addWidget(widget)
