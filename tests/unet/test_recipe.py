"""Our networks are trained our way, and the classic one as its demo does."""

import pytest
import torch
from torch.nn import functional

from tests.unet.conftest import CORE, DISC, disc_samples, finished
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet import fine_tuning
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.loss import segmentation_loss
from unet_studio.unet.network import Config, build_network
from unet_studio.unet.recipe import Recipe, pixel_accuracy, recipe_of
from unet_studio.unet.stepping import Stepping

CPU = choose_runtime("cpu", precision="fp32")
SMALL = Config("classic", 1, 2, width=4, depth=3)


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(0)
    planes = torch.full((2, 32, 32), 2, dtype=torch.int16)
    planes[:, 8:24, 8:24] = 3
    planes[:, :, :4] = 0
    return torch.randn(2, 1, 32, 32, generator=chance) + (planes == 3)[:, None], planes


def test_the_classic_network_has_adam_at_its_demos_rate_throughout():
    recipe = recipe_of("classic")
    optimiser = recipe.optimiser(build_network(SMALL))
    assert type(optimiser) is torch.optim.Adam
    for progress, step in ((0.0, 0), (0.5, 100), (1.0, 900)):
        recipe.set_rate(optimiser, progress=progress, step=step)
        assert {g["lr"] for g in optimiser.param_groups} == {1e-4}
        assert {g["weight_decay"] for g in optimiser.param_groups} == {0}


def test_ours_warms_up_and_decays_and_a_grown_head_learns_faster():
    recipe = recipe_of("standard")
    optimiser = recipe.optimiser(build_network(SMALL), head_factor=10.0)
    assert type(optimiser) is torch.optim.AdamW
    rates = []
    for progress, step in ((0.0, 0), (0.1, 100), (1.0, 900)):
        recipe.set_rate(optimiser, progress=progress, step=step)
        body, head = (g["lr"] for g in optimiser.param_groups)
        assert head == pytest.approx(10 * body)
        rates.append(body)
    assert rates[0] < rates[1] > rates[2]


def test_from_a_checkpoint_ours_goes_on_at_a_third():
    assert recipe_of("light", is_continued=True).peak_rate == pytest.approx(recipe_of("light").peak_rate / 3)
    assert recipe_of("classic", is_continued=True) == recipe_of("classic")


def test_the_demos_loss_is_binary_cross_entropy_for_one_structure():
    chance = torch.Generator().manual_seed(1)
    logit = torch.randn(2, 16, 16, generator=chance)
    target = torch.randint(0, 2, (2, 16, 16), generator=chance)
    found = segmentation_loss(torch.stack([torch.zeros_like(logit), logit], dim=1), target, with_dice=False)
    assert float(found) == pytest.approx(
        float(functional.binary_cross_entropy_with_logits(logit, target.float())), abs=1e-6
    )


def test_the_demo_keeps_the_last_weights_and_ours_an_average():
    ours, kept = recipe_of("standard"), 0.0
    for step in range(1, 1001):
        kept += ours.average_share(step) * (step - kept)
        assert recipe_of("classic").average_share(step) == 1.0
    assert kept == pytest.approx(1000 * 5 / 6, rel=0.01), "the mean number of the steps in the average"


@pytest.mark.parametrize("recipe", [recipe_of("classic"), recipe_of("standard")], ids=["classic", "ours"])
def test_steps_make_the_loss_smaller(recipe: Recipe):
    torch.manual_seed(0)
    network = build_network(SMALL if recipe.is_demo else Config("light", 1, 2, width=4, depth=3)).train()
    optimiser = recipe.optimiser(network)
    for group in optimiser.param_groups:
        group["lr"] = 3e-3
    stepping = Stepping(recipe, CPU, network, optimiser)
    told = [stepping(*batch()) for _ in range(30)]
    stepping.finish()
    assert told[-1].loss < 0.9 * told[0].loss
    assert all((t.accuracy is not None) == recipe.is_demo for t in told)


def test_accuracy_is_the_share_of_known_pixels_that_are_right():
    logits = torch.zeros(1, 2, 2, 2)
    logits[0, 1, 0] = 1.0  # the first row is called 1, the second 0
    assert float(pixel_accuracy(logits, torch.tensor([[[1, 0], [0, -1]]]))) == pytest.approx(2 / 3)
    assert pixel_accuracy(logits, torch.full((1, 2, 2), -1)) == 1.0


def test_a_classic_training_reports_accuracy_as_what_it_is(monkeypatch):
    def narrow(architecture, *, in_channels, classes):
        return Config(architecture, in_channels, classes, width=4, depth=5)

    monkeypatch.setattr(fine_tuning, "config_of", narrow)
    samples = disc_samples(slices=4, seed=1)
    options = TrainingOptions((DISC, CORE), steps=4, architecture="classic", device="cpu", seed=1)
    reports, work = [], train(samples, [], options)
    while True:
        try:
            reports.append(next(work))
        except StopIteration as end:
            checkpoint = end.value
            break
    told = [r for r in reports if r.accuracy is not None]
    assert told
    assert all(0 <= r.accuracy <= 1 for r in told)
    assert "% of the training pixels right" in told[0].message
    assert checkpoint.card.architecture == "classic"
    assert not checkpoint.card.scores.dice
    assert all(bool(torch.isfinite(t).all()) for t in checkpoint.weights.values())


def test_ours_reports_no_accuracy():
    options = TrainingOptions((DISC, CORE), steps=2, architecture="light", device="cpu", seed=1)
    assert all(report.accuracy is None for report in train(disc_samples(slices=3), [], options))
    assert finished(train(disc_samples(slices=3), [], options)).card.steps == 2
