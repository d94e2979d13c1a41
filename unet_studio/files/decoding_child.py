"""The decoding child: reads files with other people's decoders, one request a line, until its standard input ends.

A request is one line of JSON; so are the answers: one when everything needed is imported, one with what was found, the
bytes of an array behind it. Nothing is unpickled on either side.
"""

import faulthandler
import importlib
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.regular import shown

Task = Callable[..., Any]
TASKS = {
    "dicom frame": ("unet_studio.files.dicom_decoding", "decoded"),
    "picture": ("unet_studio.files.picture_decoding", "described"),
    "picture pages": ("unet_studio.files.picture_decoding", "pages"),
    "mask pages": ("unet_studio.files.picture_decoding", "raw_pages"),
}
_GRACE_S = 2.0  # the parent kills first, where there still is one


def serve(tasks: Mapping[str, tuple[str, str]]) -> None:
    """Answers until standard input ends; what decoders print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then closes the pipe
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    warnings.simplefilter("ignore")
    _say(replies, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        module, name = tasks[request["task"]]
        task = getattr(importlib.import_module(module), name)
        _say(replies, {"begun": True})
        _answer(replies, task, request)


def _answer(replies: IO[bytes], task: Task, request: dict[str, Any]) -> None:
    path = Path(request["path"])
    faulthandler.dump_traceback_later(request["seconds"] + _GRACE_S, exit=True, file=2)
    _limit_memory(request["most"])
    try:
        found = task(path, *request["args"])
    except ReadError as error:
        _say(replies, {"error": str(error)})
    except MemoryError:
        _say(replies, {"memory": True})
    except Exception:  # noqa: BLE001 - whatever a decoder raises is about the file
        sentence = f"{shown(path)} is damaged: it can't be decoded. Ask for a new copy."
        _say(replies, {"error": sentence})
    else:
        if isinstance(found, np.ndarray):
            whole = np.ascontiguousarray(found)
            _say(replies, {"shape": whole.shape, "dtype": whole.dtype.str}, whole.reshape(-1).view(np.uint8).data)
        else:
            _say(replies, {"facts": found})
    finally:
        faulthandler.cancel_dump_traceback_later()


def _limit_memory(most: int) -> None:
    """Afterwards this process gets no more than ``most`` bytes beyond what it has; elsewhere than on Linux the parent looks."""
    if sys.platform != "linux":
        return
    import resource

    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = held + most if hard == resource.RLIM_INFINITY else min(held + most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _say(replies: IO[bytes], said: dict[str, Any], pixels: memoryview | None = None) -> None:
    replies.write(json.dumps(said).encode() + b"\n")
    if pixels is not None:
        replies.write(pixels)
    replies.flush()


if __name__ == "__main__":
    serve(TASKS)
