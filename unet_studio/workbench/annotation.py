"""What is drawn on the open case: the verbs that change its labels, each one action that can be undone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Index
from unet_studio.labels.brush import Mask, Patch, PixelPoint
from unet_studio.labels.classes import Classes, class_changes, with_changes
from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.labels.shapes import connected
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.workbench.boxes import Box as Box
from unet_studio.workbench.boxes import changed_rectangle as changed_rectangle
from unet_studio.workbench.boxes import joined_boxes, slices_box
from unet_studio.workbench.event import Event
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.pen import Limit, Pen, Verb, deed_name
from unet_studio.workbench.refusal import LOOK_ONLY, OUT_OF_RANGE, REVIEWED, UNLIKE, Refusal, objection, refusal
from unet_studio.workbench.slices import Slices
from unet_studio.workbench.stroke import Stroke
from unet_studio.workbench.tally import Counts, count, recounted


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be remembered of one action: ``slices`` are copies of the working slices as they are after it."""

    kind: Literal["do", "undo", "redo"]
    change: Change
    slices: Mapping[int, Labels]


class Annotation:
    """The labels of one case. ``record`` is given every action once it is done, to be saved.

    ``changed`` tells which voxels changed, ``states_changed`` of slice states and proposals, ``history_changed`` of undo
    and redo, ``told`` a sentence for the user, ``refused`` why an action had no effect.
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
        self.refused: Event[[Refusal]] = Event()
        self._slices = Slices(case, label_map, palette, states=states, proposals=proposals)
        self.view, self.states, self.proposals = self._slices.view, self._slices.states, self._slices.proposals
        self._palette = palette
        self._record = record
        self._pen: Pen | None = None

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

    def seen(self) -> Labels:
        """A copy of the labels (z, y, x) with the proposals over them, as far as these would be accepted."""
        return self._slices.seen()

    def value_at(self, voxel: Index) -> int:
        """What ``seen`` holds at a voxel (z, y, x)."""
        return self._slices.value_at(voxel)

    # ---- drawing

    def begin_stroke(
        self, view: PlaneView, index: int, point: PixelPoint, *, erase: bool, limit: Limit | None = None, share: float = 1.0
    ) -> bool:  # fmt: skip
        """Afterwards a stroke has begun at ``point`` of a slice of any plane; False, and refused, where it can't.

        ``share`` is how much of the brush's radius a pen's pressure makes.
        """
        if not self._may_begin(objection(self._palette, erase=erase)):
            return False
        if view.axis == self.case.axis and index in self._slices.guarded():
            self.refused(REVIEWED)
            return False
        value, name = self._ink(erase=erase, verb="paint")
        stroke, geometry = self._slices.stroke(view, index), self.label_map.geometry
        self._pen = Pen(stroke, view, geometry, index=index, point=point, value=value, name=name, limit=limit)
        self.extend_stroke(point, share=share)
        return True

    def extend_stroke(self, point: PixelPoint, *, share: float = 1.0) -> None:
        """Afterwards the stroke reaches to ``point``, without gaps however far that is."""
        if (pen := self._pen) is None:
            return
        known = pen.stroke.count
        boxes = pen.reach(point, self._palette.brush, self._palette.paintable(erase=pen.value == 0), share=share)
        if pen.stroke.count != known:  # a proposal may have been taken over
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, pen.stroke.touched))
        elif boxes:
            self.changed(joined_boxes(boxes))

    def end_stroke(self) -> None:
        """Afterwards the stroke is one action that can be undone; told why where it changed nothing."""
        if (pen := self._pen) is not None:
            self._pen = None
            if pen.is_kept_out:
                self._take_back(pen.stroke)
                self.refused(UNLIKE if pen.limit is not None and pen.limit.is_connected else OUT_OF_RANGE)
            else:
                self._finish(pen.stroke, pen.name)

    def cancel_stroke(self) -> None:
        """Afterwards the labels are as before the stroke now in hand."""
        if (pen := self._pen) is not None:
            self._pen = None
            self._take_back(pen.stroke)

    def fill(self, view: PlaneView, index: int, row: int, column: int, *, erase: bool) -> None:
        """Afterwards the connected area of one label under (row, column) of a slice of any plane holds the class in hand."""
        if not self._may_begin(objection(self._palette, erase=erase)):
            return
        value, title = self._ink(erase=erase, verb="fill")
        labels: Labels = view.slice_of(self.label_map.voxels, index)
        stroke = self._slices.stroke(view, index)
        whole = view.axis == self.case.axis
        area: Mask = np.ones(labels.shape, np.bool_) if whole else connected(labels, row, column)
        stroke.touch(Patch(0, 0, area))  # the area that is seen: with the proposals now taken over
        stroke.paint(Patch(0, 0, area & connected(labels, row, column)), value, self._palette.paintable(erase=erase))
        self._finish(stroke, title)

    def fill_patch(self, view: PlaneView, index: int, patch: Patch, *, erase: bool, verb: Verb) -> None:
        """Afterwards the patch on a slice of any plane holds the class in hand; undo is called after ``verb``."""
        self.fill_patches(view, {index: patch}, erase=erase, verb=verb)

    def fill_patches(self, view: PlaneView, patches: Mapping[int, Patch], *, erase: bool, verb: Verb) -> None:
        """Afterwards these patches, by slice of any plane, hold the class in hand: one action, called after ``verb``."""
        if not patches or not self._may_begin(objection(self._palette, erase=erase)):
            return
        value, title = self._ink(erase=erase, verb=verb)
        stroke, paintable = self._slices.stroke(view, min(patches)), self._palette.paintable(erase=erase)
        for index, patch in patches.items():
            stroke.paint(patch, value, paintable, index=index)
        self._finish(stroke, title)

    # ---- whole slices

    def replace_slice(self, name: str, index: int, labels: Labels) -> None:
        """Afterwards a working slice holds ``labels`` (row, column), but for locked labels; one action under ``name``.

        Told where locked labels are all that keeps it from changing.
        """
        self.end_stroke()
        now = self.labels(index)
        if self.proposal(index) is None and np.array_equal(self._slices.unlocked(index, labels), now):
            if not np.array_equal(labels, now):
                self.refused(refusal(self._palette, {int(v) for v in np.unique([now, labels])}))
            return
        if index in self._slices.guarded():
            self.refused(REVIEWED)
            return
        self._replace(name, {index: labels}, SliceState.EDITED)

    def replace_slices(self, name: str, slices: Mapping[int, Labels], *, classes: Classes | None = None) -> None:
        """Afterwards these working slices hold these labels (row, column), but for locked ones; one action under ``name``.

        ``classes`` are the project's label classes afterwards, in the same action; None leaves them as they are.
        """
        self.end_stroke()
        self._replace(name, slices, SliceState.EDITED, classes=classes)

    def reshape(self, name: str, slices: Mapping[int, Labels], *, classes: Classes | None = None) -> bool:
        """As ``replace_slices``; False, and refused, where one of them is reviewed and may not be changed."""
        self.end_stroke()
        if self.is_read_only or self._slices.guarded() & set(slices):
            self.refused(LOOK_ONLY if self.is_read_only else REVIEWED)
            return False
        self._replace(name, slices, SliceState.EDITED, classes=classes)
        return True

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

    def change_classes(self, name: str, classes: Classes, *, edit: LabelEdit | None = None) -> None:
        """Afterwards these are the project's label classes and ``edit`` is done: one action, or none without either."""
        changes = class_changes(self._palette.classes, classes)
        if (changes or edit is not None) and self._may_begin():
            if edit is not None:
                edit.apply(self.label_map)
                self.changed(edit.box)
            self._done(Change(name, edit, {}, changes))
            self._palette.set_classes(classes)

    # ---- proposals and history

    def propose(self, proposals: Iterable[Proposal]) -> dict[int, SliceState]:
        """Afterwards these lie beside the labels of untouched and predicted slices; the new states, for saving.

        Edited and reviewed slices are left alone.
        """
        states = self._slices.propose(proposals)
        if states:
            self.states_changed()
        return states

    def propose_as(self, name: str, proposals: Iterable[Proposal]) -> int:
        """As ``propose``, but one action of the user's under ``name``; on how many slices."""
        change = self._slices.proposing(name, proposals)
        if not change.proposals or not self._may_begin():
            return 0
        self._done(self._slices.travel(change))
        return len(change.proposals)

    def undo(self) -> None:
        """Afterwards the last action is taken back, if there is one."""
        self.travel(-1)

    def redo(self) -> None:
        """Afterwards the action last taken back is done again, if there is one."""
        self.travel(1)

    def travel(self, steps: int) -> None:
        """Afterwards so many actions are done again, or, where negative, taken back: told of once, saved one by one."""
        if not self._may_begin():
            return
        boxes: list[Box] = []
        has_states = has_moved = False
        for _ in range(abs(steps)):
            change = self.history.undo() if steps < 0 else self.history.redo()
            if change is None:
                break
            change = self._slices.travel(change)
            if change.edit is not None:
                boxes.append(change.edit.box)
            if change.classes:
                self._palette.set_classes(with_changes(self._palette.classes, change.classes))
            self._keep("undo" if steps < 0 else "redo", change)
            has_states, has_moved = has_states or bool(change.states or change.proposals), True
        if boxes:
            self.changed(joined_boxes(boxes))
        if has_states:
            self.states_changed()
        if has_moved:
            self.history_changed()

    # ---- inside

    def _ink(self, *, erase: bool, verb: Verb) -> tuple[int, str]:
        """The value that is to be painted, and the name under which."""
        current = self._palette.current
        label = None if erase else current
        return (0, deed_name(verb, None)) if label is None else (label.value, deed_name(verb, label.name))

    def _may_begin(self, why: Refusal | None = None) -> bool:
        """Afterwards no stroke is in hand; whether an action may begin, refused where not."""
        self.end_stroke()
        why = LOOK_ONLY if self.is_read_only else why
        if why is not None:
            self.refused(why)
        return why is None

    def _replace(
        self, name: str, slices: Mapping[int, Labels], state: SliceState, *, classes: Classes | None = None
    ) -> None:
        changes = class_changes(self._palette.classes, classes) if classes is not None else ()
        if not (slices or changes) or not self._may_begin():
            return
        if classes is not None:
            self._palette.set_classes(classes)
        edit = self._slices.covered(slices).edit(name)
        states = {i: (self.state(i), state) for i in slices if self.state(i) is not state}
        if edit is not None or states or changes:
            self._done(Change(name, edit, states, changes))
        if slices and (edit is not None or states):
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, slices))

    def _finish(self, stroke: Stroke, name: str) -> None:
        """Makes an action of what a stroke did, or takes it back where it met nothing but refusals."""
        if stroke.is_refused:
            self._take_back(stroke)
            self.refused(refusal(self._palette, stroke.refused) if stroke.refused else REVIEWED)
        elif (edit := stroke.edit(name)) is not None:
            self._done(Change(name, edit, self._slices.edited(stroke.changed)))
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, stroke.touched))

    def _take_back(self, stroke: Stroke) -> None:
        stroke.restore()
        if stroke.touched:
            self.changed(slices_box(self.label_map.geometry.shape, self.case.axis, stroke.touched))

    def _done(self, change: Change) -> None:
        self._slices.set_states(change.states)
        self.history.push(change)
        self._tell("do", change)

    def _tell(self, kind: Literal["do", "undo", "redo"], change: Change) -> None:
        self._keep(kind, change)
        if change.states or change.proposals:
            self.states_changed()
        self.history_changed()

    def _keep(self, kind: Literal["do", "undo", "redo"], change: Change) -> None:
        if change.edit is not None:
            self.counts = recounted(self.counts, change.edit)
        self._record(Deed(kind, change, self._slices.copies(change)))
