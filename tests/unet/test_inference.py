"""Scores are pooled over known pixels on the scan's own grid; uncertainty tells sure answers from guesses."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.unet.conftest import disc_samples
from unet_studio.segmentation.samples import IGNORE
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.inference import scored, uncertainty_of
from unet_studio.unet.preprocessing import Preprocessing

CPU = choose_runtime("cpu", precision="fp32")
PLAN = Preprocessing("volume", 0, 0, (0.0,), (1.0,), (1.0, 1.0), None, (32, 32), 16)


class Thresholds(nn.Module):
    """A network that calls bright pixels class 1 and very bright ones class 2."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.stack([-(x - 0.3) * 20, torch.zeros_like(x), (x - 2.0) * 20], dim=1)[:, :, 0]


def scores_of(samples, *, asked=(1, 4), network=None):
    work = scored(network or Thresholds(), PLAN, CPU, samples=samples, values=(1, 4), asked=asked)
    done = []
    while True:
        try:
            done.append(next(work))
        except StopIteration as end:
            return end.value, done


def test_dice_is_pooled_over_all_pixels_of_all_slices():
    samples = disc_samples(size=(40, 36), radius=0.3)
    for index, sample in enumerate(samples):
        noiseless = 100.0 + 80.0 * (sample.labels == 1) + 180.0 * (sample.labels == 4)
        samples[index] = replace(sample, image=noiseless[..., None].astype(np.float32))
    scores, done = scores_of(samples)
    assert done == [1, 2, 3, 4]
    assert scores.slices == 4
    assert scores.cases == 1
    assert set(scores.dice) == {1, 4}
    assert scores.dice[1] > 0.9


def test_ignored_pixels_do_not_count():
    samples = disc_samples(size=(40, 36))
    spoiled = []
    for sample in samples:
        labels, image = sample.labels.copy(), sample.image.copy()
        labels[:, 30:] = IGNORE
        image[:, 30:] = 400
        spoiled.append(replace(sample, labels=labels, image=image))
    clean = [replace(s, labels=t.labels) for s, t in zip(samples, spoiled, strict=True)]
    assert scores_of(spoiled)[0].dice == scores_of(clean)[0].dice


def test_a_class_that_occurs_in_no_label_is_left_out_and_one_never_predicted_scores_zero():
    samples = [replace(s, labels=np.where(s.labels == 4, 9, s.labels)) for s in disc_samples()]
    scores, _ = scores_of(samples, asked=(1, 4, 9))
    assert set(scores.dice) == {1, 9}
    assert scores.dice[9] == 0.0


def test_nothing_held_out_is_no_score():
    scores, _ = scores_of([])
    assert scores.mean is None
    assert scores.slices == 0


def test_scoring_leaves_the_network_in_the_mode_it_was_in():
    network = Thresholds().train()
    scores_of(disc_samples(), network=network)
    assert network.training


def test_sure_answers_have_no_uncertainty_and_a_coins_toss_has_all():
    sure = torch.zeros(2, 50, 50)
    sure[0] = 1.0
    assert uncertainty_of(sure) == 0.0
    assert uncertainty_of(torch.full((2, 50, 50), 0.5)) == pytest.approx(1.0)
    assert uncertainty_of(torch.full((8, 50, 50), 1 / 8)) == pytest.approx(1.0)


def test_a_few_odd_pixels_hardly_count():
    chances = torch.zeros(2, 100, 100)
    chances[0] = 1.0
    chances[:, 5, 5] = 0.5
    assert 0 < uncertainty_of(chances) < 0.1
