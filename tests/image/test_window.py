"""Intensities as grey."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unet_studio.image.window import CT_PRESETS, Window, auto_window, opening_window, to_grey, to_mean_grey

levels = st.floats(-2000, 2000, width=32)
widths = st.floats(0.0625, 4000, width=32)


@given(levels, widths)
def test_the_lower_end_of_a_window_is_black_and_the_upper_end_white(level, width):
    window = Window(level, width)
    assume(window.high - window.low > 1e-3 * max(1.0, abs(level)))
    grey = to_grey(np.array([[window.low, window.high]]), window)
    assert grey.tolist() == [[0, 255]]


@given(levels, widths)
def test_the_level_is_the_middle_grey(level, width):
    assume(width > 1e-3 * max(1.0, abs(level)))
    assert abs(int(to_grey(np.array([[level]]), Window(level, width))[0, 0]) - 127.5) <= 1.5


@given(hnp.arrays(np.int16, 40), levels, widths)
def test_a_brighter_voxel_is_never_shown_darker(values, level, width):
    ordered = np.sort(values)[None, :]
    assert np.all(np.diff(to_grey(ordered, Window(level, width)).astype(int)) >= 0)


def test_grey_is_the_nearest_of_256_steps():
    ramp = np.linspace(0, 255, 1021, dtype=np.float32)[None, :]
    assert np.abs(to_grey(ramp, Window(127.5, 255)) - ramp).max() <= 0.5


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.uint16, np.int32, np.float32, np.float64, np.bool_])
def test_any_kind_of_voxel_becomes_8_bit_grey_of_the_same_shape(kind):
    grey = to_grey(np.array([[0, 1, 1], [1, 0, 0]], kind), Window(0.5, 1))
    assert grey.dtype == np.uint8
    assert grey.tolist() == [[0, 255, 255], [255, 0, 0]]


@given(
    hnp.arrays(np.int16, (5, 7)) | hnp.arrays(np.float32, (5, 7), elements=st.floats(width=32)), levels, widths,
    st.booleans(),
)  # fmt: skip
def test_grey_worked_out_in_memory_that_is_there_is_the_same(pixels, level, width, is_inverted):
    out, room = np.full((5, 9), 77, np.uint8), np.full((5, 7), np.nan, np.float32)
    grey = to_grey(pixels, Window(level, width), is_inverted=is_inverted, out=out[:, 1:8], room=room)
    assert np.array_equal(grey, to_grey(pixels, Window(level, width), is_inverted=is_inverted))
    assert np.shares_memory(grey, out) and (out[:, [0, 8]] == 77).all()


@pytest.mark.filterwarnings("error")
def test_what_is_no_number_is_black_and_infinities_are_the_ends():
    pixels = np.array([[np.nan, -np.inf, np.inf, 1e300, -1e300]])
    assert to_grey(pixels, Window(0, 100)).tolist() == [[0, 0, 255, 255, 0]]


def test_a_window_of_no_width_parts_black_from_white():
    assert to_grey(np.array([[9.0, 10.0, 11.0]]), Window(10, 0)).tolist() == [[0, 0, 255]]


def test_showing_a_slice_does_not_change_it():
    pixels = np.arange(6, dtype=np.float32).reshape(2, 3)
    to_grey(pixels, Window(2, 2))
    assert pixels.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_colour_becomes_luma_of_bt_601():
    red_green_blue_white = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert to_grey(red_green_blue_white, Window(127.5, 255)).tolist() == [[76, 150, 29, 255]]


@given(hnp.arrays(np.float64, st.integers(2, 300), elements=st.floats(-1e4, 1e4)))
def test_the_automatic_window_lies_between_the_percentiles_and_has_some_width(values):
    window = auto_window(values)
    assert window.width > 0
    low, high = np.percentile(values, [0.5, 99.5])
    if high > low:
        assert (window.low, window.high) == pytest.approx((low, high), abs=1e-6)


def test_a_few_outliers_do_not_spread_the_automatic_window():
    values = np.concatenate([np.linspace(0, 100, 10_000), [1e6, -1e6]])
    window = auto_window(values)
    assert -1 < window.low < 2
    assert 98 < window.high < 101


def test_the_automatic_window_of_a_few_bright_voxels_spans_them():
    """Both percentiles are 0, so it falls back on the extremes and the bright spot can be seen."""
    values = np.zeros((100, 100))
    values[5, 5] = 8
    assert (auto_window(values).low, auto_window(values).high) == (0, 8)


@pytest.mark.parametrize("value", [0.0, -1000.0, 3e38])
def test_an_even_scan_gets_a_window_around_its_value(value):
    window = auto_window(np.full((3, 4, 5), value))
    assert window.width > 0
    assert window.low <= value <= window.high


@pytest.mark.parametrize("values", [np.zeros(0), np.full(5, np.nan), np.array([np.inf, -np.inf])])
def test_a_scan_without_finite_voxels_still_gets_a_window(values):
    assert auto_window(values).width > 0


def test_voxels_that_are_not_finite_do_not_count():
    assert auto_window(np.array([np.nan, 1.0, 3.0, np.inf]), low_percent=0, high_percent=100) == Window(2, 2)


def test_a_large_scan_is_judged_by_a_sample_spread_over_all_of_it():
    ramp = np.arange(5_000_000, dtype=np.int32)
    window = auto_window(ramp)
    assert window.low == pytest.approx(25_000, rel=0.01)
    assert window.high == pytest.approx(4_975_000, rel=0.01)


def test_the_presets_are_sane_and_named_once():
    assert len({p.name for p in CT_PRESETS}) == len(CT_PRESETS)
    assert all(p.window.width > 0 and -1500 <= p.window.low < p.window.high <= 3071 for p in CT_PRESETS)


def test_an_inverted_picture_is_dark_where_the_other_is_bright():
    pixels = np.array([[0, 25, 50, 100, np.nan]])
    grey, turned = (to_grey(pixels, Window(50, 100), is_inverted=i) for i in (False, True))
    assert np.abs(turned.astype(int) + grey - 255)[0, :4].max() <= 1
    assert turned[0, 4] == grey[0, 4] == 0


@given(
    hnp.arrays(np.int16, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(-3000, 3000)),
    st.integers(1, 4), st.integers(1, 4), st.booleans(),
)  # fmt: skip
def test_a_mean_grey_is_the_mean_of_what_the_window_shows(pixels, rows, columns, is_inverted):
    window = Window(40, 800)
    grey = to_mean_grey(pixels, window, rows=rows, columns=columns, is_inverted=is_inverted)
    high, wide = -(-pixels.shape[0] // rows), -(-pixels.shape[1] // columns)
    assert grey.dtype == np.uint8 and grey.shape == (high, wide)
    bright = np.clip((pixels - window.low) * 255 / window.width, 0, 255)
    bright = 255 - bright if is_inverted else bright
    down, across = (
        np.minimum(np.arange(n * by), m - 1) for n, by, m in zip(grey.shape, (rows, columns), pixels.shape, strict=True)
    )
    means = bright[np.ix_(down, across)].reshape(high, rows, wide, columns).mean(axis=(1, 3))
    assert np.abs(grey - means).max() <= 0.501


def test_a_mean_of_one_pixel_is_its_grey():
    pixels = np.arange(-500, 700, dtype=np.int16).reshape(30, 40)
    window = Window(40, 800)
    assert np.array_equal(to_mean_grey(pixels, window, rows=1, columns=1), to_grey(pixels, window))


def test_a_scan_is_first_seen_in_the_window_its_file_offers():
    assert opening_window(np.arange(-1000, 1000), "CT", Window(-600, 1500)) == Window(-600, 1500)
    assert opening_window(np.arange(500), "MR", Window(200, 300)) == Window(200, 300)


def test_a_ct_that_offers_none_is_first_seen_as_soft_tissue_and_others_between_their_percentiles():
    assert opening_window(np.arange(-1000, 1000), "CT", None) == Window(40, 400)
    voxels = np.arange(-1000, 1000)
    assert opening_window(voxels, "MR", None) == opening_window(voxels, "", None) == auto_window(voxels)


@pytest.mark.parametrize("offered", [Window(5000, 10), Window(-9000, 400), Window(300, 1), Window(501, 3)])
def test_a_window_in_which_nothing_would_be_seen_is_not_taken(offered):
    voxels = np.arange(500)
    assert opening_window(voxels, "MR", offered) == auto_window(voxels)
