"""The training process: reads a job folder, learns, and tells its progress a line at a time."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import psutil

from unet_studio.errors import StudioError
from unet_studio.segmentation.job import (
    CHECKPOINT_FILE,
    ENOUGH,
    PARENT,
    JobEvent,
    JobFailed,
    JobFinished,
    event_to_line,
    read_job,
)
from unet_studio.unet.checkpoint import save_checkpoint
from unet_studio.unet.fine_tuning import train

_ORPHANED = 3  # the exit code of a training whose parent has died


def run_job(folder: Path, *, out: TextIO | None = None, words: int | None = None) -> int:
    """Does the job of a folder and leaves ``checkpoint.safetensors`` there; 0, or 1 where it failed.

    Events go to ``out``, standard output if None, one JSON object a line; the last tells how it ended. ``words`` is the number
    of an open file: once the line ``ENOUGH`` comes from it, what has been learned is scored and left. To be called in a
    process of its own: it gets low priority and ends at once when the process that started it does.
    """
    lines = out or sys.stdout
    enough = threading.Event()
    if words is not None:
        threading.Thread(target=_listen, args=(words, enough), daemon=True, name="words of the parent").start()
    _step_back()
    _end_with_parent()
    code = 1
    try:
        for event in _events(folder, enough.is_set):
            lines.write(event_to_line(event) + "\n")
            lines.flush()
            code = 0 if isinstance(event, JobFinished) else 1
    except BrokenPipeError:  # nobody listens any more
        return 1
    return code


def _events(folder: Path, is_enough: Callable[[], bool]) -> Iterator[JobEvent]:
    try:
        training, held_out, options = read_job(folder)
        work = train(training, held_out, options, is_enough=is_enough)
        del training  # the generator holds what it needs
        while True:
            try:
                yield next(work)
            except StopIteration as end:
                checkpoint = end.value
                break
        save_checkpoint(folder / CHECKPOINT_FILE, checkpoint)
        yield JobFinished(checkpoint.card)
    except StudioError as error:
        yield JobFailed(str(error))
    except MemoryError:
        yield JobFailed("There is not enough memory for this training; close other programs or train on fewer slices.")


def _listen(words: int, enough: threading.Event) -> None:
    """Reads without Python's buffers, whose locks would still be held when the process ends."""
    heard = b""
    while not enough.is_set():
        try:
            more = os.read(words, 64)
        except OSError:
            return
        if not more:
            return
        heard += more
        if ENOUGH.encode() in heard.split(b"\n")[:-1]:
            enough.set()


def _step_back() -> None:
    """Afterwards every other program goes first."""
    process = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if os.name == "nt" else max(10, process.nice()))


def _end_with_parent() -> None:
    """Afterwards this process ends within a second of its parent's end, whatever it is doing."""
    parent = os.getppid()
    told = os.environ.get(PARENT, "")
    if os.name == "posix" and told and told != str(parent):
        os._exit(_ORPHANED)  # it died while torch was being imported here
    if parent <= 1:
        return
    watched = psutil.Process(parent)

    def watch() -> None:
        while watched.is_running() and os.getppid() == parent:
            time.sleep(0.5)
        os._exit(_ORPHANED)

    threading.Thread(target=watch, daemon=True, name="parent watch").start()
