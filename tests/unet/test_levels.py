"""The quick ways are torch's own: the same maps and the same gradient. The graphics card's way up works anywhere."""

import pytest
import torch
from torch.nn import functional

from unet_studio.unet.levels import _Doubled, doubled, halved


def expected(maps, edge):
    return functional.pad(functional.interpolate(maps, scale_factor=2.0), (0, edge, 0, edge))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_in_use_the_largest_of_four_pixels_is_the_one_of_torch(layout, dtype):
    torch.manual_seed(0)
    maps = torch.randn(2, 3, 6, 8).to(dtype).contiguous(memory_format=layout)
    maps[0, 0, 0, 0] = float("nan")
    with torch.inference_mode():
        found = halved(maps)
    assert torch.equal(found.nan_to_num(9.0), functional.max_pool2d(maps, 2).nan_to_num(9.0))


@pytest.mark.parametrize("edge", [0, 1])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("way", [lambda maps, edge: doubled(maps, edge=edge), _Doubled.apply])
def test_each_pixel_becomes_four_and_the_edge_is_0(way, layout, edge):
    torch.manual_seed(0)
    maps = torch.randn(2, 3, 5, 4).contiguous(memory_format=layout)
    assert torch.equal(way(maps, edge), expected(maps, edge))


@pytest.mark.parametrize("edge", [0, 1])
def test_its_gradient_is_that_of_torch(edge):
    torch.manual_seed(0)
    maps = torch.randn(2, 3, 5, 4, dtype=torch.float64).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: _Doubled.apply(x, edge), maps)


def test_the_quick_way_keeps_the_precision_and_lies_channels_last():
    maps = torch.randn(2, 8, 5, 4).bfloat16().contiguous(memory_format=torch.channels_last)
    found = _Doubled.apply(maps, 1)
    assert torch.equal(found, expected(maps, 1))
    assert found.dtype == torch.bfloat16
    assert found.is_contiguous(memory_format=torch.channels_last)
