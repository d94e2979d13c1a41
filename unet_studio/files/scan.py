"""One volume that a path holds, known from its headers alone: what the user is shown before anything large is read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.files.regrid import Regrid
from unet_studio.image.volume import Geometry
from unet_studio.image.window import Window
from unet_studio.progress import Steps

Voxels = NDArray[Any]  # (z, y, x) or (z, y, x, channel)


class Way(StrEnum):
    """One of several ways to make a volume of the same slices, between which the user chooses."""

    FILLED = "filled"  # empty slices stand in the gaps
    RESAMPLED = "resampled"  # at even steps, interpolated between slices
    SPLIT = "split"  # a volume for each run of even gaps
    STRAIGHT = "straight"  # slices of a tilted gantry moved onto a right grid, which grows for them
    TAKEN = "taken"  # left on the slanted grid they were taken on


@dataclass(frozen=True, slots=True)
class Scan:
    """``id`` tells it from the others of its path; ``load`` reads its voxels, on the grid of ``geometry``.

    Where that is no right, even grid, ``regrid`` puts them onto one: ``grid`` is where the volume lies in the end. Scans
    with the same ``ways_of`` are ways to see the same slices, of which the user takes one ``way``.

    ``glimpse`` reads one slice alone, where that is quick: its index along z and its values.
    ``together`` opens its file for all frames one after the other, by their numbers from 0, where that is quicker.
    ``file`` is one of its DICOM files, for the tags that they share.
    ``dtype`` is that of its voxels, or one that holds them. ``frames`` is how many volumes share its file (the frames of a
    4-D scan); ``refusal`` a whole sentence where its voxels can't be shown as a volume, though they may serve as labels on
    a grid that is the same.
    """

    id: str
    name: str
    geometry: Geometry
    dtype: np.dtype[Any]
    load: Callable[[], Steps[Voxels]]
    components: int = 1
    frames: int = 1
    modality: str = ""
    warnings: tuple[str, ...] = ()
    refusal: str = ""
    glimpse: Callable[[], tuple[int, Voxels] | None] | None = None
    together: Callable[[], AbstractContextManager[Callable[[int], Steps[Voxels]]]] | None = None
    file: Path | None = None
    regrid: Regrid | None = None
    way: Way | None = None
    ways_of: str = ""
    is_inverted: bool = False
    window: Window | None = None

    @property
    def grid(self) -> Geometry:
        """The grid of the volume."""
        return self.geometry if self.regrid is None else self.regrid.geometry

    @property
    def nbytes(self) -> int:
        """How much memory it takes to read: its voxels, twice where they are put onto another grid."""
        grids = {id(g): g for g in (self.geometry, self.grid)}.values()
        return sum(z * y * x for z, y, x in (g.shape for g in grids)) * self.components * self.dtype.itemsize
