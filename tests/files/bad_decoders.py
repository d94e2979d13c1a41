"""A decoding child whose decoders misbehave, each in its own way."""

import ctypes
import os
import sys
from pathlib import Path

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.decoding_child import serve

COMMAND = (sys.executable, "-P", "-m", "tests.files.bad_decoders")


def hang(path: Path, *_: int) -> None:
    ctypes.PyDLL(None).sleep(3600)  # in C and without letting go of the interpreter, as a decoder would


def abort(path: Path) -> None:
    os.abort()


def bomb(path: Path) -> None:
    held = []
    while True:
        held.append(np.ones(4 << 20))


def refuse(path: Path) -> None:
    raise ReadError(f"{path.name} is no good.", path=path)


def stumble(path: Path) -> None:
    raise RuntimeError("a library's own words about /home/doe/jane")


def chatter(path: Path) -> dict[str, str]:
    print("to standard output")
    print("to standard error", file=sys.stderr)
    os.write(1, b'{"facts": "forged"}\n')
    os.write(2, b"from C\n")
    return {"name": path.name}


def huge(path: Path) -> np.ndarray:
    return np.zeros(1000)


def numbers(path: Path, count: int) -> np.ndarray:
    return np.arange(count, dtype=np.int16).reshape(2, -1)


def whoami(path: Path) -> int:
    return os.getpid()


NAMES = ("hang", "abort", "bomb", "refuse", "stumble", "chatter", "huge", "numbers", "whoami")

if __name__ == "__main__":
    serve(dict.fromkeys(["dicom frame", "picture"], (__name__, "hang")) | {n: (__name__, n) for n in NAMES})
