import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.project.making import new_case, new_project
from unet_studio.errors import NewerFormat, ProjectError
from unet_studio.project import schema
from unet_studio.project.store import Store

NOW, NEXT = schema.FORMAT, schema.FORMAT + 2
STEPS = {
    NOW: ("CREATE TABLE fresh (text TEXT)", "INSERT INTO fresh VALUES ('two')"),
    NOW + 1: ("ALTER TABLE fresh ADD COLUMN more TEXT DEFAULT 'three'", "DROP TABLE fresh"),
}


def made(disk: Path) -> Path:
    with new_project(disk) as store:
        new_case(store, name="kept")
    return store.folder


def number(file: Path) -> int:
    with closing(sqlite3.connect(file)) as rows:
        return int(rows.execute("PRAGMA user_version").fetchone()[0])


def test_a_project_says_what_it_is_and_of_which_format(disk: Path) -> None:
    folder = made(disk)
    header = (folder / "project.sqlite").read_bytes()[:100]
    assert header[68:72] == b"UNST" and int.from_bytes(header[60:64], "big") == NOW


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_format_is_refused_with_both_numbers_and_left_alone(disk: Path, read_only: bool) -> None:
    folder = made(disk)
    with closing(sqlite3.connect(folder / "project.sqlite")) as rows:
        rows.execute("PRAGMA user_version = 7")
    before = (folder / "project.sqlite").read_bytes()
    with pytest.raises(
        NewerFormat, match=rf"“Livers\.unetstudio” has format 7, .* knows formats up to {NOW}\. Install"
    ):
        Store.open(folder, read_only=read_only)
    assert (folder / "project.sqlite").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["checkpoints", "project.sqlite"]


def test_an_older_format_is_brought_up_step_by_step_and_kept_beside(disk: Path) -> None:
    folder = made(disk)
    old = (folder / "project.sqlite").read_bytes()
    database = schema.open_file(folder, newest=NEXT, migrations=STEPS)
    assert database.rows("SELECT name FROM cases") == [("kept",)]
    database.close()
    assert number(folder / "project.sqlite") == NEXT
    assert (folder / f"project-format-{NOW}.sqlite").read_bytes() == old
    assert sorted(p.name for p in folder.iterdir()) == ["checkpoints", f"project-format-{NOW}.sqlite", "project.sqlite"]


def test_a_step_that_fails_leaves_the_older_file(disk: Path) -> None:
    folder = made(disk)
    old = (folder / "project.sqlite").read_bytes()
    broken = {**STEPS, NOW + 1: ("CREATE TABLE fresh (again TEXT)",)}
    with pytest.raises(
        ProjectError, match=rf"from format {NOW} to {NEXT}: table fresh already exists. It is as it was"
    ):
        schema.open_file(folder, newest=NEXT, migrations=broken)
    assert (folder / "project.sqlite").read_bytes() == old
    assert not (folder / "project.sqlite.new").exists()


def test_a_full_disk_while_migrating_leaves_the_older_file(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(disk)
    old = (folder / "project.sqlite").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "sync_file", full)
        with pytest.raises(ProjectError, match="the disk is full"):
            schema.open_file(folder, newest=NEXT, migrations=STEPS)
    assert (folder / "project.sqlite").read_bytes() == old
    schema.open_file(folder, newest=NEXT, migrations=STEPS).close()


def test_an_older_format_that_may_only_be_looked_at_says_so(disk: Path) -> None:
    folder = made(disk)
    with pytest.raises(ProjectError, match=f"older format {NOW} and must be brought up to format {NEXT}"):
        schema.open_file(folder, is_read_only=True, newest=NEXT, migrations=STEPS)


def test_there_is_a_step_from_every_older_format() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(1, schema.FORMAT))


def test_a_trigger_from_a_stranger_is_not_run(disk: Path) -> None:
    folder = made(disk)
    with closing(sqlite3.connect(folder / "project.sqlite")) as rows:
        rows.execute("CREATE TRIGGER trap AFTER UPDATE ON project BEGIN DELETE FROM cases; END")
    with pytest.raises(ProjectError, match="its tables can't be read"):
        Store.open(folder)
    with closing(sqlite3.connect(folder / "project.sqlite")) as rows:
        assert rows.execute("SELECT count(*) FROM cases").fetchone() == (1,)


def test_a_project_of_format_1_opens_with_all_it_held_and_can_be_marked(disk: Path) -> None:
    folder = made(disk)
    with closing(sqlite3.connect(folder / "project.sqlite")) as rows:
        rows.execute("ALTER TABLE cases DROP COLUMN is_flagged")
        rows.execute("ALTER TABLE cases DROP COLUMN comment")
        rows.execute("ALTER TABLE proposals DROP COLUMN to_correct")
        rows.execute("PRAGMA user_version = 1")
    old = (folder / "project.sqlite").read_bytes()
    with Store.open(folder) as store:
        case = store.cases()[0]
        assert (case.name, case.is_flagged, case.comment) == ("kept", False, "")
        store.mark_case(case.id, is_flagged=True, comment="look again")
    with Store.open(folder, read_only=True) as store:
        assert (store.cases()[0].is_flagged, store.cases()[0].comment) == (True, "look again")
    assert (folder / "project-format-1.sqlite").read_bytes() == old
