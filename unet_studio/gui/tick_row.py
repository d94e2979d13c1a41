"""The ticks of the slice strip as a picture: drawn when states or size change, and not with every turn of the wheel."""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

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


def bar_of(tick: Tick) -> QRectF:
    """Where a tick lies in the strip."""
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


def state_colour(state: SliceState, colours: CanvasColours) -> QColor:
    """What a slice in that state is shown in."""
    return QColor(
        *{
            SliceState.REVIEWED: colours.reviewed,
            SliceState.EDITED: colours.edited,
            SliceState.PREDICTED: colours.predicted,
            SliceState.UNTOUCHED: colours.untouched,
        }[state]
    )


class TickRow:
    """The ticks that were last asked for, and their picture, as large as the strip and filled with its colour."""

    def __init__(self) -> None:
        self.ticks: list[Tick] = []
        self._laid: tuple[Shown, int] | None = None
        self._drawn: tuple[QSize, float, CanvasColours] | None = None
        self._image = QImage()

    def lay(self, shown: Shown, width: int) -> None:
        """Afterwards there are the ticks of ``shown`` in a strip ``width`` logical pixels wide."""
        wanted = replace(shown, current=0), width
        if wanted != self._laid:
            self._laid, self._drawn = wanted, None
            self.ticks = ticks(shown, left=MARGIN, width=max(1.0, width - 2.0 * MARGIN)) if shown.count else []

    def bar(self, index: int) -> QRectF | None:
        """Where the tick of a slice lies; None where it has none."""
        at = bisect.bisect_right(self.ticks, index, key=lambda tick: tick.first) - 1
        return bar_of(self.ticks[at]) if at >= 0 and index <= self.ticks[at].last else None

    def image(self, size: QSize, ratio: float, colours: CanvasColours) -> QImage:
        """The picture of the ticks laid last."""
        if (wanted := (QSize(size), ratio, colours)) != self._drawn:
            self._drawn = wanted
            self._image = QImage(size * ratio, QImage.Format.Format_RGB32)
            self._image.setDevicePixelRatio(ratio)
            self._image.fill(QColor(*colours.strip))
            painter = QPainter(self._image)
            for tick in self.ticks:
                _draw(painter, tick, colours)
            painter.end()
        return self._image


def _draw(painter: QPainter, tick: Tick, colours: CanvasColours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    bar = bar_of(tick)
    round_by = min(3.0, bar.width() / 4)
    painter.setBrush(state_colour(tick.state, colours))
    if bar.width() < 3:  # whole pixels: softened edges of ticks this narrow would show as stripes
        painter.fillRect(bar.toRect(), painter.brush())
    else:
        painter.drawRoundedRect(bar, round_by, round_by)
    if tick.is_held_out:
        painter.setBrush(QColor(*colours.strip_text_dim))
        side = min(4.0, max(1.0, bar.width()))
        painter.drawEllipse(QRectF(bar.center().x() - side / 2, bar.bottom() + 6, side, side))
