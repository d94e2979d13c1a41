"""Two opinions side by side, with real events."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from unet_studio.gui.dialogs.compare import CompareDialog
from unet_studio.project.records import Proposal
from unet_studio.project.settings import load_settings
from unet_studio.workbench.opinions import LABELS, PROPOSALS, Opinions


def block(top: int, bottom: int, value: int = 1) -> np.ndarray:
    labels = np.zeros((48, 64), np.uint8)
    labels[top:bottom, 20:40] = value
    return labels


@pytest.fixture
def dialog(studio, qtbot):
    annotation = studio.workbench.annotation
    annotation.propose([Proposal(i, block(10, 20), 0.5, None) for i in (5, 6)])
    annotation.replace_slice("Draw", 7, block(10, 20))
    QTest.keySequence(studio.window, "Ctrl+Shift+C")
    found = studio.window.findChild(CompareDialog)
    assert found is not None and found.isVisible()
    return found


def seen(side) -> np.ndarray:
    return side.viewport.view.slice_of(side._label_map.voxels, side.viewport.index)


def test_labels_and_proposals_are_shown_beside_each_other_and_how_far_they_agree(dialog, studio):
    left, right = dialog.sides
    assert (left.key, right.key) == (LABELS, PROPOSALS)
    left.viewport.go(6)
    assert right.viewport.index == 6
    assert not seen(left).any() and np.array_equal(seen(right), block(10, 20))
    assert dialog._agreement.text().startswith("Agreement on this slice (Dice): Ball 0.00 · 200 pixel")
    right.viewport.go(7)  # the proposal there was never made
    assert left.viewport.index == 7 and np.array_equal(seen(left), block(10, 20)) and not seen(right).any()
    assert "no proposal" in dialog._agreement.text()


def test_both_sides_go_zoom_and_are_windowed_together_and_nothing_can_be_drawn(dialog, studio):
    left, right = dialog.sides
    before = studio.workbench.annotation.label_map.voxels.copy()
    for delta, modifier in ((-120, Qt.KeyboardModifier.NoModifier), (120, Qt.KeyboardModifier.ControlModifier)):
        middle = QPointF(right.canvas.rect().center())
        event = QWheelEvent(
            middle, right.canvas.mapToGlobal(middle), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(right.canvas, event)
    assert left.viewport.index == right.viewport.index == 7
    assert left.canvas.zoom_text == right.canvas.zoom_text
    assert left.canvas.place_of((3, 3)) == right.canvas.place_of((3, 3))
    QTest.mousePress(left.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(left.canvas, QPoint(130, 120))
    QTest.mouseRelease(left.canvas, Qt.MouseButton.LeftButton, pos=QPoint(130, 120))
    assert left.canvas.place_of((3, 3)) == right.canvas.place_of((3, 3))
    assert np.array_equal(studio.workbench.annotation.label_map.voxels, before)


def test_a_correction_is_seen_beside_the_proposal_it_was_made_of(dialog, studio):
    left, right = dialog.sides
    left.viewport.go(6)
    studio.workbench.annotation.accept([6])
    studio.workbench.annotation.replace_slice("Correct", 6, block(12, 20))
    assert np.array_equal(seen(left), block(12, 20)) and np.array_equal(seen(right), block(10, 20))
    assert "Ball 0.89 · 40 pixel" in dialog._agreement.text()


def test_an_edit_in_the_window_is_seen_at_once(dialog, studio):
    left, _ = dialog.sides
    left.viewport.go(3)
    studio.workbench.annotation.replace_slice("Draw", 3, block(0, 9, 2))
    assert np.array_equal(seen(left), block(0, 9, 2))


def test_it_closes_with_its_case_and_leaves_nobody_listening(dialog, studio, qtbot):
    palette = studio.workbench.palette
    with qtbot.waitSignal(dialog.destroyed):
        studio.workbench.close_case()
    palette.choose(2)  # nobody that is gone hears of it
    palette.set_classes(palette.classes)


def click_way(dialog, way: str) -> None:
    QTest.mouseClick(dialog.findChild(QPushButton, f"compareWay-{way}"), Qt.MouseButton.LeftButton)


def painted(dialog) -> np.ndarray:
    """What is on the screen of both canvases, (row, column, channel)."""
    image = dialog.pair.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), :3].astype(int)


def test_the_divider_is_dragged_across_one_slice_that_both_show(dialog, studio):
    left, right = dialog.sides
    left.viewport.go(6)
    click_way(dialog, "swipe")
    pair, divider = dialog.pair, dialog.pair.divider
    assert left.canvas.size() == right.canvas.size() == pair.size() and divider.isVisible()
    alone = {}
    for share, name in ((0.0, "right"), (1.0, "left")):
        pair.move_to(share)
        alone[name] = painted(dialog)
    pair.move_to(0.5)
    for by in (90, -200):
        QTest.mousePress(divider, Qt.MouseButton.LeftButton, pos=divider.rect().center())
        QTest.mouseMove(divider, divider.rect().center() + QPoint(by, 0))
        QTest.mouseRelease(divider, Qt.MouseButton.LeftButton, pos=divider.rect().center())
    at = round(pair.share * pair.width())
    assert abs(at - (pair.width() / 2 - 110)) <= 2
    seen_now = painted(dialog)
    assert np.array_equal(seen_now[:, : at - 20], alone["left"][:, : at - 20])
    assert np.array_equal(seen_now[:, at + 20 :], alone["right"][:, at + 20 :])
    assert (alone["left"] != alone["right"]).any()


def test_what_is_written_over_the_right_one_is_there_as_soon_as_it_is_swiped(dialog, qtbot):
    canvas = dialog.sides[1].canvas
    qtbot.waitUntil(lambda: bool(canvas._inscription.covered))
    click_way(dialog, "swipe")
    qtbot.waitUntil(lambda: max(box.right() for box in canvas._inscription.covered) > 0.9 * dialog.pair.width())


def test_keys_move_the_divider_and_side_by_side_comes_back_as_it_was(dialog):
    before = painted(dialog)
    click_way(dialog, "swipe")
    divider, pair = dialog.pair.divider, dialog.pair
    divider.setFocus()
    QTest.keyClick(divider, Qt.Key.Key_Right)
    assert pair.share == pytest.approx(0.52)
    for _ in range(60):
        QTest.keyClick(divider, Qt.Key.Key_Left)
    assert pair.share == 0.0
    click_way(dialog, "beside")
    assert not divider.isVisible() and np.array_equal(painted(dialog), before)


def reopened(studio) -> CompareDialog:
    studio.window.actions_by_id["compare"].trigger()
    found = [one for one in studio.window.findChildren(CompareDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_it_opens_as_it_was_left_also_after_a_restart(dialog, studio):
    assert not dialog.pair.is_swiped
    click_way(dialog, "swipe")
    for side, key in zip(dialog.sides, (Qt.Key.Key_Down, Qt.Key.Key_Up), strict=True):
        side.choice.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(side.choice, key)
    dialog.close()
    again = reopened(studio)
    assert again.pair.is_swiped and again.findChild(QPushButton, "compareWay-swipe").isChecked()
    assert [side.key for side in again.sides] == [PROPOSALS, LABELS]
    kept = load_settings(studio.preferences._file)
    assert (kept.compare_way, kept.compare_left, kept.compare_right) == ("swipe", "proposals", "labels")
    click_way(again, "beside")
    again.close()
    assert not reopened(studio).pair.is_swiped


@pytest.mark.parametrize(
    ("left", "right", "seen"),
    [
        ("newest", "labels", ["1", LABELS]), ("earlier", "newest", [LABELS, "1"]), ("", "labels", [LABELS, "1"]),
        ("labels", "labels", [LABELS, "1"]),
    ],
)  # fmt: skip
def test_who_is_not_there_any_more_gives_way_to_the_usual_two(studio, monkeypatch, left, right, seen):
    from types import SimpleNamespace

    checkpoints = studio.workbench.project.checkpoints
    monkeypatch.setattr(checkpoints, "records", (SimpleNamespace(id=1, name="Checkpoint 1", file="one"),))
    monkeypatch.setattr(checkpoints, "path", lambda record: record.file)
    studio.preferences.change(compare_left=left, compare_right=right)
    opinions = Opinions(studio.workbench, studio.relay.post, lambda file, device: TwoNetworks(8))
    dialog = CompareDialog(
        studio.window, opinions, studio.window.canvas, studio.workbench.palette, preferences=studio.preferences
    )
    assert [side.key for side in dialog.sides] == seen
    dialog.done(0)


class TwoNetworks:
    """Answers with as many rows as its file's name says."""

    def __init__(self, rows: int) -> None:
        self.rows, self.asked = rows, []

    def predict(self, volume, slices, *, probabilities=False):
        from unet_studio.segmentation.segmenter import Prediction

        for index in slices:
            self.asked.append(index)
            yield Prediction(index, block(0, self.rows), 0.1)


