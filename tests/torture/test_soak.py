"""The same day's work again and again: nothing stays behind, and memory does not grow."""

import pytest

from tests.torture.soak import growth, soak


@pytest.mark.slow
def test_work_done_again_and_again_leaves_nothing_and_needs_no_more_memory():
    sizes, left = soak(16)
    assert left == []
    assert growth(sizes) < 0.05, sizes


def test_growth_is_measured_from_the_tenth_cycle_on():
    assert growth([50.0] * 9 + [100.0, 101.0, 104.0, 102.0]) == pytest.approx(0.04)
    assert growth([10.0, *[100.0] * 12]) == 0.0
