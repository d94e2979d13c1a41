"""The whole loop without a window: open, predict, correct, review, retrain, close."""

import json
import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from tests.workbench.children import child, training_children
from tests.workbench.making import CLASSES, ONE, E, P, R, U, add_case, ball_of, card_of, new_store, write_scan
from unet_studio.errors import ProjectError
from unet_studio.image.plane import Plane
from unet_studio.labels.scores import dice
from unet_studio.progress import Progress
from unet_studio.project.store import Store
from unet_studio.segmentation.card import Scores
from unet_studio.segmentation.segmenter import Prediction
from unet_studio.workbench import training as training_module
from unet_studio.workbench.jobs import Job
from unet_studio.workbench.retraining import RetrainChoice, retrain
from unet_studio.workbench.training import COMMAND, Trained
from unet_studio.workbench.workbench import Workbench


class Ones:
    """Proposes class 1 everywhere, and notes who was asked for what."""

    name, device, label_classes = "Ones", "CPU · fp32", (ONE,)
    asked: list

    def __init__(self, file) -> None:
        self.file, self.asked = file, []

    def predict(self, volume, slices, *, probabilities=False):
        for index in slices:
            self.asked.append(index)
            yield Prediction(index, np.ones(volume.geometry.shape[1:], np.uint8), index / 10)


class Room:
    def __init__(self, disk, mailbox, *, open_segmenter=None, command=("false",)) -> None:
        self.disk, self.mailbox, self.opened = disk, mailbox, []
        self.bench = Workbench(open_segmenter=open_segmenter or self._open, post=mailbox.post, training_command=command)
        self.told, self.cases, self.projects, self.ended, self.failed = [], [], [], [], []
        self.bench.told.connect(self.told.append)
        self.bench.damaged.connect(lambda _, sentence: self.told.append(sentence))
        self.bench.case_changed.connect(
            lambda: self.cases.append(self.bench.annotation.case.name if self.bench.annotation else None)
        )
        self.bench.project_changed.connect(
            lambda: self.projects.append(self.bench.project.name if self.bench.project else None)
        )
        self.bench.assistant.prediction_ended.connect(self.ended.append)
        self.bench.assistant.training_failed.connect(self.failed.append)

    def _open(self, file, device):
        self.opened.append(Ones(file))
        return self.opened[-1]

    @property
    def annotation(self):
        return self.bench.annotation

    @property
    def project(self):
        return self.bench.project

    def make(self, name="Balls", classes=CLASSES):
        self.bench.new_project(self.disk / f"{name}.unetstudio", name, classes)
        self.mailbox.wait_for(lambda: self.project is not None and self.project.name == name)

    def add(self, *paths):
        many = len(self.project.worklist.cases) + len(paths)
        self.bench.find_sources(paths)
        self.mailbox.wait_for(
            lambda: (
                len(self.project.worklist.cases) == many
                and self.annotation is not None
                and self.annotation.case == self.project.worklist.cases[many - len(paths)]
            )
        )

    def open(self, name="Balls", **how):
        self.bench.open_project(self.disk / f"{name}.unetstudio", **how)
        self.mailbox.wait_for(lambda: self.project is not None and self.project.name == name)

    def paint(self, index=2, point=(5, 5), view=None, erase=False):
        begun = self.annotation.begin_stroke(view or self.annotation.view, index, point, erase=erase)
        self.annotation.end_stroke()
        return begun

    def predict(self):
        ended = len(self.ended)
        self.bench.predict()
        self.mailbox.wait_for(lambda: len(self.ended) > ended)

    def saved(self):
        self.mailbox.wait_for(lambda: self.project.saving.pending == 0)

    def checkpoint(self, name="Net", **card):
        folder = self.disk / f"job-{name}"
        folder.mkdir()
        (folder / "checkpoint.safetensors").write_bytes(b"weights")
        count = len(self.project.checkpoints.records)
        self.project.checkpoints.add(Trained(folder / "checkpoint.safetensors", card_of(name=name, **card)))
        self.mailbox.wait_for(lambda: len(self.project.checkpoints.records) > count)


