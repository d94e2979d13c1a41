"""What finds a moved scan again, and finds out a changed one: taken while the voxels are still in the processor's cache."""

import hashlib
from dataclasses import dataclass

import numpy as np
from isal import isal_zlib

from unet_studio.files.scan import Voxels
from unet_studio.progress import Progress, Steps

_PIECE = 1 << 20
_TOLD_EVERY = 0.02


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Filled(Progress):
    """A report from within ``Scan.load``: the first ``nbytes`` of ``voxels`` are as they will stay."""

    voxels: Voxels
    nbytes: int


class Fingerprint:
    """SHA-256 of shape, type and the CRC-32 of every MiB, which takes a tenth of the time of SHA-256 over all."""

    def __init__(self) -> None:
        self._voxels: Voxels | None = None
        self._sums = bytearray()
        self._done = 0

    def feed(self, voxels: Voxels, nbytes: int) -> None:
        """Takes in what is new of the first ``nbytes``; other voxels than before begin anew."""
        if voxels is not self._voxels:
            self._voxels, self._done, self._sums = voxels, 0, bytearray()
        stored = voxels.reshape(-1).view(np.uint8).data
        while self._done < nbytes and (self._done + _PIECE <= nbytes or nbytes == len(stored)):
            end = min(self._done + _PIECE, nbytes)
            self._sums += isal_zlib.crc32(stored[self._done : end]).to_bytes(4, "little")
            self._done = end

    def of(self, voxels: Voxels) -> str:
        """64 hexadecimal digits."""
        if not voxels.flags.c_contiguous:
            voxels = np.ascontiguousarray(voxels)
        self.feed(voxels, voxels.nbytes)
        return hashlib.sha256(f"{voxels.shape} {voxels.dtype.str} ".encode() + self._sums).hexdigest()


def fingerprinted(steps: Steps[Voxels]) -> Steps[tuple[Voxels, str]]:
    """The voxels that ``steps`` load, and their fingerprint; reports every few hundredths."""
    fingerprint, told = Fingerprint(), -1.0
    try:
        while True:
            report = next(steps)
            if isinstance(report, Filled):
                fingerprint.feed(report.voxels, report.nbytes)
            if report.fraction is None or report.fraction - told >= _TOLD_EVERY or report.fraction == 1.0:
                told = report.fraction or told
                yield Progress(report.fraction, report.message)
    except StopIteration as end:
        voxels: Voxels = end.value
        return voxels, fingerprint.of(voxels)
    finally:
        steps.close()
