"""Several views of one scan, with real events."""

import json

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from tests.gui.conftest import SHAPE
from unet_studio.image.plane import Plane

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(studio, key: str) -> None:
    QTest.keySequence(studio.window, key)


def enter(canvas) -> None:
    """The pointer comes in."""
    middle = QPointF(canvas.rect().center())
    QApplication.sendEvent(canvas, QEnterEvent(middle, middle, canvas.mapToGlobal(middle)))


def move(canvas, place: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(place)
    QApplication.sendEvent(
        canvas,
        QMouseEvent(
            QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, modifier
        ),
    )  # fmt: skip


@pytest.fixture
def four(studio):
    studio.window.resize(1280, 800)
    press(studio, "Ctrl+Alt+4")
    return studio


@pytest.mark.parametrize(("key", "count"), [("Ctrl+Alt+1", 1), ("Ctrl+Alt+2", 2), ("Ctrl+Alt+3", 3), ("Ctrl+Alt+4", 3)])
def test_each_layout_shows_as_many_planes_each_once(studio, key, count):
    press(studio, "Ctrl+Alt+3")
    press(studio, key)
    views = studio.window.views
    shown = [c for c in views.canvases if c.isVisible()]
    assert len(shown) == count == len(set(views.planes))
    QApplication.processEvents()
    covered = sum(c.width() * c.height() for c in shown) / (views.width() * views.height())
    assert covered == pytest.approx(0.75 if key.endswith("4") else 1.0, abs=0.02)
    assert views.planes[0] is studio.workbench.viewport.view.plane
    press(studio, "Ctrl+Alt+1")
    assert [c.isVisible() for c in views.canvases] == [True]
    assert len(views.planes) == 1


def test_the_layout_is_remembered(studio, tmp_path):
    press(studio, "Ctrl+Alt+2")
    assert json.loads((tmp_path / "settings.json").read_text())["view_layout"] == "two"
    assert studio.window.actions_by_id["two"].isChecked()
    studio.window.actions_by_id["single"].trigger()
    assert json.loads((tmp_path / "settings.json").read_text())["view_layout"] == "single"


def test_shift_and_move_takes_every_view_to_the_voxel_under_the_pointer(four):
    views = four.window.views
    axial, coronal, sagittal = views.canvases
    assert [c.viewport.view.plane for c in views.canvases] == list(Plane)
    move(axial, axial.place_of((10, 20)).toPoint(), SHIFT)
    assert four.crosshair.voxel == (axial.viewport.index, 10, 20)
    assert coronal.viewport.index == 10 and sagittal.viewport.index == 20
    move(axial, axial.place_of((30, 40)).toPoint())
    assert four.crosshair.voxel == (axial.viewport.index, 10, 20)
    # sagittal: rows run down the patient, so the last row is the first slice
    move(sagittal, sagittal.place_of((SHAPE[0] - 1 - 3, 33)).toPoint(), SHIFT)
    assert four.crosshair.voxel == (3, 33, 20)
    assert axial.viewport.index == 3 and four.workbench.annotation.history.undo_name is None


def test_the_navigate_tool_drags_the_crosshair_in_any_view(four):
    press(four, "V")
    _, coronal, _ = four.window.views.canvases
    start, end = coronal.place_of((2, 5)).toPoint(), coronal.place_of((7, 50)).toPoint()
    QTest.mousePress(coronal, LEFT, pos=start)
    assert four.crosshair.voxel == (SHAPE[0] - 1 - 2, coronal.viewport.index, 5)
    QTest.mouseMove(coronal, end)
    QTest.mouseRelease(coronal, LEFT, pos=end)
    assert four.crosshair.voxel == (SHAPE[0] - 1 - 7, coronal.viewport.index, 50)


def test_a_stroke_in_a_view_beside_the_main_one_is_one_edit_that_all_views_show(four):
    _, coronal, _ = four.window.views.canvases
    annotation = four.workbench.annotation
    first = annotation.label_map.voxels.copy()
    start, end = coronal.place_of((5, 20)).toPoint(), coronal.place_of((5, 40)).toPoint()
    QTest.mousePress(coronal, LEFT, pos=start)
    QTest.mouseMove(coronal, end)
    QTest.mouseRelease(coronal, LEFT, pos=end)
    painted = np.argwhere(annotation.label_map.voxels != first)
    assert len(painted) and set(painted[:, 1]) == {coronal.viewport.index}
    assert {int(v) for v in np.unique(annotation.label_map.voxels[tuple(painted.T)])} == {1}
    four.workbench.viewport.go(int(painted[0][0]))
    press(four, "Ctrl+Z")
    assert np.array_equal(annotation.label_map.voxels, first)


def test_tool_and_look_are_the_same_in_every_view(four):
    press(four, "F")
    press(four, "S")
    main, coronal, _ = four.window.views.canvases
    assert coronal._tool == main._tool == "fill"
    assert coronal.look == main.look and not coronal.look.are_labels_visible


def test_keys_go_to_the_view_that_the_pointer_is_in(four):
    main, coronal, _ = four.window.views.canvases
    enter(coronal)
    before = main.viewport.index, coronal.viewport.index
    press(four, "PgDown")
    assert (main.viewport.index, coronal.viewport.index) == (before[0], before[1] + 1)
    enter(main)
    press(four, "PgDown")
    assert main.viewport.index == before[0] + 1


def test_a_view_is_maximised_by_its_corner_and_by_key_and_comes_back(four):
    views = four.window.views
    _, coronal, sagittal = views.canvases
    corner = coronal.findChild(QToolButton, "canvas2Corner")
    QTest.mouseClick(corner, LEFT)
    assert [c.isVisible() for c in views.canvases] == [False, True, False]
    assert views.here is coronal
    QApplication.processEvents()
    assert coronal.size() == views.size()
    QTest.mouseClick(corner, LEFT)
    assert all(c.isVisible() for c in views.canvases)
    enter(sagittal)
    press(four, "M")
    assert [c.isVisible() for c in views.canvases] == [False, False, True]
    press(four, "M")
    assert all(c.isVisible() for c in views.canvases)


def test_turning_the_main_view_swaps_planes_and_the_strip_follows_the_working_plane(four):
    views, strip = four.window.views, four.window.strip
    press(four, "Ctrl+2")
    assert [c.viewport.view.plane for c in views.canvases] == [Plane.CORONAL, Plane.AXIAL, Plane.SAGITTAL]
    axial = views.canvases[1]
    axial.viewport.go(4)
    assert strip._shown.current == 4
    press(four, "Ctrl+Alt+1")
    assert strip._shown.current == -1  # no working slice is on the screen
    strip.chosen.emit(2)
    assert four.workbench.viewport.view.plane is Plane.AXIAL and four.workbench.viewport.index == 2


def test_another_case_opens_in_every_view(four):
    four.workbench.close_case()
    assert all(c.viewport.volume is None for c in four.window.views.canvases)
    assert four.window.views.planes == ()
