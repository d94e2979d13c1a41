"""The slices still to predict, nearest to the one looked at first."""

import threading
from collections.abc import Iterable, Iterator


class SliceQueue:
    """Hands out each slice once. ``focus`` may be called from any thread while another takes slices."""

    def __init__(self, indices: Iterable[int], focus: int) -> None:
        self._left = set(indices)
        self._total = len(self._left)
        self._focus = focus
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """How many were handed out."""
        return self._total - len(self._left)

    @property
    def total(self) -> int:
        """How many there were."""
        return self._total

    def focus(self, index: int) -> None:
        """Afterwards the slice nearest to ``index`` comes next."""
        with self._lock:
            self._focus = index

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        with self._lock:
            if not self._left:
                raise StopIteration
            nearest = min(self._left, key=lambda i: (abs(i - self._focus), i))
            self._left.remove(nearest)
            return nearest
