"""What each training step learns from: cut-outs of the prepared slices, structures drawn more often than chance would."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from unet_studio.segmentation.samples import Sample
from unet_studio.unet.augmentation import Augmentation
from unet_studio.unet.planning import class_planes, resized_planes
from unet_studio.unet.preprocessing import Preprocessing, Size, resized

_PIXELS_A_STEP = {
    "cpu": 73_728,
    "cuda": 294_912,
    "mps": 147_456,
}  # 8 slices of 96 × 96 on a processor: many small steps
_PLACES = 200  # remembered per class and slice
_ALIKE_MIRRORED = 0.85  # of what a structure's places share unmirrored: docs/decisions/0028-flips.md


@dataclass(frozen=True, slots=True)
class TrainingSlice:
    """A slice in the network's pixels.

    ``images`` are float16 (channel, row, column), of it and of the neighbours shown with it, which share theirs; ``plane`` is
    int16 (row, column) of class planes; ``places`` are (row, column) of some pixels of each structure, by class index from 1.
    """

    images: tuple[Tensor, ...]
    plane: Tensor
    places: dict[int, NDArray[np.int64]]


Prepared = dict[int, Tensor]  # slices as the network sees them, by the id of the array they were made from


def training_slice(
    sample: Sample, preprocessing: Preprocessing, values: Sequence[int], prepared: Prepared | None = None
) -> TrainingSlice:
    """A sample as the network will see it. Half precision: the figures are about 0 ± 1 and noise is added anyway.

    ``prepared`` are slices that were seen before, and those of this sample afterwards; their arrays must still be there.
    """
    size = preprocessing.working_size((sample.labels.shape[0], sample.labels.shape[1]), sample.spacing_mm)
    prepared = {} if prepared is None else prepared
    shown = preprocessing.shown(sample.image, sample.around)
    for pixels in shown:
        if id(pixels) not in prepared:
            prepared[id(pixels)] = resized(preprocessing.normalise(pixels, sample.intensities), size).half()
    images = tuple(prepared[id(pixels)] for pixels in shown)
    plane = resized_planes(class_planes(sample.labels, values), size)
    places = {}
    for index in range(1, len(values) + 1):
        found = np.argwhere(plane == index + 2)
        if len(found):
            places[index] = found[:: -(-len(found) // _PLACES)]
    return TrainingSlice(images, torch.from_numpy(plane), places)


def batch_size(field: Size, device: str) -> int:
    """How many cut-outs a step takes: about the same work whatever their size."""
    return min(max(_PIXELS_A_STEP.get(device, _PIXELS_A_STEP["cpu"]) // (field[0] * field[1]), 2), 16)


class Batches:
    """Draws cut-outs. Half of them are about a structure, each class as often as the other; the rest come as they lie.

    ``fresh`` are the places of the slices that the checkpoint before did not know. Half of the draws are of these, however
    many others are there; these others are what it must not forget.
    """

    def __init__(
        self,
        slices: Sequence[TrainingSlice],
        *,
        field: Size,
        count: int,
        seed: int,
        fresh: frozenset[int] = frozenset(),
    ) -> None:
        self._field = field
        # Wider than the field, so that turning and shrinking a cut-out shows what lies there and not a made-up edge.
        self._size = (round(field[0] * 1.25), round(field[1] * 1.25))
        self._count = count
        self._chance = np.random.default_rng(seed)
        known = [s for i, s in enumerate(slices) if i not in fresh]
        parts = [[slices[i] for i in sorted(fresh)], known] if fresh and known else [slices]
        self._pools = [_Pool.of(part) for part in parts]

    def draw(self) -> tuple[Tensor, Tensor]:
        """Images float32 (N, C, H, W) and class planes int16 (N, H, W), both 0 outside of the scans."""
        drawn = [self._cut_out(about_structure=position % 2 == 0) for position in range(self._count)]
        return torch.stack([image for image, _ in drawn]), torch.stack([plane for _, plane in drawn])

    def _cut_out(self, *, about_structure: bool) -> tuple[Tensor, Tensor]:
        pool = self._pools[0] if len(self._pools) == 1 else self._pools[int(self._chance.integers(2))]
        place = None
        if about_structure and pool.by_class:
            structure = list(pool.by_class)[self._chance.integers(len(pool.by_class))]
            among = pool.by_class[structure]
            chosen = among[int(self._chance.integers(len(among)))]
            places = chosen.places[structure]
            place = places[self._chance.integers(len(places))]
        else:
            chosen = pool.slices[int(self._chance.integers(len(pool.slices)))]
        corner = [self._first(chosen, axis, None if place is None else int(place[axis])) for axis in (0, 1)]
        seen = torch.cat([_window(image, corner, self._size) for image in chosen.images])
        return seen.float(), _window(chosen.plane, corner, self._size)

    def _first(self, chosen: TrainingSlice, axis: int, place: int | None) -> int:
        """The first row or column of a cut-out: centred where the whole slice fits the field, as in prediction."""
        length, field, size = chosen.plane.shape[axis], self._field[axis], self._size[axis]
        if length <= field:
            return -((field - length) // 2) - (size - field) // 2
        low, high = 0, length - field
        if place is None:
            first = int(self._chance.integers(low, high + 1))
        else:
            away = int(self._chance.integers(-(field // 4), field // 4 + 1))
            first = min(max(place + away - field // 2, low), high)
        return first - (size - field) // 2


@dataclass(frozen=True, slots=True)
class _Pool:
    """Slices to draw from, and which of them have which class."""

    slices: Sequence[TrainingSlice]
    by_class: dict[int, list[TrainingSlice]]

    @classmethod
    def of(cls, slices: Sequence[TrainingSlice]) -> "_Pool":
        classes = sorted({c for s in slices for c in s.places})
        return cls(slices, {c: [s for s in slices if c in s.places] for c in classes})


def useful_flips(slices: Sequence[TrainingSlice]) -> Augmentation:
    """The usual changes, flips only where the structures lie as they would in a mirror.

    Where each class lies in every other slice is compared with where it lies in the rest, and in their mirror image: that must
    be as much alike, but for little.
    """
    pool = _Pool.of(slices).by_class
    halves = [(_spread(some[::2], c), _spread(some[1::2] or some, c)) for c, some in pool.items()]

    def looks_alike(axis: int) -> bool:
        return all(_shared(one, np.flip(other, axis)) > _ALIKE_MIRRORED * _shared(one, other) for one, other in halves)

    return Augmentation(flip_rows=looks_alike(0), flip_columns=looks_alike(1))


def _spread(slices: Sequence[TrainingSlice], structure: int) -> NDArray[np.float64]:
    """How a class is spread over a 4 × 4 grid, each slice counting as much: shares that add up to 1."""
    counts = np.zeros((4, 4))
    for one in slices:
        places = one.places[structure]
        cells = places * 4 // np.array(one.plane.shape)
        np.add.at(counts, (cells[:, 0], cells[:, 1]), 1 / len(places))
    return np.asarray(counts / counts.sum())


def _shared(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.minimum(one, other).sum())


def _window(pixels: Tensor, corner: list[int], size: Size) -> Tensor:
    """A window of ``size`` of (…, row, column) from ``corner`` on, 0 where it reaches beyond."""
    out = pixels.new_zeros((*pixels.shape[:-2], *size))
    starts = [max(0, c) for c in corner]
    stops = [min(n, c + s) for n, c, s in zip(pixels.shape[-2:], corner, size, strict=True)]
    rows = slice(starts[0] - corner[0], stops[0] - corner[0])
    columns = slice(starts[1] - corner[1], stops[1] - corner[1])
    out[..., rows, columns] = pixels[..., starts[0] : stops[0], starts[1] : stops[1]]
    return out
