"""The drawing hand's latency: a dab, a notch of the wheel, a repaint."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.row import Row, interleaved
from unet_studio.gui.canvas import Canvas
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.history import History
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass, LabelMap
from unet_studio.project.records import Case
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.viewport import Viewport

VIEW = 1024  # logical pixels of the canvas, each way
RADIUS = 20


class CachedPaint(QWidget):
    """The floor: an RGB32 image as large as the slice, painted enlarged, and nothing else."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.resize(VIEW, VIEW)
        self._pixels = np.random.default_rng(0).integers(0, 2**24, (side, side), dtype=np.uint32) | np.uint32(
            0xFF000000
        )
        self._image = QImage(self._pixels.data, side, side, side * 4, QImage.Format.Format_RGB32)
        self.is_smooth = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the image."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.is_smooth)
        painter.setClipRect(event.rect())
        painter.drawImage(QRectF(self.rect()), self._image, QRectF(self._image.rect()))


class Scene:
    """A canvas on a made scan of ``side``² pixels with two labelled discs in each slice."""

    def __init__(self, side: int, *, depth: int = 12, is_smooth: bool = False) -> None:
        self.app = QApplication.instance() or QApplication([])
        shape = (depth, side, side)
        self.viewport, self.palette = Viewport(), Palette()
        self.palette.set_classes(tuple(LabelClass(v, f"Label {v}", DEFAULT_COLOURS[v]) for v in (1, 2)))
        self.palette.set_brush(replace(self.palette.brush, radius=float(RADIUS)))
        geometry = Geometry(shape)
        voxels = np.random.default_rng(0).normal(40, 200, shape).astype(np.int16)
        labels = np.zeros(shape, np.uint8)
        rows, columns = np.ogrid[:side, :side]
        for value, part in ((1, 4), (2, 9)):
            labels[:, np.hypot(rows - side / 2, columns - side / 2) < side / part] = value
        case = Case(1, "case", "", "", "", shape, 0)
        self.annotation = Annotation(
            case, LabelMap(geometry, labels), self.palette, states={}, proposals={},
            history=History(budget_bytes=1 << 30), record=lambda _: None,
        )  # fmt: skip
        self.canvas = Canvas(self.viewport, self.palette)
        self.canvas.set_annotation(self.annotation)
        self.canvas.look = replace(self.canvas.look, is_smooth=is_smooth)
        self.viewport.open(Volume(voxels, geometry))
        self.floor = CachedPaint(side)
        self.floor.is_smooth = is_smooth
        for widget in (self.canvas, self.floor):
            widget.resize(VIEW, VIEW)
            widget.show()
            if not QTest.qWaitForWindowExposed(widget):  # a window that is not seen paints nothing, in no time
                raise RuntimeError("a window of the benchmark was not shown")
        self.app.processEvents()
        self.side = side
        self.at = RADIUS + 2

    def next_place(self) -> tuple[int, int]:
        """Somewhere else in the slice, a brush away from its border."""
        self.at = RADIUS + 2 + (self.at + 7) % (self.side - 2 * RADIUS - 10)
        return self.at, RADIUS + 2 + self.at * 3 % (self.side - 2 * RADIUS - 10)

    def area(self, row: int, column: int) -> QRect:
        """What of the canvas a dab there touches."""
        corners = [self.canvas.place_of((row + d, column + d)) for d in (-RADIUS - 1, RADIUS + 1)]
        return QRectF(QPointF(*corners[0].toTuple()), QPointF(*corners[1].toTuple())).toAlignedRect()


def dab() -> Iterator[Row]:
    """One dab of the brush in a stroke, kept for undo and painted, against painting its rectangle from a cached image."""
    for side in (512, 2048):
        scene = Scene(side)
        annotation, view = scene.annotation, scene.viewport.view
        scene.palette.value = 1

        def jump(scene: Scene = scene, annotation: Annotation = annotation) -> None:
            """A dab where the last one was, so that it is a disc and not a capsule across the slice."""
            row, column = scene.next_place()
            annotation._pen.last = (row, column)  # type: ignore[union-attr]
            annotation.extend_stroke((row, column))
            scene.app.processEvents()

        def floor(scene: Scene = scene) -> None:
            scene.floor.repaint(scene.area(*scene.next_place()))

        def repaint(scene: Scene = scene) -> None:
            scene.canvas.repaint(scene.area(*scene.next_place()))

        annotation.begin_stroke(view, scene.viewport.index, (side / 2, side / 2), erase=False)
        scene.app.processEvents()
        times = interleaved({"dab": jump, "floor": floor, "repaint": repaint}, rounds=600)
        annotation.end_stroke()
        yield Row(f"dab {side}²", times["dab"].worked, "ms", times["floor"].worked, 2.0)
        yield Row(f"dab {side}², own repaint as floor", times["dab"].worked, "ms", times["repaint"].worked, 2.0)


def wheel_notch() -> Iterator[Row]:
    """To the next slice with its labels and outlines, painted, against painting a cached image of it."""
    for side, is_smooth in ((512, False), (512, True), (2048, False), (2048, True)):
        scene = Scene(side, is_smooth=is_smooth)

        def notch(scene: Scene = scene) -> None:
            viewport = scene.viewport
            viewport.go((viewport.index + 1) % viewport.count)
            scene.canvas.repaint()

        ways: dict[str, Callable[[], object]] = {
            "notch": notch,
            "floor": scene.floor.repaint,
            "repaint": scene.canvas.repaint,
        }
        times = interleaved(ways, rounds=60 if side == 512 else 30)
        name = f"wheel notch {side}²{' smooth' if is_smooth else ''}"
        yield Row(name, times["notch"].worked, "ms", times["floor"].worked, 3.0 if side == 512 else None)
        if side == 2048:
            yield Row(f"{name} p99", times["notch"].p99, "ms", goal=16.0)
            yield Row(f"{name} p99, its own processor time", times["notch"].worked_p99, "ms", goal=16.0)
        yield Row(f"{name}: repaint alone", times["repaint"].worked, "ms", times["floor"].worked)


ROWS = {"dab": dab, "wheel_notch": wheel_notch}
