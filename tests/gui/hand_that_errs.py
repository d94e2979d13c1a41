"""The real program in which faults happen everywhere, with a name in them that nobody may read again; prints what it shows."""

import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

import psutil
from PySide6.QtCore import QRunnable, QThreadPool, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from unet_studio import app

SECRET = "Doe^John"


def fault(where: str) -> None:
    try:
        Path(f"/nowhere/{SECRET}/{where}").read_bytes()
    except OSError as error:
        raise ValueError(f"{SECRET} in {where}") from error


class Painted(QWidget):
    """Fails each time it is painted."""

    def paintEvent(self, event):  # noqa: N802
        fault("paint")


class Pooled(QRunnable):
    """Fails in a thread of Qt."""

    def run(self):
        fault("pool")


def begun(studio, how: str) -> None:
    notices = studio.window.notices
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "look":
        return finish(studio, {"notice": notices.text, "details": details(studio)})
    QTimer.singleShot(0, lambda: fault("slot"))
    threading.Thread(target=lambda: fault("thread")).start()
    QThreadPool.globalInstance().start(Pooled())
    studio.workbench.told.connect(lambda _: fault("event"))
    QTimer.singleShot(0, lambda: studio.workbench.told("hello"))
    painted = Painted(studio.window)
    painted.show()
    for number in range(200):
        QTimer.singleShot(number, painted.repaint)

    def look() -> None:
        painted.hide()
        home = Path(os.environ["UNET_STUDIO_HOME"])
        logging.getLogger("unet_studio.x").warning("a file: %s", OSError(2, "No such file", f"/scans/{SECRET}.nii"))
        log = (home / "unet-studio.log").read_text()
        modes = {p.name: oct(p.stat().st_mode & 0o777) for p in (home, *home.iterdir())}
        listening = [c for c in psutil.Process().net_connections() if c.status == psutil.CONN_LISTEN]
        finish(studio, {
            "notice": notices.text, "log": log, "modes": modes, "listening": len(listening), "details": details(studio),
        })  # fmt: skip

    QTimer.singleShot(1500, look)
    return None


def details(studio) -> str:
    notices = studio.window.notices
    notices.findChild(QPushButton, "noticeAction").click()
    dialog = studio.window.findChild(QWidget, "report")
    dialog.findChild(QPushButton, "copy").click()
    return dialog.findChild(QPlainTextEdit, "reportText").toPlainText()


def finish(studio, seen) -> None:
    print(json.dumps(seen), flush=True)
    QTimer.singleShot(0, studio.window.close)


if __name__ == "__main__":
    sys.exit(app.run([Path(sys.argv[2])], begun=lambda studio: begun(studio, sys.argv[1])))
