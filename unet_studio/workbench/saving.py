"""The saving lane: every call to the project file, one after the other, and the truth about what is saved."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from unet_studio.errors import ProjectError, StudioError
from unet_studio.progress import Progress, Steps
from unet_studio.project.store import Store
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post

T = TypeVar("T")
log = logging.getLogger(__name__)

RETRY_S = 2.0
LAST_BACKUP_S = 3.0  # the longest that closing a project waits for a last copy of it


class Saving:
    """``changed`` tells that ``pending`` or ``error`` are new. A write that fails is tried again until it succeeds.

    In a project that is open to look only nothing is written, and nobody is told of it.
    """

    def __init__(self, store: Store, post: Post) -> None:
        self.store = store
        self.pending = 0
        self.error: str | None = None
        self.changed: Event[[]] = Event()
        self.post = post
        self._lane = Lane("saving", post)
        self._again = threading.Event()
        self._closing = threading.Event()
        self._has_written = False  # set in the lane, read once that has ended
        self._loss: Exception | None = None  # the first write given up; set in the lane, read once that has ended

    def write(self, action: Callable[[Store], T], then: Callable[[T], None] = lambda _: None) -> None:
        """Afterwards ``action`` waits to be saved; ``then`` hears its result in the owner's thread, unless closed by then."""
        if self.store.is_read_only or self._closing.is_set():
            return
        self.pending += 1
        self.changed()

        def steps() -> Steps[T]:
            while True:
                if isinstance(self._loss, ProjectError):  # what comes after a lost action would not fit the journal
                    raise self._loss
                try:
                    result = action(self.store)
                    self._has_written = True
                    return result
                except ProjectError as error:
                    if self._closing.is_set():
                        raise
                    self.post(partial(self._say, str(error)))
                self._again.wait(RETRY_S)
                self._again.clear()
                yield Progress(None, "Trying to save again")

        def remembered() -> Steps[T]:
            try:
                return (yield from steps())
            except Exception as error:
                if isinstance(error, ProjectError) or not isinstance(error, StudioError):
                    self._loss = self._loss or error
                raise

        def done(result: T) -> None:
            self._saved()
            if not self._closing.is_set():
                then(result)

        self._lane.submit(Job("save", remembered, done=done, failed=self._lost))

    def attempt(
        self, action: Callable[[Store], T], *, done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Afterwards ``action`` waits its turn behind all writes; tried once, as for reading. Nobody hears of it once closed."""

        def steps() -> Steps[T]:
            yield Progress()
            return action(self.store)

        def unless_closed(listener: Callable[[Any], None], value: Any) -> None:
            if not self._closing.is_set():
                listener(value)

        self._lane.submit(Job("read", steps, done=partial(unless_closed, done), failed=partial(unless_closed, failed)))

    def back_up(self, done: Callable[..., None]) -> None:
        """Afterwards a copy of the project waits its turn; it gives way to all that comes. ``done`` hears whether it was made."""

        def failed(error: Exception) -> None:
            log.warning("no backup: %s", type(error.__cause__ or error).__name__)
            done(is_made=False)
            if not isinstance(error, StudioError):
                raise error

        if not self.store.is_read_only:
            self.attempt(
                lambda store: store.back_up(lambda: self._lane.is_wanted),
                done=lambda made: done(is_made=made),
                failed=failed,
            )

    def retry(self) -> None:
        """Afterwards a write that failed is tried at once."""
        self._again.set()

    def close(self, *, timeout_s: float = 20.0) -> bool:
        """Waits until everything is saved, or once more tried, and closes the project; whether all of it was saved."""
        self._closing.set()
        self._again.set()
        ended = self._lane.close(cancel=False, timeout_s=timeout_s)
        if ended:
            self._back_up_at_the_end()
            self.store.close()
        return ended and self._loss is None

    def tell(self, error: Exception) -> None:
        """Afterwards ``error`` says its sentence, as a failed save does; what is no ``StudioError`` rises."""
        self._say(str(error))
        if not isinstance(error, StudioError):
            raise error

    def _back_up_at_the_end(self) -> None:
        if not self._has_written or self._loss is not None:
            return
        until = time.monotonic() + LAST_BACKUP_S
        try:
            self.store.back_up(lambda: time.monotonic() > until)
        except ProjectError as error:  # everything is saved; only the copy is not made
            log.warning("no backup at the end: %s", type(error.__cause__ or error).__name__)

    def _saved(self) -> None:
        self.pending -= 1
        self._say(None)

    def _lost(self, error: Exception) -> None:
        self.pending -= 1
        self.tell(error)

    def _say(self, error: str | None) -> None:
        self.error = error
        self.changed()
