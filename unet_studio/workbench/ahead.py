"""The scans that are likely to be wanted next, read before anybody asks."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
import psutil

from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.scan import reading_scan

_BYTES_A_VOXEL = 4  # at most, of nearly all scans
_MOST = 8  # scans on their way: a packed file is unpacked anew for each of its frames


def quarter_of_free_memory() -> int:
    """How many bytes a scan that nobody has asked for may take."""
    return int(psutil.virtual_memory().available) // 4


class ReadAhead:
    """One scan on its way, or there. ``listener`` hears its reports, once somebody waits for it."""

    def __init__(self, case: Case, path: Path) -> None:
        self.case = case
        self.path = path
        self.listener: Callable[[Progress], None] | None = None
        self._volume: Volume | None = None
        self._mark: tuple[int, int] | None = None
        self._job: Job[None] | None = None

    @property
    def is_there(self) -> bool:
        """Whether it has been read."""
        return self._volume is not None

    def begin(self, lane: Lane) -> None:
        """Afterwards it is on its way, if it is not there."""
        if not self.is_there and (self._job is None or self._job.is_cancelled):
            self._job = lane.submit(
                Job("read ahead", self._steps, done=lambda _: None, failed=lambda _: None, progressed=self._tell)
            )

    def put(self, volume: Volume) -> None:
        """Afterwards it is there: ``volume``, just read by another."""
        self._mark, self._volume = _mark(self.path), volume

    def cancel(self) -> None:
        """Afterwards it stops, if it is still on its way."""
        if self._job is not None:
            self._job.cancel()

    def volume(self) -> Volume | None:
        """The scan; None where it is not there, or its file has changed. Called in the lane, behind its job."""
        return self._volume if self._mark is not None and self._mark == _mark(self.path) else None

    def _steps(self) -> Steps[None]:
        self._mark = _mark(self.path)
        self._volume = yield from reading_scan(self.case, self.path)

    def _tell(self, progress: Progress) -> None:
        if self.listener is not None:
            self.listener(progress)


class Ahead:
    """Reads scans ahead in ``lane``, as far as their volumes fit into ``room`` bytes. Lives in the owner's thread."""

    def __init__(self, lane: Lane, room: Callable[[], int] = quarter_of_free_memory) -> None:
        self._lane = lane
        self._room = room
        self._read: dict[int, ReadAhead] = {}  # by case id

    def read(self, wanted: Sequence[tuple[Case, Path]], there: Volume | None = None) -> None:
        """Afterwards the first of these scans are being read in this order, or were, and no others; the first may be ``there``.

        Those that are there stay; of others no more are read than are likely to be wanted soon.
        """
        kept, self._read = self._read, {}
        room, count = self._room(), 0
        for number, (case, path) in enumerate(wanted):
            one = kept.pop(case.id, None)
            if one is None or (one.case, one.path) != (case, path):
                one = ReadAhead(case, path)
                if number == 0 and there is not None:
                    one.put(there)
            if not one.is_there:
                room -= int(np.prod(case.shape)) * _BYTES_A_VOXEL
                count += 1
                if room < 0 or count > _MOST:
                    continue
            self._read[case.id] = one
        for one in kept.values():
            one.cancel()
        for one in self._read.values():
            one.begin(self._lane)

    def keep(self, case: Case, path: Path, volume: Volume) -> None:
        """Afterwards ``volume``, just read, is there for when ``case`` is wanted, if there is room for it."""
        if volume.voxels.nbytes <= self._room():
            self._read[case.id] = ReadAhead(case, path)
            self._read[case.id].put(volume)

    def claim(self, case: Case, beside: Collection[int] = ()) -> ReadAhead | None:
        """What is there or being read, where it is the scan of ``case``.

        What is still being read of others is left, so that it is in nobody's way; what is there of others is forgotten but for
        those ``beside`` it, by case id.
        """
        one = self._read.get(case.id)
        found = one if one is not None and one.case == case else None
        for other in [*self._read.values()]:
            if other is not found and not other.is_there:
                other.cancel()
            if other is not found and (other.case.id not in beside or not other.is_there):
                del self._read[other.case.id]
        return found

    def forget(self) -> None:
        """Afterwards nothing is read ahead or held."""
        for one in self._read.values():
            one.cancel()
        self._read = {}


def _mark(path: Path) -> tuple[int, int] | None:
    """What changes when a file is written again."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
