"""What went wrong inside the program, to be read and copied; it names no file and no patient."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID


class ReportDialog(QDialog):
    """Shows ``text``; stays open beside the work."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self.setAccessibleName(self.tr("Fault report"))
        self.setWindowTitle(self.tr("Something went wrong inside the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 420)
        intro = QLabel(
            self.tr(
                "What you drew is saved as the status bar says. This is where in the program it happened. It holds no file "
                "names, no patient data and no pictures, so you can send it as it is."
            ),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        self._text = QPlainTextEdit(text, self)
        self._text.setObjectName("reportText")
        self._text.setAccessibleName(self.tr("Report"))
        self._text.setToolTip(self.tr("Where it happened"))
        self._text.setReadOnly(True)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy")
        copy.setAccessibleName(self.tr("Copy the report"))
        copy.setToolTip(self.tr("Copy the report"))
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + 4)
        for widget in (intro, self._text, buttons):
            layout.addWidget(widget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
