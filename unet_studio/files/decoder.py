"""The door to the decoding child: one warm process in which other people's decoders read files that anybody may have made.

A hang, an abort or a memory bomb in a library ends that process and becomes a ``ReadError``; the next file gets a new one.
"""

import atexit
import functools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import psutil
from numpy.typing import NDArray

import unet_studio
from unet_studio.errors import ReadError
from unet_studio.files.regular import shown

COMMAND = (sys.executable, "-P", "-m", "unet_studio.files.decoding_child")
_START_S = 60.0  # for the child's imports, on a slow disk; no file is looked at in that time
_LEAST_S, _BYTES_A_SECOND = 8.0, 5_000_000  # a decoder of 1/10 the speed of those here
_SPARE_BYTES, _TIMES = 512 << 20, 6  # what decoding may take beside its result
_LOOK_S = 0.05
_LONGEST_LINE = 1 << 20
_KINDS = "biuf"


@dataclass(frozen=True, slots=True)
class Reply:
    """``facts`` is what JSON can say; ``voxels`` the array that came with it, if one did."""

    facts: Any
    voxels: NDArray[Any] | None


class Decoder:
    """Owns the child. Any thread may ask; one at a time is served."""

    def __init__(self, command: Sequence[str] = COMMAND, *, least_s: float = _LEAST_S) -> None:
        self._command = tuple(command)
        self._least_s = least_s
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def facts(self, task: str, path: Path, *args: object, nbytes: int = 0) -> Any:
        """What the task tells of ``path``, whose answer takes about ``nbytes`` to find out.

        Raises:
            ReadError: the file can't be decoded, took too long or too much memory, or broke the decoder.
        """
        return self._ask(task, path, args, nbytes, has_array=False).facts

    def array(self, task: str, path: Path, *args: object, nbytes: int) -> NDArray[Any]:
        """The array of at most ``nbytes`` bytes that the task reads out of ``path``.

        Raises:
            ReadError: as above.
        """
        voxels = self._ask(task, path, args, nbytes, has_array=True).voxels
        assert voxels is not None
        return voxels

    def close(self) -> None:
        """Ends the child, whatever it is doing; none is started any more."""
        self._is_closed = True
        if (child := self._child) is not None:
            child.kill()  # who waits for an answer gets none, and lets go of the lock
            with self._lock:
                self._end(child)

    # ---- inside

    def _ask(self, task: str, path: Path, args: Sequence[object], nbytes: int, *, has_array: bool) -> Reply:
        seconds, most = self._least_s + nbytes / _BYTES_A_SECOND, _SPARE_BYTES + _TIMES * nbytes
        request = {"task": task, "path": os.fsdecode(path.absolute()), "args": args, "seconds": seconds, "most": most}
        with self._lock:
            child = self._running(path)
            assert child.stdin and child.stdout
            with _watched(child) as watch:
                try:
                    child.stdin.write(json.dumps(request).encode() + b"\n")
                    child.stdin.flush()
                    _line(child.stdout)  # imported all it needs: from now on the clock is the file's
                    watch.limit(seconds, most)
                    said = _line(child.stdout)
                    voxels = _array(child.stdout, said, nbytes) if "shape" in said else None
                    if has_array and voxels is None and not said.keys() & {"error", "memory"}:
                        raise ValueError(said)
                except (OSError, ValueError, EOFError) as error:
                    self._end(child)
                    raise ReadError(_given_up(path, watch.why, seconds), path=path) from error
                except BaseException:  # Ctrl+C between question and answer: what comes next would answer this one
                    self._end(child)
                    raise
            if "memory" in said:
                self._end(child)
                raise ReadError(_given_up(path, "memory", seconds), path=path)
        if "error" in said:
            raise ReadError(str(said["error"]), path=path)
        return Reply(said.get("facts"), voxels)

    def _running(self, path: Path) -> subprocess.Popen[bytes]:
        """The warm child, or a new one that is ready."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        if self._is_closed:
            raise ReadError(f"{shown(path)} was not read: the program is being closed.", path=path)
        root = str(Path(unet_studio.__file__).parents[1])
        quiet = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "1"}
        search = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        sentence = f"{shown(path)} can't be read: the program's decoder did not start. Restart the program."
        try:
            child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, **quiet, "PYTHONPATH": search},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise ReadError(sentence, path=path) from error
        assert child.stdout
        try:
            with _watched(child):
                _line(child.stdout)
        except (OSError, ValueError, EOFError) as error:
            self._end(child)
            raise ReadError(sentence, path=path) from error
        except BaseException:
            self._end(child)
            raise
        self._child = child
        return child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._child = None
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()


@functools.cache
def decoder() -> Decoder:
    """The program's one decoder. Its child starts with the first file that needs it and ends with the program."""
    one = Decoder()
    atexit.register(one.close)
    return one


@dataclass
class _Watch:
    """Kills a child that is late or grows too large: no library has to be asked, and a blocked read then ends."""

    child: subprocess.Popen[bytes]
    why: str = ""
    _late: float = field(default_factory=lambda: time.monotonic() + _START_S)
    _most: int = 1 << 62
    _done: threading.Event = field(default_factory=threading.Event)

    def limit(self, seconds: float, most: int) -> None:
        """From now on the child has so many seconds, and may grow by so many bytes."""
        self._late, self._most = time.monotonic() + seconds, _resident(self.child.pid) + most

    def end(self) -> None:
        """The child has answered."""
        self._done.set()

    def run(self) -> None:
        """Until it has."""
        while not self._done.wait(_LOOK_S):
            if time.monotonic() > self._late:
                self.why = "time"
            elif _resident(self.child.pid) > self._most:
                self.why = "memory"
            if self.why:
                self.child.kill()
                return


@contextmanager
def _watched(child: subprocess.Popen[bytes]) -> Iterator[_Watch]:
    watch = _Watch(child)
    thread = threading.Thread(target=watch.run, name="decoder watch", daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.end()
        thread.join()


def _resident(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _line(stream: IO[bytes]) -> dict[str, Any]:
    text = stream.readline(_LONGEST_LINE)
    if not text.endswith(b"\n"):
        raise EOFError
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError(said)
    return said


def _array(stream: IO[bytes], said: dict[str, Any], most: int) -> NDArray[Any]:
    """The array behind a reply. The child is not trusted: nothing is taken for larger than was asked for."""
    dtype, shape = np.dtype(str(said["dtype"])), tuple(int(n) for n in said["shape"])
    if (
        dtype.kind not in _KINDS
        or min(shape, default=1) < 0
        or int(np.prod(shape, dtype=object)) * dtype.itemsize > most
    ):
        raise ValueError(said)
    voxels = np.empty(shape, dtype)
    target = voxels.reshape(-1).view(np.uint8).data
    done = 0
    while done < len(target):
        count = stream.readinto(target[done:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        done += count
    return voxels


def _given_up(path: Path, why: str, seconds: float) -> str:
    reason = {
        "time": f"decoding it was given up after {seconds:.0f} s",
        "memory": "decoding it took far more memory than it should",
    }.get(why, "its decoder broke down on it")
    return f"{shown(path)} is damaged, or too large: {reason}. Ask for a new copy."
