"""How the numbers of a file become voxels: which of them, scaled how, of which type; the volume is never held twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.placing import Placed
from unet_studio.files.regular import shown, stem
from unet_studio.files.rescale import rescale_into, type_after
from unet_studio.files.scan import Scan, Voxels
from unet_studio.files.stored import Convert, Stored, onward, read_piece, read_stored
from unet_studio.image.volume import Index
from unet_studio.progress import Steps

_MOST_FRAMES = 10_000
_FARTHEST = 64 << 20  # bytes that a glimpse may unpack first


@dataclass(frozen=True, slots=True)
class StoredVoxels:
    """``stored`` is the first frame; each place of the grid (z, y, x) has ``components`` numbers of ``dtype``.

    They are its colours, of which red, green and blue are kept; or, where ``has_frames_inside``, the frames.
    """

    stored: Stored
    dtype: np.dtype[Any]
    shape: Index
    components: int = 1
    has_frames_inside: bool = False
    scaling: tuple[float, float] = (1.0, 0.0)

    @property
    def kept_type(self) -> np.dtype[Any]:
        """The type of the voxels."""
        return type_after(self.dtype.newbyteorder("="), *self.scaling)

    @property
    def channels(self) -> int:
        """Of a voxel: 1, or 3 for colour."""
        return 1 if self.has_frames_inside else min(self.components, 3)

    def load(self, frame: int) -> Steps[Voxels]:
        """The voxels of one frame.

        Raises:
            ReadError: shorter than claimed, or damaged.
        """
        voxels = self._empty(self.shape[0])
        yield from read_stored(self._of(frame), self.dtype, voxels, self._convert(frame))
        return voxels

    @contextmanager
    def frames(self) -> Iterator[Callable[[int], Steps[Voxels]]]:
        """What loads frames one after the other, each behind the one before, from a file that is unpacked once."""
        with onward(self.stored) as stream:

            def load(frame: int) -> Steps[Voxels]:
                voxels = self._empty(self.shape[0])
                yield from stream.read(self._of(frame), self.dtype, voxels, self._convert(frame))
                return voxels

            yield load

    def glimpse(self, frame: int) -> tuple[int, Voxels] | None:
        """One slice and its index: the middle one, or the first of a packed file; None where that is far inside."""
        stored, depth = self._of(frame), self.shape[0]
        index = depth // 2 if stored.packing == "raw" else 0
        if stored.packing != "raw" and stored.skip > _FARTHEST:
            return None
        nbytes = stored.nbytes // depth
        plane = self._empty(1)
        read_piece(stored.piece(index * nbytes, nbytes), self.dtype, plane, self._convert(frame))
        return index, plane[0]

    def _of(self, frame: int) -> Stored:
        return self.stored if self.has_frames_inside else self.stored.frame(frame)

    def _empty(self, depth: int) -> Voxels:
        shape = (depth, *self.shape[1:])
        return np.empty(shape if self.channels == 1 else (*shape, self.channels), self.kept_type)

    def _convert(self, frame: int) -> Convert | None:
        if self.components > self.channels:
            kept = slice(frame, frame + 1) if self.has_frames_inside else slice(self.channels)

            def some(numbers: NDArray[Any], voxels: NDArray[Any]) -> None:
                voxels[...] = numbers[:, kept]

            return some
        if self.scaling != (1.0, 0.0):
            return lambda numbers, voxels: rescale_into(numbers, *self.scaling, voxels)
        return None


def frame_scans(
    path: Path,
    where: Placed,
    voxels: StoredVoxels,
    *,
    frames: int,
    notes: tuple[str, ...],
    is_trusted: bool,
) -> tuple[Scan, ...]:
    """The scans of a file with ``frames`` volumes on one grid: ids "1", "2", …, after "anyway-" where the user insisted.

    Raises:
        ReadError: more frames than any scan has.
    """
    if frames > _MOST_FRAMES:
        raise ReadError(f"{shown(path)} is damaged: it claims {frames:,} frames. Ask for a new copy.", path=path)
    is_packed = voxels.stored.packing != "raw" and not voxels.has_frames_inside
    warnings = where.warnings + tuple(n for n in notes if n)
    if voxels.channels > 1:
        warnings += (f"{shown(path)} is in colour: its red, green and blue are three channels.",)
    return tuple(
        Scan(
            id=f"{'anyway-' if is_trusted else ''}{frame + 1}",
            name=stem(path) if frames == 1 else f"{stem(path)} frame {frame + 1}",
            geometry=where.geometry,
            dtype=voxels.kept_type,
            load=partial(voxels.load, frame),
            glimpse=partial(voxels.glimpse, frame),
            together=voxels.frames if frames > 1 and is_packed else None,
            components=voxels.channels,
            frames=frames,
            warnings=warnings,
            refusal=where.refusal,
            regrid=where.regrid,
        )
        for frame in range(frames)
    )
