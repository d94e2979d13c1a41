"""A stroke over all planes and flips."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import geometries, labels
from unet_studio.image.plane import Plane, plane_view, working_plane
from unet_studio.labels.brush import Patch
from unet_studio.labels.label_map import LabelMap
from unet_studio.workbench.boxes import changed_rectangle, patch_box, slices_box
from unet_studio.workbench.stroke import Stroke

ALL = np.ones(256, np.bool_)


@st.composite
def scenes(draw):
    """A label map, a plane of it, a slice there, and a patch on that slice."""
    geometry = draw(geometries())
    view = plane_view(geometry, draw(st.sampled_from(Plane)))
    rows, columns = view.size(geometry.shape)
    index = draw(st.integers(0, view.count(geometry.shape) - 1))
    row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
    height, width = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
    seed = draw(st.integers(0, 2**16))
    mask = np.random.default_rng(seed).random((height, width)) < 0.6
    return geometry, LabelMap(geometry, draw(labels(geometry.shape))), view, index, Patch(row, column, mask)


def axis_of(geometry):
    return plane_view(geometry, working_plane(geometry)).axis


@given(scenes())
def test_exactly_the_patch_is_painted_and_the_edit_takes_it_back(scene):
    geometry, label_map, view, index, patch = scene
    before = label_map.voxels.copy()
    prepared = []
    stroke = Stroke(label_map, view, index, axis=axis_of(geometry), prepare=prepared.append)
    stroke.paint(patch, 9, ALL)
    for row in range(patch.mask.shape[0]):
        for column in range(patch.mask.shape[1]):
            voxel = view.voxel_at(geometry.shape, index, patch.row + row, patch.column + column)
            assert label_map.voxels[voxel] == (9 if patch.mask[row, column] else before[voxel])
    assert int((label_map.voxels != before).sum()) == int(patch.mask.sum())
    assert sorted(prepared) == stroke.touched
    changed = np.flatnonzero(
        (label_map.voxels != before).any(axis=tuple(a for a in range(3) if a != axis_of(geometry)))
    )
    assert stroke.changed == list(changed)
    edit = stroke.edit("Paint")
    if edit is None:
        assert not patch.mask.any()
    else:
        edit.inverse().apply(label_map)
        assert np.array_equal(label_map.voxels, before)
        edit.apply(label_map)
    stroke.restore()
    assert np.array_equal(label_map.voxels, before)


@given(scenes())
def test_a_patch_told_as_a_box_of_voxels_covers_the_same_rectangle_of_the_slice(scene):
    geometry, _, view, index, patch = scene
    box = patch_box(view, geometry.shape, index, patch)
    assert changed_rectangle(view, geometry.shape, index, box) == patch.box
    assert changed_rectangle(view, geometry.shape, index + 1, box) is None
    whole = slices_box(geometry.shape, view.axis, [index])
    rows, columns = view.size(geometry.shape)
    assert changed_rectangle(view, geometry.shape, index, whole) == (slice(0, rows), slice(0, columns))


@given(scenes())
def test_what_is_not_paintable_stays_and_is_named(scene):
    geometry, label_map, view, index, patch = scene
    before = label_map.voxels.copy()
    paintable = ALL.copy()
    paintable[[2, 3]] = False
    stroke = Stroke(label_map, view, index, axis=axis_of(geometry), prepare=lambda _: None)
    stroke.paint(patch, 1, paintable)
    kept = np.isin(before, [2, 3])
    assert np.array_equal(label_map.voxels[kept], before[kept])
    region = view.slice_of(before, index)[patch.box][patch.mask]
    assert stroke.refused == set(np.unique(region)) & {2, 3}
    assert stroke.has_painted == bool((region == 0).any())
    assert stroke.is_refused == (bool(stroke.refused) and not stroke.has_painted)


def test_a_stroke_that_never_touched_anything_is_no_edit():
    from tests.workbench.making import GEOMETRY

    view = plane_view(GEOMETRY, Plane.AXIAL)
    stroke = Stroke(LabelMap(GEOMETRY), view, 0, axis=0, prepare=lambda _: None)
    assert stroke.edit("Paint") is None
    stroke.restore()
