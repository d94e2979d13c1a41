"""Garbage collection in the GUI thread only."""

import gc
import threading
import weakref

import pytest

from unet_studio.gui.garbage import GuiThreadGarbage


class Knot:
    """Refers to itself, so only the collector can free it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def garbage(qtbot):
    keeper = GuiThreadGarbage()
    yield keeper
    keeper.end()


def test_a_worker_that_allocates_collects_nothing(garbage):
    knot = weakref.ref(Knot())

    def allocate() -> None:
        kept = [[] for _ in range(20_000)]  # would start many collections
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert knot() is not None and not gc.isenabled()


def test_the_timer_collects_in_its_own_thread(garbage, qtbot):
    seen = []
    gc.callbacks.append(watch := lambda phase, _: seen.append(threading.current_thread()) if phase == "start" else None)
    try:
        knot = weakref.ref(Knot())
        kept = [[] for _ in range(20_000)]
        qtbot.waitUntil(lambda: knot() is None)
        assert kept and set(seen) == {threading.main_thread()}
    finally:
        gc.callbacks.remove(watch)


def test_afterwards_python_collects_by_itself_again(qtbot):
    GuiThreadGarbage().end()
    assert gc.isenabled()
