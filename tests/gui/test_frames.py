"""A 4-D scan in the window: one entry of the list, a bar of frames, keys through time."""

import nibabel
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QSlider,
    QToolButton,
)

from tests.files.phantoms import dicom_slice, nifti_file, save
from tests.gui.conftest import CLASSES, saved
from tests.gui.test_exchange import answer, click
from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.series import SeriesDialog
from unet_studio.gui.dialogs.way import WayDialog
from unet_studio.project.films import frame_number
from unet_studio.project.records import SliceState

FRAMES = 4
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def heart(tmp_path):
    voxels = np.indices((FRAMES, 6, 40, 32)).sum(axis=0).astype(np.int16)
    return nifti_file(tmp_path, "heart.nii.gz", data=voxels)


@pytest.fixture
def film(app, heart, qtbot, monkeypatch):
    """The program with all frames of a file open as one case."""
    app.workbench.new_project(heart.parent / "hearts.unetstudio", "hearts", CLASSES)
    qtbot.waitUntil(lambda: app.workbench.project is not None)
    with monkeypatch.context() as patch:
        patch.setattr(WayDialog, "exec", lambda dialog: dialog.chosen == 0)
        app.workbench.find_sources([heart])
        qtbot.waitUntil(lambda: len(app.workbench.project.worklist.cases) == FRAMES and here(app) == 1)
    saved(app, qtbot)
    return app


def here(studio) -> int:
    annotation = studio.workbench.annotation
    return 0 if annotation is None else frame_number(annotation.case.choice)


def rows(studio) -> list[str]:
    cases = studio.window.cases.findChild(QListWidget, "caseList")
    return [cases.item(i).toolTip() for i in range(cases.count())]


def strike(studio, key, modifier=ALT) -> None:
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, key, modifier)


def press(studio, qtbot, key, *, frame: int) -> None:
    strike(studio, key)
    qtbot.waitUntil(lambda: here(studio) == frame)


def test_all_frames_are_one_entry_of_the_list_that_counts_their_slices(film, qtbot):
    assert rows(film) == ["heart · 4 frames\nuntouched"]
    film.workbench.annotation.review(2)
    press(film, qtbot, Qt.Key.Key_Right, frame=2)
    film.workbench.annotation.review(3)
    assert rows(film) == ["heart · 4 frames\n2 of 24"]
    assert film.window.cases.findChild(QListWidget, "caseList").currentRow() == 0


def test_keys_step_through_time_and_keep_slice_zoom_window_and_tool(film, qtbot):
    window, viewport = film.window, film.workbench.viewport
    film.drawing.take("polygon")
    viewport.go(1)
    window.actions_by_id["zoom_in"].trigger()
    lens, shown = window.canvas.surface.places.lens, viewport.window
    framing = lens.framing
    press(film, qtbot, Qt.Key.Key_Right, frame=2)
    press(film, qtbot, Qt.Key.Key_Right, frame=3)
    press(film, qtbot, Qt.Key.Key_Left, frame=2)
    assert (viewport.index, viewport.window, lens.framing) == (1, shown, framing)
    assert window.actions_by_id["polygon"].isChecked()
    assert window.frames.findChild(QLabel, "frameTitle").text() == "Frame 2 of 4"


def test_three_quick_presses_are_three_frames(film, qtbot):
    for _ in range(3):
        strike(film, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: here(film) == 4)
    strike(film, Qt.Key.Key_Right)  # the last one: nothing further
    assert film.workbench.project.worklist.awaited is None


