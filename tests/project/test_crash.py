import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.project.hand_that_dies import digest
from tests.project.making import apply, new_case, new_project, touched
from unet_studio.project.store import Store

HOUSE = Path(__file__).parents[2]
KILLS = 10

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9")


def start(folder: Path, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.project.hand_that_dies", str(folder), how]
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)


def test_kill_9_at_any_moment_loses_nothing_that_was_acknowledged(disk: Path) -> None:
    with new_project(disk) as store:
        folder, case = store.folder, new_case(store, shape=(8, 96, 96))
    rng = np.random.default_rng(20)
    acknowledged = 0
    for kill in range(KILLS):
        with start(folder, str(kill)) as child:
            assert child.stdout is not None
            told = [child.stdout.readline() for _ in range(int(rng.integers(1, 60)))]
            time.sleep(float(rng.uniform(0, 0.004)))  # not for luck: any moment is right, and each should be another
            child.kill()
            told += child.stdout.readlines()
        words = [line.split() for line in told if line.endswith("\n")]
        acknowledged += sum(kind == "done" for kind, _ in words)
        last_done = max(i for i, (kind, _) in enumerate(words) if kind == "done")
        possible = {what for _, what in words[last_done:]}  # it, and one that may be on the disk without being told

        with Store.open(folder) as again:
            labels, states = again.labels(case), again.states(case.id)
            assert digest(labels, states) in possible, kill
            done, undone = again.history(case.id, budget_bytes=1 << 30)
            rebuilt = np.zeros_like(labels)
            for change in done:
                apply(change, rebuilt, {})
            assert np.array_equal(rebuilt, labels)
            if done:
                back = done[-1].inverse()
                apply(back, labels, states)
                again.record_undo(case.id, back, touched(back, labels, 0))
                assert len(again.history(case.id, budget_bytes=1 << 30)[1]) == len(undone) + 1
    assert acknowledged > KILLS * 3


@pytest.mark.parametrize("read_only", [False, True])
def test_half_a_transaction_in_the_file_is_taken_back_even_to_look_only(disk: Path, read_only: bool) -> None:
    with new_project(disk) as store:
        folder, case = store.folder, new_case(store, name="whole")
    with start(folder, "transaction") as child:
        pass
    assert child.returncode == -9
    assert (folder / "project.sqlite-journal").stat().st_size > 0
    assert b"half" in (folder / "project.sqlite").read_bytes()
    with Store.open(folder, read_only=read_only) as again:
        assert again.cases() == (case,)
        assert again.remembered("0") is None
