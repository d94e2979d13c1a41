"""How many threads a training step is given, tried out again and again, as other programs come and go."""

import statistics
from collections import deque

from unet_studio.unet.device import use_threads

_STEPS_BETWEEN = 40  # from one trial to the next
_TRIED = 3  # steps with each other count, the first of which is not timed
_CLEARLY_FASTER = 0.9


class Pace:
    """Chooses between all threads, half of them and one, by the time the steps take. For one training in one thread.

    Beside other programs two threads wait for each other: on two cores a step took 50 ms with two threads and 65 ms with
    one on an idle machine, and 660 to 3,100 ms against 140 to 160 ms on a busy one. See docs/decisions/0006-threads.md.
    """

    def __init__(self, threads: int) -> None:
        self.count = max(1, threads)
        self._all = sorted({self.count, max(1, self.count // 2), 1}, reverse=True)
        self._recent: deque[float] = deque(maxlen=7)
        self._until_trial = 4
        self._to_try: list[int] = []
        self._tried: dict[int, list[float]] = {}
        self._trying: int | None = None

    @property
    def threads(self) -> int:
        """With how many threads the next step is to be made."""
        return self.count if self._trying is None else self._trying

    def note_step(self, seconds: float) -> None:
        """Called after each step with the time it took; afterwards torch has the threads the next one is to be made with."""
        if len(self._all) == 1:
            return
        if self._trying is None:
            self._recent.append(seconds)
            self._until_trial -= 1
            if self._until_trial <= 0:
                self._to_try = [n for n in self._all if n != self.count]
                self._tried = {}
                self._try_next()
        else:
            self._tried[self._trying].append(seconds)
            if len(self._tried[self._trying]) == _TRIED:
                self._try_next()
        use_threads(self.threads)

    def _try_next(self) -> None:
        self._trying = self._to_try.pop(0) if self._to_try else None
        if self._trying is not None:
            self._tried[self._trying] = []
            return
        pace = {n: statistics.median(times[1:]) for n, times in self._tried.items()}
        fastest = min(pace, key=lambda n: pace[n])
        if pace[fastest] < _CLEARLY_FASTER * statistics.median(self._recent):
            self.count = fastest
        self._recent.clear()
        self._until_trial = _STEPS_BETWEEN
