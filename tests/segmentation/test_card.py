"""What a checkpoint says of itself, and which of two is better."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import (
    CheckpointCard,
    Regression,
    Scores,
    card_from_json,
    card_to_json,
    is_better,
    regressions,
)

texts = st.text(max_size=20)
slices = st.dictionaries(texts, st.lists(st.integers(0, 999), max_size=5).map(tuple), max_size=4)
scores = st.builds(
    Scores,
    dice=st.dictionaries(st.integers(1, 255), st.floats(0, 1), max_size=4),
    slices=st.integers(0, 99),
    cases=st.integers(0, 9),
)
classes = st.lists(
    st.builds(
        LabelClass,
        value=st.integers(1, 255),
        name=texts,
        colour=st.tuples(*[st.integers(0, 255)] * 3),
        is_visible=st.booleans(),
        is_locked=st.booleans(),
    ),
    max_size=4,
).map(tuple)
cards = st.builds(
    CheckpointCard,
    name=texts,
    architecture=st.sampled_from(["standard", "light", "classic"]),
    parameters=st.integers(0, 10**9),
    label_classes=classes,
    scores=scores,
    before=st.none() | scores,
    trained_on=slices,
    held_out=slices,
    parent=st.none() | texts,
    seed=st.integers(0, 2**32),
    steps=st.integers(0, 10**6),
    seconds=st.floats(0, 1e6),
    created=texts,
    program_version=texts,
    worse=st.lists(
        st.builds(Regression, case=texts, index=st.integers(0, 999), before=st.floats(0, 1), after=st.floats(0, 1)),
        max_size=3,
    ).map(tuple),
    ended=st.sampled_from(["planned", "level", "asked"]),
)


@given(cards)
def test_a_card_comes_back_from_its_text_as_it_was(card):
    assert card_from_json(card_to_json(card)) == card


@given(cards, st.data())
def test_a_card_with_a_field_missing_or_of_another_kind_is_refused(card, data):
    fields = json.loads(card_to_json(card))
    key = data.draw(st.sampled_from(sorted(set(fields) - {"label_values", "worse", "ended"})))  # these came later
    if data.draw(st.booleans()):
        del fields[key]
    else:
        fields[key] = data.draw(st.sampled_from([{"a": 1}, [[1]], 3.5 if key != "seconds" else "long"]))
    with pytest.raises(ValueError, match="not a checkpoint card"):
        card_from_json(json.dumps(fields))


@given(cards)
def test_a_field_that_nobody_knows_is_refused(card):
    fields = json.loads(card_to_json(card)) | {"payload": "?"}
    with pytest.raises(ValueError, match="payload"):
        card_from_json(json.dumps(fields))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '"card"', "{}", '{"label_classes": 3}', "[" * 10_000])
def test_text_that_is_no_card_is_refused(text):
    with pytest.raises(ValueError, match="not a checkpoint card"):
        card_from_json(text)


@pytest.mark.parametrize(
    "broken",
    [
        {"scores": {"dice": {}, "slices": float("inf"), "cases": 0}},
        {"scores": {"dice": {"liver": 0.5}, "slices": 1, "cases": 1}},
        {"label_classes": [{"value": 0, "name": "", "colour": [0, 0, 0], "is_visible": True, "is_locked": False}]},
        {"label_classes": [{"value": 1, "name": 5, "colour": [0, 0, 0], "is_visible": True, "is_locked": False}]},
        {"label_classes": [{"value": 1, "name": "", "colour": [0, 0], "is_visible": True, "is_locked": False}]},
        {"trained_on": {"a": ["first"]}},
        {"worse": [{"case": "a", "index": 1, "before": 0.5}]},
        {"worse": {"a": 1}},
        {"ended": "by itself"},
    ],
)
def test_a_card_with_impossible_figures_is_refused(broken):
    fields = json.loads(card_to_json(plain_card())) | broken
    with pytest.raises(ValueError, match="not a checkpoint card"):
        card_from_json(json.dumps(fields))


def plain_card() -> CheckpointCard:
    return CheckpointCard("a", "light", 1, (), Scores(), None, {}, {}, None, 0, 1, 1.0, "2026-01-01", "0.1")


def test_the_mean_score_is_over_the_classes_that_occur():
    assert Scores({1: 0.5, 3: 1.0}, 4, 1).mean == 0.75
    assert Scores().mean is None


@given(scores, scores)
def test_of_two_scored_checkpoints_the_new_one_may_replace_an_equal_or_worse_one(after, before):
    verdict = is_better(after, before)
    if after.mean is None or before.mean is None:
        assert verdict is None
    else:
        assert verdict == (after.mean >= before.mean)


def test_the_first_checkpoint_may_always_be_used():
    assert is_better(Scores({1: 0.1}, 2, 1), None) is True
    assert is_better(Scores(), None) is True


def test_a_tolerance_lets_a_slightly_worse_one_through():
    after, before = Scores({1: 0.79}, 2, 1), Scores({1: 0.8}, 2, 1)
    assert is_better(after, before) is False
    assert is_better(after, before, tolerance=0.02) is True


def test_slices_that_fell_clearly_are_listed_worst_first():
    before = {("a", 1): 0.9, ("a", 2): 0.9, ("b", 1): 0.9, ("b", 2): 0.9, ("gone", 1): 0.9}
    after = {("a", 1): 0.7, ("a", 2): 0.89, ("b", 1): 0.2, ("b", 2): 1.0, ("new", 1): 0.0}
    assert regressions(before, after) == (Regression("b", 1, 0.9, 0.2), Regression("a", 1, 0.9, 0.7))
    assert regressions(before, after, most=1) == (Regression("b", 1, 0.9, 0.2),)
