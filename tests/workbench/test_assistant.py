"""Predicting and training side by side, and which answer is stale."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.workbench.children import child, training_children
from tests.workbench.making import ONE, add_case, ball_of, card_of, new_store, write_scan
from unet_studio.errors import CheckpointError, OutOfMemory, TrainingError
from unet_studio.image.volume import Geometry, Volume
from unet_studio.segmentation.segmenter import Prediction, TrainingOptions
from unet_studio.segmentation.threshold import OtsuSegmenter
from unet_studio.workbench import training as training_module
from unet_studio.workbench.assistant import Assistant, Curve, PredictionRequest
from unet_studio.workbench.training import Material, discard

VOLUME = Volume(np.zeros((9, 4, 4), np.int16), Geometry((9, 4, 4)))
OPTIONS = TrainingOptions((ONE,), steps=4)
FILE = Path("net.safetensors")


class StepSegmenter:
    """Answers one slice for each permission; ``uncertainty`` of an answer is ``mark``."""

    name, device, label_classes = "Steps", "CPU · fp32", (ONE,)

    def __init__(self, mark: float = 0.0, *, error: Exception | None = None) -> None:
        self.may_answer = threading.Semaphore(0)
        self.mark, self.error = mark, error
        self.asked: list[int] = []

    def predict(self, volume, slices, *, probabilities=False):
        for index in slices:
            self.asked.append(index)
            assert self.may_answer.acquire(timeout=20)
            if self.error is not None:
                raise self.error
            yield Prediction(index, np.zeros((4, 4), np.uint8), self.mark)

    def answer(self, n: int = 1) -> None:
        for _ in range(n):
            self.may_answer.release()


class Room:
    """An assistant with all that it told; ``segmenters`` are handed out in order."""

    def __init__(self, mailbox, *segmenters, command=("false",)) -> None:
        self.mailbox, self.now, self.opened = mailbox, 0.0, []
        self.segmenters = list(segmenters)
        self.assistant = Assistant(self._open, mailbox.post, clock=lambda: self.now, command=command)
        self.predicted, self.ended, self.trained, self.failed, self.changes = [], [], [], [], []
        self.assistant.predicted.connect(self.predicted.append)
        self.assistant.prediction_ended.connect(self.ended.append)
        self.assistant.trained.connect(self.trained.append)
        self.assistant.training_failed.connect(self.failed.append)
        self.assistant.changed.connect(
            lambda: self.changes.append((self.assistant.predicting, self.assistant.training))
        )

    def _open(self, file, device):
        self.opened.append((file, device))
        segmenter = self.segmenters[min(len(self.opened), len(self.segmenters)) - 1]
        if isinstance(segmenter, Exception):
            raise segmenter
        return segmenter

    def request(self, focus=4, slices=range(9), file=FILE):
        self.assistant.predict(PredictionRequest(VOLUME, slices, focus, file))

    @property
    def indices(self):
        return [p.index for p in self.predicted]


@pytest.fixture
def make(mailbox):
    rooms = []

    def room(*segmenters, **more):
        rooms.append(Room(mailbox, *segmenters, **more))
        return rooms[-1]

    yield room
    for r in rooms:
        for segmenter in r.segmenters:
            if isinstance(segmenter, StepSegmenter):
                segmenter.answer(100)
        r.assistant.close()


# ---- predicting


def test_the_slice_on_the_screen_comes_first_then_outward_and_the_device_is_named(make, mailbox):
    segmenter = StepSegmenter()
    room = make(segmenter)
    room.request()
    assert room.assistant.predicting is not None
    segmenter.answer(9)
    mailbox.wait_for(lambda: room.ended)
    assert room.indices == [4, 3, 5, 2, 6, 1, 7, 0, 8]
    assert (room.ended, room.assistant.predicting) == ([""], None)
    assert room.assistant.device_text == "CPU · fp32"


def test_looking_at_another_slice_re_orders_what_is_left(make, mailbox):
    segmenter = StepSegmenter()
    room = make(segmenter)
    room.request(focus=0)
    mailbox.wait_for(lambda: segmenter.asked == [0])
    room.assistant.look_at(8)
    segmenter.answer(9)
    mailbox.wait_for(lambda: room.ended)
    assert room.indices == [0, 8, 7, 6, 5, 4, 3, 2, 1]


def test_the_time_left_is_told_by_the_pace_of_the_answers(make, mailbox):
    segmenter = StepSegmenter()
    room = make(segmenter)
    room.request()
    for _ in range(3):
        told = len(room.predicted)
        segmenter.answer()
        mailbox.wait_for(lambda told=told: len(room.predicted) > told)
        room.now += 2.0
    segmenter.answer()
    mailbox.wait_for(lambda: len(room.predicted) == 4 and room.assistant.predicting.fraction > 4 / 9 - 0.01)
    assert room.assistant.predicting.seconds_left == pytest.approx(10.0)


def test_after_stopping_no_answer_is_told(make, mailbox):
    segmenter = StepSegmenter()
    room = make(segmenter)
    room.request()
    segmenter.answer()
    mailbox.wait_for(lambda: room.predicted)
    room.assistant.stop_predicting()
    assert room.assistant.predicting is None
    segmenter.answer(9)
    room.assistant.close()
    mailbox.drain()
    assert room.indices == [4]
    assert room.ended == []


def test_answers_of_a_replaced_request_are_never_told(make, mailbox):
    old, new = StepSegmenter(0.25), StepSegmenter(0.75)
    room = make(old, new)
    room.request()
    mailbox.wait_for(lambda: old.asked)
    room.request(file=Path("other.safetensors"), slices=[1, 2])
    old.answer(9)
    new.answer(9)
    mailbox.wait_for(lambda: room.ended)
    assert {p.uncertainty for p in room.predicted} == {0.75}
    assert sorted(room.indices) == [1, 2]
    assert room.ended == [""]


@pytest.mark.parametrize(
    "error", [OutOfMemory("Not even one slice fits."), TrainingError("Colours were not trained on.")]
)
def test_a_segmenter_that_fails_ends_with_its_sentence(make, mailbox, error):
    segmenter = StepSegmenter(error=error)
    room = make(segmenter)
    room.request()
    segmenter.answer()
    mailbox.wait_for(lambda: room.ended)
    assert room.ended == [str(error)]
    assert room.assistant.predicting is None


def test_a_checkpoint_that_cannot_be_opened_ends_with_its_sentence_and_the_next_may(make, mailbox):
    segmenter = StepSegmenter()
    room = make(CheckpointError("The checkpoint is damaged. Go back to another."), segmenter)
    room.request()
    mailbox.wait_for(lambda: room.ended)
    assert "damaged" in room.ended[0]
    segmenter.answer(9)
    room.request()
    mailbox.wait_for(lambda: len(room.ended) == 2)
    assert room.ended[1] == ""


def test_a_bug_ends_the_prediction_and_rises(make, mailbox):
    segmenter = StepSegmenter(error=KeyError("mine"))
    room = make(segmenter)
    room.request()
    segmenter.answer()
    with pytest.raises(KeyError):
        mailbox.wait_for(lambda: room.ended == ["never"])
    assert "fault in the program" in room.ended[0]
    assert room.assistant.predicting is None


def test_a_network_is_opened_once_and_again_for_another_device(make, mailbox):
    segmenter = StepSegmenter()
    room = make(segmenter)
    segmenter.answer(100)
    for n in range(1, 4):
        room.assistant.device = "auto" if n < 3 else "cpu"
        room.request()
        mailbox.wait_for(lambda n=n: len(room.ended) == n)
    assert room.opened == [(FILE, "auto"), (FILE, "cpu")]


def test_without_a_checkpoint_the_fallback_answers(make, mailbox):
    room = make()
    voxels = np.zeros((3, 4, 4), np.int16)
    voxels[:, 1:3, 1:3] = 100
    volume = Volume(voxels, Geometry((3, 4, 4)))
    room.assistant.predict(PredictionRequest(volume, range(3), 1, None, OtsuSegmenter(ONE)))
    mailbox.wait_for(lambda: room.ended)
    assert room.indices == [1, 0, 2]
    assert (room.predicted[0].labels == (voxels[0] > 0)).all()


def test_warming_up_runs_in_the_lane_and_its_bug_rises(make, mailbox):
    room, where = make(), []
    room.assistant.warm_up(lambda: where.append(threading.current_thread().name))
    room.assistant.warm_up(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mailbox.wait_for(lambda: False, timeout=20)
    assert where == ["predicting"]


# ---- training


@pytest.fixture
def jobs(disk, monkeypatch):
    folder = disk / "jobs"
    folder.mkdir()
    monkeypatch.setattr(training_module.tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def material(disk):
    with new_store(disk) as store:
        case, volume = add_case(store, write_scan(disk / "scan.nii.gz"))
    labels = ball_of(volume)
    return Material(case, disk / "scan.nii.gz", {i: labels[i] for i in (1, 3)}, frozenset({3}))


def left_behind(jobs):
    return [*jobs.iterdir(), *training_children()]


def test_a_training_tells_its_curve_and_then_its_checkpoint(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "finish", card_of(name="Fresh")))
    room.assistant.train([material], OPTIONS)
    assert room.assistant.training.message == "Preparing"
    mailbox.wait_for(lambda: room.trained)
    assert room.assistant.training is None
    assert room.assistant.curve == Curve(((1.0, 1.0), (2.0, 0.5)), ((2.0, {1: 0.5}),))
    fractions = [work.fraction for _, work in room.changes if work is not None]
    assert fractions[-2:] == [0.25, 0.5]
    assert room.trained[0].card.name == "Fresh"
    room.assistant.close()
    assert room.trained[0].file.exists()  # it belongs to whoever was told
    discard(room.trained[0])
    assert left_behind(jobs) == []


@pytest.mark.parametrize("mode", ["fail", "die"])
def test_a_training_that_fails_is_told_once_and_another_may_begin(make, mailbox, disk, jobs, material, mode):
    room = make(command=child(disk, mode))
    for n in (1, 2):
        room.assistant.train([material], OPTIONS)
        mailbox.wait_for(lambda n=n: len(room.failed) == n)
    assert isinstance(room.failed[0], TrainingError)
    assert room.trained == []
    assert left_behind(jobs) == []


def test_a_training_may_be_finished_once_it_has_learned_something(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "obey", card_of()))
    assert not room.assistant.may_finish
    room.assistant.finish_training()  # nothing goes on: nothing happens
    room.assistant.train([material], OPTIONS)
    assert not room.assistant.may_finish
    mailbox.wait_for(lambda: room.assistant.may_finish)
    room.assistant.finish_training()
    assert room.assistant.training.message == "Finishing"
    assert not room.assistant.may_finish
    mailbox.wait_for(lambda: room.trained)
    assert room.trained[0].file.read_bytes() == b"weights"
    discard(room.trained[0])
    assert left_behind(jobs) == []


def test_the_next_training_is_not_finished_with_the_one_before(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "obey", card_of()))
    room.assistant.train([material], OPTIONS)
    mailbox.wait_for(lambda: room.assistant.may_finish)
    room.assistant.finish_training()
    mailbox.wait_for(lambda: room.trained)
    room.assistant.train([material], OPTIONS)
    mailbox.wait_for(lambda: room.assistant.may_finish)
    room.assistant.stop_training()
    assert len(room.trained) == 1
    discard(room.trained[0])
    room.assistant.close()
    assert left_behind(jobs) == []


def test_a_child_that_ends_before_it_hears_that_it_is_enough_is_no_fault(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "exit"))
    room.assistant.train([material], OPTIONS)
    room.assistant._enough.set()
    mailbox.wait_for(lambda: room.failed)
    assert isinstance(room.failed[0], TrainingError)


def test_stopping_kills_the_child_and_tells_nothing_more(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "hang"))
    room.assistant.train([material], OPTIONS)
    mailbox.wait_for(lambda: room.assistant.curve.loss)
    room.assistant.stop_training()
    assert room.assistant.training is None
    room.assistant.close()
    mailbox.drain()
    assert (room.trained, room.failed) == ([], [])
    assert left_behind(jobs) == []


def test_quitting_in_the_middle_leaves_no_process_and_no_folder(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "hang"))
    room.assistant.train([material], OPTIONS)
    mailbox.wait_for(lambda: room.assistant.curve.loss)
    room.assistant.close()
    assert left_behind(jobs) == []


def test_a_result_that_was_on_its_way_when_the_training_was_stopped_is_thrown_away(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "finish", card_of()))
    room.assistant.train([material], OPTIONS)
    assert room.assistant._training_lane.close(cancel=False)  # its end waits in the mailbox now
    assert room.assistant._unclaimed
    room.assistant.stop_training()
    room.assistant.close()
    mailbox.drain()
    assert room.trained == []
    assert left_behind(jobs) == []


def test_a_stopped_training_does_not_hinder_the_next(make, mailbox, disk, jobs, material):
    room = make(command=child(disk, "hang"))
    room.assistant.train([material], OPTIONS)
    mailbox.wait_for(lambda: room.assistant.curve.loss)
    room.assistant.stop_training()
    room.assistant._command = child(disk, "finish", card_of())
    room.assistant.train([material], replace(OPTIONS, name="second"))
    mailbox.wait_for(lambda: room.trained)
    discard(room.trained[0])
    assert left_behind(jobs) == []


def test_a_fault_of_ours_in_the_training_is_told_and_rises(make, mailbox, jobs, material, monkeypatch):
    room = make()
    monkeypatch.setattr(training_module, "write_job", lambda *_: 1 / 0)
    room.assistant.train([material], OPTIONS)
    with pytest.raises(ZeroDivisionError):
        mailbox.wait_for(lambda: False)
    assert "fault in the program" in str(room.failed[0])
    assert room.assistant.training is None
    assert left_behind(jobs) == []
