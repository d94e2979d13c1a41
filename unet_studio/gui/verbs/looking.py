"""The View, Go and Help menus."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMessageBox

from unet_studio import __version__
from unet_studio.gui.dialogs.pixel_size import PixelSizeDialog
from unet_studio.gui.dialogs.scan_facts import ScanFactsDialog
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.readout import Readout
from unet_studio.gui.views import LAYOUTS
from unet_studio.image.plane import Plane, plane_view, working_plane
from unet_studio.project.settings import ViewLayout
from unet_studio.workbench.looking_up import Tag, look_up_tags, report
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.scan import given_spacing
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
PEEK_MS = 300  # S held longer than this shows the labels again when let go


class LookingVerbs(QObject):
    """What the user looks at, and how."""

    def __init__(
        self, window: MainWindow, workbench: Workbench, preferences: Preferences, identities: Identities
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._viewport = workbench.viewport
        self._preferences = preferences
        self._identities = identities
        self._peek = QElapsedTimer()
        window.strip.chosen.connect(self._go)
        window.canvas.hovered.connect(self._show_read_out)
        window.canvas.labels_asked.connect(self._show_labels_again)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        views, viewport = self._window.views, self._viewport
        return {
            **{plane.value: partial(viewport.turn, plane) for plane in Plane},
            **{name: partial(self._arrange, name) for name in LAYOUTS},
            "maximise": views.toggle_maximised,
            "fit": lambda: views.here.surface.fit(),
            "zoom_in": lambda: views.here.zoom_by(1.25),
            "zoom_out": lambda: views.here.zoom_by(0.8),
            "labels_shown": self._show_labels,
            "opacity_more": partial(self._change_opacity, 0.1),
            "opacity_less": partial(self._change_opacity, -0.1),
            "outlines": self._toggle_outlines,
            "doubt": self._show_doubt,
            "smooth": self._toggle_smooth,
            "auto_window": viewport.reset_window,
            "slice_next": lambda: views.here.viewport.step(1),
            "slice_previous": lambda: views.here.viewport.step(-1),
            "slice_first": lambda: views.here.viewport.go(0),
            "slice_last": lambda: views.here.viewport.go(views.here.viewport.count - 1),
            "next_to_correct": self._workbench.go_next,
            "scan_facts": self._show_facts,
            "pixel_size": self._ask_pixel_size,
            "about": self._about,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease:
            held = self._peek.isValid() and self._peek.elapsed() > PEEK_MS
            shortcuts = self._window.actions_by_id["labels_shown"].shortcuts()
            if QKeySequence(event.key()) in shortcuts and not event.isAutoRepeat() and self._peek.isValid():
                self._peek.invalidate()
                if held:
                    self._window.actions_by_id["labels_shown"].toggle()
                    self._look_as_asked()
        return False

    def _look_as_asked(self) -> None:
        canvas, actions = self._window.canvas, self._window.actions_by_id
        canvas.look = replace(
            canvas.look,
            are_labels_visible=actions["labels_shown"].isChecked(), is_doubt_shown=actions["doubt"].isChecked(),
        )  # fmt: skip

    def _show_labels(self) -> None:
        self._peek.start()
        self._look_as_asked()

    def _show_labels_again(self) -> None:
        self._window.actions_by_id["labels_shown"].setChecked(True)
        self._look_as_asked()

    def _change_opacity(self, by: float) -> None:
        opacity = round(self._preferences.settings.label_opacity + by, 2)
        self._preferences.change(label_opacity=min(1.0, max(0.0, opacity)))

    def _arrange(self, layout: ViewLayout) -> None:
        self._preferences.change(view_layout=layout)
        self._window.views.arrange(layout)  # also where a maximised view is all that changes

    def _toggle_outlines(self) -> None:
        self._preferences.change(shows_outlines=not self._preferences.settings.shows_outlines)

    def _show_doubt(self) -> None:
        is_shown = self._window.actions_by_id["doubt"].isChecked()
        self._look_as_asked()
        annotation = self._workbench.annotation
        if is_shown and annotation is not None:
            proposal = annotation.proposal(self._viewport.index) if self._viewport.is_working_plane else None
            if proposal is None or not proposal.doubt:
                self._workbench.told(
                    _tr("There is no fresh proposal on this slice. Predict to see where it may be wrong.")
                )

    def _toggle_smooth(self) -> None:
        is_smooth = self._preferences.settings.interpolation == "smooth"
        self._preferences.change(interpolation="nearest" if is_smooth else "smooth")

    def _go(self, index: int) -> None:
        if (annotation := self._workbench.annotation) is not None:
            self._viewport.turn(annotation.view.plane)
            self._viewport.go(index)

    def _show_read_out(self, read_out: Readout | None) -> None:
        if read_out is None:
            self._window.status.show_read_out("")
            return
        z, y, x = read_out.voxel
        parts = [f"x {x} y {y} z {z}"]
        if read_out.point_mm is not None:
            parts.append("({:.1f}, {:.1f}, {:.1f}) mm".format(*read_out.point_mm))
        parts.append(_tr("intensity {value}").format(value=read_out.intensity))
        names = {c.value: c.name for c in self._workbench.palette.classes}
        if read_out.label:
            parts.append(names.get(read_out.label, str(read_out.label)))
        if read_out.proposed:
            parts.append(_tr("proposed: {label}").format(label=names.get(read_out.proposed, str(read_out.proposed))))
        self._window.status.show_read_out("     ".join(parts))

    def _show_facts(self) -> None:
        project, annotation, volume = self._workbench.project, self._workbench.annotation, self._viewport.volume
        if project is None or annotation is None or volume is None:
            return
        case = annotation.case
        private = (case.name, volume.name, Path(case.path).name, Path(case.path).stem)
        dialog = ScanFactsDialog(self._window, self._identities.case(case), report(volume), private=private)
        shown = [dialog]
        dialog.finished.connect(lambda _: shown.clear())

        def done(tags: tuple[Tag, ...]) -> None:
            for still in shown:  # it may have been closed meanwhile
                still.show_tags(tags)

        if self._identities.is_hiding:  # the tags are about the patient
            dialog.show()
            return
        look_up_tags(
            project.saving.store, annotation.case, self._workbench.opening, done=done, told=self._workbench.told
        )
        dialog.show()

    def _ask_pixel_size(self) -> None:
        project, annotation, volume = self._workbench.project, self._workbench.annotation, self._viewport.volume
        if project is None or annotation is None or volume is None:
            return
        given = given_spacing(annotation.case)
        if volume.geometry.has_spacing and given is None:
            self._workbench.told(_tr("The scan's file tells its pixel size."))
            return
        z, y, x = volume.geometry.spacing_mm
        dialog = PixelSizeDialog(self._window, given or (x, y, z), slices=volume.geometry.shape[0])
        if not dialog.exec():
            return
        x, y, z = dialog.spacing_xyz
        geometry = replace(volume.geometry, spacing_mm=(z, y, x), has_spacing=True)
        if plane_view(geometry, working_plane(geometry)).axis != annotation.case.axis:
            self._workbench.told(_tr("With that size the scan would be worked on in another plane. Check the numbers."))
            return
        project.worklist.measure(annotation.case, (x, y, z))

    def _about(self) -> None:
        text = _tr(
            "UNet Studio {version}\n\nOutlines structures in medical scans with a U-Net that learns from your corrections."
        )
        licence = _tr("Apache License 2.0. Not a medical device: check every outline before you rely on it.")
        QMessageBox.about(self._window, _tr("About UNet Studio"), text.format(version=__version__) + "\n\n" + licence)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookingVerbs", text)