@pytest.fixture
def make_room(disk, mailbox):
    rooms = []

    def make(**how):
        rooms.append(Room(disk, mailbox, **how))
        return rooms[-1]

    yield make
    for room in rooms:
        room.bench.close()


@pytest.fixture
def room(make_room, disk):
    """A new project with one scan on the screen."""
    room = make_room()
    room.make()
    room.add(write_scan(disk / "first.nii.gz"))
    return room


# ---- projects


def test_a_new_project_has_a_label_to_begin_with(make_room):
    room = make_room()
    room.bench.new_project(room.disk / "New.unetstudio", "New")
    room.mailbox.wait_for(lambda: room.project)
    assert [c.name for c in room.bench.palette.classes] == ["Structure"]
    assert room.bench.palette.current is not None
    assert not room.project.is_read_only
    assert room.projects == ["New"]


def test_what_was_drawn_is_there_again_with_its_undo_its_classes_and_its_place(room, disk):
    room.add(write_scan(disk / "second.nii.gz", seed=1))
    assert room.annotation.case.name == "second"
    room.paint()
    labels = room.annotation.label_map.voxels.copy()
    room.bench.palette.add_class("Extra")
    assert room.bench.close_project()
    assert (room.project, room.annotation, room.bench.viewport.volume) == (None, None, None)
    assert room.bench.palette.classes == ()
    room.open()
    room.mailbox.wait_for(lambda: room.annotation)
    assert room.annotation.case.name == "second"
    assert np.array_equal(room.annotation.label_map.voxels, labels)
    assert room.annotation.state(2) is E
    assert [c.name for c in room.bench.palette.classes] == ["One", "Two", "Stone", "Extra"]
    room.annotation.undo()
    assert not room.annotation.label_map.voxels.any()


def test_the_case_on_the_screen_is_remembered_at_once_not_at_closing(room):
    room.saved()
    with Store.open(room.project.folder, read_only=True) as looker:
        assert looker.remembered("case") == str(room.annotation.case.id)


def test_a_stroke_still_in_hand_is_kept_when_the_program_closes(room):
    room.annotation.begin_stroke(room.annotation.view, 3, (5, 5), erase=False)
    assert room.bench.close()
    with Store.open(room.disk / "Balls.unetstudio") as store:
        assert store.labels(store.cases()[0])[3].any()


def test_a_stroke_in_hand_belongs_to_its_own_case_when_another_opens(room, disk):
    first = room.annotation
    second_path = write_scan(disk / "second.nii.gz", seed=1)
    first.begin_stroke(first.view, 3, (5, 5), erase=False)
    room.add(second_path)
    room.mailbox.wait_for(lambda: room.annotation is not first)
    first.extend_stroke((6, 9))
    first.end_stroke()
    room.saved()
    with Store.open(room.project.folder, read_only=True) as looker:
        drawn = [looker.labels(case).any() for case in looker.cases()]
    assert drawn == [True, False]


def test_a_damaged_project_is_told_in_one_sentence_and_the_open_one_stays(room, disk):
    broken = disk / "Broken.unetstudio"
    broken.mkdir()
    (broken / "project.sqlite").write_bytes(b"SQLite format 3\x00" + b"rubbish" * 400)
    annotation = room.annotation
    room.bench.open_project(broken)
    room.mailbox.wait_for(lambda: room.told)
    room.bench.open_project(disk / "missing.unetstudio")
    room.mailbox.wait_for(lambda: len(room.told) == 2)
    assert all("unetstudio" in sentence for sentence in room.told)
    assert room.annotation is annotation
    assert room.projects == ["Balls"]
    assert room.paint()


