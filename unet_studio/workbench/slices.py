"""The working slices of a case: their labels, how far the work on each is, and the proposals beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from unet_studio.image.plane import PlaneView, plane_view, working_plane
from unet_studio.image.volume import Index
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.stroke import Stroke

OPEN_STATES = (SliceState.UNTOUCHED, SliceState.PREDICTED)  # what a prediction may change


class Slices:
    """Labels are (row, column), the way up a working slice is shown."""

    def __init__(
        self,
        case: Case,
        label_map: LabelMap,
        palette: Palette,
        *,
        states: Mapping[int, SliceState],
        proposals: Mapping[int, Proposal],
    ) -> None:
        self.axis = case.axis
        self.label_map = label_map
        self.view: PlaneView = plane_view(label_map.geometry, working_plane(label_map.geometry))
        assert self.view.axis == self.axis
        self.proposals = dict(proposals)
        self.states = dict(states) | {i: SliceState.PREDICTED for i in proposals if i not in states}
        self._palette = palette

    def state(self, index: int) -> SliceState:
        """How far the work on a slice is."""
        return self.states.get(index, SliceState.UNTOUCHED)

    def proposal(self, index: int) -> Proposal | None:
        """The proposal that waits beside a slice."""
        return self.proposals.get(index) if self.state(index) is SliceState.PREDICTED else None

    def labels(self, index: int) -> Labels:
        """The labels of a slice: a view."""
        shown: Labels = self.view.slice_of(self.label_map.voxels, index)
        return shown

    def unlocked(self, index: int, labels: Labels) -> Labels:
        """``labels`` where they are of known classes and nothing is locked, else what the slice holds: a copy."""
        now = self.labels(index)
        locked = [c.value for c in self._palette.classes if c.is_locked]
        unlocked = [0, *(c.value for c in self._palette.classes if not c.is_locked)]
        return np.where(np.isin(labels, unlocked) & ~np.isin(now, locked), labels, now)

    def seen(self) -> Labels:
        """A copy of all labels (z, y, x) with the proposals laid over them."""
        seen = self.label_map.voxels.copy()
        for index in self.proposals:
            if (proposal := self.proposal(index)) is not None:
                self.view.slice_of(seen, index)[...] = self.unlocked(index, proposal.labels)
        return seen

    def value_at(self, voxel: Index) -> int:
        """What ``seen`` holds at a voxel."""
        shape = self.label_map.geometry.shape
        index, row, column = self.view.pixel_of(shape, voxel)
        proposal = self.proposal(index)
        labels = self.labels(index) if proposal is None else self.unlocked(index, proposal.labels)
        return int(labels[row, column])

    def guarded(self) -> frozenset[int]:
        """The reviewed slices, until the user said once that they may be changed."""
        if self._palette.may_change_reviewed:
            return frozenset()
        return frozenset(i for i, state in self.states.items() if state is SliceState.REVIEWED)

    def stroke(self, view: PlaneView, index: int) -> Stroke:
        """A stroke on a slice of any plane, which takes over the proposals of the slices it touches."""
        return Stroke(self.label_map, view, index, axis=self.axis, prepare=self._take_over, guarded=self.guarded())

    def covered(self, slices: Mapping[int, Labels]) -> Stroke:
        """Afterwards these slices hold these labels, but for locked ones; the stroke that did it."""
        stroke = Stroke(self.label_map, self.view, 0, axis=self.axis, prepare=lambda _: None)
        for index, labels in slices.items():
            stroke.cover(index, self.unlocked(index, labels))
        return stroke

    def edited(self, indices: Iterable[int]) -> dict[int, tuple[SliceState, SliceState]]:
        """What changes when these slices count as edited."""
        return {i: (self.state(i), SliceState.EDITED) for i in indices if self.state(i) is not SliceState.EDITED}

    def travel(self, change: Change) -> Change:
        """Afterwards ``change`` is done, with the states it truly led to; one that leads back to untouched shows its proposal."""
        if change.edit is not None:
            change.edit.apply(self.label_map)
        beside = {i: pair for i, pair in change.proposals.items() if _same(self.proposals.get(i), pair[0])}
        for index, (_, laid) in beside.items():  # one that a network laid there since stays
            if laid is None:
                del self.proposals[index]
            else:
                self.proposals[index] = laid
        states = {}
        for index, (_, after) in change.states.items():
            shown = after is SliceState.UNTOUCHED and index in self.proposals
            states[index] = (self.state(index), SliceState.PREDICTED if shown else after)
        self.set_states(states)
        return replace(change, states=states, proposals=beside)

    def set_states(self, states: Mapping[int, tuple[SliceState, SliceState]]) -> None:
        """Afterwards each slice has the state it changes to."""
        self.states.update({index: after for index, (_, after) in states.items()})

    def copies(self, change: Change) -> dict[int, Labels]:
        """The slices that a change touches as they are now, the two other array axes in their order."""
        indices: Iterable[int] = change.edit.indices(self.axis) if change.edit else ()
        return {i: self.label_map.voxels[(slice(None),) * self.axis + (i,)].copy() for i in indices}

    def propose(self, proposals: Iterable[Proposal]) -> dict[int, SliceState]:
        """Afterwards these lie beside the slices that a prediction may change; the states of those."""
        taken = {p.index: p for p in proposals if self.state(p.index) in OPEN_STATES}
        states = dict.fromkeys(taken, SliceState.PREDICTED)
        self.proposals.update(taken)
        self.states.update(states)
        return states

    def proposing(self, name: str, proposals: Iterable[Proposal]) -> Change:
        """The action that lays these beside the slices that a prediction may change."""
        taken = {p.index: p for p in proposals if self.state(p.index) in OPEN_STATES}
        states = {i: (self.state(i), SliceState.PREDICTED) for i in taken if self.state(i) is SliceState.UNTOUCHED}
        return Change(name, None, states, (), {i: (self.proposals.get(i), p) for i, p in taken.items()})

    def _take_over(self, index: int) -> None:
        if (proposal := self.proposal(index)) is not None:
            self.labels(index)[...] = self.unlocked(index, proposal.labels)


def _same(one: Proposal | None, other: Proposal | None) -> bool:
    """Whether both are the same proposal; one that was saved and read again is."""
    if one is None or other is None:
        return one is other
    return one.checkpoint_id == other.checkpoint_id and np.array_equal(one.labels, other.labels)
