"""Every setting in one dialog, applied at once."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
)

from tests.gui.conftest import saved
from tests.gui.test_loop import drag
from unet_studio.gui.dialogs.preferences import PreferencesDialog
from unet_studio.gui.icons import icon
from unet_studio.gui.preference_table import PREFERENCES
from unet_studio.gui.retheming import wear_now
from unet_studio.gui.studio import Studio
from unet_studio.gui.theme import DARK, LIGHT, dress, theme_of
from unet_studio.image.window import Window
from unet_studio.project.settings import Settings


@pytest.fixture
def dialog(studio: Studio) -> PreferencesDialog:
    studio.window.actions_by_id["preferences"].trigger()
    return studio.window.findChild(PreferencesDialog)


def test_every_preference_shows_its_default_and_can_be_given_back(dialog: PreferencesDialog, studio: Studio) -> None:
    for preference in PREFERENCES:
        shown = dialog.findChild(QLabel, f"{preference.name}Default").text()
        assert shown == f"Default: {preference.spoken(getattr(Settings(), preference.name))}"
        assert not dialog.findChild(QPushButton, f"{preference.name}Reset").isEnabled()


def test_a_switch_a_choice_a_share_and_a_length_apply_at_once(dialog: PreferencesDialog, studio: Studio) -> None:
    QTest.mouseClick(dialog.findChild(QCheckBox, "shows_outlines"), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert studio.window.actions_by_id["outlines"].isChecked()
    budget = dialog.findChild(QComboBox, "training_budget")
    QTest.keyClick(budget, Qt.Key.Key_Down)
    assert studio.preferences.settings.training_budget == "normal" and studio.networks._choice.budget == "normal"
    opacity = dialog.findChild(QSlider, "label_opacity")
    QTest.keyClick(opacity, Qt.Key.Key_Right)
    assert studio.preferences.settings.label_opacity == 0.5
    radius = dialog.findChild(QDoubleSpinBox, "brush_radius")
    radius.setFocus()
    radius.selectAll()
    QTest.keyClicks(radius, "7.5")
    QTest.keyClick(radius, Qt.Key.Key_Return)
    assert studio.workbench.palette.brush.radius == 7.5
    QTest.mouseClick(
        dialog.findChild(QCheckBox, "brush_follows_pressure"), Qt.MouseButton.LeftButton, pos=QPoint(8, 10)
    )
    assert not studio.workbench.palette.brush.follows_pressure


def test_one_or_all_go_back_to_the_default(dialog: PreferencesDialog, studio: Studio) -> None:
    studio.preferences.change(theme="light", label_opacity=0.9, device="cpu")
    QTest.mouseClick(dialog.findChild(QPushButton, "label_opacityReset"), Qt.MouseButton.LeftButton)
    settings = studio.preferences.settings
    assert (settings.label_opacity, settings.theme, settings.device) == (0.45, "light", "cpu")
    QTest.mouseClick(dialog.findChild(QPushButton, "resetPreferences"), Qt.MouseButton.LeftButton)
    assert all(getattr(studio.preferences.settings, p.name) == getattr(Settings(), p.name) for p in PREFERENCES)
    assert studio.preferences.settings.recent_projects


def test_letters_leave_only_what_they_are_about(dialog: PreferencesDialog) -> None:
    QTest.keyClicks(dialog.findChild(QLineEdit, "preferencesSearch"), "mouse")
    shown = [p.name for p in PREFERENCES if dialog.findChild(QLabel, f"{p.name}Default").isVisible()]
    assert "swaps_buttons" in shown and "theme" not in shown


def test_a_left_handed_window_has_the_labels_on_the_left(studio: Studio) -> None:
    window = studio.window
    before = window.labels.width()
    studio.preferences.change(is_mirrored=True)
    QApplication.processEvents()
    assert window.labels.mapTo(window, QPoint()).x() < window.canvas.mapTo(window, QPoint()).x()
    assert window.cases.mapTo(window, QPoint()).x() > window.canvas.mapTo(window, QPoint()).x()
    assert abs(window.labels.width() - before) <= 2
    studio.preferences.change(is_mirrored=False)
    QApplication.processEvents()
    assert window.cases.mapTo(window, QPoint()).x() == 0


def test_swapped_buttons_draw_with_the_right_one(studio: Studio, qtbot) -> None:
    studio.preferences.change(swaps_buttons=True)
    annotation = studio.workbench.annotation
    drag(studio.window.canvas, (20, 20), (20, 40), button=Qt.MouseButton.RightButton)
    assert annotation.counts[1] > 0
    drag(studio.window.canvas, (20, 20), (20, 40))
    assert annotation.counts[1] == 0
    saved(studio, qtbot)


def test_another_theme_is_seen_at_once(studio: Studio, qapp: QApplication) -> None:
    try:
        glyph = icon("brush", DARK.dim)
        wear_now(qapp, studio.window, LIGHT)
        studio.showing.show_again()
        inked = glyph.pixmap(32, 32).toImage()
        middle = [inked.pixelColor(x, y) for x in range(32) for y in range(32) if inked.pixelColor(x, y).alpha() == 255]
        assert middle and all(c.name() == LIGHT.dim for c in middle)
        assert studio.window.palette().window().color().name() == LIGHT.window
        assert LIGHT.selected in studio.window.labels.findChild(object, "label1").styleSheet()
    finally:
        dress(qapp, DARK)


def test_a_wish_for_no_theme_there_is_is_dark() -> None:
    assert theme_of("pink") is DARK and theme_of("light") is LIGHT and theme_of("system") in (DARK, LIGHT)


def test_a_project_remembers_window_and_brush(studio: Studio, qtbot) -> None:
    folder = studio.workbench.project.folder
    studio.workbench.viewport.set_window(Window(123.0, 45.0))
    studio.preferences.change(brush_radius=9.0)
    assert studio.workbench.close_project()
    studio.preferences.change(brush_radius=2.0)
    studio.workbench.open_project(folder)
    qtbot.waitUntil(lambda: studio.workbench.annotation is not None)
    assert studio.workbench.viewport.window == Window(123.0, 45.0)
    assert studio.workbench.palette.brush.radius == 9.0
    saved(studio, qtbot)


def test_where_the_brush_paints_is_a_matter_of_the_project(studio: Studio, qtbot) -> None:
    bench = studio.workbench
    left = replace(bench.palette.brush, tolerance=0.25, paint_over="background", protects_hidden=False)
    bench.palette.set_brush(left)
    saved(studio, qtbot)
    folder = bench.project.folder
    bench.close_project()
    bench.palette.set_brush(replace(left, tolerance=0.1, paint_over="everything", protects_hidden=True))
    bench.open_project(folder)
    qtbot.waitUntil(lambda: bench.annotation is not None)
    assert bench.palette.brush == left
