"""Slope and intercept: exact where whole, never an overflow, never more bytes than needed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.files.rescale import rescale_into, rescaled_type, type_after


def rescaled(stored, slope, intercept):
    made = np.empty(stored.shape, type_after(stored.dtype, slope, intercept))
    assert rescale_into(stored, slope, intercept, made)
    return made


WHOLE = ["u1", "i1", "u2", "i2", "u4", "i4"]


@given(st.sampled_from(WHOLE), st.integers(-5000, 5000).filter(bool), st.integers(-40000, 40000))
def test_whole_scaling_is_exact_at_both_ends_of_every_type(dtype, slope, intercept):
    limits = np.iinfo(dtype)
    stored = np.array([limits.min, limits.min + 1, 0, 1, limits.max - 1, limits.max], dtype)
    made = rescaled(stored, slope, intercept)
    assert [int(v) for v in made] == [int(v) * slope + intercept for v in stored]
    assert made.dtype == (type_after(stored.dtype, slope, intercept))


@given(st.sampled_from(WHOLE), st.floats(0.01, 100), st.floats(-1e4, 1e4))
def test_other_scaling_is_right_to_the_precision_of_its_float(dtype, slope, intercept):
    limits = np.iinfo(dtype)
    stored = np.array([limits.min, 0, 7, limits.max], dtype)
    made = rescaled(stored, slope, intercept)
    expected = stored.astype(np.float64) * slope + intercept
    assert np.allclose(made, expected, rtol=1e-5, atol=1e-3 * slope + 1e-2)


def test_what_is_not_scaled_keeps_its_type():
    stored = np.arange(5, dtype=np.uint16)
    made = rescaled(stored, 1, 0)
    assert made.dtype == np.uint16 and np.array_equal(made, stored)


@given(st.integers(-32768, 32767), st.sampled_from(["u2", "i2"]))
def test_in_one_memory_it_is_right_or_said_not_to_fit(intercept, dtype):
    stored = np.array([3, 1000, 4095, 30000], dtype)
    expected = [int(v) + intercept for v in stored]
    into = stored.copy().view(np.int16)
    fits = rescale_into(into.view(dtype), 1, intercept, into)
    assert fits == (min(expected) >= -32768 and max(expected) <= 32767)
    assert not fits or into.tolist() == expected


def test_floats_stay_the_floats_they_are():
    for dtype in (np.float32, np.float64):
        made = rescaled(np.array([1, 2], dtype), 0.5, 3)
        assert made.dtype == dtype and made.tolist() == [3.5, 4.0]


@pytest.mark.parametrize(
    ("low", "high", "slope", "intercept", "expected"),
    [
        (0, 4095, 1, -1024, "i2"),
        (0, 65535, 1, -1024, "i4"),
        (-32768, 32767, 1, 0, "i2"),
        (-32768, 32767, 2, 0, "i4"),
        (0, 2**32 - 1, 1, -1, "i8"),
        (0, 4095, 0.5, 0, "f4"),
        (0, 2**32 - 1, 0.5, 0, "f8"),
    ],
)
def test_the_type_is_the_smallest_that_holds_every_value(low, high, slope, intercept, expected):
    assert rescaled_type(low, high, slope, intercept) == np.dtype(expected)


def test_what_overflows_is_infinite_and_warns_of_nothing():
    made = rescaled(np.array([1, 30000], np.int16), 3e38, 0.5)
    assert np.isinf(made[1])
