"""How far a region has grown through the volume, over the views, with a button that stops it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from unet_studio.gui.panels.network import clock_text
from unet_studio.gui.theme import GRID
from unet_studio.workbench.growing import Growing

SHOWN_AFTER_MS = 300  # what is done by then needs no bar


class GrowingBar(QFrame):
    """At the foot of ``over``, which it follows, while something grows."""

    def __init__(self, over: QWidget, growing: Growing) -> None:
        super().__init__(over)
        self._over = over
        self._growing = growing
        self.setObjectName("growingBar")
        self.setAccessibleName(self.tr("Growing"))
        self.setToolTip(self.tr("Esc stops it; nothing is changed then"))
        self._text = QLabel(self)
        self._text.setObjectName("growingText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("growingProgress")
        self._progress.setAccessibleName(self.tr("Growing"))
        self._progress.setToolTip(self.tr("The share of the slices that it has reached"))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(12 * GRID)
        stop = QPushButton(self.tr("Stop"), self)
        stop.setObjectName("growingStop")
        stop.setAccessibleName(self.tr("Stop growing"))
        stop.setToolTip(self.tr("Drop what has grown (Esc)"))
        stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc stays with the canvas
        stop.clicked.connect(growing.drop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(2 * GRID)
        for widget in (self._text, self._progress, stop):
            layout.addWidget(widget)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOWN_AFTER_MS)
        self._wait.timeout.connect(self._show)
        growing.changed.connect(self._heard)
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _heard(self) -> None:
        if not self._growing.is_busy:
            self._wait.stop()
            self.hide()
        elif self.isVisible():
            self._show()
        elif not self._wait.isActive():
            self._wait.start()

    def _show(self) -> None:
        left, slices = self._growing.seconds_left, self._growing.slices
        text = self.tr("Growing: %n slice(s) so far", "", slices)
        if left is not None:
            text += " · " + self.tr("at most {time} left").format(time=clock_text(left))
        self._text.setText(text)
        self._progress.setRange(0, self._growing.count)
        self._progress.setValue(slices)
        self.show()
        self._place()
        self.raise_()

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 5 * GRID)
