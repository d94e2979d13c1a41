"""The desktop app: a window at once, then everything in it."""

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
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.theme import THEMES, dress
from unet_studio.project.settings import HOME, settings_path
from unet_studio.workbench.preferences import Preferences

if TYPE_CHECKING:
    from unet_studio.gui.studio import Studio
    from unet_studio.segmentation.segmenter import Device, Segmenter

log = logging.getLogger(__name__)


def run(paths: Sequence[Path], *, begun: Callable[["Studio"], None] = lambda _: None) -> int:
    """The app on these scans or this project; the exit code once its window is closed. ``begun`` hears when all is there."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("UNet Studio")
    application.setOrganizationName("UNet Studio")
    preferences = Preferences(settings_path())
    theme = THEMES.get(preferences.settings.theme, THEMES["dark"])
    dress(application, theme)
    window = MainWindow()
    window.show_place(preferences.settings.window_geometry)
    parts: list[Studio] = []

    def fill() -> None:
        # Half of the time to start goes into what is in the window, so the window is shown first.
        from unet_studio.gui.studio import Studio
        from unet_studio.workbench.training import clear_jobs

        _keep_log(_data_folder())
        studio = Studio(
            window, preferences, theme,
            projects_folder=_projects_folder(), open_segmenter=open_segmenter, import_network=import_network,
        )  # fmt: skip
        parts.append(studio)
        _catch(lambda sentence: window.notices.show_sentence(sentence, is_bad=True), studio.relay.post)
        clear_jobs()
        studio.open(paths)
        begun(studio)

    window.painted.connect(fill)
    window.show()
    _quit_on_signals(application, window)
    return int(application.exec())


def import_network() -> None:
    """Afterwards torch is imported: two seconds of which a quarter second holds up every thread of the program."""
    import unet_studio.unet.segmenter  # noqa: F401


def open_segmenter(path: Path, device: "Device") -> "Segmenter":
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
