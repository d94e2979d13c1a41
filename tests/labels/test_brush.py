"""The voxels of a stroke."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from unet_studio.labels.brush import Patch, capsule, line

coordinates = st.integers(-40, 160).map(lambda v: v / 4 + 0.03)  # never half-way between two pixels
points = st.tuples(coordinates, coordinates)
radii = st.floats(0.05, 9)
spacings = st.tuples(*[st.sampled_from([0.4, 1.0, 1.7, 3.0])] * 2)
sizes = st.tuples(st.integers(1, 36), st.integers(1, 36))


def painted(patch: Patch | None, size: tuple[int, int]) -> np.ndarray:
    mask = np.zeros(size, bool)
    if patch is not None:
        mask[patch.box] = patch.mask
    return mask


def distance(row: int, column: int, start, end, spacing) -> float:
    """From a pixel's centre to the segment, by the law of cosines rather than by projection."""
    scaled = [(p[0] * spacing[0], p[1] * spacing[1]) for p in ((row, column), start, end)]
    a, b, length = math.dist(scaled[0], scaled[1]), math.dist(scaled[0], scaled[2]), math.dist(scaled[1], scaled[2])
    if length == 0 or a * a + length * length <= b * b:
        return a
    if b * b + length * length <= a * a:
        return b
    half = (a + b + length) / 2  # Heron: the height over the segment
    return 2 * math.sqrt(max(0.0, half * (half - a) * (half - b) * (half - length))) / length


@given(points, points, radii, sizes, spacings)
def test_a_capsule_is_every_pixel_within_the_radius_of_the_line(start, end, radius, size, spacing):
    mask = painted(capsule(start, end, radius=radius, size=size, spacing=spacing), size)
    ends = {(round(p[0]), round(p[1])) for p in (start, end)}
    for row, column in np.ndindex(*size):
        away = distance(row, column, start, end, spacing)
        if (row, column) in ends:
            assert mask[row, column]
        elif abs(away - radius) > 1e-4:
            assert mask[row, column] == (away < radius)


@given(points, points, radii, sizes, spacings)
def test_a_stroke_drawn_backwards_is_the_same(start, end, radius, size, spacing):
    there = capsule(start, end, radius=radius, size=size, spacing=spacing)
    back = capsule(end, start, radius=radius, size=size, spacing=spacing)
    there_mask, back_mask = painted(there, size), painted(back, size)
    differing = [
        distance(*pixel, start, end, spacing) - radius
        for pixel in zip(*np.nonzero(there_mask != back_mask), strict=True)
    ]
    assert all(abs(d) < 1e-4 for d in differing)  # only rounding at the very rim


@given(st.lists(st.tuples(st.floats(0, 29), st.floats(0, 29)), min_size=2, max_size=6), radii)
def test_a_fast_stroke_leaves_no_gaps(path, radius):
    size = (30, 30)
    mask = np.zeros(size, bool)
    for start, end in pairwise(path):
        mask |= painted(capsule(start, end, radius=max(radius, 0.75), size=size), size)
    assert ndimage.label(mask, np.ones((3, 3)))[1] == 1


@given(sizes, st.data())
def test_the_smallest_brush_paints_the_pixel_under_it_and_no_other(size, data):
    row, column = (data.draw(st.integers(0, n - 1)) for n in size)
    point = (row + data.draw(st.floats(-0.49, 0.49)), column + data.draw(st.floats(-0.49, 0.49)))
    mask = painted(capsule(point, point, radius=0.001, size=size), size)
    assert np.argwhere(mask).tolist() == [[row, column]]


@given(points, points, radii, sizes, spacings)
def test_a_patch_lies_inside_the_slice_and_is_not_empty(start, end, radius, size, spacing):
    patch = capsule(start, end, radius=radius, size=size, spacing=spacing)
    if patch is not None:
        rows, columns = patch.box
        assert 0 <= rows.start < rows.stop <= size[0]
        assert 0 <= columns.start < columns.stop <= size[1]
        assert patch.mask.any()


def test_a_dot_of_radius_five_is_round():
    mask = painted(capsule((20, 20), (20, 20), radius=5, size=(41, 41)), (41, 41))
    assert np.array_equal(mask, mask.T)
    assert np.array_equal(mask, mask[::-1, ::-1])
    assert mask.sum() == 81  # the lattice points within 5 of the origin (OEIS A000328)


def test_the_brush_is_round_in_mm_on_oblong_pixels():
    patch = capsule((30, 30), (30, 30), radius=6, size=(61, 61), spacing=(3.0, 0.5))
    mask = painted(patch, (61, 61))
    rows, columns = np.nonzero(mask)
    assert (rows.max() - rows.min()) * 3.0 == 12.0
    assert (columns.max() - columns.min()) * 0.5 == 12.0


def test_a_stroke_off_the_slice_paints_nothing():
    assert capsule((-20, 5), (-20, 9), radius=3, size=(10, 10)) is None
    assert capsule((5, 40), (9, 40), radius=3, size=(10, 10)) is None


def test_a_stroke_from_outside_to_outside_paints_what_it_crosses():
    mask = painted(capsule((4, -10), (4, 20), radius=0.5, size=(9, 9)), (9, 9))
    assert np.nonzero(mask.any(axis=1))[0].tolist() == [4]
    assert mask[4].all()


def test_the_rim_of_a_brush_beyond_the_edge_is_cut_off():
    mask = painted(capsule((0, 0), (0, 0), radius=2, size=(9, 9)), (9, 9))
    assert np.argwhere(mask).max() == 2
    assert mask.sum() == 6


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1)])
def test_a_slice_of_one_row_or_column_can_be_painted(size):
    middle = (size[0] // 2, size[1] // 2)
    assert painted(capsule(middle, middle, radius=0.4, size=size), size).sum() == 1


def test_a_patch_knows_where_it_lies():
    patch = Patch(3, 5, np.ones((2, 4), bool))
    assert patch.box == (slice(3, 5), slice(5, 9))


@given(points, points, sizes)
def test_a_line_is_the_pixels_under_it_in_one_piece(start, end, size):
    mask = painted(line(start, end, size=size), size)
    for row, column in np.argwhere(mask):
        assert distance(row, column, start, end, (1.0, 1.0)) <= 0.5**0.5 + 1e-9
    for row, column in ((round(p[0]), round(p[1])) for p in (start, end)):
        if 0 <= row < size[0] and 0 <= column < size[1]:
            assert mask[row, column]
    assert ndimage.label(mask, np.ones((3, 3)))[1] <= 1
