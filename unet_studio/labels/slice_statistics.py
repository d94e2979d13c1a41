"""Sizes and intensities under each label slice by slice, so that an edit costs only the slices that it touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.label_map import Labels


@dataclass(frozen=True, slots=True)
class Spread:
    """The intensities of some voxels; ``squares`` is the sum of their squared distances from ``mean``."""

    voxels: int
    mean: float
    squares: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One label in one case. ``volume_ml`` is None where the scan tells no voxel size; intensities in the scan's unit."""

    value: int
    voxels: int
    slices: int
    volume_ml: float | None
    mean: float
    standard_deviation: float
    minimum: float
    maximum: float


def spreads(labels: Labels, intensities: NDArray[Any]) -> dict[int, Spread]:
    """The spread of each label on one slice, by value; colour pixels (row, column, channel) count with their channels' mean."""
    drawn = labels != 0
    if not drawn.any():
        return {}
    values, inside = labels[drawn], intensities[drawn].astype(np.float64)
    if inside.ndim == 2:
        inside = inside.mean(axis=1)
    found = {}
    for value in np.flatnonzero(np.bincount(values)):
        these = inside[values == value]
        mean = float(these.mean())
        squares = float(((these - mean) ** 2).sum())
        found[int(value)] = Spread(these.size, mean, squares, float(these.min()), float(these.max()))
    return found


def joined(parts: Iterable[Spread]) -> Spread:
    """The spread of all the voxels of ``parts``, of which there is at least one (Chan, Golub & LeVeque 1979, eq. 2.1)."""
    all_of = list(parts)
    voxels = sum(p.voxels for p in all_of)
    mean = sum(p.voxels * p.mean for p in all_of) / voxels
    squares = sum(p.squares + p.voxels * (p.mean - mean) ** 2 for p in all_of)
    return Spread(voxels, mean, squares, min(p.minimum for p in all_of), max(p.maximum for p in all_of))


def measured(slices: Mapping[int, Mapping[int, Spread]], voxel_ml: float | None) -> tuple[Measured, ...]:
    """What the spreads of all slices, by index and value, come to; one for each label there, in ascending order."""
    by_value: dict[int, list[Spread]] = {}
    for of_slice in slices.values():
        for value, spread in of_slice.items():
            by_value.setdefault(value, []).append(spread)
    found = []
    for value, parts in sorted(by_value.items()):
        whole = joined(parts)
        ml = None if voxel_ml is None else whole.voxels * voxel_ml
        deviation = sqrt(whole.squares / whole.voxels)
        found.append(Measured(value, whole.voxels, len(parts), ml, whole.mean, deviation, whole.minimum, whole.maximum))
    return tuple(found)
