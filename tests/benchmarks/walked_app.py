"""The real program, which tells a hand outside what it needs to know: where a pixel is on the screen, what is drawn.

Reads one JSON object a line, answers with one: {"ask": "state"}, {"ask": "places", "points": [[row, column], …]},
{"ask": "labels", "slice": 4, "to": "labels.npy"}.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSocketNotifier

from unet_studio import app
from unet_studio.gui.studio import Studio


class Teller:
    """Answers questions about ``studio``; changes nothing in it."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._rest = b""
        self._asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, studio.window)
        self._asked.activated.connect(self._answer)

    def _answer(self) -> None:
        self._rest += os.read(sys.stdin.fileno(), 65536)
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            question = json.loads(line)
            print(json.dumps(getattr(self, f"_{question['ask']}")(question)), flush=True)

    def _state(self, _: dict) -> dict:
        bench = self._studio.workbench
        annotation, project = bench.annotation, bench.project
        if annotation is None:
            return {"case": None}
        index = bench.viewport.index
        window = self._studio.window.frameGeometry()
        return {
            "case": annotation.case.name, "slice": index, "state": annotation.state(index).value,
            "proposed": annotation.proposal(index) is not None, "predicting": bench.assistant.predicting is not None,
            "radius": bench.palette.brush.radius, "value": bench.palette.value,
            "saved": project is not None and project.saving.pending == 0,
            "undo": annotation.history.undo_name, "window": [window.x(), window.y(), window.width(), window.height()],
        }  # fmt: skip

    def _places(self, question: dict) -> list:
        canvas = self._studio.window.canvas
        places = [canvas.mapToGlobal(canvas.place_of((row, column))) for row, column in question["points"]]
        return [[place.x(), place.y()] for place in places]

    def _labels(self, question: dict) -> str:
        annotation = self._studio.workbench.annotation
        proposal = annotation.proposal(question["slice"])
        shown = annotation.labels(question["slice"]) if proposal is None else proposal.labels
        np.save(question["to"], shown)
        return question["to"]


def main(paths: list[Path]) -> int:
    """The program on these paths, answering questions from its standard input."""
    tellers = []
    return app.run(paths, begun=lambda studio: tellers.append(Teller(studio)))


if __name__ == "__main__":
    sys.exit(main([Path(p) for p in sys.argv[1:]]))
