"""How large a voxel is, where the scan's file does not tell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID, mark


class PixelSizeDialog(QDialog):
    """Asks once; ``spacing_xyz`` is what was answered, in mm. A single slice has no distance to the next."""

    def __init__(self, parent: QWidget, spacing_xyz: tuple[float, float, float], *, slices: int) -> None:
        super().__init__(parent)
        self.setObjectName("pixelSize")
        self.setAccessibleName(self.tr("Pixel size"))
        self.setWindowTitle(self.tr("Pixel size"))
        self.setMinimumWidth(400)
        intro = QLabel(
            self.tr(
                "The file does not tell how large a pixel is. With its size, lengths are shown in mm and volumes in ml."
            ),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(GRID + 4)
        x, y, z = spacing_xyz
        self._width = self._field("width", self.tr("Width of a pixel (mm)"), x)
        self._height = self._field("height", self.tr("Height of a pixel (mm)"), y)
        self._gap = self._field("gap", self.tr("From slice to slice (mm)"), z)
        self._width.textEdited.connect(self._height.setText)  # most pixels are square; the height may be changed after
        for field in (self._width, self._height, self._gap):
            form.addRow(field.accessibleName(), field)
        self._go = QPushButton(self.tr("Set"), self)
        form.setRowVisible(self._gap, slices > 1)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        mark(self._go, "primary")
        self._go.setObjectName("go")
        self._go.setAccessibleName(self._go.text())
        self._go.setToolTip(self.tr("The scan is opened anew with this size"))
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(intro)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def spacing_xyz(self) -> tuple[float, float, float]:
        """Along x, y and z, in mm; 0 where that is no number."""
        return _number(self._width), _number(self._height), _number(self._gap)

    def _show_possible(self) -> None:
        self._go.setEnabled(min(self.spacing_xyz) > 0)

    def _field(self, name: str, text: str, value: float) -> QLineEdit:
        field = QLineEdit(f"{value:g}", self)
        field.setObjectName(name)
        field.setAccessibleName(text)
        field.setToolTip(text)
        field.selectAll()
        field.textChanged.connect(self._show_possible)
        return field


def _number(field: QLineEdit) -> float:
    """What stands in a field, with a point or a comma; 0 where it can't be a size."""
    try:
        value = float(field.text().replace(",", "."))
    except ValueError:
        return 0.0
    return value if 1e-6 <= value <= 1e4 else 0.0
