"""A program of its own: the app with a hand that paints; says when a stroke is on disk, and then waits to be killed."""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from unet_studio.app import import_network, open_segmenter
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.studio import Studio
from unet_studio.gui.theme import DARK, dress
from unet_studio.workbench.preferences import Preferences


def main(project: Path, home: Path) -> None:
    application = QApplication([])
    dress(application, DARK)
    window = MainWindow()
    studio = Studio(
        window, Preferences(home / "settings.json"), DARK,
        projects_folder=home, open_segmenter=open_segmenter, import_network=import_network,
    )  # fmt: skip
    window.show()
    row = 4

    def paint() -> None:
        nonlocal row
        if studio.workbench.annotation is None or studio.workbench.project.saving.pending:
            return
        canvas = window.canvas
        start = canvas.place_of((row, 10)).toPoint()
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(canvas, start + QPoint(40, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
        row = row + 1 if row < 40 else 4
        painted = len(studio.workbench.annotation.history.names())
        studio.workbench.project.saving.attempt(
            lambda _: painted, done=lambda count: print(f"saved {count}", flush=True), failed=lambda error: print(error)
        )

    timer = QTimer()
    timer.timeout.connect(paint)
    timer.start(1)
    studio.workbench.open_project(project)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
