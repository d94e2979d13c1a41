"""Coarser answers while a network learns."""

import pytest
import torch

from unet_studio.unet.deep_supervision import CoarseHeads, deep_loss
from unet_studio.unet.loss import segmentation_loss
from unet_studio.unet.network import Config, UNet, build_network
from unet_studio.unet.recipe import recipe_of


def network(depth: int = 5) -> UNet:
    """A narrow one of three classes."""
    torch.manual_seed(0)
    built = build_network(Config("light", 1, 3, 4, depth))
    assert isinstance(built, UNet)
    return built


def test_the_finest_answer_is_the_networks_own_and_the_coarser_ones_have_half_the_pixels() -> None:
    own = network().eval()
    images = torch.randn(2, 1, 32, 48)
    finest, coarser = CoarseHeads(own)(own, images)
    assert torch.equal(finest, own(images))
    assert [tuple(c.shape) for c in coarser] == [(2, 3, 16, 24), (2, 3, 8, 12)]


@pytest.mark.parametrize(("depth", "levels"), [(1, 0), (2, 0), (3, 1), (4, 2)])
def test_a_shallow_network_has_fewer_coarser_answers(depth: int, levels: int) -> None:
    own = network(depth)
    assert len(CoarseHeads(own).heads) == levels


def test_a_coarser_level_is_judged_at_its_own_pixels_and_counts_half() -> None:
    target = torch.randint(0, 3, (2, 8, 8), generator=torch.Generator().manual_seed(1))
    right = torch.nn.functional.one_hot(target[:, ::2, ::2], 3).permute(0, 3, 1, 2) * 50.0
    finest = torch.tensor(1.0)
    assert deep_loss(finest, [], target).item() == 1.0
    assert deep_loss(finest, [right], target).item() == pytest.approx(1 / 1.5, abs=1e-4)
    wrong = -right
    expected = (1 + 0.5 * segmentation_loss(wrong, target[:, ::2, ::2]).item()) / 1.5
    assert deep_loss(finest, [wrong], target).item() == pytest.approx(expected)


def test_the_coarser_heads_learn_with_the_network_and_are_no_part_of_it() -> None:
    own, recipe = network(), recipe_of("light")
    names = set(own.state_dict())
    coarse = recipe.coarse_heads(own)
    assert coarse is not None
    learned = {id(p) for group in recipe.optimiser(own, coarse).param_groups for p in group["params"]}
    assert learned == {id(p) for p in (*own.parameters(), *coarse.parameters())}
    assert set(own.state_dict()) == names


def test_only_new_networks_of_ours_have_coarser_answers() -> None:
    assert recipe_of("light", is_continued=True).coarse_heads(network()) is None
    demo = build_network(Config("classic", 1, 2, 2, 3))
    assert recipe_of("classic").coarse_heads(demo) is None
    assert recipe_of("standard").coarse_heads(demo) is None
