"""The one way labels change: a box of voxels, before and after."""

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from unet_studio.image.volume import Index
from unet_studio.labels.label_map import LabelMap, Labels


@dataclass(frozen=True, slots=True)
class LabelEdit:
    """What one action of the user did to a label map, under the name shown for undo.

    ``start`` is the box's first voxel (z, y, x); ``before`` and ``after`` are (z, y, x) of the box's size.
    """

    name: str
    start: Index
    before: Labels
    after: Labels

    def __post_init__(self) -> None:
        assert self.before.shape == self.after.shape and self.before.ndim == 3

    @property
    def stop(self) -> Index:
        """The voxel after the box's last, per axis."""
        z, y, x = (a + n for a, n in zip(self.start, self.before.shape, strict=True))
        return z, y, x

    @property
    def box(self) -> tuple[slice, slice, slice]:
        """The box as slices of the label map."""
        z, y, x = (slice(a, b) for a, b in zip(self.start, self.stop, strict=True))
        return z, y, x

    @property
    def nbytes(self) -> int:
        """How much memory it holds."""
        return self.before.nbytes + self.after.nbytes

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return bool(np.array_equal(self.before, self.after))

    def apply(self, label_map: LabelMap) -> None:
        """Afterwards the box holds ``after``."""
        label_map.voxels[self.box] = self.after

    def inverse(self) -> "LabelEdit":
        """The edit that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    def packed(self) -> "PackedEdit":
        """The same edit in a fraction of the memory, for when it is not needed soon."""
        both = np.stack([self.before, self.after]).tobytes()
        return PackedEdit(self.name, self.start, self.before.shape, zlib.compress(both, 1))

    def indices(self, axis: int) -> range:
        """The slices along an array axis that the box touches."""
        return range(self.start[axis], self.stop[axis])


@dataclass(frozen=True, slots=True)
class PackedEdit:
    """A ``LabelEdit`` put away: ``blob`` is before and after, compressed."""

    name: str
    start: Index
    shape: tuple[int, ...]
    blob: bytes

    @property
    def nbytes(self) -> int:
        """How much memory it holds."""
        return len(self.blob)

    def unpacked(self) -> LabelEdit:
        """The edit itself."""
        before, after = np.frombuffer(zlib.decompress(self.blob), np.uint8).reshape(2, *self.shape)
        return LabelEdit(self.name, self.start, before, after)


def edit_between(name: str, before: Labels, after: Labels, *, start: Index = (0, 0, 0)) -> LabelEdit | None:
    """The smallest edit that turns ``before`` into ``after`` (both (z, y, x), first voxel at ``start``); None if equal."""
    changed = before != after
    if not changed.any():
        return None
    box = []
    for axis in range(3):
        hit = np.flatnonzero(changed.any(axis=tuple(a for a in range(3) if a != axis)))
        box.append(slice(int(hit[0]), int(hit[-1]) + 1))
    first: Any = tuple(s.start + o for s, o in zip(box, start, strict=True))
    return LabelEdit(name, first, before[tuple(box)].copy(), after[tuple(box)].copy())
