"""Slices of any size are answered: whole where they fit, in tiles that give the same answer where they don't."""

import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from unet_studio.errors import OutOfMemory
from unet_studio.unet import sliding_window
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.network import build_network, config_of
from unet_studio.unet.sliding_window import SlidingWindow, bell, starts, tile_size

CPU = choose_runtime("cpu", precision="fp32")
strides = st.sampled_from([1, 4, 16])


class Local(nn.Module):
    """A network that sees one pixel at a time and refuses more of them than ``most``; ``sizes`` tells what it was shown."""

    def __init__(self, *, most: int = 10**9) -> None:
        super().__init__()
        self.most = most
        self.sizes: list[tuple[int, int]] = []

    def forward(self, x: Tensor) -> Tensor:
        if len(x) * x.shape[2] * x.shape[3] > self.most:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        self.sizes.append((x.shape[2], x.shape[3]))
        return torch.cat([torch.zeros_like(x), x, -x], dim=1)


def window(network: nn.Module, *, pixels: int | None = None) -> SlidingWindow:
    made = SlidingWindow(network, CPU, field=(32, 32), stride=16)
    if pixels is not None:
        made._most_pixels = pixels
    return made


def expected(x: Tensor) -> Tensor:
    return torch.cat([torch.zeros_like(x), x, -x], dim=1).softmax(dim=1)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 500), strides)
def test_tiles_leave_no_pixel_out_and_stay_inside(blocks, tile_blocks, most, stride):
    length, tile = blocks * stride, min(blocks, max(2, tile_blocks)) * stride
    found = starts(length, tile, stride=stride)
    assert found[0] == 0
    assert found[-1] == length - tile
    assert all(first % stride == 0 for first in found)
    assert all(b - a <= tile for a, b in itertools.pairwise(found))


@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 10**6), strides)
def test_a_tile_is_the_slice_or_fits(rows, columns, most, stride):
    size = (rows * stride, columns * stride)
    tile = tile_size(size, most_pixels=most, stride=stride)
    assert all(n % stride == 0 and n <= whole for n, whole in zip(tile, size, strict=True))
    assert tile[0] * tile[1] <= max(most, 4 * stride * stride)


def test_a_slice_that_fits_is_answered_whole():
    network = Local()
    x = torch.randn(1, 1, 96, 64)
    assert torch.equal(window(network).chances(x), expected(x))
    assert network.sizes == [(96, 64)]


def test_tiles_give_the_answer_of_the_whole_slice():
    network = Local()
    x = torch.randn(1, 1, 320, 208)
    assert torch.allclose(window(network, pixels=64 * 64).chances(x), expected(x), atol=1e-6)
    assert set(network.sizes) == {(64, 64)}


def test_tiles_of_a_real_network_agree_with_the_whole_slice():
    torch.manual_seed(0)
    network = build_network(config_of("light", in_channels=1, classes=2)).eval()
    x = torch.randn(1, 1, 512, 512)
    whole, tiled = window(network).chances(x), window(network, pixels=384 * 384).chances(x)
    assert (whole - tiled).abs().mean() < 0.01
    assert torch.allclose(tiled.sum(dim=1), torch.ones(1, 512, 512), atol=1e-4)


def test_out_of_memory_halves_the_tiles_and_the_next_slice_begins_with_those():
    network = Local(most=100 * 100)
    sliding = window(network)
    x = torch.randn(1, 1, 256, 256)
    assert torch.allclose(sliding.chances(x), expected(x), atol=1e-6)
    assert max(network.sizes) <= (100, 100)
    network.most = 10**9
    network.sizes.clear()
    sliding.chances(x)
    assert max(network.sizes) <= (100, 100)


@pytest.mark.parametrize("most", [10**9, 2 * 96 * 64, 40 * 40])
def test_slices_asked_for_together_are_answered_as_each_alone_whatever_fits(most):
    network, x = Local(most=most), torch.randn(5, 1, 96, 64)
    sliding = window(network)
    assert torch.allclose(sliding.chances(x), expected(x), atol=1e-6)
    assert max(a * b for a, b in network.sizes) <= most


def test_on_a_processor_slices_are_answered_one_by_one():
    assert window(Local()).together((16, 16)) == 1


def test_a_device_that_has_no_room_for_the_smallest_tile_says_so():
    with pytest.raises(OutOfMemory, match="not enough memory"):
        window(Local(most=10)).chances(torch.randn(1, 1, 256, 256))


def test_a_wider_network_gets_smaller_tiles(monkeypatch):
    monkeypatch.setattr(sliding_window, "room_bytes", lambda device: 10**7)
    small, large = (nn.Conv2d(1, maps, 1) for maps in (4, 64))
    assert window(small)._most_pixels > 10 * window(large)._most_pixels
    assert window(large)._most_pixels >= 32 * 32


def test_full_precision_takes_more_room():
    from dataclasses import replace

    half = SlidingWindow(nn.Conv2d(1, 16, 1), replace(CPU, uses_bf16=True), field=(32, 32), stride=16)
    full = SlidingWindow(nn.Conv2d(1, 16, 1), CPU, field=(32, 32), stride=16)
    assert full._most_pixels < half._most_pixels


def test_the_middle_of_a_tile_counts_most():
    weights = bell(64)
    assert int(weights.argmax()) in (31, 32)
    assert torch.allclose(weights, weights.flip(0))
    assert 0 < weights.min() < 0.2
