"""Thick slabs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.canvas_making import GEOMETRIES
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.slab import Slab, slab_of
from unet_studio.image.volume import Geometry, Volume


@given(
    st.sampled_from(sorted(GEOMETRIES)), st.sampled_from(list(Plane)), st.integers(0, 4), st.floats(0.1, 60),
    st.sampled_from(["max", "min", "mean"]),
)  # fmt: skip
def test_a_slab_is_what_each_pixel_has_at_most_at_least_or_on_average(kind, plane, index, thickness, how):
    geometry = GEOMETRIES[kind]
    voxels = np.random.default_rng(3).integers(-500, 500, geometry.shape).astype(np.int16)
    volume, view = Volume(voxels, geometry), plane_view(geometry, plane)
    slab = Slab(how, thickness)
    slices = slab.slices(volume, view, index)
    assert index in slices and 0 <= slices.start < slices.stop <= view.count(geometry.shape)
    assert len(slices) <= max(1, round(thickness / geometry.spacing_mm[view.axis]))
    stack = np.stack([view.slice_of(voxels, i) for i in slices])
    expected = {"max": stack.max(axis=0), "min": stack.min(axis=0), "mean": stack.mean(axis=0)}[how]
    shown = slab_of(volume, view, index, slab)
    assert np.allclose(shown, expected, atol=1e-3) and shown.shape == view.size(geometry.shape)


def test_a_slab_is_as_thick_as_it_says_and_lies_round_the_slice():
    geometry = Geometry((40, 4, 4), (2.5, 1, 1))
    volume, view = Volume(np.zeros(geometry.shape, np.int16), geometry), plane_view(geometry, Plane.AXIAL)
    assert Slab("max", 10.0).slices(volume, view, 20) == range(19, 23)
    assert Slab("max", 12.5).slices(volume, view, 20) == range(18, 23)
    bare = Volume(np.zeros(geometry.shape, np.int16), Geometry((40, 4, 4), (2.5, 1, 1), has_spacing=False))
    assert len(Slab("max", 10.0).slices(bare, view, 20)) == 10  # slices, where there are no mm
