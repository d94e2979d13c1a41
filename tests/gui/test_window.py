"""The window as a whole: names, notices, drops, places, status."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QTableWidget,
    QToolButton,
    QWidget,
)

from tests.gui.conftest import saved
from unet_studio.gui.icons import icon
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.notices import Notices
from unet_studio.gui.status import Status
from unet_studio.gui.theme import DARK, LIGHT, THEMES, Theme, style_sheet
from unet_studio.gui.top_bar import TOOLS
from unet_studio.image.window import preset_window
from unet_studio.project.records import SliceState


def drop(window, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_a_scan_dropped_on_the_empty_window_becomes_a_case_of_a_new_project(app, scan, qtbot):
    drop(app.window, scan)
    qtbot.waitUntil(lambda: app.workbench.annotation is not None)
    project = app.workbench.project
    assert project.folder.parent.name == "projects" and project.folder.suffix == ".unetstudio"
    assert [c.name for c in project.worklist.cases] == ["ball"]
    assert str(project.folder) in app.preferences.settings.recent_projects
    saved(app, qtbot)


def test_a_broken_scan_is_told_in_one_sentence_and_the_others_come(app, scan, qtbot, tmp_path):
    broken = tmp_path / "broken.nii.gz"
    broken.write_bytes(scan.read_bytes()[: scan.stat().st_size // 2])
    drop(app.window, broken, scan)
    qtbot.waitUntil(lambda: app.workbench.annotation is not None)
    assert "broken.nii.gz" in app.window.notices.text and "Traceback" not in app.window.notices.text
    assert [c.name for c in app.workbench.project.worklist.cases] == ["ball"]


def test_a_dropped_project_is_opened(studio, qtbot):
    folder = studio.workbench.project.folder
    saved(studio, qtbot)
    studio.workbench.close_project()
    drop(studio.window, folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert studio.workbench.project.folder == folder


def test_the_sample_opens_with_its_reviewed_slices(app, qtbot):
    app.open_sample()
    qtbot.waitUntil(lambda: app.workbench.annotation is not None, timeout=20000)
    reviewed = [i for i, s in app.workbench.annotation.states.items() if s is SliceState.REVIEWED]
    assert len(reviewed) == 8
    assert app.window.findChild(QPushButton, "retrainButton").text() == "Retrain · 8 new"


def test_every_widget_the_hand_can_reach_has_a_name_and_a_tip(studio):
    kinds = (QAbstractButton, QSlider, QLineEdit, QComboBox, QTableWidget)
    window = studio.window
    mine = [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisibleTo(window)]
    ours = [w for w in mine if not w.objectName().startswith("qt_")]
    assert len(ours) > 20
    nameless = [
        (type(w).__name__, w.objectName()) for w in ours if not (w.objectName() and w.accessibleName() and w.toolTip())
    ]
    assert nameless == []


def test_the_read_out_tells_voxel_place_intensity_and_label(studio):
    canvas = studio.window.canvas
    QTest.mouseMove(canvas, canvas.place_of((24, 32)).toPoint())
    text = studio.window.status.findChild(object, "readOut").text
    assert "x 32 y 24 z 6" in text and "mm" in text and "intensity 4" in text


def test_reopening_the_window_finds_it_where_it_was(app, qtbot):
    app.window.resize(960, 720)
    app.window.close()
    settings = app.preferences.settings
    other = MainWindow()
    qtbot.addWidget(other)
    other.show_place(settings.window_geometry)
    assert (other.width(), other.height()) == (960, 720)


def test_a_first_window_fits_the_screen(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_place("")
    room = window.screen().availableGeometry()
    assert window.width() <= max(960, room.width()) and window.height() <= max(600, room.height())


def test_the_view_remembers_outlines_and_pixels(studio):
    actions, settings = studio.window.actions_by_id, lambda: studio.preferences.settings
    actions["outlines"].trigger()
    actions["smooth"].trigger()
    assert settings().shows_outlines and settings().interpolation == "nearest"
    assert actions["outlines"].isChecked() and not actions["smooth"].isChecked()


def test_presets_set_the_window(studio):
    studio.window.actions_by_id["preset_2"].trigger()
    assert studio.window.actions_by_id["preset_2"] in studio.window.presets.actions()
    window = studio.workbench.viewport.window
    volume = studio.workbench.viewport.volume
    assert window == preset_window(volume.voxels, volume.modality, 1) != studio.workbench.viewport.auto
    studio.window.actions_by_id["auto_window"].trigger()
    assert studio.workbench.viewport.window == studio.workbench.viewport.auto


@pytest.mark.parametrize("tool", ["brush", "eraser", "polygon", "fill", "grow"])
def test_nothing_is_drawn_unseen_and_a_click_shows_the_labels_again(studio, tool):
    canvas, actions, annotation = studio.window.canvas, studio.window.actions_by_id, studio.workbench.annotation
    actions[tool].trigger()
    actions["labels_shown"].trigger()
    place = canvas.place_of((20, 30)).toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert canvas.bubble.isVisible() and "not be seen" in canvas.bubble.text and annotation.history.depth == 0
    QTest.mouseClick(canvas.bubble.findChild(QPushButton, "bubbleFix"), Qt.MouseButton.LeftButton)
    assert actions["labels_shown"].isChecked() and canvas.look.are_labels_visible
    actions["brush"].trigger()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert annotation.history.depth == 1


def test_s_held_shows_the_labels_again_when_let_go(studio, qtbot):
    shown = studio.window.actions_by_id["labels_shown"]
    canvas = studio.window.canvas
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_S)
    assert not shown.isChecked()
    studio.looking._peek.restart()
    qtbot.waitUntil(lambda: studio.looking._peek.elapsed() > 320)
    QTest.keyRelease(canvas, Qt.Key.Key_S)
    assert shown.isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_S)
    assert not shown.isChecked()


# ---- notices and status


@pytest.fixture
def notices(qtbot) -> Notices:
    over = QWidget()
    over.resize(500, 300)
    qtbot.addWidget(over)
    over.show()
    return Notices(over, DARK)


def test_a_notice_stays_inside_and_goes_by_a_click(notices, qtbot):
    notices.show_sentence("x" * 20 + " long sentence that has to be broken over several lines " * 4)
    assert notices.isVisible() and notices.parentWidget().rect().contains(notices.geometry())
    notices.parentWidget().resize(300, 300)
    assert notices.parentWidget().rect().contains(notices.geometry())
    QTest.mouseClick(notices.findChild(QToolButton, "noticeClose"), Qt.MouseButton.LeftButton)
    assert not notices.isVisible()


def test_bad_news_stay_and_others_go_by_themselves(notices):
    notices.show_sentence("All is well.")
    assert notices._timer.isActive()
    notices.show_sentence("The disk is full.", is_bad=True)
    assert not notices._timer.isActive()


def test_the_button_of_a_notice_does_what_it_says_once(notices):
    done = []
    notices.show_sentence("It is locked.", button="Unlock", verb=lambda: done.append(1))
    QTest.mouseClick(notices.findChild(QPushButton, "noticeAction"), Qt.MouseButton.LeftButton)
    assert done == [1] and not notices.isVisible()


def test_a_failed_save_is_said_in_words_and_can_be_tried_again(qtbot):
    status = Status(DARK)
    qtbot.addWidget(status)
    status.show()
    status.show_saved("failed", "The disk is full.")
    assert status.saved_text == "NOT SAVED: The disk is full."
    with qtbot.waitSignal(status.retry_asked):
        QTest.mouseClick(status.findChild(QPushButton, "saved"), Qt.MouseButton.LeftButton)
    status.show_saved("saved", "")
    assert status.saved_text == "✓ All changes saved" and not status.findChild(QPushButton, "saved").isEnabled()


def test_what_is_worked_on_can_be_stopped_only_while_it_goes_on(qtbot):
    status = Status(DARK)
    qtbot.addWidget(status)
    status.show()
    stop = status.findChild(QToolButton, "stopWork")
    assert not stop.isVisible()
    status.show_work("Predicting 40%")
    with qtbot.waitSignal(status.stop_asked):
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)


def test_a_save_that_fails_turns_the_window_red_until_it_succeeds(studio, qtbot, monkeypatch):
    from tests.gui.test_loop import drag
    from unet_studio.errors import ProjectError

    store = studio.workbench.project.saving.store
    record, fails = store.record, [True]

    def failing(*args):
        if fails:
            raise ProjectError("The disk is full.")
        return record(*args)

    monkeypatch.setattr(store, "record", failing)
    drag(studio.window.canvas, (20, 20), (20, 40))
    qtbot.waitUntil(lambda: "NOT SAVED: The disk is full." in studio.window.status.saved_text)
    fails.clear()
    QTest.mouseClick(studio.window.status.findChild(QPushButton, "saved"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: studio.window.status.saved_text == "✓ All changes saved")


# ---- look


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_text_can_be_read_on_every_ground(theme: Theme):
    for ground in (theme.window, theme.panel, theme.card):
        for ink in (theme.text, theme.dim, theme.good, theme.warn, theme.bad):
            assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("theme", (DARK, LIGHT), ids=lambda t: t.name)
def test_the_style_sheet_is_understood(qtbot, theme):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(style_sheet(theme))
    widget.show()
    assert "{{" not in style_sheet(theme) and "None" not in style_sheet(theme)


def test_an_icon_is_drawn_in_its_colours(qtbot):
    glyph = icon("brush", "#ff0000", disabled="#0000ff")
    for mode, channel in ((glyph.Mode.Normal, "red"), (glyph.Mode.Disabled, "blue")):
        image = glyph.pixmap(32, 32, mode).toImage()
        inked = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200]
        assert len(inked) > 20 and all(getattr(c, channel)() > 200 for c in inked)


@pytest.mark.parametrize("count", [0, 8, 11, 240])
def test_the_retrain_button_is_never_cut_off(app, count):
    app.window.resize(1200, 740)
    app.window.top_bar.show_new_reviews(count)
    button = app.window.findChild(QPushButton, "retrainButton")
    QTest.qWait(0)
    assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 16
    assert button.font().weight() >= 600  # what is measured is what is painted


@pytest.mark.parametrize("width", [960, 1000, 1080, 1200, 1500])
def test_no_tool_is_squeezed_in_a_narrow_window(app, width):
    bar = app.window.top_bar
    app.window.resize(width, 640)
    bar.show_new_reviews(8)
    QTest.qWait(0)
    shown = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
    assert {f"{name}Tool" for name in TOOLS} < {button.objectName() for button in shown}
    assert all(button.width() >= 30 for button in shown if button.objectName() != "budget")
    edges = sorted((button.mapTo(bar, button.rect().topLeft()).x(), button.width()) for button in shown)
    assert all(x + wide <= other for (x, wide), (other, _) in pairwise(edges)) and sum(edges[-1]) <= bar.width()


def test_what_had_no_room_comes_back_with_it(app):
    layouts = app.window.findChild(QToolButton, "fourTool")
    app.window.resize(960, 640)
    assert not layouts.isVisible()
    app.window.resize(1500, 640)
    assert layouts.isVisible()
