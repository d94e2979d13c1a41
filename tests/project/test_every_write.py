"""The disk fails at each single step of each thing that is written: the old content stays, nothing is left beside it."""

import errno
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.project.faults import Disk, every_step, failing, snapshot
from tests.project.making import card, new_case, new_project, paint, touched
from unet_studio.errors import ProjectError, StudioError, WriteError
from unet_studio.project.backups import backups, restore
from unet_studio.project.disk import place_copy, replace_bytes
from unet_studio.project.records import Proposal
from unet_studio.project.settings import Settings, load_settings, save_settings
from unet_studio.project.store import Store

FAULTS = [(n, False) for n in (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)] + [(errno.ENOSPC, True)]
faults = pytest.mark.parametrize(("number", "is_short"), FAULTS, ids=["ENOSPC", "EIO", "EACCES", "EROFS", "short"])
TAIL_STEPS = 1  # the last sync of a folder comes after the new file is in its place


@faults
def test_settings_are_the_old_or_the_new_ones_and_always_whole(disk, number, is_short):
    path = disk / "settings.json"
    old, new = replace(Settings(), brush_radius=2.0), replace(Settings(), brush_radius=7.0)
    save_settings(path, old)

    def look(at, error):
        assert isinstance(error, WriteError) and str(error).endswith("."), error
        assert os.listdir(disk) == ["settings.json"]  # noqa: PTH208 - hidden ones too
        assert load_settings(path) in (old, new)

    assert every_step(disk, lambda: save_settings(path, new), number=number, is_short=is_short, failed=look) >= 4
    assert load_settings(path) == new


@faults
def test_bytes_are_replaced_whole_or_not_at_all(disk, number, is_short):
    path, old, new = disk / "a", b"old" * 5000, b"new" * 9000
    path.write_bytes(old)
    seen = []

    def look(at, error):
        assert isinstance(error, OSError)
        seen.append(path.read_bytes())
        assert snapshot(disk) == {"a": seen[-1]}

    every_step(disk, lambda: replace_bytes(path, new), number=number, is_short=is_short, failed=look)
    assert set(seen[:-TAIL_STEPS]) == {old} and seen[-1] == new


@faults
@pytest.mark.parametrize("may_link", [True, False])
def test_a_copy_is_whole_or_not_there(disk, number, is_short, may_link):
    (disk / "a").write_bytes(b"weights" * 5000)

    def look(at, error):
        assert isinstance(error, OSError)
        assert os.listdir(disk) == ["a"]  # noqa: PTH208

    every_step(
        disk, lambda: place_copy(disk / "a", disk / "b", may_link=may_link),
        number=number, is_short=is_short, failed=look,
    )  # fmt: skip
    assert (disk / "b").read_bytes() == (disk / "a").read_bytes()


@faults
def test_a_checkpoint_is_listed_and_whole_or_neither_and_the_one_before_stays_active(disk, number, is_short):
    with new_project(disk) as store:
        first = disk / "first.safetensors"
        first.write_bytes(b"first" * 999)
        active = store.add_checkpoint(first, card("First"), activate=True)
        fresh = disk / "fresh.safetensors"
        fresh.write_bytes(b"fresh" * 99999)

        def look(at, error):
            assert isinstance(error, ProjectError) and str(error).endswith("."), error
            assert store.active_checkpoint() == active and len(store.checkpoints()) == 1
            assert fresh.read_bytes() == b"fresh" * 99999
            assert sorted(p.name for p in (store.folder / "checkpoints").iterdir()) == [active.file]

        def add():
            return store.add_checkpoint(fresh, card("Fresh"), activate=True)

        assert every_step(store.folder, add, number=number, is_short=is_short, failed=look) >= 3
        assert [r.name for r in store.checkpoints()] == ["First", "Fresh"] and not fresh.exists()
        now = store.active_checkpoint()
        assert now is not None and store.checkpoint_path(now).read_bytes() == b"fresh" * 99999


@faults
def test_a_backup_is_whole_or_not_there_and_drawing_goes_on(disk, number, is_short):
    with new_project(disk) as store:
        case = new_case(store)
        change = paint(labels := store.labels(case), (0, 0, 0), (1, 2, 2), 1)
        store.record(case.id, change, touched(change, labels, 0))

        def look(at, error):
            assert isinstance(error, ProjectError) and "No backup" in str(error)
            assert not list((store.folder / "backups").glob(".us-*"))
            store.rename_case(case.id, f"renamed {at}")
            for file in (store.folder / "backups").glob("project-*"):
                file.unlink()  # only the very last step fails with the copy in its place

        every_step(store.folder, store.back_up, number=number, is_short=is_short, failed=look)
        assert backups(store.folder)[0].strokes == 1


