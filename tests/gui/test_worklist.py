import nibabel
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QToolButton

from tests.gui.conftest import saved
from tests.workbench.making import GEOMETRY, case_of
from unet_studio.gui.case_order import Wish, listed
from unet_studio.gui.dialogs import questions
from unet_studio.gui.studio import Studio
from unet_studio.project.records import SliceState


def names(studio: Studio) -> list[str]:
    cases = studio.window.cases.findChild(QListWidget, "caseList")
    return [cases.item(i).text() for i in range(cases.count())]


def add_second(studio: Studio, scan, qtbot) -> None:
    other = scan.with_name("apple.nii.gz")
    voxels = np.arange(12 * 48 * 64, dtype=np.int16).reshape(64, 48, 12)
    nibabel.save(nibabel.Nifti1Image(voxels, np.diag([-1.0, -1.0, 3.0, 1.0])), other)
    studio.workbench.find_sources([other])
    qtbot.waitUntil(lambda: studio.workbench.annotation.case.name == "apple")


def test_typing_filters_the_list_and_the_open_case_stays_open(studio: Studio, scan, qtbot) -> None:
    add_second(studio, scan, qtbot)
    studio.window.actions_by_id["case_filter"].trigger()
    field = studio.window.cases.findChild(QLineEdit, "caseFilter")
    QTest.keyClicks(field, "BAL")
    assert names(studio) == ["ball"] and studio.workbench.annotation.case.name == "apple"
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert names(studio) == ["ball", "apple"]


def test_a_flag_and_a_comment_are_kept_in_the_project(studio: Studio, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(questions, "ask_line", lambda *_: "motion in slice 3")
    studio.window.actions_by_id["case_flag"].trigger()
    qtbot.waitUntil(lambda: studio.workbench.project.worklist.cases[0].is_flagged)
    studio.window.actions_by_id["case_comment"].trigger()
    qtbot.waitUntil(lambda: bool(studio.workbench.project.worklist.cases[0].comment))
    saved(studio, qtbot)
    case = studio.workbench.project.saving.store.cases()[0]
    assert (case.is_flagged, case.comment) == (True, "motion in slice 3")
    QApplication.processEvents()
    item = studio.window.cases.findChild(QListWidget, "caseList").item(0)
    assert "motion in slice 3" in item.toolTip()


def test_the_menu_sorts_and_shows_what_is_wanted(studio: Studio, scan, qtbot) -> None:
    add_second(studio, scan, qtbot)
    menu = studio.window.cases._order.menu()
    actions = {action.objectName(): action for action in menu.actions()}
    actions["sort_name"].trigger()
    assert names(studio) == ["apple", "ball"]
    actions["show_flagged"].trigger()
    assert names(studio) == []


def test_least_reviewed_cases_come_first_and_the_done_are_told_apart() -> None:
    first, second = case_of(GEOMETRY, 1), case_of(GEOMETRY, 2)
    states = {1: dict.fromkeys(range(first.slices), SliceState.REVIEWED)}
    order = lambda wish: [c.id for c in listed((first, second), states, wish)]  # noqa: E731
    assert order(Wish(sort="progress")) == [2, 1]
    assert (order(Wish(show="reviewed")), order(Wish(show="unfinished"))) == ([1], [2])


def test_a_pointer_that_rests_on_a_tick_sees_its_slice(studio: Studio, qtbot) -> None:
    strip, picture = studio.window.strip, studio.window.findChild(QLabel, "stripPicture")
    assert picture.isHidden()
    QTest.mouseMove(strip, strip.tick_box(2).center())
    QTest.mouseMove(strip, strip.tick_box(6).center())
    qtbot.waitUntil(lambda: not picture.isHidden())
    assert picture.pixmap().width() == 128
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.tick_box(4).center())
    assert studio.workbench.viewport.index == 4 and picture.isHidden()


@given(st.lists(st.dictionaries(st.integers(0, case_of(GEOMETRY).slices - 1), st.sampled_from(SliceState)), max_size=5))
def test_a_case_is_shown_by_the_states_that_its_slices_are_in(drawn) -> None:
    cases = [case_of(GEOMETRY, number) for number in range(len(drawn))]
    states = dict(enumerate(drawn))
    for show in (SliceState.PREDICTED, SliceState.EDITED, SliceState.UNTOUCHED):
        has = [c.id for c in cases if any(states[c.id].get(i, SliceState.UNTOUCHED) is show for i in range(c.slices))]
        assert [c.id for c in listed(cases, states, Wish(show=show.value))] == has


def test_keys_in_the_menu_show_only_cases_with_edited_slices(studio: Studio, scan, qtbot) -> None:
    add_second(studio, scan, qtbot)
    studio.workbench.annotation.review(1)
    studio.workbench.annotation.unreview(1)
    edited = studio.workbench.annotation.case.name
    menu = studio.window.cases.findChild(QToolButton, "caseOrder").menu()
    menu.popup(studio.window.mapToGlobal(studio.window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    menu.setActiveAction(next(a for a in menu.actions() if a.objectName() == "show_edited"))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert names(studio) == [edited] and not menu.isVisible()
