"""One volume that a path holds, known from its headers alone: what the user is shown before anything large is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.placing import Placed
from unet_studio.files.regular import shown, stem
from unet_studio.image.volume import Geometry
from unet_studio.progress import Steps

_MOST_FRAMES = 10_000

Voxels = NDArray[Any]  # (z, y, x) or (z, y, x, channel)


@dataclass(frozen=True, slots=True)
class Scan:
    """``id`` tells it from the others of its path; ``load`` reads its voxels, on the grid of ``geometry``.

    ``glimpse`` reads one slice alone, where that is quick: its index along z and its values.
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
    glimpse: Callable[[], tuple[int, Voxels]] | None = None

    @property
    def nbytes(self) -> int:
        """How much memory its voxels take."""
        z, y, x = self.geometry.shape
        return z * y * x * self.components * self.dtype.itemsize


def frame_scans(
    path: Path,
    where: Placed,
    dtype: np.dtype[Any],
    load: Callable[[int], Steps[Voxels]],
    *,
    frames: int,
    components: int,
    notes: tuple[str, ...],
    is_trusted: bool,
) -> tuple[Scan, ...]:
    """The scans of a file with ``frames`` volumes on one grid: ids "1", "2", …, after "anyway-" where the user insisted.

    Raises:
        ReadError: more frames than any scan has.
    """
    if frames > _MOST_FRAMES:
        raise ReadError(f"{shown(path)} is damaged: it claims {frames:,} frames. Ask for a new copy.", path=path)
    warnings = where.warnings + tuple(n for n in notes if n)
    if components > 1:
        warnings += (f"{shown(path)} is in colour: its red, green and blue are three channels.",)
    return tuple(
        Scan(
            id=f"{'anyway-' if is_trusted else ''}{frame + 1}",
            name=stem(path) if frames == 1 else f"{stem(path)} frame {frame + 1}",
            geometry=where.geometry,
            dtype=dtype.newbyteorder("="),
            load=partial(load, frame),
            components=components,
            frames=frames,
            warnings=warnings,
            refusal=where.refusal,
        )
        for frame in range(frames)
    )
