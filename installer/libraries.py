"""The system libraries Qt needs on Linux: which are missing, and how they are installed on Debian and Ubuntu."""

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping

from words import InstallerError, say, talk

# What the loader asks for -> the Debian package that has it. Tested on a bare Debian 12.
OFFSCREEN: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW: Mapping[str, str] = {
    **OFFSCREEN,
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def require(needed: Mapping[str, str]) -> None:
    """Afterwards all of these libraries can be loaded; installs them where that is allowed.

    Raises:
        InstallerError: some are missing and could not be installed; names the command that does it.
    """
    absent = missing(needed)
    if not absent:
        return
    packages = [needed[name] for name in absent]
    if shutil.which("apt-get") is None:
        raise InstallerError(
            f"Qt needs system libraries that are not here ({', '.join(absent)}): install them with your system's package manager."
        )
    command = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if os.geteuid() != 0:
        raise InstallerError(
            f"Qt needs system libraries that are not here. Run this once, then try again:\n\n    sudo {command}"
        )
    apt_install(packages)
    if still := missing(needed):
        raise InstallerError(f"Qt's system libraries {', '.join(still)} can still not be loaded after: {command}")


def missing(needed: Mapping[str, str]) -> list[str]:
    """Those of the libraries that the loader can't load; none on systems other than Linux."""
    return [name for name in needed if not _loads(name)] if sys.platform == "linux" else []


def apt_install(packages: list[str]) -> None:
    """Installs Debian packages as root.

    Raises:
        InstallerError: apt-get failed; says how.
    """
    say(f"Installing system packages: {' '.join(packages)}")
    talk(["apt-get", "update"], shown=_apt_line)
    code, output = talk(["apt-get", "install", "-y", "--no-install-recommends", *packages], shown=_apt_line)
    if code:
        problem = next((line for line in output.splitlines() if line.startswith("E:")), "apt-get failed")
        raise InstallerError(
            f"The system packages could not be installed ({problem}). With a network connection, run: "
            f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
        )


def _apt_line(line: str) -> str | None:
    return line.strip() if line.startswith(("Get:", "Setting up", "E:", "Err:")) else None


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
