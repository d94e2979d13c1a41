"""A disk that fails at the k-th step: opening for writing, a write (all or half of it), a sync, a rename, a link, a folder."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Counts the steps below ``folder``; the one numbered ``fails_at`` and all after it raise ``OSError(number)``.

    With ``is_short`` a failing write leaves half of its bytes first.
    """

    def __init__(self, folder: Path, *, fails_at: int, number: int = 28, is_short: bool = False) -> None:
        self.folder, self.fails_at, self.number, self.is_short = str(folder), fails_at, number, is_short
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        if self.is_failing:
            raise OSError(self.number, os.strerror(self.number))

    @property
    def is_failing(self) -> bool:
        return self.steps >= self.fails_at

    def is_here(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.folder)


class Stream:
    """A file whose writes are steps."""

    def __init__(self, stream: Any, disk: Disk) -> None:
        self._stream, self._disk = stream, disk

    def write(self, content: Any) -> Any:
        try:
            self._disk.step()
        except OSError:
            if self._disk.is_short:
                self._stream.write(content[: len(content) // 2])
            raise
        return self._stream.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """The steps of ``disk`` count, and fail, while this lasts; what only reads or tidies up does not."""
    real_open, real_os_open, real_fsync = io.open, os.open, os.fsync

    def open_file(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        writes = any(letter in mode for letter in "wax+")
        if isinstance(path, int):
            return Stream(real_open(path, mode, *more, **named), disk) if writes else real_open(path, mode)
        if not (writes and disk.is_here(path)):
            return real_open(path, mode, *more, **named)
        disk.step()
        return Stream(real_open(path, mode, *more, **named), disk)

    def os_open(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & _WRITING and disk.is_here(path):
            disk.step()
        return real_os_open(path, flags, *more, **named)

    def fsync(handle: int) -> None:
        disk.step()
        real_fsync(handle)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*paths: Any, **named: Any) -> Any:
            if any(disk.is_here(p) for p in paths):
                disk.step()
            return real(*paths, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", open_file)
        patch.setattr(os, "open", os_open)
        patch.setattr(os, "fsync", fsync)
        for name in ("replace", "rename", "link", "mkdir"):
            patch.setattr(os, name, counted(getattr(os, name)))
        yield disk


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def every_step(
    folder: Path,
    work: Callable[[], object],
    *,
    number: int,
    is_short: bool,
    failed: Callable[[int, OSError | Exception], None],
) -> int:
    """Does ``work`` with the disk failing at step 1, 2, … until it succeeds; ``failed`` looks after each failure.

    Returns at how many steps it failed.
    """
    for at in range(1, 200):
        try:
            with failing(Disk(folder, fails_at=at, number=number, is_short=is_short)):
                work()
        except Exception as error:  # noqa: BLE001 - which it is, is what ``failed`` looks at
            failed(at, error)
        else:
            return at - 1
    raise AssertionError("it never succeeded")
