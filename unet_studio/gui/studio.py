"""Everything one running program consists of, handed to each other."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from unet_studio.gui.canvas import Canvas
from unet_studio.gui.colours import colours_of
from unet_studio.gui.dialogs import questions
from unet_studio.gui.furniture import add_parts, furnish
from unet_studio.gui.growing_bar import GrowingBar
from unet_studio.gui.identities import Identities
from unet_studio.gui.idle import Idle
from unet_studio.gui.looking_back import LookingBack
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.relay import Relay
from unet_studio.gui.showing import Showing
from unet_studio.gui.strip_picture import StripPicture
from unet_studio.gui.theme import Theme
from unet_studio.gui.verbs.appearance import AppearanceVerbs
from unet_studio.gui.verbs.drawing import DrawingVerbs
from unet_studio.gui.verbs.frames import FrameVerbs
from unet_studio.gui.verbs.hands import HandsVerbs
from unet_studio.gui.verbs.looking import LookingVerbs
from unet_studio.gui.verbs.marks import MarkVerbs
from unet_studio.gui.verbs.moved import MovedVerbs
from unet_studio.gui.verbs.networks import NetworkVerbs
from unet_studio.gui.verbs.projects import ProjectVerbs
from unet_studio.gui.verbs.reports import ReportVerbs
from unet_studio.gui.verbs.reshaping import ReshapingVerbs
from unet_studio.gui.views import Views
from unet_studio.workbench.assistant import OpenSegmenter
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.latest import Latest
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.sample import make_sample_project
from unet_studio.workbench.workbench import Workbench

IDLE_MS = 2000  # without any input, for importing what would freeze the window for a quarter of a second


class Studio:
    """The parts of a running program. ``import_network`` makes the first prediction quick; it is called in a quiet moment."""

    def __init__(
        self, window: MainWindow, preferences: Preferences, theme: Theme, *,
        projects_folder: Path, open_segmenter: OpenSegmenter, import_network: Callable[[], None],
    ) -> None:  # fmt: skip
        self.window = window
        self.preferences = preferences
        self.relay = Relay()
        self.workbench = Workbench(open_segmenter=open_segmenter, post=self.relay.post)
        self._projects_folder = projects_folder
        self._endings: list[Callable[[], None]] = []  # of what runs besides the workbench
        self.crosshair = Crosshair(self.workbench.viewport)
        canvas = Canvas(self.workbench.viewport, self.workbench.palette)
        views = Views(canvas, self.workbench.palette, self.crosshair, self._make_surface)
        add_parts(window, views, theme)
        self.identities = Identities()
        self.projects = ProjectVerbs(
            window, self.workbench, preferences, self.identities,
            projects_folder=projects_folder, open_sample=self.open_sample,
        )  # fmt: skip
        self.drawing = DrawingVerbs(window, self.workbench, preferences)
        self.hands = HandsVerbs(window, self.workbench, preferences, self.drawing.show_digits)
        self.looking = LookingVerbs(window, self.workbench, preferences, self.identities)
        self.appearance = AppearanceVerbs(window, self.workbench, preferences, self.relay.post, open_segmenter)
        self.frames = FrameVerbs(window, self.workbench)
        self.moved = MovedVerbs(window, self.workbench, self.identities)
        self.networks = NetworkVerbs(window, self.workbench, preferences)
        self.reports = ReportVerbs(window, self.workbench, self.identities, folder=projects_folder)
        self._strip_picture = StripPicture(window, self.workbench)
        self.marks = MarkVerbs(window, self.workbench, self.identities)
        self.projects.add_marks = self.marks.add_to
        self.looking_back = LookingBack(window, self.workbench, preferences, self.identities)
        self.reshaping = ReshapingVerbs(window, self.workbench, self.relay.post)
        growing = canvas.surface.growing
        self._growing_bar = GrowingBar(views, growing)
        self._endings += [self.reshaping.close, growing.close]
        self.workbench.case_changed.connect(growing.drop)
        verbs = (
            self.projects.verbs()
            | self.drawing.verbs()
            | self.looking.verbs()
            | self.networks.verbs()
            | self.frames.verbs()
            | self.moved.verbs()
            | self.appearance.verbs()
            | self.hands.verbs()
            | self.reports.verbs()
            | self.looking_back.verbs()
            | self.marks.verbs()
            | self.reshaping.verbs()
        )
        verbs |= self.reshaping.guarded(dict(verbs))
        furnish(window, theme, verbs)
        self.looking_back.show_tab()
        self.hands.show_keys()
        window.strip.set_colours(colours_of(theme))
        window.may_close = self._may_close
        self.showing = Showing(window, self.workbench, preferences, self.identities)
        window.show_layout(preferences.settings.window_layout)  # once each part is on its side
        window.canvas.told.connect(self.workbench.told)
        window.actions_by_id["labels_shown"].setChecked(True)
        self.drawing.take("brush")
        self._idle = Idle(IDLE_MS, lambda: self.workbench.assistant.warm_up(import_network))
        self.workbench.case_changed.connect(self._idle.begin)

    def open(self, paths: Sequence[Path]) -> None:
        """Afterwards ``paths`` are being opened; with none, the last project, or the sample at the very first start."""
        recent = [Path(p) for p in self.preferences.settings.recent_projects]
        if paths:
            self.projects.open_paths(paths)
        elif last := next((p for p in recent if p.is_dir()), None):
            self.workbench.open_project(last)
        else:
            self.open_sample()
            self.hands.welcome()

    def open_sample(self) -> None:
        """Afterwards the user's copy of the sample project is being opened, made first where there is none."""
        self.workbench.new_from(self._projects_folder / f"Sample brain{questions.SUFFIX}", make_sample_project)

    def _make_surface(self) -> QWidget:
        # Here and not above: most never look at surfaces, and what builds them takes a while to import.
        from unet_studio.gui.surface_feed import SurfaceFeed
        from unet_studio.gui.surface_view import SurfaceView
        from unet_studio.workbench.surfaces import LabelSurface

        surfaces: Latest[tuple[LabelSurface, ...]] = Latest("surfaces", self.relay.post)
        view = SurfaceView(self.window.canvas.colours, self.window.views)
        SurfaceFeed(view, self.workbench, self.crosshair, surfaces)
        self._endings.append(surfaces.close)
        return view

    def _may_close(self) -> bool:
        project = self.workbench.project
        if project is not None and project.saving.error is not None:
            sentence = f"{project.saving.error} What is not saved is lost if you quit now."
            if not questions.ask_sure(self.window, "Not everything is saved", sentence, "Quit and lose it"):
                return False
        geometry, layout = self.window.place()
        self.preferences.change(window_geometry=geometry, window_layout=layout)
        for end in self._endings:
            end()
        self.workbench.close()
        return True
