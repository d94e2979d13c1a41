"""Strokes of every kind: what they reach, what they leave alone, and that undo gives the first labels back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import geometries
from tests.workbench.making import GEOMETRY, LOCKED, ONE, SHAPE, TWO, E, R, annotation_of, palette_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.labels.likeness import Range, joined_to
from unet_studio.workbench.pen import Limit
from unet_studio.workbench.refusal import remedy

AXIAL, SAGITTAL = plane_view(GEOMETRY, Plane.AXIAL), plane_view(GEOMETRY, Plane.SAGITTAL)
points = st.tuples(st.floats(-1, 13), st.floats(-1, 13))


@given(geometries(most=9), st.sampled_from(Plane), st.data())
def test_a_sphere_is_every_voxel_within_the_radius_in_mm(geometry, plane, data):
    palette = palette_of(ONE, radius=data.draw(st.floats(0.6, 8)))
    palette.set_brush(replace(palette.brush, is_sphere=True))
    annotation, view = annotation_of(geometry, palette), plane_view(geometry, plane)
    index = data.draw(st.integers(0, view.count(geometry.shape) - 1))
    row, column = (data.draw(st.integers(0, n - 1)) for n in view.size(geometry.shape))
    annotation.begin_stroke(view, index, (row, column), erase=False)
    annotation.end_stroke()
    middle = np.array(view.voxel_at(geometry.shape, index, row, column))
    away = np.moveaxis(np.indices(geometry.shape), 0, -1) - middle
    distance = np.linalg.norm(away * np.array(geometry.spacing_mm), axis=-1)
    drawn = annotation.label_map.voxels == 1
    clear = np.abs(distance - palette.brush.radius) > 1e-4  # rounding at the very rim
    own = distance == 0
    thin = 2 * palette.brush.radius < max(view.spacing_mm(geometry))
    assert (drawn | ~clear | (distance > palette.brush.radius)).all()
    if not thin:
        assert not (drawn & clear & (distance > palette.brush.radius) & ~own).sum() > view.count(geometry.shape)


def test_a_brush_in_pixels_is_as_many_each_way():
    geometry = replace(GEOMETRY, shape=(6, 21, 21), spacing_mm=(3.0, 2.0, 0.5))
    palette = palette_of(ONE, radius=3.0)
    palette.set_brush(replace(palette.brush, unit="px"))
    annotation = annotation_of(geometry, palette)
    annotation.begin_stroke(plane_view(geometry, Plane.AXIAL), 2, (10, 10), erase=False)
    annotation.end_stroke()
    drawn = annotation.labels(2) == 1
    assert drawn.any(axis=1).sum() == drawn.any(axis=0).sum() == 7


@pytest.mark.parametrize("is_connected", [False, True])
@given(data=st.data())
def test_a_limited_stroke_keeps_within_its_range_spares_locked_labels_and_is_undone_whole(is_connected, data):
    seed = data.draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, SHAPE).astype(np.uint8)
    intensities = rng.integers(0, 100, SHAPE)
    palette = palette_of(radius=data.draw(st.floats(0.5, 4)))
    palette.set_brush(replace(palette.brush, is_sphere=data.draw(st.booleans())))
    annotation = annotation_of(palette=palette, labels=labels.copy())
    view = data.draw(st.sampled_from([AXIAL, SAGITTAL]))
    within = Range(20, data.draw(st.integers(20, 90)))
    limit = Limit(within, lambda i: view.slice_of(intensities, i), is_connected)
    path = data.draw(st.lists(points, min_size=1, max_size=4))
    annotation.begin_stroke(view, 3, path[0], erase=data.draw(st.booleans()), limit=limit)
    for point in path[1:]:
        annotation.extend_stroke(point)
    annotation.end_stroke()
    changed = annotation.label_map.voxels != labels
    assert within.holds(intensities)[changed].all()
    assert not changed[labels == LOCKED.value].any()
    if annotation.deeds:
        annotation.undo()
    assert (annotation.label_map.voxels == labels).all()


def test_a_connected_stroke_does_not_jump_over_what_is_unlike():
    intensities = np.zeros(SHAPE)
    intensities[:, :, 4] = 100  # a wall
    annotation = annotation_of(palette=palette_of(radius=3.0))
    limit = Limit(Range(-1, 1), lambda i: intensities[i], is_connected=True)
    annotation.begin_stroke(AXIAL, 2, (4, 2), erase=False, limit=limit)
    annotation.end_stroke()
    drawn = annotation.labels(2) == 1
    assert drawn[4, 3] and not drawn[:, 4:].any()
    assert (joined_to(drawn, drawn) == drawn).all()


def test_a_stroke_that_its_range_leaves_nothing_of_says_so_and_leaves_no_trace():
    annotation = annotation_of()
    heard = []
    annotation.refused.connect(lambda refused: heard.append(refused.reason))
    for is_connected, reason in ((False, "out_of_range"), (True, "unlike")):
        limit = Limit(Range(5, 6), lambda i: np.zeros(SHAPE[1:]), is_connected)
        annotation.begin_stroke(AXIAL, 2, (4, 4), erase=False, limit=limit)
        annotation.end_stroke()
        assert heard.pop() == reason and annotation.deeds == []


@pytest.mark.parametrize("erase", [True, False])
def test_a_stroke_within_its_range_that_finds_all_as_it_wants_it_says_nothing(erase):
    annotation = annotation_of(
        labels=np.full(SHAPE, 0 if erase else ONE.value, np.uint8), palette=palette_of(radius=3.0)
    )
    heard, intensities = [], np.zeros(SHAPE)
    intensities[:, :, 4:] = 100
    annotation.refused.connect(heard.append)
    for is_connected in (True, False):
        limit = Limit(Range(-1, 1), lambda i: intensities[i], is_connected)
        annotation.begin_stroke(AXIAL, 2, (4, 2), erase=erase, limit=limit)
        annotation.end_stroke()
    assert not heard and annotation.deeds == []


def test_a_reviewed_slice_is_left_alone_until_the_user_says_once_that_it_may_change():
    palette = palette_of()
    palette.may_change_reviewed = False
    annotation = annotation_of(palette=palette, states={2: R, 3: R})
    heard = []
    annotation.refused.connect(heard.append)
    assert not annotation.begin_stroke(AXIAL, 2, (3, 3), erase=False)
    annotation.fill(AXIAL, 2, 3, 3, erase=False)
    annotation.replace_slice("Clear", 2, np.ones(SHAPE[1:], np.uint8))
    assert [h.reason for h in heard] == ["reviewed"] * 3 and not annotation.label_map.voxels.any()
    remedy(palette, heard[0])
    for index in (2, 3):
        assert annotation.begin_stroke(AXIAL, index, (3, 3), erase=False)
        annotation.end_stroke()
    assert annotation.state(2) is E and annotation.state(3) is E


@pytest.mark.parametrize("is_sphere", [False, True])
def test_strokes_across_reviewed_slices_change_only_the_others(is_sphere):
    palette = palette_of(radius=4.0)
    palette.may_change_reviewed = False
    palette.set_brush(replace(palette.brush, is_sphere=is_sphere))
    annotation = annotation_of(palette=palette, states={3: R})
    view, index = (AXIAL, 2) if is_sphere else (SAGITTAL, 4)
    annotation.begin_stroke(view, index, (3.0, 3.0), erase=False)
    annotation.end_stroke()
    drawn = [i for i in range(SHAPE[0]) if annotation.labels(i).any()]
    assert 3 not in drawn and 2 in drawn and len(drawn) > 1
    assert annotation.state(3) is R and annotation.history.undo_name == "Paint One"


@pytest.mark.parametrize(
    ("change", "value", "reason"),
    [
        ({"paint_over": "background"}, TWO.value, "background_only"),
        ({"paint_over": "label", "over_value": 0}, TWO.value, "one_label_only"),
        ({}, LOCKED.value, "locked"),
        ({"protects_hidden": True}, TWO.value, "hidden"),
    ],
)
def test_what_stands_in_the_way_is_named_and_can_be_mended(change, value, reason):
    palette = palette_of()
    palette.set_brush(replace(palette.brush, **change))
    if reason == "hidden":
        palette.change_class(replace(TWO, is_visible=False))
    annotation = annotation_of(palette=palette, labels=np.full(SHAPE, value, np.uint8))
    heard = []
    annotation.refused.connect(heard.append)
    annotation.begin_stroke(AXIAL, 2, (3, 3), erase=False)
    annotation.end_stroke()
    assert [h.reason for h in heard] == [reason] and (annotation.label_map.voxels == value).all()
    remedy(palette, heard[0])
    annotation.begin_stroke(AXIAL, 2, (3, 3), erase=False)
    annotation.end_stroke()
    assert annotation.labels(2)[3, 3] == ONE.value and len(heard) == 1


def test_one_label_only_is_erased_too():
    labels = np.zeros(SHAPE, np.uint8)
    labels[2, :, :4], labels[2, :, 4:] = ONE.value, TWO.value
    palette = palette_of(radius=3.0)
    palette.set_brush(replace(palette.brush, paint_over="label", over_value=TWO.value))
    annotation = annotation_of(palette=palette, labels=labels.copy())
    annotation.begin_stroke(AXIAL, 2, (4, 4), erase=True)
    annotation.end_stroke()
    assert (annotation.labels(2)[labels[2] == ONE.value] == ONE.value).all()
    assert annotation.labels(2)[4, 4] == 0


def test_a_lightly_pressed_pen_draws_thinner():
    annotation = annotation_of(palette=palette_of(radius=3.0))
    annotation.begin_stroke(AXIAL, 2, (4, 4), erase=False, share=0.4)
    annotation.end_stroke()
    light = int((annotation.labels(2) == 1).sum())
    annotation.begin_stroke(AXIAL, 3, (4, 4), erase=False)
    annotation.end_stroke()
    assert 0 < light < int((annotation.labels(3) == 1).sum())
