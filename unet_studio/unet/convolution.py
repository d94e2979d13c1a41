"""A convolution and the ReLU after it in one go, as oneDNN and cuDNN do: what lies between is never written to memory."""

import functools
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional


def rectified(x: Tensor, layer: nn.Conv2d) -> Tensor:
    """``relu(layer(x))`` for (N, maps, H, W) in the precision of the layer's weights, which needs a bias; knows no gradient."""
    x = x.to(layer.weight.dtype)  # as autocast would
    if x.device.type == "cuda":
        padding = cast(tuple[int, ...], layer.padding)
        return torch.cudnn_convolution_relu(
            x, layer.weight, layer.bias, layer.stride, padding, layer.dilation, layer.groups
        )
    return torch.ops.mkldnn._convolution_pointwise(  # type: ignore[no-any-return]
        x, layer.weight, layer.bias, layer.padding, layer.stride, layer.dilation, layer.groups, "relu", [], ""
    )


def learning_rectified(x: Tensor, layer: nn.Conv2d) -> Tensor:
    """``relu(layer(x))`` with a gradient, for a layer with a bias; in one go under autocast on a graphics card."""
    if x.device.type != "cuda" or not torch.is_autocast_enabled("cuda"):
        return functional.relu(layer(x))
    half = torch.get_autocast_dtype("cuda")
    if not can_join("cuda", half):
        return functional.relu(layer(x))
    return cast(Tensor, _Rectified.apply(x.to(half), layer.weight.to(half), cast(Tensor, layer.bias).to(half), layer))  # type: ignore[no-untyped-call]


class _Rectified(torch.autograd.Function):
    """Forwards as ``rectified``. Backwards the bias has its gradient from a product, as torch's own sum takes long."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, layer: nn.Conv2d) -> Tensor:
        padding = cast(tuple[int, ...], layer.padding)
        out = torch.cudnn_convolution_relu(x, weight, bias, layer.stride, padding, layer.dilation, layer.groups)
        ctx.layer = layer
        ctx.save_for_backward(x, weight, out)
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor, Tensor, None]:
        x, weight, out = ctx.saved_tensors
        layer, wanted = ctx.layer, [ctx.needs_input_grad[0], True, False]
        told = torch.ops.aten.threshold_backward(gradients[0], out, 0)
        to_x, to_weight, _ = torch.ops.aten.convolution_backward(
            told, x, weight, None, layer.stride, layer.padding, layer.dilation,
            transposed=False, output_padding=[0, 0], groups=layer.groups, output_mask=wanted,
        )  # fmt: skip
        flat = told.permute(0, 2, 3, 1).reshape(-1, told.shape[1])
        return to_x, to_weight, flat.new_ones(len(flat)) @ flat, None


@functools.cache
def can_join(device_type: str, dtype: torch.dtype) -> bool:
    """Whether this torch has it for a device and precision, with the figures of the two apart.

    On a processor these are the very same; a graphics card adds the bias before it rounds. torch compiles networks to these
    operations and promises nothing about them, so they are tried out.
    """
    has_library = {"cpu": torch.backends.mkldnn.is_available, "cuda": torch.backends.cudnn.is_available}
    if device_type not in has_library or not has_library[device_type]():  # type: ignore[no-untyped-call]
        return False
    with torch.random.fork_rng(devices=[]):  # what is drawn here must not change what is drawn next
        layer = nn.Conv2d(8, 8, 3, padding=1)
    layer = layer.to(device_type, dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.linspace(-1, 1, 8 * 64, device=device_type).reshape(1, 8, 8, 8).to(dtype)
    x = x.contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        try:
            joined, apart = rectified(x, layer), functional.relu(layer(x))
        except (AttributeError, RuntimeError, TypeError):
            return False
    if device_type == "cpu":
        return torch.equal(joined, apart)
    return torch.allclose(joined.float(), apart.float(), rtol=0.0, atol=2.0 * torch.finfo(dtype).eps)
