"""The held-out set of a project, through all its retrainings."""

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.segmentation.held_out import extended

COUNTS = {"a": 30, "b": 20, "c": 10}
slice_sets = st.fixed_dictionaries({c: st.frozensets(st.integers(0, n - 1), max_size=n) for c, n in COUNTS.items()})


def train(reviewed, held):
    """What a retraining learns from: every reviewed slice that is not held out."""
    return {case: slices - held.get(case, frozenset()) for case, slices in reviewed.items()}


@given(st.lists(slice_sets, min_size=1, max_size=4))
def test_over_all_retrainings_the_set_only_grows_and_no_slice_of_it_was_ever_trained_on(rounds):
    held, reviewed = {}, {case: frozenset() for case in COUNTS}
    trained = {case: frozenset() for case in COUNTS}
    for more in rounds:
        reviewed = {case: reviewed[case] | more[case] for case in COUNTS}
        now = extended(held, reviewed=reviewed, trained=trained, counts=COUNTS)
        for case in COUNTS:
            assert held.get(case, frozenset()) <= now.get(case, frozenset())
            assert not now.get(case, frozenset()) & trained[case]
        held = now
        learned = train(reviewed, held)
        if sum(map(len, reviewed.values())) > 1:
            assert any(learned.values())
        trained = {case: trained[case] | learned[case] for case in COUNTS}


@given(slice_sets)
def test_the_first_retraining_of_two_or_more_slices_has_something_to_be_scored_on(reviewed):
    held = extended({}, reviewed=reviewed, trained={}, counts=COUNTS)
    if sum(map(len, reviewed.values())) > 1:
        assert any(held.get(case, frozenset()) & reviewed[case] for case in COUNTS)


def test_a_single_reviewed_slice_trains():
    assert extended({}, reviewed={"a": frozenset({3})}, trained={}, counts=COUNTS) == {}


def test_of_several_cases_a_whole_one_is_held_out_also_the_slices_not_yet_reviewed():
    reviewed = {case: frozenset({1, 2}) for case in COUNTS}
    held = extended({}, reviewed=reviewed, trained={}, counts=COUNTS)
    (case,) = held
    assert held[case] == frozenset(range(COUNTS[case]))


def test_of_a_single_case_a_part_of_the_slices_is_held_out():
    reviewed = {"a": frozenset({2, 7, 12, 17, 22, 27})}
    held = extended({}, reviewed=reviewed, trained={}, counts=COUNTS)
    assert 1 <= len(held["a"]) <= 2
    assert held["a"] < reviewed["a"]


def test_a_set_that_is_large_enough_stays_as_it_is():
    held = {"a": frozenset({2, 7})}
    reviewed = {"a": frozenset({2, 7, 12, 17, 22})}
    assert extended(held, reviewed=reviewed, trained={"a": frozenset({12})}, counts=COUNTS) == held


FRAMES = {"heart 1": 12, "heart 2": 12, "heart 3": 12, "lung": 20}
FILMS = dict.fromkeys(("heart 1", "heart 2", "heart 3"), "heart")
frame_sets = st.fixed_dictionaries({c: st.frozensets(st.integers(0, n - 1), max_size=n) for c, n in FRAMES.items()})


def shares_a_place(held, learned) -> bool:
    """Whether a slice is trained on in one frame and held out in another of the same scan."""
    in_held = {(FILMS.get(c, c), i) for c, slices in held.items() for i in slices}
    return any((FILMS.get(c, c), i) in in_held for c, slices in learned.items() for i in slices)


@given(st.lists(frame_sets, min_size=1, max_size=4))
def test_over_all_retrainings_no_slice_trains_in_one_frame_that_is_held_out_in_another(rounds):
    held, reviewed = {}, {case: frozenset() for case in FRAMES}
    trained = {case: frozenset() for case in FRAMES}
    for more in rounds:
        reviewed = {case: reviewed[case] | more[case] for case in FRAMES}
        held = extended(held, reviewed=reviewed, trained=trained, counts=FRAMES, groups=FILMS)
        learned = train(reviewed, held)
        trained = {case: trained[case] | learned[case] for case in FRAMES}
        assert not shares_a_place(held, trained)


def test_of_a_film_and_a_scan_one_is_held_out_as_a_whole_with_frames_not_yet_reviewed():
    reviewed = {"heart 1": frozenset({1, 2}), "lung": frozenset({3, 4})}
    held = extended({}, reviewed=reviewed, trained={}, counts=FRAMES, groups=FILMS)
    assert set(held) in ({"heart 1", "heart 2", "heart 3"}, {"lung"})
    other = extended(
        {}, reviewed={"heart 1": frozenset({1}), "heart 2": frozenset({2})}, trained={}, counts=FRAMES, groups=FILMS
    )
    assert len({frozenset(slices) for slices in other.values()}) == 1 and len(other) == 3


def test_a_frame_that_comes_later_is_held_out_where_its_film_is():
    held = {"heart 1": frozenset(range(12))}
    reviewed = {"heart 1": frozenset({1, 2}), "heart 3": frozenset({5}), "lung": frozenset({3, 4})}
    now = extended(held, reviewed=reviewed, trained={"lung": frozenset({3})}, counts=FRAMES, groups=FILMS)
    assert now["heart 3"] == frozenset(range(12)) and "lung" not in now


def test_one_slice_over_all_frames_is_learned_from_as_nothing_honest_could_score_it():
    reviewed = dict.fromkeys(("heart 1", "heart 2", "heart 3"), frozenset({0}))
    assert extended({}, reviewed=reviewed, trained={}, counts=FRAMES, groups=FILMS) == {}
