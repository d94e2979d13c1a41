"""The other tools, wheel, keys and gestures, with real events."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas_making import CTRL, GEOMETRIES, LEFT, MIDDLE, PLAIN, RIGHT, SHAPE, SHIFT, make_scene
from unet_studio.gui.readout import Readout
from unet_studio.image.plane import Plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window
from unet_studio.labels.shapes import polygon

# ---- wheel, zoom and pan


def test_the_wheel_goes_through_the_slices_and_stops_at_the_ends(qtbot):
    scene = make_scene(qtbot)
    scene.wheel(-120)
    assert scene.viewport.index == 3
    scene.wheel(240)
    assert scene.viewport.index == 1
    scene.wheel(-12000)
    assert scene.viewport.index == 4


def test_small_turns_of_a_trackpad_add_up_and_start_anew_when_turned_back(qtbot):
    scene = make_scene(qtbot)
    for _ in range(7):
        scene.wheel(-15)
    assert scene.viewport.index == 2
    scene.wheel(-15)
    assert scene.viewport.index == 3
    scene.wheel(-110)
    scene.wheel(15)
    scene.wheel(-15)
    assert scene.viewport.index == 3


@pytest.mark.parametrize("kind", list(GEOMETRIES))
def test_ctrl_wheel_zooms_and_the_pixel_under_the_cursor_stays(qtbot, kind):
    scene = make_scene(qtbot, GEOMETRIES[kind])
    place = scene.place(6, 9)
    before, zoom = scene.point(place), scene.canvas.zoom_text
    with qtbot.waitSignal(scene.canvas.zoomed):
        scene.wheel(120, at=place, modifier=CTRL)
    for delta in (120, 120, 40, -120, 120):
        scene.wheel(delta, at=place, modifier=CTRL)
    assert scene.canvas.zoom_text != zoom
    assert np.abs(np.array(scene.point(place)) - before).max() < 0.2
    assert scene.viewport.index == 2 or kind == "turned"


def test_shift_wheel_changes_the_brush_by_a_fifth(qtbot):
    scene = make_scene(qtbot)
    scene.wheel(120, modifier=SHIFT)
    assert scene.palette.brush.radius == pytest.approx(3.6)
    scene.wheel(-120, modifier=SHIFT)
    assert scene.palette.brush.radius == pytest.approx(3.0)


@pytest.mark.parametrize("way", ["middle", "space", "navigate"])
def test_panning_moves_the_slice_with_the_hand_and_paints_nothing(qtbot, way):
    scene = make_scene(qtbot)
    scene.canvas.zoom_by(2.0)
    before = scene.canvas.place_of((5, 5))
    if way == "space":
        qtbot.keyPress(scene.canvas, Qt.Key.Key_Space)
    elif way == "navigate":
        scene.canvas.set_tool("navigate")
    button = MIDDLE if way == "middle" else LEFT
    start = scene.canvas.rect().center()
    QTest.mousePress(scene.canvas, button, pos=start)
    QTest.mouseMove(scene.canvas, start + QPoint(13, -7))
    QTest.mouseMove(scene.canvas, start + QPoint(21, -4))
    assert scene.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(scene.canvas, button, pos=start + QPoint(21, -4))
    moved = scene.canvas.place_of((5, 5)) - before
    assert (moved.x(), moved.y()) == pytest.approx((21, -4), abs=1.01)
    assert not scene.annotation.label_map.voxels.any()
    if way == "space":
        qtbot.keyRelease(scene.canvas, Qt.Key.Key_Space)
        scene.drag((12, 15), (12, 16))
        assert scene.labels[12, 15] == 1


def test_zoom_and_pan_survive_another_slice_but_not_another_volume(qtbot):
    scene = make_scene(qtbot)
    fitted = scene.canvas.zoom_text
    scene.canvas.zoom_by(2.0, QPointF(100, 100))
    zoomed, place = scene.canvas.zoom_text, scene.canvas.place_of((3, 4))
    assert zoomed != fitted
    scene.viewport.step(1)
    assert scene.canvas.zoom_text == zoomed and scene.canvas.place_of((3, 4)) == place
    scene.viewport.open(Volume(np.zeros(SHAPE, np.int16), PLAIN))
    assert scene.canvas.zoom_text == fitted


def test_a_fitted_slice_follows_the_window_and_a_zoomed_one_does_not(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.resize(840, 720)
    wide = scene.canvas.place_of((0, 29)).x() - scene.canvas.place_of((0, 0)).x()
    assert wide > 29 * 20
    scene.canvas.zoom_by(1.5)
    text = scene.canvas.zoom_text
    scene.canvas.resize(500, 400)
    assert scene.canvas.zoom_text == text
    with qtbot.waitSignal(scene.canvas.zoomed):
        scene.canvas.surface.fit()
    assert scene.canvas.zoom_text != text


def test_navigate_zooms_with_the_right_button(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("navigate")
    start = scene.canvas.rect().center()
    before, point = scene.canvas.zoom_text, scene.point(start)
    QTest.mousePress(scene.canvas, RIGHT, pos=start)
    QTest.mouseMove(scene.canvas, start + QPoint(0, -50))
    QTest.mouseRelease(scene.canvas, RIGHT, pos=start + QPoint(0, -50))
    assert float(scene.canvas.zoom_text[:-1]) > 1.4 * float(before[:-1])
    assert np.abs(np.array(scene.point(start)) - point).max() < 0.2


def test_a_pinch_zooms_at_the_fingers(qtbot):
    scene = make_scene(qtbot)
    place = QPointF(scene.place(6, 9))
    before, zoom = scene.point(place.toPoint()), float(scene.canvas.zoom_text[:-1])
    everywhere = scene.canvas.mapToGlobal(place)
    for _ in range(3):
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, place, place, everywhere,
            0.1, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(scene.canvas, event)
    assert float(scene.canvas.zoom_text[:-1]) == pytest.approx(zoom * 1.331, rel=0.02)
    assert np.abs(np.array(scene.point(place.toPoint())) - before).max() < 0.2


# ---- polygon


def clicks(scene, *points, button=LEFT):
    for point in points:
        QTest.mouseClick(scene.canvas, button, pos=scene.place(*point))


CORNERS = ((4, 5), (4, 22), (18, 20), (19, 6))


def inside(scene):
    points = [scene.point(scene.place(*p)) for p in CORNERS]
    patch = polygon(points, size=scene.labels.shape)
    mask = np.zeros(scene.labels.shape, bool)
    mask[patch.box] = patch.mask
    return mask


@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("way", ["enter", "double", "first point"])
def test_a_polygon_is_closed_in_three_ways_and_fills_its_inside(qtbot, way, plane):
    geometry = Geometry((24, 26, 30))
    scene = make_scene(qtbot, geometry, plane=plane)
    scene.canvas.set_tool("polygon")
    clicks(scene, *CORNERS)
    assert not scene.labels.any()
    if way == "enter":
        qtbot.keyClick(scene.canvas, Qt.Key.Key_Return)
    elif way == "double":
        QTest.mouseDClick(scene.canvas, LEFT, pos=scene.place(*CORNERS[-1]))
    else:
        clicks(scene, CORNERS[0])
    assert (scene.labels == inside(scene)).all() and scene.labels.any()
    assert scene.annotation.history.undo_name == "Outline Liver"
    scene.annotation.undo()
    assert not scene.annotation.label_map.voxels.any()


def test_backspace_removes_the_last_point_and_escape_all(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    clicks(scene, *CORNERS, (23, 29))
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Backspace)
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Enter)
    assert (scene.labels == inside(scene)).all()
    clicks(scene, (1, 1), (1, 9), (9, 9))
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert len(scene.deeds) == 1


def test_dragging_draws_the_polygon_freehand(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    scene.drag((4, 4), (4, 12), (4, 20), (12, 20), (20, 20), (20, 12), (20, 4), (12, 4))
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert scene.labels[12, 12] == 1 and scene.labels[5, 18] == 1 and scene.labels[22, 22] == 0


def test_the_right_button_clears_the_inside(qtbot):
    scene = make_scene(qtbot, labels=np.full(PLAIN.shape, 2))
    scene.canvas.set_tool("polygon")
    clicks(scene, *CORNERS)
    clicks(scene, (12, 12), button=RIGHT)
    assert ((scene.labels == 0) == inside(scene)).all()
    assert scene.annotation.history.undo_name == "Clear area"
    scene.drag((20, 2), (20, 8), (23, 8), (23, 2), button=RIGHT)
    assert scene.labels[21, 5] == 0, "a lasso of the right button alone"


def test_an_open_polygon_takes_its_keys_before_the_commands_do(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")

    def is_claimed(key):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(scene.canvas, event)
        return event.isAccepted()

    keys = (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
    assert not any(is_claimed(key) for key in keys)
    clicks(scene, (4, 4))
    assert all(is_claimed(key) for key in keys)
    assert not is_claimed(Qt.Key.Key_N)
    scene.canvas.set_tool("brush")
    assert not any(is_claimed(key) for key in keys)


def test_a_polygon_belongs_to_the_slice_it_was_begun_on(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    clicks(scene, *CORNERS)
    scene.wheel(-120)
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert not scene.labels.any()
    scene.viewport.step(-1)
    assert scene.labels.any()


def test_two_points_are_no_polygon(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("polygon")
    clicks(scene, (4, 4), (10, 10))
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Return)
    assert scene.deeds == []


# ---- fill, pick, window


def test_fill_and_its_right_button(qtbot):
    labels = np.zeros(PLAIN.shape, int)
    labels[:, 5:15, 5:15] = 2
    scene = make_scene(qtbot, labels=labels)
    scene.canvas.set_tool("fill")
    clicks(scene, (10, 10))
    assert ((scene.labels == 1) == (labels[2] == 2)).all()
    clicks(scene, (10, 10), button=RIGHT)
    assert not scene.labels.any()
    clicks(scene, (10, -3))
    assert len(scene.deeds) == 2, "beside the slice there is nothing to fill"


def test_pick_takes_the_label_in_hand_and_asks_for_the_brush(qtbot):
    labels = np.zeros(PLAIN.shape, int)
    labels[:, 5:15, 5:15] = 2
    scene = make_scene(qtbot, labels=labels)
    scene.canvas.set_tool("pick")
    with qtbot.waitSignal(scene.canvas.tool_asked) as asked:
        clicks(scene, (10, 10))
    assert asked.args == ["brush"] and scene.palette.value == 2
    clicks(scene, (1, 1))
    assert scene.palette.value == 2 and len(scene.told) == 1


def test_pick_sees_the_proposal_where_there_is_no_label(qtbot):
    scene = make_scene(qtbot, proposals={2: np.full((24, 30), 2, np.uint8)})
    scene.canvas.set_tool("pick")
    clicks(scene, (10, 10))
    assert scene.palette.value == 2


def test_the_window_tool_widens_to_the_right_raises_downwards_and_resets(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("window")
    before, start = scene.viewport.window, scene.canvas.rect().center()
    QTest.mousePress(scene.canvas, LEFT, pos=start)
    QTest.mouseMove(scene.canvas, start + QPoint(30, -10))
    QTest.mouseMove(scene.canvas, start + QPoint(100, 60))
    QTest.mouseRelease(scene.canvas, LEFT, pos=start + QPoint(100, 60))
    auto = scene.viewport.auto.width
    assert scene.viewport.window.width == pytest.approx(before.width + auto * 100 / 400)
    assert scene.viewport.window.level == pytest.approx(before.level + auto * 60 / 400)
    QTest.mouseMove(scene.canvas, start)
    assert scene.viewport.window != before, "a move without a button changes nothing"
    QTest.mouseDClick(scene.canvas, LEFT, pos=start)
    assert scene.viewport.window == scene.viewport.auto


def test_the_window_never_gets_too_narrow_and_escape_takes_a_drag_back(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("window")
    before, start = scene.viewport.window, scene.canvas.rect().center()
    QTest.mousePress(scene.canvas, LEFT, pos=start)
    QTest.mouseMove(scene.canvas, start - QPoint(5000, 0))
    assert scene.viewport.window.width > 0
    qtbot.keyClick(scene.canvas, Qt.Key.Key_Escape)
    assert scene.viewport.window == before
    QTest.mouseRelease(scene.canvas, LEFT, pos=start)


# ---- what is told of the cursor


@pytest.mark.parametrize("kind", list(GEOMETRIES))
def test_hovering_tells_voxel_point_intensity_and_label(qtbot, kind):
    geometry = GEOMETRIES[kind]
    labels = np.random.default_rng(0).integers(0, 3, geometry.shape)
    scene = make_scene(qtbot, geometry, labels=labels)
    told = []
    scene.canvas.hovered.connect(told.append)
    scene.hover(7, 4)
    readout = told[-1]
    assert isinstance(readout, Readout)
    index = scene.viewport.index
    assert scene.viewport.view.pixel_of(geometry.shape, readout.voxel) == (index, 7, 4)
    assert readout.point_mm == geometry.patient_point(readout.voxel)
    assert readout.intensity == str(scene.viewport.volume.voxels[readout.voxel])
    assert readout.label == labels[readout.voxel] and readout.proposed == 0
    QTest.mouseMove(scene.canvas, QPoint(1, 1))
    assert told[-1] is None


def test_another_slice_under_a_resting_cursor_is_told_of(qtbot):
    scene = make_scene(qtbot)
    told: list[Readout | None] = []
    scene.canvas.hovered.connect(told.append)
    QTest.mouseMove(scene.canvas, scene.place(6, 9))
    before = told[-1]
    scene.viewport.step(1)
    assert before is not None
    assert told[-1] is not None
    assert told[-1].voxel == (before.voxel[0] + 1, *before.voxel[1:])


def test_leaving_the_canvas_tells_nothing_lies_under_the_cursor(qtbot):
    scene = make_scene(qtbot)
    told = []
    scene.canvas.hovered.connect(told.append)
    scene.hover(7, 4)
    QApplication.sendEvent(scene.canvas, QEvent(QEvent.Type.Leave))
    assert told[-1] is None


@pytest.mark.parametrize(
    ("voxels", "modality", "text"),
    [
        (np.full(SHAPE, -24, np.int16), "CT", "-24 HU"),
        (np.full(SHAPE, 1.23456, np.float32), "MR", "1.235"),
        (np.full((*SHAPE, 3), (1, 20, 255), np.uint8), "", "1, 20, 255"),
    ],
)
def test_intensities_are_written_as_the_scan_has_them(qtbot, voxels, modality, text):
    scene = make_scene(qtbot)
    bare = Geometry(SHAPE, has_spacing=False, has_orientation=False)
    scene.viewport.open(Volume(voxels, bare, modality=modality))
    told = []
    scene.canvas.hovered.connect(told.append)
    scene.hover(7, 4)
    assert told[-1].intensity == text and told[-1].point_mm is None


def test_the_cursor_says_which_tool_is_in_hand(qtbot):
    scene = make_scene(qtbot)
    shapes = Qt.CursorShape
    expected = {
        "brush": shapes.BlankCursor, "eraser": shapes.BlankCursor, "polygon": shapes.CrossCursor, "fill": shapes.CrossCursor,
        "pick": shapes.CrossCursor, "window": shapes.CrossCursor, "navigate": shapes.OpenHandCursor,
    }  # fmt: skip
    for name, shape in expected.items():
        scene.canvas.set_tool(name)
        assert scene.canvas.cursor().shape() == shape, name
    scene.canvas.set_tool("brush")
    qtbot.keyPress(scene.canvas, Qt.Key.Key_Space)
    assert scene.canvas.cursor().shape() == shapes.OpenHandCursor
    qtbot.keyRelease(scene.canvas, Qt.Key.Key_Space)
    scene.viewport.open(None)
    assert scene.canvas.cursor().shape() == shapes.ArrowCursor


def test_keys_that_mean_nothing_here_are_left_to_the_window(qtbot):
    scene = make_scene(qtbot)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(scene.canvas, event)
    assert not event.isAccepted()


def test_another_window_does_not_move_or_zoom_the_slice(qtbot):
    scene = make_scene(qtbot)
    place = scene.canvas.place_of((3, 3))
    scene.viewport.set_window(Window(10, 20))
    assert scene.canvas.place_of((3, 3)) == place
