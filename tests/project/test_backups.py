"""Copies of a project: when one is made, which are kept, and going back to one."""

import errno
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.project.making import new_case, new_project, paint, touched
from unet_studio.errors import ProjectDamaged, ProjectError, ProjectLocked
from unet_studio.project import backups as module
from unet_studio.project.backups import DAYS, NEWEST, backups, restore, rotate
from unet_studio.project.store import Store


def stroke(store: Store, case, z: int = 0) -> None:
    labels = store.labels(case)
    change = paint(labels, (z, 0, 0), (1, 2, 2), 1)
    store.record(case.id, change, touched(change, labels, 0))


@pytest.fixture
def project(disk: Path):
    """A project of two cases with three strokes on one and one on the other."""
    with new_project(disk) as store:
        knee, hip = new_case(store, name="knee"), new_case(store, name="hip")
        for z in range(3):
            stroke(store, knee, z)
        stroke(store, hip)
        yield store


def copies(store: Store) -> list[str]:
    return sorted(p.name for p in (store.folder / "backups").iterdir())


def test_a_copy_holds_what_was_drawn_and_names_cases_time_and_strokes(project):
    began = datetime.now(UTC).replace(microsecond=0)
    assert project.back_up()
    (backup,) = backups(project.folder)
    assert backup.cases == (("knee", 3), ("hip", 1)) and backup.strokes == 4
    assert began <= datetime.fromisoformat(backup.made) <= datetime.now(UTC)


def test_nothing_is_copied_twice_and_nothing_before_the_first_stroke(disk):
    with new_project(disk) as store:
        assert store.back_up() and not (store.folder / "backups").exists()
        case = new_case(store)
        stroke(store, case)
        for _ in range(3):
            assert store.back_up()
        assert len(copies(store)) == 1
    with Store.open(store.folder) as again:
        assert again.back_up() and len(copies(again)) == 1
        stroke(again, case, 1)
        assert again.back_up() and len(copies(again)) == 2


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_copies_are_for_their_owner_alone(project):
    project.back_up()
    folder = project.folder / "backups"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_a_copy_gives_way_to_a_stroke_and_leaves_nothing(project):
    asked = []

    def stroke_waits() -> bool:
        asked.append(1)
        return True

    assert not project.back_up(stroke_waits)
    assert asked and copies(project) == []
    stroke(project, project.cases()[0], 4)
    assert project.back_up() and backups(project.folder)[0].strokes == 5


def test_the_last_of_a_disk_is_not_taken_for_copies(project, monkeypatch):
    monkeypatch.setattr(module, "free_bytes", lambda _: 1 << 20)
    with pytest.raises(ProjectError, match=r"No backup .* the disk is full"):
        project.back_up()
    assert copies(project) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("step", ["mkdir", "sync_file", "sync_folder"])
def test_a_copy_that_fails_is_a_sentence_and_leaves_the_project_as_it_was(project, monkeypatch, number, step):
    def fails(*_args, **_named):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fails) if step == "mkdir" else patch.setattr(module, step, fails)
        with pytest.raises(ProjectError, match=r"No backup of the project “Livers\.unetstudio” could be made: .*\.$"):
            project.back_up()
    assert not list(project.folder.glob("backups/.us-*"))
    stroke(project, project.cases()[0], 4)
    assert project.back_up() and backups(project.folder)[0].strokes == 5


def test_the_newest_are_kept_and_the_last_of_each_day(disk):
    now = datetime(2026, 5, 31, 12, tzinfo=UTC)
    for days in range(20):
        for hours in range(3):
            made = now - timedelta(days=days, hours=hours)
            (disk / made.strftime("project-%Y%m%dT%H%M%S-00.sqlite")).touch()
    rotate(disk)
    kept = sorted((p.name for p in disk.iterdir()), reverse=True)
    days = [name[8:16] for name in kept]
    assert len(set(days)) == DAYS and len(kept) == DAYS + NEWEST - 2
    assert days.count("20260531") == 3 and days.count("20260530") == 2 and days.count("20260529") == 1
    assert all("T12" in name for name in kept[5:])  # the last one of its day


def test_what_a_killed_program_left_half_made_is_gone_at_the_next_opening(project):
    project.back_up()
    project.close()
    halves = [project.folder / place / ".us-dead" for place in (".", "backups", "checkpoints")]
    for half in halves:
        half.write_bytes(b"half")
    Store.open(project.folder, read_only=True).close()
    assert all(half.exists() for half in halves)  # it may be at work elsewhere
    Store.open(project.folder).close()
    assert not any(half.exists() for half in halves) and len(backups(project.folder)) == 1


