"""A training run: a child process that works on a job folder and reports one JSON object a line."""

import contextlib
import logging
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psutil

from unet_studio.errors import TrainingError
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.labels.label_map import Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.segmentation.card import CheckpointCard
from unet_studio.segmentation.job import (
    CHECKPOINT_FILE,
    ENOUGH,
    PARENT,
    JobFailed,
    JobFinished,
    event_from_line,
    write_job,
)
from unet_studio.segmentation.samples import Sample, volume_samples
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.workbench.scan import reading_scan

log = logging.getLogger(__name__)
_JOBS = "unet-studio-job-"
COMMAND = (sys.executable, "-m", "unet_studio", "train-job")


@dataclass(frozen=True, slots=True)
class Material:
    """The reviewed slices of one case: ``labels`` by slice, as stored, the two other array axes in their order."""

    case: Case
    path: Path
    labels: Mapping[int, Labels]
    held_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Trained:
    """A checkpoint fresh from training, still in its job folder, which the caller removes."""

    file: Path
    card: CheckpointCard


def training(
    materials: Sequence[Material], options: TrainingOptions, report: Callable[[TrainingStep], None],
    *, is_enough: Callable[[], bool] = lambda: False, command: Sequence[str] = COMMAND,
) -> Steps[Trained]:  # fmt: skip
    """Reads the scans, writes the job folder, runs the child in it and waits; closing the generator kills the child.

    ``report`` is called in the thread that drives the generator, and so is ``is_enough``: once true, the child is told to
    learn no more and to leave what it has.

    Raises:
        TrainingError: the child failed or died; its sentence.
        ReadError: a scan can't be read any more.
    """
    train, held = yield from reading_samples(materials)
    clear_jobs()
    folder = Path(tempfile.mkdtemp(prefix=f"{_JOBS}{os.getpid()}-"))
    finished = False
    try:
        write_job(folder, train, held, options)
        del train, held
        card = yield from _run(folder, report, is_enough, command)
        finished = True
        return Trained(folder / CHECKPOINT_FILE, card)
    finally:
        if not finished:
            shutil.rmtree(folder, ignore_errors=True)


def clear_jobs() -> None:
    """Afterwards no job folder is left of a program that is gone: killed, it could not tidy up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_JOBS}*-*"):
        number = folder.name.removeprefix(_JOBS).partition("-")[0]
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def discard(trained: Trained) -> None:
    """Afterwards the job folder of a training whose result nobody wants is gone."""
    shutil.rmtree(trained.file.parent, ignore_errors=True)


def reading_samples(materials: Sequence[Material]) -> Steps[tuple[list[Sample], list[Sample]]]:
    """The reviewed slices to train on and those to be scored on.

    Raises:
        ReadError: a scan can't be read any more, or is not the one that was labelled.
    """
    train: list[Sample] = []
    held: list[Sample] = []
    for number, material in enumerate(materials):
        yield Progress(number / len(materials), f"Reading {material.case.name}")
        volume = yield from reading_scan(material.case, material.path)
        view = plane_view(volume.geometry, working_plane(volume.geometry))
        shown = {index: view.orient(labels) for index, labels in material.labels.items()}
        for sample in volume_samples(volume, shown, case=str(material.case.id)):
            (held if sample.index in material.held_out else train).append(sample)
    return train, held


def _run(
    folder: Path, report: Callable[[TrainingStep], None], is_enough: Callable[[], bool], command: Sequence[str]
) -> Steps[CheckpointCard]:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    is_told = False
    with (folder / "errors.txt").open("w+b") as errors:
        child = _started([*command, str(folder)], errors)
        reader = threading.Thread(target=_read, args=(child, lines), daemon=True)
        reader.start()
        try:
            while True:
                if is_enough() and not is_told:
                    is_told = True
                    _tell(child, ENOUGH)
                try:
                    line = lines.get(timeout=0.1)
                except queue.Empty:
                    yield Progress(None, "")
                    continue
                if line is None:
                    errors.seek(0)
                    log.error("training ended without a word: %s", errors.read()[-4000:].decode(errors="replace"))
                    raise TrainingError(f"{_last_words(child)} {_EARLIER}")
                match event_from_line(line):
                    case TrainingStep() as step:
                        report(step)
                        yield Progress(step.fraction, step.message)
                    case JobFinished(card=card):
                        return card
                    case JobFailed(message=message):
                        raise TrainingError(message)
        finally:
            child.kill()  # it has said all it had to say
            child.wait()
            reader.join(5)
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


_EARLIER = "Your labels and the checkpoint before are as they were; click Retrain to try again."


def _started(command: Sequence[str], errors: BinaryIO) -> "subprocess.Popen[str]":
    try:
        return subprocess.Popen(
            command,
            env={**os.environ, PARENT: str(os.getpid())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise TrainingError(
            f"The training process could not be started ({error.strerror or error}). {_EARLIER}"
        ) from error


def _tell(child: "subprocess.Popen[str]", word: str) -> None:
    assert child.stdin is not None
    with contextlib.suppress(OSError):  # it ends by itself just now; its last words are still read
        child.stdin.write(word + "\n")
        child.stdin.flush()


def _last_words(child: "subprocess.Popen[str]") -> str:
    try:
        code = child.wait(5)
    except subprocess.TimeoutExpired:
        return "The training process fell silent."
    if code == -9:  # Linux's way out of a shortage of memory
        return "The training process was ended by the system, most likely for want of memory. Close other programs."
    return f"The training process ended by itself (code {code})."


def _read(child: "subprocess.Popen[str]", lines: "queue.SimpleQueue[str | None]") -> None:
    assert child.stdout is not None
    try:
        for line in child.stdout:
            lines.put(line)
    except (OSError, ValueError):  # the pipe was closed under it
        log.debug("the training's output ended early", exc_info=True)
    finally:
        lines.put(None)
