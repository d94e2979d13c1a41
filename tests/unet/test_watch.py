"""When held-out slices no longer get better."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.unet.conftest import CORE, DISC, disc_samples, finished
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet import recipe, schedule, setting, watch
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.watch import Level, evenly_spread

LONG = TrainingOptions((DISC, CORE), budget_s=600.0, architecture="light", device="cpu")


def level_at(*scores: tuple[float, float], steps_a_second: float = 10.0) -> float | None:
    """The time of the score at which nothing had got better for long enough; None where that never was."""
    level = Level()
    for seconds, score in scores:
        level.note(seconds, score)
        if level.is_reached(seconds, int(steps_a_second * seconds)):
            return seconds
    return None


def test_nothing_is_given_up_in_the_first_three_minutes():
    assert level_at(*((20.0 * n, 0.5) for n in range(1, 9))) is None
    assert level_at(*((20.0 * n, 0.5) for n in range(1, 20))) == 180.0


def test_what_still_rises_goes_on_and_what_has_not_for_a_third_of_its_time_does_not():
    assert level_at(*((20.0 * n, 0.003 * n) for n in range(1, 90))) is None
    assert level_at(*((20.0 * n, min(0.003 * n, 0.045)) for n in range(1, 90))) == 460.0  # it rose until 300


def test_scores_that_only_waver_are_no_rise():
    assert level_at(*((20.0 * n, 0.8 + 0.0015 * (n % 2)) for n in range(1, 90))) == 180.0


def test_what_has_not_begun_to_learn_is_not_given_up():
    assert level_at(*((20.0 * n, 0.0) for n in range(1, 90))) is None
    assert level_at(*((20.0 * n, 0.3) for n in range(1, 90)), steps_a_second=1.0) == 1000.0


def test_held_out_slices_without_a_structure_end_no_training(monkeypatch):
    monkeypatch.setattr(watch, "_OFTEN_S", 0.1)
    monkeypatch.setattr(watch, "_LOOKING_SHARE", 1.0)
    monkeypatch.setattr(watch, "_SHORTEST_S", 0.0)
    monkeypatch.setattr(watch, "_FEWEST_STEPS", 0)
    empty = [replace(s, labels=0 * s.labels) for s in disc_samples(slices=9, seed=9, case="h")]
    options = TrainingOptions((DISC, CORE), budget_s=6.0, architecture="light", device="cpu")
    assert finished(train(disc_samples(), empty, options)).card.ended == "planned"


def test_a_few_slices_stand_for_all():
    samples = tuple(disc_samples(slices=9))
    assert [s.index for s in evenly_spread(samples, 3)] == [0, 3, 6]
    assert evenly_spread(samples, 9) == samples


def test_slow_looks_are_seldom(monkeypatch):
    """Each look is made to take 10 s and each step 4: looking must not take half of the training."""
    looks, seconds = [], [0.0]
    monkeypatch.setattr(schedule.time, "monotonic", lambda: seconds[0])
    usual_step, usual_scored = recipe.Recipe.work, setting.scored

    def step(*arguments, **how):
        seconds[0] += 4.0
        return usual_step(*arguments, **how)

    def look(*arguments, **how):
        seconds[0] += 10.0
        looks.append(seconds[0])
        return usual_scored(*arguments, **how)

    monkeypatch.setattr(recipe.Recipe, "work", step)
    monkeypatch.setattr(setting, "scored", look)
    options = TrainingOptions((DISC, CORE), budget_s=400.0, architecture="light", device="cpu")
    card = finished(train(disc_samples(slices=2), disc_samples(slices=2, seed=9, case="h"), options)).card
    between = [later - earlier for earlier, later in pairwise(looks) if later - earlier > 10]
    assert card.steps > 50
    assert min(between[1:-1], default=0) >= 100


@pytest.fixture
def hasty(monkeypatch):
    """Looks are made all the time, and the first one says that nothing gets better."""
    monkeypatch.setattr(watch, "_OFTEN_S", 0.1)
    monkeypatch.setattr(watch, "_LOOKING_SHARE", 1.0)
    monkeypatch.setattr(Level, "is_reached", lambda self, seconds, step: True)


def test_a_training_that_gets_no_better_ends_before_its_time_and_says_so(hasty):
    work = train(disc_samples(), disc_samples(slices=8, seed=9, case="h"), LONG)
    told, checkpoint = [], None
    while checkpoint is None:
        try:
            told.append(next(work))
        except StopIteration as end:
            checkpoint = end.value
    assert checkpoint.card.ended == "level"
    assert checkpoint.card.seconds < LONG.budget_s / 2
    finishing = [step for step in told if "no better" in step.message]
    assert finishing
    assert all(step.seconds_left < LONG.budget_s / 2 for step in finishing)


def test_seven_held_out_slices_are_too_few_to_end_a_training(hasty):
    options = TrainingOptions((DISC, CORE), budget_s=5.0, architecture="light", device="cpu")
    assert finished(train(disc_samples(), disc_samples(slices=7, seed=9, case="h"), options)).card.ended == "planned"


def test_trainings_of_so_many_steps_make_them_all(hasty):
    options = TrainingOptions((DISC, CORE), steps=12, architecture="light", device="cpu")
    card = finished(train(disc_samples(), disc_samples(slices=8, seed=9, case="h"), options)).card
    assert (card.ended, card.steps) == ("planned", 12)
