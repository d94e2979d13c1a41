"""The status bar: the voxel under the pointer, what is being worked on, and whether all is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QToolButton

from unet_studio.gui.icons import icon
from unet_studio.gui.language import said
from unet_studio.gui.line import Line
from unet_studio.gui.theme import GRID, Theme


class Status(QStatusBar):
    """``stop_asked`` is a click on the cross beside the work; ``retry_asked`` a click on the failed save."""

    stop_asked = Signal()
    retry_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAccessibleName(self.tr("Status"))
        self.setSizeGripEnabled(False)
        self._theme = theme
        self._read_out = Line(self)
        self._read_out.setObjectName("readOut")
        self._read_out.setAccessibleName(self.tr("The voxel under the pointer"))
        self._work = QLabel(self)
        self._work.setObjectName("work")
        self._stop = QToolButton(self)
        self._stop.setObjectName("stopWork")
        self._stop.setIcon(icon("close", theme.dim))
        self._stop.setToolTip(self.tr("Stop (Ctrl+.)"))
        self._stop.setAccessibleName(self.tr("Stop what is being worked on"))
        self._stop.clicked.connect(self.stop_asked)
        self._saved = QPushButton(self)
        self._saved.setObjectName("saved")
        self._saved.setAccessibleName(self.tr("Saving"))
        self._saved.setFlat(True)
        self._saved.clicked.connect(self.retry_asked)
        self.setContentsMargins(GRID, 0, GRID, 0)
        self.addWidget(self._read_out, 1)
        for widget in (self._work, self._stop, self._saved):
            self.addPermanentWidget(widget)
        self.show_work("")
        self.show_saved("none", "")

    def show_read_out(self, text: str) -> None:
        """Afterwards ``text`` tells of the voxel under the pointer."""
        self._read_out.show_text(text)

    def show_work(self, text: str) -> None:
        """Afterwards ``text`` tells what is being worked on, with a cross to stop it; nothing where it is empty."""
        self._work.setText(text)
        self._work.setVisible(bool(text))
        self._stop.setVisible(bool(text))

    def show_saved(self, state: str, sentence: str) -> None:
        """``state`` is "saved", "saving", "failed", "looking" (read only) or "none"; ``sentence`` says why it failed."""
        text, colour = {
            "saved": (self.tr("✓ All changes saved"), self._theme.good),
            "saving": (self.tr("Saving…"), self._theme.dim),
            "failed": (self.tr("NOT SAVED: {why}").format(why=said(sentence)), self._theme.bad),
            "looking": (self.tr("Read only"), self._theme.warn),
        }.get(state, ("", self._theme.dim))
        self._saved.setText(text)
        self._saved.setVisible(bool(text))
        self._saved.setEnabled(state == "failed")
        calm = self.tr("Everything is saved at once; there is no Save button")
        self._saved.setToolTip(
            self.tr("{why} Click to try again at once.").format(why=said(sentence)) if sentence else calm
        )
        style = f"QPushButton {{ background: transparent; border: none; padding: 2px 4px; color: {colour}; }}"
        if (
            style != self._saved.styleSheet()
        ):  # setting one lays the window out anew, and each stroke comes by here twice
            self._saved.setStyleSheet(style)

    @property
    def saved_text(self) -> str:
        """What stands there about saving."""
        return self._saved.text()
