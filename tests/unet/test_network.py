"""The networks have the shapes and sizes they claim."""

from copy import deepcopy

import pytest
import torch
from torch import nn

from unet_studio.unet import convolution
from unet_studio.unet import network as network_module
from unet_studio.unet.classic import Classic
from unet_studio.unet.network import (
    Config,
    UNet,
    build_network,
    config_of,
    fold_normalisation,
    in_bf16,
    parameter_count,
)


def test_the_classic_network_for_one_grey_channel_and_one_structure_has_31_031_685_parameters():
    with torch.device("meta"):
        network = build_network(config_of("classic", in_channels=1, classes=2))
    assert parameter_count(network) == 31_031_685


@pytest.mark.parametrize("architecture", ["standard", "light", "classic"])
@pytest.mark.parametrize(("channels", "classes"), [(1, 2), (3, 5)])
def test_every_network_maps_slices_to_one_logit_a_class_and_pixel(architecture, channels, classes):
    with torch.device("meta"):
        network = build_network(config_of(architecture, in_channels=channels, classes=classes))
        logits = network.eval()(torch.zeros(2, channels, 64, 32))
    assert logits.shape == (2, classes, 64, 32)


def test_the_classic_network_gives_the_background_of_one_structure_a_logit_of_zero():
    torch.manual_seed(0)
    logits = Classic(in_channels=1, classes=2, width=4).eval()(torch.randn(1, 1, 32, 32))
    assert torch.equal(logits[:, 0], torch.zeros(1, 32, 32))
    assert logits[:, 1].abs().sum() > 0
    sigmoid = torch.sigmoid(logits[:, 1])
    assert torch.allclose(logits.softmax(dim=1)[:, 1], sigmoid)


def test_the_classic_up_sampling_is_padded_on_the_right_and_bottom_only():
    """With a kernel that takes only its first tap the picture stays; padded left and top it would move."""
    network = Classic(in_channels=1, classes=2, width=1, depth=2).eval()
    with torch.no_grad():
        widen = network.widen[0]
        widen.weight.zero_()
        widen.bias.zero_()
        widen.weight[0, 0, 0, 0] = 1.0
    seen: list[torch.Tensor] = []
    network.up[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    deep: list[torch.Tensor] = []
    network.dropout.register_forward_hook(lambda _, __, out: deep.append(out))
    with torch.no_grad():
        network(torch.rand(1, 1, 8, 8))
    widened = nn.functional.interpolate(deep[-1][:, :1], scale_factor=2.0)
    assert torch.equal(seen[0][:, 1:2], torch.relu(widened))  # the skip comes first, what was widened second


def test_the_classic_network_drops_half_after_the_fourth_level_and_the_bottom_in_training_only():
    network = Classic(in_channels=1, classes=2, width=2)
    calls: list[torch.Size] = []
    network.dropout.register_forward_hook(lambda _, inputs, __: calls.append(inputs[0].shape))
    network(torch.rand(1, 1, 32, 32))
    assert [tuple(s) for s in calls] == [(1, 16, 4, 4), (1, 32, 2, 2)]
    assert network.dropout.p == 0.5
    network.eval()
    x = torch.rand(1, 1, 32, 32)
    assert torch.equal(network(x), network(x))


def test_the_standard_network_has_about_two_million_parameters_and_the_light_one_a_quarter():
    standard = parameter_count(build_network(config_of("standard", in_channels=1, classes=3)))
    light = parameter_count(build_network(config_of("light", in_channels=1, classes=3)))
    assert 1.5e6 < standard < 2.5e6
    assert 0.2 < light / standard < 0.3


def test_the_copied_gradients_of_joined_maps_are_the_gradients(monkeypatch):
    torch.manual_seed(0)
    network = UNet(Config("light", 1, 2, width=4, depth=3)).train()
    slices = torch.randn(2, 1, 16, 16).contiguous(memory_format=torch.channels_last)

    def gradients() -> list[torch.Tensor]:
        network.zero_grad()
        network(slices).square().mean().backward()
        return [p.grad.clone() for p in network.parameters()]

    copied = gradients()
    monkeypatch.setattr(network_module, "_apart", lambda maps: maps)
    for one, other in zip(copied, gradients(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-7)
    assert any(g.abs().max() > 0 for g in copied)


def test_folding_the_normalisation_keeps_the_function():
    torch.manual_seed(1)
    network = UNet(config_of("light", in_channels=1, classes=3))
    for _ in range(3):
        network(torch.randn(4, 1, 32, 32) * 3 + 1)
    x = torch.randn(2, 1, 32, 32)
    network.eval()
    with torch.no_grad():
        before = network(x)
        after = fold_normalisation(network)(x)
    assert not [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    assert torch.allclose(before, after, atol=1e-4)


def test_in_bf16_a_relu_within_its_convolution_changes_no_figure():
    torch.manual_seed(1)
    network = UNet(config_of("light", in_channels=1, classes=3)).eval()
    network = fold_normalisation(network).to(memory_format=torch.channels_last)
    x = torch.randn(2, 1, 48, 32).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        apart = deepcopy(network).bfloat16()(x)
        joined = in_bf16(network)(x)
    assert torch.equal(apart, joined)


def test_where_torch_lacks_the_joined_operation_it_is_left_alone(monkeypatch):
    def missing(*_args):
        raise AttributeError("no such operation")

    monkeypatch.setattr(convolution, "rectified", missing)
    convolution.can_join.cache_clear()
    try:
        assert not convolution.can_join("cpu", torch.bfloat16)
    finally:
        convolution.can_join.cache_clear()


def test_maps_stop_doubling_at_320():
    assert Config("standard", 1, 2, 64, 5).widths == (64, 128, 256, 320, 320)
    assert Config("standard", 1, 2, 16, 5).widths == (16, 32, 64, 128, 256)
    assert Config("standard", 1, 2, 16, 5).stride == 16


@pytest.mark.parametrize(
    "figures",
    [
        ("grand", 1, 2, 16, 5),
        ("standard", 0, 2, 16, 5),
        ("standard", 1, 1, 16, 5),
        ("standard", 1, 2, 10**9, 5),
        ("standard", 1, 2, 16, 40),
        ("standard", 1, 2, "16", 5),
        ("standard", True, 2, 16, 5),
    ],
)
def test_a_description_of_no_possible_network_is_refused(figures):
    with pytest.raises(ValueError):
        Config(*figures)
