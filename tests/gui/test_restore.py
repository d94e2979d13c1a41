"""A damaged project: the program starts all the same, says so, and offers what it kept."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from tests.gui.conftest import saved
from tests.gui.test_loop import drag
from unet_studio.gui.dialogs.restore import RestoreDialog
from unet_studio.project.backups import Backup, backups


def answer(qtbot, seen: list[str], name: str = "go") -> None:
    """Presses a button of the dialog that comes next, noting what it lists."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, RestoreDialog):
            return
        timer.stop()
        table = dialog.findChild(QTableWidget, "backups")
        seen.extend(table.item(0, column).text() for column in range(3))
        qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(press)
    timer.start(10)


def drawn_and_closed(studio, qtbot):
    """The project's folder, with two strokes and a backup of both."""
    folder = studio.workbench.project.folder
    for row in (20, 30):
        drag(studio.window.canvas, (row, 20), (row, 40))
    saved(studio, qtbot)
    assert studio.workbench.close_project()
    return folder


def test_a_damaged_project_does_not_stop_the_start_and_its_backup_comes_back(studio, qtbot):
    folder = drawn_and_closed(studio, qtbot)
    drawn = backups(folder)
    (folder / "project.sqlite").write_bytes(b"rubbish" * 999)
    studio.open([folder])
    notices = studio.window.notices
    qtbot.waitUntil(lambda: "damaged" in notices.text)
    button = notices.findChild(QPushButton, "noticeAction")
    assert button.text() == "Restore…" and studio.window.isVisible()
    seen: list[str] = []
    answer(qtbot, seen)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert seen[1:] == ["2", "ball (2)"] and seen[0].startswith("20")
    assert studio.workbench.annotation.label_map.voxels.any()
    assert studio.window.actions_by_id["undo"].text() == "Undo: Paint Ball"
    assert set(drawn) <= set(backups(folder)) and list(folder.glob("replaced-*.sqlite"))
    assert "replaced-" in notices.text


def test_an_open_project_goes_back_to_an_earlier_day(studio, qtbot):
    folder = drawn_and_closed(studio, qtbot)
    studio.workbench.open_project(folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    drag(studio.window.canvas, (10, 20), (10, 40))
    saved(studio, qtbot)
    seen: list[str] = []
    answer(qtbot, seen)
    studio.window.actions_by_id["restore"].trigger()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.waitUntil(lambda: "replaced-" in studio.window.notices.text)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert len(studio.workbench.annotation.history.names()) == int(
        seen[1]
    )  # a copy of the third stroke may have been made meanwhile


def test_cancelling_changes_nothing_and_no_backup_is_told(studio, qtbot, tmp_path):
    folder = drawn_and_closed(studio, qtbot)
    (folder / "project.sqlite").write_bytes(b"rubbish")
    studio.projects._show_backups(folder)
    seen: list[str] = []

    def cancel() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RestoreDialog):
            timer.stop()
            seen.append(dialog.windowTitle())
            dialog.reject()

    timer = QTimer(studio.window)
    timer.timeout.connect(cancel)
    timer.start(10)
    qtbot.waitUntil(lambda: bool(seen))
    assert (folder / "project.sqlite").read_bytes() == b"rubbish"
    studio.projects._show_backups(tmp_path)
    qtbot.waitUntil(lambda: "no backup" in studio.window.notices.text)


def test_many_cases_are_told_by_the_most_worked_on(qtbot, app):
    cases = tuple((f"c{n}", n) for n in range(6))
    dialog = RestoreDialog(app.window, "P", (Backup(app._projects_folder, "2026-05-31T12:00:00+00:00", cases),))
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget, "backups")
    assert table.item(0, 2).text() == "c5 (5), c4 (4), c3 (3) and 3 more"
    assert table.item(0, 1).text() == "15" and dialog.chosen is not None
