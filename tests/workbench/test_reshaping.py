"""Reshaping: what is locked stays, what is not in the preview stays, and undo gives all of it back."""

import itertools
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import labels
from tests.workbench.making import GEOMETRY, LOCKED, ONE, SHAPE, TWO, E, P, R, U, annotation_of, palette_of, proposal_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Geometry
from unet_studio.labels.likeness import Range
from unet_studio.progress import finish
from unet_studio.project.records import Proposal
from unet_studio.workbench.reshaping import WITH_CLICK, WITH_OTHER, Kind, Subject, Wish, reshaped, slices_after
from unet_studio.workbench.slices import OPEN_STATES

KINDS = get_args(Kind)
_below = lambda n: st.integers(0, n - 1)  # noqa: E731
VOXELS = np.random.default_rng(0).integers(0, 100, SHAPE).astype(np.int16)


def subject_of(annotation, palette) -> Subject:
    may = np.ones(256, bool)
    may[[c.value for c in palette.classes if c.is_locked]] = False
    opened = frozenset(i for i in range(annotation.case.slices) if annotation.state(i) in OPEN_STATES)
    return Subject(
        annotation.seen(), VOXELS, GEOMETRY.spacing_mm, may, palette.paintable(), annotation.case.axis, opened
    )


def wish_of(kind, **more) -> Wish:
    return Wish(kind, ONE.value, amount_mm=1.5, least=3, other=TWO.value, range=Range(40, 70), fresh=(4, 5), **more)


@given(
    st.sampled_from(KINDS), labels(SHAPE), st.sampled_from([None, *Plane]), st.integers(0, 5), st.tuples(*map(_below, SHAPE))
)  # fmt: skip
@settings(max_examples=200)
def test_every_operation_spares_locks_and_all_outside_its_preview_and_is_undone_whole(kind, drawn, plane, index, seed):
    palette = palette_of()
    annotation = annotation_of(labels=drawn.copy(), palette=palette, states=dict.fromkeys(range(0, 6, 2), E))
    view = plane_view(GEOMETRY, plane) if plane else None
    subject = subject_of(annotation, palette)
    if kind in WITH_CLICK and view is not None:
        index = seed[view.axis]
    edit = finish(reshaped(subject, wish_of(kind, view=view, index=index, seed=seed)))
    if edit is None:
        return
    if kind in WITH_CLICK:
        assert drawn[seed] == ONE.value and (edit.before[edit.before != edit.after] == ONE.value).all()
    expected = drawn.copy()
    expected[edit.box] = edit.after
    assert (drawn[edit.box] == edit.before).all() and (edit.before != edit.after).any()
    assert ((expected == LOCKED.value) == (drawn == LOCKED.value)).all()
    if view is not None and kind != "between":
        elsewhere = np.delete(expected != drawn, index, axis=view.axis)
        assert not elsewhere.any()
    slices = slices_after(annotation, subject, edit)
    if kind == "between":
        assert set(slices) <= subject.open
        return
    palette.set_classes((*palette.classes, replace(ONE, value=4), replace(ONE, value=5)))
    annotation.reshape(edit.name, slices)
    assert (annotation.label_map.voxels == expected).all() and len(annotation.deeds) == 1
    annotation.undo()
    assert (annotation.label_map.voxels == drawn).all()


@given(st.sampled_from(KINDS), labels((60, 5, 6)), st.integers(1, 6), st.tuples(_below(60), _below(5), _below(6)))
@settings(max_examples=150)
def test_every_operation_tells_how_far_it_is_and_stopped_anywhere_has_changed_nothing(kind, drawn, stop, seed):
    may, voxels = np.ones(256, bool), np.zeros(drawn.shape, np.int16)
    subject = Subject(drawn.copy(), voxels, (1.0, 1.0, 1.0), may, may, 0, frozenset(range(0, 60, 2)))
    steps = reshaped(subject, wish_of(kind, seed=seed))
    told = [report.fraction for report in itertools.islice(steps, stop)]
    steps.close()
    assert told == sorted(told) and all(0.0 <= fraction < 1.0 for fraction in told)
    assert (subject.seen == drawn).all()
    slow = ("largest", "small", "split", "holes", "grow", "shrink", "open", "close", "median", "hollow", "joint")
    planes = np.flatnonzero((drawn == ONE.value).any(axis=(1, 2)))
    is_long = len(planes) > 0 and np.ptp(planes) >= 40  # a voxel or two are done at once
    assert len(told) == stop or kind not in slow or stop > 3 or not is_long


def test_a_reviewed_slice_is_asked_for_and_nothing_is_done_until_it_may_change():
    palette = palette_of()
    palette.may_change_reviewed = False
    annotation = annotation_of(labels=np.ones(SHAPE, np.uint8), palette=palette, states={2: R})
    subject = subject_of(annotation, palette)
    edit = finish(reshaped(subject, wish_of("erase")))
    assert not annotation.reshape(edit.name, slices_after(annotation, subject, edit))
    assert annotation.label_map.voxels.all() and not annotation.deeds and "reviewed" in annotation.sentences[0]
    palette.may_change_reviewed = True
    assert annotation.reshape(edit.name, slices_after(annotation, subject, edit))
    assert not annotation.label_map.voxels.any() and annotation.state(2) is E


