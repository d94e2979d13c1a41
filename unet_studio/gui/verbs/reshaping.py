"""The Segment menu: an operation is chosen, previewed on the canvas, and applied or dropped."""

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QTimer

from unet_studio.gui.canvas import Canvas
from unet_studio.gui.change_preview import ChangePreviews
from unet_studio.gui.first_names import label_name
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.panels.network import clock_text
from unet_studio.gui.panels.reshape import NEW_LABEL, PREFIX
from unet_studio.gui.readout import Readout
from unet_studio.gui.voxel_picker import VoxelPicker
from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Index
from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import LabelClass, Labels, usual_colour
from unet_studio.labels.likeness import Range
from unet_studio.progress import Progress
from unet_studio.project.records import Proposal
from unet_studio.segmentation.threshold import otsu_threshold
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.jobs import Post
from unet_studio.workbench.latest import Latest
from unet_studio.workbench.reshaping import WITH_CLICK, WITH_OTHER, Kind, Subject, Wish, reshaped, slices_after
from unet_studio.workbench.slices import OPEN_STATES
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
KINDS: tuple[Kind, ...] = get_args(Kind)
PAUSE_MS = 120  # after the last change of an amount, before the preview is worked out anew
MOST_ISLANDS = 16


class ReshapingVerbs:
    """Keeps the preview true to what is chosen, what is drawn and which slice is looked at, while the bar is open."""

    def __init__(self, window: MainWindow, workbench: Workbench, post: Post) -> None:
        self._window = window
        self._workbench = workbench
        self._panel = window.reshape
        self._reshaping: Latest[LabelEdit | None] = Latest("reshaping", post)
        self._previews = ChangePreviews()
        self._picker = VoxelPicker()
        self._island: tuple[Index, PlaneView, int] | None = None  # the voxel clicked, and on which slice
        self._found: tuple[Subject, LabelEdit] | None = None
        self._annotation: Annotation | None = None  # the one the bar was opened for
        self._ranged: Annotation | None = None  # the one whose range threshold has
        self._applies = False
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._work_out)
        self._add_canvas(window.canvas)
        window.views.added.connect(self._add_canvas)
        self._picker.picked.connect(self._pick)
        self._panel.wished.connect(self._ask)
        self._panel.applied.connect(self._apply)
        self._panel.dropped.connect(self.close_bar)
        workbench.viewport.moved.connect(self._ask)
        workbench.palette.changed.connect(self._reopen)
        workbench.palette.classes_changed.connect(self._reopen)
        workbench.case_changed.connect(self.close_bar)

    @property
    def is_working(self) -> bool:
        """Whether the preview is not yet what was asked for last."""
        return self._timer.isActive() or self._reshaping.is_busy

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {f"{PREFIX}{kind}": partial(self.open_bar, kind) for kind in KINDS}

    def guarded(self, verbs: Verbs) -> Verbs:
        """Those of ``verbs`` whose key is the bar's while it is open, wherever the focus is: Enter reviews no slice then."""

        def review() -> None:
            if self._panel.isVisible():
                self._panel.end(is_applied=True)
            else:
                verbs["review"]()

        return {"review": review}

    def open_bar(self, kind: Kind) -> None:
        """Afterwards the bar is open with that operation, and its preview is being worked out."""
        annotation, volume, palette = (
            self._workbench.annotation,
            self._workbench.viewport.volume,
            self._workbench.palette,
        )
        if annotation is None or volume is None:
            return
        if (current := palette.current) is None:
            self._workbench.told(_tr("There is no label to reshape. Add one in the list of labels first."))
            return
        annotation.end_stroke()
        if not self._panel.isVisible():
            self._island = None
        if annotation is not self._annotation:
            if self._annotation is not None:
                self._annotation.changed.disconnect(self._drawn)
            self._annotation = annotation
            annotation.changed.connect(self._drawn)
        geometry = volume.geometry
        self._panel.open(
            kind, label=current.name, others=[c for c in palette.classes if c is not current],
            unit="mm" if geometry.has_spacing else "px", step=round(max(0.1, min(geometry.spacing_mm)), 1),
        )  # fmt: skip
        self._work_out()

    def close_bar(self) -> None:
        """Afterwards the bar is gone and nothing of its preview was done."""
        self._timer.stop()
        self._reshaping.cancel()
        self._found = None
        self._previews.show_edit(None)
        self._picker.switch(is_on=False)
        if self._annotation is not None:
            self._annotation.changed.disconnect(self._drawn)
            self._annotation = None
        if self._panel.isVisible():
            self._panel.hide()
            self._window.canvas.setFocus()

    def close(self) -> None:
        """Afterwards nothing is being worked out any more."""
        self._reshaping.close()

    # ---- inside

    def _reopen(self) -> None:
        """Another label is in hand, or labels were locked, hidden or named."""
        if self._panel.isVisible() and not self._applies and self._workbench.annotation is self._annotation:
            if self._island is not None and self._annotation is not None:
                is_meant = self._annotation.value_at(self._island[0]) == self._workbench.palette.value
                self._island = self._island if is_meant else None
            self.open_bar(self._panel.kind)

    def _add_canvas(self, canvas: Canvas) -> None:
        canvas.installEventFilter(self._panel)
        self._previews.add(canvas.surface)
        self._picker.watch(canvas)

    def _pick(self, readout: Readout, canvas: Canvas) -> None:
        """The island under the pointer is meant; its label is in hand afterwards."""
        if self._annotation is not None and (value := self._annotation.value_at(readout.voxel)):
            self._island = (readout.voxel, canvas.viewport.view, canvas.viewport.index)
            self._workbench.palette.choose(value)
        else:
            self._workbench.told(_tr("There is no label here. Click on one of the islands."))

    def _drawn(self, _: object) -> None:
        if not self._applies:
            self._ask()

    def _ask(self) -> None:
        """Afterwards the preview is worked out anew in a moment; the one seen no longer holds."""
        if self._panel.isVisible():
            self._found = None
            self._panel.show_busy(None, _tr("Working out the preview…"))
            self._timer.start()

    def _work_out(self) -> None:
        self._timer.stop()
        if self._annotation is None or self._workbench.viewport.volume is None:
            return
        if self._panel.kind == "threshold" and self._ranged is not self._annotation:
            self._ranged = self._annotation
            self._begin_range(self._workbench.viewport.volume.voxels)
        wish = self._wish()
        self._picker.switch(is_on=wish.kind in WITH_CLICK)
        if lacks := self._what_lacks(wish):
            self._reshaping.cancel()
            self._show_nothing(lacks)
            return
        subject = self._subject(self._annotation)
        self._panel.show_busy(None, _tr("Working out the preview…"))
        steps = partial(reshaped, subject, wish)
        self._reshaping.ask(steps, done=partial(self._show, subject), progressed=self._show_progress)

    def _begin_range(self, voxels: NDArray[Any]) -> None:
        """Afterwards threshold takes what is brighter than the scan's Otsu threshold."""
        finite = voxels[np.isfinite(voxels)] if voxels.dtype.kind == "f" else voxels
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        self._panel.show_range(Range(otsu_threshold(voxels), high), lowest=low, highest=high)

    def _subject(self, annotation: Annotation) -> Subject:
        volume, palette = self._workbench.viewport.volume, self._workbench.palette
        assert volume is not None
        locked = [
            c.value for c in palette.classes if c.is_locked or (palette.brush.protects_hidden and not c.is_visible)
        ]
        may_clear = np.ones(256, np.bool_)
        may_clear[locked] = False
        indices = range(annotation.case.slices)
        return Subject(
            annotation.seen(), volume.voxels, volume.geometry.spacing_mm, may_clear, palette.paintable(),
            annotation.case.axis, frozenset(i for i in indices if annotation.state(i) in OPEN_STATES),
        )  # fmt: skip

    def _wish(self) -> Wish:
        panel, viewport, palette = self._panel, self._workbench.viewport, self._workbench.palette
        taken = {c.value for c in palette.classes}
        fresh = tuple(v for v in range(1, 256) if v not in taken)[:MOST_ISLANDS]
        seed, view, index = self._island or (None, viewport.view, viewport.index)
        if panel.kind not in WITH_CLICK:
            seed, view, index = None, viewport.view, viewport.index
        other = (fresh or (0,))[0] if panel.other == NEW_LABEL else panel.other
        return Wish(
            panel.kind, palette.value, None if panel.is_volume else view, index, amount_mm=panel.amount_mm,
            least=panel.least, other=other, range=panel.range, fresh=fresh, seed=seed,
        )  # fmt: skip

    def _what_lacks(self, wish: Wish) -> str:
        """What the user has to do before there is anything to work out; "" where nothing."""
        if wish.kind in WITH_OTHER and not wish.other:
            return _tr("There is no second label. Add one in the list of labels first.")
        if wish.kind in WITH_CLICK and wish.seed is None:
            return _tr("Click on the island.")
        return ""

    def _show_progress(self, progress: Progress) -> None:
        fraction, left = progress.fraction or 0.0, self._reshaping.seconds_left
        percent = f"{fraction:.0%}"
        if left is None:
            text = _tr("Working out the preview… {percent}").format(percent=percent)
        else:
            text = _tr("Working out the preview… {percent}, {time} left").format(percent=percent, time=clock_text(left))
        self._panel.show_busy(fraction, text)

    def _show_nothing(self, why: str) -> None:
        self._found = None
        self._previews.show_edit(None)
        self._panel.show_result(why, may_apply=False)

    def _show(self, subject: Subject, edit: LabelEdit | None) -> None:
        if edit is None:
            current = self._workbench.palette.current
            if current is not None and current.is_locked:
                self._show_nothing(_tr("“{name}” is locked, so nothing would change.").format(name=current.name))
            else:
                self._show_nothing(_tr("Nothing would change."))
            return
        self._found = (subject, edit)
        self._previews.show_edit(edit)
        changed = edit.before != edit.after
        lost = int((changed & (edit.after == 0)).sum())
        text = _tr("+{added} −{lost} voxels").format(added=f"{int(changed.sum()) - lost:,}", lost=f"{lost:,}")
        self._panel.show_result(text, may_apply=True)

    def _apply(self) -> None:
        if self._found is None or (annotation := self._annotation) is None:
            return
        subject, edit = self._found
        slices = slices_after(annotation, subject, edit)
        if self._panel.kind == "between":
            self._propose(annotation, slices)
            self.close_bar()
            return
        self._applies = True
        is_done = annotation.reshape(edit.name, slices, classes=self._classes_with(slices))
        self._applies = False
        if is_done:
            self.close_bar()

    def _classes_with(self, slices: dict[int, Labels]) -> tuple[LabelClass, ...]:
        """The label classes, and one for every value that islands got."""
        classes = self._workbench.palette.classes
        values = {int(v) for labels in slices.values() for v in np.unique(labels)} - {0} - {c.value for c in classes}
        return (*classes, *(LabelClass(v, label_name(v), usual_colour(v - 1)) for v in sorted(values)))

    def _propose(self, annotation: Annotation, slices: dict[int, Labels]) -> None:
        proposals = [Proposal(index, labels, 0.5, None) for index, labels in slices.items()]
        if n := annotation.propose_as(Sentence("Fill between slices"), proposals):
            self._workbench.told(_tr("Proposed on {n} slices. A accepts one, Ctrl+Shift+A all.").format(n=n))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReshapingVerbs", text)
