"""A network's answer for slices of any size: whole where the memory allows, else in overlapping tiles."""

import math
from contextlib import nullcontext

import psutil
import torch
from torch import Tensor, nn

from unet_studio.errors import OutOfMemory
from unet_studio.unet.device import Runtime, memory_refusals
from unet_studio.unet.preprocessing import Size

_ROOM_BYTES = (
    600_000_000  # for the network's work on a processor: the whole prediction is to need the volume and 750 MB
)
_MAPS_AT_ONCE = 6  # times the first layer's maps are held at full size where it needs most: a join and its convolutions
_TOGETHER = 8  # slices a graphics card answers at once: one alone keeps but a part of it busy
_OVERLAP = 128  # pixels two tiles share at most: about what the deepest level of our networks sees to one side


class SlidingWindow:
    """Runs one network over prepared slices, and remembers which size of tile the memory allowed.

    ``network`` is in evaluation mode and on the runtime's device. Tiles are never smaller than ``field``, which is what the
    network saw in training, unless the memory refuses even that.
    """

    def __init__(self, network: nn.Module, runtime: Runtime, *, field: Size, stride: int) -> None:
        self._network = network
        self.runtime = runtime
        self._field, self._stride = field, stride
        first = next(network.parameters(), torch.zeros(1))
        self._precision = first.dtype
        # Weights in bf16 need no autocast, which takes a tenth of a slice's time on a graphics card.
        self._context = runtime.autocast if first.dtype == torch.float32 else nullcontext
        a_pixel = len(first) * _MAPS_AT_ONCE * (3 if runtime.uses_bf16 else 4)  # the answer itself is fp32 in both
        self._most_pixels = max(room_bytes(runtime.device) // a_pixel, field[0] * field[1])

    def together(self, size: Size) -> int:
        """How many prepared slices of ``size`` to ask for at once: one on a processor, which more would slow down."""
        if self.runtime.device.type != "cuda":
            return 1
        return max(1, min(_TOGETHER, self._most_pixels // (size[0] * size[1])))

    def chances(self, prepared: Tensor) -> Tensor:
        """The chance of each class, float32 (N, class, H, W), of prepared slices (N, C, H, W); they add up to 1.

        Those of whole slices lie on the runtime's device, those of tiles on the CPU.

        Raises:
            OutOfMemory: not even a small tile fits.
        """
        size = (prepared.shape[2], prepared.shape[3])
        while True:
            tile = tile_size(size, most_pixels=self._most_pixels, stride=self._stride)
            count = min(len(prepared), max(1, self._most_pixels // (size[0] * size[1])))
            try:
                with memory_refusals():
                    if tile == size:
                        return torch.cat([self._answer(some) for some in torch.split(prepared, count)])
                    return torch.stack([self._tiled(one[None], tile) for one in prepared])
            except OutOfMemory:
                if max(tile) <= 2 * self._stride:
                    raise
                self._most_pixels = count * tile[0] * tile[1] // (4 if count == 1 else 2)
            if self.runtime.device.type == "cuda":
                torch.cuda.empty_cache()

    def _answer(self, prepared: Tensor) -> Tensor:
        prepared = prepared.to(self.runtime.device, self._precision, memory_format=torch.channels_last)
        with torch.inference_mode(), self._context():
            logits: Tensor = self._network(prepared)
        with torch.inference_mode():
            return logits.float().softmax(dim=1)

    def _tiled(self, prepared: Tensor, tile: Size) -> Tensor:
        """The mean of the tiles' answers, each counted less towards its edge, where it sees less around; on the CPU."""
        height, width = prepared.shape[2:]
        weight = torch.outer(bell(tile[0]), bell(tile[1]))
        total, answer = torch.zeros(height, width), torch.zeros(0)
        for row in starts(height, tile[0], stride=self._stride):
            for column in starts(width, tile[1], stride=self._stride):
                part = self._answer(prepared[:, :, row : row + tile[0], column : column + tile[1]])[0].cpu()
                if not len(answer):
                    answer = torch.zeros(len(part), height, width)
                answer[:, row : row + tile[0], column : column + tile[1]] += part * weight
                total[row : row + tile[0], column : column + tile[1]] += weight
        return answer / total


def room_bytes(device: torch.device) -> int:
    """How much memory a network's work may take: half of what is free, on a processor no more than 450 MB."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0] // 2)
    return min(_ROOM_BYTES, int(psutil.virtual_memory().available // 2))


def tile_size(size: Size, *, most_pixels: int, stride: int) -> Size:
    """Rows and columns of the tiles for a slice of ``size``, multiples of the stride both: the slice itself where it fits."""
    if size[0] * size[1] <= most_pixels:
        return size
    side = max(2 * stride, math.isqrt(most_pixels) // stride * stride)
    return min(size[0], side), min(size[1], side)


def starts(length: int, tile: int, *, stride: int) -> list[int]:
    """The first pixels of tiles along an axis: evenly spread, on the stride, so that poolings fall as in the whole slice."""
    shared = min(tile // 2, _OVERLAP)
    count = 1 + -(-(length - tile) // max(stride, tile - shared))
    if count == 1:
        return [0]
    return [position * (length - tile) // (count - 1) // stride * stride for position in range(count)]


def bell(length: int) -> Tensor:
    """A Gaussian over a tile's side: 1 in the middle, with a deviation of a quarter of it."""
    away = torch.arange(length) - (length - 1) / 2
    return torch.exp(-0.5 * (away / (length / 4)).square())
