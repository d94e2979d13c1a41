"""A stroke in the making: what it has touched, and what was there before."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Patch
from unet_studio.labels.edit import LabelEdit, edit_between
from unet_studio.labels.label_map import LabelMap, Labels


class Stroke:
    """Paints patches of one slice of any plane, and remembers each working slice as it was before its first touch.

    ``axis`` is the array axis along which working slices count. ``prepare`` is called with each working slice before it is first
    painted on, so that a proposal there can be taken over in the same edit. ``guarded`` working slices are left as they are.
    """

    def __init__(
        self, label_map: LabelMap, view: PlaneView, index: int, *,
        axis: int, prepare: Callable[[int], None], guarded: Collection[int] = (),
    ) -> None:  # fmt: skip
        self._label_map = label_map
        self._view = view
        self._index = index
        self._axis = axis
        self._prepare = prepare
        self._guarded = frozenset(guarded)
        self.is_guarded = False  # whether a patch met a guarded slice
        self._before: dict[int, Labels] = {}
        self.refused: set[int] = set()  # label values that a patch met and was not allowed to change
        self.has_painted = False  # whether a patch changed anything, taking over proposals apart

    @property
    def touched(self) -> list[int]:
        """The working slices painted on, ascending."""
        return sorted(self._before)

    @property
    def count(self) -> int:
        """How many working slices were painted on."""
        return len(self._before)

    @property
    def changed(self) -> list[int]:
        """The working slices that are not as they were, ascending."""
        return [i for i in self.touched if not np.array_equal(self._before[i], self._working_slice(i))]

    @property
    def is_refused(self) -> bool:
        """Whether all that it wanted to change was not to be changed."""
        return (bool(self.refused) or self.is_guarded) and not self.has_painted

    def touch(self, patch: Patch, *, index: int | None = None) -> None:
        """Afterwards the working slices under the patch, which lies on slice ``index``, are ready to be painted on."""
        for working in self._working_slices(patch, self._index if index is None else index):
            if working not in self._before and working not in self._guarded:
                self._before[working] = self._working_slice(working).copy()
                self._prepare(working)

    def paint(self, patch: Patch, value: int, paintable: NDArray[np.bool_], *, index: int | None = None) -> None:
        """Afterwards the patch's voxels hold ``value`` where ``paintable`` (by old value, shape (256,)) lets them.

        The patch lies on slice ``index`` of the plane, the stroke's own where none is given.
        """
        index = self._index if index is None else index
        if self._guarded:
            patch = self._unguarded(patch, index)
        self.touch(patch, index=index)
        region = self._view.slice_of(self._label_map.voxels, index)[patch.box]
        allowed = patch.mask & (region != value)
        if not paintable.all():
            wanted = allowed
            allowed = wanted & paintable[region]
            self.refused.update(int(v) for v in np.unique(region[wanted & ~allowed]))
        self.has_painted = self.has_painted or bool(allowed.any())
        region[allowed] = value

    def cover(self, index: int, labels: Labels) -> None:
        """Afterwards working slice ``index`` holds ``labels`` (row, column), the way up this stroke's plane shows it."""
        if index not in self._before:
            self._before[index] = self._working_slice(index).copy()
        self._view.slice_of(self._label_map.voxels, index)[...] = labels

    def edit(self, name: str) -> LabelEdit | None:
        """All of it as one edit; None where it changed nothing."""
        if not self._before:
            return None
        first, last = self.touched[0], self.touched[-1]
        after = [self._working_slice(i) for i in range(first, last + 1)]
        before = [self._before.get(i, now) for i, now in zip(range(first, last + 1), after, strict=True)]
        start = [0, 0, 0]
        start[self._axis] = first
        stacked = (np.stack(slices, axis=self._axis) for slices in (before, after))
        return edit_between(name, *stacked, start=(start[0], start[1], start[2]))

    def restore(self) -> None:
        """Afterwards the labels are as they were before the stroke."""
        for index, before in self._before.items():
            self._working_slice(index)[...] = before

    def _working_slice(self, index: int) -> Labels:
        return self._label_map.voxels[(slice(None),) * self._axis + (index,)]

    def _working_slices(self, patch: Patch, index: int) -> list[int]:
        if self._axis == self._view.axis:
            return [index]
        hit = np.flatnonzero(patch.mask.any(axis=1 if self._axis == self._view.rows else 0))
        return [self._along(patch, int(i)) for i in hit]

    def _along(self, patch: Patch, at: int) -> int:
        """The working slice in which row or column ``at`` of a patch on another plane lies."""
        view, along_rows = self._view, self._axis == self._view.rows
        shown = at + (patch.row if along_rows else patch.column)
        flipped = view.flip_rows if along_rows else view.flip_columns
        return self._label_map.geometry.shape[self._axis] - 1 - shown if flipped else shown

    def _unguarded(self, patch: Patch, index: int) -> Patch:
        """The patch without what lies in guarded slices."""
        mask = patch.mask.copy()
        if self._axis == self._view.axis:
            mask &= index not in self._guarded
        else:
            lines = mask if self._axis == self._view.rows else mask.T
            for at in range(len(lines)):
                if self._along(patch, at) in self._guarded:
                    lines[at] = False
        self.is_guarded |= int(mask.sum()) < int(patch.mask.sum())
        return Patch(patch.row, patch.column, mask)
