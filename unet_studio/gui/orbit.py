"""From where surfaces are looked at: turned, moved and enlarged."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Rotation = NDArray[np.float64]  # (3, 3): LPS to right, down and away from the eye

# From the front and a little from above and the patient's left, so that the third dimension is seen at once.
_FRONT = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
SMALLEST, LARGEST = 0.2, 40.0  # of the size that fits


@dataclass(frozen=True, slots=True)
class Orbit:
    """``turn`` is the rotation's nine numbers, row by row. ``zoom`` 1 fits; ``shift`` is in shares of the view's smaller side."""

    turn: tuple[float, ...]
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def rotation(self) -> Rotation:
        """LPS to right, down and away from the eye."""
        return np.array(self.turn).reshape(3, 3)

    def turned(self, right: float, down: float) -> "Orbit":
        """What is nearest to the eye has moved right and down by these angles, in radians."""
        turn = _about(0, -down) @ _about(1, right) @ self.rotation
        u, _, v = np.linalg.svd(turn)  # rounding would add up to a shear over thousands of moves
        return replace(self, turn=tuple(float(n) for n in (u @ v).reshape(-1)))

    def zoomed(self, by: float) -> "Orbit":
        """``by`` times as large, within reason."""
        zoom = min(LARGEST, max(SMALLEST, self.zoom * by))
        grown = zoom / self.zoom
        return replace(self, zoom=zoom, shift=(self.shift[0] * grown, self.shift[1] * grown))

    def moved(self, right: float, down: float) -> "Orbit":
        """Moved by shares of the view's smaller side."""
        return replace(self, shift=(self.shift[0] + right, self.shift[1] + down))


def _about(axis: int, angle: float) -> Rotation:
    """A rotation about right (0), down (1) or away (2)."""
    cosine, sine = math.cos(angle), math.sin(angle)
    one, two = (axis + 1) % 3, (axis + 2) % 3
    turn = np.eye(3)
    turn[one, one], turn[one, two], turn[two, one], turn[two, two] = cosine, -sine, sine, cosine
    return turn


FRONT = Orbit(tuple(float(n) for n in _FRONT.reshape(-1))).turned(-0.45, 0.3)
