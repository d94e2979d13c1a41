"""The loop by hand: draw, undo, review, predict, switch, reopen, with real mouse and key events."""

import json

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import CLASSES, saved
from unet_studio.project.records import Proposal, SliceState
from unet_studio.project.store import Store


def drag(canvas, start, end, button=Qt.MouseButton.LeftButton, steps=8):
    """A stroke of the mouse, in (row, column) of the slice."""
    first, last = (canvas.place_of(point).toPoint() for point in (start, end))
    QTest.mousePress(canvas, button, pos=first)
    for step in range(1, steps + 1):
        QTest.mouseMove(canvas, first + QPoint((last - first).x() * step // steps, (last - first).y() * step // steps))
    QTest.mouseRelease(canvas, button, pos=last)


def press(studio, key, modifier=Qt.KeyboardModifier.NoModifier):
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, key, modifier)


def test_a_drag_paints_and_undo_is_named_after_it(studio, qtbot):
    annotation, canvas = studio.workbench.annotation, studio.window.canvas
    drag(canvas, (20, 20), (20, 40))
    assert (annotation.labels(studio.workbench.viewport.index)[20, 20:41] == 1).all()
    assert studio.window.actions_by_id["undo"].text() == "Undo: Paint Ball"
    press(studio, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not annotation.label_map.voxels.any()
    assert studio.window.actions_by_id["redo"].text() == "Redo: Paint Ball"
    saved(studio, qtbot)
    assert studio.window.status.saved_text == "✓ All changes saved"


def test_the_right_button_erases(studio):
    annotation, canvas = studio.workbench.annotation, studio.window.canvas
    drag(canvas, (20, 20), (20, 40))
    drag(canvas, (20, 30), (20, 30), Qt.MouseButton.RightButton)
    assert annotation.labels(studio.workbench.viewport.index)[20, 30] == 0
    assert annotation.labels(studio.workbench.viewport.index)[20, 20] == 1


def test_a_digit_chooses_the_label_and_the_brush_paints_it(studio):
    press(studio, Qt.Key.Key_2)
    drag(studio.window.canvas, (10, 10), (10, 12))
    assert studio.workbench.annotation.label_map.values() == (2,)


def test_a_locked_label_is_not_painted_over_and_the_window_says_why(studio, qtbot):
    drag(studio.window.canvas, (20, 20), (20, 40))
    lock = studio.window.labels.findChild(object, "label1").findChild(object, "lock")
    qtbot.mouseClick(lock, Qt.MouseButton.LeftButton)
    press(studio, Qt.Key.Key_2)
    drag(studio.window.canvas, (20, 30), (20, 30))
    assert studio.workbench.annotation.label_map.values() == (1,)
    bubble = studio.window.canvas.bubble
    assert bubble.isVisible() and "locked" in bubble.text
    qtbot.mouseClick(bubble.findChild(object, "bubbleFix"), Qt.MouseButton.LeftButton)
    assert not bubble.isVisible()
    drag(studio.window.canvas, (20, 30), (20, 30))
    assert studio.workbench.annotation.label_map.values() == (1, 2)


def test_enter_reviews_the_slice_and_goes_to_the_next_worth_it(studio):
    viewport = studio.workbench.viewport
    index = viewport.index
    press(studio, Qt.Key.Key_Return)
    assert studio.workbench.annotation.state(index) is SliceState.REVIEWED
    assert viewport.index != index


def test_the_wheel_and_keys_go_through_the_slices(studio):
    viewport = studio.workbench.viewport
    index = viewport.index
    press(studio, Qt.Key.Key_PageDown)
    assert viewport.index == index + 1
    press(studio, Qt.Key.Key_Home)
    assert viewport.index == 0
    press(studio, Qt.Key.Key_End)
    assert viewport.index == viewport.count - 1


def test_painting_on_a_proposal_takes_it_over_and_undo_brings_it_back(studio):
    annotation, viewport = studio.workbench.annotation, studio.workbench.viewport
    proposed = np.zeros((48, 64), np.uint8)
    proposed[5:10, 5:10] = 2
    annotation.propose([Proposal(viewport.index, proposed, 0.4, None)])
    assert annotation.proposal(viewport.index) is not None
    drag(studio.window.canvas, (30, 30), (30, 32))
    assert annotation.state(viewport.index) is SliceState.EDITED
    assert (annotation.labels(viewport.index)[5:10, 5:10] == 2).all()
    press(studio, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert annotation.proposal(viewport.index) is not None
    assert not annotation.label_map.voxels.any()


def test_predicting_before_any_training_says_that_it_is_a_plain_threshold(studio, qtbot):
    annotation = studio.workbench.annotation
    press(studio, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "no trained network" in studio.window.notices.text
    qtbot.waitUntil(lambda: len(annotation.proposals) == 12)
    qtbot.waitUntil(lambda: studio.workbench.assistant.predicting is None)
    assert annotation.proposal(6).labels[24, 32] == 1 and annotation.proposal(6).labels[2, 2] == 0
    press(studio, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert annotation.label_map.voxels[6, 24, 32] == 1


def test_retraining_with_nothing_reviewed_says_what_to_do(studio):
    press(studio, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing is reviewed yet" in studio.window.notices.text


def test_what_was_drawn_is_there_after_closing_and_opening_and_can_be_undone(studio, qtbot):
    folder = studio.workbench.project.folder
    drag(studio.window.canvas, (20, 20), (20, 40))
    drawn = studio.workbench.annotation.label_map.voxels.copy()
    assert studio.workbench.close_project()
    assert studio.workbench.annotation is None
    studio.workbench.open_project(folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert np.array_equal(studio.workbench.annotation.label_map.voxels, drawn)
    assert studio.window.actions_by_id["undo"].text() == "Undo: Paint Ball"
    press(studio, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not studio.workbench.annotation.label_map.voxels.any()


def test_copying_from_the_slice_before_and_clearing(studio):
    annotation, viewport = studio.workbench.annotation, studio.workbench.viewport
    drag(studio.window.canvas, (20, 20), (20, 40))
    drawn = annotation.labels(viewport.index).copy()
    press(studio, Qt.Key.Key_PageDown)
    press(studio, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert np.array_equal(annotation.labels(viewport.index), drawn)
    press(studio, Qt.Key.Key_Delete)
    assert not annotation.labels(viewport.index).any()


def test_undo_goes_back_to_the_slice_it_changes(studio):
    viewport = studio.workbench.viewport
    index = viewport.index
    drag(studio.window.canvas, (20, 20), (20, 40))
    press(studio, Qt.Key.Key_Home)
    press(studio, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert viewport.index == index


def test_painting_in_another_plane_reaches_the_slices_it_crosses(studio):
    annotation = studio.workbench.annotation
    press(studio, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    drag(studio.window.canvas, (2, 20), (9, 20))
    painted = np.flatnonzero(annotation.label_map.voxels.any(axis=(1, 2)))
    assert len(painted) >= 8
    assert all(annotation.state(int(i)) is SliceState.EDITED for i in painted)


def test_a_project_somebody_else_has_open_is_offered_to_look_at(app, tmp_path, qtbot):
    folder = tmp_path / "theirs.unetstudio"
    with Store.create(folder, name="theirs", classes=CLASSES):
        (folder / "project.lock").write_text(
            json.dumps({**json.loads((folder / "project.lock").read_text()), "host": "another-machine"})
        )
        app.workbench.open_project(folder)
        qtbot.waitUntil(lambda: "theirs" in app.window.notices.text)
        button = app.window.notices.findChild(QPushButton, "noticeAction")
        assert button.text() == "Look only"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: app.workbench.project is not None)
        assert app.workbench.project.is_read_only
        app.workbench.close_project()
