"""Which slice to correct next."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.segmentation.ranking import Outlook, next_case, next_slice

numbers = st.integers(0, 9)
some = st.sets(numbers)
unsure = st.dictionaries(numbers, st.floats(0, 1))


def suggest(count=10, current=0, uncertainty=None, edited=(), reviewed=(), to_correct=None):
    return next_slice(
        count=count,
        current=current,
        uncertainty=uncertainty or {},
        to_correct=to_correct or {},
        edited=edited,
        reviewed=reviewed,
    )


@given(numbers, unsure, some, some)
def test_a_reviewed_slice_is_never_suggested_and_another_always_is(current, uncertainty, edited, reviewed):
    suggestion = suggest(10, current, uncertainty, edited, reviewed)
    if len(reviewed) == 10:
        assert suggestion is None
    else:
        assert suggestion is not None
        assert suggestion.index in set(range(10)) - reviewed
        assert suggestion.reason


@given(numbers, unsure, some, some)
def test_the_slice_now_looked_at_is_suggested_only_where_no_other_is_left(current, uncertainty, edited, reviewed):
    suggestion = suggest(10, current, uncertainty, edited, reviewed)
    if suggestion is not None and suggestion.index == current:
        assert set(range(10)) - reviewed == {current}


def test_begun_work_comes_first_and_the_nearest_of_it():
    assert suggest(current=5, uncertainty={1: 1.0}, edited={2, 7, 9}).index == 7


def test_then_the_least_sure_prediction():
    suggestion = suggest(current=5, uncertainty={1: 0.2, 8: 0.9, 9: 0.5}, reviewed={0})
    assert suggestion.index == 8
    assert "90%" in suggestion.reason


def test_a_tiny_structure_waits_for_a_slice_with_more_to_correct():
    uncertainty, to_correct = {2: 0.6, 7: 0.3}, {2: 12.0, 7: 60.0}
    assert suggest(count=10, current=5, uncertainty=uncertainty, to_correct=to_correct).index == 7
    assert suggest(count=10, current=5, uncertainty=uncertainty).index == 2
    assert suggest(count=10, current=5, uncertainty={2: 0.6, 7: 0.3}, to_correct={2: 12.0}).index == 2


def test_in_another_case_too_and_its_reason_tells_of_that_slice():
    there = Outlook(10, {2: 0.6, 7: 0.3}, frozenset(), {2: 12.0, 7: 60.0})
    found = next_case({1: there})
    assert found.index == 7
    assert found.unsure == 0.3
    assert found.to_correct == 60.0


def test_of_cases_the_one_with_most_to_correct_where_the_network_is_unsure():
    small, large = Outlook(10, {2: 0.6}, (), {2: 12.0}), Outlook(10, {2: 0.2}, (), {2: 60.0})
    assert next_case({1: small, 2: large}).case == 2
    assert next_case({1: small, 2: Outlook(10, {2: 0.04}, (), {2: 60.0})}).case == 1


def test_neighbours_of_a_reviewed_slice_wait_though_they_are_a_little_less_sure():
    uncertainty = {2: 0.6, 6: 0.5, 7: 0.55}
    assert suggest(count=20, current=15, uncertainty=uncertainty, reviewed={1, 8}).index == 6
    assert suggest(count=20, current=15, uncertainty=uncertainty, reviewed={17}).index == 2


def test_corrections_one_after_the_other_spread_over_a_stretch_of_unsure_slices():
    uncertainty = {i: 0.5 - abs(i - 30) / 100 for i in range(10, 51)}
    reviewed: set[int] = set()
    for _ in range(6):
        reviewed.add(suggest(count=60, current=0, uncertainty=uncertainty, reviewed=reviewed).index)
    ordered = sorted(reviewed)
    assert min(b - a for a, b in pairwise(ordered)) >= 2


def test_of_equally_unsure_predictions_the_nearest():
    assert suggest(current=5, uncertainty={1: 0.5, 6: 0.5}).index == 6


def test_then_the_slice_furthest_from_any_reviewed_one():
    assert suggest(current=1, reviewed={0, 9}).index in (4, 5)
    assert suggest(current=1, reviewed={0}).index == 6


def test_the_first_slice_to_work_on_is_the_middle_one():
    assert suggest(count=11, current=0).index == 5


def test_a_scan_of_one_slice_is_suggested_until_it_is_reviewed():
    assert suggest(count=1).index == 0
    assert suggest(count=1, reviewed={0}) is None


def test_the_first_slices_spread_over_the_scan_and_leave_its_ends_alone():
    reviewed: list[int] = []
    for _ in range(5):
        current = reviewed[-1] if reviewed else 0
        reviewed.append(suggest(count=36, current=current, reviewed=set(reviewed)).index)
    assert reviewed == [18, 6, 29, 12, 23]
    assert suggest(count=5, current=2, reviewed={1, 2, 3}).index in (0, 4)


def outlook(uncertainty=None, *, count=6, reviewed=()) -> Outlook:
    return Outlook(count, uncertainty or {}, frozenset(reviewed))


def test_the_case_of_the_least_sure_slice_comes_first():
    cases = {1: outlook({0: 0.2}), 2: outlook({3: 0.5, 4: 0.6}), 3: outlook()}
    assert (next_case(cases).case, next_case(cases).index) == (2, 4)


def test_slices_beside_reviewed_ones_count_less_in_other_cases_too():
    cases = {1: outlook({3: 0.6, 0: 0.4}, reviewed=[4])}
    assert next_case(cases).index == 0


def test_a_case_not_seen_yet_comes_before_one_that_is_nearly_right():
    cases = {1: outlook({0: 0.05}), 2: outlook(reviewed=range(6)), 3: outlook()}
    assert (next_case(cases).case, next_case(cases).index) == (3, None)
    assert next_case({1: cases[1], 2: cases[2]}).case == 1
    assert next_case({2: cases[2]}) is None


def test_a_case_is_left_only_when_it_is_done_or_nearly_so():
    there = next_case({1: outlook({0: 0.4})})
    assert there.is_better_than(None)
    assert there.is_better_than(0.01)
    assert not there.is_better_than(0.2)
    assert not next_case({1: outlook({0: 0.05})}).is_better_than(0.01)
