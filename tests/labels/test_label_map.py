"""Label classes and the label map."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import labels
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass, LabelMap, next_class, usual_colour

GREY = (128, 128, 128)


def test_a_new_label_map_is_all_background():
    drawn = LabelMap(Geometry((2, 3, 4)))
    assert drawn.voxels.dtype == np.uint8
    assert drawn.voxels.shape == (2, 3, 4)
    assert drawn.values() == ()


@given(labels((3, 3, 3), most=255))
def test_the_values_of_a_label_map_are_those_present_without_background(voxels):
    assert LabelMap(Geometry((3, 3, 3)), voxels).values() == tuple(sorted(set(voxels.ravel().tolist()) - {0}))


@pytest.mark.parametrize("voxels", [np.zeros((2, 3, 5), np.uint8), np.zeros((2, 3, 4), np.int16)])
def test_voxels_of_another_shape_or_type_are_a_bug(voxels):
    with pytest.raises(AssertionError):
        LabelMap(Geometry((2, 3, 4)), voxels)


@pytest.mark.parametrize("value", [0, -1, 256])
def test_a_label_class_has_a_value_from_1_to_255(value):
    with pytest.raises(AssertionError):
        LabelClass(value, "Tumour", GREY)


@given(st.sets(st.integers(1, 255), max_size=254))
def test_a_new_class_gets_the_lowest_free_value(taken):
    made = next_class(tuple(LabelClass(v, str(v), GREY) for v in taken))
    assert made is not None
    assert made.value not in taken
    assert all(v in taken for v in range(1, made.value))


def test_a_new_class_has_a_name_even_where_none_was_given():
    assert next_class((), "Liver") == LabelClass(1, "Liver", DEFAULT_COLOURS[0])
    assert next_class((LabelClass(1, "Liver", GREY),)) == LabelClass(2, "Label 2", DEFAULT_COLOURS[1])


def test_there_is_no_class_after_the_255th():
    assert next_class(tuple(LabelClass(v, str(v), GREY) for v in range(1, 256))) is None


def test_the_first_eight_classes_differ_in_colour():
    classes: tuple[LabelClass, ...] = ()
    for _ in range(9):
        made = next_class(classes)
        assert made is not None
        classes = (*classes, made)
    assert len({c.colour for c in classes[:8]}) == 8
    assert len({c.colour for c in classes}) == len(classes)
    assert all(0 <= part <= 255 for c in classes for part in c.colour)


def test_no_two_of_255_classes_have_the_same_colour():
    assert len({usual_colour(n) for n in range(256)}) == 256
    assert [usual_colour(n) for n in range(8)] == list(DEFAULT_COLOURS)
