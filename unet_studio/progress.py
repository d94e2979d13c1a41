"""Progress reports of slow work, which is a generator: each ``yield`` is a report and a place to stop."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far slow work is: ``fraction`` 0 to 1, None where that can't be told; ``message`` says what goes on."""

    fraction: float | None = None
    message: str = ""


Steps = Generator[Progress, None, T]


def part(steps: Steps[T], low: float, high: float) -> Steps[T]:
    """``steps`` as a part of longer work, of which they are the share from ``low`` to ``high``; their result."""
    while True:
        try:
            report = next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        yield replace(report, fraction=low + (high - low) * (report.fraction or 0.0))


def finish(steps: Steps[T]) -> T:
    """Slow work done to its end in the caller's thread, reports unheard; its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
