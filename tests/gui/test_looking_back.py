import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPushButton

from tests.gui.conftest import saved
from unet_studio.gui.side import TABS
from unet_studio.gui.studio import Studio
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Patch


def draw(studio: Studio, *columns: int) -> None:
    """One filled square a column, each an action of its own."""
    annotation, index = studio.workbench.annotation, studio.workbench.viewport.index
    for column in columns:
        patch = Patch(10, column, np.ones((4, 4), np.bool_))
        annotation.fill_patch(annotation.view, index, patch, erase=False, verb="fill")


def turn_to(studio: Studio, tab: str, qtbot) -> None:
    bar = studio.window.side.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(TABS.index(tab)).center())
    qtbot.waitUntil(lambda: studio.window.side.currentIndex() == TABS.index(tab))


def rows(studio: Studio) -> QListView:
    view = studio.window.history.findChild(QListView, "historyList")
    assert view is not None
    return view


def click_row(studio: Studio, row: int) -> None:
    view = rows(studio)
    view.scrollTo(view.model().index(row, 0))
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(row, 0)).center()
    )


def test_a_click_in_the_history_travels_there_and_back(studio: Studio, qtbot) -> None:
    annotation = studio.workbench.annotation
    draw(studio, 5, 15, 25)
    after = annotation.label_map.voxels.copy()
    turn_to(studio, "history", qtbot)
    qtbot.waitUntil(lambda: rows(studio).model().rowCount() == 4)
    told = []
    annotation.history_changed.connect(lambda: told.append(1))
    click_row(studio, 0)
    assert not annotation.label_map.voxels.any() and told == [1]
    assert rows(studio).model().rowCount() == 4
    click_row(studio, 3)
    assert np.array_equal(annotation.label_map.voxels, after)


def test_the_history_is_there_again_after_reopening(studio: Studio, qtbot) -> None:
    draw(studio, 5, 15)
    studio.workbench.annotation.undo()
    saved(studio, qtbot)
    folder = studio.workbench.project.folder
    studio.workbench.close_project()
    studio.workbench.open_project(folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    history = studio.workbench.annotation.history
    assert (len(history.entries), history.depth) == (2, 1)
    turn_to(studio, "history", qtbot)
    qtbot.waitUntil(lambda: rows(studio).model().rowCount() == 3)
    click_row(studio, 2)
    assert np.count_nonzero(studio.workbench.annotation.label_map.voxels) == 32


def test_the_picture_of_an_action_has_the_colour_it_painted(studio: Studio, qtbot) -> None:
    draw(studio, 20)
    turn_to(studio, "history", qtbot)
    qtbot.waitUntil(lambda: rows(studio).model().rowCount() == 2)
    picture = rows(studio).model().index(1, 0).data(Qt.ItemDataRole.UserRole + 1)
    red = [QColor(picture.pixel(x, y)) for x in range(picture.width()) for y in range(picture.height())]
    assert any(c.red() - c.blue() > 80 for c in red) and any(abs(c.red() - c.blue()) < 10 for c in red)


def test_the_tab_is_remembered(studio: Studio, qtbot) -> None:
    turn_to(studio, "statistics", qtbot)
    assert studio.preferences.settings.side_tab == "statistics"
    assert studio.window.actions_by_id["side_statistics"].isChecked()


def test_figures_follow_each_action_and_can_be_copied(studio: Studio, qtbot) -> None:
    turn_to(studio, "statistics", qtbot)
    figures = lambda: {f.value: f.voxels for f in studio.workbench.measuring.figures}  # noqa: E731
    draw(studio, 5)
    qtbot.waitUntil(lambda: figures() == {1: 16})
    draw(studio, 15)
    qtbot.waitUntil(lambda: figures() == {1: 32})
    studio.workbench.annotation.undo()
    qtbot.waitUntil(lambda: figures() == {1: 16})
    button = studio.window.statistics.findChild(QPushButton, "copyStatistics")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    heading, row = QGuiApplication.clipboard().text().splitlines()
    cells = dict(zip(heading.split("\t"), row.split("\t"), strict=True))
    assert (cells["label"], cells["voxels"], cells["volume_ml"], cells["slices"]) == ("Ball", "16", "0.048", "1")


@pytest.fixture
def later(studio: Studio, scan, qtbot) -> Studio:
    """A second scan of the same kind is open; 16 voxels were drawn on the first, 24 on the second."""
    draw(studio, 5)
    saved(studio, qtbot)
    other = scan.with_name("later.nii.gz")
    other.write_bytes(scan.read_bytes())
    first = studio.workbench.annotation
    studio.workbench.find_sources([other])
    qtbot.waitUntil(lambda: studio.workbench.annotation not in (None, first))
    draw(studio, 5)
    annotation, index = studio.workbench.annotation, studio.workbench.viewport.index
    annotation.fill_patch(annotation.view, index, Patch(30, 30, np.ones((2, 4), np.bool_)), erase=False, verb="fill")
    return studio


def test_an_earlier_scan_is_compared_with_and_remembered(later: Studio, qtbot) -> None:
    turn_to(later, "statistics", qtbot)
    box = later.window.statistics.findChild(QComboBox, "earlierCase")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box.view().isVisible())
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: later.workbench.measuring.earlier is not None)
    qtbot.waitUntil(lambda: bool(later.workbench.measuring.figures))
    figure = later.looking_back._figures()[0]
    assert (figure.measured.voxels, figure.earlier_voxels, figure.share) == (24, 16, pytest.approx(0.5))
    saved(later, qtbot)
    folder = later.workbench.project.folder
    later.workbench.close_project()
    later.workbench.open_project(folder)
    qtbot.waitUntil(lambda: later.workbench.measuring.earlier is not None)


def test_pictures_of_erasing_are_told_from_painting(studio: Studio, qtbot) -> None:
    from unet_studio.gui.thumbnail import ERASED, change_picture

    draw(studio, 20)
    annotation, viewport = studio.workbench.annotation, studio.workbench.viewport
    view: PlaneView = annotation.view
    annotation.fill_patch(view, viewport.index, Patch(10, 20, np.ones((4, 4), np.bool_)), erase=True, verb="fill")
    edit = annotation.history.done[-1].edit
    picture = change_picture(
        edit, viewport.volume, view, classes=studio.workbench.palette.classes, window=viewport.window, side=40
    )
    middle = QColor(picture.pixel(QPoint(picture.width() // 2, picture.height() // 2)))
    assert middle.red() > 0.8 * ERASED[0] * 0.8 and middle.red() > middle.green() + 40


def test_a_renamed_label_is_a_row_that_undo_takes_back_also_after_reopening(studio: Studio, qtbot) -> None:
    first = studio.workbench.palette.classes
    name = next(e for e in studio.window.labels.findChildren(QLineEdit) if e.text() == first[0].name)
    QTest.mouseDClick(name, Qt.MouseButton.LeftButton)
    name.selectAll()
    QTest.keyClicks(name, "Spleen")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert studio.workbench.annotation.history.undo_name == f"Rename {first[0].name} to Spleen"
    saved(studio, qtbot)
    folder = studio.workbench.project.folder
    studio.workbench.close_project()
    studio.workbench.open_project(folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert studio.workbench.palette.classes[0].name == "Spleen"
    turn_to(studio, "history", qtbot)
    qtbot.waitUntil(lambda: rows(studio).model().rowCount() == 2)
    click_row(studio, 0)
    assert studio.workbench.palette.classes == first
    saved(studio, qtbot)
    assert studio.workbench.project.saving.store.classes() == first
