"""What the hand waits for in the whole window: strip, read-out, filters and status bar included, with real events."""

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import nibabel
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.canvas_rows import RADIUS
from tests.benchmarks.row import Row
from unet_studio.app import open_segmenter
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.studio import Studio
from unet_studio.gui.theme import DARK, dress
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass
from unet_studio.workbench.preferences import Preferences

_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


class Desk:
    """The program on a made scan of 512² pixels with two labelled discs in each slice."""

    def __init__(self, folder: Path, depth: int) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        self.app = app
        dress(app, DARK)
        voxels = np.random.default_rng(0).normal(40, 200, (depth, 512, 512)).astype(np.int16)
        path = folder / "scan.nii"
        nibabel.save(nibabel.Nifti1Image(voxels.transpose(2, 1, 0), np.diag([-1.0, -1.0, 3.0, 1.0])), path)
        self.window = MainWindow()
        self.window.resize(1600, 1000)
        self.window.show()
        self.studio = Studio(
            self.window, Preferences(folder / "settings.json"), DARK,
            projects_folder=folder, open_segmenter=open_segmenter, import_network=lambda: None,
        )  # fmt: skip
        workbench = self.workbench = self.studio.workbench
        workbench.new_project(folder / "p.unetstudio", "p", [LabelClass(v, str(v), DEFAULT_COLOURS[v]) for v in (1, 2)])
        self._wait(lambda: workbench.project is not None)
        workbench.find_sources([path])
        self._wait(lambda: workbench.annotation is not None)
        annotation = workbench.annotation
        assert annotation is not None
        rows, columns = np.ogrid[:512, :512]
        for value, part in ((1, 4), (2, 9)):
            annotation.label_map.voxels[:, np.hypot(rows - 256, columns - 256) < 512 / part] = value
        annotation.changed((slice(0, depth), slice(0, 512), slice(0, 512)))
        workbench.palette.set_brush(replace(workbench.palette.brush, radius=float(RADIUS), unit="px"))
        self.canvas = self.window.canvas
        self.canvas.set_tool("brush")
        self.middle = QPointF(self.canvas.width() // 2, self.canvas.height() // 2)
        self._turn = 0
        app.processEvents()

    def point(self, kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        """The mouse is somewhere else on an ellipse."""
        self._turn += 1
        way = QPointF(200 * math.cos(self._turn / 20), 150 * math.sin(self._turn / 20)).toPoint()
        place = self.middle + QPointF(way)
        there = self.canvas.mapToGlobal(place)
        QApplication.sendEvent(
            self.canvas, QMouseEvent(kind, place, there, button, held, Qt.KeyboardModifier.NoModifier)
        )
        self.app.processEvents()

    def notch(self) -> None:
        """The wheel is turned by a notch, back and forth through the scan."""
        viewport = self.workbench.viewport
        there = self.canvas.mapToGlobal(self.middle)
        by = QPoint(0, 120 if self._turn // viewport.count % 2 else -120)
        self._turn += 1
        event = QWheelEvent(
            self.middle, there, QPoint(), by, _NONE, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
        )  # fmt: skip
        QApplication.sendEvent(self.canvas, event)
        self.app.processEvents()

    def close(self) -> None:
        """Afterwards the program has ended."""
        project = self.workbench.project
        self._wait(lambda: project is None or project.saving.pending == 0)
        self.workbench.close()
        self.window.close()

    def _wait(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self.app.processEvents()
            time.sleep(0.005)


def _worked(way: Callable[[], object]) -> float:
    """The median of the window's thread's own time, ms."""
    taken = []
    for number in range(230):
        start = time.thread_time()
        way()
        if number >= 30:
            taken.append(1000 * (time.thread_time() - start))
    return float(np.median(taken))


def window() -> Iterator[Row]:
    """The pointer moves, the brush draws, the wheel turns."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), 300)
        kinds = QEvent.Type
        yield Row(
            "window: the pointer moves", _worked(lambda: desk.point(kinds.MouseMove, _NONE, _NONE)), "ms", goal=16.0
        )
        desk.point(kinds.MouseButtonPress, _LEFT, _LEFT)
        yield Row(
            "window: the brush draws on", _worked(lambda: desk.point(kinds.MouseMove, _NONE, _LEFT)), "ms", goal=16.0
        )
        desk.point(kinds.MouseButtonRelease, _LEFT, _NONE)
        yield Row("window: a notch of the wheel, 300 slices", _worked(desk.notch), "ms", goal=16.0)
        desk.close()


ROWS = {"window": window}
