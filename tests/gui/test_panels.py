"""The panels beside the canvas: each alone, with real clicks."""

import math
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from unet_studio.gui.actions import COMMANDS
from unet_studio.gui.panels.cases import CasesPanel
from unet_studio.gui.panels.labels import LabelsPanel
from unet_studio.gui.panels.network import NetworkPanel, clock_text
from unet_studio.gui.panels.tool_options import ToolOptionsPanel
from unet_studio.gui.theme import DARK, GRID
from unet_studio.image.window import Window
from unet_studio.labels.label_map import LabelClass
from unet_studio.labels.likeness import Range
from unet_studio.project.films import films
from unet_studio.project.records import Case, CheckpointRecord, SliceState
from unet_studio.segmentation.card import CheckpointCard, Regression, Scores
from unet_studio.workbench.assistant import Curve, Work
from unet_studio.workbench.palette import Brush

BALL, SHELL = LabelClass(1, "Ball", (240, 106, 80)), LabelClass(2, "Shell", (64, 178, 240), is_locked=True)


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(280, 400)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def case(number: int, name: str, slices: int = 10) -> Case:
    return Case(number, name, f"{name}.nii", "", "f" * 64, (slices, 8, 8), 0)


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# ---- cases


@pytest.fixture
def cases(qtbot) -> CasesPanel:
    panel = shown(qtbot, CasesPanel(DARK))
    states = {
        1: dict.fromkeys(range(10), SliceState.REVIEWED),
        2: {0: SliceState.REVIEWED, 1: SliceState.EDITED, 2: SliceState.PREDICTED},
        3: {4: SliceState.PREDICTED},
    }
    panel.show_cases(films([case(1, "done"), case(2, "begun"), case(3, "proposed"), case(4, "new")]), states, 2)
    return panel


def test_each_case_says_how_far_it_is(cases):
    rows = cases.findChild(QListWidget)
    tips = [rows.item(i).toolTip() for i in range(rows.count())]
    assert tips == ["done\nreviewed", "begun\n1 of 10", "proposed\npredicted", "new\nuntouched"]
    assert rows.currentRow() == 1


def test_a_click_on_a_case_chooses_it(cases, qtbot):
    rows = cases.findChild(QListWidget)
    with qtbot.waitSignal(cases.chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(3)).center())
    assert chosen.args == [4]


def test_a_case_can_be_chosen_by_keyboard(cases, qtbot):
    rows = cases.findChild(QListWidget)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(cases.chosen) as chosen:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert chosen.args == [3]


def test_showing_cases_again_chooses_none(cases, qtbot):
    with qtbot.assertNotEmitted(cases.chosen):
        cases.show_cases(films([case(5, "other")]), {}, 5)
        cases.show_cases([], {}, None)
    assert cases.findChild(QListWidget).count() == 0


def test_a_long_name_is_cut_in_its_middle_and_whole_in_the_tip(cases):
    name = "a-very-long-name-" * 12
    cases.show_cases(films([case(9, name)]), {}, None)
    assert cases.grab().width() == cases.width()
    assert cases.findChild(QListWidget).item(0).toolTip().startswith(name)


# ---- labels


@pytest.fixture
def labels(qtbot) -> LabelsPanel:
    panel = shown(qtbot, LabelsPanel(DARK))
    panel.show_classes((BALL, SHELL), 1, is_editable=True)
    return panel


def row(labels, value):
    return labels.findChild(object, f"label{value}")


def test_a_click_on_a_label_takes_it_in_hand(labels, qtbot):
    with qtbot.waitSignal(labels.chosen) as chosen:
        QTest.mouseClick(row(labels, 2).findChild(QLineEdit), Qt.MouseButton.LeftButton)
    assert chosen.args == [2]


def test_a_double_click_renames_a_label(labels, qtbot):
    name = row(labels, 1).findChild(QLineEdit)
    QTest.mouseDClick(name, Qt.MouseButton.LeftButton)
    QTest.keyClicks(name, "Sphere")
    with qtbot.waitSignal(labels.changed) as changed:
        QTest.keyClick(name, Qt.Key.Key_Return)
    assert changed.args[0].name == "Sphere" and changed.args[0].value == 1
    assert name.isReadOnly()


def test_an_empty_name_is_not_taken(labels, qtbot):
    name = row(labels, 1).findChild(QLineEdit)
    QTest.mouseDClick(name, Qt.MouseButton.LeftButton)
    QTest.keyClick(name, Qt.Key.Key_Delete)
    with qtbot.assertNotEmitted(labels.changed):
        QTest.keyClick(name, Qt.Key.Key_Return)
    assert name.text() == "Ball"


