import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.project.conftest import MEMORY
from tests.project.making import SHAPE, U, apply, new_case, new_project, paint, same, touched
from unet_studio.labels.history import History
from unet_studio.project.records import Case, Change, SliceState
from unet_studio.project.store import Store

BUDGET = 1 << 20

boxes = st.tuples(
    *(st.integers(0, n - 1).flatmap(lambda a, n=n: st.tuples(st.just(a), st.integers(1, n - a))) for n in SHAPE)
)
states = st.dictionaries(st.integers(0, min(SHAPE) - 1), st.sampled_from(SliceState), max_size=3)
actions = st.one_of(
    st.tuples(st.just("do"), st.one_of(st.none(), boxes), st.integers(0, 3), states),
    st.sampled_from([("undo",), ("undo",), ("redo",), ("redo",), ("reopen",)]),
)


class Hand:
    """A case as the program has it in memory, every action recorded."""

    def __init__(self, store: Store, axis: int) -> None:
        self.store = store
        self.case: Case = new_case(store, axis=axis)
        self.labels = store.labels(self.case)
        self.states: dict[int, SliceState] = {}
        self.history: History[Change] = History(budget_bytes=BUDGET)

    def do(self, box: Any, value: int, states: dict[int, SliceState]) -> None:
        pairs = {i: (self.states.get(i, U), after) for i, after in states.items()}
        change = Change("States only", None, pairs)
        if box is not None:
            start, size = zip(*box, strict=True)
            change = paint(self.labels, start, size, value, states=pairs)
        apply(change, self.labels, self.states)
        self.history.push(change)
        self.store.record(self.case.id, change, touched(change, self.labels, self.case.axis))

    def undo(self) -> None:
        if change := self.history.undo():
            apply(change, self.labels, self.states)
            self.store.record_undo(self.case.id, change, touched(change, self.labels, self.case.axis))

    def redo(self) -> None:
        if change := self.history.redo():
            apply(change, self.labels, self.states)
            self.store.record_redo(self.case.id, change, touched(change, self.labels, self.case.axis))

    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.store.folder)
        assert np.array_equal(self.store.labels(self.case), self.labels)
        assert self.store.states(self.case.id) == self.states
        done, undone = self.store.history(self.case.id, budget_bytes=BUDGET)
        kept = self.history
        assert all(same(a, b) for a, b in zip(done, kept.done, strict=True))
        assert all(same(a, b) for a, b in zip(undone, kept.undone, strict=True))
        self.history = History(done, undone, budget_bytes=BUDGET)


@settings(max_examples=80)
@given(st.lists(actions, min_size=3, max_size=25), st.integers(0, 2))
def test_whatever_is_done_undone_and_redone_a_reopened_project_is_as_it_was_in_memory(
    steps: list[Any], axis: int
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        hand = Hand(new_project(Path(folder)), axis)
        try:
            for kind, *how in steps:
                getattr(hand, kind)(*how)
            hand.reopen()
            while hand.history.undo_name is not None:
                hand.undo()
            assert not hand.labels.any()
            hand.reopen()
        finally:
            hand.store.close()


def test_two_cases_have_a_history_each(disk: Path) -> None:
    with new_project(disk) as store:
        one, two = Hand(store, 0), Hand(store, 1)
        one.do([(0, 1), (0, 1), (0, 1)], 1, {})
        two.do([(1, 2), (0, 3), (0, 1)], 2, {})
        one.undo()
        assert [len(side) for side in store.history(one.case.id, budget_bytes=BUDGET)] == [0, 1]
        assert [len(side) for side in store.history(two.case.id, budget_bytes=BUDGET)] == [1, 0]
        two.do(None, 0, {0: SliceState.REVIEWED})
        assert [len(side) for side in store.history(one.case.id, budget_bytes=BUDGET)] == [0, 1]


@pytest.mark.parametrize("budget", [0, 500, 1000, 1400, 5000])
def test_the_history_read_back_is_the_one_that_fits_the_budget(disk: Path, budget: int) -> None:
    with new_project(disk) as store:
        hand = Hand(store, 0)
        for size in (5, 3, 1, 4, 2):
            hand.do([(0, size), (0, 6), (0, 7)], size, {})
        hand.undo()
        done, undone = store.history(hand.case.id, budget_bytes=budget)
        expected = History(hand.history.done, hand.history.undone, budget_bytes=budget)
        assert [c.nbytes for c in done] == [c.nbytes for c in expected.done]
        assert [c.nbytes for c in undone] == [c.nbytes for c in expected.undone]


@pytest.mark.parametrize("kind", ["record_undo", "record_redo"])
def test_undoing_what_was_not_done_last_is_refused_and_changes_nothing(disk: Path, kind: str) -> None:
    with new_project(disk) as store:
        hand = Hand(store, 0)
        hand.do([(0, 1), (0, 1), (0, 1)], 1, {0: SliceState.EDITED})
        stranger = paint(hand.labels.copy(), (1, 1, 1), (1, 1, 1), 2)
        with pytest.raises(ValueError, match="but the journal has"):
            getattr(store, kind)(hand.case.id, stranger, {0: np.zeros((6, 7), np.uint8)})
        hand.reopen()
        hand.store.close()


def test_a_damaged_change_ends_the_history_and_the_labels_stay(disk: Path) -> None:
    with new_project(disk) as store:
        hand = Hand(store, 0)
        for z in range(5):
            hand.do([(z, 1), (0, 2), (0, 2)], z + 1, {})
        hand.undo()
        hand.undo()
        with store._database.transaction() as rows:
            rows.execute("UPDATE journal SET before = x'00112233445566' WHERE id IN (2, 5)")
        done, undone = store.history(hand.case.id, budget_bytes=BUDGET)
        assert [c.edit.start[0] for c in done if c.edit] == [2]
        assert [c.edit.start[0] for c in undone if c.edit] == [3]
        assert np.array_equal(store.labels(hand.case), hand.labels)


def test_a_large_edit_is_saved_and_comes_back(disk: Path) -> None:
    rng = np.random.default_rng(1)
    with new_project(disk) as store:
        case = new_case(store, shape=(60, 256, 256))
        labels = store.labels(case)
        change = paint(labels, (0, 0, 0), labels.shape, 1)
        assert change.edit is not None
        change.edit.after[...] = labels[...] = rng.integers(0, 4, labels.shape, dtype=np.uint8)
        store.record(case.id, change, touched(change, labels, 0))
    with Store.open(store.folder) as again:
        done, _ = again.history(case.id, budget_bytes=0)
        assert same(done[0], change) and np.array_equal(again.labels(case), labels)