def test_a_project_whose_rows_are_damaged_is_told_and_freed(room, disk):
    new_store(disk, "Bent").close()
    database = sqlite3.connect(disk / "Bent.unetstudio" / "project.sqlite")
    with database:
        database.execute("INSERT INTO cases (name, path, absolute_path, choice, fingerprint, z, y, x, axis, added) "
                         "VALUES ('a', 'a', 'a', '', '', 1, 1, 1, 0, '')")  # fmt: skip
        database.execute("INSERT INTO states (case_id, slice, state) VALUES (1, 0, 'confused')")
    database.close()
    room.bench.open_project(disk / "Bent.unetstudio")
    room.mailbox.wait_for(lambda: room.told)
    assert "Bent" in room.told[0]
    Store.open(disk / "Bent.unetstudio").close()  # nobody holds it
    assert room.project.name == "Balls"


def test_opening_the_open_project_again_changes_nothing(room):
    before = room.project
    room.bench.open_project(room.project.folder)
    room.add(write_scan(room.disk / "second.nii.gz", seed=1))
    assert room.project is before
    assert room.told == []


def test_of_a_project_somebody_else_has_open_the_window_hears_and_it_may_be_looked_at(room, disk):
    locked = []
    room.bench.locked.connect(lambda folder, sentence: locked.append((folder, sentence)))
    with new_store(disk, "Theirs"):
        room.bench.open_project(disk / "Theirs.unetstudio")
        room.mailbox.wait_for(lambda: locked)
        folder, sentence = locked[0]
        assert "open for writing" in sentence
        assert room.project.name == "Balls"
        room.bench.open_project(folder, read_only=True)
        room.mailbox.wait_for(lambda: room.project and room.project.name == "Theirs")
        assert room.project.is_read_only


def test_another_project_takes_the_place_of_the_open_one_and_hears_nothing_of_it(room, disk):
    old, old_annotation = room.project, room.annotation
    room.paint()
    room.make("Other")
    assert (room.projects, room.annotation) == (["Balls", None, "Other"], None)
    cases = len(room.cases)
    old.worklist.open(old_annotation.case)
    old.worklist.add([])
    room.add(write_scan(disk / "other.nii.gz", seed=3))
    assert room.cases[cases:] == ["other"]
    Store.open(old.folder).close()
    assert old.saving.pending == 0


def test_while_something_cannot_be_saved_no_other_project_takes_its_place(room, monkeypatch):
    real = room.project.saving.store.record

    def full(*_):
        raise ProjectError("The disk is full. Free some space.")

    room.project.saving.store.record = full
    room.paint()
    room.mailbox.wait_for(lambda: room.project.saving.error)
    room.bench.new_project(room.disk / "Other.unetstudio", "Other")
    room.mailbox.wait_for(lambda: room.told)
    assert "The disk is full." in room.told[0]
    assert room.project.name == "Balls"
    room.project.saving.store.record = real
    room.project.saving.retry()
    room.saved()
    assert room.bench.close_project()
    Store.open(room.disk / "Other.unetstudio").close()


def test_closing_says_when_something_could_not_be_saved(room):
    def full(*_):
        raise ProjectError("The disk is full. Free some space.")

    room.project.saving.store.record = full
    room.paint()
    assert not room.bench.close()


def test_a_project_that_was_opened_as_the_program_closed_is_freed(make_room, disk):
    new_store(disk).close()
    room = make_room()
    room.bench.open_project(disk / "Balls.unetstudio")
    assert room.bench.opening.close(cancel=False)
    assert room.bench.close()
    Store.open(disk / "Balls.unetstudio").close()


