"""Outlines and regions by hand: real events on a canvas; nothing outside what was shown changes, and undo gives all back."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.gui.canvas_making import FLIPPED, LEFT, RIGHT, SHAPE, SHIFT, SPLEEN, make_scene, shown
from unet_studio.image.plane import Plane
from unet_studio.labels.shapes import ellipse, polygon, rectangle

ALT = Qt.KeyboardModifier.AltModifier
TOOLS = ("polygon", "wire", "rectangle", "ellipse", "grow")


def ball() -> np.ndarray:
    rows, columns = np.ogrid[: SHAPE[1], : SHAPE[2]]
    disc = (np.hypot(rows - 12, columns - 15) < 7) * 100
    voxels = np.zeros(SHAPE, np.int16)
    voxels[1:4] = disc
    return voxels


def clicks(scene, *points, button=LEFT, modifier=Qt.KeyboardModifier.NoModifier):
    for point in points:
        QTest.mouseClick(scene.canvas, button, modifier, scene.place(*point))


def draw(scene, tool: str, button=LEFT) -> None:
    """Something in the middle of the slice with that tool."""
    scene.canvas.set_tool(tool)
    if tool in ("polygon", "wire"):
        clicks(scene, (6, 8), (6, 22), (18, 22), (18, 8))
        if button == RIGHT:
            clicks(scene, (12, 15), button=RIGHT)
        else:
            QTest.keyClick(scene.canvas, Qt.Key.Key_Return)
    else:
        scene.drag((8, 9), (16, 20), button=button)


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_spares_locked_labels_and_is_undone_whole(qtbot, tool):
    labels = np.zeros(SHAPE, np.uint8)
    labels[:, 10:14] = SPLEEN.value
    scene = make_scene(qtbot, voxels=ball(), labels=labels.copy())
    scene.palette.change_class(replace(SPLEEN, is_locked=True))
    draw(scene, tool)
    changed = scene.annotation.label_map.voxels != labels
    assert changed.any() and not changed[labels == SPLEEN.value].any()
    assert not changed[[0, 1, 3, 4]].any() and len(scene.deeds) == 1
    scene.annotation.undo()
    assert (scene.annotation.label_map.voxels == labels).all()


@pytest.mark.parametrize("tool", TOOLS)
def test_the_right_button_clears_with_every_tool(qtbot, tool):
    scene = make_scene(qtbot, voxels=ball(), labels=np.full(SHAPE, 2, np.uint8))
    draw(scene, tool, RIGHT)
    assert (scene.labels == 0).any() and (scene.labels == 2).any()
    assert scene.annotation.history.undo_name == "Clear area"


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_is_about_to_do_is_seen_and_escape_drops_it(qtbot, tool):
    scene = make_scene(qtbot, voxels=ball())
    scene.canvas.set_tool(tool)
    before = shown(scene.canvas)
    if tool in ("polygon", "wire"):
        clicks(scene, (6, 8), (6, 22), (18, 22))
    else:
        QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 12))
        QTest.mouseMove(scene.canvas, scene.place(14, 20))
    assert (shown(scene.canvas) != before).any()
    QTest.keyClick(scene.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(14, 20))
    QTest.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert scene.deeds == [] and not scene.annotation.label_map.voxels.any()


@pytest.mark.parametrize(("tool", "shape"), [("rectangle", rectangle), ("ellipse", ellipse)])
@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, SHIFT, ALT])
def test_shapes_fill_just_what_was_dragged(qtbot, tool, shape, modifier):
    scene = make_scene(qtbot, FLIPPED)
    scene.canvas.set_tool(tool)
    places = [scene.place(*p) for p in ((9, 10), (14, 16))]
    start, here = (scene.point(p) for p in places)
    QTest.mousePress(scene.canvas, LEFT, modifier, places[0])
    for place in places:
        event_at = QPointF(place)
        _move(scene.canvas, event_at, modifier)
    QTest.mouseRelease(scene.canvas, LEFT, modifier, places[-1])
    down, across = here[0] - start[0], here[1] - start[1]
    if modifier == SHIFT:
        side = max(down * 2.0, across * 1.0)
        down, across = side / 2.0, side / 1.0
    first = (start[0] - down, start[1] - across) if modifier == ALT else start
    patch = shape(first, (start[0] + down, start[1] + across), size=scene.labels.shape)
    expected = np.zeros(scene.labels.shape, bool)
    expected[patch.box] = patch.mask
    assert ((scene.labels == 1) == expected).all()


def _move(canvas, place, modifier):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, modifier
    )
    QApplication.sendEvent(canvas, event)


def test_points_of_an_open_polygon_are_moved_put_in_and_removed(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    clicks(scene, (4, 5), (4, 22), (18, 20), (19, 6))
    scene.drag((18, 20), (20, 24))  # a corner moves
    scene.drag((4, 13), (1, 14))  # a side gets one more
    clicks(scene, (19, 6), button=RIGHT)  # and another corner goes
    assert scene.deeds == []
    QTest.keyClick(scene.canvas, Qt.Key.Key_Enter)
    corners = [scene.point(scene.place(*p)) for p in ((4, 5), (1, 14), (4, 22), (20, 24))]
    patch = polygon(corners, size=scene.labels.shape)
    expected = np.zeros(scene.labels.shape, bool)
    expected[patch.box] = patch.mask
    assert ((scene.labels == 1) == expected).all()


def test_delete_removes_the_point_under_the_cursor(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    clicks(scene, (4, 5), (4, 22), (18, 20), (19, 6))
    scene.hover(4, 22)
    QTest.keyClick(scene.canvas, Qt.Key.Key_Delete)
    QTest.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert scene.labels[17, 12] == 1 and scene.labels[5, 20] == 0


def test_a_drawn_outline_that_comes_back_to_its_beginning_is_closed(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    scene.drag((4, 4), (4, 20), (20, 20), (20, 4), (4, 4))
    assert scene.labels[12, 12] == 1 and len(scene.deeds) == 1


def test_the_wire_clings_to_an_edge_between_two_clicks(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    scene.canvas.set_tool("wire")
    clicks(scene, (5, 15), (12, 22), (19, 15), (12, 8))
    QTest.keyClick(scene.canvas, Qt.Key.Key_Return)
    found, wanted = scene.labels == 1, ball()[2] > 0
    assert 2 * (found & wanted).sum() / (found.sum() + wanted.sum()) > 0.93


def test_a_point_of_an_open_wire_is_dragged_and_takes_its_lines_along(qtbot):
    before = np.zeros(SHAPE, np.uint8)
    before[2, 0, :4] = 2
    scene = make_scene(qtbot, voxels=ball(), labels=before)
    scene.palette.change_class(replace(SPLEEN, is_locked=True))
    scene.canvas.set_tool("wire")
    clicks(scene, (5, 15), (12, 22), (19, 15), (3, 3))  # the last one went astray
    scene.drag((3, 3), (8, 6), (12, 8))
    assert scene.deeds == []
    scene.drag((5, 15), (4, 15), (5, 15))  # the first one, moved and put back: no click that closes
    assert scene.deeds == []
    clicks(scene, (5, 15))
    found, wanted = scene.labels == 1, ball()[2] > 0
    assert 2 * (found & wanted).sum() / (found.sum() + wanted.sum()) > 0.93
    assert (scene.labels[0, :4] == 2).all() and len(scene.deeds) == 1
    scene.annotation.undo()
    assert (scene.annotation.label_map.voxels == before).all()


def test_the_right_button_or_delete_on_a_point_of_the_wire_removes_it(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    scene.canvas.set_tool("wire")
    clicks(scene, (5, 15), (1, 28), (12, 22), (19, 15), (12, 8), (1, 1))
    clicks(scene, (1, 28), button=RIGHT)
    scene.hover(1, 1)
    QTest.keyClick(scene.canvas, Qt.Key.Key_Delete)
    QTest.keyClick(scene.canvas, Qt.Key.Key_Return)
    found, wanted = scene.labels == 1, ball()[2] > 0
    assert 2 * (found & wanted).sum() / (found.sum() + wanted.sum()) > 0.93


def test_backspace_takes_the_wire_back_to_the_click_before(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    scene.canvas.set_tool("wire")
    clicks(scene, (5, 15), (12, 22), (19, 15), (12, 8), (1, 1))
    QTest.keyClick(scene.canvas, Qt.Key.Key_Backspace)
    QTest.mouseDClick(scene.canvas, LEFT, pos=scene.place(12, 8))
    assert scene.labels[12, 15] == 1 and scene.labels[2, 2] == 0


def test_growing_is_tuned_by_the_drag_and_applied_by_the_release(qtbot):
    voxels = ball()
    voxels[:, :, 15:] += 40  # a step within the ball
    scene = make_scene(qtbot, voxels=voxels)
    scene.palette.set_brush(replace(scene.palette.brush, tolerance=0.02))
    scene.canvas.set_tool("grow")
    clicks(scene, (12, 11))
    half = int((scene.labels == 1).sum())
    assert (voxels[2][scene.labels == 1] == 100).all() and half > 40
    scene.annotation.undo()
    scene.palette.set_brush(replace(scene.palette.brush, tolerance=0.02))
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(12, 11))
    up = scene.place(12, 11)
    up.setY(up.y() - 270)
    QTest.mouseMove(scene.canvas, up)
    assert scene.palette.brush.tolerance > 0.2
    QTest.mouseRelease(scene.canvas, LEFT, pos=up)
    assert int((scene.labels == 1).sum()) > 1.7 * half
    assert scene.annotation.history.undo_name == "Grow Liver"


def test_growing_goes_through_the_volume_on_request_and_is_one_action(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    scene.palette.set_brush(replace(scene.palette.brush, grows_volume=True))
    scene.canvas.set_tool("grow")
    clicks(scene, (12, 15))
    qtbot.waitUntil(lambda: len(scene.deeds) == 1)
    assert ((scene.annotation.label_map.voxels == 1) == (ball() > 0)).all()
    scene.annotation.undo()
    assert not scene.annotation.label_map.voxels.any()


def test_growing_through_the_volume_can_be_stopped_and_refuses_another_meanwhile(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    scene.palette.set_brush(replace(scene.palette.brush, grows_volume=True))
    scene.canvas.set_tool("grow")
    clicks(scene, (12, 15), (12, 16))
    assert "still being worked out" in scene.told[-1]
    QTest.keyClick(scene.canvas, Qt.Key.Key_Escape)
    qtbot.wait(20)
    assert scene.deeds == [] and not scene.annotation.label_map.voxels.any()


def test_what_grows_is_seen_in_the_side_views_and_stopped_from_there(qtbot):
    scene = make_scene(qtbot, voxels=ball())
    other = make_scene(qtbot, voxels=ball(), plane=Plane.CORONAL)
    side = other.canvas
    side.surface.share_growing(scene.canvas.surface)
    for canvas in (scene.canvas, side):
        canvas.set_tool("grow")
    before = shown(side)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(12, 15))
    mask = other.viewport.view.slice_of(scene.canvas.surface.growing.region, other.viewport.index)
    assert mask.any() and mask.any(axis=1).sum() == 1  # one slice of the other plane is a line in this one
    assert (shown(side) != before).any()
    scene.palette.set_brush(replace(scene.palette.brush, grows_volume=True))
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(12, 15))
    assert scene.canvas.surface.growing.is_busy
    QTest.keyClick(side, Qt.Key.Key_Escape)
    assert scene.canvas.surface.growing.region is None and (shown(side) == before).all()
    qtbot.wait(20)
    assert scene.deeds == [] == other.deeds


def test_a_pinch_of_two_fingers_drops_the_stroke_that_the_first_had_begun(qtbot):
    scene = make_scene(qtbot)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(12, 12))
    assert scene.labels.any()
    scene.canvas.hand.stop()
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(12, 12))
    assert not scene.labels.any() and scene.deeds == []


def test_space_and_two_fingers_on_a_trackpad_move_the_slice(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.zoom_by(2.0)
    before, index = scene.canvas.place_of((5, 5)), scene.viewport.index
    QTest.keyPress(scene.canvas, Qt.Key.Key_Space)
    scene.wheel(-30)
    QTest.keyRelease(scene.canvas, Qt.Key.Key_Space)
    assert scene.viewport.index == index and (scene.canvas.place_of((5, 5)) - before).y() == pytest.approx(-30, abs=1)
