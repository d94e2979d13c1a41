"""A ReLU within its convolution: the same figures, and in training the same gradient."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from unet_studio.unet import convolution
from unet_studio.unet.convolution import _Rectified, can_join, learning_rectified


@pytest.mark.parametrize("needs_input", [True, False])
def test_the_joined_gradient_is_that_of_the_two_apart(monkeypatch, needs_input):
    """A graphics card's operation, stood in for by the two apart; the gradient is our own."""
    monkeypatch.setattr(
        torch,
        "cudnn_convolution_relu",
        lambda x, weight, bias, stride, padding, dilation, groups: functional.relu(
            functional.conv2d(x, weight, bias, stride, padding, dilation, groups)
        ),
    )
    torch.manual_seed(0)
    layer = nn.Conv2d(3, 4, 3, padding=1).double()
    x = torch.randn(2, 3, 6, 5, dtype=torch.float64, requires_grad=needs_input)
    wanted = torch.randn(2, 4, 6, 5, dtype=torch.float64)
    inputs = [*([x] if needs_input else []), layer.weight, layer.bias]
    joined = torch.autograd.grad((_Rectified.apply(x, layer.weight, layer.bias, layer) * wanted).sum(), inputs)
    apart = torch.autograd.grad((functional.relu(layer(x)) * wanted).sum(), inputs)
    for one, other in zip(joined, apart, strict=True):
        assert torch.allclose(one, other)


def test_on_a_processor_learning_is_left_to_torch():
    layer, x = nn.Conv2d(1, 2, 3, padding=1), torch.randn(1, 1, 4, 4)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(learning_rectified(x, layer), functional.relu(layer(x)))


def test_trying_it_out_draws_nothing():
    can_join.cache_clear()
    torch.manual_seed(0)
    convolution.can_join("cpu", torch.float32)
    drawn = torch.rand(1)
    torch.manual_seed(0)
    assert torch.equal(drawn, torch.rand(1))


def test_a_device_without_such_a_library_is_left_alone():
    assert not can_join("meta", torch.float32)
