"""The scan that is likely to be wanted next, read before anybody asks."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil

from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.scan import reading_scan

_BYTES_A_VOXEL = 4  # at most, of nearly all scans


def quarter_of_free_memory() -> int:
    """How many bytes a scan that nobody has asked for may take."""
    return int(psutil.virtual_memory().available) // 4


class ReadAhead:
    """One scan on its way, or there. ``listener`` hears its reports, once somebody waits for it."""

    def __init__(self, case: Case, path: Path, lane: Lane) -> None:
        self.case = case
        self.listener: Callable[[Progress], None] | None = None
        self._path = path
        self._volume: Volume | None = None
        self._mark: tuple[int, int] | None = None
        self._job = lane.submit(
            Job("read ahead", self._steps, done=lambda _: None, failed=lambda _: None, progressed=self._tell)
        )

    def cancel(self) -> None:
        """Afterwards it stops, if it is still on its way."""
        self._job.cancel()

    def take(self) -> Volume | None:
        """The scan, given away; None where it is not there, or its file has changed. Called in the lane, behind its job."""
        volume, self._volume = self._volume, None
        return volume if self._mark is not None and self._mark == _mark(self._path) else None

    def _steps(self) -> Steps[None]:
        self._mark = _mark(self._path)
        self._volume = yield from reading_scan(self.case, self._path)

    def _tell(self, progress: Progress) -> None:
        if self.listener is not None:
            self.listener(progress)


class Ahead:
    """Reads one scan ahead in ``lane``, where its volume fits into ``room`` bytes. Lives in the owner's thread."""

    def __init__(self, lane: Lane, room: Callable[[], int] = quarter_of_free_memory) -> None:
        self._lane = lane
        self._room = room
        self._read: ReadAhead | None = None

    def read(self, case: Case, path: Path) -> None:
        """Afterwards the scan of ``case`` is being read, and no other."""
        self.forget()
        if int(np.prod(case.shape)) * _BYTES_A_VOXEL <= self._room():
            self._read = ReadAhead(case, path, self._lane)

    def claim(self, case: Case) -> ReadAhead | None:
        """What is being read, where it is the scan of ``case``; else it is forgotten, so that it is in nobody's way."""
        if self._read is not None and self._read.case == case:
            return self._read
        self.forget()
        return None

    def forget(self) -> None:
        """Afterwards nothing is read ahead or held."""
        if self._read is not None:
            self._read.cancel()
            self._read = None


def _mark(path: Path) -> tuple[int, int] | None:
    """What changes when a file is written again."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
