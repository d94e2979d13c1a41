"""Scores are pooled over known pixels on the scan's own grid; uncertainty tells sure answers from guesses."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from tests.unet.conftest import disc_samples
from unet_studio.segmentation.samples import IGNORE
from unet_studio.segmentation.segmenter import Prediction
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.inference import doubt_of, likeliest, scored, uncertainty_of
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
            return end.value.scores, done


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


def circle(middle: float, *, size: int = 100, steep: float = 3.0) -> Tensor:
    """Chances (class, row, column) of a disc of 20 pixels' radius with an edge that is the softer the less ``steep``."""
    rows, columns = torch.meshgrid(*[torch.arange(float(size))] * 2, indexing="ij")
    inside = torch.sigmoid((20 - torch.hypot(rows - middle, columns - middle)) * steep)
    return torch.stack([1 - inside, inside])


def test_sure_answers_have_no_uncertainty_and_guesses_have_much():
    sure = torch.zeros(2, 50, 50)
    sure[0] = 1.0
    assert uncertainty_of(sure) == 0.0
    assert uncertainty_of(torch.stack([sure[1], sure[0]])) == 0.0
    assert uncertainty_of(torch.stack([1 - 0.51 * sure[0], 0.51 * sure[0]])) == pytest.approx(
        1 - 2 * 0.51 / 1.51, abs=1e-3
    )


def test_the_expected_dice_is_what_it_tells():
    """Truths drawn from the chances agree with the likeliest answer as well as was promised."""
    chances = circle(50, steep=0.3)
    answer = chances.argmax(dim=0).bool()
    draws = torch.rand((50, 100, 100), generator=torch.Generator().manual_seed(0)) < chances[1]
    dice = [2 * (draw & answer).sum() / (draw.sum() + answer.sum()) for draw in draws]
    assert uncertainty_of(chances) == pytest.approx(1 - float(torch.stack(dice).mean()), abs=0.01)


def test_a_soft_outline_is_less_sure_than_a_sharp_one():
    found = [uncertainty_of(circle(50, steep=steep)) for steep in (5.0, 1.0, 0.3)]
    assert found == sorted(found)
    assert found[0] < 0.02 < 0.1 < found[2]


def test_a_structure_unsure_among_sure_ones_counts_though_it_is_small():
    chances = torch.zeros(3, 100, 100)
    chances[1, :60] = 1.0
    chances[0, 60:] = 1.0
    chances[:, 80:90, 40:50] = torch.tensor([0.45, 0.0, 0.55])[:, None, None]
    assert uncertainty_of(chances) > 0.1


def test_an_empty_slice_is_no_reason_to_look_even_with_a_faint_fog_over_it():
    chances = torch.full((3, 100, 100), 0.02)
    chances[0] = 0.96
    assert uncertainty_of(chances) == 0.0


def test_a_few_odd_pixels_hardly_count():
    chances = torch.zeros(2, 100, 100)
    chances[0] = 1.0
    chances[0, 5, 5:8], chances[1, 5, 5:8] = 0.45, 0.55
    assert 0 < uncertainty_of(chances) < 0.15
    many = torch.zeros(2, 100, 100)
    many[0] = 1.0
    many[:, :30, :30] = torch.tensor([0.45, 0.55])[:, None, None]
    assert uncertainty_of(many) > 0.25


def test_each_slice_has_its_own_dice_and_an_empty_one_that_stays_empty_is_right():
    samples = disc_samples(size=(40, 36), radius=0.3)
    for index, sample in enumerate(samples):
        seen = sample.labels if index else np.zeros_like(sample.labels)
        noiseless = 100.0 + 80.0 * (seen == 1) + 180.0 * (seen == 4)
        samples[index] = replace(sample, image=noiseless[..., None].astype(np.float32))
    work = scored(Thresholds(), PLAN, CPU, samples=samples, values=(1, 4), asked=(1, 4))
    with pytest.raises(StopIteration) as end:
        while True:
            next(work)
    slices = end.value.value.slices
    assert slices["a", 0] == 0.0
    assert slices["a", 1] > 0.9
    assert slices["a", 3] == 1.0


def test_doubt_is_what_speaks_against_the_likeliest_class():
    chances = torch.tensor([[[0.5, 0.97, 0.0]], [[0.5, 0.03, 0.8]], [[0.0, 0.0, 0.2]]])
    assert doubt_of(chances).tolist() == [[128, 0, 51]]


def test_what_there_is_to_correct_grows_where_a_structure_is_missed_though_it_has_no_outline():
    def to_correct(chance: Tensor) -> float:
        chances = torch.stack([1 - chance, chance])
        labels = likeliest(chances)[0].numpy()
        return Prediction(0, labels, uncertainty_of(chances), doubt=doubt_of(chances)).to_correct

    found, missed = torch.full((40, 40), 0.02), torch.full((40, 40), 0.02)
    found[10:30, 10:30] = 0.98
    found[10:30, 10] = 0.7  # one side of it is not sure
    missed[10:30, 10:30] = 0.4
    assert to_correct(found) == pytest.approx(20 * 0.3, rel=0.02)  # the rest is too faint to count
    assert to_correct(missed) == pytest.approx(400 * 0.4, rel=0.02)
    assert Prediction(0, np.zeros((2, 2), np.uint8), 0.5).to_correct == 0.0


@given(st.integers(1, 6), st.integers(0, 10))
def test_the_likeliest_class_is_what_argmax_says_the_first_of_equals(classes, seed):
    chances = torch.randint(0, 4, (classes, 7, 5), generator=torch.Generator().manual_seed(seed)).float() / 4
    which, highest = likeliest(chances)
    assert torch.equal(highest, chances.amax(dim=0))
    assert np.array_equal(which.numpy(), chances.numpy().argmax(axis=0))
