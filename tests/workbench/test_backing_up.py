"""When an open project is copied."""

import pytest

from tests.project.making import paint, touched
from tests.workbench.making import add_case, new_store, write_scan
from unet_studio.errors import ProjectError
from unet_studio.project.backups import backups
from unet_studio.project.store import Store
from unet_studio.workbench import backing_up
from unet_studio.workbench import saving as saving_module
from unet_studio.workbench.backing_up import EVERY_S, SOON_S, BackingUp
from unet_studio.workbench.saving import Saving


class Room:
    """A project with a case, its saving lane, and a clock that the test sets."""

    def __init__(self, disk, mailbox) -> None:
        self.store = new_store(disk)
        self.case, _ = add_case(self.store, write_scan(disk / "scan.nii.gz"))
        self.labels = self.store.labels(self.case)
        self.mailbox, self.now_s, self.strokes = mailbox, 0.0, 0
        self.saving = Saving(self.store, mailbox.post)
        self.backing_up = BackingUp(self.saving, lambda: self.now_s)

    def stroke(self) -> None:
        change = paint(self.labels, (self.strokes % 6, 0, 0), (1, 2, 2), 1)
        slices = touched(change, self.labels, 0)
        self.saving.write(lambda store: store.record(self.case.id, change, slices))
        self.strokes += 1

    def rest(self) -> None:
        """Waits until everything asked for is done."""
        self.mailbox.wait_for(lambda: not self.saving.pending)
        self.mailbox.wait_for(lambda: not self.backing_up._is_running)

    @property
    def kept(self) -> list[int]:
        return [b.strokes for b in backups(self.store.folder)]


@pytest.fixture
def room(disk, mailbox):
    room = Room(disk, mailbox)
    yield room
    room.saving.close()


def test_the_first_quiet_moment_makes_one_and_the_next_comes_with_time(room):
    for _ in range(3):
        room.stroke()
        room.rest()
    assert room.kept == [1]
    room.now_s = EVERY_S - 1
    room.stroke()
    room.rest()
    assert room.kept == [1]
    room.now_s = EVERY_S
    room.stroke()
    room.rest()
    assert room.kept == [5, 1]


def test_closing_makes_a_last_one_if_something_changed(room):
    room.stroke()
    room.rest()
    room.stroke()
    assert room.saving.close()
    assert room.kept == [2, 1]


def test_closing_what_did_not_change_makes_none(disk, mailbox, room):
    room.stroke()
    room.saving.close()
    saving = Saving(Store.open(room.store.folder), mailbox.post)
    assert saving.close() and room.kept == [1]


def test_strokes_go_first_and_the_copy_is_tried_again_soon(room, monkeypatch):
    tries, real = [], room.store.back_up

    def with_a_stroke_behind_it(gives_way):
        if not tries:
            room.saving.attempt(lambda _: None, done=lambda _: None, failed=lambda _: None)
        tries.append(gives_way())
        return real(gives_way)

    monkeypatch.setattr(room.store, "back_up", with_a_stroke_behind_it)
    room.stroke()
    room.rest()
    assert tries == [True] and room.kept == []
    room.now_s = SOON_S
    room.stroke()
    room.rest()
    assert tries == [True, False] and room.kept == [2]


def test_a_copy_that_fails_is_no_loss_and_closing_says_so(room, monkeypatch, caplog):
    def full(_):
        raise ProjectError("No backup could be made: the disk is full.")

    monkeypatch.setattr(room.store, "back_up", full)
    room.stroke()
    room.rest()
    assert room.saving.error is None and "no backup" in caplog.text
    room.stroke()
    assert room.saving.close()


def test_closing_does_not_wait_long_for_it(room, monkeypatch):
    room.now_s = -1.0  # nothing is due
    room.stroke()
    room.mailbox.wait_for(lambda: not room.saving.pending)
    monkeypatch.setattr(saving_module, "LAST_BACKUP_S", -1.0)
    assert room.saving.close() and room.kept == []


def test_a_project_to_look_at_is_not_copied(disk, mailbox, room):
    room.stroke()
    room.rest()
    looking = Saving(Store.open(room.store.folder, read_only=True), mailbox.post)
    BackingUp(looking, lambda: 0.0)
    looking.back_up(lambda **_: pytest.fail("nothing is to be heard"))
    assert looking.close() and room.kept == [1]
    assert backing_up.SOON_S < EVERY_S
