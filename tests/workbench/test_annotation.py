"""Drawing on a case: what is painted, what is told, which slices count as edited."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from tests.strategies import geometries
from tests.workbench.making import (
    GEOMETRY,
    LOCKED,
    ONE,
    SHAPE,
    TWO,
    E,
    P,
    R,
    U,
    annotation_of,
    palette_of,
    proposal_of,
)
from unet_studio.image.plane import Plane, plane_view
from unet_studio.workbench.annotation import changed_rectangle
from unet_studio.workbench.classes import remove_class

AXIAL, SAGITTAL = plane_view(GEOMETRY, Plane.AXIAL), plane_view(GEOMETRY, Plane.SAGITTAL)


def paint(annotation, *points, index=2, view=AXIAL, erase=False):
    begun = annotation.begin_stroke(view, index, points[0], erase=erase)
    for point in points[1:]:
        annotation.extend_stroke(point)
    annotation.end_stroke()
    return begun


# ---- strokes


@given(
    geometries(most=12),
    st.sampled_from(Plane),
    st.lists(st.tuples(st.floats(-3, 15), st.floats(-3, 15)), min_size=1, max_size=5),
    st.floats(0.25, 3),
)
def test_a_stroke_is_one_piece_at_any_speed_in_every_plane(geometry, plane, points, radius):
    annotation = annotation_of(geometry, palette_of(ONE, radius=radius))
    view = plane_view(geometry, plane)
    rows, columns = view.size(geometry.shape)
    inside = [(min(max(r, 0), rows - 1), min(max(c, 0), columns - 1)) for r, c in points]
    paint(annotation, *inside, view=view, index=0)
    drawn = view.slice_of(annotation.label_map.voxels, 0) == 1
    assert ndimage.label(drawn, np.ones((3, 3)))[1] == 1
    for row, column in inside:
        assert drawn[round(row), round(column)]
    assert int((annotation.label_map.voxels > 0).sum()) == int(drawn.sum())


def test_the_boxes_told_while_drawing_cover_all_that_changed():
    annotation = annotation_of()
    shown = np.zeros(SHAPE, np.uint8)
    annotation.changed.connect(lambda box: shown.__setitem__(box, annotation.label_map.voxels[box]))
    annotation.begin_stroke(SAGITTAL, 4, (1, 1), erase=False)
    for point in ((4, 6), (0, 3), (5, 0)):
        annotation.extend_stroke(point)
        assert np.array_equal(shown, annotation.label_map.voxels)
    annotation.cancel_stroke()
    assert np.array_equal(shown, annotation.label_map.voxels)
    assert not shown.any()


def test_a_stroke_is_one_action_with_its_name_and_its_slices_as_they_are_after_it():
    annotation = annotation_of()
    assert paint(annotation, (2, 2), (2, 6))
    (deed,) = annotation.deeds
    assert (deed.kind, deed.change.name, annotation.history.undo_name) == ("do", "Paint One", "Paint One")
    assert deed.change.states == {2: (U, E)}
    assert list(deed.slices) == [2]
    assert np.array_equal(deed.slices[2], annotation.label_map.voxels[2])
    annotation.label_map.voxels[:] = 0
    assert deed.slices[2].any()  # a copy: another thread saves it


def test_a_stroke_of_another_plane_makes_edited_only_the_slices_it_changed():
    labels = np.zeros(SHAPE, np.uint8)
    labels[3, :, 4] = 1
    annotation = annotation_of(labels=labels, states={3: R})
    paint(annotation, (0, 4), (5, 4), view=SAGITTAL, index=4)
    assert annotation.states == {0: E, 1: E, 2: E, 3: R, 4: E, 5: E}
    annotation.undo()
    assert {i for i in range(6) if annotation.state(i) is not U} == {3}
    assert annotation.state(3) is R


def test_painting_on_a_reviewed_slice_makes_it_edited_again():
    annotation = annotation_of(states={2: R})
    paint(annotation, (3, 3))
    assert annotation.state(2) is E
    annotation.undo()
    assert annotation.state(2) is R


def test_a_second_press_ends_the_first_stroke():
    annotation = annotation_of()
    annotation.begin_stroke(AXIAL, 1, (2, 2), erase=False)
    annotation.begin_stroke(AXIAL, 3, (2, 2), erase=False)
    annotation.end_stroke()
    assert annotation.history.names() == ["Paint One", "Paint One"]
    assert {1, 3} == set(annotation.states)


def test_a_cancelled_stroke_leaves_no_trace():
    annotation = annotation_of(proposals={}, states={})
    annotation.propose([proposal_of(annotation, 2)])
    annotation.begin_stroke(AXIAL, 2, (4, 4), erase=False)
    assert annotation.proposal(2) is None
    annotation.cancel_stroke()
    annotation.cancel_stroke()
    assert annotation.proposal(2) is not None
    assert not annotation.label_map.voxels.any()
    assert annotation.deeds == []


def test_extending_or_ending_without_a_stroke_does_nothing():
    annotation = annotation_of()
    annotation.extend_stroke((1, 1))
    annotation.end_stroke()
    assert annotation.deeds == []
    assert annotation.sentences == []


def test_a_stroke_outside_the_slice_is_no_action():
    annotation = annotation_of()
    paint(annotation, (-50, -50), (-50, 90))
    assert annotation.deeds == []


# ---- proposals


@pytest.mark.parametrize("erase", [False, True])
def test_painting_on_a_proposal_takes_it_over_in_the_same_step_and_undo_shows_it_again(erase):
    annotation = annotation_of(proposals={}, states={})
    proposal = proposal_of(annotation, 2, value=2)
    annotation.propose([proposal])
    paint(annotation, (0, 0) if erase else (5, 5), erase=erase)
    expected = proposal.labels.copy()
    if erase:
        expected[0, :2] = 0
        assert np.array_equal(annotation.labels(2)[1:], expected[1:])
        assert annotation.labels(2)[0, 0] == 0
    else:
        assert np.array_equal(annotation.labels(2)[0], expected[0])
        assert annotation.labels(2)[5, 5] == 1
    assert annotation.labels(2)[0, 7] == 2
    assert (annotation.state(2), annotation.proposal(2)) == (E, None)
    assert len(annotation.deeds) == 1
    annotation.undo()
    assert not annotation.label_map.voxels.any()
    assert (annotation.state(2), annotation.proposal(2)) == (P, proposal)


def test_painting_a_proposals_own_voxels_accepts_it():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, 2)])
    paint(annotation, (0, 3))
    assert annotation.state(2) is E
    assert annotation.labels(2)[0].all()


def test_a_stroke_of_another_plane_takes_over_the_proposals_it_crosses_and_no_others():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, i) for i in range(6)])
    paint(annotation, (1, 4), (2, 4), view=SAGITTAL, index=4)
    touched = [i for i in range(6) if annotation.state(i) is E]
    assert 0 < len(touched) < 6
    for index in range(6):
        assert bool(annotation.labels(index).any()) == (index in touched)
    annotation.undo()
    assert all(annotation.state(i) is P for i in range(6))


def test_a_proposal_never_changes_edited_or_reviewed_slices():
    annotation = annotation_of(states={1: E, 2: R})
    states = annotation.propose([proposal_of(annotation, i) for i in range(4)])
    assert states == {0: P, 3: P}
    assert annotation.states == {0: P, 1: E, 2: R, 3: P}
    assert annotation.proposal(1) is None
    annotation.accept(range(6))
    assert annotation.states == {0: E, 1: E, 2: R, 3: E}
    assert not annotation.label_map.voxels[1:3].any()


def test_a_proposal_that_comes_in_the_middle_of_a_stroke_waits_behind_it():
    annotation = annotation_of()
    annotation.begin_stroke(AXIAL, 2, (4, 4), erase=False)
    annotation.propose([proposal_of(annotation, 2)])
    assert annotation.proposal(2) is None
    annotation.end_stroke()
    assert annotation.state(2) is E
    assert not annotation.labels(2)[0].any()
    annotation.undo()
    assert annotation.proposal(2) is not None


def test_undoing_to_untouched_shows_a_proposal_that_came_in_between():
    annotation = annotation_of()
    paint(annotation, (4, 4))
    annotation.undo()
    annotation.propose([proposal_of(annotation, 2)])
    annotation.redo()
    assert (annotation.state(2), annotation.proposal(2)) == (E, None)
    annotation.undo()
    assert annotation.state(2) is P
    assert annotation.deeds[-1].change.states == {2: (E, P)}


def test_a_case_opened_with_a_proposal_beside_an_untouched_slice_shows_it():
    first = annotation_of()
    annotation = annotation_of(proposals={1: proposal_of(first, 1)})
    assert annotation.proposal(1) is not None


def test_accepting_reports_the_number_and_leaves_locked_labels_alone():
    labels = np.zeros(SHAPE, np.uint8)
    labels[1, 0, :3] = LOCKED.value
    annotation = annotation_of(labels=labels)
    annotation.propose([proposal_of(annotation, i) for i in (1, 4)] + [proposal_of(annotation, 5, LOCKED.value)])
    annotation.accept([1])
    annotation.accept([4, 5])
    annotation.accept([])
    assert annotation.history.names() == ["Accept slice 2", "Accept 2 slices"]
    assert list(annotation.labels(1)[0]) == [3, 3, 3, 1, 1, 1, 1, 1, 1]
    assert not annotation.labels(5).any()


def test_a_label_that_the_project_no_longer_has_is_not_taken_over():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, 1, value=77)])
    annotation.accept([1])
    assert not annotation.label_map.voxels.any()


# ---- whole slices


def test_reviewing_accepts_the_proposal_shown_in_one_step():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, 2)])
    annotation.review(2)
    annotation.review(2)
    assert annotation.state(2) is R
    assert annotation.labels(2)[0].all()
    assert annotation.history.names() == ["Review slice 3"]
    annotation.undo()
    assert (annotation.state(2), annotation.labels(2).any()) == (P, False)


def test_an_empty_slice_can_be_reviewed_and_reopened():
    annotation = annotation_of()
    annotation.review(0)
    assert annotation.state(0) is R
    annotation.unreview(0)
    annotation.unreview(0)
    assert annotation.state(0) is E
    assert annotation.history.names() == ["Review slice 1", "Reopen slice 1"]
    assert all(deed.slices == {} for deed in annotation.deeds)


def test_clearing_a_slice_spares_locked_labels_and_says_so_where_nothing_else_is_there():
    labels = np.zeros(SHAPE, np.uint8)
    labels[2, 1] = 1
    labels[2, 2] = LOCKED.value
    annotation = annotation_of(labels=labels)
    empty = np.zeros((8, 9), np.uint8)
    annotation.replace_slice("Clear slice", 2, empty)
    assert set(np.unique(annotation.labels(2))) == {0, 3}
    annotation.replace_slice("Clear slice", 2, empty)
    assert len(annotation.deeds) == 1
    assert annotation.sentences == ["Nothing was changed: “Stone” is locked."]


def test_clearing_an_empty_untouched_slice_is_no_action_but_refuses_a_proposal():
    annotation = annotation_of()
    empty = np.zeros((8, 9), np.uint8)
    annotation.replace_slice("Clear slice", 2, empty)
    assert annotation.deeds == []
    annotation.propose([proposal_of(annotation, 2)])
    annotation.replace_slice("Clear slice", 2, empty)
    assert (annotation.state(2), annotation.proposal(2)) == (E, None)


@pytest.mark.parametrize(
    "verb",
    [
        lambda a: a.accept([2]),
        lambda a: a.review(2),
        lambda a: a.unreview(4),
        lambda a: a.replace_slice("Copy", 2, np.full((8, 9), 2, np.uint8)),
        lambda a: remove_class(a._palette, a, TWO),
        lambda a: a.fill(AXIAL, 2, 7, 7, erase=False),
        lambda a: a.undo(),
        lambda a: a.redo(),
    ],
)
def test_a_verb_in_the_middle_of_a_stroke_ends_it_first_and_all_can_be_undone(verb):
    labels = np.zeros(SHAPE, np.uint8)
    labels[3:5, 3] = 2
    annotation = annotation_of(labels=labels.copy(), states={4: R})
    annotation.begin_stroke(AXIAL, 2, (4, 4), erase=False)
    annotation.extend_stroke((4, 6))
    verb(annotation)
    assert annotation.deeds[0].change.name == "Paint One"
    while annotation.history.undo_name:
        annotation.undo()
    assert np.array_equal(annotation.label_map.voxels, labels)
    assert {i: s for i, s in annotation.states.items() if s is not U} == {4: R}


def test_removing_a_label_clears_it_everywhere_in_one_step():
    labels = np.zeros(SHAPE, np.uint8)
    labels[1, 2], labels[4, 3] = 1, 2
    annotation = annotation_of(labels=labels.copy(), states={1: R})
    remove_class(annotation._palette, annotation, ONE)
    remove_class(annotation._palette, annotation, ONE)
    assert set(np.unique(annotation.label_map.voxels)) == {0, 2}
    assert annotation.history.names() == ["Remove One"]
    annotation.undo()
    assert np.array_equal(annotation.label_map.voxels, labels)


# ---- fill


def test_filling_colours_the_connected_area_and_erasing_clears_it():
    labels = np.zeros(SHAPE, np.uint8)
    labels[2, 2:4, 2:4], labels[2, 6, 6] = 2, 2
    annotation = annotation_of(labels=labels)
    annotation.fill(AXIAL, 2, 2, 2, erase=False)
    assert annotation.labels(2)[3, 3] == 1
    assert annotation.labels(2)[6, 6] == 2
    annotation.fill(AXIAL, 2, 6, 6, erase=True)
    assert annotation.labels(2)[6, 6] == 0
    assert annotation.history.names() == ["Fill One", "Clear area"]


def test_filling_a_proposed_area_works_on_what_is_seen():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, 2, value=2)])
    annotation.fill(AXIAL, 2, 0, 4, erase=False)
    assert (annotation.labels(2)[0] == 1).all()
    assert not annotation.labels(2)[1:].any()
    annotation.undo()
    assert annotation.proposal(2) is not None


def test_filling_in_another_plane_keeps_what_proposals_say_there():
    annotation = annotation_of()
    annotation.propose([proposal_of(annotation, 3, value=2)])
    annotation.fill(SAGITTAL, 4, 0, 5, erase=False)
    shown = SAGITTAL.slice_of(annotation.label_map.voxels, 4)
    assert (shown == 2).sum() == 1
    assert (shown == 1).sum() == shown.size - 1
    annotation.undo()
    assert not annotation.label_map.voxels.any()


def test_filling_where_it_is_not_allowed_changes_nothing_and_says_why():
    labels = np.full(SHAPE, LOCKED.value, np.uint8)
    annotation = annotation_of(labels=labels.copy())
    annotation.fill(AXIAL, 2, 2, 2, erase=False)
    assert np.array_equal(annotation.label_map.voxels, labels)
    assert annotation.sentences == ["Nothing was changed: “Stone” is locked."]


# ---- why nothing happened


@pytest.mark.parametrize(
    ("classes", "word"),
    [
        ((), "no label"),
        ((replace(ONE, is_visible=False), TWO), "hidden"),
        ((replace(ONE, is_locked=True), TWO), "locked"),
    ],
)
def test_a_stroke_that_cannot_begin_says_why(classes, word):
    palette = palette_of()
    palette.set_classes(classes)
    annotation = annotation_of(palette=palette)
    assert not paint(annotation, (3, 3))
    annotation.fill(AXIAL, 2, 3, 3, erase=False)
    assert len(annotation.sentences) == 2
    assert all(word in sentence for sentence in annotation.sentences)
    assert not annotation.label_map.voxels.any()


@pytest.mark.parametrize(
    ("held", "over", "word"), [(3, "everything", "“Stone” is locked"), (2, "background", "only background")]
)
def test_a_stroke_that_was_refused_says_why(held, over, word):
    palette = palette_of()
    palette.set_brush(replace(palette.brush, paint_over=over))
    annotation = annotation_of(palette=palette, labels=np.full(SHAPE, held, np.uint8))
    paint(annotation, (3, 3), (3, 6))
    assert len(annotation.sentences) == 1
    assert word in annotation.sentences[0]
    assert annotation.deeds == []


def test_a_stroke_that_had_some_effect_says_nothing():
    labels = np.zeros(SHAPE, np.uint8)
    labels[2, 3, 3] = LOCKED.value
    annotation = annotation_of(labels=labels)
    paint(annotation, (3, 3), (3, 6))
    assert annotation.sentences == []
    assert annotation.labels(2)[3, 3] == LOCKED.value


def test_a_refused_stroke_does_not_accept_a_proposal():
    palette = palette_of()
    palette.set_brush(replace(palette.brush, paint_over="background", radius=0.25))
    annotation = annotation_of(palette=palette)
    annotation.propose([proposal_of(annotation, 2, value=2)])
    paint(annotation, (0, 3))
    assert annotation.state(2) is P
    assert annotation.proposal(2) is not None
    assert not annotation.label_map.voxels.any()


def test_erasing_works_where_only_background_may_be_painted_over():
    palette = palette_of()
    palette.set_brush(replace(palette.brush, paint_over="background"))
    annotation = annotation_of(palette=palette, labels=np.ones(SHAPE, np.uint8))
    paint(annotation, (3, 3), erase=True)
    assert annotation.labels(2)[3, 3] == 0


def test_a_locked_label_is_not_removed_and_it_is_said():
    annotation = annotation_of(labels=np.full(SHAPE, LOCKED.value, np.uint8))
    remove_class(annotation._palette, annotation, LOCKED)
    assert annotation.label_map.voxels.all()
    assert "locked" in annotation.sentences[0]


def test_a_project_to_look_at_only_is_never_changed():
    annotation = annotation_of(labels=np.ones(SHAPE, np.uint8), states={1: R}, is_read_only=True)
    annotation.propose([proposal_of(annotation, 3)])
    assert not paint(annotation, (3, 3))
    annotation.fill(AXIAL, 2, 2, 2, erase=True)
    annotation.accept([3])
    annotation.review(2)
    annotation.unreview(1)
    annotation.replace_slice("Clear", 2, np.zeros((8, 9), np.uint8))
    remove_class(annotation._palette, annotation, ONE)
    annotation.undo()
    annotation.redo()
    assert annotation.label_map.voxels.all()
    assert annotation.deeds == []
    assert len(annotation.sentences) == 9
    assert set(annotation.sentences) == {"This project is open to look only, so nothing in it can be changed."}


def test_a_changed_box_is_a_rectangle_of_each_shown_slice_it_crosses():
    assert changed_rectangle(AXIAL, SHAPE, 2, (slice(1, 3), slice(2, 4), slice(5, 9))) is not None
    assert changed_rectangle(AXIAL, SHAPE, 3, (slice(1, 3), slice(2, 4), slice(5, 9))) is None
