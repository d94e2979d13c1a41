"""The user's settings while the program runs: changed one at a time, each change on disk at once."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from unet_studio.errors import WriteError
from unet_studio.project.settings import Settings, load_settings, remember_recent, save_settings
from unet_studio.workbench.event import Event

log = logging.getLogger(__name__)


class Preferences:
    """``changed`` tells that ``settings`` is another; ``told`` that it can't be saved, once."""

    def __init__(self, file: Path) -> None:
        self.settings = load_settings(file)
        self.changed: Event[[]] = Event()
        self.told: Event[[str]] = Event()
        self._file = file
        self._has_told = False

    def change(self, **changes: Any) -> None:
        """Afterwards the settings of these names have these values."""
        self._take(replace(self.settings, **changes))

    def remember(self, path: Path) -> None:
        """Afterwards ``path`` is the newest of the recent projects or scans, unless its name is no text."""
        try:
            str(path).encode()
        except UnicodeEncodeError:  # bytes of another time's encoding, which no settings file can hold
            return
        self._take(remember_recent(self.settings, path))

    def _take(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        try:
            save_settings(self._file, settings)
        except WriteError as error:
            log.warning("settings not saved")
            if not self._has_told:
                self._has_told = True
                self.told(str(error))
        self.changed()
