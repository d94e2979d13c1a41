"""What a network learns from, and what is kept apart for honest scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unet_studio.image.volume import Geometry, Volume
from unet_studio.segmentation.samples import (
    Intensities,
    Sample,
    held_out_cases,
    held_out_slices,
    intensities_of,
    slice_image,
)

indices = st.lists(st.integers(0, 200), max_size=60)
names = st.lists(st.text("abcdef0123456789", min_size=1, max_size=6), max_size=30)
FIGURES = Intensities(0.0, 1.0, 0.5, 0.1, -5.0, 2.0)


def volume(voxels: np.ndarray) -> Volume:
    return Volume(voxels, Geometry(voxels.shape[:3]))


@given(hnp.arrays(np.float32, (3, 4, 5), elements=st.floats(-1e4, 1e4, width=32)))
def test_the_intensities_of_a_volume_are_those_of_all_its_voxels(voxels):
    found = intensities_of(volume(voxels))
    exact = voxels.astype(np.float64)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(exact, [0.5, 99.5])))
    assert (found.mean, found.standard_deviation) == pytest.approx((exact.mean(), exact.std()))
    assert (found.minimum, found.maximum) == (exact.min(), exact.max())


def test_voxels_that_are_no_number_do_not_count():
    found = intensities_of(volume(np.array([[[np.nan, 1.0, np.inf, 3.0]]])))
    assert (found.minimum, found.maximum, found.mean) == (1.0, 3.0, 2.0)


def test_a_volume_without_a_finite_voxel_has_intensities_of_zero():
    assert intensities_of(volume(np.full((1, 2, 2), np.nan))) == Intensities(0, 0, 0, 0, 0, 0)


def test_a_slice_becomes_float32_with_a_channel_axis_and_keeps_its_unit():
    image = slice_image(np.array([[-1000, 40]], np.int16), FIGURES)
    assert image.dtype == np.float32
    assert image.tolist() == [[[-1000.0], [40.0]]]


def test_a_colour_slice_keeps_its_channels():
    assert slice_image(np.zeros((4, 5, 3), np.uint8), FIGURES).shape == (4, 5, 3)


def test_voxels_that_are_not_finite_become_the_minimum_of_the_volume():
    image = slice_image(np.array([[np.nan, np.inf, -np.inf, 0.5]]), FIGURES)
    assert image[..., 0].tolist() == [[-5.0, -5.0, -5.0, 0.5]]


def test_making_an_image_leaves_the_scan_alone():
    pixels = np.array([[np.nan, 1.0]], np.float32)
    slice_image(pixels, FIGURES)
    assert np.isnan(pixels[0, 0])


def test_an_image_and_labels_of_different_size_are_a_bug():
    with pytest.raises(AssertionError):
        Sample(np.zeros((4, 5, 1), np.float32), np.zeros((5, 4), np.uint8), None, "a", 0, FIGURES)


@given(indices)
def test_some_slices_are_kept_and_some_train(reviewed):
    kept = held_out_slices(reviewed)
    assert kept <= set(reviewed)
    if len(set(reviewed)) > 1:
        assert 0 < len(kept) < len(set(reviewed))
    else:
        assert not kept


@pytest.mark.parametrize("share", [0.9, 1.0])
def test_however_large_the_share_one_slice_and_one_case_train(share):
    assert len(held_out_slices(range(9), share=share)) == 8
    assert len(held_out_cases([f"case{n}" for n in range(9)], share=1.0)) == 8


@given(indices, st.randoms())
def test_the_slices_kept_depend_on_which_are_reviewed_and_on_nothing_else(reviewed, chance):
    shuffled = [*reviewed, *reviewed]
    chance.shuffle(shuffled)
    assert held_out_slices(reviewed) == held_out_slices(shuffled)


@given(st.sets(st.integers(0, 400), min_size=4, max_size=60))
def test_about_a_quarter_of_the_slices_is_kept_and_never_half(reviewed):
    kept = held_out_slices(sorted(reviewed))
    wanted = max(1, round(0.25 * len(reviewed)))
    assert wanted <= len(kept) < wanted + min(4, wanted)


def test_neighbours_are_kept_together():
    kept = sorted(held_out_slices(range(100, 140)))
    assert len(kept) == 12
    runs = np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1)
    assert all(len(run) % 4 == 0 for run in runs)


def test_slices_far_apart_are_kept_one_by_one():
    """Eight slices spread over a brain: two kept, six train, and no half of the brain is left out."""
    assert len(held_out_slices([28, 43, 59, 74, 89, 105, 120, 136])) == 2


def test_the_slices_kept_are_the_same_on_every_computer():
    assert held_out_slices([28, 43, 59, 74, 89, 105, 120, 136]) == {105, 120}
    assert held_out_cases([f"case{n}" for n in range(10)]) == {"case2", "case5", "case8"}


@given(names)
def test_some_cases_are_kept_and_some_train(cases):
    kept = held_out_cases(cases)
    assert kept <= set(cases)
    if len(set(cases)) > 1:
        assert 0 < len(kept) < len(set(cases))
    else:
        assert not kept


@given(names, st.randoms())
def test_the_cases_kept_depend_neither_on_order_nor_on_repeats(cases, chance):
    shuffled = [*cases, *cases]
    chance.shuffle(shuffled)
    assert held_out_cases(cases) == held_out_cases(shuffled)


def test_about_a_fifth_of_many_cases_is_kept():
    assert 150 < len(held_out_cases([f"case{n}" for n in range(1000)])) < 250
    assert 450 < len(held_out_cases([f"case{n}" for n in range(1000)], share=0.5)) < 550


@given(st.sets(st.integers(0, 10_000), min_size=20, max_size=40), st.integers(10_001, 20_000))
def test_a_further_case_does_not_move_the_others_once_there_are_many(known, added):
    before = held_out_cases([f"case{n}" for n in known], share=0.5)
    after = held_out_cases([f"case{n}" for n in (*known, added)], share=0.5)
    assert after - {f"case{added}"} == before
