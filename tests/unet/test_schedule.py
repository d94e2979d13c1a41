"""A training ends in its budget."""

import time

import pytest

from unet_studio.unet.schedule import Schedule, learning_rate


def test_steps_end_when_they_are_made():
    schedule = Schedule(budget_s=None, steps=3)
    schedule.start_learning()
    assert [schedule.is_over(step) for step in range(5)] == [False, False, False, True, True]
    assert schedule.learned(0) == 0.0
    assert schedule.learned(3) == 1.0


def test_a_budget_leaves_time_for_scoring_and_writing():
    schedule = Schedule(budget_s=4.0, steps=None)
    schedule.reserve_s = 2.9
    schedule.start_learning()
    steps = 0
    while not schedule.is_over(steps):
        time.sleep(0.1)
        steps += 1
        schedule.note_step()
    assert schedule.seconds < 2.1  # half is always left for learning: 4 - max(2.9 + 1, half)
    assert steps >= 15


def test_the_first_step_is_made_however_small_the_budget():
    schedule = Schedule(budget_s=0.001, steps=None)
    schedule.start_learning()
    assert not schedule.is_over(0)
    time.sleep(0.01)
    assert schedule.is_over(1)


def test_time_left_and_fraction_tell_of_the_whole_work():
    schedule = Schedule(budget_s=10.0, steps=None)
    assert schedule.seconds_left(0) == pytest.approx(10.0, abs=0.5)
    assert schedule.fraction(0) == pytest.approx(0.0, abs=0.05)
    by_steps = Schedule(budget_s=None, steps=10)
    by_steps.start_learning()
    assert by_steps.fraction(0) == 0.0
    time.sleep(0.05)
    assert by_steps.fraction(5) == pytest.approx(0.5, abs=0.15)
    assert by_steps.seconds_left(10) == 0.0


def test_a_training_that_is_ended_soon_has_as_much_time_left_as_that_and_its_scoring_take():
    schedule = Schedule(budget_s=1000.0, steps=None)
    schedule.reserve_s = 20.0
    schedule.start_learning()
    schedule.end_within(40.0)
    assert schedule.seconds_left(5) == pytest.approx(40 + 20 + 1, abs=1)
    assert not schedule.is_over(5)
    schedule.end_within(400.0)  # it does not grow again
    assert schedule.seconds_left(5) < 62


def test_a_training_that_is_ended_now_makes_no_further_step_but_the_first_one():
    for schedule in (Schedule(budget_s=1000.0, steps=None), Schedule(budget_s=None, steps=1000)):
        schedule.reserve_s = 600.0  # more than half of what there was
        schedule.start_learning()
        schedule.end_now()
        assert not schedule.is_over(0)
        assert schedule.is_over(1)
        assert schedule.seconds_left(5) == pytest.approx(600, abs=2)


def test_the_rate_warms_up_and_falls_to_three_tenths():
    assert learning_rate(0.0, step=0, peak=1.0, warm_up_steps=10) == pytest.approx(0.1)
    assert learning_rate(0.0, step=9, peak=1.0, warm_up_steps=10) == pytest.approx(1.0)
    assert learning_rate(0.5, step=99, peak=1.0, warm_up_steps=10) == pytest.approx(0.65)
    assert learning_rate(1.0, step=99, peak=1.0, warm_up_steps=10) == pytest.approx(0.3)
    assert learning_rate(2.0, step=99, peak=1.0, warm_up_steps=0) == pytest.approx(0.3)
