"""What is drawn on the open case: the verbs that change its labels, each one action that can be undone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import Mask, Patch, PixelPoint, capsule, line
from unet_studio.labels.edit import LabelEdit, edit_between
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.labels.shapes import connected
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.workbench.boxes import Box as Box
from unet_studio.workbench.boxes import changed_rectangle as changed_rectangle
from unet_studio.workbench.boxes import patch_box, slices_box
from unet_studio.workbench.event import Event
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.slices import Slices
from unet_studio.workbench.stroke import Stroke
from unet_studio.workbench.tally import Counts, count, recounted

_LOOK_ONLY = "This project is open to look only, so nothing in it can be changed."


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
        is_read_only: bool = False,
        counts: Counts | None = None,
    ) -> None:
        self.case = case
        self.label_map = label_map
        self.history = history
        self.is_read_only = is_read_only
        self.counts = count(label_map.voxels) if counts is None else counts  # voxels by label value
        self.changed: Event[[Box]] = Event()
        self.states_changed: Event[[]] = Event()
        self.history_changed: Event[[]] = Event()
        self.told: Event[[str]] = Event()
        self._slices = Slices(case, label_map, palette, states=states, proposals=proposals)
        self.view, self.states, self.proposals = self._slices.view, self._slices.states, self._slices.proposals
        self._palette = palette
        self._record = record
        self._pen: _Pen | None = None

    def state(self, index: int) -> SliceState:
        """How far the work on a working slice is."""
        return self._slices.state(index)

    def proposal(self, index: int) -> Proposal | None:
        """The proposal to show on a working slice: None once it was accepted or painted over, until a newer one comes."""
        is_taken = self._pen is not None and index in self._pen.stroke.touched
        return None if is_taken else self._slices.proposal(index)

    def labels(self, index: int) -> Labels:
        """The labels of a working slice (row, column), the way up it is shown: a view."""
        return self._slices.labels(index)

    # ---- drawing

    def begin_stroke(self, view: PlaneView, index: int, point: PixelPoint, *, erase: bool) -> bool:
        """Afterwards a stroke has begun at ``point`` of a slice of any plane; False, and told why, where it can't."""
        if not self._may_begin(objection=self._palette.objection(erase=erase)):
            return False
        current = self._palette.current
        value = 0 if erase or current is None else current.value
        name = "Erase" if value == 0 or current is None else f"Paint {current.name}"
        self._pen = _Pen(self._slices.stroke(view, index), view, index, value, name, point)
        self.extend_stroke(point)
        return True

    def extend_stroke(self, point: PixelPoint) -> None:
        """Afterwards the stroke reaches to ``point``, without gaps however far that is."""
        if (pen := self._pen) is None:
            return
        size, spacing = pen.view.size(self.label_map.geometry.shape), pen.view.spacing_mm(self.label_map.geometry)
        radius = self._palette.brush.radius
        patches = [capsule(pen.last, point, radius=radius, size=size, spacing=spacing)]
        if 2 * radius < max(spacing):  # thinner than a pixel: what lies within the radius of the line has gaps
            patches.append(line(pen.last, point, size=size))
        pen.last = point
        for patch in patches:
            if patch is not None:
                self._dab(pen, patch)

    def end_stroke(self) -> None:
        """Afterwards the stroke is one action that can be undone; told why where it changed nothing."""
        if (pen := self._pen) is not None:
            self._pen = None
            self._finish(pen.stroke, pen.name)

    def cancel_stroke(self) -> None:
        """Afterwards the labels are as before the stroke now in hand."""
        if (pen := self._pen) is not None:
            self._pen = None
            self._take_back(pen.stroke)

    def fill(self, view: PlaneView, index: int, row: int, column: int, *, erase: bool) -> None:
        """Afterwards the connected area of one label under (row, column) of a slice of any plane holds the class in hand."""
        if not self._may_begin(objection=self._palette.objection(erase=erase)):
            return
        current = self._palette.current
        value = 0 if erase or current is None else current.value
        labels: Labels = view.slice_of(self.label_map.voxels, index)
        stroke = self._slices.stroke(view, index)
        whole = view.axis == self.case.axis
        area: Mask = np.ones(labels.shape, np.bool_) if whole else connected(labels, row, column)
        stroke.touch(Patch(0, 0, area))  # the area that is seen: with the proposals now taken over
        stroke.paint(Patch(0, 0, area & connected(labels, row, column)), value, self._palette.paintable(erase=erase))
        self._finish(stroke, "Clear area" if value == 0 or current is None else f"Fill {current.name}")

    def fill_patch(self, view: PlaneView, index: int, patch: Patch, *, erase: bool, name: str) -> None:
        """Afterwards the patch on a slice of any plane holds the class in hand; ``name`` is the verb that undo shows."""
        if not self._may_begin(objection=self._palette.objection(erase=erase)):
            return
        current = self._palette.current
        value = 0 if erase or current is None else current.value
        stroke = self._slices.stroke(view, index)
        stroke.paint(patch, value, self._palette.paintable(erase=erase))
        self._finish(stroke, "Clear area" if value == 0 or current is None else f"{name} {current.name}")

    # ---- whole slices

    def replace_slice(self, name: str, index: int, labels: Labels) -> None:
        """Afterwards a working slice holds ``labels`` (row, column), but for locked labels; one action under ``name``.

        Told where locked labels are all that keeps it from changing.
        """
        self.end_stroke()
        now = self.labels(index)
        if self.proposal(index) is None and np.array_equal(self._slices.unlocked(index, labels), now):
            if not np.array_equal(labels, now):
                self.told(self._palette.refusal({int(v) for v in np.unique([now, labels])}))
            return
        self._replace(name, {index: labels}, SliceState.EDITED)

    def replace_slices(self, name: str, slices: Mapping[int, Labels]) -> None:
        """Afterwards these working slices hold these labels (row, column), but for locked ones; one action under ``name``."""
        self.end_stroke()
        self._replace(name, slices, SliceState.EDITED)

    def accept(self, indices: Iterable[int]) -> None:
        """Afterwards the proposals of these slices are their labels, but for locked ones; the slices count as edited."""
        self.end_stroke()
        shown = {i: p.labels for i in indices if (p := self.proposal(i)) is not None}
        name = f"Accept slice {min(shown) + 1}" if len(shown) == 1 else f"Accept {len(shown)} slices"
        self._replace(name, shown, SliceState.EDITED)

    def review(self, index: int) -> None:
        """Afterwards the slice is reviewed, its proposal accepted first if one is shown. It trains from now on."""
        self.end_stroke()
        proposal = self.proposal(index)
        shown = {index: proposal.labels if proposal else self.labels(index).copy()}
        self._replace(f"Review slice {index + 1}", shown, SliceState.REVIEWED)

    def unreview(self, index: int) -> None:
        """Afterwards a reviewed slice counts as edited only, and no longer trains."""
        if self.state(index) is SliceState.REVIEWED:
            self._replace(f"Reopen slice {index + 1}", {index: self.labels(index).copy()}, SliceState.EDITED)

    def remove_value(self, value: int, name: str) -> None:
        """Afterwards no voxel holds ``value``: one action, for when its class is removed. Locked classes are told of instead."""
        if any(c.value == value and c.is_locked for c in self._palette.classes):
            self.told(f"“{name}” is locked. Unlock it to remove it.")
            return
        if not self._may_begin():
            return
        after = np.where(self.label_map.voxels == value, np.uint8(0), self.label_map.voxels)
        edit = edit_between(f"Remove {name}", self.label_map.voxels, after)
        if edit is not None:
            edit.apply(self.label_map)
            self.changed(edit.box)
            self._done(edit.name, edit, {})

    # ---- proposals and history

    def propose(self, proposals: Iterable[Proposal]) -> dict[int, SliceState]:
        """Afterwards these lie beside the labels of untouched and predicted slices; the new states, for saving.

        Edited and reviewed slices are left alone.
        """
        states = self._slices.propose(proposals)
        if states:
            self.states_changed()
        return states

    def undo(self) -> None:
        """Afterwards the last action is taken back, if there is one."""
        if self._may_begin():
            self._travel("undo", self.history.undo())

    def redo(self) -> None:
        """Afterwards the action last taken back is done again, if there is one."""
        if self._may_begin():
            self._travel("redo", self.history.redo())

    # ---- inside

    def _may_begin(self, *, objection: str | None = None) -> bool:
        """Afterwards no stroke is in hand; whether an action may begin, told why not."""
        self.end_stroke()
        why = _LOOK_ONLY if self.is_read_only else objection
        if why is not None:
            self.told(why)
        return why is None

    def _dab(self, pen: "_Pen", patch: Patch) -> None:
        shape, known = self.label_map.geometry.shape, len(pen.stroke.touched)
        pen.stroke.paint(patch, pen.value, self._palette.paintable(erase=pen.value == 0))
        if len(pen.stroke.touched) != known:  # a proposal may have been taken over
            self.changed(slices_box(shape, self.case.axis, pen.stroke.touched))
        else:
            self.changed(patch_box(pen.view, shape, pen.index, patch))

    def _replace(self, name: str, slices: Mapping[int, Labels], state: SliceState) -> None:
        if not slices or not self._may_begin():
            return
        edit = self._slices.covered(slices).edit(name)
        states = {i: (self.state(i), state) for i in slices if self.state(i) is not state}
        if edit is not None or states:
            self._done(name, edit, states)
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, slices))

    def _finish(self, stroke: Stroke, name: str) -> None:
        """Makes an action of what a stroke did, or takes it back where it met nothing but refusals."""
        if stroke.is_refused:
            self._take_back(stroke)
            self.told(self._palette.refusal(stroke.refused))
        elif (edit := stroke.edit(name)) is not None:
            self._done(name, edit, self._slices.edited(stroke.changed))
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, stroke.touched))

    def _take_back(self, stroke: Stroke) -> None:
        stroke.restore()
        if stroke.touched:
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, stroke.touched))

    def _done(self, name: str, edit: LabelEdit | None, states: Mapping[int, tuple[SliceState, SliceState]]) -> None:
        change = Change(name, edit, states)
        self._slices.set_states(states)
        self.history.push(change)
        self._tell("do", change)

    def _travel(self, kind: Literal["undo", "redo"], change: Change | None) -> None:
        if change is not None:
            change = self._slices.travel(change)
            if change.edit is not None:
                self.changed(change.edit.box)
            self._tell(kind, change)

    def _tell(self, kind: Literal["do", "undo", "redo"], change: Change) -> None:
        if change.edit is not None:
            self.counts = recounted(self.counts, change.edit)
        self._record(Deed(kind, change, self._slices.copies(change)))
        if change.states:
            self.states_changed()
        self.history_changed()


@dataclass(slots=True)
class _Pen:
    """The stroke now in hand."""

    stroke: Stroke
    view: PlaneView
    index: int
    value: int
    name: str
    last: PixelPoint