def test_the_bar_steps_by_click_and_by_the_slider_and_is_not_there_for_other_scans(film, scan, qtbot):
    bar = film.window.frames
    assert bar.isVisible()
    QTest.mouseClick(bar.findChild(QToolButton, "frame_nextTool"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: here(film) == 2)
    slider = bar.findChild(QSlider, "frameSlider")
    assert (slider.value(), slider.maximum()) == (1, 3)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: here(film) == 3)
    film.workbench.find_sources([scan])
    qtbot.waitUntil(lambda: film.workbench.annotation.case.name == "ball")
    assert not bar.isVisible()
    told: list[str] = []
    film.workbench.told.connect(told.append)
    strike(film, Qt.Key.Key_Right)
    assert here(film) == 0 and "one frame" in told[0]
    cases = film.window.cases.findChild(QListWidget, "caseList")
    QTest.mouseClick(cases.viewport(), Qt.MouseButton.LeftButton, pos=cases.visualItemRect(cases.item(0)).center())
    qtbot.waitUntil(lambda: here(film) == 1 and bar.isVisible())


def test_labels_are_copied_from_the_frame_before_and_undone(film, qtbot):
    annotation = film.workbench.annotation
    film.workbench.viewport.go(2)
    assert annotation.begin_stroke(annotation.view, 2, (20.0, 16.0), erase=False)
    annotation.end_stroke()
    drawn = annotation.labels(2).copy()
    press(film, qtbot, Qt.Key.Key_Right, frame=2)
    strike(film, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: film.workbench.annotation.label_map.voxels.any())
    assert drawn.any() and np.array_equal(film.workbench.annotation.labels(2), drawn)
    assert film.workbench.annotation.state(2) is SliceState.EDITED
    strike(film, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not film.workbench.annotation.label_map.voxels.any()


def test_a_case_of_several_frames_is_flagged_renamed_and_removed_as_one(film, qtbot, monkeypatch):
    worklist = film.workbench.project.worklist
    film.window.actions_by_id["case_flag"].trigger()
    qtbot.waitUntil(lambda: all(c.is_flagged for c in worklist.cases))
    monkeypatch.setattr(questions, "ask_line", lambda *_: "ventricle")
    monkeypatch.setattr("unet_studio.gui.verbs.projects.questions.ask_name", lambda *_: "ventricle")
    monkeypatch.setattr("unet_studio.gui.verbs.projects.questions.ask_sure", lambda *_: True)
    entry = film.projects._film(worklist.cases[0].id)
    film.projects._rename(film.workbench.project, entry)
    qtbot.waitUntil(lambda: rows(film)[0].startswith("ventricle · 4 frames"))
    assert worklist.cases[3].name == "ventricle frame 4"
    film.projects._remove(film.workbench.project, entry)
    qtbot.waitUntil(lambda: not worklist.cases)
    assert film.workbench.annotation is None and not film.window.frames.isVisible()


def test_phases_of_a_dicom_series_are_one_row_of_the_chooser_and_one_entry_of_the_list(
    film, qtbot, tmp_path, monkeypatch
):
    folder = tmp_path / "study"
    for k in range(12):
        place = {"ImagePositionPatient": [0, 0, 2.5 * (k % 4)], "AcquisitionNumber": 1 + k // 4}
        save(dicom_slice(k % 4, SeriesDescription="cine", SOPInstanceUID=f"1.2.3.{k}", **place), folder / f"{k}.dcm")
    for k in range(4):
        other = {"SeriesDescription": "still", "SeriesInstanceUID": "1.2.9", "SOPInstanceUID": f"1.2.9.{k}"}
        save(dicom_slice(k, **other), folder / f"still{k}.dcm")
    offered: list[str] = []

    def choose(dialog: SeriesDialog) -> int:
        items = dialog.findChild(QListWidget, "seriesList")
        offered.extend(items.item(i).text() for i in range(items.count()))
        assert dialog.chosen == [0, 1]
        return 1

    monkeypatch.setattr(SeriesDialog, "exec", choose)
    monkeypatch.setattr(WayDialog, "exec", lambda dialog: 1)
    film.workbench.find_sources([folder])
    qtbot.waitUntil(lambda: len(film.workbench.project.worklist.cases) == FRAMES + 4)
    assert len(offered) == 2 and any("cine" in o and "3 frames" in o for o in offered)
    assert sorted(row.partition("\n")[0] for row in rows(film)) == ["cine · 3 frames", "heart · 4 frames", "still"]


def test_labels_of_all_frames_go_out_and_come_in_through_the_window(film, qtbot, tmp_path):
    for number in (1, 2):
        annotation = film.workbench.annotation
        assert annotation.begin_stroke(annotation.view, number, (20.0, 16.0), erase=False)
        annotation.end_stroke()
        press(film, qtbot, Qt.Key.Key_Right, frame=number + 1)
    saved(film, qtbot)

    def act(dialog: QDialog) -> None:
        assert dialog.findChild(QComboBox, "what").itemText(0) == "This case: heart"
        formats = dialog.findChild(QComboBox, "format")
        note = dialog.findChild(QLabel, "note")
        formats.setCurrentIndex(formats.findData(".seg.nrrd"))
        assert "each of the 4 is a file of its own" in note.text()
        formats.setCurrentIndex(formats.findData(".nii.gz"))
        assert "4 frames are written as one file" in note.text()
        dialog.findChild(QLineEdit, "folder").setText(str(tmp_path / "out"))
        click(dialog, "go")

    answer(act)
    film.window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: "Exported heart.nii.gz" in film.window.notices.text)
    counts = np.asarray(nibabel.load(tmp_path / "out" / "heart.nii.gz").dataobj).any(axis=(0, 1))
    assert [np.flatnonzero(counts[:, t]).tolist() for t in range(FRAMES)] == [[1], [2], [], []]
    answer(lambda dialog: click(dialog, "go"))
    film.projects.exchange.import_file(tmp_path / "out" / "heart.nii.gz")
    qtbot.waitUntil(lambda: "onto 4 frames" in film.window.notices.text)


def test_frames_that_were_chosen_keep_their_numbers(app, heart, qtbot, monkeypatch):
    app.workbench.new_project(heart.parent / "hearts.unetstudio", "hearts", CLASSES)
    qtbot.waitUntil(lambda: app.workbench.project is not None)

    def choose(dialog: SeriesDialog) -> int:
        items = dialog.findChild(QListWidget, "seriesList")
        for row in range(items.count()):
            items.item(row).setCheckState(Qt.CheckState.Checked if row in (1, 3) else Qt.CheckState.Unchecked)
        return 1

    def single(dialog: WayDialog) -> int:
        dialog.findChild(QRadioButton, "option1").setChecked(True)
        return 1

    monkeypatch.setattr(WayDialog, "exec", single)
    monkeypatch.setattr(SeriesDialog, "exec", choose)
    app.workbench.find_sources([heart])
    qtbot.waitUntil(lambda: here(app) == 2 and len(app.workbench.project.worklist.cases) == 2)
    title = app.window.frames.findChild(QLabel, "frameTitle")
    assert rows(app) == ["heart · 2 frames\nuntouched"] and title.text() == "Frame 2 (1 of 2)"
    press(app, qtbot, Qt.Key.Key_Right, frame=4)
    assert title.text() == "Frame 4 (2 of 2)"


def test_several_files_are_asked_about_once(app, heart, qtbot, monkeypatch):
    other = nifti_file(heart.parent, "other.nii.gz", data=np.zeros((2, 4, 8, 8), np.int16))
    app.workbench.new_project(heart.parent / "hearts.unetstudio", "hearts", CLASSES)
    qtbot.waitUntil(lambda: app.workbench.project is not None)
    asked: list[str] = []
    monkeypatch.setattr(WayDialog, "exec", lambda d: asked.append(d.findChild(QLabel, "sentence").text()) or 1)
    app.workbench.find_sources([heart, other])
    qtbot.waitUntil(lambda: len(app.workbench.project.worklist.cases) == FRAMES + 2)
    assert len(asked) == 1 and "2 scans" in asked[0]
    assert [row.partition("\n")[0] for row in rows(app)] == ["heart · 4 frames", "other · 2 frames"]
