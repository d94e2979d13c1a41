"""Pages to read: the guide."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID


class PageDialog(QDialog):
    """Shows Markdown; stays open beside the work."""

    def __init__(self, parent: QWidget, title: str, markdown: str) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 640)
        text = QTextBrowser(self)
        text.setObjectName("pageText")
        text.setAccessibleName(title)
        text.setToolTip(title)
        text.setOpenExternalLinks(False)
        text.setOpenLinks(False)
        text.document().setDocumentMargin(2 * GRID)
        text.setMarkdown(markdown)
        for frame in text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _calm(frame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(text)
        layout.addWidget(buttons)


def _calm(table: QTextTable) -> None:
    """Afterwards the table has no lines, some air, and no header that says nothing."""
    cells = [table.cellAt(0, column) for column in range(table.columns())]
    if all(cell.firstCursorPosition().block().text() == "" for cell in cells):
        table.removeRows(0, 1)
    look = table.format()
    look.setBorder(0)
    look.setCellPadding(GRID / 2)
    look.setCellSpacing(0)
    table.setFormat(look)


def guide_page(folder: Path) -> str:
    """The guide as Markdown."""
    return (folder / "guide.md").read_text(encoding="utf-8")
