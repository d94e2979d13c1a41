"""What is trained on and what is held out, through the life of a project."""

import pytest

from tests.workbench.making import ONE, R, add_case, card_of, new_store, write_scan
from unet_studio.project.store import Store
from unet_studio.segmentation.card import Scores
from unet_studio.workbench.checkpoints import Checkpoints
from unet_studio.workbench.jobs import Lane
from unet_studio.workbench.remembered import remembered
from unet_studio.workbench.retraining import BUDGET_S, RetrainChoice, new_reviews, retrain
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import Trained
from unet_studio.workbench.workbench import Project
from unet_studio.workbench.worklist import Worklist


class Asked:
    """An assistant that only notes what it was asked to train."""

    def __init__(self) -> None:
        self.training = None
        self.runs = []

    def train(self, materials, options):
        self.runs.append((materials, options))


class Room:
    def __init__(self, store: Store, mailbox) -> None:
        self.mailbox, self.saving = mailbox, Saving(store, mailbox.post)
        found = remembered(store)
        self.lane = Lane("cases", mailbox.post)
        worklist = Worklist(found.cases, found.states, self.saving, opening=self.lane, adding=self.lane)
        self.project = Project(
            "P", store.folder, store.is_read_only, self.saving, worklist, Checkpoints(found.checkpoints, self.saving)
        )
        self.assistant, self.told = Asked(), []

    def review(self, case, *indices):
        self.project.worklist.set_states(case, self.project.worklist.states[case.id] | dict.fromkeys(indices, R))

    def retrain(self, choice=RetrainChoice()):  # noqa: B008
        """The materials of the run, by case id."""
        before = len(self.assistant.runs) + len(self.told)
        retrain(self.project, self.assistant, choice, (ONE,), self.told.append)
        self.mailbox.wait_for(lambda: len(self.assistant.runs) + len(self.told) > before)
        materials, _ = self.assistant.runs[-1] if self.assistant.runs else ([], None)
        return {m.case.id: m for m in materials}

    def train_as_asked(self, folder, scores=Scores(), before=None):  # noqa: B008
        """A checkpoint that learned from all of the last run that was not held out."""
        materials, options = self.assistant.runs[-1]
        trained_on = {str(m.case.id): tuple(sorted(set(m.labels) - m.held_out)) for m in materials}
        held_out = {str(m.case.id): tuple(sorted(set(m.labels) & m.held_out)) for m in materials}
        (folder / options.name).mkdir()
        file = folder / options.name / "checkpoint.safetensors"
        file.write_bytes(b"weights")
        count = len(self.project.checkpoints.records)
        self.project.checkpoints.add(
            Trained(
                file, card_of(name=options.name, trained_on=trained_on, held_out=held_out, scores=scores, before=before)
            )
        )
        self.mailbox.wait_for(lambda: len(self.project.checkpoints.records) > count)

    def close(self):
        self.lane.close()
        self.saving.close()


@pytest.fixture
def room(disk, mailbox):
    store = new_store(disk)
    for n in range(3):
        add_case(store, write_scan(disk / f"case{n}.nii.gz", shape=(12, 10, 8), seed=n))
    room = Room(store, mailbox)
    yield room
    room.close()


def test_with_nothing_reviewed_the_user_is_told_what_to_do(room):
    assert room.retrain() == {}
    assert "Nothing is reviewed yet" in room.told[0]


def test_a_single_reviewed_slice_trains_from_scratch_in_the_time_that_was_chosen(room):
    case = room.project.worklist.cases[0]
    room.review(case, 4)
    materials = room.retrain(RetrainChoice(budget="normal", architecture="light", device="cpu"))
    assert set(materials[case.id].labels) == {4}
    assert materials[case.id].held_out == frozenset()
    options = room.assistant.runs[0][1]
    assert (options.budget_s, options.architecture, options.device) == (BUDGET_S["normal"], "light", "cpu")
    assert (options.start, options.rival, options.name) == (None, None, "Checkpoint 1")


def test_the_labels_that_train_are_the_saved_ones_as_copies(room):
    case = room.project.worklist.cases[0]
    room.review(case, 4)
    material = room.retrain()[case.id]
    assert material.labels[4].shape == (10, 8)
    assert material.labels[4].base is None
    assert material.path.name == "case0.nii.gz"


