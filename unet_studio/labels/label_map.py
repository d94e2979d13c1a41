"""Label classes and the label map drawn on a volume."""

from colorsys import hsv_to_rgb
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.volume import Geometry

Labels = NDArray[np.uint8]  # (z, y, x) or (row, column); 0 is background
Colour = tuple[int, int, int]  # red, green, blue, 0 to 255

# Okabe and Ito's colour-blind-safe set (https://jfly.uni-koeln.de/color/), brightened for a dark picture and put in an
# order in which neighbours differ most; for further classes see ``usual_colour``.
DEFAULT_COLOURS: tuple[Colour, ...] = (
    (240, 106, 80), (64, 178, 240), (250, 214, 70), (36, 200, 150), (214, 130, 190), (240, 160, 30), (120, 140, 250),
    (170, 220, 120),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelClass:
    """A structure to outline: ``value`` 1 to 255 in the label map. A locked class can't be painted over."""

    value: int
    name: str
    colour: Colour
    is_visible: bool = True
    is_locked: bool = False

    def __post_init__(self) -> None:
        assert 1 <= self.value <= 255, self.value


def next_class(classes: tuple[LabelClass, ...], name: str = "") -> LabelClass | None:
    """A new class with the lowest free value and the next colour; None where all 255 are taken."""
    taken = {c.value for c in classes}
    value = next((v for v in range(1, 256) if v not in taken), None)
    if value is None:
        return None
    return LabelClass(value, name or f"Label {value}", usual_colour(value - 1))


def usual_colour(number: int) -> Colour:
    """The colour of the class of that number, from 0 on: the default ones, then others of which no two are alike.

    Their hues go round by the golden angle, so that neighbours differ much, in three shades.
    """
    if number < len(DEFAULT_COLOURS):
        return DEFAULT_COLOURS[number]
    saturation, value = ((0.75, 0.95), (0.45, 1.0), (0.85, 0.7))[number % 3]
    red, green, blue = (round(255 * v) for v in hsv_to_rgb(number * 0.618034 % 1, saturation, value))
    return red, green, blue


class LabelMap:
    """One label per voxel of a volume, 0 for background. Only a ``LabelEdit`` changes it."""

    def __init__(self, geometry: Geometry, voxels: Labels | None = None) -> None:
        self.geometry = geometry
        self.voxels: Labels = np.zeros(geometry.shape, np.uint8) if voxels is None else voxels
        assert self.voxels.shape == geometry.shape and self.voxels.dtype == np.uint8

    def values(self) -> tuple[int, ...]:
        """The label values present, ascending, without background."""
        return tuple(int(v) for v in np.flatnonzero(np.bincount(self.voxels.ravel(), minlength=256)) if v)
