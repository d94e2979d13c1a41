"""Regions made anew, held against what they are defined as."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import labels, masks, shapes, spacings
from unet_studio.labels import regions
from unet_studio.labels.between import between
from unet_studio.progress import finish

radii = st.sampled_from([0.0, 0.5, 1.0, 1.7, 3.0])


@st.composite
def solids(draw):
    mask = draw(shapes(7).flatmap(masks))
    return mask, draw(radii), tuple(draw(spacings) for _ in range(3))


@given(solids())
def test_a_margin_holds_just_what_lies_within_its_mm(solid):
    mask, radius, spacing = solid
    inside = np.argwhere(mask) * spacing
    every = np.stack(np.indices(mask.shape), axis=-1) * spacing
    near = np.zeros(mask.shape, bool)
    for point in inside:
        near |= np.linalg.norm(every - point, axis=-1) <= radius * (1 + 1e-9)
    assert (finish(regions.grown(mask, radius, spacing)) == near).all()


def test_a_margin_is_the_same_whether_measured_in_one_slab_or_many():
    mask = np.random.default_rng(0).random((70, 9, 8)) > 0.995
    whole = finish(regions.grown(np.moveaxis(mask, 0, 2), 3.0, (1.0, 1.0, 2.0)))
    assert (np.moveaxis(finish(regions.grown(mask, 3.0, (2.0, 1.0, 1.0))), 0, 2) == whole).all()


@given(solids())
def test_opening_takes_only_away_and_closing_only_adds_and_both_do_so_once(solid):
    mask, radius, spacing = solid
    for steps, outer, inner in ((regions.opened, mask, None), (regions.closed, None, mask)):
        once = finish(steps(mask, radius, spacing))
        assert outer is None or not (once & ~outer).any()
        assert inner is None or not (inner & ~once).any()
        assert (finish(steps(once, radius, spacing)) == once).all()


@given(solids())
def test_shrinking_is_growing_what_is_not_there(solid):
    mask, radius, spacing = solid
    assert (finish(regions.shrunk(mask, radius, spacing)) == ~finish(regions.grown(~mask, radius, spacing))).all()
    wall = finish(regions.hollowed(mask, radius, spacing))
    assert not (wall & ~mask).any()


@given(shapes(5).flatmap(masks), st.sampled_from([1.0, 2.0]))
@settings(max_examples=30)
def test_the_median_is_what_most_of_the_box_is(mask, radius):
    reach = int(radius)
    padded = np.pad(mask, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * reach + 1,) * 3)
    # Beyond the border the nearest voxel counts, so of a mask thinner than the box it is the border that votes.
    for slab in (1, 24):  # worked out in parts, or at once
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(regions, "_SLAB", slab)
            found = finish(regions.median(mask, radius, (1.0,) * 3))
        assert (found == (np.median(windows, axis=(3, 4, 5)) > 0)).all()


@given(shapes(5).flatmap(labels))
def test_smoothing_together_invents_no_label_and_keeps_a_plain_one(drawn):
    after = finish(regions.smoothed_together(drawn, 2.0, (1.0, 1.0, 1.0)))
    assert set(np.unique(after)) <= set(np.unique(drawn))
    plain = np.full(drawn.shape, 2, np.uint8)
    assert (finish(regions.smoothed_together(plain, 2.0, (1.0, 1.0, 1.0))) == plain).all()


@given(shapes(9).flatmap(labels), st.sampled_from([1.0, 3.0, 8.0]))
def test_smoothing_together_in_parts_is_the_same_as_at_once(drawn, radius):
    whole = finish(regions.smoothed_together(drawn, radius, (3.0, 1.0, 1.0)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(regions, "_SLAB", 1)
        assert (finish(regions.smoothed_together(drawn, radius, (3.0, 1.0, 1.0))) == whole).all()


def disc(row, column, radius, size=(60, 60)):
    rows, columns = np.ogrid[: size[0], : size[1]]
    return np.hypot(rows - row, columns - column) <= radius


def test_between_a_small_and_a_large_disc_the_radius_grows_evenly():
    found = finish(between({2: disc(30, 30, 6), 6: disc(30, 30, 18)}, (1.0, 1.0)))
    assert sorted(found) == [3, 4, 5]
    assert [np.sqrt(m.sum() / np.pi) for m in (found[3], found[4], found[5])] == pytest.approx([9, 12, 15], abs=0.6)


def test_shapes_that_do_not_overlap_are_joined_on_the_way():
    found = finish(between({0: disc(30, 12, 7), 4: disc(30, 48, 7)}, (1.0, 1.0)))
    centres = [np.argwhere(found[i]).mean(axis=0)[1] for i in (1, 2, 3)]
    assert centres == pytest.approx([21, 30, 39], abs=1) and all(found[i].sum() > 100 for i in found)


def test_slices_outlined_one_after_another_leave_nothing_between():
    assert finish(between({3: disc(30, 30, 5), 4: disc(30, 30, 6), 8: np.zeros((60, 60), bool)}, (1.0, 1.0))) == {}


@given(shapes(5).flatmap(masks).filter(lambda m: m[0].any()))
def test_between_a_shape_and_itself_lies_the_shape(mask):
    found = finish(between({0: mask[0], 3: mask[0]}, (1.5, 1.0)))
    assert all((found[i] == mask[0]).all() for i in (1, 2))
