"""The row of ticks below the canvas: one for each slice, its state by colour, its uncertainty by height."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from unet_studio.gui.colours import CanvasColours
from unet_studio.project.records import SliceState

MARGIN, LEGEND, ROW = 16, 28, 44  # logical pixels: at both sides, the legend's height, the ticks'
GAP = 4.0
LOWEST, LOW = 8.0, 12.0  # heights of ticks without and with something on them
URGENCY = (
    SliceState.PREDICTED,
    SliceState.EDITED,
    SliceState.UNTOUCHED,
    SliceState.REVIEWED,
)  # what a merged tick shows


@dataclass(frozen=True, slots=True)
class Tick:
    """One or, where there are more slices than room, several neighbouring slices ``first`` to ``last``."""

    first: int
    last: int
    left: float
    right: float
    state: SliceState
    uncertainty: float
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the strip shows of a case."""

    states: Mapping[int, SliceState]
    uncertainty: Mapping[int, float]
    held_out: frozenset[int]
    current: int
    count: int


def ticks(shown: Shown, *, left: float, width: float) -> list[Tick]:
    """The ticks within ``width`` logical pixels from ``left``: one a slice down to one pixel, then several slices in one.

    A tick of several slices shows its most urgent state: predicted, edited, untouched, reviewed.
    """
    number = min(shown.count, max(1, int(width)))
    found = []
    for tick in range(number):
        first, last = tick * shown.count // number, (tick + 1) * shown.count // number - 1
        slices = range(first, last + 1)
        state = min((shown.states.get(i, SliceState.UNTOUCHED) for i in slices), key=URGENCY.index)
        unsure = max((shown.uncertainty.get(i, 0.0) for i in slices), default=0.0)
        start, end = (left + width * n / number for n in (tick, tick + 1))
        is_held_out = any(i in shown.held_out for i in slices)
        found.append(Tick(first, last, start, end, state, unsure, is_held_out))
    return found


