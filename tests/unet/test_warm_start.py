"""Going on from a checkpoint keeps what it knows, also when classes come and go."""

from dataclasses import replace

import pytest
import torch

from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.network import build_network, config_of
from unet_studio.unet.warm_start import grown_network


@pytest.fixture
def x(trained: Checkpoint) -> torch.Tensor:
    return torch.randn(2, trained.config.in_channels, 48, 48, generator=torch.Generator().manual_seed(3))


def answers(network: torch.nn.Module, x: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return network.eval()(x)


def test_the_same_classes_give_the_same_network(trained, x):
    config, network = grown_network(trained, trained.values)
    assert config == trained.config
    assert torch.equal(answers(network, x), answers(trained.network(), x))


def test_a_new_class_is_unlikely_and_the_old_answers_stay(trained, x):
    config, network = grown_network(trained, (1, 2, 4))
    assert config.classes == 4
    old, new = answers(trained.network(), x), answers(network, x)
    assert torch.allclose(new[:, [0, 1, 3]], old, atol=1e-4)
    same = (torch.tensor([0, 1, 3])[old.argmax(dim=1)] == new.argmax(dim=1)).float().mean()
    assert same > 0.97


def test_a_class_that_is_gone_takes_only_its_own_row(trained, x):
    config, network = grown_network(trained, (4,))
    assert config.classes == 2
    assert torch.allclose(answers(network, x), answers(trained.network(), x)[:, [0, 2]], atol=1e-4)


def classic(values: tuple[int, ...], trained: Checkpoint) -> Checkpoint:
    torch.manual_seed(4)
    config = replace(config_of("classic", in_channels=trained.config.in_channels, classes=len(values) + 1), width=4)
    label_classes = tuple(replace(trained.card.label_classes[0], value=v) for v in values)
    return Checkpoint(
        config,
        trained.preprocessing,
        replace(trained.card, label_classes=label_classes),
        build_network(config).state_dict(),
    )


def test_the_classic_network_grows_from_sigmoid_to_softmax(trained, x):
    start = classic((3,), trained)
    config, network = grown_network(start, (3, 5))
    assert config.classes == 3
    old, new = answers(start.network(), x), answers(network, x)
    assert torch.equal(new[:, 0], torch.zeros_like(new[:, 0]))
    assert new.shape == (2, 3, 48, 48)
    head = network.state_dict()["head.weight"]
    assert torch.equal(head[1, :2], start.weights["head.weight"][0])
    assert torch.equal(head[1, 2:], torch.zeros_like(head[1, 2:]))
    assert torch.allclose(old[:, 1], new[:, 1], atol=1e-5)


def test_the_classic_network_shrinks_back_to_sigmoid(trained, x):
    start = classic((3, 5), trained)
    _, network = grown_network(start, (5,))
    old, new = answers(start.network(), x), answers(network, x)
    assert torch.equal(new[:, 0], torch.zeros_like(new[:, 0]))
    assert network.state_dict()["head.bias"].shape == (1,)
    kept = start.weights["head.bias"]
    assert torch.allclose(network.state_dict()["head.bias"], kept[2:] - kept[:1])
    assert old.shape[1] == 3


def test_the_classic_network_can_change_its_one_structure(trained, x):
    _, network = grown_network(classic((3,), trained), (8,))
    assert torch.isfinite(answers(network, x)).all()
