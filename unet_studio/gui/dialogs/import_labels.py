"""Before labels of another grid are resampled: both grids, and both outlines on a slice."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.language import said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.workbench.comparison import AS_LAID, AS_STORED, Picture
from unet_studio.workbench.import_labels import Found

_BESIDE_PX = 320  # what the dialog has above and below its picture


class ImportLabelsDialog(QDialog):
    """Asks once; ``replaces`` is whether what is drawn elsewhere goes. ``has_labels`` where the case has any to lose.

    ``shown`` makes of a sentence what may be seen of it.
    """

    def __init__(self, parent: QWidget, found: Found, *, has_labels: bool, shown: Callable[[str], str] = str) -> None:
        super().__init__(parent)
        self.setObjectName("importLabels")
        title = self.tr("Import labels") if found.is_exact else self.tr("Import labels of another grid")
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        if not found.is_exact:
            self._add_grids(layout, found, shown(found.path.name))
        for warning in found.warnings:
            layout.addWidget(self._label(shown(warning), "warning", is_dim=True))
        self._replaces = QCheckBox(self.tr("Remove what is drawn on this case where the file has nothing"), self)
        self._replaces.setObjectName("replaces")
        self._replaces.setAccessibleName(self._replaces.text())
        self._replaces.setToolTip(self.tr("Locked labels stay in any case"))
        self._replaces.setVisible(has_labels)
        layout.addWidget(self._replaces)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        verb = self.tr("Import") if found.is_exact else self.tr("Resample and import")
        go = QPushButton(verb, self)
        go.setProperty("role", "primary")  # before the box takes it, which dresses it
        go.setObjectName("go")
        go.setAccessibleName(go.text())
        go.setToolTip(self.tr("Lays the labels on this case; one undo takes it back"))
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    @property
    def replaces(self) -> bool:
        """Whether what is drawn on the case is to go where the file has nothing."""
        return self._replaces.isChecked()

    def _add_grids(self, layout: QVBoxLayout, found: Found, name: str) -> None:
        sentence = self.tr(
            "{name} does not lie on the voxels of this scan. Each voxel of the scan can take the label of the file's nearest "
            "one. Look whether both outlines agree with the picture."
        )
        layout.addWidget(self._label(sentence.format(name=name), "sentence"))
        form = QFormLayout()
        form.setSpacing(GRID)
        scan, file = found.grids
        form.addRow(self._swatch(AS_LAID, self.tr("On the scan")), self._label(said(scan), "scanGrid"))
        form.addRow(self._swatch(AS_STORED, self.tr("In the file")), self._label(said(file), "fileGrid"))
        layout.addLayout(form)
        if found.picture is not None:
            picture = QLabel(self)
            picture.setObjectName("picture")
            picture.setAccessibleName(self.tr("The slice with most labels, with both outlines"))
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            pixmap = _pixmap(found.picture)
            # not self.screen(): PySide takes the screen it gives for the dialog's own and deletes both
            highest = QGuiApplication.primaryScreen().availableGeometry().height() - _BESIDE_PX
            if pixmap.height() > highest:
                pixmap = pixmap.scaledToHeight(max(200, highest), Qt.TransformationMode.SmoothTransformation)
            picture.setPixmap(pixmap)
            layout.addWidget(picture)

    def _label(self, text: str, name: str, *, is_dim: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if is_dim:
            label.setProperty("role", "dim")
        return label

    def _swatch(self, colour: tuple[int, int, int], text: str) -> QLabel:
        label = self._label(f"■ {text}", "swatch")
        label.setStyleSheet("color: rgb({}, {}, {})".format(*colour))
        return label


def _pixmap(picture: Picture) -> QPixmap:
    rows, columns = picture.shape[:2]
    held = np.ascontiguousarray(picture)
    image = QImage(held.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image.copy())
