"""The drawing hand while a network predicts in this process and another is trained in a child, against an idle program."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.canvas_rows import Scene
from tests.benchmarks.row import Row

if TYPE_CHECKING:
    from unet_studio.unet.segmenter import UNetSegmenter

TICK_MS = 8
SPELL_S = 6.0
ROUNDS = 3


@contextmanager
def _working(segmenter: "UNetSegmenter") -> Iterator[None]:
    """Predicts in a thread and trains in a child meanwhile."""
    from tests.unet.conftest import CORE, DISC, disc_samples, disc_volume
    from unet_studio.segmentation.job import PARENT, write_job
    from unet_studio.segmentation.segmenter import TrainingOptions

    volume, _ = disc_volume(slices=12, size=(256, 256), seed=9)
    stop = threading.Event()

    def predict() -> None:
        while not stop.is_set():
            for _ in segmenter.predict(volume, range(12)):
                if stop.is_set():
                    return

    with tempfile.TemporaryDirectory() as folder:
        samples = disc_samples(slices=9, size=(256, 256), seed=1)
        options = TrainingOptions((DISC, CORE), budget_s=600, architecture="standard", device="cpu", name="busy")
        write_job(Path(folder), samples, samples[:2], options)
        child = subprocess.Popen(
            [sys.executable, "-m", "unet_studio", "train-job", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, PARENT: str(os.getpid())},
        )  # fmt: skip
        thread = threading.Thread(target=predict)
        thread.start()
        time.sleep(6)  # until the child has imported torch and learns
        try:
            assert child.poll() is None, "the training ended"
            yield
        finally:
            stop.set()
            thread.join()
            child.kill()
            child.wait()


def _spell(scene: Scene) -> tuple[list[float], list[float]]:
    """Gaps between ticks of a timer, and how long dabs with their paint took, in ms, while the hand draws ten times a second."""
    gaps, dabs, last = [], [], [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(1000 * (now - last[0]))
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    end, due = time.perf_counter() + SPELL_S, 0.0
    last[0] = time.perf_counter()
    while time.perf_counter() < end:
        scene.app.processEvents()
        if time.perf_counter() > due:
            due = time.perf_counter() + 0.1
            row, column = scene.next_place()
            start = time.perf_counter()
            pen = scene.annotation._pen
            assert pen is not None
            pen.last = (row, column)
            scene.annotation.extend_stroke((row, column))
            scene.app.processEvents()
            dabs.append(1000 * (time.perf_counter() - start))
        time.sleep(0.0005)
    timer.stop()
    return gaps, dabs


def hand_while_working() -> Iterator[Row]:
    """Idle and busy spells in turns."""
    from tests.unet.conftest import CORE, DISC, disc_samples, finished  # they bring torch, which other rows do without
    from unet_studio.segmentation.segmenter import TrainingOptions
    from unet_studio.unet.device import choose_runtime, use_threads
    from unet_studio.unet.fine_tuning import train
    from unet_studio.unet.segmenter import UNetSegmenter

    use_threads((os.cpu_count() or 2) - 1)
    samples = disc_samples(slices=5, size=(96, 96), seed=1)
    options = TrainingOptions((DISC, CORE), steps=3, architecture="standard", device="cpu", name="quick")
    segmenter = UNetSegmenter(finished(train(samples, samples[:2], options)), choose_runtime("cpu"))
    scene = Scene(512)
    scene.annotation.begin_stroke(scene.viewport.view, scene.viewport.index, (256, 256), erase=False)
    idle, busy = ([], []), ([], [])
    for _ in range(ROUNDS):
        for kept, found in zip(idle, _spell(scene), strict=True):
            kept.extend(found)
        with _working(segmenter):
            for kept, found in zip(busy, _spell(scene), strict=True):
                kept.extend(found)
    (idle_gap, idle_dab), (gap, dab) = ([float(np.percentile(x, 99)) for x in part] for part in (idle, busy))
    yield Row("timer gap while predicting and training, p99", gap, "ms", idle_gap, 1.5)
    longest = sum(g > 100 for g in busy[0]) - sum(g > 100 for g in idle[0])
    yield Row("stalls above 100 ms beyond those seen idle", max(0, longest), "", goal=0.0)
    yield Row("longest gap while working", max(busy[0]), "ms", max(idle[0]))
    yield Row("dab while predicting and training, median", float(np.median(busy[1])), "ms", float(np.median(idle[1])))
    yield Row("dab while predicting and training, p99", dab, "ms", idle_dab)


ROWS = {"hand_while_working": hand_while_working}
