"""How many threads a training is given, tried out again and again, as other programs come and go."""

import statistics
import time
from collections import deque

import torch
from torch import nn

from unet_studio.unet.device import use_threads

_STEPS_BETWEEN = 40  # from one trial to the next, at least
_TRIED = 3  # steps with each other count, the first of which is not timed
_CLEARLY_FASTER = 0.9
_HOPELESS = 2.5  # times as slow as now: one step is enough to know
_TRIALS_SHARE = 0.05  # of the time, at most


class Pace:
    """Chooses between all threads, half of them and one, by the time the steps take. For one training in one thread.

    ``most`` is all of them, ``count`` the number to begin with. Why: docs/decisions/0006-threads.md.
    """

    def __init__(self, most: int, *, count: int | None = None) -> None:
        self.count = max(1, count or most)
        self._all = sorted({max(1, most), max(1, most // 2), 1}, reverse=True)
        self._recent: deque[float] = deque(maxlen=7)
        self._until_trial = 4
        self._to_earn_s = 0.0  # seconds of steps before the last trial is paid for
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
            self._to_earn_s -= seconds
            if self._until_trial <= 0 and self._to_earn_s <= 0:
                self._to_try = [n for n in self._all if n != self.count]
                self._tried = {}
                self._try_next()
        else:
            times = self._tried[self._trying]
            times.append(seconds)
            if len(times) == _TRIED or seconds > _HOPELESS * statistics.median(self._recent):
                self._try_next()
        use_threads(self.threads)

    def _try_next(self) -> None:
        self._trying = self._to_try.pop(0) if self._to_try else None
        if self._trying is not None:
            self._tried[self._trying] = []
            return
        pace = {n: statistics.median(times[1:] or times) for n, times in self._tried.items()}
        fastest = min(pace, key=lambda n: pace[n])
        if pace[fastest] < _CLEARLY_FASTER * statistics.median(self._recent):
            self.count = fastest
        self._recent.clear()
        self._until_trial = _STEPS_BETWEEN
        self._to_earn_s = sum(map(sum, self._tried.values())) / _TRIALS_SHARE


def serving_threads(most: int) -> int:
    """``most`` or one, whichever ran a few small layers faster just now; takes some hundredths of a second when idle."""
    layers = nn.Sequential(*(nn.Conv2d(16, 16, 3, padding=1) for _ in range(10)))
    x = torch.zeros(1, 16, 64, 64)
    taken = {}
    before = torch.get_num_threads()
    for count in {1, max(1, most)}:
        use_threads(count)
        times = []
        with torch.inference_mode():
            for _ in range(4):
                began = time.perf_counter()
                layers(x)
                times.append(time.perf_counter() - began)
        taken[count] = sum(times[1:])
    use_threads(before)
    return min(taken, key=lambda n: taken[n])
