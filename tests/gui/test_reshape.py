"""The bar of operations, by real clicks and keys: previewed, applied with Enter, dropped with Esc."""

import itertools
import re
import threading
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QProgressBar, QPushButton, QSpinBox

from tests.gui.canvas_making import shown
from tests.gui.conftest import SHAPE
from unet_studio.gui.change_preview import ADDED, REMOVED
from unet_studio.gui.studio import Studio
from unet_studio.labels import islands, regions
from unet_studio.workbench.reshaping import WITH_CLICK, Kind, reshaped

KINDS = get_args(Kind)


@pytest.fixture
def drawn(studio: Studio) -> Studio:
    """Two blocks with a hole in the larger one on slices 2 to 9, a block of the other label below."""
    flat = np.zeros(SHAPE[1:], np.uint8)
    flat[8:30, 8:30], flat[8:10, 40:44], flat[31:37, 8:30] = 1, 1, 2
    holed = flat.copy()
    holed[15:18, 15:18] = 0
    annotation = studio.workbench.annotation
    annotation.replace_slices("Drawn", {2: flat, 3: holed, 4: holed, 5: flat, 6: flat, 9: flat})
    return studio


def ready(studio: Studio, qtbot) -> None:
    qtbot.waitUntil(lambda: not studio.reshaping.is_working, timeout=10_000)


def begin(studio: Studio, qtbot, kind: str, *, whole: bool = False) -> np.ndarray:
    before = studio.workbench.annotation.label_map.voxels.copy()
    studio.window.actions_by_id[f"reshape_{kind}"].trigger()
    assert studio.window.reshape.isVisible()
    if whole and kind != "between":
        click(studio, "reshapeScope-volume")
    if kind in WITH_CLICK:
        point(studio, 9, 42)
    ready(studio, qtbot)
    return before


def point(studio: Studio, row: int, column: int) -> None:
    """Clicks on a pixel of the main view."""
    canvas = studio.window.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place_of((row, column)).toPoint())


