"""The window: which intensities are shown as black and as white."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]  # (row, column)
Room = NDArray[np.float32]  # (row, column), to work in: nothing of what it held is left


@dataclass(frozen=True, slots=True)
class Window:
    """Intensities from ``level - width / 2`` (black) to ``level + width / 2`` (white); HU for CT."""

    level: float
    width: float

    @property
    def low(self) -> float:
        """The intensity shown as black."""
        return self.level - self.width / 2

    @property
    def high(self) -> float:
        """The intensity shown as white."""
        return self.level + self.width / 2


@dataclass(frozen=True, slots=True)
class WindowPreset:
    """A window with the name users know it by."""

    name: str
    window: Window


# Usual CT settings in HU, as radiology textbooks and viewers give them.
CT_PRESETS: tuple[WindowPreset, ...] = (
    WindowPreset("Soft tissue", Window(40, 400)),
    WindowPreset("Lung", Window(-600, 1500)),
    WindowPreset("Bone", Window(400, 1800)),
    WindowPreset("Brain", Window(40, 80)),
    WindowPreset("Liver", Window(60, 160)),
    WindowPreset("Mediastinum", Window(50, 350)),
)


# For scans whose values have no unit: shares of the voxels, in percent.
_SHARE_PRESETS: tuple[tuple[str, float, float], ...] = (
    ("Full range", 0.0, 100.0), ("Without extremes", 5.0, 95.0), ("Dark tissue", 0.5, 70.0), ("Bright tissue", 50.0, 99.9),
)  # fmt: skip


def preset_names(modality: str) -> tuple[str, ...]:
    """The presets for scans of that modality, in the order of their keys."""
    return tuple(p.name for p in CT_PRESETS) if modality == "CT" else tuple(name for name, _, _ in _SHARE_PRESETS)


def preset_window(voxels: NDArray[Any], modality: str, number: int) -> Window:
    """The window of preset ``number``: for CT in HU, for others by the voxels' own percentiles."""
    if modality == "CT":
        return CT_PRESETS[number].window
    _, low, high = _SHARE_PRESETS[number]
    return auto_window(voxels, low_percent=low, high_percent=high)


def auto_window(voxels: NDArray[Any], *, low_percent: float = 0.5, high_percent: float = 99.5) -> Window:
    """A window between two percentiles of the finite voxels, of any shape; some width even where all are equal.

    At most about a million voxels are looked at, evenly spread.
    """
    flat = voxels.reshape(-1)
    sample = flat[:: max(1, flat.size // 1_000_000)].astype(np.float64)
    sample = sample[np.isfinite(sample)]
    if sample.size == 0:
        return Window(0.5, 1.0)
    low, high = (float(p) for p in np.percentile(sample, [low_percent, high_percent]))
    if high <= low:
        low, high = float(sample.min()), float(sample.max())
    if high <= low:
        half = max(0.5, abs(low) / 1000)  # wide enough to be a difference beside a large value
        low, high = low - half, low + half
    return Window((low + high) / 2, high - low)


def opening_window(voxels: NDArray[Any], modality: str, offered: Window | None) -> Window:
    """The window a scan is first seen in: the one its file offers, soft tissue for a CT without one, else ``auto_window``.

    ``auto_window`` also where nothing could be told apart in the other one.
    """
    auto = auto_window(voxels)
    if offered is None and modality == "CT":
        offered = CT_PRESETS[0].window
    if offered is None or offered.high <= auto.low or offered.low >= auto.high or offered.width < auto.width / 100:
        return auto
    return offered


def to_grey(
    pixels: NDArray[Any],
    window: Window,
    *,
    is_inverted: bool = False,
    out: Grey | None = None,
    room: Room | None = None,
) -> Grey:
    """Intensities (row, column) as 8-bit grey: 0 at or below the window, 255 at or above it; not-a-number is 0.

    The other way round where ``is_inverted``, but for not-a-number.

    Colour pixels (row, column, 3) of type uint8 become their luma (ITU-R BT.601) first.
    It is written into ``out`` and worked out in ``room``, where these are given, as large as the result: fresh memory
    takes longer than the arithmetic.
    """
    return _rounded(_brightness(pixels, window, is_inverted=is_inverted, room=room), out=out)


def to_mean_grey(pixels: NDArray[Any], window: Window, *, rows: int, columns: int, is_inverted: bool = False) -> Grey:
    """As ``to_grey``, smaller: each grey is the mean of ``rows`` × ``columns`` neighbours, seen through the window first.

    Where the last rows or columns are too few, their last one counts for those missing.
    """
    bright = _brightness(pixels, window, is_inverted=is_inverted)
    missing = -bright.shape[0] % rows, -bright.shape[1] % columns
    if any(missing):
        bright = np.pad(bright, ((0, missing[0]), (0, missing[1])), mode="edge")
    total = bright[::rows].copy() if rows == 1 else bright[::rows] + bright[1::rows]
    for row in range(2, rows):
        total += bright[row::rows]
    mean = total[:, ::columns].copy() if columns == 1 else total[:, ::columns] + total[:, 1::columns]
    for column in range(2, columns):
        mean += total[:, column::columns]
    mean *= np.float32(1 / (rows * columns))
    return _rounded(mean)


def _brightness(pixels: NDArray[Any], window: Window, *, is_inverted: bool, room: Room | None = None) -> Room:
    """0 to 255 before rounding."""
    if pixels.ndim == 3:
        pixels = pixels[..., :3] @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    with np.errstate(over="ignore", invalid="ignore"):  # infinities and what float32 can't hold are clipped below
        grey: Room = np.empty(pixels.shape, np.float32) if room is None else room
        np.copyto(grey, pixels, casting="unsafe")
        grey -= np.float32(window.low)
        grey *= np.float32(255.0 / max(window.width, 1e-12))
    np.clip(grey, 0.0, 255.0, out=grey)
    if is_inverted:
        np.subtract(255.0, grey, out=grey)
    if pixels.dtype.kind not in "iub":  # whole numbers are never not-a-number
        grey[np.isnan(grey)] = 0.0
    return grey


def _rounded(grey: Room, *, out: Grey | None = None) -> Grey:
    grey += np.float32(0.5)  # the nearest grey: float32 puts the window's upper end at 254.99998 as often as at 255
    if out is None:
        return grey.astype(np.uint8)
    np.copyto(out, grey, casting="unsafe")
    return out
