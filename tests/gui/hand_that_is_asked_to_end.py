"""The real program on a project, asked to end in the middle of a stroke's way to the disk."""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from tests.gui.test_loop import drag
from unet_studio import app


def begun(studio) -> None:
    def go() -> None:
        project = studio.workbench.project
        if studio.workbench.annotation is None or project.saving.pending:
            return
        timer.stop()
        write = project.saving.write

        def interrupted(*what: object) -> None:
            os.kill(os.getpid(), signal.SIGTERM)  # the handler runs before the next step of Python
            write(*what)

        project.saving.write = interrupted
        drag(studio.window.canvas, (20, 20), (20, 30))

    timer = QTimer(studio.window)
    timer.timeout.connect(go)
    timer.start(10)


if __name__ == "__main__":
    sys.exit(app.run([Path(sys.argv[1])], begun=begun))
