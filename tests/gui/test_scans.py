"""Choosing series, and what is shown of the open scan."""

from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from tests.files.phantoms import dicom_slice, nifti_file, save
from tests.gui.conftest import saved
from tests.gui.test_panels import shown
from unet_studio.files import stored
from unet_studio.files.tags import Tag
from unet_studio.gui.dialogs.pixel_size import PixelSizeDialog
from unet_studio.gui.dialogs.scan_facts import ScanFactsDialog
from unet_studio.gui.dialogs.series import SeriesDialog
from unet_studio.gui.dialogs.way import WayDialog
from unet_studio.image.volume import Geometry, Volume
from unet_studio.workbench.looking_up import Offer, report

PATIENT = "Planted^Name"


def write_series(folder: Path, name: str, slices: int) -> None:
    """A DICOM series of 8×8 slices, 2 mm apart, about a patient of a known name."""
    uid = generate_uid()
    for z in range(slices):
        dataset = pydicom.Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.4"
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = generate_uid()
        dataset.SOPClassUID, dataset.Modality = "1.2.840.10008.5.1.4.1.1.4", "MR"
        dataset.PatientName, dataset.PatientID, dataset.SeriesDate = PATIENT, "PLANTED-1", "20260131"
        dataset.SeriesInstanceUID, dataset.SeriesDescription, dataset.InstanceNumber = uid, name, z + 1
        dataset.ImagePositionPatient, dataset.ImageOrientationPatient = [0, 0, 2.0 * z], [1, 0, 0, 0, 1, 0]
        dataset.PixelSpacing, dataset.SliceThickness = [1.0, 1.0], 2.0
        dataset.Rows = dataset.Columns = 8
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.BitsAllocated = dataset.BitsStored = 16
        dataset.HighBit, dataset.PixelRepresentation = 15, 0
        dataset.PixelData = (np.arange(64, dtype=np.uint16).reshape(8, 8) + z).tobytes()
        dataset.save_as(folder / f"{name}-{z}.dcm", enforce_file_format=True)


def offer(name: str, *, can_open: bool = True, is_usual: bool = True, warning: str = "") -> Offer:
    picture = np.arange(48, dtype=np.uint8).reshape(6, 8)
    return Offer(name, "MR · 8 × 8 × 4", "Somebody", picture, warning, can_open, is_usual)


# ---- choosing


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def chooser(qtbot, parent) -> SeriesDialog:
    offers = [
        offer("axial"),
        offer("scout", is_usual=False),
        offer("broken", can_open=False, is_usual=False, warning="Bad."),
    ]
    return shown(qtbot, SeriesDialog(parent, offers))


def test_what_is_usually_wanted_is_ticked_and_what_cannot_open_cannot_be(chooser):
    assert chooser.chosen == [0]
    QTest.mouseClick(chooser.findChild(QPushButton, "all"), Qt.MouseButton.LeftButton)
    assert chooser.chosen == [0, 1]
    QTest.mouseClick(chooser.findChild(QPushButton, "none"), Qt.MouseButton.LeftButton)
    assert chooser.chosen == []
    assert not chooser.findChild(QPushButton, "open").isEnabled()


def test_the_button_counts_what_it_opens(chooser):
    chooser.findChild(QListWidget).item(1).setCheckState(Qt.CheckState.Checked)
    assert chooser.findChild(QPushButton, "open").text() == "Open 2"


def test_a_double_click_opens_just_that_series(chooser, qtbot):
    rows = chooser.findChild(QListWidget)
    with qtbot.waitSignal(chooser.accepted):
        rows.itemDoubleClicked.emit(rows.item(1))
    assert chooser.chosen == [1]


def test_each_series_shows_its_patient_and_what_is_wrong_with_it(chooser):
    rows = chooser.findChild(QListWidget)
    assert "Somebody" in rows.item(0).text() and "⚠ Bad." in rows.item(2).text()
    assert not rows.item(0).icon().isNull()


