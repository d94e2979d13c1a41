"""Which checkpoint predicts, and who decides."""

import pytest

from tests.workbench.making import card_of, new_store
from unet_studio.segmentation.card import Scores
from unet_studio.workbench.checkpoints import Checkpoints, score_text
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import Trained


class Shelf:
    def __init__(self, disk, mailbox) -> None:
        self.disk, self.mailbox = disk, mailbox
        self.saving = Saving(new_store(disk), mailbox.post)
        self.list = Checkpoints((), self.saving)
        self.told = []
        self.list.added.connect(lambda r, is_active: self.told.append(("added", r.name, is_active)))
        self.list.activated.connect(lambda r: self.told.append(("activated", r.name)))
        self.list.asked.connect(lambda r: self.told.append(("asked", r.name)))

    def add(self, name, after=None, before=None):
        folder = self.disk / f"job-{name}"
        folder.mkdir()
        (folder / "checkpoint.safetensors").write_bytes(name.encode())
        scores = Scores() if after is None else Scores({1: after}, 3, 1)
        rival = None if before is None else Scores({1: before}, 3, 1)
        told = len(self.told)
        self.list.add(Trained(folder / "checkpoint.safetensors", card_of(name=name, scores=scores, before=rival)))
        self.mailbox.wait_for(lambda: len(self.told) > told)
        assert not folder.exists()

    def record(self, name):
        return next(r for r in self.list.records if r.name == name)

    def settle(self):
        done = []
        self.mailbox.wait_for(lambda: self.saving.pending == 0)
        self.saving.attempt(lambda store: 1, done=done.append, failed=done.append)
        self.mailbox.wait_for(lambda: done)


@pytest.fixture
def shelf(disk, mailbox):
    shelf = Shelf(disk, mailbox)
    yield shelf
    shelf.saving.close()


def test_the_first_one_becomes_active_and_lies_in_the_project(shelf):
    assert (shelf.list.active, shelf.list.next_name()) == (None, "Checkpoint 1")
    shelf.add("first", after=0.5)
    assert shelf.told == [("added", "first", True), ("activated", "first")]
    assert shelf.list.path(shelf.list.active).read_bytes() == b"first"
    assert shelf.list.next_name() == "Checkpoint 2"


@pytest.mark.parametrize("after", [0.5, 0.6])
def test_one_that_is_not_worse_takes_the_place_of_the_active(shelf, after):
    shelf.add("old", after=0.5)
    shelf.add("new", after=after, before=0.5)
    assert shelf.list.active.name == "new"
    assert shelf.told[-1] == ("activated", "new")
    assert len(shelf.list.records) == 2


def test_one_that_is_worse_is_listed_and_the_user_is_asked(shelf):
    shelf.add("old", after=0.5)
    shelf.add("new", after=0.4, before=0.5)
    assert shelf.list.active.name == "old"
    assert shelf.told[2:] == [("added", "new", False), ("asked", "new")]
    shelf.list.activate(shelf.record("new"))
    shelf.mailbox.wait_for(lambda: shelf.told[-1] == ("activated", "new"))
    assert shelf.list.active.name == "new"


def test_where_nothing_was_held_out_the_new_one_is_taken(shelf):
    shelf.add("old")
    shelf.add("new", before=0.5)
    assert shelf.list.active.name == "new"


def test_when_it_is_told_of_the_list_is_already_the_new_one(shelf):
    seen = []
    shelf.list.added.connect(lambda r, _: seen.append(r in shelf.list.records))
    shelf.list.activated.connect(lambda r: seen.append(shelf.list.active == r))
    shelf.add("first")
    assert seen == [True, True]


def test_going_back_renaming_and_deleting(shelf):
    shelf.add("one")
    shelf.add("two")
    shelf.list.activate(shelf.record("one"))
    shelf.list.rename(shelf.record("one"), "The good one")
    shelf.settle()
    file = shelf.list.path(shelf.record("two"))
    shelf.list.delete(shelf.record("two"))
    shelf.settle()
    assert [(r.name, r.is_active) for r in shelf.list.records] == [("The good one", True)]
    assert not file.exists()
    with pytest.raises(AssertionError):
        shelf.list.delete(shelf.list.active)


def test_the_score_is_told_with_what_it_stands_on():
    assert score_text(card_of()) == "not enough held-out slices yet"
    assert score_text(card_of(scores=Scores({1: 0.814, 2: 0.9}, 1, 1))) == "held-out Dice 0.86 (1 slice)"
    assert score_text(card_of(scores=Scores({1: 0.5}, 9, 3))) == "held-out Dice 0.50 (9 slices of 3 cases)"
