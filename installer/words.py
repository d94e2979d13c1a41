"""How the installer speaks: one line for each step, a sign of life in long ones, one sentence when it can't go on."""

import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

SIGN_OF_LIFE_S = 15.0


class InstallerError(Exception):
    """Something outside the program is in the way; the message is a sentence with the next step."""


def say(line: str) -> None:
    """Prints a step at once, also where the output goes to a file."""
    print(f"\n== {line}", flush=True)


def talk(
    command: Sequence[str | Path], *, shown: Callable[[str], str | None], log: Path | None = None
) -> tuple[int, str]:
    """Runs a command to its end; its exit code and whole output.

    ``shown`` turns a line of output into what to print, None for nothing. When nothing was printed for a while, a line
    says that the work goes on.
    """
    lines: queue.Queue[str | None] = queue.Queue()
    began, whole, last = time.monotonic(), [], ""
    with subprocess.Popen(
        [str(c) for c in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONNOUSERSITE": "1", "PIP_USER": "0", "DEBIAN_FRONTEND": "noninteractive"},
    ) as process:
        reader = threading.Thread(target=_collect, args=(process.stdout, lines), daemon=True)
        reader.start()
        try:
            while True:
                try:
                    line = lines.get(timeout=SIGN_OF_LIFE_S)
                except queue.Empty:
                    print(f"   ... {_elapsed(time.monotonic() - began)}, still {last or 'at it'}", flush=True)
                    continue
                if line is None:
                    break
                whole.append(line)
                if text := shown(line):
                    last = text[0].lower() + text[1:]
                    print(f"   {text}", flush=True)
        except BaseException:
            process.terminate()
            raise
        finally:
            reader.join()
    output = "".join(whole)
    if log is not None:
        log.write_text(output, encoding="utf-8")
    return process.returncode, output


def _collect(stream: IO[str], lines: "queue.Queue[str | None]") -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _elapsed(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
