"""Labels in and out through the window, with real dialogs."""

from pathlib import Path

import nibabel
import numpy as np
import pytest
import slicerio
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton

from tests.gui.conftest import SHAPE, saved
from unet_studio.gui.verbs.exchange import pixels_of

AFFINE = np.diag([-1.0, -1.0, 3.0, 1.0])


def mask_file(folder, *, value=1, step=1, name="mask.nii.gz"):
    """A box of labels on the scan's grid, ``step`` voxels fine."""
    labels = np.zeros((SHAPE[0], SHAPE[1] * step, SHAPE[2] * step), np.uint8)
    labels[4:8, 10 * step : 20 * step, 30 * step : 50 * step] = value
    affine = AFFINE @ np.diag([1 / step, 1 / step, 1, 1])
    affine[:2, 3] += (step - 1) / (2 * step)
    nibabel.save(nibabel.Nifti1Image(labels.transpose(2, 1, 0), affine), folder / name)
    return folder / name


def wanted(value=1):
    labels = np.zeros(SHAPE, np.uint8)
    labels[4:8, 10:20, 30:50] = value
    return labels


def answer(act) -> list[QDialog]:
    """Hands the dialog that is about to come to ``act``."""
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        seen.append(dialog)
        act(dialog)

    QTimer.singleShot(0, look)
    return seen


def click(dialog: QDialog, name: str) -> None:
    QTest.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_labels_are_looked_for_beside_the_scan_first_and_then_where_the_last_ones_lay(studio, monkeypatch, tmp_path):
    asked: list[str] = []
    elsewhere = tmp_path / "labels" / "no.nii.gz"
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *words: (asked.append(words[2]), (str(elsewhere), ""))[1]
    )
    for _ in range(2):
        studio.window.actions_by_id["import_labels"].trigger()
    case = studio.workbench.annotation.case
    assert [Path(text) for text in asked] == [Path(case.absolute_path).parent, elsewhere.parent]


def test_labels_on_the_scans_voxels_are_there_at_once_and_undo_takes_them_back(studio, scan, qtbot, monkeypatch):
    path = mask_file(scan.parent, value=2)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    studio.window.actions_by_id["import_labels"].trigger()
    qtbot.waitUntil(lambda: studio.workbench.annotation.label_map.voxels.any())
    assert np.array_equal(studio.workbench.annotation.label_map.voxels, wanted(2))
    assert studio.window.notices.text == "Imported 1 label from mask.nii.gz."
    assert studio.window.actions_by_id["undo"].text() == "Undo: Import labels"
    studio.window.actions_by_id["undo"].trigger()
    assert not studio.workbench.annotation.label_map.voxels.any()


def test_labels_of_another_grid_wait_for_a_yes(studio, scan, qtbot):
    path = mask_file(scan.parent, step=2)
    seen = answer(lambda dialog: dialog.reject())
    studio.projects.exchange.import_file(path)
    qtbot.waitUntil(lambda: bool(seen))
    assert not studio.workbench.annotation.label_map.voxels.any()
    answer(lambda dialog: click(dialog, "go"))
    studio.projects.exchange.import_file(path)
    qtbot.waitUntil(lambda: studio.workbench.annotation.label_map.voxels.any())
    assert np.array_equal(studio.workbench.annotation.label_map.voxels, wanted())


@pytest.mark.parametrize("replaces", [True, False])
def test_where_something_is_drawn_the_user_is_asked_first(studio, scan, qtbot, replaces):
    studio.projects.exchange.import_file(mask_file(scan.parent, value=2))
    qtbot.waitUntil(lambda: studio.workbench.annotation.label_map.voxels.any())
    other = mask_file(scan.parent, name="empty_but_one.nii.gz", value=0)
    image = nibabel.load(other)
    labels = np.zeros(SHAPE[::-1], np.uint8)
    labels[0, 0, 0] = 1
    nibabel.save(nibabel.Nifti1Image(labels, image.affine), other)

    def act(dialog: QDialog) -> None:
        dialog.findChild(QCheckBox, "replaces").setChecked(replaces)
        click(dialog, "go")

    answer(act)
    studio.projects.exchange.import_file(other)
    qtbot.waitUntil(lambda: studio.workbench.annotation.label_map.voxels[0, 0, 0] == 1)
    assert studio.workbench.annotation.label_map.voxels.any(axis=(1, 2)).sum() == (1 if replaces else 5)


def test_a_file_that_is_no_mask_is_told(studio, scan, qtbot):
    studio.projects.exchange.import_file(scan.parent / "gone.nii.gz")
    qtbot.waitUntil(lambda: "gone.nii.gz was not found" in studio.window.notices.text)


def test_an_export_for_slicer_has_the_names_of_the_project(studio, scan, qtbot, tmp_path):
    studio.projects.exchange.import_file(mask_file(scan.parent))
    qtbot.waitUntil(lambda: studio.workbench.annotation.label_map.voxels.any())
    saved(studio, qtbot)

    def act(dialog: QDialog) -> None:
        formats = dialog.findChild(QComboBox, "format")
        formats.setCurrentIndex(formats.findData(".seg.nrrd"))
        dialog.findChild(QLineEdit, "folder").setText(str(tmp_path / "out"))
        click(dialog, "go")

    answer(act)
    studio.window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: "Exported ball.seg.nrrd" in studio.window.notices.text)
    read = slicerio.read_segmentation(str(tmp_path / "out" / "ball.seg.nrrd"))
    assert [s["name"] for s in read["segments"]] == ["Ball", "Shell"]
    assert np.array_equal(read["voxels"].transpose(2, 1, 0), wanted())


def test_a_scan_that_is_no_dicom_takes_no_seg_and_it_is_said(studio, scan, qtbot, tmp_path):
    def act(dialog: QDialog) -> None:
        formats = dialog.findChild(QComboBox, "format")
        formats.setCurrentIndex(formats.findData(".dcm"))
        dialog.findChild(QLineEdit, "folder").setText(str(tmp_path / "out"))
        click(dialog, "go")

    answer(act)
    studio.window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: "no DICOM series" in studio.window.notices.text)


def test_the_picture_on_the_screen_goes_out_with_its_outlines_and_no_notice(studio, qtbot, tmp_path, monkeypatch):
    class_ = studio.workbench.palette.classes[0]
    studio.workbench.annotation.replace_slices("Paint", {studio.workbench.viewport.index: wanted()[5]})
    studio.window.notices.show_sentence("Something is said.")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "view"), ""))
    studio.window.actions_by_id["export_picture"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "view.png").exists())
    pixels = np.asarray(Image.open(tmp_path / "view.png")).astype(int)
    canvas = studio.window.canvas
    assert pixels.shape == (canvas.height(), canvas.width(), 3)
    assert (np.abs(pixels - class_.colour).max(axis=2) <= 8).sum() > 50  # the outline, in the colour of its class
    assert np.array_equal(pixels, pixels_of(canvas))