def test_only_the_proposals_that_it_changes_are_taken_over():
    annotation = annotation_of(palette=palette_of())
    annotation.propose([proposal_of(annotation, 1), proposal_of(annotation, 4)])
    subject = subject_of(annotation, palette_of())
    edit = finish(reshaped(subject, wish_of("grow", view=annotation.view, index=1)))
    annotation.reshape(edit.name, slices_after(annotation, subject, edit))
    assert annotation.state(1) is E and annotation.proposal(4) is not None
    assert annotation.labels(1)[:2].all() and not annotation.labels(1)[2:].any()
    annotation.undo()
    assert annotation.proposal(1) is not None and not annotation.label_map.voxels.any()


def test_between_two_outlined_slices_the_open_ones_get_a_proposal_each():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[1, 2:6, 2:6] = drawn[5, 2:6, 2:6] = 1
    palette = palette_of()
    annotation = annotation_of(labels=drawn, palette=palette, states={1: E, 5: E, 3: E})
    subject = subject_of(annotation, palette)
    edit = finish(reshaped(subject, wish_of("between")))
    slices = slices_after(annotation, subject, edit)
    assert sorted(slices) == [2, 4] and annotation.state(2) is U
    assert all((annotation.labels(1) == labels_).all() for labels_ in slices.values())


@pytest.mark.parametrize(("index", "filled"), [(2, {2}), (0, set()), (3, {2, 4}), (4, {4}), (1, {2}), (5, {4})])
def test_filling_here_ends_at_the_nearest_drawn_slices(index, filled):
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[[1, 3, 5], 2:6, 2:6] = 1
    annotation = annotation_of(labels=drawn, palette=palette_of(), states={1: E, 3: E, 5: E})
    subject = subject_of(annotation, palette_of())
    edit = finish(reshaped(subject, wish_of("between", view=plane_view(GEOMETRY, Plane.AXIAL), index=index)))
    assert (set(slices_after(annotation, subject, edit)) if edit is not None else set()) == filled
    sagittal = finish(reshaped(subject, wish_of("between", view=plane_view(GEOMETRY, Plane.SAGITTAL), index=index)))
    assert set(slices_after(annotation, subject, sagittal)) == {2, 4}


def test_what_is_proposed_between_is_one_action_and_a_network_s_proposal_comes_back():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[1, 2:6, 2:6] = drawn[4, 2:6, 2:6] = 1
    palette = palette_of()
    annotation = annotation_of(labels=drawn, palette=palette, states={1: E, 4: E})
    theirs = proposal_of(annotation, 2)
    annotation.propose([theirs])
    subject = subject_of(annotation, palette)
    slices = slices_after(annotation, subject, finish(reshaped(subject, wish_of("between"))))
    told = []
    annotation.states_changed.connect(lambda: told.append(1))
    assert annotation.propose_as("Between", [Proposal(i, labels_, 0.5, None) for i, labels_ in slices.items()]) == 2
    assert [annotation.state(i) for i in (2, 3)] == [P, P] and (annotation.proposal(2).labels == slices[2]).all()
    assert annotation.history.names() == ["Between"] and len(told) == 1 and len(annotation.deeds) == 1
    annotation.undo()
    assert annotation.proposal(2) is theirs and annotation.proposal(3) is None and annotation.state(3) is U
    annotation.redo()
    assert (annotation.proposal(2).labels == slices[2]).all() and annotation.proposal(3) is not None


def test_undoing_what_was_proposed_between_leaves_what_a_network_proposed_since():
    annotation = annotation_of(palette=palette_of())
    annotation.propose_as("Between", [proposal_of(annotation, 2, value=1)])
    since = proposal_of(annotation, 2, value=2)
    annotation.propose([since])
    annotation.undo()
    assert annotation.proposal(2) is since and annotation.state(2) is P


def test_labels_that_islands_got_go_with_the_undo():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[0, 0, 0], drawn[2, 4:6, 4] = 1, 1
    palette = palette_of()
    annotation = annotation_of(labels=drawn.copy(), palette=palette)
    subject = subject_of(annotation, palette)
    edit = finish(reshaped(subject, wish_of("split")))
    before = palette.classes
    annotation.reshape(edit.name, slices_after(annotation, subject, edit), classes=(*before, replace(ONE, value=4)))
    assert len(palette.classes) == 4 and (annotation.label_map.voxels == 4).sum() == 1 and len(annotation.deeds) == 1
    annotation.undo()
    assert palette.classes == before and (annotation.label_map.voxels == drawn).all()
    annotation.redo()
    assert len(palette.classes) == 4 and (annotation.label_map.voxels == 4).sum() == 1