def test_eye_and_lock_change_the_label(labels, qtbot):
    with qtbot.waitSignal(labels.changed) as changed:
        QTest.mouseClick(row(labels, 1).findChild(QToolButton, "eye"), Qt.MouseButton.LeftButton)
    assert not changed.args[0].is_visible
    with qtbot.waitSignal(labels.changed) as changed:
        QTest.mouseClick(row(labels, 2).findChild(QToolButton, "lock"), Qt.MouseButton.LeftButton)
    assert not changed.args[0].is_locked


def test_what_was_asked_for_shows_only_once_it_has_come_back(labels):
    eye = row(labels, 1).findChild(QToolButton, "eye")
    before = eye.icon().pixmap(18, 18).toImage()
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert eye.icon().pixmap(18, 18).toImage() == before


def test_sizes_stand_beside_the_names(labels):
    labels.show_sizes({1: "12.5 ml"})
    assert "12.5 ml" in texts(row(labels, 1)) and "ml" not in texts(row(labels, 2))


def test_a_new_label_is_asked_for_by_its_button(labels, qtbot):
    with qtbot.waitSignal(labels.new_asked):
        QTest.mouseClick(labels.findChild(QPushButton, "newLabel"), Qt.MouseButton.LeftButton)


def test_nothing_can_be_changed_in_a_project_to_look_at(labels):
    labels.show_classes((BALL, SHELL), 1, is_editable=False)
    assert not row(labels, 1).isEnabled() and not labels.findChild(QPushButton, "newLabel").isEnabled()


def test_removed_classes_leave_the_list(labels, qtbot):
    labels.show_classes((SHELL,), 2, is_editable=True)
    qtbot.waitUntil(lambda: row(labels, 1) is None)
    assert row(labels, 2) is not None


# ---- brush

IN_MM: dict[str, Any] = {"has_mm": True, "usual": Window(100.0, 200.0), "range_in_use": Range(100.0, 200.0)}


@pytest.fixture
def options(qtbot) -> ToolOptionsPanel:
    return shown(qtbot, ToolOptionsPanel())


def test_the_brush_is_shown_as_a_diameter_with_its_unit(options):
    options.show_brush(Brush(radius=4.0), **IN_MM)
    assert "8.0 mm" in texts(options)
    options.show_brush(Brush(radius=2.5), **(IN_MM | {"has_mm": False}))
    assert "5.0 px" in texts(options)


def test_the_slider_asks_for_a_radius_and_showing_one_does_not(options, qtbot):
    slider = options.findChild(QSlider, "brushSize")
    with qtbot.assertNotEmitted(options.radius_chosen):
        options.show_brush(Brush(radius=4.0), **IN_MM)
    before = slider.value()
    with qtbot.waitSignal(options.radius_chosen) as chosen:
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert chosen.args[0] > 4.0 and slider.value() == before + 1


def test_the_slider_reaches_both_ends(options, qtbot):
    slider = options.findChild(QSlider, "brushSize")
    options.show_brush(Brush(radius=4.0), **IN_MM)
    with qtbot.waitSignal(options.radius_chosen) as chosen:
        QTest.keyClick(slider, Qt.Key.Key_Home)
    assert chosen.args[0] == pytest.approx(0.25)
    with qtbot.waitSignal(options.radius_chosen) as chosen:
        QTest.keyClick(slider, Qt.Key.Key_End)
    assert chosen.args[0] == pytest.approx(50.0)


def test_what_to_paint_over_is_one_of_three_and_one_label_asks_which(options, qtbot):
    options.show_classes((BALL, SHELL))
    options.show_brush(Brush(), **IN_MM)
    assert options.findChild(QPushButton, "paintOver-everything").isChecked()
    over = options.findChild(QComboBox, "overLabel")
    assert not over.isVisible()
    with qtbot.waitSignal(options.brush_chosen) as chosen:
        QTest.mouseClick(options.findChild(QPushButton, "paintOver-label"), Qt.MouseButton.LeftButton)
    assert chosen.args[0].paint_over == "label"
    options.show_brush(Brush(paint_over="label", over_value=SHELL.value), **IN_MM)
    assert over.isVisible() and over.currentText() == SHELL.name


def test_each_tool_has_its_own_options(options):
    names = ("brushSize", "brushShape-sphere", "tolerance", "rangeLow", "paintOver-label")
    seen = {}
    for tool in ("brush", "adaptive", "threshold", "polygon", "window"):
        options.show_tool(tool)
        seen[tool] = [n for n in names if options.findChild(QWidget, n).isVisible()]
    assert seen["brush"] == ["brushSize", "brushShape-sphere", "paintOver-label"]
    assert seen["adaptive"] == ["brushSize", "brushShape-sphere", "tolerance", "paintOver-label"]
    assert seen["threshold"] == ["brushSize", "brushShape-sphere", "rangeLow", "paintOver-label"]
    assert seen["polygon"] == ["paintOver-label"] and seen["window"] == []


