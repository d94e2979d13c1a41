"""How the program is held: which key does what, commands by name, help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from unet_studio.gui.actions import COMMANDS, show_keys, why_not
from unet_studio.gui.dialogs.command_palette import CommandPalette
from unet_studio.gui.dialogs.keys import KeysDialog
from unet_studio.gui.dialogs.pages import PageDialog, guide_page
from unet_studio.gui.dialogs.preferences import PreferencesDialog
from unet_studio.gui.keymap import keymap_of
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.text_fields import TextFields
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
        self._text_fields = TextFields(window)
        preferences.changed.connect(self.show_keys)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "preferences": self._open_preferences,
            "commands": self._find_command,
            "keys": self._list_keys,
            "guide": self._open_guide,
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
        PageDialog(self._window, _tr("Guide"), guide_page(resource("guide"))).show()


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandsVerbs", text)
