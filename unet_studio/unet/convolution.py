"""A convolution and the ReLU after it in one go, as oneDNN does on processors: what lies between is never written to memory."""

import functools

import torch
from torch import Tensor, nn
from torch.nn import functional


def rectified(x: Tensor, layer: nn.Conv2d) -> Tensor:
    """``relu(layer(x))`` for (N, maps, H, W) in the precision of the layer's weights, which needs a bias; knows no gradient."""
    x = x.to(layer.weight.dtype)  # as autocast would
    return torch.ops.mkldnn._convolution_pointwise(  # type: ignore[no-any-return]
        x, layer.weight, layer.bias, layer.padding, layer.stride, layer.dilation, layer.groups, "relu", [], ""
    )


@functools.cache
def can_join(device_type: str, dtype: torch.dtype) -> bool:
    """Whether this torch has it for a device and precision, with the very figures of the two apart.

    torch compiles networks to this operation and promises nothing about it, so it is tried out.
    """
    if device_type != "cpu" or not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    layer = nn.Conv2d(8, 8, 3, padding=1).to(dtype=dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.linspace(-1, 1, 8 * 64).reshape(1, 8, 8, 8).to(dtype)
    with torch.inference_mode():
        try:
            return torch.equal(rectified(x, layer), functional.relu(layer(x)))
        except (AttributeError, RuntimeError, TypeError):
            return False
