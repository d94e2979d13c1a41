"""What a network learns from: reviewed slices, and the split that keeps some of them apart for honest scores."""

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import Labels

# The label value in a Sample of pixels that count neither in the loss nor in a score. So does every other value that is no
# class; where a class has the value 255 (masks of 0 and 255 are common), it is that class and not IGNORE.
IGNORE = 255
_FEW_CASES = 5
REACH = 3  # slices to each side that a network may be shown


@dataclass(frozen=True, slots=True)
class Intensities:
    """A volume's intensities in six figures, over its finite voxels: what a slice is normalised by.

    ``low`` and ``high`` are the 0.5th and 99.5th percentile.
    """

    low: float
    high: float
    mean: float
    standard_deviation: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One slice to learn from or to be scored on, the way up it is shown.

    ``image`` is float32 (row, column, channel) in the scan's own unit; ``labels`` is uint8 (row, column): 0 is background, class
    values as in the project, ``IGNORE`` where nothing is known. ``spacing_mm`` is (row, column), None where the scan tells none.
    ``case`` and ``index`` name the slice; ``intensities`` are those of its whole volume. ``around`` are the images of ``REACH``
    slices to each side, the nearest first and of two the one before: neighbours share arrays. Empty where it stands alone.
    """

    image: NDArray[np.float32]
    labels: Labels
    spacing_mm: tuple[float, float] | None
    case: str
    index: int
    intensities: Intensities
    modality: str = ""
    around: tuple[NDArray[np.float32], ...] = ()

    def __post_init__(self) -> None:
        assert self.image.ndim == 3 and self.image.shape[:2] == self.labels.shape, (self.image.shape, self.labels.shape)


def intensities_of(volume: Volume) -> Intensities:
    """The figures of a volume, from at most about a million of its voxels, evenly spread."""
    flat = volume.voxels.reshape(-1)
    some = flat[:: max(1, flat.size // 1_000_000)].astype(np.float64)
    some = some[np.isfinite(some)]
    if some.size == 0:
        return Intensities(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    low, high = (float(p) for p in np.percentile(some, [0.5, 99.5]))
    return Intensities(low, high, float(some.mean()), float(some.std()), float(some.min()), float(some.max()))


def slice_image(pixels: NDArray[np.generic], intensities: Intensities) -> NDArray[np.float32]:
    """A slice (row, column[, channel]) as a sample's image; voxels that are not finite become the volume's minimum."""
    image = np.ascontiguousarray(pixels, dtype=np.float32)
    if image.ndim == 2:
        image = image[..., None]
    return np.where(np.isfinite(image), image, np.float32(intensities.minimum))


def places_around(index: int, count: int) -> tuple[int, ...]:
    """The slices beside one of ``count``, in a sample's order; beyond an end the last one. None in a volume of one slice."""
    if count == 1:
        return ()
    return tuple(i for n in range(1, REACH + 1) for i in (max(index - n, 0), min(index + n, count - 1)))


def volume_samples(volume: Volume, labels: Mapping[int, Labels], *, case: str) -> list[Sample]:
    """Samples of the volume's working plane, by rising index; ``labels`` are (row, column) by slice, the way up it is shown."""
    view = plane_view(volume.geometry, working_plane(volume.geometry))
    intensities = intensities_of(volume)
    spacing_mm = view.spacing_mm(volume.geometry) if volume.geometry.has_spacing else None
    count = view.count(volume.geometry.shape)

    @functools.cache
    def image_of(index: int) -> NDArray[np.float32]:
        return slice_image(view.slice_of(volume.voxels, index), intensities)

    return [
        Sample(
            image=image_of(index),
            labels=np.ascontiguousarray(labels[index]),
            spacing_mm=spacing_mm,
            case=case,
            index=index,
            intensities=intensities,
            modality=volume.modality,
            around=tuple(image_of(i) for i in places_around(index, count)),
        )
        for index in sorted(labels)
    ]


def held_out_places(places: Iterable[tuple[str, int]], *, share: float = 0.2) -> frozenset[tuple[str, int]]:
    """Which of several slices, (case, index), are kept for scoring where all of their labels were there from the start.

    Whole cases where there are five or more. Of fewer, blocks of slices: a case would be too much to give away and too
    little to go by. Pictures alone, fewer than five, are all learned from, and so is everything where ``share`` is 0.
    """
    cases: dict[str, list[int]] = {}
    for case, index in places:
        cases.setdefault(case, []).append(index)
    if share <= 0:
        return frozenset()
    if len(cases) >= _FEW_CASES:
        kept = held_out_cases(list(cases), share=share)
        return frozenset((case, index) for case in kept for index in cases[case])
    return frozenset((case, i) for case, slices in cases.items() for i in held_out_slices(slices, share=share))


def held_out_cases(cases: Sequence[str], *, share: float = 0.2) -> frozenset[str]:
    """Which of several cases are kept for scoring, told by a hash of their names; neither order nor repeats matter.

    Of two cases or more at least one is kept and at least one trains; of one or none, none is kept.
    """
    ranked = sorted(set(cases), key=_chance)
    if len(ranked) < 2:
        return frozenset()
    kept = [c for c in ranked if _chance(c) < share] or ranked[:1]
    return frozenset(kept[: len(ranked) - 1])


def held_out_slices(reviewed: Sequence[int], *, block: int = 4, share: float = 0.25) -> frozenset[int]:
    """Which reviewed slices of a single case are kept for scoring: whole runs of neighbours, as neighbours look alike.

    A run ends where the next reviewed slice is more than ``block`` further on, and after ``block`` slices, or fewer where
    ``share`` of all is less. Of two slices or more at least one is kept and at least one trains.
    """
    ordered = sorted(set(reviewed))
    if len(ordered) < 2:
        return frozenset()
    wanted = max(1, round(share * len(ordered)))
    kept: list[int] = []
    for run in sorted(_runs(ordered, gap=block, most=min(block, wanted)), key=lambda r: _chance(str(r[0]))):
        if len(kept) >= wanted:
            break
        kept += run
    return frozenset(kept[: len(ordered) - 1])


def _runs(ordered: Sequence[int], *, gap: int, most: int) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in ordered:
        if runs and index - runs[-1][-1] <= gap and len(runs[-1]) < most:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _chance(name: str) -> float:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64
