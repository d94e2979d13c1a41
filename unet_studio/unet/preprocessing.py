"""How a scan's slice becomes what a network sees, and its answer becomes the scan's own pixels again.

It belongs to the checkpoint: a network is only right on slices prepared as those it learned from.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from unet_studio.segmentation.samples import REACH, Intensities

Normalisation = Literal["window", "volume", "colour"]
Size = tuple[int, int]  # rows, columns
SpacingMm = tuple[float, float]  # row height, column width

_CLOSE_ENOUGH = (
    1.1  # sizes nearer than this to the network's are left alone: resampling costs detail, and gains nothing
)


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How slices are prepared for one network.

    ``normalisation`` "window" clips to ``low`` … ``high`` (CT) and, like "colour", brings the figures to the training mean
    and deviation, one per channel; "volume" clips to the volume's own percentiles and takes its own mean and deviation.
    ``spacing_mm`` is what the network's pixels measure, None where training scans told no mm. ``long_side`` is then the
    slice's longer side in the network's pixels, None where pixels are kept as they are. ``field`` is what the network
    saw at a time in training: smaller slices are padded to it, with 0, which is the mean. So many ``neighbours`` to each
    side are shown with each slice.
    """

    normalisation: Normalisation
    low: float
    high: float
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    spacing_mm: SpacingMm | None
    long_side: int | None
    field: Size
    stride: int
    neighbours: int = 0

    @property
    def channels(self) -> int:
        """How many channels a slice has."""
        return len(self.mean)

    @property
    def inputs(self) -> int:
        """How many channels the network sees: those of the slice and of its neighbours."""
        return (1 + 2 * self.neighbours) * self.channels

    def shown(self, image: NDArray[np.float32], around: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """A slice (row, column, channel) and those ``around`` it that the network sees; the slice stands in for missing ones."""
        beside = list(around[: 2 * self.neighbours])
        return [image, *beside, *[image] * (2 * self.neighbours - len(beside))]

    def seen(self, image: NDArray[np.float32], around: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """What is ``shown`` as one array (row, column, channel)."""
        shown = self.shown(image, around)
        return np.concatenate(shown, axis=2) if len(shown) > 1 else image

    def normalise(self, image: NDArray[np.float32], intensities: Intensities) -> Tensor:
        """What is ``seen`` (row, column, channel) in the scan's unit as float32 (channel, row, column), about 0 ± 1."""
        pixels = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)  # (C, rows, columns)
        if self.normalisation == "volume":
            low, high = intensities.low, intensities.high
            low, high = (low, high) if high > low else (intensities.minimum, intensities.maximum)
            mean = torch.full((len(pixels), 1, 1), intensities.mean)
            deviation = torch.full((len(pixels), 1, 1), intensities.standard_deviation)
        else:
            low, high = self.low, self.high
            times = len(pixels) // self.channels
            mean, deviation = (torch.tensor(t * times)[:, None, None] for t in (self.mean, self.deviation))
        deviation = torch.where(deviation > 0, deviation, torch.ones_like(deviation))
        return ((pixels.clamp(low, high) - mean) / deviation).clamp(-10, 10)

    def working_size(self, size: Size, spacing_mm: SpacingMm | None) -> Size:
        """Rows and columns a slice of ``size`` has in the network's pixels."""
        if self.spacing_mm is not None and spacing_mm is not None:
            scales = tuple(own / wanted for own, wanted in zip(spacing_mm, self.spacing_mm, strict=True))
        else:
            scales = (1.0, 1.0) if self.long_side is None else (self.long_side / max(size),) * 2
        if all(1 / _CLOSE_ENOUGH < s < _CLOSE_ENOUGH for s in scales):
            return size
        rows, columns = (max(1, round(n * min(max(s, 1 / 32), 4.0))) for n, s in zip(size, scales, strict=True))
        return rows, columns

    def padded_size(self, size: Size) -> Size:
        """Rows and columns after padding: at least the field, and multiples of the stride."""
        rows, columns = (-(-max(n, f) // self.stride) * self.stride for n, f in zip(size, self.field, strict=True))
        return rows, columns

    def prepare(self, image: NDArray[np.float32], spacing_mm: SpacingMm | None, intensities: Intensities) -> Tensor:
        """What is ``seen`` (row, column, channel) as the network's input (1, C, H, W), padded."""
        pixels = resized(self.normalise(image, intensities), self.working_size(image.shape[:2], spacing_mm))
        size = (pixels.shape[1], pixels.shape[2])
        return centred(pixels, self.padded_size(size))[None]

    def restore(self, chances: Tensor, size: Size, spacing_mm: SpacingMm | None) -> Tensor:
        """The network's answer (class, H, W) for a slice of ``size``, on the scan's own pixels: (class, row, column)."""
        return resized(centred(chances, self.working_size(size, spacing_mm)), size)

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self))


def preprocessing_from_json(text: str) -> Preprocessing:
    """What ``Preprocessing.to_json`` wrote.

    Raises:
        ValueError: the text is something else.
    """
    try:
        fields: dict[str, Any] = json.loads(text)
        for name in ("mean", "deviation", "field", "spacing_mm"):
            if fields[name] is not None:
                fields[name] = tuple((int if name == "field" else float)(v) for v in fields[name])
        if "sees_around" in fields:  # format 1 before there could be several neighbours
            fields["neighbours"] = int(fields.pop("sees_around"))
        made = Preprocessing(**fields)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a preprocessing: {error!r}") from error
    figures = (made.low, made.high, *made.mean, *made.deviation, *(made.spacing_mm or ()), float(made.long_side or 1))
    sizes = (*made.field, made.stride)
    is_sound = (
        made.normalisation in ("window", "volume", "colour")
        and all(np.isfinite(figures))
        and type(made.neighbours) is int
        and 0 <= made.neighbours <= REACH
        and len(made.field) == 2
        and len(made.mean) == len(made.deviation) > 0
        and all(type(n) is int and 0 < n <= 8192 for n in sizes)
        and (made.spacing_mm is None or (len(made.spacing_mm) == 2 and min(made.spacing_mm) > 0))
    )
    if not is_sound:
        raise ValueError("not a preprocessing: figures out of range")
    return made


def resized(pixels: Tensor, size: Size) -> Tensor:
    """(channel, row, column) at another size: averaged when it shrinks, linear when it grows."""
    if pixels.shape[1:] == size:
        return pixels
    return functional.interpolate(pixels[None], size=size, mode="bilinear", antialias=True)[0]


def centred(pixels: Tensor, size: Size) -> Tensor:
    """(…, row, column) cut or padded with 0 to ``size`` about its centre; doing it back to the old size undoes a padding."""
    for axis, wanted in ((-2, size[0]), (-1, size[1])):
        have = pixels.shape[axis]
        if wanted > have:
            before = (wanted - have) // 2
            edges = (before, wanted - have - before)
            pixels = functional.pad(pixels, edges if axis == -1 else (0, 0, *edges))
        elif wanted < have:
            pixels = pixels.narrow(axis, (have - wanted) // 2, wanted)
    return pixels
