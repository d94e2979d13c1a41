"""Draws on a project, telling before and after each action what its labels are, until somebody kills it."""

import hashlib
import os
import sys
from pathlib import Path

import numpy as np

from tests.project.making import apply, paint, touched
from unet_studio.labels.history import History
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store


def digest(labels: np.ndarray, states: dict[int, SliceState]) -> str:
    return hashlib.sha256(labels.tobytes() + repr(sorted(states.items())).encode()).hexdigest()[:16]


def draw(folder: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    store = Store.open(folder)
    case = store.cases()[0]
    labels, states = store.labels(case), store.states(case.id)
    history = History(*store.history(case.id, budget_bytes=1 << 24))
    os.write(1, f"done {digest(labels, states)}\n".encode())
    while True:
        kind = rng.choice(["do", "do", "do", "undo", "redo"])
        if kind == "do":
            start = tuple(int(rng.integers(0, n - 1)) for n in case.shape)
            size = tuple(int(rng.integers(1, n - a + 1)) for a, n in zip(start, case.shape, strict=True))
            pair = (states.get(start[0], SliceState.UNTOUCHED), SliceState.EDITED)
            change = paint(labels, start, size, int(rng.integers(0, 4)), states={start[0]: pair})
            history.push(change)
        else:
            found = history.undo() if kind == "undo" else history.redo()
            if found is None:
                continue
            change = found
        apply(change, labels, states)
        record = {"do": store.record, "undo": store.record_undo, "redo": store.record_redo}[str(kind)]
        os.write(1, f"will {digest(labels, states)}\n".encode())
        record(case.id, change, touched(change, labels, case.axis))
        os.write(1, f"done {digest(labels, states)}\n".encode())


def die_in_a_transaction(folder: Path) -> None:
    store = Store.open(folder)
    with store._database.transaction() as rows:
        rows.execute("PRAGMA cache_size = 2")  # pages go to the file long before the end
        rows.execute("UPDATE cases SET name = 'half'")
        for i in range(200):
            rows.execute("INSERT INTO remembered VALUES (?, ?)", (str(i), "x" * 5000))
        os.kill(os.getpid(), 9)


if __name__ == "__main__":
    if sys.argv[2] == "transaction":
        die_in_a_transaction(Path(sys.argv[1]))
    draw(Path(sys.argv[1]), int(sys.argv[2]))
