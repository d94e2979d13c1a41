"""When an open project is copied: once it is open, at times while it changes, and never in the way of a stroke."""

from collections.abc import Callable

from unet_studio.workbench.saving import Saving

EVERY_S = 600.0
SOON_S = 20.0  # after a copy that gave way or failed


class BackingUp:
    """Watches ``saving`` for a quiet moment in which a copy is due. The last copy, on closing, is ``Saving``'s own."""

    def __init__(self, saving: Saving, clock: Callable[[], float]) -> None:
        self._saving = saving
        self._clock = clock
        self._due_s = clock()
        self._is_running = False
        saving.changed.connect(self._look)

    def _look(self) -> None:
        saving = self._saving
        if self._is_running or saving.pending or saving.error or self._clock() < self._due_s:
            return
        self._is_running = True
        saving.back_up(self._ended)

    def _ended(self, *, is_made: bool) -> None:
        self._is_running = False
        self._due_s = self._clock() + (EVERY_S if is_made else SOON_S)
