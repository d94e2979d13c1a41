"""Scans that were moved or changed: found by what is in them, or said so; never painted on by mistake."""

import shutil

import nibabel
import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from tests.gui.conftest import saved
from tests.gui.test_loop import drag
from unet_studio.gui.dialogs.relink import RelinkDialog
from unet_studio.project.store import Store


@pytest.fixture
def drawn(studio, qtbot):
    """The project's folder with a stroke in it, closed."""
    folder = studio.workbench.project.folder
    drag(studio.window.canvas, (20, 20), (20, 40))
    saved(studio, qtbot)
    assert studio.workbench.close_project()
    return folder


def use_these(qtbot, rows: list[list[str]]) -> None:
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RelinkDialog):
            timer.stop()
            table = dialog.findChild(QTableWidget, "moved")
            rows.extend([table.item(r, c).text() for c in range(2)] for r in range(table.rowCount()))
            qtbot.mouseClick(dialog.findChild(QPushButton, "go"), Qt.MouseButton.LeftButton)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(press)
    timer.start(10)


def test_a_scan_moved_beside_the_project_is_found_by_itself_for_good(studio, qtbot, drawn, scan):
    place = drawn.parent / "scans" / "of may" / scan.name
    place.parent.mkdir(parents=True)
    scan.rename(place)
    studio.workbench.open_project(drawn)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert studio.workbench.annotation.label_map.voxels.any()
    saved(studio, qtbot)
    assert studio.workbench.close_project()
    with Store.open(drawn) as store:
        (case,) = store.cases()
        assert store.scan_path(case) == place and case.path == f"../scans/of may/{scan.name}"


def test_a_scan_moved_and_renamed_is_found_in_the_folder_the_user_names(studio, qtbot, drawn, scan, tmp_path):
    away = tmp_path / "elsewhere"
    (away / "deep").mkdir(parents=True)
    other = nibabel.Nifti1Image(np.zeros((64, 48, 12), np.int16), np.diag([-1.0, -1.0, 3.0, 1.0]))
    nibabel.save(other, away / "other.nii.gz")
    (away / "broken.nii.gz").write_bytes(b"rubbish")
    project = tmp_path / "apart" / drawn.name
    project.parent.mkdir()
    shutil.move(drawn, project)
    scan.rename(away / "deep" / "renamed.nii.gz")
    (project.parent / "old").mkdir()
    nibabel.save(other, project.parent / "old" / scan.name)  # its name, and not it
    studio.workbench.open_project(project)
    notices = studio.window.notices
    qtbot.waitUntil(lambda: "no longer where it was" in notices.text)
    assert notices.findChild(QPushButton, "noticeAction").text() == "Find scans…"
    assert studio.workbench.annotation is None
    rows: list[list[str]] = []
    use_these(qtbot, rows)
    studio.moved.look_in(away)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert rows == [["ball", str(away / "deep" / "renamed.nii.gz")]]
    assert studio.workbench.annotation.label_map.voxels.any()


def test_a_folder_without_it_and_a_project_with_all_are_told(studio, qtbot, drawn, scan, tmp_path):
    studio.workbench.open_project(drawn)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    studio.moved.look_in(tmp_path)
    assert "where it was" in studio.window.notices.text
    scan.unlink()
    (tmp_path / "empty").mkdir()
    studio.moved.look_in(tmp_path / "empty")
    qtbot.waitUntil(lambda: "None of the 1 missing scans" in studio.window.notices.text)


def test_a_scan_that_changed_is_said_and_not_painted_on(studio, qtbot, drawn, scan):
    image = nibabel.load(scan)
    voxels = np.asarray(image.dataobj).copy()
    voxels[0, 0, 0] += 1
    nibabel.save(nibabel.Nifti1Image(voxels, image.affine), scan)
    studio.workbench.open_project(drawn)
    qtbot.waitUntil(lambda: "not the scan it was" in studio.window.notices.text)
    assert studio.workbench.annotation is None
    with Store.open(drawn, read_only=True) as store:
        assert store.labels(store.cases()[0]).any()
