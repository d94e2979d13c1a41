"""Why retrain now: from how many slices are new, and how much was changed of what was proposed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.workbench.making import annotation_of, card_of, proposal_of
from unet_studio.labels.scores import agreement
from unet_studio.project.records import CheckpointRecord, Proposal, SliceState
from unet_studio.workbench.corrections import Corrections, Reasons

slices = arrays(np.uint8, (4, 5), elements=st.integers(0, 3))


@given(slices, slices)
def test_agreement_is_one_only_for_equals_and_the_same_both_ways(a, b):
    found = agreement(a, b)
    assert found == agreement(b, a)
    assert found is None if not (a.any() or b.any()) else (found == 1.0) == np.array_equal(a, b)


@pytest.mark.parametrize(
    ("reasons", "advice"),
    [
        (Reasons(2, 2, 0.9), ""), (Reasons(3, 1, 0.0), "new"), (Reasons(4, 4, 0.12), "worth"), (Reasons(4, 2, 0.02), "wait"),
        (Reasons(5, 5, 0.0), "right"), (Reasons(3, 3, 0.05), "worth"),
    ],
)  # fmt: skip
def test_the_advice_follows_from_number_and_change(reasons, advice):
    assert reasons.advice == advice


class Shelf:
    """A project's saving that does all at once."""

    def __init__(self):
        self.texts = {}

    def write(self, write):
        write(self)

    def attempt(self, read, *, done, failed):
        done(read(self))

    def remember(self, key, text):
        self.texts[key] = text

    def remembered(self, key):
        return self.texts.get(key)

    def cases(self):
        return (annotation_of().case,)


class Opened:
    """As much of a project as the reasons need."""

    def __init__(self, annotation, trained_on=None):
        card = card_of(trained_on=trained_on or {})
        self.checkpoints = type("C", (), {"active": CheckpointRecord(7, "Net", "f", "", card, True)})()
        found = frozenset(i for i, s in annotation.states.items() if s is SliceState.REVIEWED)
        self.worklist = type("W", (), {"reviewed": lambda _: {annotation.case.id: found}})()


def reviewed_by_hand(corrections, shelf, *, checkpoint=7):
    """Four slices proposed and reviewed, one of them with its half erased."""
    annotation = annotation_of()
    shape = annotation.labels(0).shape
    annotation.propose(Proposal(i, np.ones(shape, np.uint8), 0.1, checkpoint) for i in range(4))
    half = np.ones(shape, np.uint8)
    half[: shape[0] // 2] = 0
    annotation.replace_slice("Erase", 0, half)
    annotation.states_changed.connect(lambda: corrections.note(annotation, shelf))
    for index in range(4):
        annotation.review(index)
    return annotation


def test_what_was_changed_of_the_proposals_is_known_and_survives_reopening():
    corrections, shelf = Corrections(), Shelf()
    annotation = reviewed_by_hand(corrections, shelf)
    reasons = corrections.reasons(Opened(annotation))
    assert (reasons.new, reasons.judged) == (4, 4)
    assert reasons.changed == pytest.approx((1 - 2 / 3) / 4)
    again = Corrections()
    again.begin(shelf)
    assert again.reasons(Opened(annotation)) == reasons
    annotation.undo()
    assert corrections.reasons(Opened(annotation)).judged == 3


def test_what_was_learned_or_proposed_by_another_checkpoint_does_not_count():
    corrections = Corrections()
    annotation = reviewed_by_hand(corrections, Shelf())
    name = str(annotation.case.id)
    assert corrections.reasons(Opened(annotation, {name: (0, 1)})) == Reasons(2, 2, 0.0)
    annotation = reviewed_by_hand(other := Corrections(), Shelf(), checkpoint=6)
    assert other.reasons(Opened(annotation)) == Reasons(4, 0, 0.0)
    assert other.reasons(Opened(annotation)).advice == "new"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": [1, 2]}', '{"1": 3}', '{"1": ["x", 1]}'])
def test_a_damaged_memory_is_none(text):
    shelf = Shelf()
    shelf.texts["corrections-1"] = text
    corrections = Corrections()
    corrections.begin(shelf)
    annotation = annotation_of(states={1: SliceState.REVIEWED})
    annotation.proposals[1] = proposal_of(annotation, 1)
    assert corrections.reasons(Opened(annotation)).judged == 0
