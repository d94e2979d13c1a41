"""Slow work beside the hand of which only what was asked for last counts."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from unet_studio.progress import Progress, Steps
from unet_studio.workbench.jobs import Job, Lane, Post

T = TypeVar("T")
_FIRST_SHARE, _FIRST_SECONDS = 0.04, 0.4  # of the work and of time, before what is left can be told


class Latest(Generic[T]):
    """One request at a time in a lane of its own, begun when first asked; ``post`` carries its end to the owner's thread."""

    def __init__(self, name: str, post: Post, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._name = name
        self._post = post
        self._lane: Lane | None = None
        self._job: Job[T] | None = None
        self._begun = 0.0
        self._fraction = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether the last request is still being worked out."""
        return self._job is not None

    @property
    def seconds_left(self) -> float | None:
        """How long the last request will still take, if it goes on as it went; None while that can't be told."""
        return self.seconds_left_at(self._fraction)

    def seconds_left_at(self, fraction: float) -> float | None:
        """The same, were it known that ``fraction`` of it is done."""
        seconds = self._clock() - self._begun
        if self._job is None or fraction < _FIRST_SHARE or seconds < _FIRST_SECONDS:
            return None
        return seconds * (1 - fraction) / fraction

    def ask(
        self, steps: Callable[[], Steps[T]], *, done: Callable[[T], None], progressed: Callable[[Progress], None]
    ) -> None:
        """Afterwards ``steps`` are being done; ``done`` hears of their result, unless something else is asked for first."""
        self.cancel()
        if self._lane is None:
            self._lane = Lane(self._name, self._post)

        def ended(result: T) -> None:
            self._job = None
            done(result)

        def failed(error: Exception) -> None:
            self._job = None
            raise error

        def reported(progress: Progress) -> None:
            self._fraction = progress.fraction or 0.0
            progressed(progress)

        self._begun, self._fraction = self._clock(), 0.0
        self._job = Job(self._name, steps, done=ended, failed=failed, progressed=reported)
        self._lane.submit(self._job)

    def cancel(self) -> None:
        """Afterwards nothing is told of what was being worked out."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def close(self) -> None:
        """Afterwards the lane has ended."""
        self.cancel()
        if self._lane is not None:
            self._lane.close()
            self._lane = None
