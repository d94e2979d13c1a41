"""A stroke in the making: what it has touched, and what was there before."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Patch
from unet_studio.labels.edit import LabelEdit, edit_between
from unet_studio.labels.label_map import LabelMap, Labels


class Stroke:
    """Paints patches of one slice of any plane, and remembers each working slice as it was before its first touch.

    ``axis`` is the array axis along which working slices count. ``prepare`` is called with each working slice before it is first
    painted on, so that a proposal there can be taken over in the same edit.
    """

    def __init__(
        self, label_map: LabelMap, view: PlaneView, index: int, *, axis: int, prepare: Callable[[int], None]
    ) -> None:
        self._label_map = label_map
        self._view = view
        self._index = index
        self._axis = axis
        self._prepare = prepare
        self._before: dict[int, Labels] = {}
        self.refused: set[int] = set()  # label values that a patch met and was not allowed to change
        self.has_painted = False  # whether a patch changed anything, taking over proposals apart

    @property
    def touched(self) -> list[int]:
        """The working slices painted on, ascending."""
        return sorted(self._before)

    @property
    def changed(self) -> list[int]:
        """The working slices that are not as they were, ascending."""
        return [i for i in self.touched if not np.array_equal(self._before[i], self._working_slice(i))]

    @property
    def is_refused(self) -> bool:
        """Whether all that it wanted to change was not to be changed."""
        return bool(self.refused) and not self.has_painted

    def touch(self, patch: Patch) -> None:
        """Afterwards the working slices under the patch are ready to be painted on."""
        for index in self._working_slices(patch):
            if index not in self._before:
                self._before[index] = self._working_slice(index).copy()
                self._prepare(index)

    def paint(self, patch: Patch, value: int, paintable: NDArray[np.bool_]) -> None:
        """Afterwards the patch's voxels hold ``value`` where ``paintable`` (by old value, shape (256,)) lets them."""
        self.touch(patch)
        region = self._view.slice_of(self._label_map.voxels, self._index)[patch.box]
        wanted = patch.mask & (region != value)
        allowed = wanted & paintable[region]
        self.refused.update(int(v) for v in np.unique(region[wanted & ~allowed]))
        self.has_painted |= bool(allowed.any())
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

    def _working_slices(self, patch: Patch) -> list[int]:
        view, shape = self._view, self._label_map.geometry.shape
        if self._axis == view.axis:
            return [self._index]
        along_rows = self._axis == view.rows
        hit = np.flatnonzero(patch.mask.any(axis=1 if along_rows else 0))
        shown = hit + (patch.row if along_rows else patch.column)
        flipped = view.flip_rows if along_rows else view.flip_columns
        return [int(shape[self._axis] - 1 - i if flipped else i) for i in shown]
