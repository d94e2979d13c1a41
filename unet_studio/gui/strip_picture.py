"""A small picture of the slice under the pointer, above the slice strip."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.theme import GRID
from unet_studio.gui.thumbnail import slice_picture
from unet_studio.image.window import Window
from unet_studio.workbench.workbench import Workbench

SIDE = 16 * GRID  # logical pixels
REST_MS = 60  # a pointer that only passes by costs nothing
KEPT = 100  # pictures: 6 MB


class StripPicture(QObject):
    """Pictures are drawn when the pointer rests on a tick, and kept until something on the case changes."""

    def __init__(self, window: MainWindow, workbench: Workbench) -> None:
        super().__init__(window)
        self._strip = window.strip
        self._workbench = workbench
        self._kept: OrderedDict[tuple[int, Window], QPixmap] = OrderedDict()
        self._index = -1
        self._label = QLabel(window)
        self._label.setObjectName("stripPicture")
        self._label.setAccessibleName(self.tr("The slice under the pointer"))
        self._label.setStyleSheet("QLabel { background: rgba(0, 0, 0, 200); border-radius: 6px; }")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show)
        window.strip.hovered.connect(self._hover)
        workbench.case_changed.connect(self._begin)
        workbench.palette.classes_changed.connect(self._kept.clear)

    def _begin(self) -> None:
        self._kept.clear()
        self._hover(-1)
        if (annotation := self._workbench.annotation) is not None:
            annotation.history_changed.connect(self._kept.clear)
            annotation.states_changed.connect(self._kept.clear)

    def _hover(self, index: int) -> None:
        self._index = index
        if index < 0:
            self._rest.stop()
            self._label.hide()
        else:
            self._rest.start(REST_MS)

    def _show(self) -> None:
        annotation, viewport = self._workbench.annotation, self._workbench.viewport
        if annotation is None or viewport.volume is None or not 0 <= self._index < annotation.case.slices:
            return
        key = (self._index, viewport.window)
        if key not in self._kept:
            proposal = annotation.proposal(self._index)
            labels = annotation.labels(self._index) if proposal is None else proposal.labels
            picture = slice_picture(
                viewport.volume, annotation.view, self._index,
                labels=labels, classes=self._workbench.palette.classes, window=viewport.window, side=SIDE,
            )  # fmt: skip
            self._kept[key] = QPixmap.fromImage(picture)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._label.setPixmap(self._kept[key])
        self._label.resize(self._kept[key].size() + QSize(GRID, GRID))
        tick = self._strip.mapTo(self._label.window(), self._strip.tick_box(self._index).center())
        top = self._strip.mapTo(self._label.window(), QPoint(0, 0)).y() - self._label.height() - GRID // 2
        left = tick.x() - self._label.width() // 2
        edge = self._strip.mapTo(self._label.window(), QPoint(0, 0)).x()
        self._label.move(max(edge, min(left, edge + self._strip.width() - self._label.width())), top)
        self._label.raise_()
        self._label.show()
