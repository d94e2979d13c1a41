import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.project.making import SHAPE, E, U, card, new_case, new_project, paint, same, touched
from unet_studio.errors import ProjectError
from unet_studio.labels.label_map import Labels
from unet_studio.project.records import Case, Change, Proposal
from unet_studio.project.store import Store


def noise(case: Case) -> tuple[Change, Labels]:
    labels = np.zeros(case.shape, np.uint8)
    change = paint(labels, (0, 0, 0), case.shape, 0, states={0: (U, E)})
    assert change.edit is not None
    change.edit.after[...] = labels[...] = np.random.default_rng(3).integers(0, 255, case.shape, dtype=np.uint8)
    return change, labels


@contextmanager
def no_more_pages(store: Store) -> Iterator[None]:
    """SQLite may take no further page: what it does on a full disk, it does here."""
    pages = store._database.rows("PRAGMA page_count")[0][0]
    store._database.rows(f"PRAGMA max_page_count = {pages}")
    yield
    store._database.rows("PRAGMA max_page_count = 1073741823")


@contextmanager
def no_larger_files(store: Store) -> Iterator[None]:
    """The system refuses writes beyond the file's present end."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((store.folder / "project.sqlite").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


troubles = [no_more_pages]
if sys.platform != "win32":
    troubles.append(no_larger_files)


@pytest.mark.parametrize("trouble", troubles)
def test_a_full_disk_loses_nothing_saved_and_the_same_call_succeeds_once_there_is_room(
    disk: Path, trouble: Callable[[Store], Iterator[None]]
) -> None:
    with new_project(disk) as store:
        case = new_case(store, shape=(8, 64, 64))
        first = paint(store.labels(case), (0, 0, 0), (1, 2, 2), 1)
        store.record(case.id, first, {0: np.ones((64, 64), np.uint8)})
        change, labels = noise(case)
        proposal = Proposal(1, labels[1], 0.5, None)
        with trouble(store):
            for _ in range(3):
                with pytest.raises(ProjectError, match=r"“Livers\.unetstudio” can't be used: the disk .*\.$"):
                    store.record(case.id, change, touched(change, labels, 0))
            with pytest.raises(ProjectError, match="full"):
                store.save_proposals(case.id, [Proposal(i, labels[i], 0.5, None) for i in range(8)], {2: E})
            assert store.states(case.id) == {} and store.proposals(case.id) == {}
            assert store.labels(case).sum() == 64 * 64
            assert len(store.history(case.id, budget_bytes=1 << 20)[0]) == 1
        store.record(case.id, change, touched(change, labels, 0))
        store.save_proposals(case.id, [proposal], {})
    assert sorted(p.name for p in store.folder.iterdir()) == ["checkpoints", "project.sqlite"]
    with Store.open(store.folder) as again:
        assert np.array_equal(again.labels(case), labels) and again.states(case.id) == {0: E}
        done, _ = again.history(case.id, budget_bytes=1 << 30)
        assert [same(a, b) for a, b in zip(done, [first, change], strict=True)] == [True, True]


def test_what_goes_wrong_inside_a_transaction_undoes_all_of_it(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        with pytest.raises(sqlite3.IntegrityError):
            store.save_proposals(case.id, [Proposal(0, np.zeros((2, 2), np.uint8), 0.5, 99)], {0: E})
        assert store.states(case.id) == {} and store.proposals(case.id) == {}
        with pytest.raises(KeyboardInterrupt), store._database.transaction() as rows:
            rows.execute("DELETE FROM cases")
            raise KeyboardInterrupt
        assert store.cases() == (case,)


def test_a_project_that_another_program_holds_fast_is_told_so(disk: Path) -> None:
    with new_project(disk) as store, closing(sqlite3.connect(store.folder / "project.sqlite")) as other:
        store._database.rows("PRAGMA busy_timeout = 10")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectError, match="another program is reading or copying it right now"):
            store.remember("case", "1")
        other.rollback()
        store.remember("case", "1")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps an open file in its place")
def test_a_folder_that_vanished_is_told_and_saving_goes_on_when_it_is_back(disk: Path) -> None:
    with new_project(disk) as store:
        away = store.folder.with_name("unplugged")
        store.folder.rename(away)
        with pytest.raises(ProjectError, match="Livers"):
            store.remember("case", "1")
        away.rename(store.folder)
        store.remember("case", "2")
        assert store.remembered("case") == "2"


def read_only_disk(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = os.open

    def refuse(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(number, os.strerror(number))
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.parametrize(("number", "words"), [(errno.EROFS, "the disk is read-only"), (errno.EACCES, "no permission")])
def test_a_folder_that_can_not_be_written_to_is_told_on_opening_and_can_be_looked_at(
    disk: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    with new_project(disk) as store:
        case = new_case(store)
    with monkeypatch.context() as patch:
        read_only_disk(patch, number)
        with pytest.raises(ProjectError, match=rf"“Livers\.unetstudio” can't be written to: .*{words}"):
            Store.open(store.folder)
        with Store.open(store.folder, read_only=True) as looker:
            assert looker.cases() == (case,)


@contextmanager
def without_root(folder: Path) -> Iterator[None]:
    """Root may write anywhere; so if the tests run as root, ``folder`` is somebody else's, and so are we."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    folder.parent.chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_without_permission_to_write_it_is_told_on_opening_and_can_be_looked_at(disk: Path, what: str) -> None:
    with new_project(disk) as store:
        case = new_case(store)
    if what == "file":
        (store.folder / "project.sqlite").chmod(0o400)
    else:
        store.folder.chmod(0o500)
    with without_root(store.folder):
        with pytest.raises(
            ProjectError, match=r"“Livers\.unetstudio” can't be (written to|used).*copy it to a folder of yours"
        ):
            Store.open(store.folder)
        with Store.open(store.folder, read_only=True) as looker:
            assert looker.cases() == (case,)
    store.folder.chmod(0o700)
    assert sorted(p.name for p in store.folder.iterdir()) == ["checkpoints", "project.sqlite"]