def click(studio: Studio, name: str) -> None:
    QTest.mouseClick(studio.window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def dashes(studio: Studio) -> int:
    """How many pixels of the canvas have the colour of the preview's dashed line."""
    rgb = ADDED.red(), ADDED.green(), ADDED.blue()
    return int((shown(studio.window.canvas) == rgb).all(axis=2).sum())


@pytest.mark.parametrize("kind", KINDS)
def test_every_operation_is_seen_then_done_with_enter_and_undone_whole(drawn, qtbot, kind):
    drawn.workbench.viewport.go(4 if kind != "between" else 7)
    annotation = drawn.workbench.annotation
    for whole in (False, True) if kind != "between" else (True,):
        assert not dashes(drawn)
        before = begin(drawn, qtbot, kind, whole=whole)
        if kind == "small":
            drawn.window.findChild(QSpinBox, "reshapeLeast").setValue(60)
            ready(drawn, qtbot)
        assert (annotation.label_map.voxels == before).all() and dashes(drawn) > 10
        QTest.keyClick(drawn.window.findChild(QPushButton, "reshapeApply"), Qt.Key.Key_Return)
        assert not drawn.window.reshape.isVisible()
        after = annotation.label_map.voxels
        if kind == "between":
            assert annotation.proposal(7) is not None and annotation.proposal(8) is not None and (after == before).all()
            drawn.window.actions_by_id["undo"].trigger()
            assert annotation.proposal(7) is None and annotation.state(7) == "untouched"
            return
        changed = np.flatnonzero((after != before).any(axis=(1, 2)))
        assert len(changed) > 1 if whole else list(changed) == [4]
        drawn.window.actions_by_id["undo"].trigger()
        assert (annotation.label_map.voxels == before).all()


def test_escape_on_the_canvas_drops_it_and_enter_there_reviews_nothing(drawn, qtbot):
    before = begin(drawn, qtbot, "grow")
    drawn.window.canvas.setFocus()
    QTest.keyClick(drawn.window.canvas, Qt.Key.Key_Escape)
    assert not drawn.window.reshape.isVisible()
    assert (drawn.workbench.annotation.label_map.voxels == before).all()
    begin(drawn, qtbot, "grow")
    QTest.keyClick(drawn.window.canvas, Qt.Key.Key_Return)
    assert (drawn.workbench.annotation.label_map.voxels != before).any()
    assert "reviewed" not in drawn.workbench.annotation.states.values()


def test_enter_is_the_bars_wherever_the_focus_is_and_reviews_no_slice(drawn, qtbot):
    annotation, window = drawn.workbench.annotation, drawn.window
    drawn.workbench.viewport.go(4)
    for elsewhere in (window.reshape, window.cases, window.strip, window.findChild(QPushButton, "reshapeCancel")):
        before = begin(drawn, qtbot, "grow")
        assert QApplication.focusWidget() is window.reshape
        elsewhere.setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert not window.reshape.isVisible() and (annotation.label_map.voxels != before).any()
        assert "reviewed" not in annotation.states.values()
        window.actions_by_id["undo"].trigger()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert annotation.state(4) == "reviewed"


def test_filling_between_slices_is_for_the_gap_on_the_screen_or_for_all(drawn, qtbot):
    annotation = drawn.workbench.annotation
    flat = annotation.labels(9).copy()
    annotation.replace_slices("More", {11: flat})
    drawn.workbench.viewport.go(10)
    begin(drawn, qtbot, "between")
    assert not drawn.window.findChild(QPushButton, "reshapeScope-volume").isVisible()
    click(drawn, "reshapeApply")
    assert [i for i in range(SHAPE[0]) if annotation.proposal(i)] == [10]
    drawn.window.actions_by_id["undo"].trigger()
    begin(drawn, qtbot, "between")
    click(drawn, "reshapeGap-volume")
    ready(drawn, qtbot)
    click(drawn, "reshapeApply")
    assert [i for i in range(SHAPE[0]) if annotation.proposal(i)] == [7, 8, 10]


def test_another_margin_another_slice_and_another_operation_are_previewed_at_once(drawn, qtbot):
    begin(drawn, qtbot, "grow")
    summary = drawn.window.findChild(QLabel, "reshapeSummary")
    first = summary.text()
    field = drawn.window.findChild(QDoubleSpinBox, "reshapeAmount")
    field.selectAll()
    QTest.keyClicks(field, "5")
    ready(drawn, qtbot)
    assert summary.text() != first
    drawn.workbench.viewport.go(0)
    ready(drawn, qtbot)
    assert summary.text() == "Nothing would change."
    assert not drawn.window.findChild(QPushButton, "reshapeApply").isEnabled()
    drawn.workbench.viewport.go(4)
    box = drawn.window.findChild(QComboBox, "reshapeKind")
    QTest.keyClick(box, Qt.Key.Key_Home)
    ready(drawn, qtbot)
    assert drawn.window.reshape.kind == "largest" and summary.text() == "+0 −8 voxels"


def test_threshold_begins_with_otsus_range(drawn, qtbot):
    begin(drawn, qtbot, "threshold", whole=True)
    click(drawn, "reshapeApply")
    ball = drawn.workbench.viewport.volume.voxels > 200
    assert (drawn.workbench.annotation.label_map.voxels[ball] == 1).all()


def test_locked_labels_are_not_grown_over(drawn, qtbot):
    labels, palette = drawn.workbench.annotation.label_map.voxels, drawn.workbench.palette
    from dataclasses import replace

    palette.change_class(replace(palette.classes[1], is_locked=True))
    before = labels.copy()
    begin(drawn, qtbot, "grow", whole=True)
    field = drawn.window.findChild(QDoubleSpinBox, "reshapeAmount")
    field.selectAll()
    QTest.keyClicks(field, "8")
    ready(drawn, qtbot)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert ((labels == 2) == (before == 2)).all() and (labels == 1).sum() > (before == 1).sum()


def test_a_locked_island_says_why_nothing_would_change_until_it_is_unlocked(drawn, qtbot):
    from dataclasses import replace

    palette = drawn.workbench.palette
    palette.change_class(replace(palette.classes[0], is_locked=True))
    drawn.workbench.viewport.go(4)
    before = begin(drawn, qtbot, "drop_one")
    summary, apply = (
        drawn.window.findChild(kind, f"reshape{name}") for kind, name in ((QLabel, "Summary"), (QPushButton, "Apply"))
    )
    assert summary.text() == "“Ball” is locked, so nothing would change." and not apply.isEnabled()
    palette.change_class(replace(palette.classes[0], is_locked=False))
    ready(drawn, qtbot)
    QTest.keyClick(apply, Qt.Key.Key_Return)
    assert (before[4, 8:10, 40:44] == 1).all() and not drawn.workbench.annotation.labels(4)[8:10, 40:44].any()


@pytest.mark.parametrize("kind", ["largest", "small", "holes", "split", "keep_one", "grow", "between"])
def test_time_left_is_told_and_stopping_in_the_middle_leaves_labels_and_proposals(drawn, qtbot, monkeypatch, kind):
    gates, done = [threading.Event()], threading.Event()

    def held(subject, wish):
        gate = gates[-1]
        for report in reshaped(subject, wish):
            yield report
            if (report.fraction or 0.0) > 0.1:
                assert gate.wait(20)
        done.set()

    monkeypatch.setattr("unet_studio.gui.verbs.reshaping.reshaped", held)
    monkeypatch.setattr(islands, "_SLAB", 2)
    monkeypatch.setattr(regions, "_SLAB", 2)
    drawn.reshaping._reshaping._clock = itertools.count().__next__  # every look at the clock is a second later
    drawn.window.reshape._set_scope("volume")
    drawn.workbench.viewport.go(4)
    annotation, summary = drawn.workbench.annotation, drawn.window.findChild(QLabel, "reshapeSummary")
    before, actions = annotation.label_map.voxels.copy(), annotation.history.names()
    for stop in (lambda: QTest.keyClick(drawn.window.canvas, Qt.Key.Key_Escape), lambda: click(drawn, "reshapeCancel")):
        drawn.window.actions_by_id[f"reshape_{kind}"].trigger()
        if kind in WITH_CLICK:
            point(drawn, 9, 42)
        qtbot.waitUntil(lambda: summary.text().endswith(" left"), timeout=10_000)
        assert (
            re.search(r"\d+%, \d+ s left", summary.text())
            and not drawn.window.findChild(QPushButton, "reshapeApply").isEnabled()
        )
        assert drawn.window.findChild(QProgressBar, "reshapeProgress").value() > 10
        stop()
        assert not drawn.window.reshape.isVisible() and not drawn.reshaping.is_working
        gates[-1].set()
        gates.append(threading.Event())
    drawn.reshaping.close()  # the lane has come to its end
    QApplication.processEvents()
    assert (annotation.label_map.voxels == before).all() and annotation.history.names() == actions
    assert not any(annotation.proposal(index) for index in range(SHAPE[0])) and not done.is_set()


def test_drawing_while_the_bar_is_open_is_taken_into_the_preview(drawn, qtbot):
    begin(drawn, qtbot, "erase")
    annotation = drawn.workbench.annotation
    flat = np.zeros(SHAPE[1:], np.uint8)
    flat[0:4, 0:4] = 1
    drawn.workbench.viewport.go(0)
    annotation.replace_slices("More", {0: flat})
    ready(drawn, qtbot)
    click(drawn, "reshapeApply")
    assert not annotation.labels(0).any() and annotation.labels(4).any()


def test_the_figures_in_the_fields_can_be_read(drawn, qtbot):
    for kind in ("threshold", "grow", "small"):
        begin(drawn, qtbot, kind)
        boxes = [
            b
            for b in drawn.window.reshape.findChildren(QDoubleSpinBox) + drawn.window.reshape.findChildren(QSpinBox)
            if b.isVisible()
        ]
        assert boxes
        for box in boxes:
            text = box.lineEdit()
            assert text.width() >= text.fontMetrics().horizontalAdvance(text.text()) + 8, (
                kind,
                box.objectName(),
                text.text(),
            )


def test_the_island_that_is_clicked_is_the_one_whatever_label_and_tool_are_in_hand(drawn, qtbot):
    annotation, palette = drawn.workbench.annotation, drawn.workbench.palette
    drawn.workbench.viewport.go(4)
    palette.choose(2)
    before = begin(drawn, qtbot, "drop_one", whole=True)
    assert palette.value == 1 and (annotation.label_map.voxels == before).all()  # and no dab of the brush
    point(drawn, 0, 0)
    assert "no label" in drawn.window.notices.text
    QTest.keyClick(drawn.window.canvas, Qt.Key.Key_Return)
    gone = before.copy()
    gone[2:7, 8:10, 40:44] = 0  # slice 9 hangs together with none of these
    assert (annotation.label_map.voxels == gone).all()
    point(drawn, 2, 2)  # the brush draws again
    assert annotation.labels(4)[2, 2] == 1


def test_an_island_becomes_a_label_of_its_own(drawn, qtbot):
    drawn.workbench.viewport.go(4)
    begin(drawn, qtbot, "move_one")
    box = drawn.window.findChild(QComboBox, "reshapeOther")
    QTest.keyClick(box, Qt.Key.Key_End)
    ready(drawn, qtbot)
    assert box.currentText() == "New label"
    click(drawn, "reshapeApply")
    annotation, palette = drawn.workbench.annotation, drawn.workbench.palette
    assert (annotation.labels(4)[8:10, 40:44] == 3).all() and [c.value for c in palette.classes] == [1, 2, 3]


def test_escape_lets_the_brush_draw_again_and_changes_nothing(drawn, qtbot):
    before = begin(drawn, qtbot, "keep_one")
    shape = drawn.window.canvas.cursor().shape()
    QTest.keyClick(drawn.window.canvas, Qt.Key.Key_Escape)
    assert not drawn.window.reshape.isVisible() and shape is Qt.CursorShape.CrossCursor
    assert (drawn.workbench.annotation.label_map.voxels == before).all()
    assert drawn.window.canvas.cursor().shape() is not Qt.CursorShape.CrossCursor


def test_the_preview_is_seen_in_every_view_and_an_island_is_clicked_in_any(drawn, qtbot):
    drawn.window.actions_by_id["three"].trigger()
    drawn.workbench.viewport.go(4)
    begin(drawn, qtbot, "drop_one", whole=True)
    side = next(c for c in drawn.window.views.canvases if c.viewport.view.axis == 2)
    drawn.window.views.crosshair.go((4, 9, 20))
    index, row, column = side.viewport.view.pixel_of(SHAPE, (4, 9, 20))
    assert side.viewport.index == index
    QTest.mouseClick(side, Qt.MouseButton.LeftButton, pos=side.place_of((row, column)).toPoint())
    ready(drawn, qtbot)
    rgb = REMOVED.red(), REMOVED.green(), REMOVED.blue()
    for canvas in drawn.window.views.canvases:
        red = np.abs(shown(canvas).astype(int) - rgb).sum(axis=2)
        assert (red < 250).sum() > 20, canvas.objectName()
    QTest.keyClick(side, Qt.Key.Key_Return)
    assert not (drawn.workbench.annotation.label_map.voxels[2:7, 8:30, 8:30] == 1).any()
    assert (drawn.workbench.annotation.label_map.voxels[2:7, 8:10, 40:44] == 1).all()
