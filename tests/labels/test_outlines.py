"""Shapes, thinned outlines, lines along edges, and regions that grow."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from unet_studio.labels.brush import patch_of
from unet_studio.labels.growing import grow_slice, grow_volume
from unet_studio.labels.likeness import Range
from unet_studio.labels.live_wire import Wire, edge_cost
from unet_studio.labels.shapes import corners, ellipse, nearest_side, rectangle, thinned

SIZE = (18, 23)
points = st.tuples(st.floats(-6, 28), st.floats(-6, 28))


def laid(patch) -> np.ndarray:
    mask = np.zeros(SIZE, bool)
    if patch is not None:
        mask[patch.box] = patch.mask
    return mask


@given(points, points)
def test_an_ellipse_lies_in_its_rectangle_and_touches_its_four_sides(one, other):
    box, within = laid(rectangle(one, other, size=SIZE)), laid(ellipse(one, other, size=SIZE))
    assert not (within & ~box).any()
    (top, bottom), (left, right) = (sorted((round(a), round(b))) for a, b in zip(one, other, strict=True))
    for row, column in np.ndindex(*SIZE):
        assert box[row, column] == (top <= row <= bottom and left <= column <= right)
        wide, high = (right - left + 1) / 2, (bottom - top + 1) / 2
        away = ((row - (top + bottom) / 2) / high) ** 2 + ((column - (left + right) / 2) / wide) ** 2
        if abs(away - 1) > 1e-9:
            assert within[row, column] == (away < 1)


@given(points, points, st.booleans(), st.booleans(), st.tuples(*[st.sampled_from([0.5, 1.0, 3.0])] * 2))
def test_even_shapes_are_square_in_mm_and_centred_ones_have_the_press_in_the_middle(
    start, here, is_even, is_centred, spacing
):
    first, last = corners(start, here, spacing=spacing, is_even=is_even, is_centred=is_centred)
    sides = [abs(b - a) * s for a, b, s in zip(first, last, spacing, strict=True)]
    dragged = [abs(b - a) * s * (2 if is_centred else 1) for a, b, s in zip(start, here, spacing, strict=True)]
    if is_even:
        assert math.isclose(sides[0], sides[1], abs_tol=1e-9) and math.isclose(max(dragged), max(sides), abs_tol=1e-9)
    else:
        assert np.allclose(sides, dragged)
    middle = [(a + b) / 2 for a, b in zip(first, last, strict=True)]
    assert np.allclose(middle, start) if is_centred else first == start


@given(st.lists(points, min_size=2, max_size=40), st.floats(0, 4))
def test_a_thinned_line_keeps_its_ends_and_stays_within_the_tolerance(line, tolerance):
    kept = thinned(line, tolerance=tolerance)
    assert kept[0] == line[0] and kept[-1] == line[-1] and len(kept) <= len(line)
    assert all(nearest_side(kept, p)[1] <= tolerance + 1e-9 for p in line)


@given(hnp.arrays(np.float32, SIZE, elements=st.floats(0, 100, width=32)), points, points)
def test_a_wire_goes_from_pixel_to_neighbour_and_is_no_dearer_than_the_straight_line(intensities, start, end):
    cost = edge_cost(intensities)
    path = Wire(cost, start).path_to(end)
    inside = [tuple(min(max(0, round(v)), n - 1) for v, n in zip(p, SIZE, strict=True)) for p in (start, end)]
    assert path[0] == inside[0] and path[-1] == inside[1]
    assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1 for a, b in pairwise(path))

    def price(line):
        return sum(
            math.dist(a, b) * (cost[int(a[0]), int(a[1])] + cost[int(b[0]), int(b[1])]) / 2 for a, b in pairwise(line)
        )

    at, straight = inside[0], [inside[0]]  # king's moves towards the end
    while at != inside[1]:
        at = tuple(v + int(np.sign(w - v)) for v, w in zip(at, inside[1], strict=True))
        straight.append(at)
    assert price(path) <= price(straight) + 1e-4


def test_a_wire_follows_a_round_edge():
    rows, columns = np.mgrid[:120, :120]
    disc = (np.hypot(rows - 60, columns - 60) < 40) * 100.0 + np.random.default_rng(0).normal(0, 3, (120, 120))
    path = np.array(Wire(edge_cost(disc), (60, 100)).path_to((60, 20)))
    assert np.abs(np.hypot(path[:, 0] - 60, path[:, 1] - 60) - 40).max() < 2.5


def test_a_wire_reaches_across_a_large_slice():
    slice_ = np.zeros((1500, 1400), np.int16)
    slice_[:, 700:] = 500
    path = np.array(Wire(edge_cost(slice_), (10, 700)).path_to((1450, 700)))
    assert np.abs(path[:, 1] - 700).max() <= 8 and tuple(path[-1]) == (1450, 700)


@given(hnp.arrays(np.int8, (5, 7, 8), elements=st.integers(0, 3)), st.data())
def test_a_region_grown_through_a_volume_is_the_connected_part_that_is_alike(voxels, data):
    z, y, x = (data.draw(st.integers(0, n - 1)) for n in voxels.shape)
    within = Range(int(voxels[z, y, x]) - 0.5, int(voxels[z, y, x]) + data.draw(st.sampled_from([0.5, 1.5])))
    first = grow_slice(voxels[z], y, x, within)
    masks = {z: first} | dict(grow_volume(lambda i: voxels[i], z, first, within, count=5))
    grown = np.zeros(voxels.shape, bool)
    for index, mask in masks.items():
        grown[index] = mask
    parts, _ = ndimage.label(within.holds(voxels))
    assert (grown == (parts == parts[z, y, x])).all()


@given(hnp.arrays(np.bool_, SIZE))
def test_a_patch_of_a_mask_is_all_of_it_and_no_larger(mask):
    patch = patch_of(mask)
    assert (laid(patch) == mask).all()
    if patch is not None:
        assert all(line.any() for line in (patch.mask[0], patch.mask[-1], patch.mask[:, 0], patch.mask[:, -1]))
