"""Islands and holes, worked out a few slices at a time, held against scipy's answer for the whole at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from tests.strategies import masks, shapes
from unet_studio.labels import islands
from unet_studio.progress import finish

solids = shapes(8).flatmap(masks)
slabs = st.sampled_from([1, 2, 3, 24])


def in_slabs(slab, steps):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(islands, "_SLAB", slab)
        return finish(steps)


@given(solids, slabs)
def test_islands_are_those_of_the_whole_and_the_largest_comes_first(mask, slab):
    numbered, sizes = in_slabs(slab, islands.islands(mask))
    whole, count = ndimage.label(mask)
    assert len(sizes) == count and ((numbered > 0) == mask).all()
    found = [whole[numbered == number] for number in range(1, count + 1)]
    assert all((part == part[0]).all() for part in found)
    assert [len(part) for part in found] == list(sizes) == sorted(sizes, reverse=True)
    firsts = [(-len(part), part[0]) for part in found]  # scipy numbers them in the order in memory
    assert firsts == sorted(firsts)


@given(solids, slabs, st.data())
def test_the_largest_the_large_ones_and_the_one_at_a_voxel_are_islands_of_the_whole(mask, slab, data):
    whole, count = ndimage.label(mask)
    sizes = np.bincount(whole.ravel(), minlength=count + 1)
    largest = in_slabs(slab, islands.largest_island(mask))
    assert (largest == ((whole == 1 + np.argmax(sizes[1:])) if count else mask)).all()
    assert (in_slabs(slab, islands.without_small(mask, voxels=3)) == (mask & (sizes >= 3)[whole])).all()
    voxel = tuple(data.draw(st.integers(0, n - 1)) for n in mask.shape)
    there = in_slabs(slab, islands.island_at(mask, voxel))
    assert (there == ((whole == whole[voxel]) & mask[voxel])).all()


@given(solids, slabs, st.booleans())
def test_a_hole_is_what_the_border_does_not_reach(mask, slab, is_flat):
    mask = mask[len(mask) // 2] if is_flat else mask
    assert (in_slabs(slab, islands.without_holes(mask)) == ndimage.binary_fill_holes(mask)).all()


def test_an_island_that_winds_through_many_slabs_is_one():
    mask = np.zeros((90, 5, 5), bool)
    mask[:, 0, 0] = mask[:, 4, 4] = True
    mask[89, 0, :] = mask[89, :, 4] = True  # they meet in the last slice only
    _, sizes = finish(islands.islands(mask))
    assert list(sizes) == [mask.sum()]
    mask[89] = False
    numbered, sizes = finish(islands.islands(mask))
    assert list(sizes) == [89, 89] and numbered[0, 0, 0] == 1  # of equals the first in memory


@pytest.mark.parametrize(
    "steps",
    [islands.islands, islands.largest_island, islands.without_holes, lambda m: islands.without_small(m, voxels=3),
     lambda m: islands.island_at(m, (0, 0, 0))],
)  # fmt: skip
def test_how_far_it_is_is_told_for_every_few_slices_and_never_goes_back(steps):
    mask = np.random.default_rng(0).random((240, 4, 5)) > 0.5
    told = [report.fraction for report in steps(mask)]
    assert len(told) == 20 and told == sorted(told) and told[0] == 0.0 and 0.9 < told[-1] < 1.0
