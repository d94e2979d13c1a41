"""A training takes as many threads as serve it while other programs come and go."""

import pytest
import torch

from unet_studio.unet.pace import Pace, serving_threads


@pytest.fixture(autouse=True)
def _threads():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def made(pace: Pace, seconds: dict[int, float], steps: int) -> list[int]:
    """The threads of so many steps, where a step takes ``seconds`` by its threads."""
    used = []
    for _ in range(steps):
        used.append(pace.threads)
        pace.note_step(seconds[pace.threads])
    return used


def test_on_an_idle_machine_all_threads_are_used_but_for_the_trials():
    pace = Pace(2)
    used = made(pace, {2: 0.050, 1: 0.065}, 400)
    assert pace.count == 2
    assert used.count(1) / len(used) < 0.1


def test_on_a_busy_machine_one_thread_is_found_within_a_few_steps():
    pace = Pace(2)
    used = made(pace, {2: 0.660, 1: 0.150}, 100)
    assert pace.count == 1
    assert used[:4] == [2] * 4
    assert used.count(2) < 12
    assert torch.get_num_threads() == pace.threads


def test_threads_come_back_when_the_machine_is_free_again():
    pace = Pace(2)
    made(pace, {2: 0.6, 1: 0.1}, 50)
    assert pace.count == 1
    made(pace, {2: 0.05, 1: 0.1}, 100)
    assert pace.count == 2


def test_hopeless_trials_are_cut_short_and_paid_for_before_the_next():
    pace = Pace(2, count=1)
    used = made(pace, {2: 12.0, 1: 0.15}, 1000)
    assert pace.count == 1
    assert used.count(2) == 1  # one step of 12 s must not be repeated for 240 s


def test_the_threads_to_begin_with_are_one_or_all():
    before = torch.get_num_threads()
    assert serving_threads(2) in (1, 2)
    assert serving_threads(1) == 1
    assert torch.get_num_threads() == before


def test_many_cores_have_their_half_tried_too():
    pace = Pace(8)
    used = made(pace, {8: 0.5, 4: 0.1, 1: 0.3}, 60)
    assert pace.count == 4
    assert set(used) == {8, 4, 1}


def test_counts_that_are_alike_are_left_alone():
    pace = Pace(2)
    made(pace, {2: 0.100, 1: 0.095}, 200)
    assert pace.count == 2


def test_with_one_thread_there_is_nothing_to_try():
    pace = Pace(1)
    assert made(pace, {1: 0.1}, 100) == [1] * 100
