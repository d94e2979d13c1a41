"""The virtual environment ``.venv``: made, filled, found to be current, or made again."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from libraries import apt_install
from words import InstallerError, say, talk

NEEDED_BYTES = 4_000_000_000
STAMP = "unet-studio-installed.json"
_NETWORK = (
    "name resolution", "name or service not known", "nameresolutionerror", "newconnectionerror", "connection refused",
    "failed to establish a new connection", "network is unreachable", "connecttimeout", "read timed out", "readtimeout",
    "connection timed out", "proxyerror", "cannot connect to proxy", "max retries exceeded", "connection aborted",
)  # fmt: skip
_PROGRESS = (
    "Collecting ",
    "Downloading ",
    "Processing ",
    "Installing collected",
    "Building ",
    "Preparing ",
    "Successfully installed",
)


def prepare(root: Path, mode: str) -> Path:
    """The Python of ``root/.venv`` with the program and what ``mode`` ("run" or "test") needs installed.

    Where a stamp says that all of that is so already, nothing is done and no network is needed.

    Raises:
        InstallerError: no network, no space, no venv module, or a package that must not be there.
    """
    folder = root / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if is_current(root, mode):
        return python
    earlier = _stamped_mode(folder)
    if folder.exists() and (why := why_unusable(folder)):
        say(f"Making .venv again: {why}")
        _remove(folder)
        earlier = None
    if earlier is None:
        _check_space(root)
    if not folder.exists():
        _make(folder)
    mode = "test" if earlier == "test" else mode  # what was there stays there
    (folder / STAMP).unlink(missing_ok=True)
    if earlier is None:
        size = "1.5 GB" if mode == "run" else "2 GB"
        say(f"Installing UNet Studio and what it needs: minutes the first time, about {size}")
    else:
        say("Bringing .venv up to date")
    # The build tools are installed like all else, so that a later change of pyproject.toml needs no network either.
    _pip(root, python, ["hatchling", "editables"])
    _pip(root, python, ["--no-build-isolation", "-e", f"{root}[test]" if mode == "test" else str(root)])
    if problem := intruder(_installed(python)):
        raise InstallerError(problem)
    _write_stamp(root, mode)
    return python


def is_current(root: Path, mode: str) -> bool:
    """Whether the stamp in ``root/.venv`` is of these requirements, at least this mode, this place and a Python that runs."""
    folder = root / ".venv"
    stamp = _stamp(folder)
    return (
        stamp.get("requirements") == requirements_digest(root)
        and stamp.get("mode") in (mode, "test")
        and why_unusable(folder) is None
    )


def requirements_digest(root: Path) -> str:
    """What the environment must be built from, in one figure."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "installer/constraints.txt"):
        digest.update((root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def why_unusable(folder: Path) -> str | None:
    """Why a virtual environment can't be used as it is; None where it can."""
    try:
        lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "it was not made to its end"
    made = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    command = made.get("command", "")  # ends with the folder it was made in, since Python 3.11
    if command and not command.endswith((str(folder), str(folder.resolve()))):
        return "the folder was moved or copied"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "the Python it was made with is gone"
    version = answer.stdout.strip()
    if answer.returncode:
        return "it was not made to its end, or its Python is gone"
    if not made.get("version", version).startswith(version) or tuple(map(int, version.split("."))) < (3, 11):
        return "it was made with another Python"
    return None


def intruder(installed: dict[str, str]) -> str | None:
    """A sentence on a package that must not be there, by name and version; None where all is well.

    torchvision pins a torch of its own. nvidia-* belong to torch's CUDA build and to nothing else.
    """
    if "torchvision" in installed:
        return (
            f"torchvision {installed['torchvision']} got into .venv; it forces another torch on the program. "
            "Remove the package that asks for it from pyproject.toml, delete .venv and run this again."
        )
    cuda = sorted(name for name in installed if name.startswith("nvidia-"))
    if cuda and "+cpu" in installed.get("torch", ""):
        return (
            f"{cuda[0]} and {len(cuda) - 1} more CUDA packages got into .venv though torch is the CPU build. "
            "Remove the package that asks for them from pyproject.toml, delete .venv and run this again."
        )
    return None


def explain(output: str) -> str:
    """The sentence for a failed pip, told from its output."""
    text = output.lower()
    if "no space left on device" in text or "errno 28" in text:
        return "The disk filled up while installing: free about 4 GB and run this again."
    if any(sign in text for sign in _NETWORK):
        return (
            "The Python packages could not be downloaded because the package index can't be reached: check the network "
            "(behind a proxy, set HTTPS_PROXY) and run this again; it goes on where it stopped."
        )
    if "no matching distribution found" in text:
        wanted = text.rpartition("no matching distribution found for")[2].split("\n")[0].strip()
        return (
            f"There is no build of {wanted} for Python {sys.version_info[0]}.{sys.version_info[1]} on this computer: "
            "use Python 3.11, 3.12 or 3.13 on 64-bit Linux, Windows or macOS."
        )
    return "pip could not install the program. Its last lines:\n\n" + "\n".join(output.strip().splitlines()[-12:])


def _check_space(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < NEEDED_BYTES:
        raise InstallerError(
            f"Installing needs about {NEEDED_BYTES / 1e9:.0f} GB and {root} has {free / 1e9:.1f} GB left: "
            "free some space, or move this folder to another disk, and run this again."
        )


def _remove(folder: Path) -> None:
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as error:
        raise InstallerError(f"{folder} can't be removed ({error.strerror}): delete it and run this again.") from error


def _make(folder: Path) -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = f"python{version}-venv"
        if shutil.which("apt-get") is None:
            raise InstallerError(f"This Python {version} has no venv module: install it and run this again.") from None
        if os.geteuid() != 0:
            raise InstallerError(
                f"This Python {version} has no venv module. Run this once, then try again:\n\n"
                f"    sudo apt-get install -y {package}"
            ) from None
        apt_install([package])
    say(f"Making .venv with Python {version}")
    code, output = talk([sys.executable, "-m", "venv", folder], shown=lambda _: None)
    if code:
        shutil.rmtree(folder, ignore_errors=True)
        if "no space left" in output.lower():
            raise InstallerError(explain(output))
        raise InstallerError("The virtual environment could not be made:\n\n" + output.strip())


def _pip(root: Path, python: Path, wanted: list[str]) -> None:
    flags = ["--disable-pip-version-check", "--no-input", "--retries", "2", "--progress-bar", "off"]
    constraints = root / "installer" / "constraints.txt"
    command = [python, "-m", "pip", "install", *flags, "-c", constraints, *wanted]
    try:
        code, output = talk(command, shown=_pip_line, log=root / ".venv" / "install.log")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise InstallerError(explain("no space left on device")) from error
        raise
    if code:
        raise InstallerError(explain(output))


def _pip_line(line: str) -> str | None:
    text = line.strip()
    if text.startswith("Installing collected"):
        return f"Unpacking {text.count(',') + 1} packages (torch and Qt take a minute)"
    if text.startswith("Successfully installed"):
        return f"Installed {len(text.split()) - 2} packages"
    if not text.startswith(_PROGRESS):
        return None
    return text if len(text) < 110 else text[:107] + "..."


def _installed(python: Path) -> dict[str, str]:
    command = [python, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {package["name"].lower().replace("_", "-"): package["version"] for package in json.loads(listed)}


def _stamp(folder: Path) -> dict[str, str]:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _stamped_mode(folder: Path) -> str | None:
    return _stamp(folder).get("mode")


def _write_stamp(root: Path, mode: str) -> None:
    stamp = root / ".venv" / STAMP
    beside = stamp.with_suffix(".new")
    beside.write_text(json.dumps({"requirements": requirements_digest(root), "mode": mode}), encoding="utf-8")
    beside.replace(stamp)
