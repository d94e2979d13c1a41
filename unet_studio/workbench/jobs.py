"""Slow work off the owner's thread: lanes of one worker each, and the jobs that wait in them."""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from unet_studio.progress import Progress, Steps

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]  # runs a closure later, in the owner's thread

log = logging.getLogger(__name__)


class Job(Generic[T]):
    """One piece of work in a lane. Its callbacks run in the owner's thread; exactly one of the three ends is called.

    After ``cancel`` neither ``done`` nor ``failed`` nor ``progressed`` is called any more, even if the work had just ended.
    """

    def __init__(
        self,
        name: str,
        steps: Callable[[], Steps[T]],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self._steps = steps
        self._done = done
        self._failed = failed
        self._progressed = progressed
        self._on_cancelled = cancelled
        self._stop = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Afterwards the work stops at its next report, or never starts."""
        self._stop.set()

    def run(self, post: Post) -> None:
        """The work itself, in the lane's thread."""
        steps: Steps[T] | None = None
        try:
            if not self.is_cancelled:
                steps = self._steps()
                while not self.is_cancelled:
                    report = next(steps)
                    post(partial(self._report, report))
        except StopIteration as end:
            post(partial(self._end, self._done, end.value))
            return
        except Exception as error:
            log.debug("%s failed", self.name, exc_info=True)
            post(partial(self._end, self._failed, error))
            return
        self._close(steps)
        post(self._on_cancelled)

    def refuse(self, post: Post) -> None:
        """Afterwards the job counts as cancelled, without having begun."""
        self.cancel()
        post(self._on_cancelled)

    def _close(self, steps: Steps[T] | None) -> None:
        try:
            if steps is not None:
                steps.close()
        except Exception:
            log.exception("%s could not tidy up after it was cancelled", self.name)

    def _report(self, progress: Progress) -> None:
        if not self.is_cancelled:
            self._progressed(progress)

    def _end(self, listener: Callable[[Any], None], value: Any) -> None:
        if self.is_cancelled:
            self._on_cancelled()
        else:
            listener(value)


class Lane:
    """One thread that works off jobs in the order they come; ``post`` carries their callbacks to the owner's thread."""

    def __init__(self, name: str, post: Post) -> None:
        self._post = post
        self._queue: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._waiting: list[Job[Any]] = []
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> Job[T]:
        """Afterwards the job waits its turn; in a closed lane it is cancelled at once."""
        if self._is_closed:
            job.refuse(self._post)
            return job
        self._waiting.append(job)
        self._queue.put(job)
        return job

    @property
    def is_wanted(self) -> bool:
        """Whether a job waits behind the one that runs. May be asked from any thread."""
        return len(self._waiting) > 1

    def cancel_all(self) -> None:
        """Afterwards everything in the lane stops at its next report."""
        for job in tuple(self._waiting):
            job.cancel()

    def close(self, *, cancel: bool = True, timeout_s: float = 10.0) -> bool:
        """Waits for the thread to end, without or with the work still in the lane; whether it did in time."""
        self._is_closed = True
        if cancel:
            self.cancel_all()
        self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run(self._post)
            self._waiting.remove(job)
