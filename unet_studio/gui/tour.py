"""The tour: the loop in five steps, each beside what it is about. Esc, or any click outside, never in its way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from unet_studio.gui.theme import GRID

WIDTH = 58 * GRID


@dataclass(frozen=True, slots=True)
class Step:
    """What is said beside ``target``; None stands in the middle."""

    title: str
    text: str
    target: QWidget | None = None


class Tour(QFrame):
    """A card with one step at a time. The rest of the window goes on working below it; Esc leaves it, and ``left`` tells."""

    left = Signal()

    def __init__(
        self,
        window: QWidget,
        steps: Sequence[Step],
        *,
        begin: str = "",
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """With ``begin`` the first step is an offer: that is on its button; ``other`` is what else can be done there."""
        super().__init__(window)
        self._window = window
        self._steps = tuple(steps)
        self._offer = begin
        self._place = 0
        self._ring = _Ring(window)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour"))
        self.setFixedWidth(WIDTH)
        self._count, self._title, self._text = QLabel(self), QLabel(self), QLabel(self)
        self._count.setProperty("role", "dim")
        self._title.setProperty("role", "title")
        for label, name in ((self._count, "tourCount"), (self._title, "tourTitle"), (self._text, "tourText")):
            label.setObjectName(name)
            label.setWordWrap(True)
        # The first in the order of Tab: the focus of a part that hides below comes here.
        self._next = self._button("tourNext", self.tr("Next"), self.tr("The next step"), lambda: self._go(1))
        self._next.setProperty("role", "primary")
        self._leave = self._button(
            "tourLeave", self.tr("Leave"), self.tr("Leave the tour (Esc); it is under Help, Tour"), self.leave
        )
        self._other = self._button("tourOther", other[0] if other else "", other[0] if other else "", self._do_other)
        self._other_verb = other[1] if other else None
        self._back = self._button("tourBack", self.tr("Back"), self.tr("The step before"), lambda: self._go(-1))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._leave)
        row.addStretch(1)
        for button in (self._other, self._back, self._next):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (self._count, self._title, self._text):
            layout.addWidget(widget)
        layout.addSpacing(GRID)
        layout.addLayout(row)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._show()

    def leave(self) -> None:
        """Afterwards nothing of it is left."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not shiboken6.isValid(self._window):
            return False  # a window that goes takes the tour along
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self._put()
        verb = self._verb_of(event) if isinstance(event, QKeyEvent) and self._window.isActiveWindow() else None
        if verb is not None and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if verb is not None and event.type() is QEvent.Type.KeyPress:
            verb()
            return True
        return super().eventFilter(watched, event)

    # ---- inside

    def _verb_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here: Esc leaves; Enter takes the offer, or presses the button in focus, and reviews no slice."""
        if event.key() == Qt.Key.Key_Escape:
            return self.leave
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return None
        here = QApplication.focusWidget()
        if isinstance(here, QPushButton) and self.isAncestorOf(here):
            return here.click
        return self._next.click if self._offer and self._place == 0 else None

    def _button(self, name: str, text: str, tip: str, verb: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # keys go on to the slice
        button.clicked.connect(lambda: verb())
        return button

    def _do_other(self) -> None:
        verb = self._other_verb
        self.leave()
        if verb is not None:
            verb()

    def _go(self, by: int) -> None:
        if self._place + by >= len(self._steps):
            self.leave()
        else:
            self._place += by
            self._show()

    def _show(self) -> None:
        step, last = self._steps[self._place], len(self._steps) - 1
        is_offer = bool(self._offer) and self._place == 0
        first = int(bool(self._offer))
        self._count.setVisible(not is_offer)
        self._count.setText(self.tr("{n} of {all}").format(n=self._place + 1 - first, all=last + 1 - first))
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._leave.setText(self.tr("Not now") if is_offer else self.tr("Leave"))
        self._other.setVisible(is_offer and self._other_verb is not None)
        self._back.setVisible(self._place > first)
        self._next.setText(self._offer if is_offer else self.tr("Done") if self._place == last else self.tr("Next"))
        self._next.setAccessibleName(self._next.text())
        self.show()
        self._put()

    def _put(self) -> None:
        """Afterwards the card lies beside what it speaks of, inside the window."""
        self.setFixedHeight(self.heightForWidth(WIDTH))
        target, room = self._steps[self._place].target, self._window.rect().adjusted(GRID, GRID, -GRID, -GRID)
        self._ring.setGeometry(self._window.rect())
        if target is None or not target.isVisibleTo(self._window):
            self._ring.show_around(None)
            place = QPoint(room.center().x() - self.width() // 2, room.bottom() - self.height() - 12 * GRID)
        else:
            box = QRect(target.mapTo(self._window, QPoint()), target.size()).intersected(self._window.rect())
            self._ring.show_around(box)
            place = _beside(box, self.size(), room)
        self.move(place)
        self._ring.raise_()
        self.raise_()


class _Ring(QWidget):
    """A line round one part of the window; no click ends on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._box: QRect | None = None
        self.setObjectName("tourRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_around(self, box: QRect | None) -> None:
        self._box = box
        self.setVisible(box is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        if self._box is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.palette().color(QPalette.ColorRole.Accent)), 3))
            painter.drawRoundedRect(self._box.adjusted(2, 2, -2, -2), 8, 8)
        painter.end()


def _beside(box: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a card of that size lies beside ``box``: right, left, below, above, else in its middle; always in ``room``."""
    width, height = size.width(), size.height()
    middle = QPoint(box.center().x() - width // 2, box.center().y() - height // 2)
    tries = (
        QPoint(box.right() + GRID, max(box.top(), room.top())), QPoint(box.left() - GRID - width, max(box.top(), room.top())),
        QPoint(middle.x(), box.bottom() + GRID), QPoint(middle.x(), box.top() - GRID - height),
    )  # fmt: skip
    for place in tries:
        inside = QPoint(
            min(max(place.x(), room.left()), room.right() - width),
            min(max(place.y(), room.top()), room.bottom() - height),
        )
        if not QRect(inside, size).intersects(box):
            return inside
    return QPoint(middle.x(), box.bottom() - height - 2 * GRID)
