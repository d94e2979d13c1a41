"""What the window shows of project, network and settings: each event of the one becomes a ``show_…`` of the other."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from unet_studio.gui.actions import show_needs
from unet_studio.gui.case_showing import CaseShowing
from unet_studio.gui.furniture import mirror
from unet_studio.gui.identities import Identities
from unet_studio.gui.language import said
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.panels.network import clock_text
from unet_studio.gui.tidings import Tidings
from unet_studio.gui.why_retrain import why_retrain
from unet_studio.image.preview import Preview
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.retraining import new_reviews
from unet_studio.workbench.workbench import Workbench


class Showing:
    """Keeps ``window`` true to ``workbench``; changes neither. Lives as long as both."""

    def __init__(
        self, window: MainWindow, workbench: Workbench, preferences: Preferences, identities: Identities
    ) -> None:
        self.window = window
        self.workbench = workbench
        self.preferences = preferences
        self.identities = identities
        window.notices.shown = identities.shown
        self._opening_text = ""
        self._case = CaseShowing(window, workbench)
        self._tidings = Tidings(window.notices, workbench)
        workbench.project_changed.connect(self.show_project)
        workbench.case_changed.connect(self.show_case)
        workbench.corrections.changed.connect(self.show_new_reviews)
        workbench.assistant.changed.connect(self.show_assistant)
        preferences.changed.connect(self.show_preferences)
        preferences.told.connect(self._tidings.tell_bad)
        self.show_project()
        self.show_case()
        self.show_preferences()

    def show_again(self) -> None:
        """Another language is spoken: all that is made of texts and values is made anew."""
        for show in (
            self._case.show_palette, self.show_saving, self.show_cases, self.show_checkpoint, self.show_opening,
            self.show_assistant, self.show_enabled,
        ):  # fmt: skip
            show()
        self.window.canvas.update()

    # ---- project and case

    def show_project(self) -> None:
        """Another project is open, or none."""
        self.show_preview(None)
        project = self.workbench.project
        if project is not None:
            project.saving.changed.connect(self.show_saving)
            project.worklist.changed.connect(self.show_cases)
            project.worklist.opening_changed.connect(self.show_opening)
            project.worklist.previewed.connect(self.show_preview)
            for ended in (project.worklist.told, project.worklist.lost, project.worklist.removed):
                ended.connect(lambda _: self.show_preview(None))  # it could not be read, or is not wanted any more
            project.checkpoints.changed.connect(self.show_checkpoint)
            project.checkpoints.added.connect(
                lambda record, is_active: self._tidings.tell_added(record, is_active=is_active)
            )
        self._name_project()
        self._case.show_palette()
        self.show_saving()
        self.show_cases()
        self.show_checkpoint()
        self.show_opening()
        self.show_enabled()

    def show_case(self) -> None:
        """Another case is open, or none."""
        self.window.preview.show_preview(None)
        volume = self.workbench.viewport.volume
        for warning in volume.warnings[:1] if volume else ():
            button = "" if volume is None or volume.geometry.has_spacing else _tr("Set pixel size…")
            self.window.notices.show_sentence(
                warning, button=button, verb=self.window.actions_by_id["pixel_size"].trigger
            )
        self._case.show_case()
        self.show_cases()
        self.show_enabled()

    def show_cases(self) -> None:
        """Other cases or slice states."""
        project, annotation = self.workbench.project, self.workbench.annotation
        cases, states = (project.worklist.cases, project.worklist.states) if project else ((), {})
        self.identities.know(project.name if project else "", cases)
        self.window.cases.show_cases(self.identities.films(cases), states, annotation.case.id if annotation else None)
        self.show_new_reviews()
        self._show_empty()

    def show_opening(self) -> None:
        """A scan is being read, or no longer."""
        project = self.workbench.project
        progress = project.worklist.opening if project else None
        percent = f" {progress.fraction:.0%}" if progress and progress.fraction is not None else ""
        self._opening_text = f"{self.identities.shown(said(progress.message))}{percent}" if progress else ""
        if progress is None and not (project and project.worklist.is_awaited):
            self.show_preview(None)  # the user thought better of it
        self._show_empty()
        self.window.preview.show_fraction(progress.fraction if progress else None)
        self._show_work()

    def show_preview(self, preview: Preview | None) -> None:
        """One slice of a scan that is being opened; until the rest is there, or it fails, nothing below can be changed."""
        if self.workbench.annotation is not None:
            self.workbench.annotation.end_stroke()
        if preview is not None or self.window.preview.is_shown:
            self.window.preview.show_preview(preview)
            self.show_enabled()

    def show_saving(self) -> None:
        """More or less is saved."""
        project = self.workbench.project
        if project is None:
            self.window.status.show_saved("none", "")
        elif project.is_read_only:
            self.window.status.show_saved("looking", "")
        elif project.saving.error:
            self.window.status.show_saved("failed", project.saving.error)
        else:
            self.window.status.show_saved("saving" if project.saving.pending else "saved", "")
        self._tidings.tell_saving(project.saving if project else None)

    # ---- slices and labels

    # ---- network

    def show_checkpoint(self) -> None:
        """Another checkpoint is active."""
        project = self.workbench.project
        self.window.network.show_checkpoint(
            project.checkpoints.active if project else None,
            self.workbench.palette.classes,
            {str(case.id): self.identities.case(case) for case in project.worklist.cases} if project else {},
        )
        self.show_new_reviews()

    def show_new_reviews(self) -> None:
        """More slices are reviewed, or learned."""
        project = self.workbench.project
        count = new_reviews(project) if project else 0
        self.window.top_bar.show_new_reviews(count)
        is_idle = self.workbench.assistant.training is None
        shown = project is not None and project.checkpoints.active is not None and is_idle
        self.window.network.show_hint(
            why_retrain(self.workbench.corrections.reasons(project)) if project and shown else ""
        )

    def show_assistant(self) -> None:
        """Prediction or training went on, began or ended."""
        assistant = self.workbench.assistant
        self.window.network.show_device(assistant.device_text)
        self.window.network.show_training(assistant.training, may_finish=assistant.may_finish)
        colours = {c.value: c.colour for c in self.workbench.palette.classes}
        self.window.network.show_curve(assistant.curve, colours)
        self._show_stop()
        self._show_work()

    def show_preferences(self) -> None:
        """A setting changed."""
        settings, canvas, actions = self.preferences.settings, self.window.canvas, self.window.actions_by_id
        canvas.set_swapped(settings.swaps_buttons)
        mirror(self.window, is_mirrored=settings.is_mirrored)
        canvas.look = replace(
            canvas.look,
            opacity=settings.label_opacity, is_outlines_only=settings.shows_outlines,
            is_smooth=settings.interpolation == "smooth",
            colour_map=settings.colour_map, is_inverted=settings.is_inverted,
        )  # fmt: skip
        self.window.tool_options.show_opacity(settings.label_opacity)
        self._show_identities(is_hiding=settings.hides_identities)
        actions["invert"].setChecked(settings.is_inverted)
        self.window.views.arrange(settings.view_layout)
        actions[settings.view_layout].setChecked(True)
        actions["outlines"].setChecked(settings.shows_outlines)
        actions["smooth"].setChecked(settings.interpolation == "smooth")

    def show_enabled(self) -> None:
        """What is open decides what can be done."""
        workbench = self.workbench
        show_needs(
            self.window.actions_by_id,
            project=workbench.project is not None, editable=self._case.is_editable(),
            case=workbench.annotation is not None and not self.window.preview.is_shown,
        )  # fmt: skip
        self._show_stop()
        self._case.show_history()
        self._case.show_slices()

    # ---- inside

    def _show_stop(self) -> None:
        assistant = self.workbench.assistant
        self.window.actions_by_id["finish_training"].setEnabled(assistant.may_finish)
        self.window.actions_by_id["stop"].setEnabled(assistant.predicting is not None or assistant.training is not None)

    def _show_identities(self, *, is_hiding: bool) -> None:
        self.window.actions_by_id["hide_identities"].setChecked(is_hiding)
        if is_hiding != self.identities.is_hiding:
            self.identities.is_hiding = is_hiding
            self.window.canvas.look = replace(self.window.canvas.look, is_name_hidden=is_hiding)
            self.window.notices.hide()  # what it says may hold a name
            self._name_project()
            self.show_cases()
            self.show_checkpoint()
            self.show_opening()
            self.identities.switched()

    def _name_project(self) -> None:
        project = self.workbench.project
        name = self.identities.project(project.name) if project else ""
        self.window.top_bar.show_project(name)
        self.window.setWindowTitle(f"{name} – UNet Studio" if name else "UNet Studio")

    def _show_empty(self) -> None:
        """What to do stands in the middle while nothing is on the screen or on its way there."""
        project = self.workbench.project
        is_opening = project is not None and project.worklist.opening is not None
        self.window.empty.show_state(
            is_empty=self.workbench.annotation is None and not is_opening and not self.window.preview.is_shown,
            has_project=project is not None, has_cases=project is not None and bool(project.worklist.cases),
        )  # fmt: skip

    def _show_work(self) -> None:
        predicting = self.workbench.assistant.predicting
        text = self._opening_text
        if predicting is not None:
            left = (
                ""
                if predicting.seconds_left is None
                else " · " + _tr("{time} left").format(time=clock_text(predicting.seconds_left))
            )
            percent = "" if predicting.fraction is None else f" {predicting.fraction:.0%}"
            text = f"{said(predicting.message)}{percent}{left}"
        self.window.status.show_work(text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Showing", text)
