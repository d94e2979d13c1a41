"""Half precision must earn its place on each checkpoint."""

import numpy as np

from unet_studio.unet.precision import PrecisionTrial

BLANK = np.zeros((100, 100), np.uint8)


def square(value: int = 3, *, rows: int = 60) -> np.ndarray:
    labels = BLANK.copy()
    labels[:rows, :60] = value
    return labels


def test_one_slice_with_enough_of_a_structure_decides():
    trial = PrecisionTrial()
    assert trial.verdict is None
    trial.note(square(), square())
    assert trial.verdict is True


def test_a_thousandth_may_differ_and_not_more():
    for odd, wanted in ((3, True), (8, False)):
        half = square()
        half[0, :odd] = 0
        trial = PrecisionTrial()
        trial.note(square(), half)
        assert trial.verdict is wanted


def test_the_same_place_with_another_class_is_a_difference():
    trial = PrecisionTrial()
    trial.note(square(3), square(4))
    assert trial.verdict is False


def test_a_small_structure_needs_more_slices_than_one():
    trial = PrecisionTrial()
    trial.note(square(rows=4), square(rows=4))
    assert trial.verdict is None
    for _ in range(7):
        trial.note(square(rows=4), square(rows=4))
    assert trial.verdict is True


def test_eight_empty_slices_are_enough():
    trial = PrecisionTrial()
    for _ in range(8):
        assert trial.verdict is None
        trial.note(BLANK, BLANK)
    assert trial.verdict is True


def test_a_structure_that_only_one_precision_sees_is_a_difference():
    trial = PrecisionTrial()
    for _ in range(8):
        trial.note(BLANK, square(rows=1))
    assert trial.verdict is False
