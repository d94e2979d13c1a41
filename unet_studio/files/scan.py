"""One volume that a path holds, known from its headers alone: what the user is shown before anything large is read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.volume import Geometry
from unet_studio.progress import Steps

Voxels = NDArray[Any]  # (z, y, x) or (z, y, x, channel)


@dataclass(frozen=True, slots=True)
class Scan:
    """``id`` tells it from the others of its path; ``load`` reads its voxels, on the grid of ``geometry``.

    ``glimpse`` reads one slice alone, where that is quick: its index along z and its values.
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
    file: Path | None = None

    @property
    def nbytes(self) -> int:
        """How much memory its voxels take."""
        z, y, x = self.geometry.shape
        return z * y * x * self.components * self.dtype.itemsize
