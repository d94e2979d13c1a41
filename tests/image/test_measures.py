"""Lengths and angles."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unet_studio.image.measures import angle_degrees, length

NEAR = st.floats(-200, 200)
PIXEL = st.tuples(NEAR, NEAR)
SPACING = st.tuples(st.floats(0.1, 5), st.floats(0.1, 5))


def test_a_length_is_in_the_unit_of_the_spacing():
    assert length((0, 0), (3, 4), spacing=(1, 1)) == 5
    assert length((0, 0), (3, 4), spacing=(2, 0.5)) == pytest.approx(math.hypot(6, 2))


@given(PIXEL, PIXEL, PIXEL, SPACING)
def test_lengths_are_the_same_both_ways_and_no_detour_is_shorter(a, b, c, spacing):
    there = length(a, b, spacing=spacing)
    assert there == length(b, a, spacing=spacing) >= 0
    assert there <= length(a, c, spacing=spacing) + length(c, b, spacing=spacing) + 1e-6


@given(st.floats(1, 100), st.floats(0, 359), st.floats(1, 179), st.floats(1, 100), SPACING)
def test_an_angle_is_that_between_its_legs_in_space_and_not_in_pixels(first, turn, angle, second, spacing):
    corner = (7.0, -3.0)

    def leg(size, degrees):
        way = math.radians(degrees)
        return corner[0] + size * math.sin(way) / spacing[0], corner[1] + size * math.cos(way) / spacing[1]

    one, other = leg(first, turn), leg(second, turn + angle)
    assert angle_degrees(one, corner, other, spacing=spacing) == pytest.approx(angle, abs=1e-5)
    assert angle_degrees(other, corner, one, spacing=spacing) == pytest.approx(angle, abs=1e-5)


@given(PIXEL, PIXEL)
def test_a_leg_without_length_has_no_angle(corner, one):
    assume(corner != one)
    assert angle_degrees(corner, corner, one, spacing=(1, 1)) is None
    assert angle_degrees(one, corner, corner, spacing=(1, 1)) is None
