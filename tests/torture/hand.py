"""The real program with a hand that never rests; writes down what it drew and what it was told is saved.

Each line of its notes begins with the time (monotonic, in seconds): ``opened CASE DIGEST``, ``drew CASE DIGEST NUMBER``,
``saved NUMBER``, ``trained``.
"""

import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.torture.checking import digest
from unet_studio import app
from unet_studio.gui.studio import Studio
from unet_studio.workbench import retraining

ACTS = {
    "stroke": 30, "erase": 5, "undo": 6, "redo": 4, "review": 5, "reopen": 1, "accept": 3, "accept_all": 1, "predict": 2,
    "retrain": 2, "stop": 1, "slice_next": 6, "slice_previous": 6, "copy_previous": 2, "clear_slice": 1, "case_next": 1,
    "case_previous": 1, "label_next": 2,
}  # fmt: skip
TRAINING_S = 2.0
PACE_MS = (10, 140)  # twice as fast as anybody; a hand faster than the disk can't be promised a second


class Hand:
    """Acts on ``studio`` by its canvas and its commands, as chance says."""

    def __init__(self, studio: Studio, notes: int, seed: int, *, trains_first: bool) -> None:
        self.studio, self.bench = studio, studio.workbench
        self._notes, self._chance = notes, random.Random(seed)
        self._trains_first = trains_first
        self._known: dict[int, str] = {}
        self._number = 0
        self._watched: object = None
        self.bench.assistant.trained.connect(lambda _: self.note("trained"))
        self._timer = QTimer(studio.window)
        self._timer.timeout.connect(self.act)
        self._timer.start(20)

    def note(self, what: str) -> None:
        os.write(self._notes, f"{time.monotonic():.4f} {what}\n".encode())

    def act(self) -> None:
        self._timer.start(self._chance.randrange(*PACE_MS))
        if (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
            return
        if self.bench.annotation is None:
            return
        self._watch_saving()
        self._look("opened")
        if self._trains_first and self.bench.project.worklist.reviewed():
            self._trains_first = False
            self._trigger("retrain")
        what = self._chance.choices(list(ACTS), list(ACTS.values()))[0]
        if what in ("stroke", "erase"):
            self._stroke(Qt.MouseButton.LeftButton if what == "stroke" else Qt.MouseButton.RightButton)
        else:
            self._trigger(what)
        self._look("drew")

    def _watch_saving(self) -> None:
        """Afterwards what is about to be saved is noted before it is: it may be on the disk before its action ends."""
        saving = self.bench.project.saving
        if saving is self._watched:
            return
        self._watched, write = saving, saving.write

        def noted(*what: object) -> None:
            before, _ = self._number, self._look("drew")
            write(*what)
            if self._number != before:
                self._ask(self._number)

        saving.write = noted

    def _trigger(self, command: str) -> None:
        action = self.studio.window.actions_by_id[command]
        if action.isEnabled():
            action.trigger()

    def _stroke(self, button: Qt.MouseButton) -> None:
        canvas, chance = self.studio.window.canvas, self._chance
        rows, columns = self.bench.annotation.view.size(self.bench.annotation.label_map.geometry.shape)
        start = canvas.place_of((chance.uniform(2, rows - 3), chance.uniform(2, columns - 3))).toPoint()
        QTest.mousePress(canvas, button, pos=start)
        for _ in range(chance.randrange(1, 6)):
            QTest.mouseMove(canvas, start + QPoint(chance.randrange(-60, 60), chance.randrange(-60, 60)))
        QTest.mouseRelease(canvas, button, pos=start)

    def _look(self, word: str) -> None:
        """Notes the labels of the case on the screen where they are others than before."""
        annotation = self.bench.annotation
        if annotation is None:
            return
        case, now = annotation.case.id, digest(annotation.label_map.voxels, annotation.states)
        if word == "opened" and case in self._known:
            return
        if self._known.get(case) == now:
            return
        self._known[case] = now
        if word == "opened":
            self.note(f"opened {case} {now}")
            return
        number = self._number = self._number + 1
        self.note(f"drew {case} {now} {number}")

    def _ask(self, number: int) -> None:
        """Afterwards it is noted when everything up to ``number`` is saved."""
        self.bench.project.saving.attempt(
            lambda _: number, done=lambda n: self.note(f"saved {n}"), failed=lambda error: self.note(f"failed {error}")
        )


def main(project: Path, notes: Path, seed: int, *, trains_first: bool) -> int:
    retraining.BUDGET_S = dict.fromkeys(retraining.BUDGET_S, TRAINING_S)
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    hands = []
    return app.run([project], begun=lambda studio: hands.append(Hand(studio, handle, seed, trains_first=trains_first)))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), trains_first=sys.argv[4] == "train"))