def test_checkpoints_are_asked_about_the_slice_on_the_screen_once(studio, qtbot, monkeypatch):
    from types import SimpleNamespace

    networks = {"one": TwoNetworks(8), "two": TwoNetworks(16)}
    records = tuple(SimpleNamespace(id=n, name=f"Checkpoint {n}", file=f) for n, f in ((1, "one"), (2, "two")))
    checkpoints = studio.workbench.project.checkpoints
    monkeypatch.setattr(checkpoints, "records", records)
    monkeypatch.setattr(checkpoints, "path", lambda record: record.file)
    opinions = Opinions(studio.workbench, studio.relay.post, lambda file, device: networks[file])
    dialog = CompareDialog(
        studio.window, opinions, studio.window.canvas, studio.workbench.palette, preferences=studio.preferences
    )
    dialog.show()
    left, right = dialog.sides
    assert (left.choice.currentText(), right.choice.currentText()) == ("Checkpoint 1", "Checkpoint 2")
    assert "asked" in dialog._agreement.text()
    qtbot.waitUntil(lambda: "Ball 0.67 · 160 pixel" in dialog._agreement.text())
    assert np.array_equal(seen(left), block(0, 8)) and np.array_equal(seen(right), block(0, 16))
    left.viewport.step(1)
    qtbot.waitUntil(lambda: "asked" not in dialog._agreement.text())
    left.viewport.step(-1)
    assert networks["one"].asked == networks["two"].asked == [6, 7]
    monkeypatch.undo()
    dialog.close()
