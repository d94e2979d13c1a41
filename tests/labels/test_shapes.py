"""Areas to fill."""

from collections import deque
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import labels
from unet_studio.labels.brush import Patch
from unet_studio.labels.shapes import connected, polygon

SIZE = (12, 14)
corners = st.tuples(*[st.integers(-8, 60).map(lambda v: v / 4)] * 2)


def filled(patch: Patch | None, size: tuple[int, int] = SIZE) -> np.ndarray:
    mask = np.zeros(size, bool)
    if patch is not None:
        mask[patch.box] = patch.mask
    return mask


def crossings_below(row: int, column: int, points) -> int | None:
    """Edges met by a ray from the pixel down the screen, in exact numbers; None where the pixel lies on an edge.

    The ray runs across the rows while ``polygon`` looks along them, so the two share no arithmetic.
    """
    count = 0
    for (row_a, column_a), (row_b, column_b) in zip(points, [*points[1:], points[0]], strict=True):
        ra, ca, rb, cb = (Fraction(v) for v in (row_a, column_a, row_b, column_b))
        if (rb - ra) * (column - ca) == (cb - ca) * (row - ra) and (
            min(ra, rb) <= row <= max(ra, rb) and min(ca, cb) <= column <= max(ca, cb)
        ):
            return None
        if min(ca, cb) <= column < max(ca, cb) and ra + (column - ca) * (rb - ra) / (cb - ca) > row:
            count += 1
    return count


@given(st.lists(corners, min_size=3, max_size=9))
def test_a_polygon_is_filled_by_the_even_odd_rule(points):
    mask = filled(polygon(points, size=SIZE))
    for row, column in np.ndindex(*SIZE):
        crossed = crossings_below(row, column, points)
        if crossed is not None:
            assert mask[row, column] == (crossed % 2 == 1)


@given(st.lists(corners, min_size=3, max_size=7), st.integers(0, 6))
def test_it_does_not_matter_where_a_polygon_begins_or_which_way_it_goes(points, first):
    turned = points[first % len(points) :] + points[: first % len(points)]
    mask = filled(polygon(points, size=SIZE))
    assert np.array_equal(mask, filled(polygon(turned, size=SIZE)))
    other_way = filled(polygon(points[::-1], size=SIZE))
    on_edge = [p for p in np.argwhere(mask != other_way) if crossings_below(*(int(v) for v in p), points) is not None]
    assert not on_edge


@given(st.tuples(*[st.integers(0, 40).map(lambda v: v / 4)] * 3))
def test_two_rectangles_with_a_common_edge_neither_overlap_nor_leave_a_gap(cuts):
    top, middle, bottom = sorted(cuts)
    upper = filled(polygon([(top, 1), (top, 9), (middle, 9), (middle, 1)], size=SIZE))
    lower = filled(polygon([(middle, 1), (middle, 9), (bottom, 9), (bottom, 1)], size=SIZE))
    whole = filled(polygon([(top, 1), (top, 9), (bottom, 9), (bottom, 1)], size=SIZE))
    assert not (upper & lower).any()
    assert np.array_equal(upper | lower, whole)


def test_pixels_on_the_left_and_top_edge_are_inside_and_on_the_others_outside():
    mask = filled(polygon([(2, 3), (2, 7), (5, 7), (5, 3)], size=SIZE))
    rows, columns = np.nonzero(mask)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 4, 3, 6)
    assert mask.sum() == 12


def test_a_bow_tie_leaves_nothing_between_its_wings():
    mask = filled(polygon([(1, 1), (9, 11), (9, 1), (1, 11)], size=SIZE))
    assert mask[2, 2] == mask[2, 10] == False  # noqa: E712
    assert mask[2, 6]
    assert mask[8, 6]


def test_a_polygon_partly_off_the_slice_is_cut_at_its_edge():
    assert filled(polygon([(-5, -5), (-5, 50), (50, 50), (50, -5)], size=SIZE)).all()


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(1, 1)],
        [(1, 1), (5, 5)],
        [(1, 1), (1, 5), (1, 9)],
        [(-9, -9), (-9, -5), (-5, -5)],
        [(2.2, 2.2), (2.2, 2.8), (2.8, 2.8)],
    ],
)
def test_a_polygon_without_a_pixel_centre_inside_is_none(points):
    assert polygon(points, size=SIZE) is None


@given(labels((7, 8)), st.integers(0, 6), st.integers(0, 7))
def test_a_fill_reaches_what_touches_by_an_edge_and_has_the_same_label(slice_labels, row, column):
    reached, queue = {(row, column)}, deque([(row, column)])
    while queue:
        r, c = queue.popleft()
        for near in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            inside = 0 <= near[0] < 7 and 0 <= near[1] < 8
            if inside and near not in reached and slice_labels[near] == slice_labels[row, column]:
                reached.add(near)
                queue.append(near)
    assert set(map(tuple, np.argwhere(connected(slice_labels, row, column)).tolist())) == reached


def test_a_fill_does_not_slip_through_a_corner():
    checkers = np.indices((5, 5)).sum(axis=0).astype(np.uint8) % 2
    assert connected(checkers, 2, 2).sum() == 1
