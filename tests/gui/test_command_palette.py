"""Commands by name, and keys that can be changed, with real keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTreeWidget

from unet_studio.gui.actions import COMMANDS
from unet_studio.gui.dialogs.command_palette import CommandPalette
from unet_studio.gui.dialogs.key_field import KeyField
from unet_studio.gui.dialogs.keys import KeysDialog
from unet_studio.gui.fuzzy import best_fit, fit
from unet_studio.gui.studio import Studio


def opened(studio: Studio) -> CommandPalette:
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return next(p for p in studio.window.findChildren(CommandPalette) if p.isVisible())


def typed(palette: CommandPalette, text: str) -> list[str]:
    QTest.keyClicks(palette.findChild(QLineEdit), text)
    return palette.ids


@pytest.mark.parametrize(
    ("query", "first"),
    [("retr", "retrain"), ("rtr", "retrain"), ("checkp", "checkpoints"), ("auto win", "auto_window"),
     ("next slice", "slice_next"),      ("polyg", "polygon"), ("REVIEW", "review"), ("scan inf", "scan_facts")],
)  # fmt: skip
def test_a_few_letters_find_the_command(studio: Studio, query: str, first: str) -> None:
    assert typed(opened(studio), query)[0] == first


def test_letters_that_are_not_there_in_order_fit_nothing() -> None:
    assert fit("zzz", "Undo") is None and best_fit("odn", ("Undo",)) is None
    assert (fit("do", "Redo") or 0) < (fit("do", "Do it") or 0)


def test_enter_runs_what_is_chosen_and_it_is_first_the_next_time(studio: Studio) -> None:
    palette = opened(studio)
    typed(palette, "coronal")
    QTest.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Return)
    assert studio.workbench.viewport.view.plane.value == "coronal"
    assert studio.preferences.settings.recent_commands == ("coronal",)
    again = opened(studio)
    assert again.ids[0] == "coronal" and set(again.ids) == {c.id for c in COMMANDS} - {"commands"}
    again.close()


def test_the_arrows_choose_and_esc_closes_without_running_anything(studio: Studio) -> None:
    palette = opened(studio)
    field, before = palette.findChild(QLineEdit), studio.workbench.viewport.index
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_PageDown)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not palette.isVisible() and studio.workbench.viewport.index == before
    assert studio.preferences.settings.recent_commands == ()


def test_a_command_that_can_not_be_called_says_why_and_does_not_run(app: Studio) -> None:
    palette = opened(app)
    typed(palette, "retrain")
    assert palette._list.currentItem().data(Qt.ItemDataRole.UserRole + 3) == "Open scans or a project first."
    QTest.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_what_is_typed_into_a_field_calls_no_command(studio: Studio) -> None:
    row = studio.window.labels.findChild(QLineEdit, "name")
    row.parent().edit_name()
    before = studio.workbench.viewport.index, studio.window.actions_by_id["fill"].isChecked()
    QTest.keyClicks(row, "F1n?")
    QTest.keyClick(row, Qt.Key.Key_Up)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert studio.workbench.palette.classes[0].name == "F1n?"
    assert (studio.workbench.viewport.index, studio.window.actions_by_id["fill"].isChecked()) == before
    assert studio.workbench.annotation is not None and not studio.workbench.annotation.states


def test_up_and_down_choose_in_a_list_that_keys_came_to_and_not_in_one_that_was_clicked(studio: Studio) -> None:
    palette, viewport = studio.workbench.palette, studio.workbench.viewport
    palette.set_brush(replace(palette.brush, paint_over="label", over_value=1))
    over = studio.window.findChild(QComboBox, "overLabel")
    before = viewport.index
    over.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(over, Qt.Key.Key_Down)
    assert (palette.brush.over_value, viewport.index) == (2, before)
    studio.window.canvas.setFocus()
    QTest.mouseClick(over, Qt.MouseButton.LeftButton)
    over.hidePopup()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert (palette.brush.over_value, viewport.index) == (2, before + 1)


def test_every_brush_paints_also_after_the_eraser_which_is_exchanged_for_the_one_before_it(studio: Studio) -> None:
    canvas, palette, annotation = studio.window.canvas, studio.workbench.palette, studio.workbench.annotation
    assert annotation is not None
    canvas.setFocus()
    for key, tool in (("d", "adaptive"), ("t", "threshold"), ("b", "brush")):
        QTest.keyClicks(canvas, "e" + key)
        assert not palette.brush.is_eraser and studio.window.actions_by_id[tool].isChecked()
        QTest.keyClicks(canvas, "x")
        assert palette.brush.is_eraser and studio.window.actions_by_id["eraser"].isChecked()
        QTest.keyClicks(canvas, "x")
        assert not palette.brush.is_eraser and studio.window.actions_by_id[tool].isChecked()
    QTest.keyClicks(canvas, "de1")
    assert studio.window.actions_by_id["adaptive"].isChecked()


# ---- the list of keys


@pytest.fixture
def keys(studio: Studio) -> KeysDialog:
    studio.window.actions_by_id["keys"].trigger()
    return studio.window.findChild(KeysDialog)


def choose(keys: KeysDialog, command: str) -> None:
    tree = keys.findChild(QTreeWidget)
    found = [i for i in rows(tree) if i.data(0, Qt.ItemDataRole.UserRole) == command]
    tree.setCurrentItem(found[0])


def rows(tree: QTreeWidget) -> list:
    groups = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return [group.child(n) for group in groups for n in range(group.childCount())]


def test_the_list_of_keys_names_every_command(keys: KeysDialog) -> None:
    listed = {i.data(0, Qt.ItemDataRole.UserRole): i.text(1) for i in rows(keys.findChild(QTreeWidget))}
    assert {c.id for c in COMMANDS} <= set(listed)
    assert listed["undo"] == "Ctrl+Z" and listed["redo"] == "Ctrl+Shift+Z, Ctrl+Y"


def test_a_command_is_found_by_its_name_or_its_key(keys: KeysDialog) -> None:
    tree, search = keys.findChild(QTreeWidget), keys.findChild(QLineEdit, "keysSearch")
    for query, command in (("ctrl+r", "retrain"), ("retrain", "retrain")):
        search.setText(query)
        shown = [i.data(0, Qt.ItemDataRole.UserRole) for i in rows(tree) if not i.isHidden()]
        assert command in shown and len(shown) < 8


def test_a_key_of_another_command_is_named_before_it_is_taken(keys: KeysDialog, studio: Studio) -> None:
    choose(keys, "fill")
    QTest.keyClick(keys.findChild(KeyField), Qt.Key.Key_B)
    assert "Brush" in keys.findChild(QLabel, "keyConflict").text()
    assert studio.preferences.settings.own_keys == ()
    QTest.mouseClick(keys.findChild(QPushButton, "useKey"), Qt.MouseButton.LeftButton)
    actions = studio.window.actions_by_id
    assert actions["fill"].shortcut().toString() == "B" and actions["brush"].shortcut().toString() == "Alt+B"
    assert "(B)" in actions["fill"].toolTip() and "(Alt+B)" in actions["brush"].toolTip()
    QTest.mouseClick(keys.findChild(QPushButton, "resetKeys"), Qt.MouseButton.LeftButton)
    assert actions["fill"].shortcut().toString() == "F" and actions["brush"].shortcut().toString() == "B"


def test_a_key_can_be_added_taken_away_and_given_back(keys: KeysDialog, studio: Studio) -> None:
    brush = studio.window.actions_by_id["brush"]
    choose(keys, "brush")
    QTest.keyClick(keys.findChild(KeyField), Qt.Key.Key_F5)
    QTest.mouseClick(keys.findChild(QPushButton, "addKey"), Qt.MouseButton.LeftButton)
    assert [s.toString() for s in brush.shortcuts()] == ["B", "F5"]
    QTest.mouseClick(keys.findChild(QPushButton, "noKey"), Qt.MouseButton.LeftButton)
    assert brush.shortcuts() == []
    QTest.mouseClick(keys.findChild(QPushButton, "resetKey"), Qt.MouseButton.LeftButton)
    assert [s.toString() for s in brush.shortcuts()] == ["B"]


def test_space_stays_with_the_slice(keys: KeysDialog) -> None:
    choose(keys, "brush")
    QTest.keyClick(keys.findChild(KeyField), Qt.Key.Key_Space)
    assert not keys.findChild(QPushButton, "useKey").isEnabled()


def test_another_program_s_keys_work_at_once(studio: Studio) -> None:
    studio.preferences.change(key_preset="napari")
    canvas, palette = studio.window.canvas, studio.workbench.palette
    QTest.keyClick(canvas, Qt.Key.Key_4)
    assert studio.window.actions_by_id["fill"].isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert palette.value == palette.classes[1].value
