"""The saving lane: nothing is lost while the disk is in trouble, and the truth is told."""

import threading

import pytest

from tests.workbench.making import new_store
from unet_studio.errors import CheckpointError, ProjectError
from unet_studio.project.store import Store
from unet_studio.workbench import saving as saving_module
from unet_studio.workbench.saving import Saving


@pytest.fixture
def saving(disk, mailbox):
    saving = Saving(new_store(disk), mailbox.post)
    yield saving
    saving.close()


class Disk:
    """A write that fails while the disk is full."""

    def __init__(self) -> None:
        self.is_full = True
        self.tries = 0
        self.written: list[int] = []

    def write(self, n: int, store: Store) -> int:
        self.tries += 1
        if self.is_full:
            raise ProjectError("The disk is full.")
        self.written.append(n)
        return n


def test_a_write_is_pending_until_it_is_on_the_disk_and_then_is_told(saving, mailbox):
    heard = []
    saving.write(lambda store: store.remember("a", "1"), heard.append)
    assert (saving.pending, saving.error) == (1, None)
    mailbox.wait_for(lambda: saving.pending == 0)
    assert heard == [None]
    saving.attempt(lambda store: store.remembered("a"), done=heard.append, failed=heard.append)
    mailbox.wait_for(lambda: len(heard) == 2)
    assert heard[1] == "1"


def test_what_fails_is_tried_until_there_is_space_in_the_order_it_came_and_the_error_is_told_meanwhile(saving, mailbox):
    disk, heard, changes = Disk(), [], []
    saving.changed.connect(lambda: changes.append((saving.pending, saving.error)))
    for n in range(3):
        saving.write(lambda store, n=n: disk.write(n, store), heard.append)
    mailbox.wait_for(lambda: saving.error)
    assert (saving.pending, saving.error, disk.written) == (3, "The disk is full.", [])
    tries = disk.tries
    saving.retry()
    mailbox.wait_for(lambda: disk.tries > tries)
    disk.is_full = False
    saving.retry()
    mailbox.wait_for(lambda: saving.pending == 0)
    assert disk.written == heard == [0, 1, 2]
    assert saving.error is None
    assert changes[-1] == (0, None)


def test_it_retries_by_itself(saving, mailbox, monkeypatch):
    monkeypatch.setattr(saving_module, "RETRY_S", 0.01)
    disk = Disk()
    saving.write(lambda store: disk.write(1, store))
    mailbox.wait_for(lambda: disk.tries > 3)
    disk.is_full = False
    mailbox.wait_for(lambda: saving.pending == 0)
    assert disk.written == [1]


def test_a_read_waits_behind_the_writes(saving, mailbox):
    heard = []
    for n in range(50):
        saving.write(lambda store, n=n: store.remember("n", str(n)))
    saving.attempt(lambda store: store.remembered("n"), done=heard.append, failed=heard.append)
    mailbox.wait_for(lambda: heard)
    assert heard == ["49"]


def test_closing_flushes_and_frees_the_project(saving, disk):
    saving.write(lambda store: store.remember("last", "word"))
    assert saving.close()
    with Store.open(saving.store.folder) as store:
        assert store.remembered("last") == "word"


def test_closing_while_the_disk_is_full_tries_once_more_and_says_that_it_was_lost(saving, mailbox):
    disk = Disk()
    for n in range(3):
        saving.write(lambda store, n=n: disk.write(n, store))
    mailbox.wait_for(lambda: saving.error)
    assert not saving.close()
    assert disk.written == []
    mailbox.wait_for(lambda: saving.pending == 0)
    assert saving.error == "The disk is full."


def test_closing_as_the_space_comes_back_saves_everything(saving, mailbox):
    disk = Disk()
    for n in range(3):
        saving.write(lambda store, n=n: disk.write(n, store))
    mailbox.wait_for(lambda: saving.error)
    disk.is_full = False
    assert saving.close()
    assert disk.written == [0, 1, 2]


def test_after_a_loss_nothing_later_is_saved_that_would_not_fit_the_journal(saving, mailbox):
    disk = Disk()

    def fails_once_more(store):
        try:
            return disk.write(0, store)
        finally:
            disk.is_full = not saving._closing.is_set()

    saving.write(fails_once_more)
    saving.write(lambda store: disk.write(1, store))
    mailbox.wait_for(lambda: saving.error)
    assert not saving.close()
    assert disk.written == []


def test_nobody_hears_of_reads_and_results_once_it_is_closed(saving, mailbox):
    heard, may_go = [], threading.Event()
    saving.write(lambda store: may_go.wait(20), lambda _: heard.append("then"))
    saving.attempt(lambda store: 1, done=heard.append, failed=heard.append)
    saving.attempt(lambda store: 1 / 0, done=heard.append, failed=heard.append)
    may_go.set()
    saving.close()
    saving.write(lambda store: heard.append("late"))
    mailbox.wait_for(lambda: saving.pending == 0)
    mailbox.drain()
    assert heard == []


def test_what_the_project_refuses_is_told_once_and_does_not_block_what_comes_after(saving, mailbox):
    def refuses(store):
        raise CheckpointError("It is in use.")

    errors = []
    saving.changed.connect(lambda: errors.append(saving.error))
    saving.write(refuses)
    saving.write(lambda store: store.remember("a", "1"))
    mailbox.wait_for(lambda: saving.pending == 0)
    assert "It is in use." in errors
    assert saving.error is None
    assert saving.close()


def test_a_bug_rises_in_the_owners_thread_and_counts_as_a_loss(saving, mailbox):
    saving.write(lambda store: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mailbox.wait_for(lambda: saving.error)
    assert saving.pending == 0
    assert not saving.close()


def test_a_project_to_look_at_only_is_not_written(disk, mailbox):
    new_store(disk).close()
    saving = Saving(Store.open(disk / "Balls.unetstudio", read_only=True), mailbox.post)
    written, read = [], []
    saving.write(lambda store: written.append(store.remember("a", "1")))
    saving.attempt(lambda store: store.remembered("a"), done=read.append, failed=read.append)
    mailbox.wait_for(lambda: read)
    assert (saving.pending, written, read) == (0, [], [None])
    assert saving.close()
