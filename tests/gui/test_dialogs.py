"""Dialogs and questions, answered by real clicks."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QWidget,
)

from tests.gui.test_panels import record, shown
from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.checkpoints import CheckpointsDialog
from unet_studio.gui.dialogs.export import ExportDialog
from unet_studio.gui.dialogs.import_labels import ImportLabelsDialog
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import Scores
from unet_studio.workbench.comparison import AS_STORED
from unet_studio.workbench.export import FORMATS, PATIENT_FORMATS
from unet_studio.workbench.import_labels import Found


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def typed(text: str, widths: list[int]) -> None:
    """Types into the question on the screen and presses Enter; ``widths`` hears how wide its field is."""
    field = QApplication.activeModalWidget().findChild(QLineEdit)
    widths.append(field.width())
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_where_there_is_no_checkpoint_it_is_said_how_one_is_made(parent, qtbot):
    dialog = shown(qtbot, CheckpointsDialog(parent))
    said = lambda: " ".join(label.text() for label in dialog.findChildren(QLabel))  # noqa: E731
    dialog.show_records((), is_editable=True)
    assert "click Retrain" in said()
    dialog.show_records((record(Scores()),), is_editable=True)
    assert "click Retrain" not in said() and "going back" in said()


def test_a_line_is_asked_for_in_a_field_that_a_sentence_fits_in(parent, qtbot):
    widths: list[int] = []
    QTimer.singleShot(0, lambda: typed("  motion in slice 3 ", widths))
    assert questions.ask_line(parent, "Comment on case", "Comment", "before") == "motion in slice 3"
    assert widths[0] > 400
    QTimer.singleShot(0, lambda: typed("  ", widths))
    assert questions.ask_name(parent, "Rename", "before") is None
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    assert questions.ask_line(parent, "Comment on case", "Comment", "before") is None


def answer(text: str) -> None:
    """Clicks the button of that text in the question that is about to come."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        button = next(b for b in box.buttons() if b.text().replace("&", "") == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, click)


@pytest.mark.parametrize(("button", "sure"), [("Remove", True), ("Cancel", False)])
def test_only_the_verb_itself_is_a_yes(parent, button, sure):
    answer(button)
    assert questions.ask_sure(parent, "Remove case", "It goes.", "Remove") is sure


@pytest.mark.parametrize(("button", "is_stack"), [("One stack", True), ("Single cases", False), ("Cancel", None)])
def test_pictures_are_a_stack_only_where_the_user_says_so(parent, button, is_stack):
    answer(button)
    assert questions.ask_stack(parent, 20) is is_stack


@pytest.mark.parametrize(("button", "use"), [("Use the new one", True), ("Keep the one before", False)])
def test_a_worse_checkpoint_is_used_only_where_the_user_says_so(parent, button, use):
    answer(button)
    assert questions.ask_promotion(parent, record(Scores({1: 0.7}, 4, 1), Scores({1: 0.8}, 4, 1))) is use


def test_the_question_about_a_worse_checkpoint_shows_both_scores(parent):
    seen = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        seen.append(box.text())
        box.reject()

    QTimer.singleShot(0, look)
    questions.ask_promotion(parent, record(Scores({1: 0.7}, 4, 1), Scores({1: 0.8}, 4, 1)))
    assert "0.800 → 0.700" in seen[0] and "Ball: 0.800 → 0.700" in seen[0]


# ---- export


@pytest.fixture
def export(qtbot, parent, tmp_path: Path) -> ExportDialog:
    return shown(qtbot, ExportDialog(parent, FORMATS, folder=tmp_path, suffix=".nrrd", case="heart", cases=3))


def test_the_export_offers_every_format_and_begins_with_the_last(export, tmp_path):
    formats = export.findChild(QComboBox, "format")
    assert [formats.itemData(i) for i in range(formats.count())] == [suffix for suffix, _ in FORMATS]
    assert export.choice.suffix == ".nrrd" and export.choice.folder == tmp_path and not export.choice.is_all


def test_what_is_chosen_is_what_is_exported(export, tmp_path):
    export.findChild(QComboBox, "what").setCurrentIndex(1)
    export.findChild(QComboBox, "format").setCurrentIndex(0)
    export.findChild(QLineEdit, "folder").setText("~/out")
    choice = export.choice
    assert choice.is_all and choice.suffix == FORMATS[0][0] and choice.folder == Path("~/out").expanduser()


