"""One measured figure beside the floor it is judged by, and how to measure several things fairly in one run."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Row:
    """``against`` is the floor in the same unit; ``goal`` the largest ratio to it, or without a floor the largest value."""

    name: str
    value: float
    unit: str
    against: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of the floor."""
        return None if not self.against else self.value / self.against

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        return {
            "name": self.name, "value": self.value, "unit": self.unit, "against": self.against, "ratio": self.ratio,
            "goal": self.goal, "met": self.is_met,
        }  # fmt: skip

    def as_text(self) -> str:
        """As a person reads it."""
        ratio = "" if self.ratio is None else f"  {self.ratio:6.2f} x {self.against:.3f}"
        goal = "" if self.goal is None else f"  goal {self.goal:g} {'met' if self.is_met else 'MISSED'}"
        return f"{self.name:44s} {self.value:9.3f} {self.unit}{ratio}{goal}"


def interleaved(ways: Mapping[str, Callable[[], object]], *, rounds: int, inner: int = 1) -> dict[str, "Times"]:
    """Milliseconds a call for each of the ways, taken in turns so that a busy moment of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    worked: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, way in ways.items():
                start, begun = time.perf_counter(), time.process_time()
                for _ in range(inner):
                    way()
                worked[name].append((time.process_time() - begun) / inner * 1000)
                taken[name].append((time.perf_counter() - start) / inner * 1000)
    finally:
        gc.enable()
    return {
        name: Times(*(float(v) for v in (np.median(t), np.percentile(t, 99), *np.percentile(worked[name], (50, 99)))))
        for name, t in taken.items()
    }


@dataclass(frozen=True, slots=True)
class Times:
    """In milliseconds; ``worked`` and ``worked_p99`` count the program's own time on the processor, in all its threads."""

    median: float
    p99: float
    worked: float
    worked_p99: float
