"""How soon the window is on the screen, beside a bare window of PySide6 and numpy."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.row import Row

ROOT = Path(__file__).parents[2]
TRIES = 9

BARE = """
import time; began = time.perf_counter()
import numpy
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event): QTimer.singleShot(0, done)
def done(): print(time.perf_counter() - began); app.quit()
app = QApplication([]); window = Window(); window.resize(1440, 900); window.show(); app.exec()
"""
OURS = """
import time; began = time.perf_counter()
import os, sys
from unet_studio import app
from unet_studio.gui.main_window import MainWindow
class Timed(MainWindow):
    def __init__(self):
        super().__init__()
        self.painted.connect(lambda: seen.append(time.perf_counter() - began))
seen = []
app.MainWindow = Timed
def begun(studio):
    print(seen[0], time.perf_counter() - began, flush=True)
    os._exit(0)
app.run([], begun=begun)
"""


def window_start() -> Iterator[Row]:
    """The window's first paint, and the moment in which everything is in it, over the bare window's first paint."""
    bare, ours, full = [], [], []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(TRIES):
            bare.append(_seconds(BARE, home)[0])
            first, all_there = _seconds(OURS, home)
            ours.append(first)
            full.append(all_there)
    floor = statistics.median(bare)
    yield Row("window_start", 1000 * statistics.median(ours), "ms", 1000 * floor, 1.5)
    yield Row("window_start, all in it", 1000 * statistics.median(full), "ms", 1000 * floor)


def _seconds(code: str, home: str) -> list[float]:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = os.environ | {"UNET_STUDIO_HOME": home, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return [float(text) for text in run.stdout.split()]


ROWS: dict[str, Callable[[], Iterator[Row]]] = {"window_start": window_start}