@pytest.fixture
def patient_export(qtbot, parent, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(
        parent, FORMATS, folder=tmp_path, suffix=".dcm", case="heart", cases=3, patient_formats=PATIENT_FORMATS
    )
    return shown(qtbot, dialog)


def test_a_format_that_names_the_patient_says_so_and_can_leave_them_out(patient_export):
    note, box = patient_export.findChild(QLabel, "note"), patient_export.findChild(QCheckBox, "deidentified")
    assert (
        "contains the patient's name" in note.text() and box.isVisible() and not patient_export.choice.is_deidentified
    )
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert "Only geometry and labels" in note.text() and patient_export.choice.is_deidentified


def test_other_formats_have_nothing_to_leave_out(patient_export):
    formats = patient_export.findChild(QComboBox, "format")
    box = patient_export.findChild(QCheckBox, "deidentified")
    box.setChecked(True)
    for i in range(formats.count()):
        formats.setCurrentIndex(i)
        names_patient = formats.itemData(i) in PATIENT_FORMATS
        assert box.isVisible() is names_patient is patient_export.choice.is_deidentified
        assert ("Nothing of the patient" in patient_export.findChild(QLabel, "note").text()) is not names_patient


# ---- import


def found(**more) -> Found:
    labels = np.zeros((2, 4, 4), np.uint8)
    return Found(Path("/x/<b>mask.nii"), labels, (LabelClass(1, "A", (1, 2, 3)),), has_names=False, **more)


def test_labels_of_another_grid_are_shown_with_both_grids_and_both_outlines(qtbot, parent):
    picture = np.zeros((30, 40, 3), np.uint8)
    picture[5, 6] = AS_STORED
    what = found(
        is_exact=False, picture=picture, grids=("4 × 4 × 2 voxels", "8 × 8 × 2 voxels"), warnings=("Mind this.",)
    )
    dialog = shown(qtbot, ImportLabelsDialog(parent, what, has_labels=False))
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(w in words for w in ("4 × 4 × 2", "8 × 8 × 2", "Mind this.", "<b>mask.nii"))
    image = dialog.findChild(QLabel, "picture").pixmap().toImage()
    assert (image.width(), image.height()) == (40, 30) and image.pixelColor(6, 5).getRgb()[:3] == AS_STORED
    assert dialog.findChild(QPushButton, "go").text() == "Resample and import"
    assert not dialog.findChild(QCheckBox, "replaces").isVisible() and not dialog.replaces


def test_where_labels_are_drawn_the_user_says_whether_they_go(qtbot, parent):
    dialog = shown(qtbot, ImportLabelsDialog(parent, found(is_exact=True), has_labels=True))
    box = dialog.findChild(QCheckBox, "replaces")
    assert box.isVisible() and not dialog.replaces and dialog.findChild(QLabel, "picture") is None
    box.setChecked(True)
    assert dialog.replaces and dialog.findChild(QPushButton, "go").text() == "Import"


def test_without_an_open_case_only_all_cases_can_be_exported(qtbot, parent, tmp_path):
    dialog = shown(qtbot, ExportDialog(parent, FORMATS, folder=tmp_path, suffix=".nii.gz", case="", cases=3))
    assert dialog.findChild(QComboBox, "what").count() == 1 and dialog.choice.is_all


# ---- checkpoints


@pytest.fixture
def checkpoints(qtbot, parent) -> CheckpointsDialog:
    from dataclasses import replace

    dialog = shown(qtbot, CheckpointsDialog(parent))
    first = replace(record(Scores({1: 0.8}, 4, 1)), is_active=False)
    second = replace(record(Scores()), id=2, name="Checkpoint 2")
    dialog.show_records((first, second), is_editable=True)
    return dialog


def test_the_newest_checkpoint_stands_first_with_its_score(checkpoints):
    table = checkpoints.findChild(QTableWidget)
    rows = [[table.item(r, c).text() for c in range(4)] for r in range(2)]
    assert rows[0] == ["Checkpoint 2  ●  active", "not enough held-out slices", "–", "0 slices"]
    assert rows[1] == ["Checkpoint 1", "0.800", "–", "4 slices"]


def test_the_active_checkpoint_can_be_neither_deleted_nor_activated(checkpoints, qtbot):
    buttons = {name: checkpoints.findChild(QPushButton, name) for name in ("activate", "rename", "delete")}
    assert not buttons["activate"].isEnabled() and not buttons["delete"].isEnabled() and buttons["rename"].isEnabled()
    checkpoints.findChild(QTableWidget).selectRow(1)
    with qtbot.waitSignal(checkpoints.activate_asked) as asked:
        QTest.mouseClick(buttons["activate"], Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    with qtbot.waitSignal(checkpoints.delete_asked) as asked:
        QTest.mouseClick(buttons["delete"], Qt.MouseButton.LeftButton)
    assert asked.args == [1]


def test_in_a_project_to_look_at_checkpoints_are_only_listed(checkpoints):
    checkpoints.show_records((record(Scores()),), is_editable=False)
    assert not any(checkpoints.findChild(QPushButton, n).isEnabled() for n in ("activate", "rename", "delete"))


def test_names_from_outside_are_never_read_as_markup(qtbot, parent):
    dialog = shown(qtbot, ExportDialog(parent, FORMATS, folder=Path("/x"), suffix=".nii", case="<b>x</b>", cases=1))
    assert dialog.findChild(QComboBox, "what").itemText(0) == "This case: <b>x</b>"
    assert all(label.textFormat() is not Qt.TextFormat.RichText for label in dialog.findChildren(QLabel))
