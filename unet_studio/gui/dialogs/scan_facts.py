"""What is known of the open scan: its geometry, and its DICOM tags with a search."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.language import said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.workbench.looking_up import Tag


class ScanFactsDialog(QDialog):
    """Shows ``facts``, which can be copied; tags follow by ``show_tags`` once they are read.

    Names of files and series in ``private`` may name the patient: they are shown, and left out of what is copied.
    """

    def __init__(
        self, parent: QWidget, name: str, facts: Sequence[tuple[str, str]], *, private: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scanFacts")
        self.setAccessibleName(self.tr("Scan information"))
        self.setWindowTitle(self.tr("Scan information: {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 560)
        self._facts = tuple(facts)
        self._private = sorted((name for name in private if len(name) > 1), key=len, reverse=True)
        self._tags: tuple[Tag, ...] = ()
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("tabs")
        self._tabs.setAccessibleName(self.tr("Scan information"))
        self._tabs.addTab(self._facts_page(), self.tr("Volume"))
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        copy = QPushButton(self.tr("Copy report"), self)
        copy.setObjectName("copy")
        copy.setAccessibleName(self.tr("Copy report"))
        copy.setToolTip(self.tr("Copies the facts about the volume, nothing about the patient"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(buttons)

    def report(self) -> str:
        """What is copied: the facts, one a line, the scan's own names left out."""
        lines = []
        for what, value in self._facts:
            for name in self._private:
                value = value.replace(name, self.tr("the scan"))
            lines.append(f"{what}: {value}")
        return "\n".join(lines)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Afterwards the tags can be read and searched; nothing is shown where there are none."""
        if not tags:
            return
        self._tags = tuple(tags)
        page = QWidget(self)
        note = QLabel(self.tr("These tags may name the patient. They are shown here and nowhere else."), page)
        note.setProperty("role", "dim")
        search = QLineEdit(page)
        search.setObjectName("search")
        search.setAccessibleName(self.tr("Search the tags"))
        search.setToolTip(self.tr("Number, name or value"))
        search.setPlaceholderText(self.tr("Search"))
        search.setClearButtonEnabled(True)
        table = _table(
            "tags", self.tr("DICOM tags"), [self.tr("Tag"), self.tr("Name"), self.tr("Kind"), self.tr("Value")], page
        )
        table.setRowCount(len(tags))
        for row, tag in enumerate(tags):
            for column, text in enumerate((tag.number, "    " * tag.depth + tag.name, tag.kind, tag.value)):
                table.setItem(row, column, QTableWidgetItem(text))
        table.resizeColumnsToContents()
        table.setColumnWidth(1, min(280, table.columnWidth(1)))

        def show_matching(text: str) -> None:
            for row, tag in enumerate(self._tags):
                table.setRowHidden(row, not tag.matches(text))

        search.textChanged.connect(show_matching)
        layout = QVBoxLayout(page)
        layout.addWidget(note)
        layout.addWidget(search)
        layout.addWidget(table, 1)
        self._tabs.addTab(page, self.tr("DICOM tags"))

    def _facts_page(self) -> QWidget:
        table = _table("facts", self.tr("Volume"), [self.tr("What"), self.tr("Value")], self)
        table.horizontalHeader().hide()
        table.setRowCount(len(self._facts))
        for row, (name, value) in enumerate(self._facts):
            table.setItem(row, 0, QTableWidgetItem(said(name)))
            table.setItem(row, 1, QTableWidgetItem(said(value)))
        table.setColumnWidth(0, 160)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table


def _table(name: str, called: str, headings: list[str], parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(headings), parent)
    table.setObjectName(name)
    table.setAccessibleName(called)
    table.setToolTip("")
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(len(headings) - 1, QHeaderView.ResizeMode.Stretch)
    return table