def test_what_is_for_a_pen_is_shown_where_there_is_one(options, monkeypatch):
    pressure = options.findChild(QWidget, "followsPressure")
    for has_pen in (False, True):
        monkeypatch.setattr("unet_studio.gui.panels.tool_options.has_pen", lambda has_pen=has_pen: has_pen)
        options.show_tool("brush")
        assert pressure.isVisible() is has_pen
        options.show_tool("polygon")
        assert not pressure.isVisible()


def test_each_tool_is_named_and_those_of_gestures_say_how(options):
    for tool in ("brush", "grow", "polygon", "ruler", "navigate"):
        options.show_tool(tool)
        command = next(c for c in COMMANDS if c.id == tool)
        how = options.findChild(QLabel, "toolHow")
        assert options.findChild(QLabel, "toolName").text() == command.text
        assert how.text() == command.tip and how.isHidden() == (tool == "brush")


def test_a_range_reaches_without_end_at_the_ends_of_its_sliders(options, qtbot):
    options.show_tool("threshold")
    options.show_brush(Brush(), **IN_MM)
    high = options.findChild(QSlider, "rangeHigh")
    with qtbot.waitSignal(options.brush_chosen) as chosen:
        QTest.keyClick(high, Qt.Key.Key_End)
    assert chosen.args[0].range == Range(100.0, math.inf)
    options.show_brush(chosen.args[0], **(IN_MM | {"range_in_use": chosen.args[0].range}))
    with qtbot.waitSignal(options.brush_chosen) as chosen:
        QTest.keyClick(options.findChild(QSlider, "rangeLow"), Qt.Key.Key_Left)
    assert 97 < chosen.args[0].range.low < 100


def test_opacity_is_shown_in_percent(options, qtbot):
    options.show_opacity(0.45)
    assert "45%" in texts(options)
    with qtbot.waitSignal(options.opacity_chosen) as chosen:
        QTest.keyClick(options.findChild(QSlider, "opacity"), Qt.Key.Key_Right)
    assert chosen.args[0] == pytest.approx(0.46)


# ---- network


def card(scores: Scores, before: Scores | None = None) -> CheckpointCard:
    return CheckpointCard(
        "Checkpoint 1", "standard", 1000, (BALL, SHELL), scores, before, {"1": (1, 2)}, {"1": (3,)}, None, 0, 10, 1.0,
        "2026-01-01T00:00:00+00:00", "0.1.0",
    )  # fmt: skip


def record(scores: Scores, before: Scores | None = None) -> CheckpointRecord:
    return CheckpointRecord(1, "Checkpoint 1", "1.safetensors", "0" * 64, card(scores, before), is_active=True)


@pytest.fixture
def network(qtbot) -> NetworkPanel:
    return shown(qtbot, NetworkPanel(DARK))


def test_without_a_checkpoint_the_panel_says_what_to_do(network):
    assert "No network yet" in texts(network) and "Retrain" in texts(network)
    assert not network.findChild(QPushButton, "allCheckpoints").isVisible()


def test_scores_come_with_the_number_of_slices_and_what_changed(network, qtbot):
    scores = Scores({1: 0.93, 2: 0.84}, slices=18, cases=2)
    network.show_checkpoint(record(scores, Scores({1: 0.91, 2: 0.9}, 18, 2)), (BALL, SHELL))
    qtbot.waitUntil(lambda: "Shell" in texts(network))
    text = texts(network)
    assert "held-out Dice, 2 cases, 18 slices" in text
    assert {"0.93", "+0.02", "0.84", "-0.06", "Ball", "Shell", "active"} <= set(text.split("\n"))


def test_one_slice_is_told_in_the_singular(network):
    network.show_checkpoint(record(Scores({1: 0.5}, 1, 1)), (BALL,))
    assert "held-out Dice, 1 case, 1 slice" in texts(network)


def test_too_few_held_out_slices_are_said_instead_of_a_number(network):
    network.show_checkpoint(record(Scores()), (BALL,))
    assert "Not enough held-out slices" in texts(network) and "0.0" not in texts(network)


def test_another_checkpoint_replaces_the_scores_of_the_one_before(network, qtbot):
    network.show_checkpoint(record(Scores({1: 0.11}, 1, 1)), (BALL,))
    network.show_checkpoint(record(Scores({1: 0.22}, 1, 1)), (BALL,))
    qtbot.waitUntil(lambda: "0.22" in texts(network))
    assert "0.11" not in texts(network)


