"""The table of commands."""

from collections import Counter

import numpy as np
from PySide6.QtGui import QImage, QKeySequence

from tests.gui.conftest import saved
from unet_studio.gui.actions import COMMANDS, tip, why_not
from unet_studio.project.records import Proposal


def test_every_command_has_an_action_that_can_be_found_in_a_menu(app):
    tops = [top.menu() for top in app.window.menuBar().actions()]
    inside = [action.menu() for top in tops for action in top.actions() if action.menu() is not None]
    shown = {action.objectName() for menu in tops + inside for action in menu.actions() if action.objectName()}
    assert {c.id for c in COMMANDS} <= shown
    assert {c.id for c in COMMANDS} == set(app.window.actions_by_id)


def test_every_menu_fits_below_the_menu_bar_of_a_screen_of_800_rows(app):
    heights = {top.text(): top.menu().sizeHint().height() for top in app.window.menuBar().actions()}
    assert len(heights) == 8 and max(heights.values()) <= 800 - 100, heights


def test_no_key_means_two_things():
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_no_key_takes_a_digit_from_the_labels():
    assert not [c.id for c in COMMANDS if set(c.keys) & set("0123456789")]


def test_a_tip_tells_name_and_key():
    undo = next(c for c in COMMANDS if c.id == "undo")
    assert tip(undo, undo.keys).startswith("Undo (") and "Z" in tip(undo, undo.keys)


def test_without_a_project_only_what_needs_none_is_enabled(app):
    enabled = {name for name, action in app.window.actions_by_id.items() if action.isEnabled()}
    assert enabled == {c.id for c in COMMANDS if c.needs == "nothing"}


def test_with_a_case_open_the_loop_is_enabled(studio, qtbot):
    actions = studio.window.actions_by_id
    assert actions["predict"].isEnabled() and actions["retrain"].isEnabled() and actions["review"].isEnabled()
    off = [c.id for c in COMMANDS if actions[c.id].isVisible() and not actions[c.id].isEnabled()]
    assert set(off) == {"undo", "redo", "accept", "accept_all", "reopen", "finish_training", "stop"}
    reasons = [why_not(c, actions[c.id], project=True, case=True, is_read_only=False) for c in COMMANDS if c.id in off]
    assert all(reasons) and "Not possible here." not in reasons
    saved(studio, qtbot)


def test_a_proposal_anywhere_lets_all_be_accepted(studio):
    annotation, action = studio.workbench.annotation, studio.window.actions_by_id["accept_all"]
    annotation.propose([Proposal(2, np.ones(annotation.labels(2).shape, np.uint8), 0.5, None)])
    assert studio.workbench.viewport.index != 2 and action.isEnabled()
    action.trigger()
    assert annotation.labels(2).all() and not action.isEnabled()


def test_copying_takes_what_is_seen_on_the_slice_beside_and_never_empties_one(studio):
    annotation, actions = studio.workbench.annotation, studio.window.actions_by_id
    mine, theirs = (np.full(annotation.labels(2).shape, value, np.uint8) for value in (1, 2))
    annotation.replace_slice("Draw", 3, mine)
    annotation.propose([Proposal(4, theirs, 0.5, None)])
    studio.workbench.viewport.go(3)
    actions["copy_next"].trigger()
    assert (annotation.labels(3) == theirs).all() and annotation.proposal(4) is not None
    actions["copy_previous"].trigger()
    assert (annotation.labels(3) == theirs).all() and "Nothing is drawn on slice 3" in studio.window.notices.text
    studio.workbench.viewport.go(4)
    annotation.undo()
    actions["copy_previous"].trigger()
    assert (annotation.labels(4) == mine).all() and annotation.proposal(4) is None


def test_a_single_picture_has_one_plane(studio, qtbot, tmp_path):
    picture = tmp_path / "picture.png"
    QImage(30, 20, QImage.Format.Format_Grayscale8).save(str(picture))
    actions = studio.window.actions_by_id
    assert all(actions[plane].isEnabled() for plane in ("axial", "coronal", "sagittal"))
    studio.workbench.find_sources([picture])
    qtbot.waitUntil(lambda: len(studio.workbench.project.worklist.cases) == 2)
    studio.workbench.project.worklist.open(studio.workbench.project.worklist.cases[1])
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None and studio.workbench.annotation.case.slices == 1)
    assert [plane for plane in ("axial", "coronal", "sagittal") if actions[plane].isEnabled()] == ["axial"]
    studio.workbench.project.worklist.open(studio.workbench.project.worklist.cases[0])
    qtbot.waitUntil(lambda: studio.workbench.annotation.case.slices == 12)
    assert all(actions[plane].isEnabled() for plane in ("axial", "coronal", "sagittal"))


def test_a_project_to_look_at_only_offers_nothing_that_changes_it(studio, qtbot):
    folder = studio.workbench.project.folder
    assert studio.workbench.close_project()
    studio.workbench.open_project(folder, read_only=True)
    qtbot.waitUntil(lambda: studio.workbench.project is not None and studio.workbench.project.is_read_only)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    actions = studio.window.actions_by_id
    assert actions["slice_next"].isEnabled()
    assert not [c.id for c in COMMANDS if c.needs == "editable" and actions[c.id].isEnabled()]
    assert studio.window.status.saved_text == "Read only"