def test_a_damaged_copy_is_left_out_and_stops_nobody(project):
    project.back_up()
    good = backups(project.folder)[0].path
    (good.parent / "project-20990101T000000-00.sqlite").write_bytes(b"rubbish" * 1000)
    (good.parent / "project-20990101T000000-01.sqlite").write_bytes(b"")
    (good.parent / "project-gibberish.sqlite").write_bytes(good.read_bytes())
    cut = good.read_bytes()[:8192] + b"\xff" * 4096
    (good.parent / "project-20990101T000000-02.sqlite").write_bytes(cut)
    with closing(sqlite3.connect(good.parent / "project-20990101T000000-03.sqlite")) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    assert [b.path for b in backups(project.folder)] == [good]
    assert backups(project.folder / "nowhere") == ()


def test_going_back_uses_nothing_up_and_can_be_done_again(project):
    case = project.cases()[0]
    project.back_up()
    stroke(project, case, 4)
    (backup,) = backups(project.folder)
    project.close()
    later = (project.folder / "project.sqlite").read_bytes()
    for _ in range(2):
        before = backup.path.read_bytes()
        kept = restore(project.folder, backup.path)
        assert backup.path.read_bytes() == before
        assert kept is not None and kept.exists()
        with Store.open(project.folder) as back:
            assert len(back.history(case.id, budget_bytes=1 << 20)[0]) == 3
            stroke(back, case, 4)  # the copy must not change with it
    assert later in [p.read_bytes() for p in project.folder.glob("replaced-*.sqlite")]
    assert not (project.folder / "project.lock").exists()


@pytest.mark.parametrize("how", ["cut", "text", "gone"])
def test_a_damaged_project_says_so_and_comes_back(project, how):
    project.back_up()
    project.close()
    file = project.folder / "project.sqlite"
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:5000] if how == "cut" else b"no database" * 2000)
    with pytest.raises(ProjectDamaged, match="Restore a backup"):
        Store.open(project.folder)
    kept = restore(project.folder, backups(project.folder)[0].path)
    assert (kept is None) == (how == "gone")
    with Store.open(project.folder) as back:
        assert [c.name for c in back.cases()] == ["knee", "hip"]
        assert back.labels(back.cases()[0])[:3, :2, :2].all()


def test_a_journal_that_a_crash_left_does_not_ruin_the_copy(project):
    project.back_up()
    with project._database.transaction() as rows:
        rows.execute("PRAGMA cache_size = 2")
        rows.execute("UPDATE cases SET name = 'half'")
        for i in range(100):
            rows.execute("INSERT INTO remembered VALUES (?, ?)", (str(i), "x" * 5000))
        crashed = project.folder.with_name("crashed.unetstudio")
        shutil.copytree(project.folder, crashed)
    (crashed / "project.lock").unlink()
    assert (crashed / "project.sqlite-journal").stat().st_size
    restore(crashed, backups(crashed)[0].path)
    with Store.open(crashed) as back:
        assert [c.name for c in back.cases()] == ["knee", "hip"]
        assert back.remembered("0") is None


def test_an_open_project_is_not_replaced_under_its_owner(project):
    project.back_up()
    with pytest.raises(ProjectLocked):
        restore(project.folder, backups(project.folder)[0].path)
    stroke(project, project.cases()[0], 4)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_going_back_on_a_full_disk_leaves_the_project_as_it_was(project, monkeypatch, number):
    project.back_up()
    project.close()
    before = (project.folder / "project.sqlite").read_bytes()

    def fails(*_args, **_named):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(module, "place_copy", fails)
        with pytest.raises(ProjectError, match="could not be put back"):
            restore(project.folder, backups(project.folder)[0].path)
    assert (project.folder / "project.sqlite").read_bytes() == before
    assert sorted(p.name for p in project.folder.iterdir()) == ["backups", "checkpoints", "project.sqlite"]


def test_a_damaged_backup_is_not_put_back(project):
    project.back_up()
    project.close()
    backup = backups(project.folder)[0].path
    backup.write_bytes(b"rubbish")
    with pytest.raises(ProjectError, match="is damaged itself"):
        restore(project.folder, backup)
    Store.open(project.folder).close()
