"""``doctor``: what the program finds on this computer, for a bug report; no patient data."""

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

import unet_studio
from unet_studio.cli.output import Output
from unet_studio.errors import StudioError
from unet_studio.files.regular import size_in_words
from unet_studio.project.settings import settings_path
from unet_studio.resources import resource
from unet_studio.workbench.sample import projects_folder

_LIBRARIES = ("torch", "numpy", "scipy", "PySide6-Essentials", "pyqtgraph", "SimpleITK", "nibabel", "pydicom", "pillow")
_QT_S = 30
# Asked in a process of its own: this one never imports Qt, and a broken Qt aborts the process it is in.
_ASK_QT = """
import json, sys
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication(sys.argv)
screens = [[s.size().width(), s.size().height(), s.devicePixelRatio()] for s in application.screens()]
print(json.dumps({"version": qVersion(), "platform": application.platformName(), "screens": screens,
                  "fonts": len(QFontDatabase.families())}))
"""


def run(output: Output) -> int:
    """Tells versions, devices, Qt platform, fonts, memory and folders; 1 where something is missing that the app needs."""
    found: dict[str, Any] = {
        "versions": _versions(),
        "devices": _devices(),
        "qt": _qt(),
        "memory": _memory(),
        "folders": _folders(),
    }
    problems = _problems(found)
    output.say(_text(found))
    output.result({**found, "problems": problems})
    for problem in problems:
        output.fail(problem)
    return 1 if problems else 0


def _versions() -> dict[str, str]:
    found = {
        "UNet Studio": unet_studio.__version__,
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "missing"
    return found


def _devices() -> dict[str, str]:
    from unet_studio.unet.device import choose_runtime  # torch

    found = {"cores": f"{psutil.cpu_count(logical=False) or '?'} ({psutil.cpu_count() or '?'} threads)"}
    for device in ("cpu", "cuda", "mps"):
        try:
            found[device] = choose_runtime(device).text
        except StudioError:
            found[device] = "none"
    return found


def _qt() -> dict[str, Any]:
    """What Qt says; on a computer without a display, what it says when it draws into memory."""
    has_display = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if has_display or os.environ.get("QT_QPA_PLATFORM"):
        return _asked_qt(dict(os.environ))
    return {
        **_asked_qt({**os.environ, "QT_QPA_PLATFORM": "offscreen"}),
        "display": "none, so the app opens no window here",
    }


def _asked_qt(environment: dict[str, str]) -> dict[str, Any]:
    try:
        command = [sys.executable, "-c", _ASK_QT]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=_QT_S, check=False, env=environment)
        if asked.returncode == 0:
            answer: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
            return answer
        last = " ".join(asked.stderr.split())[:400] or "no message"
        return {"problem": f"Qt can't open a window here (code {asked.returncode}): {last}"}
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError) as error:
        return {"problem": f"Qt does not answer: {error}"}


def _memory() -> dict[str, str]:
    memory = psutil.virtual_memory()
    return {"total": size_in_words(memory.total), "free": size_in_words(memory.available)}


def _folders() -> dict[str, str]:
    folders = {
        "settings": settings_path().parent,
        "projects": projects_folder(),
        "sample": resource("sample"),
    }
    return {name: f"{path} ({_access(path)})" for name, path in folders.items()}


def _access(path: Path) -> str:
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    writable = "writable" if os.access(there, os.W_OK) else "read-only"
    free = size_in_words(psutil.disk_usage(str(there)).free)
    return f"{writable}, {free} free" if there == path else f"not made yet, {writable}, {free} free"


def _problems(found: dict[str, Any]) -> list[str]:
    missing = [name for name, number in found["versions"].items() if number == "missing"]
    problems = [f"{name} is missing; install the program again." for name in missing]
    if problem := found["qt"].get("problem"):
        problems.append(problem)
    elif not found["qt"]["fonts"]:
        problems.append(
            "There are no fonts, so the window would have no text; install a font package such as fonts-dejavu."
        )
    return problems


def _text(found: dict[str, Any]) -> str:
    lines: list[str] = []
    for title, rows in found.items():
        lines.append(title.capitalize() if title != "qt" else "Qt")
        lines += [f"  {name:<20} {value}" for name, value in rows.items()]
    return "\n".join(lines)
