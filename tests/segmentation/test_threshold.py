"""Otsu's threshold."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.strategies import ORIENTATIONS
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.segmenter import Segmenter
from unet_studio.segmentation.threshold import OtsuSegmenter, otsu_threshold

LIVER = LabelClass(4, "Liver", (9, 9, 9))


def parted(values: np.ndarray, threshold: float) -> float:
    """The variance between the two classes, in shares, straight from its definition."""
    low, high = values[values <= threshold], values[values > threshold]
    if not (low.size and high.size):
        return 0.0
    return low.size * high.size / values.size**2 * (low.mean() - high.mean()) ** 2


@given(hnp.arrays(np.uint8, st.integers(2, 60)))
def test_no_other_threshold_parts_8_bit_voxels_better(values):
    """With 256 bins each value of 0 and 255 has its own, so the histogram loses nothing."""
    assume(values.min() != values.max())
    whole = np.concatenate([values, [0, 255]]).astype(float)
    best = max(parted(whole, t + 0.5) for t in range(255))
    assert parted(whole, otsu_threshold(whole)) == pytest.approx(best, rel=1e-2)


@given(hnp.arrays(np.int16, st.integers(1, 80)))
def test_the_threshold_lies_within_the_voxels(values):
    assert values.min() <= otsu_threshold(values) <= values.max()


def test_two_clear_groups_are_parted_between_them():
    values = np.concatenate([np.random.default_rng(0).normal(m, 5, 4000) for m in (20, 120)])
    assert 60 < otsu_threshold(values) < 80


@given(st.floats(-1e6, 1e6), st.floats(0.5, 100))
def test_the_threshold_moves_with_the_intensities(shift, scale):
    values = np.concatenate([np.linspace(0, 1, 500), np.linspace(8, 10, 300)])
    moved = otsu_threshold(values * scale + shift)
    assert (values * scale + shift > moved).tolist() == (values > 5).tolist()


@pytest.mark.parametrize("value", [0.0, -1000.0, 0.1, 1e15])
def test_an_even_scan_has_nothing_above_its_threshold(value):
    noise = np.array([value, np.nextafter(value, np.inf), value])
    assert otsu_threshold(np.full(9, value)) == value
    assert not (noise > otsu_threshold(noise)).any()


def test_voxels_that_are_no_number_do_not_count():
    assert 1 <= otsu_threshold(np.array([np.nan, 1.0, 1.0, 9.0, np.inf])) < 9
    assert otsu_threshold(np.array([np.nan])) == 0.0


@pytest.fixture
def bright_corner() -> Volume:
    voxels = np.zeros((4, 5, 6), np.int16)
    voxels[1:3, :2, :3] = 500
    return Volume(voxels, Geometry((4, 5, 6), axes=ORIENTATIONS[21]))


def test_otsu_is_a_segmenter(bright_corner):
    segmenter: Segmenter = OtsuSegmenter(LIVER)
    assert segmenter.label_classes == (LIVER,)
    assert segmenter.name
    assert segmenter.device


def test_what_is_bright_gets_the_class_the_way_up_the_slice_is_shown(bright_corner):
    view = plane_view(bright_corner.geometry, Plane.AXIAL)
    count = view.count(bright_corner.geometry.shape)
    answers = list(OtsuSegmenter(LIVER).predict(bright_corner, range(count)))
    assert [a.index for a in answers] == list(range(count))
    for answer in answers:
        shown = view.slice_of(bright_corner.voxels, answer.index)
        assert np.array_equal(answer.labels, np.where(shown > 0, 4, 0))
        assert answer.labels.dtype == np.uint8
        assert answer.probabilities is None


def test_probabilities_are_background_first_and_add_up_to_one(bright_corner):
    answer = next(OtsuSegmenter(LIVER).predict(bright_corner, [1], probabilities=True))
    assert answer.probabilities is not None
    assert np.array_equal(answer.probabilities[1] > 0.5, answer.labels == 4)
    assert (answer.probabilities.sum(axis=0) == 1).all()


def test_the_next_slice_is_taken_only_when_the_caller_comes_back(bright_corner):
    taken = []

    def order():
        for index in (2, 0):
            taken.append(index)
            yield index

    answers = OtsuSegmenter(LIVER).predict(bright_corner, order())
    assert taken == []
    next(answers)
    assert taken == [2]
    assert next(answers).index == 0


def test_in_an_even_scan_nothing_is_proposed():
    even = Volume(np.full((1, 3, 3), 7, np.int16), Geometry((1, 3, 3)))
    assert not next(OtsuSegmenter(LIVER).predict(even, [0])).labels.any()


def test_colour_is_judged_by_the_mean_of_its_channels():
    voxels = np.zeros((1, 2, 2, 3), np.uint8)
    voxels[0, 0, 0] = (200, 220, 210)
    answer = next(OtsuSegmenter(LIVER).predict(Volume(voxels, Geometry((1, 2, 2))), [0]))
    assert answer.labels.tolist() == [[4, 0], [0, 0]]