class SliceStrip(QWidget):
    """``chosen`` tells of the slice the user went to, by click, drag or arrow key; ``hovered`` of the one under the pointer.

    ``hovered`` tells -1 once the pointer is elsewhere, or drags.
    """

    chosen = Signal(int)
    hovered = Signal(int)

    def __init__(self, colours: CanvasColours | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slice_strip")
        self.setAccessibleName(self.tr("Slices and their states"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._colours = colours or CanvasColours()
        self._shown = Shown({}, {}, frozenset(), 0, 0)
        self._hint = ""

    def show_states(
        self,
        states: Mapping[int, SliceState],
        uncertainty: Mapping[int, float],
        held_out: Collection[int],
        current: int,
        count: int,
    ) -> None:
        """Afterwards the strip shows ``count`` slices in these states; slices not named are untouched and sure."""
        self._shown = Shown(dict(states), dict(uncertainty), frozenset(held_out), current, count)
        self.update()

    def show_hint(self, text: str) -> None:
        """Afterwards ``text`` stands at the right, above the ticks."""
        if text != self._hint:
            self._hint = text
            self.update()

    def set_colours(self, colours: CanvasColours) -> None:
        """Afterwards the strip is drawn in ``colours``."""
        self._colours = colours
        self.update()

    def tick_box(self, index: int) -> QRect:
        """Where the tick of a slice lies."""
        tick = next(t for t in self._ticks() if t.first <= index <= t.last)
        return self._bar(tick).toAlignedRect()

    # ---- Qt

    def sizeHint(self) -> QSize:
        """As wide as there is room, one legend and one row of ticks high."""
        return QSize(640, LEGEND + ROW + 20)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any window."""
        return QSize(160, LEGEND + ROW + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the legend and the ticks."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(*self._colours.strip))
        self._paint_legend(painter)
        if self._shown.count == 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        all_ticks = self._ticks()
        for tick in all_ticks:
            bar = self._bar(tick)
            round_by = min(3.0, bar.width() / 4)
            painter.setBrush(self._colour(tick.state))
            if bar.width() < 3:  # whole pixels: softened edges of ticks this narrow would show as stripes
                painter.fillRect(bar.toRect(), painter.brush())
            else:
                painter.drawRoundedRect(bar, round_by, round_by)
            if tick.is_held_out:
                painter.setBrush(QColor(*self._colours.strip_text_dim))
                side = min(4.0, max(1.0, bar.width()))
                painter.drawEllipse(QRectF(bar.center().x() - side / 2, bar.bottom() + 6, side, side))
        current = next((t for t in all_ticks if t.first <= self._shown.current <= t.last), None)
        if current is not None:
            self._frame(painter, self._bar(current))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the slice under a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.hovered.emit(-1)
            self._go_to(event.position().x())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.hovered.emit(-1)
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes along with a drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())
        elif self._shown.count:
            index = self._index_at(event.position().x())
            self.setToolTip(self._tip(index))
            self.hovered.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes to the slice that an arrow key, Page Up or Down, Home or End names."""
        current, last = self._shown.current, self._shown.count - 1
        key = Qt.Key
        ways = {
            key.Key_Left: current - 1, key.Key_Right: current + 1, key.Key_Up: current - 1, key.Key_Down: current + 1,
            key.Key_PageUp: current - 10, key.Key_PageDown: current + 10, key.Key_Home: 0, key.Key_End: last,
        }  # fmt: skip
        if event.key() not in ways or last < 0:
            super().keyPressEvent(event)
            return
        index = max(0, min(last, ways[key(event.key())]))
        if index != current:
            self.chosen.emit(index)

    # ---- inside

    def _ticks(self) -> list[Tick]:
        return ticks(self._shown, left=MARGIN, width=max(1.0, self.width() - 2.0 * MARGIN))

    def _bar(self, tick: Tick) -> QRectF:
        wide = tick.right - tick.left
        gap = min(GAP, wide / 4) if wide >= 3 else 0.0
        bottom = LEGEND + ROW + 4.0
        if tick.state is SliceState.PREDICTED:
            height = LOW + (ROW - LOW) * min(1.0, max(0.0, tick.uncertainty))
        else:
            height = LOWEST if tick.state is not SliceState.EDITED else LOW
        if wide < 3:
            left = round(tick.left)
            return QRectF(left, round(bottom - height), max(1, round(tick.right) - left), round(height))
        return QRectF(tick.left + gap / 2, bottom - height, wide - gap, height)

    def _frame(self, painter: QPainter, bar: QRectF) -> None:
        across = max(0.0, 5.0 - bar.width()) / 2  # a sliver of a tick is still found
        frame = bar.adjusted(-2.5 - across, -3.5, 2.5 + across, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(*self._colours.strip), 4))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(QPen(QColor(*self._colours.strip_text), 2))
        painter.drawRoundedRect(frame, 4, 4)

    def _paint_legend(self, painter: QPainter) -> None:
        metrics, colours = QFontMetrics(painter.font()), self._colours
        line = QRect(MARGIN, 6, max(0, self.width() - 2 * MARGIN), LEGEND - 6)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(*colours.strip_text_dim))
        x = line.left()
        painter.drawText(line, middle, self.tr("Slices"))
        x += metrics.horizontalAdvance(self.tr("Slices")) + MARGIN
        hint_wide = metrics.horizontalAdvance(self._hint) + MARGIN if self._hint else 0
        entries = (
            (SliceState.REVIEWED, self.tr("reviewed")),
            (SliceState.EDITED, self.tr("edited")),
            (SliceState.PREDICTED, self.tr("predicted (height: how unsure)")),
        )
        for state, text in entries:
            wide = 12 + metrics.horizontalAdvance(text)
            if x + wide > line.right() - hint_wide:  # where to go next is said before what everyone knows after a day
                break
            painter.fillRect(QRect(x, line.center().y() - 3, 8, 8), self._colour(state))
            painter.drawText(QRect(QPoint(x + 12, line.top()), line.size()), middle, text)
            x += wide + MARGIN
        hint = metrics.elidedText(self._hint, Qt.TextElideMode.ElideRight, max(0, line.right() - x))
        if len(hint) > 1:
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, hint)

    def _index_at(self, x: float) -> int:
        width = max(1.0, self.width() - 2.0 * MARGIN)
        return max(0, min(self._shown.count - 1, int((x - MARGIN) / width * self._shown.count)))

    def _go_to(self, x: float) -> None:
        if self._shown.count and (index := self._index_at(x)) != self._shown.current:
            self.chosen.emit(index)

    def _colour(self, state: SliceState) -> QColor:
        colours = self._colours
        return QColor(
            *{
                SliceState.REVIEWED: colours.reviewed,
                SliceState.EDITED: colours.edited,
                SliceState.PREDICTED: colours.predicted,
                SliceState.UNTOUCHED: colours.untouched,
            }[state]
        )

    def _tip(self, index: int) -> str:
        state = self._shown.states.get(index, SliceState.UNTOUCHED)
        words = {
            SliceState.UNTOUCHED: self.tr("untouched"), SliceState.PREDICTED: self.tr("predicted"),
            SliceState.EDITED: self.tr("edited"), SliceState.REVIEWED: self.tr("reviewed"),
        }  # fmt: skip
        held_out = self.tr(" · held out") if index in self._shown.held_out else ""
        return self.tr("Slice {0} · {1}").format(index + 1, words[state]) + held_out
