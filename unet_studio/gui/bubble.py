"""A sentence beside the cursor: why a stroke had no effect, with a button that mends it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from unet_studio.gui.language import said
from unet_studio.gui.theme import GRID
from unet_studio.workbench.refusal import Reason, Refusal

SHOWN_MS = 6000
WIDEST, NARROWEST = 300, 150  # logical pixels of text beside a button
_AWAY = 20  # logical pixels from the cursor, so that the next stroke does not land on it


class Bubble(QFrame):
    """Lies over ``over``, never takes the focus, and goes by itself, or with the next press."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("bubble")
        self.setAccessibleName(self.tr("Why nothing was painted"))
        self.setToolTip(self.tr("Why nothing was painted"))
        self._over = over
        self._text = QLabel(self)
        self._text.setObjectName("bubbleText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setObjectName("bubbleFix")
        self._button.setAccessibleName(self.tr("Mend it"))
        self._button.setToolTip(self.tr("Mend it"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.clicked.connect(self._act)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._mend: Callable[[], None] | None = None
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def show_refusal(self, refused: Refusal, place: QPoint, mend: Callable[[], None]) -> None:
        """Afterwards why and the button for ``mend`` are seen beside ``place`` for a while."""
        self._text.setText(said(refused.sentence))
        word = self._word(refused.reason)
        self._button.setText(word)
        self._button.setToolTip(word)
        self._button.setVisible(bool(word))
        self._mend = mend
        wide = self._text.fontMetrics().horizontalAdvance(self._text.text())
        room = self._over.width() - 12 - 3 * GRID
        beside = room - (self._button.sizeHint().width() + GRID if word else 0)
        is_narrow = beside < NARROWEST  # one of several views
        self._row.setDirection(QHBoxLayout.Direction.TopToBottom if is_narrow else QHBoxLayout.Direction.LeftToRight)
        self._text.setFixedWidth(min(WIDEST, wide + 2, room if is_narrow else beside))
        self._text.setFixedHeight(self._text.heightForWidth(self._text.width()))
        self._row.activate()
        self.resize(self.sizeHint())
        x = min(place.x() + _AWAY, self._over.width() - self.width() - GRID)
        y = place.y() + _AWAY
        if y + self.height() > self._over.height():
            y = place.y() - _AWAY - self.height()
        self.move(max(GRID, x), max(GRID, y))
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def _act(self) -> None:
        self.hide()
        if self._mend is not None:
            self._mend()

    def _word(self, reason: Reason) -> str:
        words: dict[Reason, str] = {
            "no_label": self.tr("New label"), "hidden": self.tr("Show"), "unseen": self.tr("Show"), "locked": self.tr("Unlock"),
            "background_only": self.tr("Paint over everything"), "one_label_only": self.tr("Paint over everything"),
            "out_of_range": self.tr("Include this"), "unlike": self.tr("Tolerate more"),
            "reviewed": self.tr("Change reviewed slices"), "busy": self.tr("Stop it"),
        }  # fmt: skip
        return words.get(reason, "")
