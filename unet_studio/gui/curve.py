"""The curves of a training: loss, and held-out Dice per class, over time."""

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unet_studio.gui.theme import Theme
from unet_studio.labels.label_map import Colour
from unet_studio.workbench.assistant import Curve


class CurvePlot(QWidget):
    """Loss in grey against the right axis, held-out Dice in the classes' colours against the left one, 0 to 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("curve")
        self.setAccessibleName(self.tr("Training curves"))
        self.setToolTip(self.tr("Grey: training loss. Coloured: Dice on the held-out slices"))
        self._theme = theme
        self._plot = pg.PlotWidget(background=theme.card)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot.setObjectName("curvePlot")
        self._plot.setAccessibleName(self.tr("Training curves"))
        self._plot.setYRange(0, 1, padding=0.02)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.dim)
            axis.setStyle(tickLength=-4)
        self._plot.getAxis("left").setWidth(28)
        self._plot.getAxis("left").setTicks([[(0, "0"), (0.5, ".5"), (1, "1")]])
        self._plot.getAxis("bottom").setHeight(22)
        self._loss = self._plot.plot(pen=pg.mkPen(theme.dim, width=1.5))
        self._dice: dict[int, pg.PlotDataItem] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self.setFixedHeight(132)

    def wear(self, theme: Theme) -> None:
        """Afterwards it is seen in ``theme``."""
        self._plot.setBackground(theme.card)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setPen(theme.border)
            self._plot.getAxis(side).setTextPen(theme.dim)
        self._loss.setPen(pg.mkPen(theme.dim, width=1.5))

    def show_curve(self, curve: Curve, colours: Mapping[int, Colour]) -> None:
        """Afterwards these are the curves; the loss is drawn as a share of its highest value."""
        top = max((loss for _, loss in curve.loss), default=1.0) or 1.0
        self._loss.setData([s for s, _ in curve.loss], [loss / top for _, loss in curve.loss])
        for value in {v for _, dice in curve.dice for v in dice}:
            if value not in self._dice:
                pen = pg.mkPen(colours.get(value, (255, 255, 255)), width=2)
                self._dice[value] = self._plot.plot(
                    pen=pen, symbol="o", symbolSize=5, symbolPen=None, symbolBrush=pen.color()
                )
        for value, item in self._dice.items():
            points = [(seconds, dice[value]) for seconds, dice in curve.dice if value in dice]
            item.setData([s for s, _ in points], [d for _, d in points])
