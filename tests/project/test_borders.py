"""A project from somebody else does nothing outside its folder."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.project.making import new_case, new_project
from tests.project.test_formats import put_back
from unet_studio.errors import ProjectDamaged, ProjectError
from unet_studio.project.backups import restore
from unet_studio.project.borders import check_journal
from unet_studio.project.store import Store

links = pytest.mark.skipif(os.name != "posix", reason="Windows lets only administrators make links")
MAGIC = bytes.fromhex("d9d505f920a163d7")


def made(disk: Path) -> Path:
    with new_project(disk) as store:
        new_case(store)
    return store.folder


def elsewhere(disk: Path) -> Path:
    """Another folder that has all a project could write over, and much it could delete."""
    other = disk / "elsewhere"
    other.mkdir()
    for name in ("project.sqlite", ".us-12345678", "project-20200101T000000-00.sqlite", "notes.txt"):
        (other / name).write_text(f"precious {name}", "utf-8")
    return other


def all_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hot_journal(file: Path) -> bytes:
    """What lies beside ``file`` in the middle of a transaction that has begun to change it; ``file`` is as it was."""
    before = file.read_bytes()
    with closing(sqlite3.connect(file, isolation_level=None)) as rows:
        rows.execute("PRAGMA cache_size = 1")
        rows.execute("BEGIN IMMEDIATE")
        rows.executemany("INSERT INTO remembered VALUES (?, ?)", [(str(n), "x" * 3000) for n in range(100)])
        journal = file.with_name(f"{file.name}-journal").read_bytes()
    file.write_bytes(before)
    assert journal.startswith(MAGIC)
    return journal


def naming(victim: Path) -> bytes:
    """The end of a journal of which SQLite says that it belongs to ``victim``."""
    name = os.fsencode(victim)
    page = ((1 << 30) // 4096 + 1).to_bytes(4, "big")
    return page + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + MAGIC


@links
@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "name", ["checkpoints", "backups", "project.sqlite", "project.sqlite.new", "project-format-1.sqlite"]
)
def test_a_link_in_it_is_named_and_nothing_behind_it_is_touched(disk: Path, name: str, read_only: bool) -> None:
    folder, other = made(disk), elsewhere(disk)
    before = all_of(other)
    place = folder / name
    if place.is_dir():
        place.rmdir()
    place.unlink(missing_ok=True)
    place.symlink_to(other if "." not in name else other / "project.sqlite")
    with pytest.raises(ProjectError, match=f"“{name}” in it is a link"):
        Store.open(folder, read_only=read_only)
    assert all_of(other) == before
    assert not (folder / "project.lock").exists()


@links
def test_a_checkpoint_that_lies_elsewhere_is_a_link_too(disk: Path) -> None:
    folder, other = made(disk), elsewhere(disk)
    (folder / "checkpoints" / "checkpoint-1.safetensors").symlink_to(other / "notes.txt")
    with pytest.raises(ProjectError, match=r"“checkpoints/checkpoint-1\.safetensors” in it is a link"):
        Store.open(folder)


@links
def test_a_project_behind_a_link_and_links_to_scans_in_it_are_as_good_as_any(disk: Path) -> None:
    folder = made(disk)
    (folder / "scans").symlink_to(elsewhere(disk))
    (disk / "door").symlink_to(folder)
    Store.open(disk / "door").close()


def test_a_journal_that_has_a_file_deleted_is_not_rolled_back(disk: Path) -> None:
    folder = made(disk)
    file, victim = folder / "project.sqlite", disk / "victim.txt"
    victim.write_text("precious", "utf-8")
    file.with_name("project.sqlite-journal").write_bytes(hot_journal(file) + naming(victim))
    before = all_of(disk)
    for read_only in (False, True):
        with pytest.raises(ProjectDamaged, match=r"“project\.sqlite-journal” in it would delete a file"):
            Store.open(folder, read_only=read_only)
    assert all_of(disk) == before
    with closing(sqlite3.connect(file)) as rows:  # SQLite itself does it: else there were nothing to fear
        rows.execute("SELECT name FROM project").fetchall()
    assert not victim.exists()


def test_what_a_crash_of_ours_left_is_rolled_back_as_ever(disk: Path) -> None:
    folder = made(disk)
    file = folder / "project.sqlite"
    file.with_name("project.sqlite-journal").write_bytes(hot_journal(file))
    with Store.open(folder) as store:
        assert len(store.cases()) == 1
    assert not file.with_name("project.sqlite-journal").exists()


@pytest.mark.parametrize("tail", [b"", MAGIC, b"\0" * 8 + MAGIC, b"\xff" * 8 + MAGIC])
def test_an_ending_that_names_nothing_is_no_harm(disk: Path, tail: bytes) -> None:
    folder = made(disk)
    (folder / "project.sqlite-journal").write_bytes(tail)
    check_journal(folder / "project.sqlite")


def kept_backup(folder: Path) -> Path:
    backup = folder / "backups" / "project-20260101T000000-00.sqlite"
    backup.parent.mkdir(exist_ok=True)
    backup.write_bytes((folder / "project.sqlite").read_bytes())
    return backup


def test_going_back_is_the_way_out_of_such_a_journal(disk: Path) -> None:
    folder = made(disk)
    backup, file, victim = kept_backup(folder), folder / "project.sqlite", disk / "victim.txt"
    victim.write_text("precious", "utf-8")
    file.with_name("project.sqlite-journal").write_bytes(hot_journal(file) + naming(victim))
    restore(folder, backup)
    with Store.open(folder) as store:
        assert len(store.cases()) == 1
    assert victim.read_text("utf-8") == "precious"


@links
def test_going_back_writes_through_no_link(disk: Path) -> None:
    folder, other = made(disk), elsewhere(disk)
    backup, file = kept_backup(folder), folder / "project.sqlite"
    file.unlink()
    file.symlink_to(other / "project.sqlite")
    (other / "project.sqlite").chmod(0o644)
    with pytest.raises(ProjectError, match=r"“project\.sqlite” in it is a link"):
        restore(folder, backup)
    assert (other / "project.sqlite").stat().st_mode & 0o777 == 0o644
    assert (other / "project.sqlite").read_text("utf-8") == "precious project.sqlite"
    assert not (folder / "project.lock").exists()


def test_a_journal_left_beside_a_copy_is_not_rolled_back_into_the_next(disk: Path) -> None:
    folder = put_back(Path(__file__).parent / "formats" / "1.sqlite.gz", disk / "Livers.unetstudio")
    file, victim = folder / "project.sqlite", disk / "victim.txt"
    victim.write_text("precious", "utf-8")
    journal = hot_journal(file) + naming(victim)
    (folder / "project.sqlite.new-journal").write_bytes(journal)
    with Store.open(folder) as store:
        assert [case.name for case in store.cases()] == ["knee"]
    assert victim.read_text("utf-8") == "precious"
    assert not list(folder.glob("*-journal"))
