"""Sentences over the canvas: what happened, or what is wrong and what to do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from unet_studio.gui.icons import icon
from unet_studio.gui.language import said
from unet_studio.gui.theme import GRID, Theme

SHORTEST_MS, PER_LETTER_MS = 5000, 60


class Notices(QFrame):
    """One sentence at a time at the foot of ``over``, which it follows; gone by itself after time to read it, or on a click."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("notice")
        self.setAccessibleName(self.tr("Notice"))
        self._text = QLabel(self)
        self._text.setObjectName("noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self)
        self._button.setObjectName("noticeAction")
        self._button.setAccessibleName(self.tr("Do it"))
        self._button.setToolTip(self.tr("Do it"))
        close = QToolButton(self)
        close.setObjectName("noticeClose")
        close.setAccessibleName(self.tr("Dismiss"))
        close.setToolTip(self.tr("Dismiss"))
        close.setIcon(icon("close", theme.dim))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._verb: object = None
        self.shown: Callable[[str], str] = str  # what of a sentence may be seen
        self._button.clicked.connect(self._act)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def show_sentence(self, sentence: str, *, is_bad: bool = False, button: str = "", verb: object = None) -> None:
        """Afterwards ``sentence`` is seen, and a button for ``verb`` where one is given; bad news stay until dismissed."""
        self._text.setText(self.shown(said(sentence)))
        self._button.setText(button)
        self._button.setAccessibleName(button or self.tr("Do it"))
        self._button.setToolTip(button or self.tr("Do it"))
        self._button.setVisible(bool(button))
        self._verb = verb
        self.setProperty("role", "bad" if is_bad else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self._timer.stop()
        if not is_bad and not button:
            self._timer.start(SHORTEST_MS + PER_LETTER_MS * len(sentence))
        self.show()
        self._place()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if callable(self._verb):
            self._verb()

    def _place(self) -> None:
        over = self._over
        width = min(over.width() - 4 * GRID, 720)
        self.setFixedWidth(max(160, width))
        self.adjustSize()
        self.setFixedHeight(max(self.sizeHint().height(), self.heightForWidth(self.width())))
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 5 * GRID)