def test_where_the_network_runs_stands_beside_the_heading_once_it_is_known(network):
    label = network.findChild(QLabel, "device")
    assert label.text() == ""
    network.show_device("CPU · bf16")
    assert "CPU · bf16" in label.text()
    network.show_device("")
    assert label.text() == ""


def test_a_card_of_a_long_name_makes_the_panel_no_wider(network):
    network.show_device("CPU · bf16")
    before = network.minimumSizeHint().width()
    name = "NVIDIA RTX 6000 Ada Generation Laptop GPU · bf16"
    network.show_device(name)
    assert network.minimumSizeHint().width() == before
    label = network.findChild(QLabel, "device")
    assert name in label.toolTip()
    picture = label.grab().toImage()
    dot = QColor(DARK.good).rgb()
    found = [x for y in range(picture.height()) for x in range(picture.width()) if picture.pixel(x, y) == dot]
    assert found, "the dot stands there however long the name is"
    assert max(found) < 30, "and before as much of the name as there is room for"


def test_a_training_shows_how_far_it_is_and_can_be_stopped(network, qtbot):
    network.show_training(Work("Learning", 0.25, 45.0))
    assert "Learning · 45 s left" in texts(network)
    assert network.findChild(QProgressBar).value() == 250
    with qtbot.waitSignal(network.stop_asked):
        QTest.mouseClick(network.findChild(QPushButton, "stopTraining"), Qt.MouseButton.LeftButton)
    network.show_training(None)
    assert not network.findChild(QProgressBar).isVisible()


def test_a_training_can_be_finished_once_it_may(network, qtbot):
    button = network.findChild(QPushButton, "finishTraining")
    network.show_training(Work("Preparing"))
    assert not button.isEnabled()
    network.show_training(Work("Learning", 0.25, 45.0), may_finish=True)
    with qtbot.waitSignal(network.finish_asked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_a_training_tells_wraps_and_makes_the_panel_no_wider_than_the_side_of_the_window(network):
    network.show_training(Work("Learning, as many words as ever a message may have " * 4, 0.25, 1799.0))
    box = network.findChild(QProgressBar).parentWidget()
    for part in (box, box.parentWidget(), network):
        part.layout().activate()  # from the inside outwards, as the next turns of the event loop would
    assert network.minimumSizeHint().width() <= 288 - 4 * GRID


def test_a_first_training_hides_how_to_begin_until_it_has_ended(network):
    network.show_training(Work("Learning", 0.25, 45.0))
    assert "click Retrain" not in texts(network) and "No network" not in texts(network)
    network.show_checkpoint(None, ())  # as at each change of the project
    assert "click Retrain" not in texts(network)
    network.show_training(None)
    assert "click Retrain" in texts(network) and "No network" in texts(network)
    network.show_checkpoint(record(Scores({1: 0.93}, slices=18, cases=2)), (BALL,))
    network.show_training(Work("Learning", 0.25, 45.0))
    assert "held-out Dice" in texts(network)


def test_curves_appear_with_the_first_loss_and_have_one_line_a_class(network):
    network.show_curve(Curve(), {})
    assert network.findChild(object, "curve") is None
    network.show_curve(Curve(((1.0, 2.0), (2.0, 1.0)), ((2.0, {1: 0.5, 2: 0.25}),)), {1: BALL.colour, 2: SHELL.colour})
    plot = network.findChild(object, "curve")
    assert plot.isVisible() and sorted(plot._dice) == [1, 2]
    assert list(plot._loss.getData()[1]) == [1.0, 0.5]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.4, "59 s"), (60, "1:00 min"), (125, "2:05 min"), (-3, "0 s")]
)
def test_time_left_is_told_as_people_read_it(seconds, text):
    assert clock_text(seconds) == text


def test_slices_that_got_worse_are_listed_and_one_click_away(network, qtbot):
    spoiled = (*(Regression("1", i, 0.9, 0.5) for i in range(6)), Regression("gone", 0, 0.9, 0.1))
    one = record(Scores({1: 0.9}, 3, 1))
    network.show_checkpoint(replace(one, card=replace(one.card, worse=spoiled)), (BALL,), {"1": "Liver 7"})
    qtbot.waitUntil(lambda: "Reviewed slices that got worse" in texts(network))
    rows = [b for b in network.findChildren(QPushButton) if b.objectName().startswith("worse-")]
    assert [b.accessibleName() for b in rows][:2] == ["0.90 → 0.50, slice 1, Liver 7", "0.90 → 0.50, slice 2, Liver 7"]
    assert len(rows) == 5
    with qtbot.waitSignal(network.slice_asked) as asked:
        QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert asked.args == [1, 1]
    network.show_checkpoint(one, (BALL,), {"1": "Liver 7"})
    qtbot.waitUntil(lambda: "Liver 7" not in texts(network))
