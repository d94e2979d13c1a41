"""Progress reports of slow work, which is a generator: each ``yield`` is a report and a place to stop."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far slow work is: ``fraction`` 0 to 1, None where that can't be told; ``message`` says what goes on."""

    fraction: float | None = None
    message: str = ""


Steps = Generator[Progress, None, T]


def finish(steps: Steps[T]) -> T:
    """Slow work done to its end in the caller's thread, reports unheard; its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
