"""Garbage collection in the GUI thread only."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from unet_studio.gui import garbage as garbage_module
from unet_studio.gui.garbage import QUIET_S, GuiThreadGarbage


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


def test_a_full_collection_waits_until_the_hand_rests(qtbot, monkeypatch):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    now = 100.0
    monkeypatch.setattr(garbage_module.time, "monotonic", lambda: now)
    old = Knot()
    knot = weakref.ref(old)
    keeper = GuiThreadGarbage(widget.windowHandle())
    try:
        monkeypatch.setattr(keeper, "_thresholds", (700, 10, -1))  # a full collection is always due
        del old
        now += 60
        QTest.mouseClick(widget.windowHandle(), Qt.MouseButton.LeftButton)
        now += QUIET_S / 2
        keeper.collect()
        assert knot() is not None, "what was there at the start is left alone while the hand works"
        young = weakref.ref(Knot())
        keeper.collect()
        assert young() is None, "what is new is not"
        now += QUIET_S
        keeper.collect()
        assert knot() is None and gc.get_freeze_count() > 1000
    finally:
        keeper.end()
    assert gc.get_freeze_count() == 0


def test_afterwards_python_collects_by_itself_again(qtbot):
    GuiThreadGarbage().end()
    assert gc.isenabled()