def test_retraining_goes_on_from_the_active_checkpoint_or_from_scratch_measured_against_it(room, disk):
    case = room.project.worklist.cases[0]
    room.review(case, 1, 5, 9)
    room.retrain()
    room.train_as_asked(disk)
    file = room.project.checkpoints.path(room.project.checkpoints.active)
    room.retrain()
    room.retrain(RetrainChoice(from_scratch=True))
    (_, first), (_, second) = room.assistant.runs[1:]
    assert (first.start, first.rival, first.name) == (file, file, "Checkpoint 2")
    assert (second.start, second.rival) == (None, file)


def test_the_held_out_set_never_shrinks_and_never_holds_a_slice_that_ever_trained(room, disk):
    first, second, _ = room.project.worklist.cases
    ever, before = {}, {}
    for case, indices in ((first, (1, 2, 3, 7, 8, 9)), (first, (0, 11)), (second, (4, 5)), (second, range(12))):
        room.review(case, *indices)
        materials = room.retrain()
        held = {i: m.held_out for i, m in materials.items()}
        for case_id, m in materials.items():
            assert before.get(case_id, frozenset()) <= held[case_id]
            assert not m.held_out & ever.get(case_id, frozenset())
            ever[case_id] = ever.get(case_id, frozenset()) | (set(m.labels) - m.held_out)
        assert any(set(m.labels) - m.held_out for m in materials.values())
        before = held
        room.train_as_asked(disk)
    assert any(before.values())


def test_what_a_deleted_checkpoint_learned_from_is_not_held_out_later(room, disk):
    case = room.project.worklist.cases[0]
    room.review(case, 3)
    room.retrain()
    room.train_as_asked(disk)
    room.review(case, 8)
    room.retrain()
    room.train_as_asked(disk)
    first = room.project.checkpoints.records[0]
    room.project.checkpoints.delete(first)
    room.mailbox.wait_for(lambda: len(room.project.checkpoints.records) == 1)
    room.review(case, 0, 11)
    assert 3 not in room.retrain()[case.id].held_out


def test_where_all_is_held_out_the_user_is_asked_for_one_more(room):
    case = room.project.worklist.cases[0]
    room.saving.write(lambda store: store.set_held_out({case.id: frozenset(range(12))}))
    room.review(case, 1, 2)
    assert room.retrain() == {}
    assert "Review one more" in room.told[0]


def test_new_reviews_are_those_the_active_checkpoint_does_not_know(room, disk):
    case = room.project.worklist.cases[0]
    assert new_reviews(room.project) == 0
    room.review(case, 1, 5, 9)
    assert new_reviews(room.project) == 3
    room.retrain()
    room.train_as_asked(disk)
    assert new_reviews(room.project) == 0
    room.review(case, 2)
    room.review(room.project.worklist.cases[1], 2)
    assert new_reviews(room.project) == 2


def test_a_second_click_while_the_slices_are_gathered_trains_once(room):
    room.review(room.project.worklist.cases[0], 4)
    room.assistant.train = lambda materials, options: setattr(room.assistant, "training", options)
    retrain(room.project, room.assistant, RetrainChoice(), (ONE,), room.told.append)
    retrain(room.project, room.assistant, RetrainChoice(), (ONE,), room.told.append)
    done = []
    room.saving.attempt(lambda store: 1, done=done.append, failed=done.append)
    room.mailbox.wait_for(lambda: done)
    assert room.told == []


def test_a_project_closed_meanwhile_trains_nothing(room):
    room.review(room.project.worklist.cases[0], 4)
    retrain(room.project, room.assistant, RetrainChoice(), (ONE,), room.told.append)
    room.saving.close()
    room.mailbox.drain()
    assert room.assistant.runs == []


def test_a_project_to_look_at_only_does_not_train(disk, mailbox):
    new_store(disk).close()
    room = Room(Store.open(disk / "Balls.unetstudio", read_only=True), mailbox)
    try:
        room.retrain()
        assert "look only" in room.told[0]
    finally:
        room.close()
