"""Strokes drawn with real mouse and pen events."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas_making import CTRL, GEOMETRIES, LEFT, LIVER, MIDDLE, PLAIN, RIGHT, make_scene, reached
from unet_studio.image.plane import Plane
from unet_studio.project.records import SliceState

ZOOMS = (1.0, 2.7, 0.6)


def size_and_spacing(scene):
    view, geometry = scene.viewport.view, scene.annotation.label_map.geometry
    return {"size": view.size(geometry.shape), "spacing": view.spacing_mm(geometry)}


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("kind", list(GEOMETRIES))
def test_a_drag_paints_exactly_what_the_brush_passes_over(qtbot, kind, plane, zoom):
    scene = make_scene(qtbot, GEOMETRIES[kind], plane=plane)
    scene.canvas.zoom_by(zoom)
    rows, columns = size_and_spacing(scene)["size"]
    before = scene.annotation.label_map.voxels.copy()
    points = scene.drag(
        (rows * 0.45, columns * 0.45),
        (rows * 0.5, columns * 0.6),
        (rows * 0.55, columns * 0.6),
        (rows * 0.55, columns * 0.5),
    )
    expected = reached(points, radius=3.0, **size_and_spacing(scene))
    assert expected.any() and not expected.all()
    assert (scene.labels == expected * LIVER.value).all()
    changed = scene.annotation.label_map.voxels != before
    assert changed.sum() == expected.sum(), "no other slice was touched"
    assert scene.annotation.history.undo_name == "Paint Liver"
    assert len(scene.deeds) == 1


def test_undo_after_a_drag_gives_back_the_labels(qtbot):
    labels = np.random.default_rng(0).integers(0, 3, PLAIN.shape)
    scene = make_scene(qtbot, labels=labels)
    scene.drag((8, 8), (12, 20))
    assert (scene.annotation.label_map.voxels != labels).any()
    scene.annotation.undo()
    assert (scene.annotation.label_map.voxels == labels).all()


@pytest.mark.parametrize(("button", "modifier"), [(RIGHT, Qt.KeyboardModifier.NoModifier), (LEFT, CTRL)])
def test_the_right_button_and_ctrl_erase(qtbot, button, modifier):
    scene = make_scene(qtbot, labels=np.full(PLAIN.shape, 2))
    points = scene.drag((10, 8), (10, 20), button=button, modifier=modifier)
    expected = reached(points, radius=3.0, **size_and_spacing(scene))
    assert ((scene.labels == 0) == expected).all()
    assert scene.annotation.history.undo_name == "Erase"


def test_erasing_ends_with_the_stroke(qtbot):
    scene = make_scene(qtbot, labels=np.full(PLAIN.shape, 2))
    scene.drag((5, 5), (5, 6), button=RIGHT)
    scene.drag((15, 15), (15, 16))
    assert scene.labels[15, 15] == LIVER.value


def test_the_eraser_and_a_brush_turned_eraser_erase_with_the_left_button(qtbot):
    scene = make_scene(qtbot, labels=np.full(PLAIN.shape, 2))
    scene.canvas.set_tool("eraser")
    scene.drag((5, 5), (5, 8))
    assert scene.labels[5, 6] == 0
    scene.canvas.set_tool("brush")
    scene.palette.set_brush(replace(scene.palette.brush, is_eraser=True))
    scene.drag((15, 15), (15, 16))
    assert scene.labels[15, 15] == 0


def test_the_brush_is_round_in_mm_on_oblong_pixels(qtbot):
    scene = make_scene(qtbot, GEOMETRIES["flipped"], radius=6.0)
    (point,) = {*scene.drag((12, 15), (12, 15))}
    rows, columns = np.nonzero(scene.labels)
    assert (rows.max() - rows.min()) * 2 + 1 == pytest.approx(columns.max() - columns.min(), abs=2.1)
    assert (scene.labels > 0).sum() == reached([point], radius=6.0, **size_and_spacing(scene)).sum()


def test_escape_takes_back_the_stroke_in_hand(qtbot):
    labels = np.random.default_rng(0).integers(0, 3, PLAIN.shape)
    scene = make_scene(qtbot, labels=labels)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 10))
    QTest.mouseMove(scene.canvas, scene.place(10, 20))
    assert (scene.annotation.label_map.voxels != labels).any()
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Escape)
    QTest.mouseMove(scene.canvas, scene.place(20, 20))
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(20, 20))
    assert (scene.annotation.label_map.voxels == labels).all()
    assert scene.deeds == [] and scene.annotation.history.undo_name is None


def test_another_slice_ends_the_stroke_where_it_is(qtbot):
    scene = make_scene(qtbot)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 10))
    scene.viewport.step(1)
    QTest.mouseMove(scene.canvas, scene.place(10, 25))
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(10, 25))
    assert len(scene.deeds) == 1
    assert not scene.labels.any(), "the slice now shown was not drawn on"
    scene.viewport.step(-1)
    assert scene.labels[10, 10] == 1 and scene.labels[10, 25] == 0


def test_the_wheel_does_not_leave_the_slice_during_a_stroke(qtbot):
    scene = make_scene(qtbot)
    index = scene.viewport.index
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 10))
    scene.wheel(-120)
    assert scene.viewport.index == index
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(10, 10))


def test_a_second_button_during_a_stroke_does_nothing(qtbot):
    scene = make_scene(qtbot)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 10))
    framing = scene.canvas.place_of((0, 0))
    QTest.mousePress(scene.canvas, RIGHT, pos=scene.place(10, 10))
    QTest.mousePress(scene.canvas, MIDDLE, pos=scene.place(10, 10))
    QTest.mouseMove(scene.canvas, scene.place(10, 20))
    QTest.mouseRelease(scene.canvas, RIGHT, pos=scene.place(10, 20))
    QTest.mouseMove(scene.canvas, scene.place(20, 20))
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(20, 20))
    assert scene.canvas.place_of((0, 0)) == framing
    assert len(scene.deeds) == 1 and scene.labels[20, 20] == 1


def test_a_stroke_from_outside_the_slice_paints_what_lies_in_it(qtbot):
    scene = make_scene(qtbot)
    points = scene.drag((12, -6), (12, 2))
    expected = reached(points, radius=3.0, **size_and_spacing(scene))
    assert (scene.labels == expected).all() and expected.any()


def test_a_proposal_is_taken_over_by_painting_on_it(qtbot):
    proposed = np.full((24, 30), 2, np.uint8)
    scene = make_scene(qtbot, proposals={2: proposed})
    scene.drag((10, 10), (10, 12))
    assert scene.annotation.state(2) is SliceState.EDITED
    assert scene.labels[10, 11] == 1 and scene.labels[0, 0] == 2


def test_painting_with_a_hidden_class_tells_why_not_and_leaves_the_slice(qtbot):
    scene = make_scene(qtbot)
    scene.palette.change_class(replace(LIVER, is_visible=False))
    scene.drag((10, 10), (10, 20))
    assert not scene.labels.any()
    assert len(scene.told) == 1 and "hidden" in scene.told[0]


def test_nothing_happens_without_an_annotation_or_a_volume(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_annotation(None)
    scene.drag((10, 10), (10, 20))
    assert not scene.labels.any()
    scene.viewport.open(None)
    QTest.mouseClick(scene.canvas, LEFT, pos=scene.canvas.rect().center())
    scene.wheel(-120)
    assert scene.deeds == []


def test_another_annotation_hears_no_more_of_the_first(qtbot):
    scene = make_scene(qtbot)
    first = scene.annotation
    second = make_scene(qtbot).annotation
    scene.canvas.set_annotation(second)
    scene.drag((10, 10), (10, 12))
    assert not first.label_map.voxels.any() and second.label_map.voxels.any()


# ---- pens


def pen(scene, kind, row, column, *, pointer=QPointingDevice.PointerType.Pen, button=LEFT, pressure=0.6):
    device = QPointingDevice(
        "pen", 1, QInputDevice.DeviceType.Stylus, pointer, QInputDevice.Capability.Position, 1, 1, "",
        QPointingDeviceUniqueId.fromNumericId(1),
    )  # fmt: skip
    place = QPointF(scene.place(row, column))
    is_down = kind is not QEvent.Type.TabletRelease
    event = QTabletEvent(
        kind, device, place, scene.canvas.mapToGlobal(place), pressure, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier,
        Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else button,
        button if is_down else Qt.MouseButton.NoButton,
    )  # fmt: skip
    QApplication.sendEvent(scene.canvas, event)
    return event.isAccepted()


def test_a_pen_draws_as_the_mouse_does(qtbot):
    scene = make_scene(qtbot)
    assert pen(scene, QEvent.Type.TabletPress, 10, 8)
    pen(scene, QEvent.Type.TabletMove, 10, 20)
    pen(scene, QEvent.Type.TabletRelease, 10, 20)
    points = [scene.point(scene.place(10, c)) for c in (8, 20)]
    assert (scene.labels == reached(points, radius=3.0, **size_and_spacing(scene))).all()
    assert len(scene.deeds) == 1


def test_the_pens_other_end_erases(qtbot):
    scene = make_scene(qtbot, labels=np.full(PLAIN.shape, 2))
    eraser = QPointingDevice.PointerType.Eraser
    pen(scene, QEvent.Type.TabletPress, 10, 8, pointer=eraser)
    pen(scene, QEvent.Type.TabletRelease, 10, 8, pointer=eraser)
    assert scene.labels[10, 8] == 0 and scene.labels[20, 20] == 2
