import errno
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.project.making import card, new_case, new_project
from unet_studio.errors import CheckpointError, ProjectError
from unet_studio.project import disk as disks
from unet_studio.project.records import Proposal
from unet_studio.project.store import Store


def trained(folder: Path, content: bytes = b"weights") -> Path:
    file = folder / "result.safetensors"
    file.write_bytes(content)
    return file


def test_a_finished_checkpoint_moves_in_under_a_new_name(disk: Path) -> None:
    with new_project(disk) as store:
        first = store.add_checkpoint(trained(disk, b"one"), card("A"), activate=True)
        second = store.add_checkpoint(trained(disk, b"two"), card("B"), activate=False)
        assert not (disk / "result.safetensors").exists()
    with Store.open(store.folder) as again:
        assert again.checkpoints() == (first, second)
        assert again.active_checkpoint() == first
        assert [again.checkpoint_path(r).read_bytes() for r in (first, second)] == [b"one", b"two"]
        assert second.sha256 == hashlib.sha256(b"two").hexdigest()
        assert first.card == card("A") and first.name == "A"
    assert sorted(p.name for p in (store.folder / "checkpoints").iterdir()) == [first.file, second.file]


def test_a_checkpoint_comes_from_another_disk_too(disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_disk(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_disk)
    with new_project(disk) as store:
        source = trained(tmp_path, b"far" * 1_000_000)
        record = store.add_checkpoint(source, card(), activate=True)
        assert store.checkpoint_path(record).read_bytes() == b"far" * 1_000_000
        assert not source.exists()


def test_which_is_active_can_be_changed_and_taken_back(disk: Path) -> None:
    with new_project(disk) as store:
        first, second = (store.add_checkpoint(trained(disk), card(n), activate=True) for n in "AB")
        assert [r.is_active for r in store.checkpoints()] == [False, True]
        store.activate_checkpoint(first.id)
        assert store.active_checkpoint() == replace(first, is_active=True)
        store.activate_checkpoint(None)
        assert store.active_checkpoint() is None
        store.rename_checkpoint(second.id, "Best")
        assert [r.name for r in store.checkpoints()] == ["A", "Best"]
        assert store.checkpoints()[1].card.name == "B"


def test_the_active_checkpoint_is_not_deleted_another_is_with_its_file(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        old = store.add_checkpoint(trained(disk), card("A"), activate=False)
        new = store.add_checkpoint(trained(disk), card("B"), activate=True)
        store.save_proposals(case.id, [Proposal(0, np.ones((6, 7), np.uint8), 0.5, old.id)], {})
        with pytest.raises(CheckpointError, match=r"“B” is in use. Activate another"):
            store.delete_checkpoint(new.id)
        store.delete_checkpoint(old.id)
        store.delete_checkpoint(old.id)
        assert store.checkpoints() == (new,)
        assert not store.checkpoint_path(old).exists() and store.checkpoint_path(new).exists()
        assert store.proposals(case.id)[0].checkpoint_id is None
        newest = store.add_checkpoint(trained(disk), card("C"), activate=False)
        assert newest.file not in (old.file, new.file)


def test_a_file_left_over_is_never_overwritten(disk: Path) -> None:
    with new_project(disk) as store:
        stray = store.folder / "checkpoints" / "checkpoint-1.safetensors"
        stray.write_bytes(b"stray")
        record = store.add_checkpoint(trained(disk), card(), activate=True)
        assert stray.read_bytes() == b"stray" and store.checkpoint_path(record).read_bytes() == b"weights"


def test_a_checkpoint_that_can_not_be_saved_stays_where_it_was_and_the_call_can_be_repeated(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with new_project(disk) as store:
        source = trained(disk)
        with monkeypatch.context() as patch:
            patch.setattr(disks, "sync_file", full)
            with pytest.raises(ProjectError, match=r"checkpoint can't be saved in .* the disk is full"):
                store.add_checkpoint(source, card(), activate=True)
        store._database.rows("PRAGMA query_only = ON")
        with pytest.raises(ProjectError, match="can't be written to"):
            store.add_checkpoint(source, card(), activate=True)
        store._database.rows("PRAGMA query_only = OFF")
        assert source.exists() and list((store.folder / "checkpoints").iterdir()) == [] and store.checkpoints() == ()
        store.add_checkpoint(source, card(), activate=True)
        assert not source.exists()


def test_a_checkpoint_that_is_gone_before_it_was_saved_is_told(disk: Path) -> None:
    with new_project(disk) as store, pytest.raises(CheckpointError, match="gone"):
        store.add_checkpoint(disk / "nothing.safetensors", card(), activate=True)


@pytest.mark.parametrize("file", ["../../secret", "/etc/passwd", "..", "", "a\\..\\b", b"a"])
def test_a_project_from_a_stranger_can_not_reach_outside_its_folder(disk: Path, file: object) -> None:
    with new_project(disk) as store:
        store.add_checkpoint(trained(disk), card("A"), activate=True)
        with store._database.transaction() as rows:
            rows.execute("UPDATE checkpoints SET file = ?", (file,))
        with pytest.raises(ProjectError, match="checkpoint “A” can't be read"):
            store.checkpoints()


def test_a_damaged_card_is_told(disk: Path) -> None:
    with new_project(disk) as store:
        store.add_checkpoint(trained(disk), card("A"), activate=True)
        with store._database.transaction() as rows:
            rows.execute("UPDATE checkpoints SET card = '{'")
        with pytest.raises(ProjectError, match="checkpoint “A” can't be read"):
            store.active_checkpoint()
