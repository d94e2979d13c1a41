"""How the program is held: which key does what, commands by name, help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from unet_studio.gui.actions import COMMANDS, show_keys, why_not
from unet_studio.gui.dialogs.command_palette import CommandPalette
from unet_studio.gui.dialogs.guide import GuideDialog
from unet_studio.gui.dialogs.keys import KeysDialog
from unet_studio.gui.dialogs.preferences import PreferencesDialog
from unet_studio.gui.keymap import keymap_of
from unet_studio.gui.language import language_of
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.text_fields import TextFields
from unet_studio.gui.tour import Step, Tour
from unet_studio.resources import resource
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
RECENT = 8  # commands that the palette shows first


class HandsVerbs:
    """What the user does to have the program in hand. ``show_digits`` is told the keys that choose a label."""

    def __init__(
        self, window: MainWindow, workbench: Workbench, preferences: Preferences,
        show_digits: Callable[[Sequence[str]], None],
    ) -> None:  # fmt: skip
        self._window = window
        self._workbench = workbench
        self._preferences = preferences
        self._show_digits = show_digits
        self._keys_shown: object = None
        self._tour: Tour | None = None
        self._text_fields = TextFields(window)
        preferences.changed.connect(self.show_keys)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "preferences": self._open_preferences,
            "commands": self._find_command,
            "keys": self._list_keys,
            "guide": self._open_guide,
            "tour": self._begin_tour,
        }

    def show_keys(self) -> None:
        """Afterwards each command is called by the keys of the settings."""
        settings = self._preferences.settings
        wanted = (settings.key_preset, settings.own_keys)
        if wanted != self._keys_shown:
            self._keys_shown = wanted
            keymap = keymap_of(*wanted)
            show_keys(self._window.actions_by_id, keymap.keys)
            self._show_digits(keymap.digits)

    def welcome(self) -> None:
        """Afterwards a new user has been told what is on the screen, and offered the tour; nobody is told twice."""
        if not self._preferences.settings.has_been_welcomed:
            self._preferences.change(has_been_welcomed=True)
            first = Step(
                _tr("Welcome to UNet Studio"),
                _tr(
                    "The sample, a brain with a few slices labelled, is open to try everything on. Five steps show the loop."
                ),
            )
            own = (_tr("Open my scans…"), self._window.actions_by_id["open_scans"].trigger)
            self._show_tour(Tour(self._window, (first, *self._steps()), begin=_tr("Show me"), other=own))

    # ---- inside

    def _find_command(self) -> None:
        actions, workbench = self._window.actions_by_id, self._workbench
        reasons = {
            c.id: why_not(
                c, actions[c.id], project=workbench.project is not None, case=workbench.annotation is not None,
                is_read_only=workbench.project is not None and workbench.project.is_read_only,
            )
            for c in COMMANDS
        }  # fmt: skip
        recent = self._preferences.settings.recent_commands
        palette = CommandPalette(self._window, actions, reasons=reasons, recent=recent)
        palette.chosen.connect(self._call)
        palette.show()

    def _call(self, id_: str) -> None:
        others = [other for other in self._preferences.settings.recent_commands if other != id_]
        self._preferences.change(recent_commands=(id_, *others)[:RECENT])
        self._window.actions_by_id[id_].trigger()

    def _list_keys(self) -> None:
        KeysDialog(self._window, self._preferences).show()

    def _open_preferences(self) -> None:
        PreferencesDialog(self._window, self._preferences, self._list_keys).show()

    def _open_guide(self) -> None:
        GuideDialog(self._window, resource("guide"), language_of(self._preferences.settings.language)).show()

    def _begin_tour(self) -> None:
        self._show_tour(Tour(self._window, self._steps()))

    def _show_tour(self, tour: Tour) -> None:
        if self._tour is not None:
            self._tour.leave()
        self._tour = tour
        tour.left.connect(self._tour_left)
        self._window.canvas.setFocus()

    def _tour_left(self) -> None:
        self._tour = None
        self._window.canvas.setFocus()

    def _steps(self) -> tuple[Step, ...]:
        window = self._window

        def key(id_: str) -> str:
            return window.actions_by_id[id_].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

        def button(name: str) -> QWidget | None:
            return window.top_bar.findChild(QWidget, name)

        return (
            Step(
                _tr("Open scans"),
                _tr(
                    "Drop files or folders on the window, or press {key}. Each scan becomes a case in this list."
                ).format(key=key("open_scans")),
                window.cases,
            ),
            Step(
                _tr("Predict"),
                _tr(
                    "The network proposes labels, dashed, for every slice. They change nothing until you accept them. Key: {key}"
                ).format(key=key("predict")),
                button("predictButton"),
            ),
            Step(
                _tr("Correct"),
                _tr(
                    "The left button draws, the right one erases. The wheel turns the slices, with Shift it sizes the brush."
                ),
                window.views,
            ),
            Step(
                _tr("Say that it is right"),
                _tr("{key} marks the slice reviewed, green here, and goes to the next one worth a look.").format(
                    key=key("review")
                ),
                window.strip,
            ),
            Step(
                _tr("Retrain"),
                _tr(
                    "The network learns from the reviewed slices while you go on, so the next scan needs less work. Key: {key}"
                ).format(key=key("retrain")),
                button("retrainButton"),
            ),
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandsVerbs", text)
