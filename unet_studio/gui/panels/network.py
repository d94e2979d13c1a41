"""The network: what it scores, how its training goes, and whether one more is worth it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.language import said
from unet_studio.gui.line import Name
from unet_studio.gui.theme import GRID, Theme
from unet_studio.labels.label_map import Colour, LabelClass
from unet_studio.project.records import CheckpointRecord
from unet_studio.segmentation.card import Regression
from unet_studio.workbench.assistant import Curve, Work

_MOST_WORSE = 5  # listed in the panel


class NetworkPanel(QWidget):
    """``list_asked`` shows all checkpoints, ``slice_asked`` goes to a slice by case id.

    ``finish_asked`` ends the training and keeps what it has learned, ``stop_asked`` throws it away.
    """

    slice_asked = Signal(int, int)
    finish_asked = Signal()
    stop_asked = Signal()
    list_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("networkPanel")
        self.setAccessibleName(self.tr("Network"))
        self._theme = theme
        self._plot: QWidget | None = None
        heading = QLabel(self.tr("NETWORK"), self)
        heading.setProperty("role", "heading")
        self._device = _Device(theme, self)
        self._device.setObjectName("device")
        self._device.setProperty("role", "dim")
        above = QHBoxLayout()
        above.addWidget(heading)
        above.addWidget(self._device, 1)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._name, self._state, self._scored = QLabel(self), QLabel(self), QLabel(self)
        self._name.setStyleSheet("font-weight: 700;")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setProperty("role", "good")
        self._scored.setProperty("role", "dim")
        self._scored.setWordWrap(True)
        self._scores = QGridLayout()
        self._scores.setSpacing(4)
        self._all = QPushButton(self.tr("All checkpoints…"), self)
        self._all.setObjectName("allCheckpoints")
        self._all.setProperty("role", "quiet")
        self._all.setToolTip(self.tr("Scores, go back, rename, delete (Ctrl+Shift+K)"))
        self._all.setAccessibleName(self.tr("All checkpoints"))
        self._all.clicked.connect(self.list_asked)
        self._training = self._training_box()
        self._hint = QLabel(self)
        self._hint.setProperty("role", "dim")
        self._hint.setWordWrap(True)
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(GRID + 4, GRID + 4, GRID + 4, GRID)
        self._inside.setSpacing(GRID // 2)
        self._inside.addWidget(self._training)  # first, as the rest may reach below the window's end
        first = QHBoxLayout()
        first.addWidget(self._name, 1)
        first.addWidget(self._state)
        self._inside.addLayout(first)
        self._inside.addWidget(self._scored)
        self._inside.addLayout(self._scores)
        self._worse = QVBoxLayout()
        self._worse.setSpacing(0)
        self._inside.addLayout(self._worse)
        self._inside.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(above)
        layout.addWidget(self._card)
        layout.addWidget(self._hint)
        layout.addStretch(1)
        self.show_checkpoint(None, ())
        self.show_training(None)
        self.show_device("")

    def show_device(self, text: str) -> None:
        """Afterwards ``text`` says where the network runs; nothing while that is not known."""
        self._device.show_name(text)
        where = self.tr("Where the network runs")
        self._device.setToolTip(f"{where}: {text}" if text else where)

    def show_checkpoint(
        self, record: CheckpointRecord | None, classes: tuple[LabelClass, ...], cases: Mapping[str, str] | None = None
    ) -> None:
        """Afterwards the active checkpoint and its held-out scores are shown, each with what the last training changed.

        ``cases`` are the names of the project's cases by id; slices of theirs that got worse are listed.
        """
        self._show_worse(() if record is None else record.card.worse, cases or {})
        while (item := self._scores.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._has_checkpoint = record is not None
        self._all.setVisible(self._has_checkpoint)
        self._show_beginning()
        self._state.setText(self.tr("active") if record else "")
        if record is None:
            self._name.setText(self.tr("No network yet"))
            self._scored.setText(self.tr("Correct a few slices, press Enter on each, then click Retrain."))
            return
        scores, before = record.card.scores, record.card.before
        self._name.setText(record.name)
        if scores.mean is None:
            self._scored.setText(self.tr("Not enough held-out slices yet for a score."))
            return
        slices = self.tr("1 slice") if scores.slices == 1 else self.tr("{n} slices").format(n=scores.slices)
        of = self.tr("1 case") if scores.cases == 1 else self.tr("{n} cases").format(n=scores.cases)
        self._scored.setText(self.tr("held-out Dice, {cases}, {slices}").format(cases=of, slices=slices))
        names = {c.value: c.name for c in (*record.card.label_classes, *classes)}
        for row, (value, dice) in enumerate(sorted(scores.dice.items())):
            self._scores.addWidget(QLabel(names.get(value, str(value)), self), row, 0)
            self._scores.addWidget(QLabel(f"{dice:.2f}", self), row, 1)
            if before is not None and value in before.dice:
                change = dice - before.dice[value]
                label = QLabel(f"{change:+.2f}", self)
                label.setProperty("role", "good" if change >= 0.005 else "bad" if change <= -0.005 else "dim")
                self._scores.addWidget(label, row, 2)
        self._scores.setColumnStretch(0, 1)

    def _show_worse(self, worse: tuple[Regression, ...], cases: Mapping[str, str]) -> None:
        while (item := self._worse.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        known = [one for one in worse if one.case in cases]
        if not known:
            return
        heading = QLabel(self.tr("Reviewed slices that got worse:"), self)
        heading.setProperty("role", "bad")
        heading.setWordWrap(True)
        self._worse.addWidget(heading)
        for one in known[:_MOST_WORSE]:
            text = self.tr("{before} → {after}, slice {slice}, {case}").format(
                case=cases[one.case], slice=one.index + 1, before=f"{one.before:.2f}", after=f"{one.after:.2f}"
            )
            button = _FittingButton(text, self)
            button.setObjectName(f"worse-{one.case}-{one.index}")
            button.setProperty("role", "quiet")
            button.setAccessibleName(text)
            button.setToolTip(self.tr("Its Dice with the checkpoint before and with this one. Click to look at it"))
            button.clicked.connect(partial(self.slice_asked.emit, int(one.case), one.index))
            self._worse.addWidget(button)

    def show_training(self, work: Work | None, *, may_finish: bool = False) -> None:
        """Afterwards the training's progress is shown, None hides it, and whether it may be finished."""
        self._training.setVisible(work is not None)
        self._finish.setEnabled(may_finish)
        self._show_beginning()
        if work is not None:
            left = (
                ""
                if work.seconds_left is None
                else " · " + self.tr("{time} left").format(time=clock_text(work.seconds_left))
            )
            self._message.setText(said(work.message) + left)
            self._bar.setRange(0, 0 if work.fraction is None else 1000)
            self._bar.setValue(round(1000 * (work.fraction or 0)))

    def show_curve(self, curve: Curve, colours: Mapping[int, Colour]) -> None:
        """Afterwards the curves of the training that goes on, or was last, are shown."""
        if not curve.loss:
            if self._plot is not None:
                self._plot.hide()
            return
        from unet_studio.gui.curve import CurvePlot  # takes 0.3 s to import, so not before there is a curve

        if not isinstance(self._plot, CurvePlot):
            self._plot = CurvePlot(self._theme)
            self._inside.insertWidget(self._inside.indexOf(self._all), self._plot)
        self._plot.show()
        self._plot.show_curve(curve, colours)

    def show_hint(self, text: str) -> None:
        """Afterwards ``text`` stands below the card."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _show_beginning(self) -> None:
        """Afterwards it isn't said that there is no network, nor how to begin, while the first one learns."""
        for label in (self._name, self._scored):
            label.setVisible(self._has_checkpoint or self._training.isHidden())

    def _training_box(self) -> QWidget:
        box = QWidget(self)
        self._message = QLabel(box)
        self._message.setProperty("role", "dim")
        self._message.setWordWrap(True)
        self._bar = QProgressBar(box)
        self._bar.setObjectName("trainingProgress")
        self._bar.setAccessibleName(self.tr("Training progress"))
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(4 * GRID)
        self._finish = QPushButton(self.tr("Finish"), box)
        self._finish.setObjectName("finishTraining")
        self._finish.setProperty("role", "quiet")
        self._finish.setAccessibleName(self.tr("Finish training"))
        self._finish.setToolTip(self.tr("Learn no more; what has been learned so far is scored and kept"))
        self._finish.clicked.connect(self.finish_asked)
        stop = QPushButton(self.tr("Stop"), box)
        stop.setObjectName("stopTraining")
        stop.setProperty("role", "quiet")
        stop.setAccessibleName(self.tr("Stop training"))
        stop.setToolTip(self.tr("End the training now; the checkpoint before stays active"))
        stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._finish)
        row.addWidget(stop)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._message)
        layout.addLayout(row)
        return box


class _Device(Name):
    """A dot and a name at the right-hand side; cards have names of any length."""

    _DOT = "● "

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = QColor(theme.good)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self.text():
            return
        metrics, room = self.fontMetrics(), self.contentsRect()
        dot = metrics.horizontalAdvance(self._DOT)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() - dot)
        painter = QPainter(self)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.setPen(self._colour)
        room.setRight(room.right() - metrics.horizontalAdvance(text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._DOT)
        painter.end()


class _FittingButton(QPushButton):
    """As wide as there is room for; the end of its text gives way."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("padding-left: 0;")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * GRID
        self.setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))


def clock_text(seconds: float) -> str:
    """A time left as the user reads it: "5 s", "1:20 min"."""
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02d} min"
