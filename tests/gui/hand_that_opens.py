"""The real program on one scan: draws, predicts, reviews, tells its window's title, and closes."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from tests.gui.test_loop import drag
from unet_studio import app


def begun(studio) -> None:
    bench, window = studio.workbench, studio.window
    predicted = []
    bench.assistant.prediction_ended.connect(predicted.append)
    steps = iter(("draw", "predict", "wait", "close"))
    step = next(steps)

    def go() -> None:
        nonlocal step
        if bench.annotation is None:
            return
        if step == "draw":
            drag(window.canvas, (2, 2), (2, 3))
            window.actions_by_id["review"].trigger()
        elif step == "predict":
            window.actions_by_id["predict"].trigger()
        elif step == "wait" and not predicted:
            return
        elif step == "close":
            labels = [label.text() for label in window.findChildren(QLabel)]
            title = {"title": window.windowTitle(), "project": str(bench.project.folder), "labels": labels}
            print(json.dumps(title), flush=True)
            window.close()
            return
        step = next(steps)

    timer = QTimer(window)
    timer.timeout.connect(go)
    timer.start(30)


if __name__ == "__main__":
    sys.exit(app.run([Path(sys.argv[1])], begun=begun))