def test_a_project_to_look_at_only_is_shown_and_nothing_is_written(make_room, disk):
    with new_store(disk) as store:
        case, _ = add_case(store, write_scan(disk / "first.nii.gz"))
    before = (disk / "Balls.unetstudio" / "project.sqlite").read_bytes()
    room = make_room()
    room.open(read_only=True)
    room.mailbox.wait_for(lambda: room.annotation)
    assert room.project.is_read_only
    assert not room.paint()
    room.bench.review()
    room.bench.palette.change_class(replace(ONE, name="Renamed"))
    room.predict()
    room.project.worklist.rename(case, "Other")
    room.project.worklist.remove(case)
    retrain(room.project, room.bench.assistant, RetrainChoice(), CLASSES, room.told.append)
    assert room.project.saving.pending == 0
    assert room.annotation.case == case
    assert any("look only" in sentence for sentence in room.told)
    assert room.bench.close()
    assert (disk / "Balls.unetstudio" / "project.sqlite").read_bytes() == before


# ---- scans and cases


def test_a_drop_of_good_and_bad_files_adds_the_good_and_tells_of_the_bad(room, disk):
    (disk / "notes.txt").write_text("no scan")
    room.add(write_scan(disk / "second.nii.gz", seed=1))
    room.bench.find_sources([disk / "notes.txt"])
    room.mailbox.wait_for(lambda: room.told)
    assert "notes.txt" in room.told[0]
    assert [c.name for c in room.project.worklist.cases] == ["first", "second"]


@pytest.mark.parametrize(("is_stack", "names"), [(True, ["first", "pictures"]), (False, ["first", "0", "1", "2"])])
def test_a_folder_of_pictures_is_asked_about(room, disk, is_stack, names):
    from PIL import Image

    (disk / "pictures").mkdir()
    for n in range(3):
        Image.fromarray(np.full((8, 9), n * 20, np.uint8)).save(disk / "pictures" / f"{n}.png")
    asked = []
    room.bench.stack_asked.connect(lambda count, answer: asked.append((count, answer)))
    room.bench.find_sources([disk / "pictures"])
    room.mailbox.wait_for(lambda: asked)
    assert asked[0][0] == 3
    asked[0][1](is_stack)
    room.mailbox.wait_for(lambda: len(room.project.worklist.cases) == len(names) and not room.project.worklist.opening)
    assert [c.name for c in room.project.worklist.cases] == names


def test_a_renamed_case_is_called_so_everywhere_and_a_removed_one_leaves_the_screen(room):
    case = room.annotation.case
    room.project.worklist.rename(case, "Renamed")
    room.mailbox.wait_for(lambda: room.annotation.case.name == "Renamed")
    room.paint()
    room.project.worklist.remove(case)
    assert room.annotation is None
    room.saved()
    assert room.project.saving.error is None


def test_closing_a_case_leaves_the_project_open(room):
    room.bench.close_case()
    assert (room.annotation, room.bench.viewport.volume) == (None, None)
    room.bench.predict()
    room.bench.review()
    room.bench.go_next()
    assert room.bench.suggestion() is None
    assert room.project is not None


# ---- the loop


def test_before_any_checkpoint_a_brightness_threshold_proposes_and_says_so(room):
    room.predict()
    assert "no trained network yet" in room.told[0]
    assert set(room.annotation.states.values()) == {P}
    truth = ball_of(room.bench.viewport.volume)
    assert dice(room.annotation.proposal(2).labels == 1, truth[2] == 1) > 0.9
    room.saved()
    with Store.open(room.project.folder, read_only=True) as looker:
        assert len(looker.proposals(room.annotation.case.id)) == 6


def test_without_a_label_there_is_nothing_to_propose(room):
    room.bench.palette.set_classes(())
    room.bench.predict()
    assert "Add a label first" in room.told[0]


def test_the_active_checkpoint_proposes_for_open_slices_only_and_is_named_in_the_proposal(room):
    room.checkpoint()
    room.paint(index=1)
    room.annotation.review(4)
    room.bench.viewport.go(3)
    room.predict()
    assert room.opened[0].asked == [3, 2, 5, 0]
    assert room.annotation.states == {0: P, 1: E, 2: P, 3: P, 4: R, 5: P}
    assert room.annotation.proposal(0).checkpoint_id == room.project.checkpoints.active.id
    assert room.project.worklist.states[room.annotation.case.id][0] is P
    room.annotation.accept(range(6))
    room.bench.predict()
    assert "Every slice is edited or reviewed" in room.told[0]


