"""``python -m tests.torture.soak N``: opens, predicts, paints, retrains and closes N times in one process; prints its memory."""

import gc
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.torture.run import CLASSES, _add_case
from tests.workbench.children import child, training_children
from tests.workbench.mailbox import Mailbox
from tests.workbench.making import card_of
from unet_studio.project.store import Store
from unet_studio.segmentation.card import Scores
from unet_studio.workbench.retraining import RetrainChoice, retrain
from unet_studio.workbench.workbench import Workbench

MB = 1 << 20


def cycle(mailbox: Mailbox, project: Path, command: list[str], index: int) -> None:
    """One day's work: what is done once is done again and again."""
    bench = Workbench(open_segmenter=_no_network, post=mailbox.post, training_command=command)
    bench.open_project(project)
    mailbox.wait_for(lambda: bench.annotation is not None, timeout=60)
    assert bench.annotation is not None and bench.project is not None
    annotation = bench.annotation
    bench.viewport.go(index % 4)
    ended: list[str] = []
    bench.assistant.prediction_ended.connect(ended.append)
    bench.project.checkpoints.records = ()  # no network: the threshold proposes
    bench.predict()
    mailbox.wait_for(lambda: ended or bench.assistant.predicting is None, timeout=60)
    annotation.begin_stroke(annotation.view, index % 4, (20.0, 20.0), erase=index % 3 == 2)
    annotation.extend_stroke((20.0 + index % 7, 30.0))
    annotation.end_stroke()
    bench.review()
    annotation.undo()
    annotation.redo()
    before = len(_listed(bench))
    retrain(bench.project, bench.assistant, RetrainChoice(), CLASSES, lambda _: None)
    mailbox.wait_for(lambda: len(_listed(bench)) > before or index == 0, timeout=60)
    assert bench.close()
    mailbox.drain()


def soak(cycles: int, told: Callable[[str], None] = lambda _: None) -> tuple[list[float], list[str]]:
    """Resident megabytes after each cycle, and what was left behind: children, threads, temporary files."""
    sizes: list[float] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        home, own = Path(folder), tempfile.tempdir
        (home / "temp").mkdir()
        tempfile.tempdir = str(home / "temp")
        project = home / "soak.unetstudio"
        with Store.create(project, name="soak", classes=CLASSES) as store:
            _add_case(store, home / "ball.nii.gz", 0)
        command = child(home, "finish", card_of(scores=Scores({1: 0.9}, 1, 1)))
        threads = threading.active_count()
        try:
            for index in range(cycles):
                cycle(Mailbox(), project, command, index)
                gc.collect()
                sizes.append(psutil.Process().memory_info().rss / MB)
                if index % 10 == 9:
                    told(f"{index + 1} cycles: {sizes[-1]:.1f} MB")
            left = [*map(str, training_children()), *map(str, (home / "temp").iterdir())]
            left += ["a thread"] * max(0, threading.active_count() - threads)
            left += [str(p) for p in project.rglob(".us-*")]
        finally:
            tempfile.tempdir = own
    return sizes, left


def growth(sizes: list[float], *, after: int = 10) -> float:
    """By which share memory grew since the cycle numbered ``after``."""
    return max(sizes[after:]) / sizes[after - 1] - 1.0


def _listed(bench: Workbench) -> tuple[object, ...]:
    return bench.project.checkpoints.records if bench.project is not None else ()


def _no_network(*_: object) -> object:
    raise AssertionError("no network is to be opened")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sizes, left = soak(int(sys.argv[1]), told=lambda text: print(text, flush=True))
    print(f"{growth(sizes):.1%} more than after the tenth cycle; left behind: {left or 'nothing'}")
    sys.exit(bool(left) or growth(sizes) > 0.05)