def test_a_folder_of_several_series_asks_and_opens_those_chosen(studio, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "study"
    folder.mkdir()
    write_series(folder, "axial", 4)
    write_series(folder, "coronal", 3)
    write_series(folder, "scout", 1)
    seen = []

    def choose(dialog: SeriesDialog) -> int:
        rows = dialog.findChild(QListWidget)
        seen.extend(rows.item(i).text() for i in range(rows.count()))
        assert sorted(dialog.chosen) == [i for i, text in enumerate(seen) if "scout" not in text]
        dialog._tick(is_on=False)
        rows.item(next(i for i, text in enumerate(seen) if "coronal" in text)).setCheckState(Qt.CheckState.Checked)
        return 1

    monkeypatch.setattr(SeriesDialog, "exec", choose)
    studio.workbench.find_sources([folder])
    qtbot.waitUntil(lambda: len(studio.workbench.project.worklist.cases) == 2)
    saved(studio, qtbot)
    assert [c.name for c in studio.workbench.project.worklist.cases] == ["ball", "coronal"]
    assert all(PATIENT in text and "2026-01-31" in text for text in seen)
    kept = b"".join(p.read_bytes() for p in studio.workbench.project.folder.rglob("*") if p.is_file())
    assert b"Planted" not in kept and b"PLANTED" not in kept


def test_a_folder_of_one_series_opens_without_asking(studio, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "study"
    folder.mkdir()
    write_series(folder, "axial", 4)
    asked = []
    monkeypatch.setattr(SeriesDialog, "exec", lambda dialog: asked.append(dialog))
    studio.workbench.find_sources([folder])
    qtbot.waitUntil(lambda: len(studio.workbench.project.worklist.cases) == 2)
    assert asked == []


def way_dialogs(monkeypatch, *, mark: int, seen: list[str]) -> None:
    def answer(dialog: WayDialog) -> int:
        seen.append(dialog.findChild(QLabel, "sentence").text())
        choices = dialog.findChildren(QRadioButton)
        assert dialog.chosen == 0
        QTest.mouseClick(choices[mark], Qt.MouseButton.LeftButton)
        assert dialog.chosen == mark
        return 1

    monkeypatch.setattr(WayDialog, "exec", lambda dialog: (dialog.show(), answer(dialog))[1])


@pytest.mark.parametrize(("mark", "shapes"), [(0, [(7, 6, 5)]), (1, [(7, 6, 5)]), (2, [(3, 6, 5), (2, 6, 5)])])
def test_uneven_gaps_are_filled_resampled_or_split_as_the_user_marks(
    studio, qtbot, tmp_path, monkeypatch, mark, shapes
):
    for k, z in enumerate((0, 2, 4, 8, 12)):
        save(dicom_slice(k, ImagePositionPatient=[0, 0, z]), tmp_path / "uneven" / f"{k}.dcm")
    seen: list[str] = []
    way_dialogs(monkeypatch, mark=mark, seen=seen)
    monkeypatch.setattr(SeriesDialog, "exec", lambda _: pytest.fail("there is one series only"))
    studio.workbench.find_sources([tmp_path / "uneven"])
    cases = lambda: studio.workbench.project.worklist.cases[1:]  # noqa: E731
    qtbot.waitUntil(lambda: len(cases()) == len(shapes))
    assert [c.shape for c in cases()] == shapes and "not evenly spaced" in seen[0]


def test_single_frames_of_a_file_are_chosen_where_not_all_are_wanted(studio, qtbot, tmp_path, monkeypatch):
    voxels = np.arange(3 * 4 * 6 * 5, dtype=np.int16).reshape(3, 4, 6, 5)
    path = nifti_file(tmp_path, data=voxels)
    ticked, seen = [], []
    way_dialogs(monkeypatch, mark=1, seen=seen)
    monkeypatch.setattr(SeriesDialog, "exec", lambda dialog: ticked.append(dialog.chosen) or 1)
    studio.workbench.find_sources([path])
    qtbot.waitUntil(lambda: len(studio.workbench.project.worklist.cases) == 2)
    assert ticked == [[0]] and studio.workbench.project.worklist.cases[1].choice == "1"
    assert "3 frames" in seen[0]


def test_a_file_that_unpacks_to_suspiciously_much_opens_after_a_word(studio, qtbot, tmp_path, monkeypatch):
    path = nifti_file(tmp_path, data=np.zeros((50, 300, 300), np.int16))
    monkeypatch.setattr(stored, "_ASK_ABOVE_BYTES", 1_000_000)
    asked = []

    def answer(dialog: WayDialog) -> int:
        asked.append(dialog.findChild(QLabel, "sentence").text())
        assert dialog.findChild(QPushButton, "go").text() == "Open it all the same"
        return 1

    monkeypatch.setattr(WayDialog, "exec", answer)
    studio.workbench.find_sources([path])
    qtbot.waitUntil(lambda: len(studio.workbench.project.worklist.cases) == 2)
    assert path.name in asked[0]


# ---- facts and tags


def test_what_is_copied_names_neither_file_nor_series(qtbot, parent):
    facts = [("Size", "5 × 6 × 4"), ("Note", "Doe_John.nii.gz is sheared; Doe_John has no spacing.")]
    private = ("Doe_John", "Doe_John.nii.gz", "")
    dialog = shown(qtbot, ScanFactsDialog(parent, "Doe_John", facts, private=private))
    QTest.mouseClick(dialog.findChild(QPushButton, "copy"), Qt.MouseButton.LeftButton)
    said = QGuiApplication.clipboard().text()
    assert "Doe" not in said and "the scan is sheared" in said and "5 × 6 × 4" in said


def test_the_report_tells_geometry_and_nothing_about_the_patient():
    volume = Volume(
        np.zeros((4, 5, 6), np.int16), Geometry((4, 5, 6), (2.0, 1.0, 0.5)), "name", "CT", ("A slice is missing.",)
    )
    facts = dict(report(volume))
    assert facts["Size"] == "6 × 5 × 4" and facts["Spacing"] == "0.5 × 1 × 2 mm"
    assert facts["Intensities"] == "0 to 0 HU" and facts["Note"] == "A slice is missing."


def test_a_picture_is_said_to_have_no_spacing():
    bare = Geometry((1, 5, 6), has_spacing=False, has_orientation=False)
    facts = dict(report(Volume(np.zeros((1, 5, 6, 3), np.uint8), bare)))
    assert "pixels" in facts["Spacing"] and facts["Origin (LPS)"] == "not told" and "3 channels" in facts["Size"]


@pytest.fixture
def facts(qtbot, parent) -> ScanFactsDialog:
    return shown(qtbot, ScanFactsDialog(parent, "heart", (("Size", "6 × 5 × 4"), ("Note", "Odd."))))


def test_tags_are_found_by_number_name_or_value(facts):
    facts.show_tags(
        [Tag("(0010,0010)", "Patient's Name", "PN", "Doe"), Tag("(0018,0050)", "Slice Thickness", "DS", "2.0")]
    )
    table = facts.findChild(QTableWidget, "tags")
    facts.findChild(QTabWidget).setCurrentIndex(1)
    for text, hidden in (
        ("thick", [True, False]),
        ("0010,", [False, True]),
        ("doe", [False, True]),
        ("", [False, False]),
    ):
        facts.findChild(QLineEdit, "search").setText(text)
        assert [table.isRowHidden(i) for i in range(2)] == hidden


def test_a_scan_without_tags_has_no_empty_page(facts):
    facts.show_tags([])
    assert facts.findChild(QTabWidget).count() == 1


def test_the_copied_report_leaves_the_tags_out(facts):
    facts.show_tags([Tag("(0010,0010)", "Patient's Name", "PN", "Doe")])
    QTest.mouseClick(facts.findChild(QPushButton, "copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Size: 6 × 5 × 4\nNote: Odd."


def test_scan_information_of_a_dicom_case_shows_its_tags(studio, qtbot, tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    write_series(folder, "axial", 4)
    studio.workbench.find_sources([folder])
    qtbot.waitUntil(lambda: studio.workbench.annotation.case.name == "axial")
    studio.window.actions_by_id["scan_facts"].trigger()
    dialog = studio.window.findChild(ScanFactsDialog)
    qtbot.waitUntil(lambda: dialog.findChild(QTableWidget, "tags") is not None)
    table = dialog.findChild(QTableWidget, "tags")
    values = [table.item(row, 3).text() for row in range(table.rowCount())]
    assert PATIENT in values and PATIENT not in dialog.report()
    close = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    saved(studio, qtbot)


def test_a_pixel_size_that_the_user_gives_turns_pixels_into_mm(studio, qtbot, tmp_path, monkeypatch):
    Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8)).save(tmp_path / "film.png")
    studio.workbench.find_sources([tmp_path / "film.png"])
    bench = studio.workbench
    qtbot.waitUntil(lambda: bench.annotation is not None and bench.annotation.case.name == "film")
    bench.annotation.replace_slices("Paint", {0: np.ones((6, 8), np.uint8)})
    saved(studio, qtbot)

    def answer(dialog: PixelSizeDialog) -> int:
        dialog.show()
        width = dialog.findChild(QLineEdit, "width")
        for text, is_possible in (("", False), ("x", False), ("-1", False), ("0,5", True)):
            width.selectAll()
            QTest.keyClick(width, Qt.Key.Key_Delete)
            QTest.keyClicks(width, text)
            assert dialog.findChild(QPushButton, "go").isEnabled() == is_possible, text
        assert dialog.spacing_xyz[:2] == (0.5, 0.5)
        return 1

    monkeypatch.setattr(PixelSizeDialog, "exec", answer)
    studio.window.actions_by_id["pixel_size"].trigger()
    qtbot.waitUntil(lambda: bench.viewport.volume.geometry.has_spacing)
    assert bench.viewport.volume.geometry.spacing_mm == (1.0, 0.5, 0.5)
    assert bench.annotation.label_map.voxels.all() and bench.annotation.case.choice == "@0.5x0.5x1"
