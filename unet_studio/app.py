"""The desktop app: builds the parts and hands them to each other."""

import faulthandler
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from unet_studio.gui.actions import make_actions
from unet_studio.gui.canvas import Canvas
from unet_studio.gui.dialogs import questions
from unet_studio.gui.idle import Idle
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.relay import Relay
from unet_studio.gui.showing import Showing
from unet_studio.gui.theme import THEMES, dress
from unet_studio.gui.verbs.drawing import DrawingVerbs
from unet_studio.gui.verbs.looking import LookingVerbs
from unet_studio.gui.verbs.networks import NetworkVerbs
from unet_studio.gui.verbs.projects import ProjectVerbs
from unet_studio.project.settings import HOME, settings_path
from unet_studio.segmentation.segmenter import Device, Segmenter
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.sample import make_sample_project
from unet_studio.workbench.workbench import Workbench

log = logging.getLogger(__name__)
IDLE_MS = 2000  # without any input, for importing what would freeze the window for a quarter of a second


class App:
    """Everything one running program consists of."""

    def __init__(self, application: QApplication, *, settings_file: Path, projects_folder: Path) -> None:
        self.relay = Relay()
        self.preferences = Preferences(settings_file)
        settings = self.preferences.settings
        theme = THEMES.get(settings.theme, THEMES["dark"])
        dress(application, theme)
        self.workbench = Workbench(open_segmenter=open_segmenter, post=self.relay.post)
        canvas = Canvas(self.workbench.viewport, self.workbench.palette)
        self.window = MainWindow(canvas, theme, closing=self._may_close)
        self.projects = ProjectVerbs(
            self.window, self.workbench, self.preferences,
            projects_folder=projects_folder, open_sample=lambda: self.open_sample(projects_folder),
        )  # fmt: skip
        self.drawing = DrawingVerbs(self.window, self.workbench, self.preferences)
        self.looking = LookingVerbs(self.window, self.workbench, self.preferences)
        self.networks = NetworkVerbs(self.window, self.workbench, self.preferences)
        verbs = self.projects.verbs() | self.drawing.verbs() | self.looking.verbs() | self.networks.verbs()
        actions = make_actions(self.window, theme, verbs)
        self.window.furnish(actions, theme)
        self.window.show_place(settings.window_geometry, settings.window_layout)
        self.showing = Showing(self.window, self.workbench, self.preferences)
        canvas.told.connect(self.workbench.told)
        actions["labels_shown"].setChecked(True)
        self.drawing.take("brush")
        self.idle = Idle(IDLE_MS, lambda: self.workbench.assistant.warm_up(import_network))
        self.workbench.case_changed.connect(self.idle.begin)

    def open(self, paths: Sequence[Path], projects_folder: Path) -> None:
        """Afterwards ``paths`` are being opened; with none, the last project, or the sample at the very first start."""
        recent = [Path(p) for p in self.preferences.settings.recent_projects]
        if paths:
            self.projects.open_paths(paths)
        elif last := next((p for p in recent if p.is_dir()), None):
            self.workbench.open_project(last)
        else:
            self.open_sample(projects_folder)

    def open_sample(self, projects_folder: Path) -> None:
        """Afterwards the user's copy of the sample project is being opened, made first where there is none."""
        folder = projects_folder / f"Sample brain{questions.SUFFIX}"
        if not folder.exists():
            projects_folder.mkdir(parents=True, exist_ok=True)
            make_sample_project(folder)
        self.workbench.open_project(folder)

    def _may_close(self) -> bool:
        project = self.workbench.project
        if project is not None and project.saving.error is not None:
            sentence = f"{project.saving.error} What is not saved is lost if you quit now."
            if not questions.ask_sure(self.window, "Not everything is saved", sentence, "Quit and lose it"):
                return False
        geometry, layout = self.window.place()
        self.preferences.change(window_geometry=geometry, window_layout=layout)
        self.workbench.close()
        return True


def run(paths: Sequence[Path]) -> int:
    """The app on these scans or this project; the exit code once its window is closed."""
    data = _data_folder()
    _keep_log(data)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("UNet Studio")
    application.setOrganizationName("UNet Studio")
    projects_folder = _projects_folder()
    app = App(application, settings_file=settings_path(), projects_folder=projects_folder)
    _catch(lambda sentence: app.window.notices.show_sentence(sentence, is_bad=True), app.relay.post)
    _quit_on_signals(application, app.window)
    app.window.show()
    QTimer.singleShot(0, lambda: app.open(paths, projects_folder))
    return int(application.exec())


def import_network() -> None:
    """Afterwards torch is imported: two seconds of which a quarter second holds up every thread of the program."""
    import unet_studio.unet.segmenter  # noqa: F401


def open_segmenter(path: Path, device: Device) -> Segmenter:
    """The network in a checkpoint; leaves a core to the hand. Imports torch, so only ever called in the prediction lane."""
    from unet_studio.unet.device import use_threads
    from unet_studio.unet.segmenter import open_segmenter as open_unet

    use_threads(max(1, (os.cpu_count() or 2) - 1))
    return open_unet(path, device)


def _projects_folder() -> Path:
    home = os.environ.get(HOME)
    return Path(home) / "projects" if home else platformdirs.user_documents_path() / "UNet Studio"


def _data_folder() -> Path:
    home = os.environ.get(HOME)
    folder = Path(home) if home else platformdirs.user_state_path("unet-studio", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _keep_log(folder: Path) -> None:
    """Afterwards the program's log and its last crash are kept in ``folder``, for the user alone."""
    old = os.umask(0o077)
    try:
        handler = RotatingFileHandler(folder / "unet-studio.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger("unet_studio").addHandler(handler)
        logging.getLogger("unet_studio").setLevel(logging.INFO)
        faulthandler.enable((folder / "crash.txt").open("w", encoding="utf-8"))
    finally:
        os.umask(old)


def _catch(tell: Callable[[str], None], post: Callable[[Callable[[], None]], None]) -> None:
    """Afterwards a fault of the program is logged, and told once a minute at most; the program goes on."""
    told: set[str] = set()

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("a fault of the program", exc_info=(kind, error, trace))
        if (name := f"{kind.__name__}: {error}") not in told:
            told.add(name)
            post(
                lambda: tell(
                    "Something went wrong inside the program; your work is saved. Details are in its log file."
                )
            )

    sys.excepthook = caught
    threading.excepthook = lambda args: caught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _quit_on_signals(application: QApplication, window: MainWindow) -> None:
    """Afterwards a polite signal to end closes the window as a click would; Python needs a timer's tick to notice it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: window.close())
    tick = QTimer(application)
    tick.start(200)
    tick.timeout.connect(lambda: None)
