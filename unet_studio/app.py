"""The desktop app: a window at once, then everything in it."""

import faulthandler
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from unet_studio.gui.faults import Faults, PrivateFormatter, without_paths
from unet_studio.gui.garbage import GuiThreadGarbage
from unet_studio.gui.language import Interpreter, language_of
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.theme import dress, theme_of
from unet_studio.project.settings import HOME, settings_path
from unet_studio.workbench.preferences import Preferences

if TYPE_CHECKING:
    from unet_studio.gui.studio import Studio
    from unet_studio.segmentation.segmenter import Device, Segmenter

_FAULT = "Something went wrong inside the program; it goes on, and what you drew is saved as the status bar says."
_CRASH = "The program ended unexpectedly the last time. What had been drawn until then is here."


def run(paths: Sequence[Path], *, begun: Callable[["Studio"], None] = lambda _: None) -> int:
    """The app on these scans or this project; the exit code once its window is closed. ``begun`` hears when all is there."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("UNet Studio")
    application.setOrganizationName("UNet Studio")
    preferences = Preferences(settings_path())
    interpreter = Interpreter()
    interpreter.speak(language_of(preferences.settings.language))
    theme = theme_of(preferences.settings.theme)
    dress(application, theme)
    window = MainWindow()
    window.show_place(preferences.settings.window_geometry)
    parts: list[Studio] = []

    def fill() -> None:
        # Half of the time to start goes into what is in the window, so the window is shown first.
        from unet_studio.gui.studio import Studio
        from unet_studio.workbench.sample import projects_folder
        from unet_studio.workbench.training import clear_jobs

        last_crash = _keep_log(_data_folder())
        studio = Studio(
            window, preferences, theme,
            projects_folder=projects_folder(), open_segmenter=open_segmenter, import_network=import_network,
        )  # fmt: skip
        parts.append(studio)
        preferences.changed.connect(lambda: _speak(interpreter, studio))
        preferences.changed.connect(lambda: _wear(application, studio))
        application.styleHints().colorSchemeChanged.connect(lambda _: _wear(application, studio))
        Faults(lambda text: _tell_fault(window, _FAULT, text), studio.relay.post).install()
        clear_jobs()
        studio.open(paths)
        if last_crash:
            _tell_fault(window, _CRASH, last_crash)
        begun(studio)

    window.painted.connect(fill)
    window.show()
    _quit_on_signals(application, window)
    garbage = GuiThreadGarbage(window.windowHandle())
    code = int(application.exec())
    garbage.end()
    return code


def _speak(interpreter: Interpreter, studio: "Studio") -> None:
    """Afterwards the program speaks the language of the settings."""
    code = language_of(studio.preferences.settings.language)
    if code != interpreter.code:
        from unet_studio.gui.resaying import speak_now

        speak_now(interpreter, code)
        studio.showing.show_again()
        studio.looking_back.show_again()


def _wear(application: QApplication, studio: "Studio") -> None:
    """Afterwards the program is seen in the theme of the settings."""
    theme = theme_of(studio.preferences.settings.theme)
    if application.property("theme") != theme.name:
        from unet_studio.gui.retheming import wear_now

        wear_now(application, studio.window, theme)
        studio.showing.show_again()
        studio.looking_back.show_again()


def import_network() -> None:
    """Afterwards torch is imported: two seconds of which a quarter second holds up every thread of the program."""
    import unet_studio.unet.segmenter  # noqa: F401


def open_segmenter(path: Path, device: "Device") -> "Segmenter":
    """The network in a checkpoint; leaves a core to the hand. Imports torch, so only ever called in the prediction lane."""
    from unet_studio.unet.device import use_threads
    from unet_studio.unet.segmenter import open_segmenter as open_unet

    use_threads(max(1, (os.cpu_count() or 2) - 1))
    return open_unet(path, device)


def _data_folder() -> Path:
    home = os.environ.get(HOME)
    folder = Path(home) if home else platformdirs.user_state_path("unet-studio", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class _PrivateLog(RotatingFileHandler):
    """Each of its files, also those begun later, is for the user alone."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding=self.encoding, write_through=True)


def _keep_log(folder: Path) -> str:
    """Afterwards the program's log and its next crash are kept in ``folder``, for the user alone; what the last crash left."""
    handler = _PrivateLog(folder / "unet-studio.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("unet_studio").addHandler(handler)
    logging.getLogger("unet_studio").setLevel(logging.INFO)
    crash = folder / "crash.txt"
    last = crash.read_text(encoding="utf-8", errors="replace") if crash.exists() else ""
    if last:
        crash.replace(folder / "crash-before.txt")
    faulthandler.enable(os.fdopen(os.open(crash, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"))
    return without_paths(last)


def _tell_fault(window: MainWindow, sentence: str, text: str) -> None:
    """Afterwards the user reads ``sentence``, and may read the report behind it."""
    from unet_studio.gui.dialogs.report import ReportDialog

    window.notices.show_sentence(
        sentence, is_bad=True, button="Details…", verb=lambda: ReportDialog(window, text).show()
    )


def _quit_on_signals(application: QApplication, window: MainWindow) -> None:
    """Afterwards a polite signal to end closes the window as a click would; Python needs a timer's tick to notice it.

    Python runs a handler between any two of its steps, also between an edit and its way to the disk, so the window is
    closed only when what goes on is done.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: QTimer.singleShot(0, window.close))
    tick = QTimer(application)
    tick.start(200)
    tick.timeout.connect(lambda: None)
