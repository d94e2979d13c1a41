"""The drawing hand on deep volumes, with each tool, over a long morning, and beside napari."""

import os
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.benchmarks.canvas_rows import RADIUS, Scene
from tests.benchmarks.row import Row, interleaved
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Geometry
from unet_studio.labels.history import History
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass, LabelMap
from unet_studio.labels.live_wire import Wire, edge_cost
from unet_studio.project.records import Case
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.palette import Palette

FRAME = 8  # moves of a mouse that is asked 500 times a second, in a sixtieth
NAPARI = "NAPARI_PYTHON"  # names a Python that has napari; without it that row is left out
_NAPARI_DAB = """
import sys, time
import numpy as np
from napari.layers import Labels
layer = Labels(np.zeros((12, 512, 512), np.uint8))
layer.brush_size = 41
rng, took = np.random.default_rng(0), []
for k in range(400):
    at = (0, *rng.integers(25, 485, 2))
    layer.selected_label = 1 + k % 2
    start = time.process_time()
    layer.paint(at, layer.selected_label)
    took.append(time.process_time() - start)
print(1000 * float(np.median(took[50:])))
"""


def _dabs(scene: Scene) -> None:
    row, column = scene.next_place()
    pen = scene.annotation._pen
    assert pen is not None
    pen.last = (row, column)
    scene.annotation.extend_stroke((row, column))
    scene.app.processEvents()


def _frame(scene: Scene) -> None:
    """As many dabs, close to each other, as a quick mouse tells of between two frames."""
    row, column = scene.next_place()
    pen = scene.annotation._pen
    assert pen is not None
    for step in range(FRAME):
        pen.last = (row, column + step)
        scene.annotation.extend_stroke((row, column + step))
    scene.app.processEvents()


def dab_depth() -> Iterator[Row]:
    """A dab in a volume of 300 slices against one in 12."""
    scenes = {depth: Scene(512, depth=depth) for depth in (12, 300)}
    for scene in scenes.values():
        scene.annotation.begin_stroke(scene.viewport.view, scene.viewport.index, (256, 256), erase=False)
    times = interleaved({str(d): lambda s=s: _dabs(s) for d, s in scenes.items()}, rounds=400)
    yield Row("dab in 300 slices against 12", times["300"].worked, "ms", times["12"].worked, 1.2)


def strokes() -> Iterator[Row]:
    """A thousand strokes on 512 × 512 × 300: what the history holds, and how long each undo takes."""
    palette = Palette()
    palette.set_classes(tuple(LabelClass(v, f"Label {v}", DEFAULT_COLOURS[v]) for v in (1, 2)))
    palette.set_brush(replace(palette.brush, radius=float(RADIUS)))
    geometry = Geometry((300, 512, 512))
    annotation = Annotation(
        Case(1, "case", "", "", "", geometry.shape, 0), LabelMap(geometry), palette, states={}, proposals={},
        history=History(), record=lambda _: None,
    )  # fmt: skip
    view, rng = plane_view(geometry, Plane.AXIAL), np.random.default_rng(0)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(1000):
        palette.choose(1 + number % 2)
        point = rng.uniform(30, 480, 2)
        annotation.begin_stroke(view, int(rng.integers(300)), tuple(point), erase=False)
        for _ in range(12):
            point = np.clip(point + rng.normal(0, 20, 2), 0, 511)
            annotation.extend_stroke(tuple(point))
        annotation.end_stroke()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    yield Row("1,000 strokes hold", held / 1e6, "MB", goal=20.0)
    took = []
    for _ in range(1000):
        start = time.process_time()
        annotation.undo()
        took.append(1000 * (time.process_time() - start))
    yield Row("undo of a stroke", float(np.median(took)), "ms", goal=5.0)
    yield Row("undo of a stroke, the longest of 1,000", max(took), "ms", goal=5.0)