def test_what_can_not_be_written_is_told_on_opening_and_the_lock_given_back(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_project(disk) as store:
        pass

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if sql.startswith("UPDATE project"):
                super().execute("PRAGMA query_only = ON")
            return super().execute(sql, *values)  # type: ignore[arg-type]

    real = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Connection))
        with pytest.raises(ProjectError, match="folder can't be written to"):
            Store.open(store.folder)
    assert not (store.folder / "project.lock").exists()
    Store.open(store.folder).close()


def test_a_missing_a_foreign_and_a_stripped_project_are_told_apart(disk: Path) -> None:
    with pytest.raises(ProjectError, match=r"There is no project at .*gone\.unetstudio"):
        Store.open(disk / "gone.unetstudio")
    (disk / "photos").mkdir()
    with pytest.raises(ProjectError, match="“photos” is no UNet Studio project"):
        Store.open(disk / "photos")
    assert list((disk / "photos").iterdir()) == []
    with closing(sqlite3.connect(disk / "photos" / "project.sqlite")) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(ProjectError, match="belongs to another program"):
        Store.open(disk / "photos")
    with new_project(disk) as store, store._database.transaction() as rows:
        rows.execute("DROP TABLE travels")
    with pytest.raises(ProjectError, match="its tables can't be read"):
        Store.open(store.folder)


def ruin(file: Path, how: str) -> None:
    content = file.read_bytes()
    file.write_bytes(
        {
            "empty": b"",
            "text": b"this is no database at all, however long it may be" * 200,
            "cut": content[: len(content) // 2],
            "header": b"\0" * 100 + content[100:],
            "zeros": b"\0" * len(content),
            "page": content[:4096] + b"\xff" * 4096 + content[8192:],
        }[how]
    )


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("how", ["empty", "text", "cut", "header", "zeros", "page"])
def test_a_ruined_file_is_one_sentence_and_is_left_as_it_is(disk: Path, how: str, read_only: bool) -> None:
    with new_project(disk) as store:
        new_case(store)
    file = store.folder / "project.sqlite"
    ruin(file, how)
    ruined = file.read_bytes()
    with pytest.raises(ProjectError, match=r"Livers\.unetstudio.*\.$"):
        Store.open(store.folder, read_only=read_only)
    assert file.read_bytes() == ruined
    assert not (store.folder / "project.lock").exists()


def read_all(folder: Path) -> None:
    with Store.open(folder) as store:
        store.classes(), store.checkpoints(), store.held_out(), store.remembered("case")
        for case in store.cases():
            store.scan_path(case)
            store.labels(case), store.states(case.id), store.proposals(case.id)
            store.history(case.id, budget_bytes=1 << 20)


def test_bytes_changed_anywhere_are_a_sentence_or_do_no_harm(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        change, labels = noise(case)
        store.record(case.id, change, touched(change, labels, 0))
        store.save_proposals(case.id, [Proposal(2, labels[2], 0.5, None)], {})
        store.set_held_out({case.id: frozenset({1})})
        weights = disk / "a.safetensors"
        weights.write_bytes(b"weights")
        store.add_checkpoint(weights, card(), activate=True)
    whole = (store.folder / "project.sqlite").read_bytes()
    written = np.flatnonzero(np.frombuffer(whole, np.uint8))
    rng = np.random.default_rng(8)
    told = 0
    for turn in range(300):
        folder = disk / f"{turn}.unetstudio"
        folder.mkdir()
        content = bytearray(whole)
        at, count = int(rng.choice(written[:-16])), int(rng.integers(1, 9))
        content[at : at + count] = rng.bytes(count)
        (folder / "project.sqlite").write_bytes(content)
        try:
            read_all(folder)
        except ProjectError as error:
            told += 1
            assert f"{turn}.unetstudio" in str(error) and str(error).endswith("."), error
        shutil.rmtree(folder)
    assert told > 30


def test_damaged_labels_name_the_case_and_the_slice(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store, name="knee")
        change, labels = noise(case)
        store.record(case.id, change, touched(change, labels, 0))
        blob = bytearray(store._database.rows("SELECT labels FROM labels WHERE slice = 3")[0][0])
        blob[20] ^= 1
        with store._database.transaction() as rows:
            rows.execute("UPDATE labels SET labels = ? WHERE slice = 3", (bytes(blob),))
        with pytest.raises(ProjectError, match="case “knee”, slice 4 can't be read"):
            store.labels(case)
        with store._database.transaction() as rows:
            rows.execute("UPDATE labels SET slice = ? WHERE slice = 3", (SHAPE[0],))
        with pytest.raises(ProjectError, match="slice 6"):
            store.labels(case)
