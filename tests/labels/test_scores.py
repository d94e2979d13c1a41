"""How well two masks agree, held against scipy and against plain definitions."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from scipy.spatial.distance import dice as scipy_dice
from scipy.spatial.distance import jaccard as scipy_jaccard

from tests.strategies import masks
from unet_studio.labels.scores import dice, hausdorff95, iou, surface_distances

SHAPE = (4, 5, 6)
pairs = st.tuples(masks(SHAPE), masks(SHAPE))
spacings = st.tuples(*[st.sampled_from([0.5, 1.0, 2.5])] * 3)


def surface(mask: np.ndarray) -> np.ndarray:
    """The voxels with a background voxel, or the end of the array, on one of their six sides."""
    padded = np.pad(mask, 1)
    hidden = np.ones_like(mask)
    for axis in range(3):
        for step in (-1, 1):
            hidden &= np.roll(padded, step, axis)[1:-1, 1:-1, 1:-1]
    return np.argwhere(mask & ~hidden)


@given(pairs)
def test_dice_and_iou_agree_with_scipy(pair):
    a, b = pair
    assume(a.any() or b.any())
    assert dice(a, b) == pytest.approx(1 - scipy_dice(a.ravel(), b.ravel()))
    assert iou(a, b) == pytest.approx(1 - scipy_jaccard(a.ravel(), b.ravel()))


@given(pairs)
def test_dice_and_iou_are_two_forms_of_one_score(pair):
    d, j = dice(*pair), iou(*pair)
    assert 0 <= j <= d <= 1
    assert d == pytest.approx(2 * j / (1 + j))


def test_two_empty_masks_agree_and_an_empty_one_agrees_with_nothing_else():
    empty, full = np.zeros(SHAPE, bool), np.ones(SHAPE, bool)
    assert (dice(empty, empty), iou(empty, empty)) == (1.0, 1.0)
    assert (dice(empty, full), iou(empty, full)) == (0.0, 0.0)


@given(pairs, spacings)
def test_surface_distances_are_the_shortest_ways_between_the_surfaces_both_ways(pair, spacing):
    a, b = pair
    found = np.sort(surface_distances(a, b, spacing))
    if not (a.any() and b.any()):
        assert found.size == 0
        return
    ways = cdist(surface(a) * spacing, surface(b) * spacing)
    expected = np.sort(np.concatenate([ways.min(axis=1), ways.min(axis=0)]))
    assert found == pytest.approx(expected)
    assert hausdorff95(a, b, spacing) == pytest.approx(float(np.percentile(expected, 95)))


@given(pairs, spacings)
def test_the_distance_between_two_masks_is_the_same_both_ways(pair, spacing):
    a, b = pair
    assert hausdorff95(a, b, spacing) == pytest.approx(hausdorff95(b, a, spacing))


@given(masks(SHAPE))
def test_a_mask_is_at_no_distance_from_itself(mask):
    assert hausdorff95(mask, mask, (1.0, 1.0, 1.0)) == 0.0


@given(pairs)
def test_distances_grow_with_the_spacing(pair):
    near, far = (hausdorff95(*pair, (s, s, s)) for s in (1.0, 3.0))
    assert (near is None and far is None) or far == pytest.approx(3 * near)


def test_a_plate_moved_by_two_slices_is_two_spacings_away():
    a, b = np.zeros((9, 5, 5), bool), np.zeros((9, 5, 5), bool)
    a[2], b[4] = True, True
    assert hausdorff95(a, b, (2.5, 1.0, 1.0)) == pytest.approx(5.0)


def test_there_is_no_distance_to_an_empty_mask():
    empty, full = np.zeros(SHAPE, bool), np.ones(SHAPE, bool)
    assert hausdorff95(empty, full, (1, 1, 1)) is None
    assert hausdorff95(full, empty, (1, 1, 1)) is None
    assert hausdorff95(empty, empty, (1, 1, 1)) == 0.0


def test_slices_are_scored_like_volumes():
    a, b = np.zeros((6, 6), bool), np.zeros((6, 6), bool)
    a[1:4, 1:4], b[1:4, 2:5] = True, True
    assert dice(a, b) == pytest.approx(2 * 6 / 18)
    assert hausdorff95(a, b, (1.0, 2.0)) == pytest.approx(2.0)
