"""What looks alike and hangs together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unet_studio.labels.brush import ball_radii
from unet_studio.labels.likeness import Range, joined_to, range_about

SIZE = (9, 11)


@given(hnp.arrays(np.bool_, SIZE), hnp.arrays(np.bool_, SIZE))
def test_what_is_joined_lies_within_and_every_piece_has_a_seed(seeds, within):
    joined = joined_to(seeds, within)
    assert not (joined & ~within).any()
    assert (joined[seeds & within]).all()
    flooded = seeds & within  # one pixel at a time, as far as it goes
    while True:
        further = flooded.copy()
        further[1:] |= flooded[:-1]
        further[:-1] |= flooded[1:]
        further[:, 1:] |= flooded[:, :-1]
        further[:, :-1] |= flooded[:, 1:]
        further &= within
        if (further == flooded).all():
            break
        flooded = further
    assert (joined == flooded).all()


@given(
    hnp.arrays(np.int16, SIZE, elements=st.integers(-500, 500)), st.integers(0, 8), st.integers(0, 10), st.floats(0, 90)
)
def test_a_range_about_a_pixel_is_even_about_a_value_that_is_near(intensities, row, column, tolerance):
    found = range_about(intensities, row, column, tolerance=tolerance)
    near = intensities[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
    middle = (found.low + found.high) / 2
    assert near.min() <= middle <= near.max() and abs(found.high - found.low - 2 * tolerance) < 1e-6
    own = range_about(intensities, row, column, tolerance=0, reach=0)
    assert own.holds(intensities)[row, column]


def test_a_range_holds_both_its_ends_and_no_nan():
    values = np.array([[1.0, 2.0, np.nan, 3.0, 3.1]])
    assert Range(2.0, 3.0).holds(values).tolist() == [[False, True, False, True, False]]
    assert Range(2.0, 3.0).widened(5.0) == Range(2.0, 5.0)


@given(st.floats(0.1, 30), st.floats(0.2, 6), st.integers(1, 20), st.data())
def test_a_ball_is_cut_by_just_the_slices_within_its_radius(radius, step, count, data):
    index = data.draw(st.integers(0, count - 1))
    cuts = dict(ball_radii(radius, step=step, index=index, count=count))
    assert cuts[index] == radius
    for at in range(count):
        away = abs(at - index) * step
        if at != index and abs(away - radius) > 1e-6:
            assert (at in cuts) == (away < radius)
        if at in cuts:
            assert abs(cuts[at] ** 2 + away**2 - radius**2) < 1e-6 * max(1, radius**2)
    assert list(dict.fromkeys(abs(at - index) for at in cuts)) == sorted({abs(at - index) for at in cuts})