@faults
def test_going_back_happens_whole_or_not_at_all(disk, number, is_short):
    with new_project(disk) as store:
        case = new_case(store)
        change = paint(labels := store.labels(case), (0, 0, 0), (1, 2, 2), 1)
        store.record(case.id, change, touched(change, labels, 0))
        store.back_up()
    kept = backups(store.folder)[0].path
    (store.folder / "project.sqlite").write_bytes(b"rubbish" * 999)

    def look(at, error):
        assert isinstance(error, ProjectError), error
        assert not list(store.folder.glob(".us-*")) and not (store.folder / "project.lock").exists()
        assert backups(store.folder)[0].path == kept

    every_step(store.folder, lambda: restore(store.folder, kept), number=number, is_short=is_short, failed=look)
    with Store.open(store.folder) as back:
        assert back.labels(case).sum() == 4


@faults
def test_a_new_project_is_made_whole_or_not_at_all(disk, number, is_short):
    def make():
        new_project(disk).close()

    def look(at, error):
        assert isinstance(error, ProjectError), error
        if (disk / "Livers.unetstudio").exists():  # made, but its lock or its classes could not be written
            left = sorted(p.name for p in (disk / "Livers.unetstudio").iterdir())
            assert left == ["checkpoints", "project.sqlite"]
            shutil.rmtree(disk / "Livers.unetstudio")

    assert every_step(disk, make, number=number, is_short=is_short, failed=look) >= 5
    Store.open(disk / "Livers.unetstudio").close()


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
def test_wherever_the_disk_ends_a_stroke_is_saved_whole_or_not_at_all(disk):
    """SQLite writes by itself, so the system refuses its writes: beyond each size that its file and its journal go through."""
    import resource

    with new_project(disk) as store:
        case = new_case(store, shape=(4, 64, 64))
        labels = store.labels(case)
        noise = np.random.default_rng(1).integers(0, 255, (4, 64, 64), dtype=np.uint8)
        done = 0
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = (store.folder / "project.sqlite").stat().st_size
        for limit in range(0, size + 60_000, 2_500):
            change = paint(labels, (0, 0, 0), case.shape, 0)
            assert change.edit is not None
            change.edit.after[...] = labels[...] = np.roll(noise, done)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                store.record(case.id, change, touched(change, labels, 0))
                done += 1
            except ProjectError as error:
                assert str(error).endswith(".")
                labels[...] = change.edit.before
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert np.array_equal(store.labels(case), labels), limit
            assert len(store.history(case.id, budget_bytes=1 << 30)[0]) == done
        assert 0 < done < 20
        store.save_proposals(case.id, [Proposal(0, labels[0], 0.5, None)], {})
    with Store.open(store.folder) as again:
        assert np.array_equal(again.labels(case), labels)
        assert again._database.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.fixture
def tiny_disk(tmp_path: Path):
    """A real disk of one megabyte, where the system lets us have one."""
    import subprocess

    place = tmp_path / "tiny"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="tmpfs")
def test_on_a_disk_that_is_really_full_nothing_is_lost_and_saving_goes_on_with_room(tiny_disk):
    with new_project(tiny_disk) as store:
        case = new_case(store)
        change = paint(labels := store.labels(case), (0, 0, 0), (1, 2, 2), 1)
        store.record(case.id, change, touched(change, labels, 0))
        ballast = tiny_disk / "ballast"
        with ballast.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
            while True:
                stream.write(b"x" * 4096)
        again = paint(labels, (1, 0, 0), (1, 2, 2), 1)
        for _ in range(2):
            with pytest.raises(ProjectError, match="full"):
                store.record(case.id, again, touched(again, labels, 0))
        with pytest.raises(StudioError, match="full"):
            save_settings(tiny_disk / "settings.json", Settings())
        assert not (tiny_disk / "settings.json").exists()
        ballast.unlink()
        store.record(case.id, again, touched(again, labels, 0))
    with Store.open(store.folder) as back:
        assert back.labels(case).sum() == 8


def test_the_faulty_disk_itself_fails_where_it_is_told(disk):
    with failing(Disk(disk, fails_at=2)) as faulty, pytest.raises(OSError, match="No space"):
        replace_bytes(disk / "a", b"content")
    assert faulty.steps >= 2 and not os.listdir(disk)  # noqa: PTH208
