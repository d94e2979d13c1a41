"""What must hold of a project whose program was killed a moment ago."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from unet_studio.project.records import Case, SliceState
from unet_studio.project.store import Store

SURE_S = 1.0  # what was drawn longer ago than this must be there, told or not
BY_HAND = (SliceState.EDITED, SliceState.REVIEWED)


def digest(labels: np.ndarray, states: Mapping[int, SliceState]) -> str:
    """What a person did on a case, in a word; predictions come and go by themselves and are left out."""
    mine = sorted((i, s.value) for i, s in states.items() if s in BY_HAND)
    return hashlib.sha256(np.ascontiguousarray(labels).tobytes() + repr(mine).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Notes:
    """By case: each digest with when it was drawn and its number; and the highest number that was told as saved."""

    opened: dict[int, str]
    drawn: dict[int, list[tuple[float, int, str]]]
    told: int
    trained: int
    failures: tuple[str, ...]


def read_notes(file: Path) -> Notes:
    opened: dict[int, str] = {}
    drawn: dict[int, list[tuple[float, int, str]]] = {}
    told, trained, failures = 0, 0, []
    for line in file.read_text().splitlines() if file.exists() else ():
        time_s, word, *rest = line.split()
        if word == "opened":
            opened[int(rest[0])] = rest[1]
        elif word == "drew":
            drawn.setdefault(int(rest[0]), []).append((float(time_s), int(rest[2]), rest[1]))
        elif word == "saved":
            told = max(told, int(rest[0]))
        elif word == "trained":
            trained += 1
        else:
            failures.append(line)
    return Notes(opened, drawn, told, trained, tuple(failures))


def check(folder: Path, notes: Notes, before: Mapping[int, str], *, ended_s: float) -> dict[int, str]:
    """The digest of each case now; raises ``AssertionError`` where a promise is broken.

    ``before`` are the digests at the beginning of the life that ended at ``ended_s``.
    """
    with Store.open(folder) as store:
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        assert store._database.rows("PRAGMA foreign_key_check") == []
        found = {case.id: _check_case(store, case) for case in store.cases()}
        for record in store.checkpoints():
            content = store.checkpoint_path(record).read_bytes()
            assert hashlib.sha256(content).hexdigest() == record.sha256, "half a checkpoint"
    assert not notes.failures, notes.failures
    for case, now in found.items():
        opened = notes.opened.get(case)
        assert opened is None or not before or opened == before[case], f"case {case} opened as something else"
        history = [(0.0, 0, before.get(case, now)), *notes.drawn.get(case, ())]
        sure = max(i for i, (t, n, _) in enumerate(history) if n <= notes.told or t < ended_s - SURE_S)
        places = [i for i, (_, _, word) in enumerate(history) if word == now]
        assert places and places[-1] >= sure, (
            f"case {case}: found is state {places} of {len(history)}, and {sure} or a later one must be; "
            f"told {notes.told}, drawn {[round(ended_s - t, 2) for t, _, _ in history[sure:]]} s before the end"
        )
    assert not list(folder.glob("**/.us-*")), "a half file was left"
    return found


def _check_case(store: Store, case: Case) -> str:
    """Everything drawn follows from the journal, and the last action can be undone and done again."""
    labels, states = store.labels(case), store.states(case.id)
    now = digest(labels, states)
    done, undone = store.history(case.id, budget_bytes=1 << 30)
    rebuilt = np.zeros_like(labels)
    for change in done:
        if change.edit is not None:
            rebuilt[change.edit.box] = change.edit.after
    assert np.array_equal(rebuilt, labels), "the labels are not what the journal says"
    if done:
        last, back = done[-1], done[-1].inverse()
        for change, record in ((back, store.record_undo), (last, store.record_redo)):
            if change.edit is not None:
                assert np.array_equal(labels[change.edit.box], change.edit.before), "undo does not fit"
                labels[change.edit.box] = change.edit.after
            touched = change.edit.indices(case.axis) if change.edit else ()
            record(case.id, change, {i: np.take(labels, i, case.axis).copy() for i in touched})
        assert len(store.history(case.id, budget_bytes=1 << 30)[1]) == len(undone)
        assert digest(store.labels(case), store.states(case.id)) == now, "undo and redo do not come back"
    return now


def foreign_rows(folder: Path) -> int:
    """How many journal rows there are, read without the program."""
    with closing(sqlite3.connect(f"{(folder / 'project.sqlite').as_uri()}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT COUNT(*) FROM journal").fetchone()[0])