def tools() -> Iterator[Row]:
    """What each tool takes for one move of the hand, painted: 16 ms is a frame."""
    scene = Scene(512)
    canvas, app = scene.canvas, scene.app
    rng = np.random.default_rng(1)

    def place() -> QPointF:
        row, column = rng.uniform(150, 360, 2)
        return canvas.place_of((row, column))

    for tool, is_sphere in (
        ("brush", False),
        ("brush", True),
        ("adaptive", False),
        ("threshold", False),
        ("grow", False),
    ):
        canvas.set_tool(tool)
        scene.palette.set_brush(replace(scene.palette.brush, is_sphere=is_sphere))
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place().toPoint())

        def move() -> None:
            QTest.mouseMove(canvas, place().toPoint())
            app.processEvents()

        times = interleaved({"move": move}, rounds=60)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place().toPoint())
        name = f"a move with {tool}{' as a sphere' if is_sphere else ''}"
        yield Row(name, times["move"].median, "ms", goal=16.0)
        yield Row(f"{name}, p99", times["move"].p99, "ms")
    volume = scene.viewport.volume
    assert volume is not None
    cost = edge_cost(volume.voxels[5])
    wire = Wire(cost, (256, 256))
    wire.path_to((250, 250))
    ways = {
        "click": lambda: Wire(cost, tuple(rng.uniform(100, 400, 2))).path_to((256, 256)),
        "follow": lambda: wire.path_to(tuple(rng.uniform(215, 295, 2))),
        "edges": lambda: edge_cost(volume.voxels[5]),
    }
    times = interleaved(ways, rounds=30)
    yield Row("live-wire follows the cursor", times["follow"].median, "ms", goal=16.0)
    yield Row("live-wire from a new click", times["click"].median, "ms", goal=100.0)
    yield Row("edges of a slice for the live-wire", times["edges"].median, "ms")


def napari_dab() -> Iterator[Row]:
    """A dab with our paint against napari's ``Labels.paint`` without a canvas; turn and turn about, three times."""
    if (python := os.environ.get(NAPARI)) is None:
        return
    scene = Scene(512)
    scene.annotation.begin_stroke(scene.viewport.view, scene.viewport.index, (256, 256), erase=False)
    ours, framed, bare, theirs = [], [], [], []
    canvas, picture = scene.canvas, scene.canvas.picture

    def unpainted() -> None:
        """What napari does too: the voxels, their undo, and the slice's new colours, nothing on the screen."""
        row, column = scene.next_place()
        pen = scene.annotation._pen
        assert pen is not None
        pen.last = (row, column)
        scene.annotation.extend_stroke((row, column))
        picture.labels_changed((slice(row - RADIUS, row + RADIUS + 1), slice(column - RADIUS, column + RADIUS + 1)))
        picture.relabel()

    for _ in range(3):
        out = subprocess.run([python, "-c", _NAPARI_DAB], capture_output=True, text=True, check=True)
        theirs.append(float(out.stdout.split()[-1]))
        times = interleaved({"dab": lambda: _dabs(scene), "frame": lambda: _frame(scene)}, rounds=300)
        ours.append(times["dab"].worked)
        framed.append(times["frame"].worked / FRAME)
        scene.annotation.changed.disconnect(canvas._attention._show_labels)
        bare.append(interleaved({"dab": unpainted}, rounds=300)["dab"].worked)
        scene.annotation.changed.connect(canvas._attention._show_labels)
    yield Row("dab not painted, against napari's", float(np.median(bare)), "ms", float(np.median(theirs)), 0.5)
    for name, taken in (("dab painted", ours), (f"dab painted, {FRAME} in a frame", framed)):
        yield Row(
            f"{name}, against napari's without paint", float(np.median(taken)), "ms", float(np.median(theirs)), 0.5
        )


ROWS = {"dab_depth": dab_depth, "strokes": strokes, "tools": tools, "napari_dab": napari_dab}