def test_after_a_promotion_only_slices_that_had_proposals_are_predicted_again(room):
    room.checkpoint("one")
    room.annotation.propose([])
    room.predict()
    for index in (0, 1, 2):
        room.annotation.review(index)
    ended = len(room.ended)
    room.checkpoint("two", scores=Scores({1: 0.9}, 1, 1), before=Scores({1: 0.8}, 1, 1))
    room.mailbox.wait_for(lambda: len(room.ended) > ended)
    new = room.opened[1]
    assert new.file == room.project.checkpoints.path(room.project.checkpoints.active)
    assert sorted(new.asked) == [3, 4, 5]
    assert room.annotation.proposal(4).checkpoint_id == room.project.checkpoints.active.id
    assert room.annotation.proposal(0) is None


def test_a_checkpoint_that_is_not_promoted_predicts_nothing_until_the_user_says_so(room):
    room.checkpoint("one")
    room.predict()
    room.checkpoint("two", scores=Scores({1: 0.1}, 1, 1), before=Scores({1: 0.8}, 1, 1))
    assert len(room.opened) == 1
    assert room.bench.assistant.predicting is None
    room.project.checkpoints.activate(room.project.checkpoints.records[1])
    room.mailbox.wait_for(lambda: len(room.ended) == 2)
    assert len(room.opened) == 2


def test_where_no_proposal_is_shown_a_promotion_predicts_nothing(room):
    room.checkpoint("one")
    assert room.opened == []
    assert room.bench.assistant.predicting is None


def test_reviewing_goes_to_the_next_slice_worth_it_until_all_are_done(room):
    room.checkpoint()
    room.predict()
    for index in range(6):
        room.bench.viewport.go(index)
        room.bench.review()
    assert set(room.annotation.states.values()) == {R}
    assert room.told == ["Every slice of this case is reviewed."]


def test_reviewing_jumps_to_the_least_sure_slice(room):
    room.checkpoint()
    room.predict()
    room.bench.viewport.go(0)
    room.bench.review()
    assert room.bench.viewport.index == 5
    assert "most to correct" in room.bench.suggestion().reason


def test_in_another_plane_nothing_is_reviewed_and_it_is_said(room):
    room.bench.viewport.turn(Plane.SAGITTAL)
    room.bench.review()
    assert "axial plane" in room.told[0]
    assert all(state is U for state in room.annotation.states.values())
    room.bench.go_next()
    assert room.bench.viewport.is_working_plane


def test_an_answer_for_the_case_before_never_reaches_this_one(make_room, disk, mailbox):
    import threading

    gate, begun = threading.Event(), threading.Event()

    class Slow(Ones):
        def predict(self, volume, slices, *, probabilities=False):
            for answer in super().predict(volume, slices):
                begun.set()
                assert gate.wait(20)
                yield answer

    room = make_room(open_segmenter=lambda file, _: Slow(file))
    room.make()
    room.add(write_scan(disk / "first.nii.gz"))
    room.add(write_scan(disk / "second.nii.gz", seed=1))
    first, _ = room.project.worklist.cases
    room.checkpoint()
    room.bench.predict()
    mailbox.wait_for(begun.is_set)
    room.project.worklist.open(first)
    mailbox.wait_for(lambda: room.annotation.case.id == first.id)
    gate.set()
    done = []
    room.bench.assistant._prediction_lane.submit(
        Job("idle", lambda: iter([Progress()]), done=done.append, failed=done.append)
    )
    mailbox.wait_for(lambda: done)
    assert room.annotation.proposals == {}
    assert room.bench.assistant.predicting is None


# ---- retraining


