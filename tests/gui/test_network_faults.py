"""Training and prediction that go wrong under the user's hand: a sentence, the labels as they were, nobody left behind."""

import tempfile

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import saved
from tests.gui.test_loop import drag, press
from tests.project.making import card
from tests.workbench.children import child, training_children
from unet_studio.errors import OutOfMemory
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store


@pytest.fixture
def reviewed(studio, qtbot, tmp_path, monkeypatch):
    """Three slices drawn and reviewed, a checkpoint in use, and a folder of its own for jobs."""
    (tmp_path / "jobs").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "jobs"))
    for _ in range(3):
        drag(studio.window.canvas, (20, 20), (20, 40))
        press(studio, Qt.Key.Key_Return)
    file = tmp_path / "first.safetensors"
    file.write_bytes(b"weights")
    checkpoints = studio.workbench.project.checkpoints
    studio.workbench.project.saving.write(
        lambda store: store.add_checkpoint(file, card("First"), activate=True), lambda _: checkpoints._reload()
    )
    qtbot.waitUntil(lambda: checkpoints.active is not None)
    saved(studio, qtbot)
    return studio


def train(studio, folder, how: str) -> None:
    studio.workbench.assistant._command = child(folder, how)
    studio.window.actions_by_id["retrain"].trigger()


def known(studio):
    annotation = studio.workbench.annotation
    return annotation.label_map.voxels.copy(), dict(annotation.states), studio.workbench.project.checkpoints.records


def same(before, after) -> bool:
    return np.array_equal(before[0], after[0]) and before[1:] == after[1:]


@pytest.mark.parametrize(
    ("how", "words"), [("die", "for want of memory"), ("fail", "too little memory"), ("exit", "ended by itself")]
)
def test_a_training_that_dies_is_a_sentence_and_the_old_checkpoint_stays(reviewed, qtbot, tmp_path, how, words):
    before = known(reviewed)
    train(reviewed, tmp_path, how)
    qtbot.waitUntil(lambda: words in reviewed.window.notices.text)
    assert reviewed.workbench.assistant.training is None
    assert same(before, known(reviewed)) and training_children() == []
    assert list((tmp_path / "jobs").iterdir()) == []


def test_quitting_in_the_middle_of_a_training_leaves_nobody_and_loses_nothing(reviewed, qtbot, tmp_path):
    before, folder = known(reviewed), reviewed.workbench.project.folder
    train(reviewed, tmp_path, "hang")
    qtbot.waitUntil(lambda: bool(reviewed.workbench.assistant.curve.loss))
    assert training_children()
    drag(reviewed.window.canvas, (30, 20), (30, 40))
    drawn = reviewed.workbench.annotation.label_map.voxels.copy()
    assert reviewed.window.close()
    assert training_children() == [] and list((tmp_path / "jobs").iterdir()) == []
    with Store.open(folder) as store:
        assert [r.name for r in store.checkpoints()] == ["First"] and store.active_checkpoint() is not None
        assert np.array_equal(store.labels(store.cases()[0]), drawn)
        assert not np.array_equal(drawn, before[0])
        assert len(list((folder / "checkpoints").iterdir())) == 1


def test_retraining_on_a_scan_that_is_gone_names_it(reviewed, qtbot, scan, tmp_path):
    before = known(reviewed)
    scan.unlink()
    train(reviewed, tmp_path, "finish")
    qtbot.waitUntil(lambda: "ball.nii.gz" in reviewed.window.notices.text)
    assert same(before, known(reviewed)) and reviewed.workbench.assistant.training is None


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OutOfMemory("The graphics card's memory is not enough. Close other programs."), "graphics card"),
        (None, "First"),
    ],
    ids=["out of memory", "checkpoint damaged"],
)
def test_a_prediction_that_fails_is_a_sentence_and_changes_nothing(reviewed, qtbot, trouble, words):
    before, assistant = known(reviewed), reviewed.workbench.assistant
    ended: list[str] = []
    assistant.prediction_ended.connect(ended.append)
    if trouble is not None:

        def fails(*_):
            raise trouble

        assistant._open_segmenter = fails
    reviewed.window.actions_by_id["predict"].trigger()
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
    assert ended[0].endswith(".")
    assert trouble is None or words in ended[0]
    assert same(before, known(reviewed)) and reviewed.workbench.project.saving.error is None
    assert SliceState.REVIEWED in before[1].values()
