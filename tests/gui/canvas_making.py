"""A canvas on a small made scan, and hands to work it with: real events, real workbench."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from unet_studio.gui.canvas import Canvas
from unet_studio.image.plane import Plane, plane_view, working_plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelClass, LabelMap
from unet_studio.project.records import Case, Proposal, SliceState
from unet_studio.workbench.annotation import Annotation, Deed
from unet_studio.workbench.palette import Brush, Palette
from unet_studio.workbench.viewport import Viewport

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LIVER = LabelClass(1, "Liver", (255, 0, 0))
SPLEEN = LabelClass(2, "Spleen", (0, 255, 0))
SHAPE = (5, 24, 30)
PLAIN = Geometry(SHAPE, spacing_mm=(4.0, 1.0, 1.0))
FLIPPED = Geometry(SHAPE, spacing_mm=(4.0, 2.0, 1.0), axes=((0.0, 0.0, -1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)))
TURNED = Geometry(  # slices stacked along y, rows along x, columns along z
    (24, 5, 30), spacing_mm=(1.0, 3.0, 2.0), axes=((0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (-1.0, 0.0, 0.0))
)
GEOMETRIES = {"plain": PLAIN, "flipped": FLIPPED, "turned": TURNED}


def look_otherwise(canvas: Canvas, **changes: Any) -> None:
    """Afterwards the canvas shows its slice with these of its look changed."""
    canvas.look = replace(canvas.look, **changes)


@dataclass
class Scene:
    canvas: Canvas
    viewport: Viewport
    palette: Palette
    annotation: Annotation
    deeds: list[Deed] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def labels(self) -> np.ndarray:
        """The labels of the slice on the screen, as it is shown."""
        return self.viewport.view.slice_of(self.annotation.label_map.voxels, self.viewport.index)

    def place(self, row: float, column: float) -> QPoint:
        """The whole place nearest to a (row, column), as the mouse reports it."""
        return self.canvas.place_of((row, column)).toPoint()

    def point(self, place: QPoint) -> tuple[float, float]:
        """The (row, column) at a place, worked out from where two pixels of the slice lie."""
        origin, one = self.canvas.place_of((0.0, 0.0)), self.canvas.place_of((1.0, 1.0))
        return (
            (place.y() - origin.y()) / (one.y() - origin.y()),
            (place.x() - origin.x()) / (one.x() - origin.x()),
        )

    def drag(self, *points: tuple[float, float], button: Any = LEFT, modifier: Any = NONE) -> list[tuple[float, float]]:
        """Presses at the first point, moves through the others, releases at the last; where the mouse really was."""
        places = [self.place(*p) for p in points]
        QTest.mousePress(self.canvas, button, modifier, places[0])
        for place in places[1:]:
            QTest.mouseMove(self.canvas, place)
        QTest.mouseRelease(self.canvas, button, modifier, places[-1])
        return [self.point(place) for place in places]

    def hover(self, row: float, column: float) -> None:
        """Moves the mouse there from elsewhere: Qt tells nothing of a mouse that is where it was."""
        QTest.mouseMove(self.canvas, QPoint(1, 1))
        QTest.mouseMove(self.canvas, self.place(row, column))

    def wheel(self, delta: int, *, at: QPoint | None = None, modifier: Any = NONE) -> None:
        """Turns the wheel by eighths of a degree: 120 is a notch away from the user."""
        place = QPointF(at if at is not None else self.canvas.rect().center())
        event = QWheelEvent(
            place, self.canvas.mapToGlobal(place), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.canvas, event)


def make_scene(
    qtbot: Any,
    geometry: Geometry = PLAIN,
    *,
    voxels: np.ndarray | None = None,
    labels: np.ndarray | None = None,
    proposals: dict[int, np.ndarray] | None = None,
    size: tuple[int, int] = (420, 360),
    plane: Plane | None = None,
    radius: float = 3.0,
) -> Scene:
    """A canvas of ``size`` logical pixels, shown, on a scan with two label classes, the first in hand."""
    viewport, palette = Viewport(), Palette()
    palette.set_classes((LIVER, SPLEEN))
    palette.set_brush(Brush(radius=radius))
    if voxels is None:
        voxels = np.arange(np.prod(geometry.shape), dtype=np.int16).reshape(geometry.shape) % 251
    axis = plane_view(geometry, working_plane(geometry)).axis
    deeds: list[Deed] = []
    made = {i: Proposal(i, p, 0.5, None) for i, p in (proposals or {}).items()}
    annotation = Annotation(
        Case(7, "Case seven", "scan.nii", "", "", geometry.shape, axis),
        LabelMap(geometry, None if labels is None else labels.astype(np.uint8)), palette,
        states=dict.fromkeys(made, SliceState.PREDICTED), proposals=made, history=History(), record=deeds.append,
    )  # fmt: skip
    canvas = Canvas(viewport, palette)
    qtbot.addWidget(canvas)
    canvas.resize(*size)
    canvas.set_annotation(annotation)
    look_otherwise(canvas, is_smooth=False)
    viewport.open(Volume(voxels, geometry, "scan"))
    if plane is not None:
        viewport.turn(plane)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.setFocus()
    scene = Scene(canvas, viewport, palette, annotation, deeds)
    annotation.told.connect(scene.told.append)
    annotation.refused.connect(lambda refused: scene.told.append(refused.sentence))
    canvas.told.connect(scene.told.append)
    return scene


def reached(
    points: list[tuple[float, float]], *, radius: float, size: tuple[int, int], spacing: tuple[float, float]
) -> np.ndarray:
    """The pixels whose centre is within ``radius`` of the line through the points, worked out one by one."""
    mask = np.zeros(size, bool)
    for start, end in zip(points, [*points[1:], points[-1]], strict=True):
        for row, column in np.ndindex(*size):
            here = np.array([(row - start[0]) * spacing[0], (column - start[1]) * spacing[1]])
            way = np.array([(end[0] - start[0]) * spacing[0], (end[1] - start[1]) * spacing[1]])
            share = np.clip(here @ way / (way @ way), 0, 1) if way.any() else 0.0
            mask[row, column] |= bool(np.hypot(*(here - share * way)) <= radius)
    for row, column in points:
        if 0 <= round(row) < size[0] and 0 <= round(column) < size[1]:
            mask[round(row), round(column)] = True
    return mask


def shown(canvas: Canvas) -> np.ndarray:
    """What the canvas looks like: (row, column, channel) red, green, blue, device pixels."""
    image = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), 2::-1].copy()
