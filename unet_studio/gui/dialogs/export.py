"""What to export, in which format, to where."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.theme import GRID


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """``suffix`` is the file format; ``is_all`` exports every case instead of the one on the screen."""

    folder: Path
    suffix: str
    is_all: bool


class ExportDialog(QDialog):
    """Asks once; ``choice`` is what was answered."""

    def __init__(
        self, parent: QWidget, formats: tuple[tuple[str, str], ...], *, folder: Path, suffix: str, case: str, cases: int
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setAccessibleName(self.tr("Export labels"))
        self.setWindowTitle(self.tr("Export labels"))
        self.setMinimumWidth(520)
        self._what = self._combo("what", self.tr("What to export"))
        if case:
            self._what.addItem(self.tr("This case: {case}").format(case=case), userData=False)
        self._what.addItem(self.tr("All {n} cases").format(n=cases), userData=True)
        self._format = self._combo("format", self.tr("Format"))
        for value, text in formats:
            self._format.addItem(f"{text} ({value})", userData=value)
        self._format.setCurrentIndex(max(0, self._format.findData(suffix)))
        self._folder = QLineEdit(str(folder), self)
        self._folder.setObjectName("folder")
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.setToolTip(self.tr("Where the files go; made if it is not there"))
        browse = QPushButton(self.tr("Browse…"), self)
        browse.setObjectName("browse")
        browse.setAccessibleName(self.tr("Browse for a folder"))
        browse.setToolTip(self.tr("Choose a folder"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(GRID + 4)
        form.addRow(self.tr("Export"), self._what)
        form.addRow(self.tr("Format"), self._format)
        form.addRow(self.tr("Folder"), row)
        note = QLabel(self.tr("Written on the scan's own grid. An older file of the same name is replaced."), self)
        note.setProperty("role", "dim")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        go.setObjectName("go")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        folder = Path(self._folder.text()).expanduser()
        return ExportChoice(folder, self._format.currentData(), bool(self._what.currentData()))

    def _combo(self, name: str, accessible: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(accessible)
        combo.setToolTip(accessible)
        return combo

    def _browse(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, self.tr("Export to"), self._folder.text()):
            self._folder.setText(folder)
