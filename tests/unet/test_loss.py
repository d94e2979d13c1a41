"""The loss rewards right answers and does not see what is unknown."""

import torch

from unet_studio.unet.loss import UNKNOWN, segmentation_loss


def logits_of(target: torch.Tensor, classes: int = 3, sure: float = 20.0) -> torch.Tensor:
    return torch.nn.functional.one_hot(target.clamp(min=0), classes).permute(0, 3, 1, 2).float() * sure


def test_right_and_sure_answers_cost_nothing():
    target = torch.randint(0, 3, (2, 16, 16), generator=torch.Generator().manual_seed(0))
    assert segmentation_loss(logits_of(target), target) < 0.01


def test_wrong_and_sure_answers_cost_more_than_undecided_ones():
    target = torch.ones((1, 16, 16), dtype=torch.int64)
    wrong = segmentation_loss(logits_of(target * 0), target)
    undecided = segmentation_loss(torch.zeros(1, 3, 16, 16), target)
    assert wrong > undecided > 1.0


def test_unknown_pixels_count_neither_in_entropy_nor_in_dice():
    target = torch.zeros((1, 8, 8), dtype=torch.int64)
    target[:, :4] = 1
    logits = logits_of(target)
    blind = target.clone()
    blind[:, :, 5:] = UNKNOWN
    spoiled = logits.clone()
    spoiled[:, :, :, 5:] = -logits[:, :, :, 5:]
    assert torch.equal(segmentation_loss(logits, blind), segmentation_loss(spoiled, blind))
    assert segmentation_loss(spoiled, target) > 1.0


def test_a_batch_without_a_known_pixel_costs_nothing_and_moves_nothing():
    logits = torch.randn(1, 3, 8, 8, requires_grad=True)
    loss = segmentation_loss(logits, torch.full((1, 8, 8), UNKNOWN))
    loss.backward()
    assert float(loss.detach()) == 0.0
    assert torch.equal(logits.grad, torch.zeros_like(logits))


def test_a_structure_absent_from_the_batch_has_no_dice_term():
    target = torch.zeros((1, 8, 8), dtype=torch.int64)
    logits = torch.zeros(1, 3, 8, 8)
    assert torch.isclose(segmentation_loss(logits, target), torch.log(torch.tensor(3.0)))
