"""How to train, said once."""

import pytest

from unet_studio.segmentation.segmenter import TrainingOptions


def test_training_has_either_a_time_or_a_number_of_steps():
    assert TrainingOptions((), budget_s=60).steps is None
    assert TrainingOptions((), steps=10).budget_s is None
    for both_or_neither in ({}, {"budget_s": 60.0, "steps": 10}):
        with pytest.raises(AssertionError):
            TrainingOptions((), **both_or_neither)


def test_training_starts_from_scratch_and_with_the_same_seed_unless_told_otherwise():
    options = TrainingOptions((), steps=1)
    assert (options.start, options.seed, options.device, options.architecture) == (None, 0, "auto", "standard")