@pytest.mark.parametrize("shape", [(30, 5, 6), (3, 60, 5)])
@pytest.mark.parametrize("is_colour", [False, True])
def test_threshold_takes_the_range_in_scans_of_any_size_and_kind(shape, is_colour):
    rng = np.random.default_rng(1)
    voxels = rng.integers(0, 100, (*shape, 3) if is_colour else shape).astype(np.int16)
    grey = voxels.mean(axis=3) if is_colour else voxels
    may = np.ones(256, bool)
    subject = Subject(np.zeros(shape, np.uint8), voxels, (1.0, 1.0, 1.0), may, may, 0)
    for view in (None, *(plane_view(Geometry(shape), plane) for plane in Plane)):
        edit = finish(reshaped(subject, wish_of("threshold", view=view, index=2)))
        made = np.zeros(shape, np.uint8)
        made[edit.box] = edit.after
        here = np.ones(shape, bool)
        if view is not None:
            here[:] = False
            here[(slice(None),) * view.axis + (2,)] = True
        assert (made == ((grey >= 40) & (grey <= 70) & here)).all()


def test_islands_split_off_get_the_free_values_by_size():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[0, 0, 0] = drawn[2, 4:6, 4] = drawn[4, :, :4] = 1
    annotation = annotation_of(labels=drawn, palette=palette_of())
    after = finish(reshaped(subject_of(annotation, palette_of()), wish_of("split")))
    assert [int((after.after == v).sum()) for v in (4, 5)] == [2, 1]


@pytest.mark.parametrize("view", [None, plane_view(GEOMETRY, Plane.AXIAL)])
def test_one_island_stays_alone_goes_or_gets_another_label(view):
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[2, 1:3, 1:3], drawn[3, 1, 1], drawn[2, 6, 6] = 1, 1, 1
    annotation = annotation_of(labels=drawn, palette=palette_of())
    subject, island = subject_of(annotation, palette_of()), drawn.copy()
    island[2, 6, 6] = 0
    if view is not None:
        island[3] = 0  # hangs together with it through the slices only

    def after(kind):
        edit = finish(reshaped(subject, wish_of(kind, view=view, index=2, seed=(2, 1, 1))))
        made = drawn.copy()
        made[edit.box] = edit.after
        return made

    touched = np.zeros(SHAPE, bool)
    touched[2 if view is not None else slice(None)] = True
    assert (after("keep_one") == np.where(touched, island, drawn)).all()
    assert (after("drop_one") == drawn - island).all()
    assert (after("move_one") == drawn + island).all()  # from 1 to 2


def test_a_click_beside_the_label_means_no_island():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[2, 1:3, 1:3] = 1
    subject = subject_of(annotation_of(labels=drawn, palette=palette_of()), palette_of())
    for kind in WITH_CLICK:
        assert finish(reshaped(subject, wish_of(kind, seed=(0, 0, 0)))) is None
        assert finish(reshaped(subject, wish_of(kind))) is None


@given(labels(SHAPE), st.sampled_from([None, *Plane]), st.integers(0, 5))
@settings(max_examples=60)
def test_a_copied_label_is_what_the_other_was_and_exchanging_twice_changes_nothing(drawn, plane, index):
    view = plane_view(GEOMETRY, plane) if plane else None
    here = np.ones(SHAPE, bool)
    if view is not None:
        here[:] = False
        here[(slice(None),) * view.axis + (index,)] = True
    drawn[drawn == LOCKED.value] = 0

    def after(kind, before):
        subject = subject_of(annotation_of(labels=before.copy(), palette=palette_of()), palette_of())
        edit = finish(reshaped(subject, wish_of(kind, view=view, index=index)))
        made = before.copy()
        if edit is not None:
            made[edit.box] = edit.after
        return made

    copied = after("copy", drawn)
    assert ((copied == 1) == np.where(here, drawn == 2, drawn == 1)).all() and not (copied[here] == 2).any()
    exchanged = after("swap", drawn)
    assert ((exchanged == 1) == np.where(here, drawn == 2, drawn == 1)).all()
    assert (after("swap", exchanged) == drawn).all()


def test_with_no_second_label_nothing_is_taken_for_one():
    annotation = annotation_of(labels=np.full(SHAPE, 1, np.uint8) * (VOXELS > 50), palette=palette_of())
    for kind in WITH_OTHER:
        assert (
            finish(reshaped(subject_of(annotation, palette_of()), replace(wish_of(kind, seed=(0, 0, 0)), other=0)))
            is None
        )


def test_a_label_painted_only_over_background_does_not_grow_over_others():
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[:, :, :4], drawn[:, :4, 4:] = 1, 2
    palette = palette_of()
    palette.set_brush(replace(palette.brush, paint_over="background"))
    annotation = annotation_of(labels=drawn, palette=palette)
    edit = finish(reshaped(subject_of(annotation, palette), wish_of("grow")))
    assert (edit.before[edit.before != edit.after] == 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_do_is_no_edit(kind):
    annotation = annotation_of(palette=palette_of())
    if kind not in ("threshold", "invert"):
        assert finish(reshaped(subject_of(annotation, palette_of()), wish_of(kind))) is None
