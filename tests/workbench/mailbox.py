"""The owner's thread of a test: closures that other threads post, run while the test waits for something."""

import queue
import time
from collections.abc import Callable


class Mailbox:
    """``post`` may be called from any thread; ``wait_for`` runs what was posted in the thread that calls it."""

    def __init__(self) -> None:
        self._closures: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, closure: Callable[[], None]) -> None:
        self._closures.put(closure)

    def wait_for(self, condition: Callable[[], object], timeout: float = 20.0) -> None:
        """Runs closures until ``condition`` holds; fails the test where it doesn't in time."""
        until = time.monotonic() + timeout
        while not condition():
            left = until - time.monotonic()
            try:
                closure = self._closures.get(timeout=max(0.0, left))
            except queue.Empty:
                raise AssertionError("what the test waits for did not come true") from None
            closure()

    def drain(self) -> None:
        """Runs what was posted so far."""
        while True:
            try:
                self._closures.get_nowait()()
            except queue.Empty:
                return
