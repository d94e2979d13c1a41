"""What to export, in which format, to where."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
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

from unet_studio.gui.language import said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """``suffix`` is the file format; ``is_all`` exports every case instead of the one on the screen.

    ``is_deidentified`` leaves the patient out of a format that would name them.
    """

    folder: Path
    suffix: str
    is_all: bool
    is_deidentified: bool = False


class ExportDialog(QDialog):
    """Asks once; ``choice`` is what was answered. ``frames`` is how many the scan on the screen has."""

    def __init__(
        self, parent: QWidget, formats: tuple[tuple[str, str], ...], *, folder: Path, suffix: str, case: str, cases: int,
        frames: int = 1, patient_formats: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._patient_formats = patient_formats
        self._frames = frames
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
            self._format.addItem(f"{said(text)} ({value})", userData=value)
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
        self._deidentified = QCheckBox(self.tr("Leave the patient out"), self)
        self._deidentified.setObjectName("deidentified")
        self._deidentified.setAccessibleName(self.tr("Leave the patient out of the file"))
        self._deidentified.setToolTip(
            self.tr("No name, number, dates or hospital, and new identifiers: it can't be filed back")
        )
        form.addRow("", self._deidentified)
        self._note = QLabel(self)
        self._note.setObjectName("note")
        self._note.setProperty("role", "dim")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._format.currentIndexChanged.connect(self._show_note)
        self._deidentified.toggled.connect(self._show_note)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        go = QPushButton(self.tr("Export"), self)
        go.setProperty("role", "primary")  # before the box takes it, which dresses it
        go.setObjectName("go")
        go.setAccessibleName(go.text())
        go.setToolTip(self.tr("Writes the files into the folder above"))
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(buttons)
        self._show_note()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        folder = Path(self._folder.text()).expanduser()
        suffix = self._format.currentData()
        is_deidentified = suffix in self._patient_formats and self._deidentified.isChecked()
        return ExportChoice(folder, suffix, bool(self._what.currentData()), is_deidentified)

    def _show_note(self) -> None:
        suffix = self._format.currentData()
        names_patient = suffix in self._patient_formats
        self._deidentified.setVisible(names_patient)
        if self._frames > 1 and suffix in (".nii", ".nii.gz"):
            frames = self.tr("The {n} frames are written as one file of four dimensions.").format(n=self._frames)
        elif self._frames > 1 and suffix in (".csv", ".xlsx"):
            frames = self.tr("Each of the {n} frames has rows of its own.").format(n=self._frames)
        elif self._frames > 1:
            frames = self.tr("This format knows no frames: each of the {n} is a file of its own.").format(
                n=self._frames
            )
        else:
            frames = ""
        kept = self.tr("An older file of the same name stays; this one gets another name.")
        if not names_patient:
            text = self.tr("Nothing of the patient is written but the name you gave the case.")
        elif self._deidentified.isChecked():
            text = self.tr("For scans opened from DICOM. Only geometry and labels are written, under new identifiers.")
        else:
            text = self.tr(
                "For scans opened from DICOM. The file contains the patient's name and number, as the archive it returns to "
                "needs them."
            )
        self._note.setText(" ".join(part for part in (frames, text, kept) if part))

    def _combo(self, name: str, accessible: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(accessible)
        combo.setToolTip(accessible)
        return combo

    def _browse(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, self.tr("Export to"), self._folder.text()):
            self._folder.setText(folder)
