"""The surface of the labels, with real events."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from unet_studio.gui.orbit import FRONT, Orbit
from unet_studio.gui.shading import cloud_of, draw
from unet_studio.gui.surface_view import SurfaceView
from unet_studio.workbench.surfaces import LabelSurface

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
STRAIGHT = Orbit((1.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0, 1.0, 0.0))  # from the front


def sphere(value: int, middle, radius: float, count: int = 20000) -> LabelSurface:
    """Points evenly over a sphere (a golden spiral)."""
    n = np.arange(count) + 0.5
    polar, around = np.arccos(1 - 2 * n / count), np.pi * (1 + 5**0.5) * n
    out = np.stack([np.cos(around) * np.sin(polar), np.sin(around) * np.sin(polar), np.cos(polar)], axis=1)
    points = (out * radius + np.array(middle)).astype(np.float32)
    return LabelSurface(value, points, out.astype(np.float32), 1.5 * radius * (4 * np.pi / count) ** 0.5)


def dominant(pixel: int) -> int:
    """0 red, 1 green, 2 blue: the strongest channel."""
    return int(np.argmax([pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255]))


COLOURS = {1: (255, 20, 20), 2: (20, 255, 20)}


def test_what_is_nearer_hides_what_is_behind_it_from_either_side():
    cloud = cloud_of([sphere(1, (0, -30, 0), 10), sphere(2, (0, 30, 0), 10)], COLOURS)
    front = draw(cloud, STRAIGHT, 200, 200)
    assert dominant(int(front.pixels[100, 100])) == 0
    back = draw(cloud, STRAIGHT.turned(np.pi, 0), 200, 200)
    assert dominant(int(back.pixels[100, 100])) == 1


def test_a_surface_has_no_holes_however_large_it_is_shown():
    cloud = cloud_of([sphere(1, (0, 0, 0), 10)], COLOURS)
    for zoom, size in ((1.0, 200), (1.0, 900), (5.0, 400)):
        for is_quick in (False, True):
            scene = draw(cloud, STRAIGHT.zoomed(zoom), size, size, is_quick=is_quick)
            rows, columns = scene.pixels.shape
            y, x = np.ogrid[:rows, :columns]
            inner = 0.88 * rows * zoom / 2 * 0.9
            disc = np.hypot(y - rows / 2, x - columns / 2) < min(inner, rows / 2 - 6)
            assert (scene.pixels[disc] != 0).mean() > 0.999, (zoom, size, is_quick)


def test_the_patient_s_left_is_on_the_right_and_the_head_is_up_from_the_front():
    cloud = cloud_of([sphere(1, (40, 0, 0), 10), sphere(2, (0, 0, 40), 10)], COLOURS)
    scene = draw(cloud, STRAIGHT, 200, 200)
    for value, channel, horizontal, vertical in ((1, 0, 1, 0), (2, 1, 0, -1)):
        rows, columns = np.nonzero((scene.nearest >= 0) & (_channel(scene.pixels) == channel))
        assert (columns.mean() > 110) == (horizontal > 0), value
        assert (rows.mean() < 90) == (vertical < 0), value


def _channel(pixels):
    parts = np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255])
    return parts.argmax(axis=0)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=30))
def test_a_turn_stays_a_rotation(moves):
    orbit = FRONT
    for move in moves:
        orbit = orbit.turned(*move)
    assert np.allclose(orbit.rotation @ orbit.rotation.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(orbit.rotation) == pytest.approx(1)


def test_hidden_labels_leave_the_middle_where_it_is():
    surfaces = [sphere(1, (0, 0, 0), 10), sphere(2, (50, 0, 0), 10)]
    both, one = cloud_of(surfaces, COLOURS), cloud_of(surfaces, {1: COLOURS[1]})
    assert one.centre == both.centre and one.points.shape[1] < both.points.shape[1]
    assert cloud_of(surfaces, {}) is None


@pytest.fixture
def view(qtbot):
    from unet_studio.gui.colours import CanvasColours

    made = SurfaceView(CanvasColours())
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show()
    made.show_surfaces([sphere(1, (5, 6, 7), 10)], COLOURS)
    qtbot.waitExposed(made)
    made.grab()
    return made


def test_a_click_names_the_place_on_the_surface_and_a_drag_does_not(view, qtbot):
    heard = []
    view.pointed.connect(heard.append)
    QTest.mouseClick(view, LEFT, pos=view.rect().center())
    assert len(heard) == 1 and np.linalg.norm(np.array(heard[0]) - [5, 6, 7]) == pytest.approx(10, abs=0.1)
    nearest = view.orbit.rotation[2] @ (np.array(heard[0]) - [5, 6, 7])
    assert nearest == pytest.approx(-10, abs=0.5)  # towards the eye
    QTest.mouseClick(view, LEFT, pos=QPoint(3, 3))  # beside it
    before = view.orbit
    QTest.mousePress(view, LEFT, pos=QPoint(150, 120))
    QTest.mouseMove(view, QPoint(200, 130))
    QTest.mouseRelease(view, LEFT, pos=QPoint(200, 130))
    assert len(heard) == 1 and view.orbit.turn != before.turn


def test_wheel_keys_and_right_drag_look_elsewhere_and_reset_comes_back(view):
    middle = QPointF(view.rect().center())
    event = QWheelEvent(
        middle, view.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert view.orbit.zoom == pytest.approx(1.2)
    QTest.mousePress(view, RIGHT, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(124, 88))
    QTest.mouseRelease(view, RIGHT, pos=QPoint(124, 88))
    assert view.orbit.shift == pytest.approx((0.1, -0.05))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.orbit.turn != FRONT.turn
    QTest.mouseClick(view.findChild(QToolButton, "surfaceReset"), LEFT)
    assert view.orbit == FRONT


# ---- in the program


@pytest.fixture
def four(studio, qtbot):
    annotation = studio.workbench.annotation
    z, y, x = np.ogrid[:12, :48, :64]
    inside = ((z - 6) * 3.0) ** 2 + (y - 24) ** 2 + (x - 32) ** 2 < 12**2
    annotation.replace_slices("Ball", {i: inside[i].astype(np.uint8) for i in range(12)})
    studio.window.resize(1280, 800)
    QTest.keySequence(studio.window, "Ctrl+Alt+4")
    view = studio.window.findChild(SurfaceView)
    qtbot.waitUntil(lambda: view._cloud is not None, timeout=20000)
    return studio


def test_the_fourth_view_shows_the_labels_and_a_click_takes_the_crosshair_there(four, qtbot):
    view = four.window.findChild(SurfaceView)
    view.grab()
    QTest.mouseClick(view, LEFT, pos=view.rect().center())
    z, y, x = four.crosshair.voxel
    away = np.hypot(np.hypot((z - 6) * 3.0, y - 24), x - 32)
    assert away == pytest.approx(12, abs=3.5)
    assert four.workbench.viewport.index == z


def test_an_edit_builds_the_surface_anew_a_moment_later(four, qtbot, monkeypatch):
    view, annotation = four.window.findChild(SurfaceView), four.workbench.annotation
    before = view._cloud
    annotation.replace_slice("Clear", 6, np.zeros((48, 64), np.uint8))
    qtbot.waitUntil(lambda: view._cloud is not before, timeout=20000)
    assert view._text.isHidden()


def test_hiding_a_label_and_leaving_the_layout_need_no_building(four, qtbot):
    from dataclasses import replace

    view, palette = four.window.findChild(SurfaceView), four.workbench.palette
    palette.change_class(replace(palette.classes[0], is_visible=False))
    assert view._cloud is None
    palette.change_class(replace(palette.classes[0], is_visible=True))
    assert view._cloud is not None
    QTest.keySequence(four.window, "Ctrl+Alt+1")
    assert not view.isVisible()
    four.workbench.annotation.replace_slice("Clear", 6, np.zeros((48, 64), np.uint8))
    QTest.keySequence(four.window, "M")
    before = view._cloud
    QTest.keySequence(four.window, "Ctrl+Alt+4")
    qtbot.waitUntil(lambda: view._cloud is not before, timeout=20000)


def test_building_is_stopped_and_begun_again_by_hand(four, qtbot):
    view = four.window.findChild(SurfaceView)
    view.show_progress("Building surfaces 10%")
    QTest.mouseClick(view._stop, LEFT)
    assert view._text.text() == "Stopped." and view._build.isVisible()
    before = view._cloud
    QTest.mouseClick(view._build, LEFT)
    qtbot.waitUntil(lambda: view._cloud is not before and not view._build.isVisible(), timeout=20000)
