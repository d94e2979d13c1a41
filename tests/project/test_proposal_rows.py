"""Proposals that are an action, in the journal."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.project.making import P, U, new_case, new_project
from unet_studio.project.proposal_rows import KEY, proposal_text, proposals_from
from unet_studio.project.records import Change, Proposal
from unet_studio.project.store import Store


def beside(value: int, checkpoint: int | None = None) -> Proposal:
    labels = np.zeros((6, 7), np.uint8)
    labels[value] = value
    return Proposal(2, labels, 0.25, checkpoint, to_correct=4.5)


def alike(one: Proposal | None, other: Proposal | None) -> bool:
    if one is None or other is None:
        return one is other
    figures = [(p.index, p.uncertainty, p.checkpoint_id, p.to_correct) for p in (one, other)]
    return figures[0] == figures[1] and np.array_equal(one.labels, other.labels)


def test_an_action_that_proposed_comes_back_and_the_slices_have_what_it_led_to(tmp_path: Path) -> None:
    change = Change("Between", None, {2: (U, P)}, (), {2: (None, beside(3))})
    with new_project(tmp_path) as store:
        case = new_case(store)
        store.record(case.id, change, {})
        assert alike(store.proposals(case.id)[2], beside(3)) and store.states(case.id) == {2: P}
        store.record_undo(case.id, change.inverse(), {})
        assert not store.proposals(case.id) and not store.states(case.id)
        folder = store.folder
    with Store.open(folder) as store:
        ((), (undone,)) = store.history(case.id, budget_bytes=1 << 20)
        assert undone.name == "Between" and undone.states == {2: (U, P)}
        assert alike(undone.proposals[2][0], None) and alike(undone.proposals[2][1], beside(3))
        store.record_redo(case.id, undone, {})
        assert alike(store.proposals(case.id)[2], beside(3))


def test_an_earlier_proposal_comes_back_with_its_checkpoint() -> None:
    found = proposals_from(proposal_text({2: (beside(1, 7), beside(3))}))
    assert alike(found[2][0], beside(1, 7)) and alike(found[2][1], beside(3))
    assert proposals_from(None) == {}


def test_one_written_before_pixels_to_correct_were_told_is_read() -> None:
    rows = json.loads(proposal_text({2: (None, beside(3))}))
    del rows["2"][1][-1]
    found = proposals_from(json.dumps(rows))[2][1]
    assert found is not None and found.to_correct == 0.0 and np.array_equal(found.labels, beside(3).labels)


@pytest.mark.parametrize(
    "text", ["{", "3", '{"a": [null, null]}', '{"2": [[6, 7, "!", 0.5, null], null]}', '{"2": [null]}']
)
def test_a_damaged_proposal_ends_the_history_and_no_more(text: str, tmp_path: Path) -> None:
    with pytest.raises((ValueError, TypeError)):
        proposals_from(text)
    with new_project(tmp_path) as store:
        case = new_case(store)
        store.record(case.id, Change("Between", None, {2: (U, P)}, (), {2: (None, beside(3))}), {})
        store.remember(f"{KEY}1", text)
        assert store.history(case.id, budget_bytes=1 << 20) == ([], [])
