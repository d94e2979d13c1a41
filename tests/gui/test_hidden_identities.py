"""Nobody's name is on the screen while identities are hidden."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QListView,
    QMenu,
    QTableWidget,
    QWidget,
)

from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.relink import RelinkDialog
from unet_studio.gui.identities import Identities
from unet_studio.gui.studio import Studio
from unet_studio.project.films import films
from unet_studio.project.records import Case


def case(number: int, name: str, path: str) -> Case:
    return Case(number, name, path, "", "", (1, 1, 1), 0)


@pytest.fixture
def hiding() -> Identities:
    identities = Identities()
    identities.know("Doe study", [case(1, "Doe, Jane", "scans/doe jane 1961.nii.gz"), case(2, "Doe", "b.nii")])
    identities.is_hiding = True
    return identities


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("Opening Doe, Jane", "Opening Case 1"),
        ("“Doe” is locked.", "“Case 2” is locked."),
        ("doe jane 1961.nii.gz is damaged.", "Case 1 is damaged."),
        ("SMITH_J.dcm can't be read.", "a file can't be read."),
        ("The project “Doe study” is open.", "The project “this project” is open."),
        ("Doesn't matter: 3 slices.", "Doesn't matter: 3 slices."),
        ("“Roe, Max” exists already.", "a file exists already."),
        ("", ""),
    ],
)
def test_a_sentence_loses_its_names(hiding: Identities, sentence: str, seen: str) -> None:
    assert hiding.shown(sentence) == seen


def test_shown_again_everything_is_as_it_was(hiding: Identities) -> None:
    hiding.is_hiding = False
    assert hiding.shown("Opening Doe, Jane") == "Opening Doe, Jane"
    assert hiding.recent(1, Path("x/Doe.unetstudio")) == "Doe"
    assert hiding.place(Path("x/Doe.nii")) == str(Path("x/Doe.nii"))


def words_on(window: QWidget) -> list[str]:
    """Every text of the window, lists and menus included."""
    words = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        words += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            words.append(widget.text())
        elif isinstance(widget, QComboBox):
            words += [widget.itemText(n) for n in range(widget.count())]
        elif isinstance(widget, QMenu):
            widget.aboutToShow.emit()
            words += [f"{a.text()} {a.toolTip()}" for a in widget.actions()]
        elif isinstance(widget, QListView) and widget.model() is not None:
            model = widget.model()
            indices = [model.index(row, 0) for row in range(model.rowCount())]
            words += [str(model.data(i, role)) for i in indices for role in (0, 3)]
    return words


def test_no_text_of_the_window_names_the_case_or_the_project(studio: Studio, qtbot) -> None:
    bench = studio.workbench
    project = bench.project
    assert project is not None
    project.worklist.rename(project.worklist.cases[0], "Zyxdoe Johanna")
    qtbot.waitUntil(lambda: project.worklist.cases[0].name == "Zyxdoe Johanna")
    assert any("Zyxdoe" in word for word in words_on(studio.window))
    studio.window.actions_by_id["hide_identities"].trigger()
    bench.told("The scan of “Zyxdoe Johanna” in ball.nii.gz can't be read.")
    seen = words_on(studio.window)
    assert not [word for word in seen if "zyxdoe" in word.lower() or "ball" in word.split() or "ball." in word]
    assert any("Case 1" in word for word in seen)
    assert studio.window.windowTitle() == "Project – UNet Studio"
    studio.window.actions_by_id["hide_identities"].trigger()
    assert any("Zyxdoe" in word for word in words_on(studio.window))


def test_an_earlier_scan_to_compare_with_is_not_named(studio: Studio, qtbot) -> None:
    project = studio.workbench.project
    assert project is not None
    beside = project.folder.parent / "beside.nii.gz"
    beside.write_bytes((project.folder.parent / "ball.nii.gz").read_bytes())
    studio.workbench.find_sources([beside])
    qtbot.waitUntil(lambda: len(project.worklist.cases) == 2)
    for case in project.worklist.cases:
        project.worklist.rename(case, f"Zyxdoe {case.id}")
    qtbot.waitUntil(lambda: any("Zyxdoe" in word for word in words_on(studio.window.statistics)))
    studio.window.actions_by_id["hide_identities"].trigger()
    seen = words_on(studio.window)
    assert not [word for word in seen if "zyxdoe" in word.lower()] and {"Case 1", "Case 2"} & set(
        words_on(studio.window.statistics)
    )


def test_the_slice_does_not_name_the_case(studio: Studio, qtbot) -> None:
    canvas = studio.window.canvas
    corner = canvas.rect().adjusted(0, 0, -canvas.width() // 2, -canvas.height() // 2)
    before = canvas.grab(corner).toImage()
    studio.window.actions_by_id["hide_identities"].trigger()
    hidden = canvas.grab(corner).toImage()
    studio.window.actions_by_id["hide_identities"].trigger()
    assert hidden != before
    assert canvas.grab(corner).toImage() == before


def test_the_switch_is_remembered(studio: Studio) -> None:
    studio.window.actions_by_id["hide_identities"].trigger()
    assert studio.preferences.settings.hides_identities
    assert studio.window.actions_by_id["hide_identities"].isChecked()


def test_the_tags_of_the_scan_are_not_shown(studio: Studio) -> None:
    from unet_studio.gui.dialogs.scan_facts import ScanFactsDialog

    studio.window.actions_by_id["hide_identities"].trigger()
    studio.window.actions_by_id["scan_facts"].trigger()
    dialog = studio.window.findChild(ScanFactsDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Scan information: Case 1"
    dialog.close()


def test_no_dialog_that_saves_suggests_the_name(studio: Studio, monkeypatch, qtbot) -> None:
    suggested = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: suggested.append(Path(told[2]).name) or ("", ""))
    commands = ("export_picture", "case_report")

    def ask() -> None:
        for command in commands:
            studio.window.actions_by_id[command].trigger()
        studio.window.statistics.export_asked.emit()

    ask()
    name = studio.workbench.annotation.case.name
    assert len(suggested) == 3 and all(name in one for one in suggested)
    studio.window.actions_by_id["hide_identities"].trigger()
    ask()
    assert len(suggested) == 6 and all(one.startswith("Case 1") for one in suggested[3:])


def test_moved_scans_are_listed_without_names(studio: Studio, qtbot) -> None:
    cases = studio.workbench.project.worklist.cases
    places = {cases[0].id: Path("/scans/Zyxdoe/1.dcm")}
    studio.window.actions_by_id["hide_identities"].trigger()
    dialog = RelinkDialog(studio.window, cases, places, studio.identities)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    assert [table.item(0, column).text() for column in (0, 1)] == ["Case 1", "a file"]


def test_questions_about_a_case_do_not_name_it(studio: Studio, monkeypatch) -> None:
    asked = []
    film = films(studio.workbench.project.worklist.cases)[0]
    monkeypatch.setattr(questions, "ask_sure", lambda *told: asked.append(told))
    monkeypatch.setattr(questions, "ask_name", lambda *told: asked.append(told))
    monkeypatch.setattr(questions, "ask_line", lambda *told: asked.append(told))
    studio.window.actions_by_id["hide_identities"].trigger()
    studio.projects._remove(studio.workbench.project, film)
    studio.projects._rename(studio.workbench.project, film)
    studio.window.actions_by_id["case_comment"].trigger()
    said = [str(word) for told in asked for word in told[1:]]
    assert len(asked) == 3 and not [word for word in said if film.name in word]
    assert any("Case 1" in word for word in said)
