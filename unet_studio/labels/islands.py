"""What of a mask hangs together, and what it encloses.

Masks have two or three axes; voxels hang together by faces. All of it is worked out some slices at a time, so that a report, and
a place to stop, comes several times a second also in a large volume; parts of one island are joined where slices meet.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from unet_studio.labels.brush import Mask
from unet_studio.progress import Progress, Steps, part

Scalar = TypeVar("Scalar", bound=np.generic)
_SLAB = 24  # slices, or rows of one
_NUMBERED = 0.75  # the share of the time after which every piece has its number


def islands(mask: Mask) -> Steps[tuple[NDArray[np.int32], NDArray[np.int64]]]:
    """Each island's number at its voxels, 0 elsewhere, and the islands' sizes in voxels; the largest has number 1.

    Of islands of one size the one that comes first in memory has the lower number.
    """
    pieces = yield from part(_numbered(mask), 0.0, _NUMBERED)
    order = np.argsort(-pieces.sizes, kind="stable")
    rank = np.zeros(len(order) + 1, np.int32)
    rank[order + 1] = np.arange(1, len(order) + 1, dtype=np.int32)
    numbered = yield from part(pieces.looked_up(rank), _NUMBERED, 1.0)
    return numbered, pieces.sizes[order]


def largest_island(mask: Mask) -> Steps[Mask]:
    """The largest island of the mask."""
    pieces = yield from part(_numbered(mask), 0.0, _NUMBERED)
    kept = np.zeros(len(pieces.sizes) + 1, np.bool_)
    if len(pieces.sizes):
        kept[1 + np.argmax(pieces.sizes)] = True
    return (yield from part(pieces.looked_up(kept), _NUMBERED, 1.0))


def without_small(mask: Mask, *, voxels: float) -> Steps[Mask]:
    """The mask without islands of fewer than that many voxels."""
    pieces = yield from part(_numbered(mask), 0.0, _NUMBERED)
    kept = np.concatenate([[False], pieces.sizes >= voxels])
    return (yield from part(pieces.looked_up(kept), _NUMBERED, 1.0))


def island_at(mask: Mask, voxel: tuple[int, ...]) -> Steps[Mask]:
    """The island that the voxel lies in; nothing where it lies in none."""
    pieces = yield from part(_numbered(mask), 0.0, _NUMBERED)
    kept = np.zeros(len(pieces.sizes) + 1, np.bool_)
    kept[pieces.island_at(voxel)] = True
    kept[0] = False
    return (yield from part(pieces.looked_up(kept), _NUMBERED, 1.0))


def without_holes(mask: Mask) -> Steps[Mask]:
    """The mask with all that it encloses: what can't be reached from the array's border by faces."""
    pieces = yield from part(_numbered(~mask), 0.0, _NUMBERED)
    filled = np.ones(len(pieces.sizes) + 1, np.bool_)  # 0 is the mask itself
    filled[pieces.islands_on_the_border()] = False
    filled[0] = True
    return (yield from part(pieces.looked_up(filled), _NUMBERED, 1.0))


# ---- inside


class _Pieces:
    """A number at each voxel, 0 elsewhere; ``island_of`` tells by number which island that is, from 1 in the order in memory.

    ``sizes`` are the islands' in voxels, the first that of island 1.
    """

    def __init__(self, numbered: NDArray[np.int32], sizes: NDArray[np.int64], touching: NDArray[np.int32]) -> None:
        self._numbered = numbered
        joined = coo_array((np.ones(len(touching), np.int8), (touching[:, 0], touching[:, 1])), shape=(len(sizes),) * 2)
        _, group = connected_components(joined, directed=False)
        _, first, group_of = np.unique(group, return_index=True, return_inverse=True)
        place = np.empty(len(first), np.int64)  # number 0 touches nothing, so it is a group of its own and the first
        place[np.argsort(first)] = np.arange(len(first))
        self.island_of = place[group_of]
        self.sizes = np.bincount(self.island_of, weights=sizes, minlength=len(first)).astype(np.int64)[1:]

    def island_at(self, voxel: tuple[int, ...]) -> int:
        """The island that a voxel lies in; 0 for none."""
        return int(self.island_of[self._numbered[voxel]])

    def islands_on_the_border(self) -> NDArray[np.int64]:
        """Those that reach the array's border; 0 may be among them."""
        faces = [self._numbered.take(end, axis=axis).ravel() for axis in range(self._numbered.ndim) for end in (0, -1)]
        return np.unique(self.island_of[np.unique(np.concatenate(faces))])

    def looked_up(self, table: NDArray[Scalar]) -> Steps[NDArray[Scalar]]:
        """At each voxel what ``table`` says of its island; of island 0 where there is none."""
        said = table[self.island_of]
        found = np.empty(self._numbered.shape, table.dtype)
        for first in range(0, len(found), _SLAB):
            yield Progress(first / len(found))
            np.take(said, self._numbered[first : first + _SLAB], out=found[first : first + _SLAB])
        return found


def _numbered(mask: Mask) -> Steps[_Pieces]:
    numbered = np.zeros(mask.shape, np.int32)
    sizes: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    for first in range(0, len(mask), _SLAB):
        yield Progress(first / len(mask))
        slab, inside = numbered[first : first + _SLAB], mask[first : first + _SLAB]
        count = int(np.asarray(ndimage.label(inside, output=slab)))
        sizes.append(np.bincount(slab.ravel(), minlength=count + 1)[1:])
        np.add(slab, sum(map(len, sizes[:-1])) - 1, out=slab, where=inside)
    seams = range(_SLAB, len(mask), _SLAB)
    touching = [_touching(numbered[seam - 1], numbered[seam]) for seam in seams]
    empty = np.zeros((0, 2), np.int32)
    return _Pieces(numbered, np.concatenate(sizes), np.concatenate([empty, *touching]))


def _touching(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int32]:
    """The pairs of numbers that lie on each other, (pair, 2), each once."""
    both = (one > 0) & (other > 0)
    pairs = one[both].astype(np.int64) << 32 | other[both]
    each = np.unique(pairs)
    return np.stack([each >> 32, each & 0xFFFFFFFF], axis=1).astype(np.int32)
