"""What ``bootstrap.py run`` and ``bootstrap.py test`` do once Python is new enough."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import environment
import libraries
from forbidden import findings
from words import InstallerError, say

ROOT = Path(__file__).resolve().parent.parent
USAGE = "Usage: python3 installer/bootstrap.py run [ARGUMENT...] | test [PYTEST ARGUMENT...]"


def carry_out(arguments: list[str]) -> int:
    """Runs one command; the exit code. What goes wrong outside the program is one sentence on stderr."""
    if not arguments or arguments[0] not in ("run", "test"):
        asked_for_help = bool(arguments) and arguments[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    command, rest = arguments[0], arguments[1:]
    try:
        return _run(rest) if command == "run" else _test(rest)
    except InstallerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130


def _run(arguments: list[str]) -> int:
    window = has_display(os.environ, sys.platform)
    python = environment.prepare(ROOT, "run")
    try:
        libraries.require(libraries.WINDOW if os.environ.get("DISPLAY") else libraries.OFFSCREEN)
    except InstallerError as error:
        if window:
            raise
        print(f"For a window later on: {error}", file=sys.stderr)
    if opens_window(arguments) and not window:
        out = free_folder(Path.cwd())
        say(f"There is no display here, so the demo runs without a window and leaves its pictures and report in {out}")
        arguments = ["demo", "--headless", "--out", str(out)]
    code = subprocess.call([python, "-m", "unet_studio", *(arguments or ["demo"])])
    if code < 0:  # POSIX: minus the signal's number
        print(f"The program was ended from outside by signal {-code}; run the same command again.", file=sys.stderr)
        return 128 - code
    return code


def _test(arguments: list[str]) -> int:
    python = environment.prepare(ROOT, "test")
    libraries.require(libraries.OFFSCREEN)
    checks = {
        "ruff format --check": ["-m", "ruff", "format", "--check", "."],
        "ruff check": ["-m", "ruff", "check", "."],
        "mypy --strict": ["-m", "mypy"],
        "lint-imports": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
    }
    failed = []
    for name, command in checks.items():
        say(name)
        if subprocess.call([python, *command], cwd=ROOT):
            failed.append(name)
    say("forbidden calls")
    found = [line for path in sorted((ROOT / "unet_studio").rglob("*.py")) for line in findings(path)]
    print("\n".join(found) or "None found.")
    if found:
        failed.append("forbidden calls")
    say("pytest" if not failed else f"pytest (already failed: {', '.join(failed)})")
    code = subprocess.call(
        [python, "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    if failed:
        print(f"Failed before pytest: {', '.join(failed)}", file=sys.stderr)
    return code or int(bool(failed))


def opens_window(arguments: list[str]) -> bool:
    """Whether these arguments of the program open its window: none, scans or a project, or the demo with a window."""
    if not arguments:
        return True
    if arguments[0] == "demo":
        return "--headless" not in arguments and "--help" not in arguments
    return Path(arguments[0]).exists() or Path(arguments[0].rpartition("#")[0] or arguments[0]).exists()


def free_folder(place: Path) -> Path:
    """``out`` in a folder, or ``out-2`` and so on where an earlier demo has left something there."""
    names = ("out" if number == 1 else f"out-{number}" for number in itertools.count(1))
    return next(place / name for name in names if not (place / name).exists() or not any((place / name).iterdir()))


def has_display(variables: "os._Environ[str] | dict[str, str]", platform: str) -> bool:
    """Whether a window can be shown; a Qt platform chosen by the user counts as one."""
    if platform != "linux":
        return True
    return any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
