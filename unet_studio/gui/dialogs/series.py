"""Which of the series in a DICOM folder to open."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.language import said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID, mark
from unet_studio.image.window import Grey
from unet_studio.workbench.looking_up import Offer

THUMBNAIL = 72  # logical pixels


class SeriesDialog(QDialog):
    """Lists the series with picture, kind, size, date and patient; ``chosen`` are the indices of those ticked."""

    def __init__(self, parent: QWidget, offers: Sequence[Offer]) -> None:
        super().__init__(parent)
        self.setObjectName("series")
        self.setAccessibleName(self.tr("Choose series"))
        self.setWindowTitle(self.tr("{n} series found").format(n=len(offers)))
        self.resize(640, min(760, 200 + len(offers) * (THUMBNAIL + 2 * GRID)))
        intro = QLabel(self.tr("Tick the series to open. Each becomes a case."), self)
        intro.setProperty("role", "dim")
        self._list = QListWidget(self)
        self._list.setObjectName("seriesList")
        self._list.setAccessibleName(self.tr("Series"))
        self._list.setToolTip(self.tr("Tick what to open; Space ticks the marked one"))
        self._list.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self._list.setSpacing(2)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for offer in offers:
            self._list.addItem(self._item(offer))
        self._list.itemChanged.connect(lambda _: self._show_count())
        self._list.itemDoubleClicked.connect(self._open_one)
        everything = self._button("all", self.tr("All"), lambda: self._tick(is_on=True))
        nothing = self._button("none", self.tr("None"), lambda: self._tick(is_on=False))
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        self._open = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._open.setObjectName("open")
        self._open.setAccessibleName(self.tr("Open"))
        self._open.setToolTip(self.tr("Each series that is ticked becomes a case"))
        mark(self._open, "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(everything)
        row.addWidget(nothing)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + 4)
        layout.addWidget(intro)
        layout.addWidget(self._list, 1)
        layout.addLayout(row)
        self._show_count()

    @property
    def chosen(self) -> list[int]:
        """The indices of the series ticked, ascending."""
        return [i for i in range(self._list.count()) if self._list.item(i).checkState() is Qt.CheckState.Checked]

    def _item(self, offer: Offer) -> QListWidgetItem:
        frames = self.tr("{n} frames").format(n=offer.frames) if offer.frames > 1 else ""
        lines = [offer.name, " · ".join(part for part in (offer.about, frames) if part), offer.patient]
        warning = "\n".join(said(line) for line in offer.warning.splitlines())
        if warning:
            lines.append(f"⚠ {warning}")
        item = QListWidgetItem("\n".join(line for line in lines if line))  # plain text: names come from outside
        item.setIcon(QIcon(_picture(offer.thumbnail)))
        item.setToolTip(warning)
        if offer.can_open:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        else:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setCheckState(Qt.CheckState.Checked if offer.is_usual else Qt.CheckState.Unchecked)
        return item

    def _button(self, name: str, text: str, verb: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(self.tr("Tick {what}").format(what=text.lower()))
        button.setAutoDefault(False)
        button.clicked.connect(verb)
        return button

    def _tick(self, *, is_on: bool) -> None:
        for i in range(self._list.count()):
            item = self._list.item(i)
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def _open_one(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            self._tick(is_on=False)
            item.setCheckState(Qt.CheckState.Checked)
            self.accept()

    def _show_count(self) -> None:
        count = len(self.chosen)
        self._open.setText(self.tr("Open {n}").format(n=count) if count else self.tr("Open"))
        self._open.setEnabled(count > 0)


def _picture(grey: Grey | None) -> QPixmap:
    """The thumbnail in the middle of a dark square; the square alone where there is none."""
    square = QPixmap(THUMBNAIL, THUMBNAIL)
    square.fill(QColor("#08090b"))
    if grey is None:
        return square
    rows, columns = grey.shape
    image = QImage(grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8).scaled(
        THUMBNAIL, THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(square)
    painter.drawImage((THUMBNAIL - image.width()) // 2, (THUMBNAIL - image.height()) // 2, image)
    painter.end()
    return square
