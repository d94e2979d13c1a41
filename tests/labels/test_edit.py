"""The one way labels change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import labels
from unet_studio.image.volume import Geometry
from unet_studio.labels.edit import LabelEdit, edit_between
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap

SHAPE = (3, 4, 5)
maps = labels(SHAPE)


def label_map(voxels: np.ndarray) -> LabelMap:
    return LabelMap(Geometry(SHAPE), voxels.copy())


@given(maps, maps)
def test_an_edit_turns_the_map_before_into_the_map_after_and_back(before, after):
    edit, drawn = edit_between("Stroke", before, after), label_map(before)
    if edit is None:
        assert np.array_equal(before, after)
        return
    edit.apply(drawn)
    assert np.array_equal(drawn.voxels, after)
    edit.inverse().apply(drawn)
    assert np.array_equal(drawn.voxels, before)


@given(maps, maps)
def test_an_edit_is_the_smallest_box_around_what_changed(before, after):
    edit, changed = edit_between("Stroke", before, after), np.argwhere(before != after)
    if edit is not None:
        assert edit.start == tuple(changed.min(axis=0))
        assert edit.stop == tuple(changed.max(axis=0) + 1)
        assert not edit.is_empty


@given(maps, maps)
def test_the_inverse_of_the_inverse_is_the_edit(before, after):
    edit = edit_between("Stroke", before, after)
    if edit is not None:
        twice = edit.inverse().inverse()
        assert (twice.name, twice.start) == (edit.name, edit.start)
        assert np.array_equal(twice.before, edit.before)
        assert np.array_equal(twice.after, edit.after)


@given(maps, st.lists(maps, max_size=6))
def test_undoing_every_stroke_gives_back_the_first_label_map_and_redoing_the_last(first, later):
    drawn, history = label_map(first), History()
    for wanted in later:
        edit = edit_between("Stroke", drawn.voxels, wanted)
        if edit is not None:
            edit.apply(drawn)
            history.push(edit)
    while (back := history.undo()) is not None:
        back.apply(drawn)
    assert np.array_equal(drawn.voxels, first)
    while (again := history.redo()) is not None:
        again.apply(drawn)
    assert np.array_equal(drawn.voxels, later[-1] if later else first)


def test_an_edit_of_part_of_a_map_lies_where_that_part_lies():
    drawn = label_map(np.zeros(SHAPE, np.uint8))
    part = np.zeros((1, 2, 2), np.uint8)
    wanted = part.copy()
    wanted[0, 1, 0] = 9
    edit = edit_between("Fill", part, wanted, start=(2, 1, 3))
    assert edit is not None
    edit.apply(drawn)
    assert np.argwhere(drawn.voxels == 9).tolist() == [[2, 2, 3]]


def test_an_edit_keeps_its_own_copy_of_the_voxels():
    before, after = np.zeros(SHAPE, np.uint8), np.ones(SHAPE, np.uint8)
    edit = edit_between("Fill", before, after)
    assert edit is not None
    before[:], after[:] = 7, 8
    assert set(np.unique(edit.before)) == {0}
    assert set(np.unique(edit.after)) == {1}


def test_an_edit_touches_only_its_box():
    drawn = label_map(np.full(SHAPE, 2, np.uint8))
    LabelEdit("Stroke", (1, 1, 1), np.full((1, 2, 2), 2, np.uint8), np.zeros((1, 2, 2), np.uint8)).apply(drawn)
    assert (drawn.voxels == 0).sum() == 4
    assert (drawn.voxels == 2).sum() == 56


def test_an_edit_knows_its_slices_along_each_axis_and_its_size_in_memory():
    edit = LabelEdit("Stroke", (0, 1, 2), np.zeros((3, 2, 1), np.uint8), np.ones((3, 2, 1), np.uint8))
    assert [list(edit.indices(axis)) for axis in range(3)] == [[0, 1, 2], [1, 2], [2]]
    assert edit.nbytes == 12


def test_an_edit_that_changes_nothing_says_so():
    same = np.ones((1, 1, 1), np.uint8)
    assert LabelEdit("Stroke", (0, 0, 0), same, same.copy()).is_empty
    assert edit_between("Stroke", same, same.copy()) is None


@pytest.mark.parametrize("after", [np.zeros((1, 1, 2), np.uint8), np.zeros((1, 1), np.uint8)])
def test_an_edit_of_two_sizes_is_a_bug(after):
    with pytest.raises(AssertionError):
        LabelEdit("Stroke", (0, 0, 0), np.zeros((1, 1, 1), np.uint8), after)


@given(st.data())
def test_an_edit_put_away_comes_back_as_it_was(data):
    before = data.draw(labels((3, 4, 5)))
    after = data.draw(labels((3, 4, 5)))
    edit = LabelEdit("Paint", (1, 2, 3), before, after)
    back = edit.packed().unpacked()
    assert (back.name, back.start) == (edit.name, edit.start)
    assert np.array_equal(back.before, before) and np.array_equal(back.after, after)
