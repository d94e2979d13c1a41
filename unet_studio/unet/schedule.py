"""How far a training is, told by its steps or by the clock."""

import math
import time

_LOWEST = 0.3  # of the peak rate, at the end: at a hundredth the training slices are learned by heart (decision 0003)
_SLACK_S = 1.0  # for writing the file and for what can't be foreseen


class Schedule:
    """The course of one training, from the moment it is made. Exactly one of ``budget_s`` and ``steps`` is set.

    With a budget, learning ends early enough for the last scoring (``reserve_s``) and for writing the checkpoint. It may be
    ended sooner.
    """

    def __init__(self, *, budget_s: float | None, steps: int | None) -> None:
        self._began = time.monotonic()
        self._budget_s = budget_s
        self._steps = steps
        self._learning_began_s = 0.0
        self._longest_step_s = 0.0
        self._last_s = 0.0
        self._cut_s = math.inf
        self.reserve_s = 0.0

    @property
    def seconds(self) -> float:
        """Since the training was asked for."""
        return time.monotonic() - self._began

    def start_learning(self) -> None:
        """Afterwards the fraction learned counts from now."""
        self._learning_began_s = self._last_s = self.seconds

    def note_step(self) -> float:
        """Called after each step, so that the last one does not overrun the budget; how long it took in seconds."""
        now = self.seconds
        took_s, self._last_s = now - self._last_s, now
        self._longest_step_s = max(took_s, 0.8 * self._longest_step_s)
        return took_s

    def end_within(self, seconds: float) -> None:
        """Afterwards a training with a budget learns for that much longer at most, as if it had never had more time."""
        assert self._budget_s is not None
        self._cut_s = min(self._cut_s, self.seconds + seconds)
        self._budget_s = min(self._budget_s, self._cut_s + self.reserve_s + _SLACK_S)

    def end_now(self) -> None:
        """Afterwards no step is made any more, but the first one."""
        if self._steps is None:
            self.end_within(0.0)
        else:
            self._steps = 1

    def skip(self) -> None:
        """Called after a pause for scoring, which is no step."""
        self._last_s = self.seconds

    @property
    def _learning_ends_s(self) -> float:
        assert self._budget_s is not None
        return min(self._cut_s, self._budget_s - min(self.reserve_s + _SLACK_S, 0.5 * self._budget_s))

    def learned(self, step: int) -> float:
        """How much of the learning is done after ``step`` steps, 0 to 1."""
        if self._steps is not None:
            return min(1.0, step / self._steps)
        length = max(self._learning_ends_s - self._learning_began_s, 1e-3)
        return min(1.0, max(0.0, self.seconds - self._learning_began_s) / length)

    def is_over(self, step: int) -> bool:
        """Whether another step would be one too many; a first one is always made."""
        if step == 0:
            return False
        if self._steps is not None:
            return step >= self._steps
        return self.seconds + self._longest_step_s > self._learning_ends_s

    def seconds_left(self, step: int) -> float:
        """What remains of the whole work, scoring and writing included."""
        if self._budget_s is not None:
            return max(0.0, self._budget_s - self.seconds)
        assert self._steps is not None
        pace = (self.seconds - self._learning_began_s) / step if step else 0.0
        return pace * max(0, self._steps - step) + self.reserve_s

    def fraction(self, step: int) -> float:
        """How much of the whole work is done, 0 to 1."""
        left = self.seconds_left(step)
        return min(1.0, self.seconds / max(self.seconds + left, 1e-6)) if step or self._budget_s else 0.0


def learning_rate(progress: float, *, step: int, peak: float, warm_up_steps: int) -> float:
    """Rising evenly over the first steps, then falling by a half cosine to three tenths of ``peak`` at ``progress`` 1."""
    falling = _LOWEST + (1 - _LOWEST) * 0.5 * (1 + math.cos(math.pi * min(max(progress, 0.0), 1.0)))
    return peak * falling * min(1.0, (step + 1) / max(1, warm_up_steps))
