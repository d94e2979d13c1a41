"""What looks alike: intensities within a range, and what of them hangs together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.brush import Mask

Intensities = NDArray[Any]  # (row, column), of any number type


@dataclass(frozen=True, slots=True)
class Range:
    """Intensities from ``low`` to ``high``, both included."""

    low: float
    high: float

    def holds(self, intensities: Intensities) -> Mask:
        """Where intensities lie within it; nowhere where they are not a number."""
        inside: Mask = (intensities >= self.low) & (intensities <= self.high)
        return inside

    def widened(self, value: float) -> "Range":
        """The smallest range that holds this one and ``value``."""
        return Range(min(self.low, value), max(self.high, value))


def range_about(intensities: Intensities, row: int, column: int, *, tolerance: float, reach: int = 1) -> Range:
    """``tolerance`` to either side of the median of the pixels up to ``reach`` rows and columns from (row, column).

    The median, so that one noisy pixel under the cursor does not decide; it is the pixel's own value where ``reach`` is 0.
    """
    near = intensities[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
    middle = float(np.median(near))
    return Range(middle - tolerance, middle + tolerance)


def joined_to(seeds: Mask, within: Mask) -> Mask:
    """The parts of ``within`` (both (row, column)) that touch a seed lying in it by an edge, the seeds there included."""
    from scipy import ndimage  # takes as long to import as the window to appear

    if not (seeds & within).any():
        return np.zeros_like(within)
    parts, count = ndimage.label(within)
    chosen = np.zeros(count + 1, np.bool_)
    chosen[parts[seeds & within]] = True
    joined: Mask = chosen[parts]
    return joined
