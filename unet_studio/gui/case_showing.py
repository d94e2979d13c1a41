"""What the window shows of the open case: its slices, its labels and its history."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from unet_studio.gui.language import said
from unet_studio.gui.main_window import MainWindow
from unet_studio.image.plane import Plane, plane_view
from unet_studio.project.records import SliceState
from unet_studio.workbench.itinerary import proposed
from unet_studio.workbench.tally import size_text
from unet_studio.workbench.workbench import Workbench


class CaseShowing:
    """Keeps strip, labels, options and undo of ``window`` true to the case that ``workbench`` has open."""

    def __init__(self, window: MainWindow, workbench: Workbench) -> None:
        self.window = window
        self.workbench = workbench
        workbench.palette.changed.connect(self.show_palette)
        workbench.palette.classes_changed.connect(self.show_palette)
        workbench.viewport.moved.connect(self._show_slice)
        window.views.crosshair.moved.connect(self._show_crosshair)

    def show_case(self) -> None:
        """Another case is open, or none."""
        annotation = self.workbench.annotation
        if annotation is not None:
            annotation.states_changed.connect(self.show_slices)
            annotation.history_changed.connect(self.show_history)
        self.window.canvas.set_annotation(annotation)
        self.show_palette()
        self.show_slices()
        self.show_history()

    def show_slices(self) -> None:
        """Slice states or proposals changed, or other slices are there."""
        annotation = self.workbench.annotation
        if annotation is None:
            self.window.strip.show_states({}, {}, (), 0, 0)
            self.window.strip.show_hint("")
            return
        held_out = self._held_out(str(annotation.case.id))
        count = annotation.case.slices
        proposals = proposed(annotation)
        self.window.strip.show_states(annotation.states, proposals, held_out, self._current, count)
        actions, geometry = self.window.actions_by_id, annotation.label_map.geometry
        actions["accept_all"].setEnabled(self.is_editable() and bool(proposals))
        for plane in Plane:
            is_thick = min(plane_view(geometry, plane).size(geometry.shape)) > 1
            actions[plane.value].setEnabled(is_thick and not self.window.preview.is_shown)
        self._show_slice()

    def _show_slice(self) -> None:
        """Another slice is looked at, and the case is as it was."""
        annotation, viewport = self.workbench.annotation, self.workbench.viewport
        if annotation is None:
            return
        actions, current = self.window.actions_by_id, self._current
        self.window.strip.show_current(current)
        suggestion = self.workbench.suggestion()
        self.window.strip.show_hint(
            _tr("Next: {slice}, {reason}  [N]").format(slice=suggestion.index + 1, reason=said(suggestion.reason))
            if suggestion else _tr("Every slice is reviewed")
        )  # fmt: skip
        for plane in Plane:
            actions[plane.value].setChecked(viewport.view.plane is plane)
        has_proposal = viewport.is_working_plane and annotation.proposal(viewport.index) is not None
        actions["accept"].setEnabled(self.is_editable() and has_proposal)
        actions["reopen"].setEnabled(self.is_editable() and annotation.state(max(0, current)) is SliceState.REVIEWED)

    def show_palette(self) -> None:
        """Another class or brush is in hand, or classes changed."""
        palette, volume = self.workbench.palette, self.workbench.viewport.volume
        editable = self.workbench.project is not None and not self.workbench.project.is_read_only
        self.window.labels.show_classes(palette.classes, palette.value, is_editable=editable)
        viewport, options = self.workbench.viewport, self.window.tool_options
        options.show_classes(palette.classes)
        options.show_brush(
            palette.brush, has_mm=volume is None or volume.geometry.has_spacing, usual=viewport.auto,
            range_in_use=palette.brush.range or viewport.usual_range,
        )  # fmt: skip
        self._show_sizes()

    def show_history(self) -> None:
        """Something was done, undone or done again."""
        annotation, actions = self.workbench.annotation, self.window.actions_by_id
        for name, text, word in (
            ("undo", annotation.history.undo_name if annotation else None, _tr("Undo")),
            ("redo", annotation.history.redo_name if annotation else None, _tr("Redo")),
        ):
            actions[name].setText(f"{word}: {said(text)}" if text else word)
            key = actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            actions[name].setToolTip(f"{actions[name].text()} ({key})" if key else actions[name].text())
            actions[name].setEnabled(self.is_editable() and text is not None)
        self._show_sizes()

    def is_editable(self) -> bool:
        """Whether something can be drawn on the case now."""
        project = self.workbench.project
        is_open = self.workbench.annotation is not None and not self.window.preview.is_shown
        return is_open and project is not None and not project.is_read_only

    def _show_crosshair(self) -> None:
        annotation, viewport = self.workbench.annotation, self.workbench.viewport
        if annotation is not None and viewport.volume is not None and not viewport.is_working_plane:
            self._show_slice()  # else the viewport tells of it itself

    @property
    def _current(self) -> int:
        """The working slice that is looked at in some view; −1 where none is."""
        annotation = self.workbench.annotation
        assert annotation is not None
        plane = annotation.view.plane
        return self.workbench.viewport.index_in(plane) if plane in self.window.views.planes else -1

    def _held_out(self, case: str) -> tuple[int, ...]:
        project = self.workbench.project
        active = project.checkpoints.active if project else None
        return tuple(active.card.held_out.get(case, ())) if active else ()

    def _show_sizes(self) -> None:
        annotation, volume = self.workbench.annotation, self.workbench.viewport.volume
        if annotation is None or volume is None:
            self.window.labels.show_sizes({})
            return
        voxel_ml = volume.geometry.voxel_ml if volume.geometry.has_spacing else None
        sizes = {c.value: size_text(int(annotation.counts[c.value]), voxel_ml) for c in self.workbench.palette.classes}
        self.window.labels.show_sizes(sizes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Showing", text)
