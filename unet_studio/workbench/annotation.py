"""What is drawn on the open case: its label map, slice states, proposals and history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from unet_studio.image.plane import PlaneView, plane_view, working_plane
from unet_studio.labels.brush import Patch, PixelPoint, capsule
from unet_studio.labels.edit import edit_between
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.labels.shapes import connected
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.workbench.event import Event
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.stroke import Stroke

Box = tuple[slice, slice, slice]  # of the label map, (z, y, x)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be remembered of one action: ``slices`` are copies of the working slices as they are after it."""

    kind: Literal["do", "undo", "redo"]
    change: Change
    slices: Mapping[int, Labels]


class Annotation:
    """The labels of one case. ``record`` is given every action once it is done, to be saved.

    ``changed`` tells which voxels changed, ``states_changed`` of slice states and proposals, ``history_changed`` of undo
    and redo, ``told`` a sentence for the user, such as why nothing was painted.
    """

    def __init__(
        self,
        case: Case,
        label_map: LabelMap,
        palette: Palette,
        *,
        states: Mapping[int, SliceState],
        proposals: Mapping[int, Proposal],
        history: History[Change],
        record: Callable[[Deed], None],
    ) -> None:
        self.case = case
        self.label_map = label_map
        self.view: PlaneView = plane_view(label_map.geometry, working_plane(label_map.geometry))
        assert self.view.axis == case.axis
        self.states = dict(states)
        self.proposals = dict(proposals)
        self.history = history
        self.changed: Event[[Box]] = Event()
        self.states_changed: Event[[]] = Event()
        self.history_changed: Event[[]] = Event()
        self.told: Event[[str]] = Event()
        self._palette = palette
        self._record = record
        self._stroke: _StrokeInHand | None = None

    def state(self, index: int) -> SliceState:
        """How far the work on a working slice is."""
        return self.states.get(index, SliceState.UNTOUCHED)

    def proposal(self, index: int) -> Proposal | None:
        """The proposal to show on a working slice: None once it was accepted or painted over, until a newer one comes."""
        return self.proposals.get(index) if self.state(index) is SliceState.PREDICTED else None

    def labels(self, index: int) -> Labels:
        """The labels of a working slice (row, column), the way up it is shown: a view."""
        shown: Labels = self.view.slice_of(self.label_map.voxels, index)
        return shown

    # ---- drawing

    def begin_stroke(self, view: PlaneView, index: int, point: PixelPoint, *, erase: bool) -> bool:
        """Afterwards a stroke has begun at ``point`` of a slice of any plane; False, and told why, where it can't."""
        current = self._palette.current
        if self._stroke is not None:
            self.end_stroke()
        if not erase and current is None:
            self.told("There is no label to paint with. Add one in the list of labels first.")
            return False
        if not erase and current is not None and not current.is_visible:
            self.told(f"“{current.name}” is hidden, so painting it would not be seen. Show it first.")
            return False
        stroke = Stroke(self.label_map, view, index, axis=self.case.axis, prepare=self._take_over)
        value = 0 if erase or current is None else current.value
        name = "Erase" if value == 0 or current is None else f"Paint {current.name}"
        self._stroke = _StrokeInHand(stroke, view, index, value, name, point)
        self._dab(point, point)
        return True

    def extend_stroke(self, point: PixelPoint) -> None:
        """Afterwards the stroke reaches to ``point``, without gaps however far that is."""
        if self._stroke is not None:
            last, self._stroke.last = self._stroke.last, point
            self._dab(last, point)

    def end_stroke(self) -> None:
        """Afterwards the stroke is one action that can be undone; told why where it changed nothing."""
        if (hand := self._stroke) is None:
            return
        self._stroke = None
        edit = hand.stroke.edit(hand.name)
        if edit is not None:
            self._done(Change(hand.name, edit, self._edited(edit.indices(self.case.axis))))
            return
        names = [c.name for c in self._palette.classes if c.value in hand.stroke.refused]
        if names:
            locked = [c.name for c in self._palette.classes if c.value in hand.stroke.refused and c.is_locked]
            why = f"“{locked[0]}” is locked" if locked else "only background may be painted over"
            self.told(f"Nothing was changed: {why}.")

    def cancel_stroke(self) -> None:
        """Afterwards the labels are as before the stroke now in hand."""
        if (hand := self._stroke) is not None:
            self._stroke = None
            hand.stroke.restore()
            self._tell_slices(hand.stroke.touched)

    def fill(self, view: PlaneView, index: int, row: int, column: int, *, erase: bool) -> None:
        """Afterwards the connected area of one label under (row, column) of a slice of any plane holds the class in hand."""
        current = self._palette.current
        if not erase and current is None:
            self.told("There is no label to fill with. Add one in the list of labels first.")
            return
        labels: Labels = view.slice_of(self.label_map.voxels, index)
        if view.axis == self.case.axis and (proposal := self.proposal(index)) is not None:
            labels = proposal.labels
        area = connected(labels, row, column)
        stroke = Stroke(self.label_map, view, index, axis=self.case.axis, prepare=self._take_over)
        value = 0 if erase or current is None else current.value
        stroke.paint(Patch(0, 0, area), value, self._palette.paintable())
        name = "Clear area" if value == 0 or current is None else f"Fill {current.name}"
        edit = stroke.edit(name)
        self._tell_slices(stroke.touched)
        if edit is not None:
            self._done(Change(name, edit, self._edited(edit.indices(self.case.axis))))
        elif stroke.refused:
            self.told("Nothing was filled: the label there is locked, or only background may be painted over.")

    # ---- whole slices

    def replace_slice(self, name: str, index: int, labels: Labels) -> None:
        """Afterwards a working slice holds ``labels`` (row, column), but for locked labels; one action under ``name``."""
        self._replace(name, {index: labels}, SliceState.EDITED)

    def accept(self, indices: Iterable[int]) -> None:
        """Afterwards the proposals of these slices are their labels, but for locked ones; the slices count as edited."""
        shown = {i: p.labels for i in indices if (p := self.proposal(i)) is not None}
        name = f"Accept slice {min(shown) + 1}" if len(shown) == 1 else f"Accept {len(shown)} slices"
        self._replace(name, shown, SliceState.EDITED)

    def review(self, index: int) -> None:
        """Afterwards the slice is reviewed, its proposal accepted first if one is shown. It trains from now on."""
        proposal = self.proposal(index)
        shown = {index: proposal.labels if proposal else self.labels(index).copy()}
        self._replace(f"Review slice {index + 1}", shown, SliceState.REVIEWED)

    def unreview(self, index: int) -> None:
        """Afterwards a reviewed slice counts as edited only, and no longer trains."""
        if self.state(index) is SliceState.REVIEWED:
            self._replace(f"Reopen slice {index + 1}", {index: self.labels(index).copy()}, SliceState.EDITED)

    def remove_value(self, value: int, name: str) -> None:
        """Afterwards no voxel holds ``value``: one action, for when its class is removed."""
        after = np.where(self.label_map.voxels == value, np.uint8(0), self.label_map.voxels)
        edit = edit_between(f"Remove {name}", self.label_map.voxels, after)
        if edit is not None:
            edit.apply(self.label_map)
            self.changed(edit.box)
            self._done(Change(edit.name, edit))

    # ---- proposals and history

    def propose(self, proposals: Iterable[Proposal]) -> dict[int, SliceState]:
        """Afterwards these lie beside the labels of untouched and predicted slices; the new states, for saving.

        Edited and reviewed slices are left alone.
        """
        states: dict[int, SliceState] = {}
        for proposal in proposals:
            if self.state(proposal.index) in (SliceState.UNTOUCHED, SliceState.PREDICTED):
                self.proposals[proposal.index] = proposal
                self.states[proposal.index] = states[proposal.index] = SliceState.PREDICTED
        if states:
            self.states_changed()
        return states

    def undo(self) -> None:
        """Afterwards the last action is taken back, if there is one."""
        self.end_stroke()
        self._travel("undo", self.history.undo())

    def redo(self) -> None:
        """Afterwards the action last taken back is done again, if there is one."""
        self.end_stroke()
        self._travel("redo", self.history.redo())

    # ---- inside

    def _dab(self, start: PixelPoint, end: PixelPoint) -> None:
        hand = self._stroke
        assert hand is not None
        geometry = self.label_map.geometry
        patch = capsule(
            start, end, radius=self._palette.brush.radius, size=hand.view.size(geometry.shape),
            spacing=hand.view.spacing_mm(geometry),
        )  # fmt: skip
        if patch is None:
            return
        known = len(hand.stroke.touched)
        hand.stroke.paint(patch, hand.value, self._palette.paintable())
        if len(hand.stroke.touched) != known:
            self._tell_slices(hand.stroke.touched)  # a proposal may have been taken over
        else:
            self.changed(_voxel_box(hand.view, geometry.shape, hand.index, patch))

    def _take_over(self, index: int) -> None:
        if (proposal := self.proposal(index)) is not None:
            self.labels(index)[...] = self._unlocked(index, proposal.labels)

    def _unlocked(self, index: int, labels: Labels) -> Labels:
        """``labels`` where the slice holds nothing locked, else what it holds; and no new voxels of a locked class."""
        now = self.labels(index)
        locked = [c.value for c in self._palette.classes if c.is_locked]
        keep = np.isin(now, locked) | np.isin(labels, locked)
        return np.where(keep, now, labels)

    def _replace(self, name: str, slices: Mapping[int, Labels], state: SliceState) -> None:
        stroke = Stroke(self.label_map, self.view, 0, axis=self.case.axis, prepare=lambda _: None)
        for index, labels in slices.items():
            stroke.cover(index, self._unlocked(index, labels))
        edit = stroke.edit(name)
        states = {i: (self.state(i), state) for i in slices if self.state(i) is not state}
        if edit is not None or states:
            self._tell_slices(slices)
            self._done(Change(name, edit, states))

    def _edited(self, indices: Iterable[int]) -> dict[int, tuple[SliceState, SliceState]]:
        return {i: (self.state(i), SliceState.EDITED) for i in indices if self.state(i) is not SliceState.EDITED}

    def _done(self, change: Change) -> None:
        self.states.update({i: after for i, (_, after) in change.states.items()})
        self.history.push(change)
        self._record(Deed("do", change, self._copies(change)))
        if change.states:
            self.states_changed()
        self.history_changed()

    def _travel(self, kind: Literal["undo", "redo"], change: Change | None) -> None:
        if change is None:
            return
        if change.edit is not None:
            change.edit.apply(self.label_map)
            self.changed(change.edit.box)
        self.states.update({i: after for i, (_, after) in change.states.items()})
        self._record(Deed(kind, change, self._copies(change)))
        if change.states:
            self.states_changed()
        self.history_changed()

    def _copies(self, change: Change) -> dict[int, Labels]:
        indices: Iterable[int] = change.edit.indices(self.case.axis) if change.edit else ()
        return {i: self.label_map.voxels[(slice(None),) * self.case.axis + (i,)].copy() for i in indices}

    def _tell_slices(self, indices: Iterable[int]) -> None:
        touched = list(indices)
        if touched:
            box = [slice(0, n) for n in self.label_map.geometry.shape]
            box[self.case.axis] = slice(min(touched), max(touched) + 1)
            self.changed((box[0], box[1], box[2]))


@dataclass(slots=True)
class _StrokeInHand:
    stroke: Stroke
    view: PlaneView
    index: int
    value: int
    name: str
    last: PixelPoint


def _voxel_box(view: PlaneView, shape: tuple[int, int, int], index: int, patch: Patch) -> Box:
    rows, columns = patch.box
    corners = [
        view.voxel_at(shape, index, row, column)
        for row, column in ((rows.start, columns.start), (rows.stop - 1, columns.stop - 1))
    ]
    z, y, x = (slice(min(a, b), max(a, b) + 1) for a, b in zip(*corners, strict=True))
    return z, y, x


def changed_rectangle(view: PlaneView, shape: tuple[int, int, int], index: int, box: Box) -> tuple[slice, slice] | None:
    """Which rows and columns of a shown slice a box of changed voxels covers; None where it covers none."""
    if not box[view.axis].start <= index < box[view.axis].stop:
        return None
    first = view.pixel_of(shape, (box[0].start, box[1].start, box[2].start))
    last = view.pixel_of(shape, (box[0].stop - 1, box[1].stop - 1, box[2].stop - 1))
    rows, columns = (slice(min(a, b), max(a, b) + 1) for a, b in zip(first[1:], last[1:], strict=True))
    return rows, columns