@pytest.fixture
def jobs(disk, monkeypatch):
    folder = disk / "jobs"
    folder.mkdir()
    monkeypatch.setattr(training_module.tempfile, "tempdir", str(folder))
    return folder


def reviewed_ball(room, indices):
    truth = ball_of(room.bench.viewport.volume)
    for index in indices:
        room.annotation.replace_slice("Draw", index, np.ascontiguousarray(room.annotation.view.slice_of(truth, index)))
        room.annotation.review(index)


def test_a_retraining_becomes_the_active_checkpoint_and_its_folder_is_gone(make_room, disk, jobs, mailbox):
    room = make_room(command=child(disk, "finish", card_of(name="Checkpoint 1", trained_on={"1": (1, 2)})))
    room.make()
    room.add(write_scan(disk / "first.nii.gz"))
    reviewed_ball(room, (1, 2, 3))
    retrain(room.project, room.bench.assistant, RetrainChoice(), CLASSES, room.told.append)
    mailbox.wait_for(lambda: room.project.checkpoints.active)
    assert room.project.checkpoints.path(room.project.checkpoints.active).read_bytes() == b"weights"
    assert list(jobs.iterdir()) == []
    assert room.told == []


def test_closing_the_project_in_the_middle_of_a_training_ends_it(make_room, disk, jobs, mailbox):
    room = make_room(command=child(disk, "hang"))
    room.make()
    room.add(write_scan(disk / "first.nii.gz"))
    reviewed_ball(room, (1, 2, 3))
    retrain(room.project, room.bench.assistant, RetrainChoice(), CLASSES, room.told.append)
    mailbox.wait_for(lambda: room.bench.assistant.curve.loss)
    assert room.bench.close()
    mailbox.drain()
    assert list(jobs.iterdir()) == []
    assert training_children() == []
    with Store.open(disk / "Balls.unetstudio") as store:
        assert store.checkpoints() == ()
        assert json.loads(store.remembered("trained") or "{}") == {}


@pytest.mark.slow
def test_the_real_child_learns_a_ball_and_then_predicts_it(make_room, disk, jobs, mailbox, monkeypatch):
    from unet_studio.unet.segmenter import open_segmenter
    from unet_studio.workbench import retraining

    def few_steps(**options):
        return retraining_options(**(options | {"budget_s": None, "steps": 4, "device": "cpu"}))

    retraining_options = retraining.TrainingOptions
    monkeypatch.setattr(retraining, "TrainingOptions", few_steps)
    room = make_room(command=COMMAND, open_segmenter=open_segmenter)
    room.make(classes=(ONE,))
    room.add(write_scan(disk / "first.nii.gz", shape=(8, 32, 32)))
    reviewed_ball(room, (1, 2, 4, 5, 6))
    for number in (1, 2):  # the second from scratch too, but measured against the first
        choice = RetrainChoice(architecture="light", from_scratch=True)
        retrain(room.project, room.bench.assistant, choice, (ONE,), room.told.append)
        mailbox.wait_for(lambda n=number: len(room.project.checkpoints.records) == n or room.failed or room.told, 120)
        assert (room.failed, room.told) == ([], [])
    first, second = (record.card for record in room.project.checkpoints.records)
    assert first.before is None
    assert second.before.mean == pytest.approx(first.scores.mean, rel=0.1)  # scored anew, in another process
    card = room.project.checkpoints.records[0].card
    learned, held = set(card.trained_on["1"]), set(card.held_out["1"])
    assert learned | held == {1, 2, 4, 5, 6}
    assert not learned & held
    assert held
    assert room.bench.assistant.curve.loss
    if room.project.checkpoints.active is None:
        room.project.checkpoints.activate(room.project.checkpoints.records[0])
        mailbox.wait_for(lambda: room.project.checkpoints.active)
    room.predict()
    assert room.ended[-1] == ""
    assert {i for i, s in room.annotation.states.items() if s is P} == {0, 3, 7}
    assert list(jobs.glob("unet-studio-job-*")) == []
