"""The row of ticks below the canvas: one for each slice, its state by colour, its uncertainty by height."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.tick_row import LEGEND, MARGIN, ROW, Shown, TickRow, state_colour
from unet_studio.project.records import SliceState


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
        self._row = TickRow()
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

    def show_current(self, current: int) -> None:
        """Afterwards that slice is marked as the one looked at; none where it is negative."""
        if current != self._shown.current:
            self._shown = replace(self._shown, current=current)
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
        self._row.lay(self._shown, self.width())
        bar = self._row.bar(index)
        assert bar is not None, index
        return bar.toAlignedRect()

    # ---- Qt

    def sizeHint(self) -> QSize:
        """As wide as there is room, one legend and one row of ticks high."""
        return QSize(640, LEGEND + ROW + 20)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any window."""
        return QSize(160, LEGEND + ROW + 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paints the legend and the ticks."""
        painter = QPainter(self)
        self._row.lay(self._shown, self.width())
        painter.drawImage(0, 0, self._row.image(self.size(), self.devicePixelRatioF(), self._colours))
        self._paint_legend(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (bar := self._row.bar(self._shown.current)) is not None:
            self._frame(painter, bar)

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
            painter.fillRect(QRect(x, line.center().y() - 3, 8, 8), state_colour(state, self._colours))
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

    def _tip(self, index: int) -> str:
        state = self._shown.states.get(index, SliceState.UNTOUCHED)
        words = {
            SliceState.UNTOUCHED: self.tr("untouched"), SliceState.PREDICTED: self.tr("predicted"),
            SliceState.EDITED: self.tr("edited"), SliceState.REVIEWED: self.tr("reviewed"),
        }  # fmt: skip
        held_out = self.tr(" · held out") if index in self._shown.held_out else ""
        return self.tr("Slice {0} · {1}").format(index + 1, words[state]) + held_out
