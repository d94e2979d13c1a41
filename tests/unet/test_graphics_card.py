"""What only a graphics card can show; where there is none these tests are skipped, and nothing is said of it."""

from copy import deepcopy

import numpy as np
import pytest
import torch

from tests.unet.conftest import CORE, DISC, disc_samples, disc_volume, finished
from unet_studio.errors import TrainingError
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint, save_checkpoint
from unet_studio.unet.convolution import can_join
from unet_studio.unet.device import Runtime, choose_runtime, repeatable
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.network import Config, build_network, config_of, fold_normalisation, in_bf16
from unet_studio.unet.recipe import recipe_of
from unet_studio.unet.segmenter import UNetSegmenter
from unet_studio.unet.sliding_window import SlidingWindow
from unet_studio.unet.stepping import Stepping

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA graphics card here")

CPU = Runtime(torch.device("cpu"), uses_bf16=False)


def learned(*, seed: int = 5, steps: int = 60, architecture: str = "light") -> Checkpoint:
    samples = disc_samples(slices=5, seed=1) + disc_samples(slices=5, seed=2, case="b")
    held_out = disc_samples(slices=3, seed=3, case="c")
    options = TrainingOptions((DISC, CORE), steps=steps, architecture=architecture, device="cuda", seed=seed)
    return finished(train(samples, held_out, options))


def test_the_card_is_chosen_and_named():
    runtime = choose_runtime()
    assert runtime.device.type == "cuda"
    assert torch.cuda.get_device_name() in runtime.text


def test_chances_in_full_precision_are_the_processors(trained):
    volume, _ = disc_volume(slices=3, seed=9, size=(120, 100))
    card, processor = (UNetSegmenter(trained, runtime) for runtime in (choose_runtime("cuda", precision="fp32"), CPU))
    for ours, theirs in zip(
        card.predict(volume, range(3), probabilities=True),
        processor.predict(volume, range(3), probabilities=True),
        strict=True,
    ):
        np.testing.assert_allclose(ours.probabilities, theirs.probabilities, atol=1e-4)
        assert ours.uncertainty == pytest.approx(theirs.uncertainty, abs=1e-3)
        assert np.abs(ours.doubt.astype(int) - theirs.doubt.astype(int)).max() <= 1


def test_labels_in_the_precision_of_the_card_are_those_of_full_precision(trained):
    volume, _ = disc_volume(slices=6, seed=9, size=(120, 100))
    card, processor = UNetSegmenter(trained, choose_runtime("cuda")), UNetSegmenter(trained, CPU)
    same = [
        (a.labels == b.labels).mean()
        for a, b in zip(card.predict(volume, range(6)), processor.predict(volume, range(6)), strict=True)
    ]
    assert min(same) >= 0.999


@pytest.mark.parametrize("architecture", ["standard", "classic"])
def test_a_relu_within_its_convolution_keeps_the_function(architecture):
    assert can_join("cuda", torch.bfloat16)
    torch.manual_seed(0)
    network = fold_normalisation(build_network(config_of(architecture, in_channels=3, classes=3)).eval())
    network = network.to("cuda", memory_format=torch.channels_last)
    x = torch.randn(2, 3, 64, 96, device="cuda").contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        exact = network(x)
        with torch.autocast("cuda", torch.bfloat16):
            apart = deepcopy(network).bfloat16()(x).float()
            joined = in_bf16(deepcopy(network))(x).float()
    scale = exact.abs().mean()
    assert (joined - exact).abs().mean() < 1.1 * (apart - exact).abs().mean() + 1e-3 * scale
    assert (joined - exact).abs().mean() < 0.05 * scale


def test_the_same_seed_gives_the_same_weights():
    one, other = learned(architecture="standard", steps=40), learned(architecture="standard", steps=40)
    for name, tensor in one.weights.items():
        assert torch.equal(tensor, other.weights[name]), name


def stepping_on_card(architecture: str) -> tuple[Stepping, torch.nn.Module]:
    torch.manual_seed(0)
    recipe = recipe_of(architecture)
    network = build_network(Config(architecture, 1, 2, width=8, depth=3)).train()
    if architecture == "classic":
        network.dropout = torch.nn.Identity()
    network = network.to("cuda", memory_format=torch.channels_last)
    coarse = recipe.coarse_heads(network)
    optimiser = recipe.optimiser(network, coarse)
    recipe.set_rate(optimiser, progress=0.2, step=100)
    return Stepping(recipe, choose_runtime("cuda"), network, optimiser, coarse), network


def discs_on_card(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(seed)
    planes = torch.full((4, 64, 64), 2, dtype=torch.int16)
    planes[:, 16:48, 16 + seed % 8 : 48] = 3
    images = torch.randn(4, 1, 64, 64, generator=chance) + (planes == 3)[:, None]
    return images.to("cuda"), planes.to("cuda")


@pytest.mark.parametrize("architecture", ["standard", "classic"])
def test_a_recorded_step_is_the_step(architecture):
    told, weights = {}, {}
    with repeatable(is_wanted=True):
        for may_record in (True, False):
            stepping, network = stepping_on_card(architecture)
            stepping._may_record = may_record
            told[may_record] = [stepping(*discs_on_card(n)).loss for n in range(12)]
            stepping.finish()
            assert (stepping._record is not None) is may_record
            weights[may_record] = dict(network.state_dict())
    assert told[True] == pytest.approx(told[False], rel=1e-3)
    assert told[True][-1] < told[True][0]
    for name, tensor in weights[True].items():
        torch.testing.assert_close(tensor, weights[False][name], rtol=1e-2, atol=1e-3)


def test_a_loss_that_is_not_a_number_is_told_by_the_end():
    stepping, _ = stepping_on_card("standard")
    for n in range(6):
        stepping(*discs_on_card(n))
    images, planes = discs_on_card(6)
    stepping(images * float("nan"), planes)
    with pytest.raises(TrainingError, match="went astray"):
        stepping.finish()


def test_what_was_learned_on_the_card_is_used_on_a_processor(tmp_path):
    checkpoint = learned(steps=120)
    assert all(t.device.type == "cpu" for t in checkpoint.weights.values())
    save_checkpoint(tmp_path / "c.safetensors", checkpoint)
    volume, labels = disc_volume(slices=4, seed=9)
    segmenter = UNetSegmenter(open_checkpoint(tmp_path / "c.safetensors"), CPU)
    found = np.stack([p.labels for p in segmenter.predict(volume, range(4))])
    assert (found == labels).mean() > 0.97


def test_a_slice_that_does_not_fit_is_answered_in_tiles(trained):
    torch.manual_seed(0)
    network = fold_normalisation(trained.network()).to("cuda", memory_format=torch.channels_last)
    voxels = disc_volume(slices=2, seed=9, size=(1024, 1024))[0].voxels[0]
    slices = torch.from_numpy((voxels - voxels.mean()) / voxels.std())[None, None]
    slices = slices.expand(-1, trained.config.in_channels, -1, -1)
    runtime = choose_runtime("cuda", precision="fp32")

    def window() -> SlidingWindow:
        return SlidingWindow(network, runtime, field=(64, 64), stride=trained.config.stride)

    whole = window().chances(slices).cpu()
    torch.cuda.empty_cache()
    total = torch.cuda.get_device_properties(0).total_memory
    try:
        torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + 60_000_000) / total)
        tiled = window().chances(slices)
        assert tiled.device.type == "cpu"  # else it had room for all of it, and this shows nothing
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert (whole.argmax(1) == tiled.argmax(1)).float().mean() > 0.98
