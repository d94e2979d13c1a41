"""Stored numbers to intensities: slope and intercept without rounding, overflow or a needless float."""

from typing import Any

import numpy as np

from unet_studio.files.scan import Voxels


def rescaled_type(low: int, high: int, slope: float, intercept: float) -> np.dtype[Any]:
    """The smallest type that holds ``stored * slope + intercept`` for whole stored numbers from ``low`` to ``high``.

    A signed integer from 16 bits up where slope and intercept are whole, else 32-bit float, or 64-bit where the stored
    numbers need more than float32's 24 bits.
    """
    if float(slope).is_integer() and float(intercept).is_integer():
        ends = [int(v) * int(slope) + int(intercept) for v in (low, high)]
        for kind in (np.int16, np.int32, np.int64):
            if np.iinfo(kind).min <= min(ends) and max(ends) <= np.iinfo(kind).max:
                return np.dtype(kind)
    return np.dtype(np.float32 if max(abs(low), abs(high)) <= 2**24 else np.float64)


@np.errstate(over="ignore", invalid="ignore")  # what overflows is infinite, and counted as such
def rescale_into(stored: Voxels, slope: float, intercept: float, into: Voxels) -> bool:
    """Fills ``into`` with ``stored * slope + intercept``; False, and ``into`` undefined, where whole numbers don't fit its type.

    ``stored`` may be the same memory. Whole numbers wrap round on the way, and are right again where the result fits.
    """
    kind = into.dtype
    if kind.kind == "f":
        if into is not stored:
            into[...] = stored
        if slope != 1:
            into *= kind.type(slope)
        if intercept != 0:
            into += kind.type(intercept)
        return True
    low, high = np.iinfo(stored.dtype).min, np.iinfo(stored.dtype).max
    if not _fits((low, high), slope, intercept, kind) and not _fits(
        (int(stored.min()), int(stored.max())), slope, intercept, kind
    ):
        return False
    if not np.may_share_memory(stored, into):
        into[...] = stored.astype(kind, copy=False)
    if slope != 1:
        into *= np.int64(int(slope)).astype(kind)
    if intercept != 0:
        into += np.int64(int(intercept)).astype(kind)
    return True


def _fits(ends: tuple[int, int], slope: float, intercept: float, kind: np.dtype[Any]) -> bool:
    values = [end * int(slope) + int(intercept) for end in ends]
    return bool(np.iinfo(kind).min <= min(values) and max(values) <= np.iinfo(kind).max)


def type_after(stored: np.dtype[Any], slope: float, intercept: float) -> np.dtype[Any]:
    """The smallest type for rescaled stored numbers of that type."""
    if (slope == 1 and intercept == 0) or stored.kind == "f":
        return stored
    limits = np.iinfo(stored)
    return rescaled_type(int(limits.min), int(limits.max), slope, intercept)
