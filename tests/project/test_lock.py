import json
import os
import platform
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from tests.project.making import new_case, new_project
from unet_studio.errors import ProjectLocked
from unet_studio.project import lock as locks
from unet_studio.project.lock import FILE, Lock, Owner, user_name
from unet_studio.project.store import Store

HOUSE = Path(__file__).parents[2]
HOLD = "import sys; from pathlib import Path; from unet_studio.project.store import Store\n" \
       "store = Store.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.readline()\n" \
       "if len(sys.argv) == 2: store.close()"  # fmt: skip


def hold(folder: Path, *more: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *more],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stdout.readline() == "open\n"
    return child


def gone() -> int:
    """The number of a process that has just ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        pass
    return child.pid


def myself() -> Owner:
    process = psutil.Process()
    return Owner(user_name(), platform.node(), process.pid, process.create_time() - psutil.boot_time(), "t")


def write(folder: Path, owner: Owner) -> None:
    (folder / FILE).write_text(json.dumps(asdict(owner)))


def test_another_process_is_told_who_writes_and_may_look(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
    with hold(store.folder) as child:
        with pytest.raises(
            ProjectLocked, match=r"“Livers\.unetstudio” is open for writing by .*open it here to look only"
        ) as told:
            Store.open(store.folder)
        assert told.value.owner == f"{user_name()} on {platform.node()}"
        assert "switched off" not in str(told.value)
        with Store.open(store.folder, read_only=True) as looker:
            assert looker.cases() == (case,)
        child.communicate("go\n")
    assert not (store.folder / FILE).exists()
    Store.open(store.folder).close()


def test_a_second_window_of_the_same_program_is_a_second_writer(disk: Path) -> None:
    with new_project(disk) as store, pytest.raises(ProjectLocked):
        Store.open(store.folder)


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_the_lock_of_a_killed_process_counts_no_more_even_before_its_parent_has_noticed(disk: Path) -> None:
    with new_project(disk) as store:
        pass
    with hold(store.folder, "killed") as child:
        child.kill()
        while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.005)
        Store.open(store.folder).close()
    assert sorted(p.name for p in store.folder.iterdir()) == ["checkpoints", "project.sqlite"]


def test_the_lock_of_a_process_whose_number_was_given_again_counts_no_more(disk: Path) -> None:
    write(disk, replace(myself(), started_s=myself().started_s - 500))
    Lock(disk).release()
    write(disk, replace(myself(), pid=gone()))
    Lock(disk).release()
    write(disk, myself())
    with pytest.raises(ProjectLocked):
        Lock(disk)


def test_setting_the_clock_frees_no_lock(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Lock(disk)
    create_time, boot_time = psutil.Process.create_time, psutil.boot_time
    monkeypatch.setattr(psutil.Process, "create_time", lambda self: create_time(self) - 7200)
    monkeypatch.setattr(psutil, "boot_time", lambda: boot_time() - 7200)
    with pytest.raises(ProjectLocked):
        Lock(disk)
    lock.release()


def test_another_computer_is_believed_and_the_way_out_is_told(disk: Path) -> None:
    write(disk, replace(myself(), host="ward-7", pid=gone(), user="li"))
    with pytest.raises(ProjectLocked, match=r"li on ward-7.*switched off, delete the file “project\.lock”") as told:
        Lock(disk)
    assert told.value.owner == "li on ward-7"
    (disk / FILE).unlink()
    Lock(disk).release()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"user": "a"}', b"null", b'{"pid": []}'])
def test_a_lock_that_says_nothing_counts_no_more(disk: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (disk / FILE).write_bytes(content)
    made_s = (disk / FILE).stat().st_mtime - 60
    os.utime(disk / FILE, (made_s, made_s))
    clock = iter(range(1000))
    monkeypatch.setattr(locks.time, "monotonic", lambda: next(clock))
    lock = Lock(disk)
    assert json.loads((disk / FILE).read_text())["pid"] == os.getpid()
    lock.release()
    assert list(disk.iterdir()) == []


def test_a_lock_that_is_gone_when_it_is_to_be_cleared_is_left_to_who_makes_it_next(disk: Path) -> None:
    write(disk, replace(myself(), pid=gone()))
    lock = Lock(disk)
    (disk / FILE).unlink()
    made: list[bool] = []
    exists = Path.exists

    def next_comes(path: Path) -> bool:
        there = exists(path)
        if path == disk / FILE and not made:  # just after the look, somebody else takes the free place
            made.append(True)
            write(disk, replace(myself(), token="fresh"))
        return there

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "exists", next_comes)
        lock._clear()
    assert json.loads((disk / FILE).read_text())["token"] == "fresh"


def test_a_gate_left_by_who_died_while_clearing_is_no_obstacle_for_long(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(disk, replace(myself(), pid=gone()))
    (disk / f"{FILE}.clearing").write_bytes(b"")
    clock = iter(range(1000))
    monkeypatch.setattr(locks.time, "monotonic", lambda: next(clock))
    Lock(disk).release()
    assert list(disk.iterdir()) == []


def test_a_lock_is_read_only_once_its_writer_has_filled_it(disk: Path) -> None:
    (disk / FILE).write_bytes(b"")
    filling = threading.Timer(0.1, write, (disk, myself()))
    filling.start()
    with pytest.raises(ProjectLocked):
        Lock(disk)
    filling.join()


def test_of_many_who_find_a_dead_lock_at_once_one_gets_it(disk: Path) -> None:
    dead = replace(myself(), pid=gone())
    for turn in range(30):
        folder = disk / str(turn)
        folder.mkdir()
        write(folder, dead)
        barrier, won, lost = threading.Barrier(4), [], []

        def run(
            folder: Path = folder, barrier: threading.Barrier = barrier, won: list = won, lost: list = lost
        ) -> None:
            barrier.wait()
            try:
                won.append(Lock(folder))
            except ProjectLocked as error:
                lost.append(error)

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), len(lost)) == (1, 3)
        won[0].release()
        assert list(folder.iterdir()) == []


def test_a_lock_is_only_given_back_by_who_holds_it(disk: Path) -> None:
    lock = Lock(disk)
    (disk / FILE).unlink()
    other = Lock(disk)
    lock.release()
    assert (disk / FILE).exists()
    other.release()


def test_a_user_without_a_name_can_work(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(locks.getpass, "getuser", nobody)
    lock = Lock(disk)
    with pytest.raises(ProjectLocked, match="by somebody on"):
        Lock(disk)
    lock.release()
