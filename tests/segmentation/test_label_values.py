"""What the values in label files mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.segmentation.label_values import BACKGROUND, IGNORED, LabelValues, named_values, values_from_text

values = st.integers(0, 255)
names = st.sampled_from([BACKGROUND, IGNORED, "lung", "heart", "vessel"])
meanings = st.dictionaries(values, names, min_size=1, max_size=12).map(LabelValues)


def test_of_the_values_found_the_lowest_is_background_and_each_other_one_a_class():
    meaning = named_values([255, 0, 127], {})
    assert meaning.names == {0: "background", 127: "Label 127", 255: "Label 255"}
    assert [c.value for c in meaning.classes] == [127, 255]


def test_given_names_stand_and_only_the_others_get_one():
    meaning = named_values([0, 127, 255], {127: "ignore"})
    assert meaning.names == {0: "background", 127: "ignore", 255: "Label 255"}


def test_masks_of_1_and_2_have_1_as_background_and_it_is_written_again():
    meaning = named_values([1, 2], {})
    read = meaning.read(np.array([1, 2], np.uint8))
    assert read.tolist() == [0, 2] and meaning.written(read).tolist() == [1, 2]


def test_a_class_of_value_0_gets_a_value_labels_can_have_and_is_written_as_0():
    meaning = LabelValues({0: "membrane", 255: BACKGROUND})
    read = meaning.read(np.array([0, 255], np.uint8))
    assert read.tolist() == [1, 0] and meaning.written(read).tolist() == [0, 255]


def test_255_can_be_a_class_beside_pixels_to_ignore():
    meaning = LabelValues({0: BACKGROUND, 127: IGNORED, 255: "lung"})
    read = meaning.read(np.array([0, 127, 255], np.uint8))
    assert meaning.unknown == 254 and read.tolist() == [0, 254, 255]


def test_without_names_labels_are_written_as_they_are():
    every = np.arange(256, dtype=np.uint8)
    assert np.array_equal(LabelValues({}).written(every), every)


@given(meanings)
def test_classes_have_values_of_their_own_from_1_to_255(meaning):
    found = [c.value for c in meaning.classes]
    assert found == sorted(set(found)) and all(1 <= v <= 255 for v in found)
    assert {c.name for c in meaning.classes} == set(meaning.names.values()) - {BACKGROUND, IGNORED}


@given(meanings)
def test_what_is_read_as_a_class_is_written_as_a_value_of_the_same_name(meaning):
    for value, name in meaning.names.items():
        written = int(meaning.written(meaning.read(np.array([value], np.uint8)))[0])
        if name not in (BACKGROUND, IGNORED):
            assert meaning.names[written] == name
        if list(meaning.names.values()).count(name) == 1 and name != IGNORED:
            assert written == value


@given(meanings)
def test_what_is_ignored_is_no_class_and_no_background(meaning):
    assert meaning.unknown not in {0, *(c.value for c in meaning.classes)}


def test_equal_names_are_one_class_of_their_lowest_value():
    meaning = LabelValues({0: BACKGROUND, 3: "kidney", 2: "kidney"})
    assert [(c.value, c.name) for c in meaning.classes] == [(2, "kidney")]
    assert meaning.read(np.array([2, 3], np.uint8)).tolist() == [2, 2]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("0=background 255=lung", {0: "background", 255: "lung"}),
        ("0=Background,127=IGNORE, 255=lung", {0: "background", 127: "ignore", 255: "lung"}),
        ("1=grey matter 2=white matter", {1: "grey matter", 2: "white matter"}),
        (" 007=vessel ", {7: "vessel"}),
    ],
)
def test_names_are_read_from_text(text, names):
    assert values_from_text(text) == names


@pytest.mark.parametrize(
    "text", ["", "lung", "1", "1=", "=lung", "256=lung", "-1=lung", "1.5=lung", "1=a 1=b", "٣=lung"]
)
def test_wrong_text_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError) as error:
        values_from_text(text)
    assert str(error.value).endswith(".")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        assert all(0 <= v <= 255 and name for v, name in values_from_text(text).items())
    except ValueError as error:
        assert str(error).endswith(".")
