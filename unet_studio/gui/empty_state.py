"""What stands in the middle while nothing is open: what to do, and a button for it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID

_OFFERED = ("open_scans", "open_folder", "open_project", "open_sample")


class EmptyState(QWidget):
    """Covers ``over`` while shown; made from the actions, so that each button does what its command does."""

    def __init__(self, over: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._text = QLabel(self), QLabel(self)
        self._title.setObjectName("emptyTitle")
        self._text.setObjectName("emptyText")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QGridLayout()
        buttons.setSpacing(GRID)
        for number, name in enumerate(_OFFERED):
            buttons.addWidget(self._button(actions[name]), number // 2, 1 + number % 2)
        for column, share in enumerate((1, 0, 0, 1)):
            buttons.setColumnStretch(column, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(GRID)
        layout.addLayout(buttons)
        layout.addStretch(1)
        over.installEventFilter(self)
        self.hide()

    def show_state(self, *, is_empty: bool, has_project: bool, has_cases: bool) -> None:
        """Afterwards what to do is said where nothing is on the screen; else nothing is seen of it."""
        if has_cases:
            title, text = self.tr("No case is open"), self.tr("Click a case in the list, or open more scans.")
        elif has_project:
            title = self.tr("This project has no scans yet")
            text = self.tr("Drop scans here, or open them. They stay where they are; the project only remembers them.")
        else:
            title = self.tr("Drop scans here")
            text = self.tr("NIfTI, NRRD, MHA, a DICOM folder, PNG, JPEG or TIFF. A project for them is made by itself.")
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setGeometry(self._over.rect())
        self.setVisible(is_empty)
        if is_empty:
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text(), self)
        button.setObjectName(f"{action.objectName()}Empty")
        button.setAccessibleName(action.text())
        button.setMinimumWidth(24 * GRID)
        button.clicked.connect(action.trigger)

        button.setToolTip(action.toolTip())
        action.changed.connect(lambda: button.setToolTip(action.toolTip()))
        return button
