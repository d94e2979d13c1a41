"""Where a slice lies on the screen: zoom, pan, and from pixels of the slice to device pixels and back."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.brush import PixelPoint

MARGIN = 10.0  # logical pixels left free round a slice that is fitted
LARGEST_ZOOM = 64.0
_STEPS = 65536  # Qt's fastest scaling walks an image in steps of 1/65536 pixel (qt_scale_image in qblendfunctions_p.h)

Edges = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Framing:
    """``left`` and ``top`` are the device pixels at which the slice's first pixel begins, ``across`` and ``down`` the
    device pixels that a column is wide and a row high. A slice has ``size`` (rows, columns).
    """  # noqa: D205

    left: int
    top: int
    across: float
    down: float
    size: tuple[int, int]

    @property
    def right(self) -> int:
        """The device pixel after the slice's last."""
        return math.ceil(self.left - 0.5 + self.size[1] * self.across - 1e-9)

    @property
    def bottom(self) -> int:
        """The device pixel below the slice's last."""
        return math.ceil(self.top - 0.5 + self.size[0] * self.down - 1e-9)

    def pixel_at(self, x: float, y: float) -> PixelPoint:
        """The (row, column) under a device pixel; whole numbers are centres of the slice's pixels."""
        return (y - self.top) / self.down - 0.5, (x - self.left) / self.across - 0.5

    def place_of(self, point: PixelPoint) -> tuple[float, float]:
        """The device pixel (x, y) at which a (row, column) lies."""
        return self.left + (point[1] + 0.5) * self.across, self.top + (point[0] + 0.5) * self.down

    def row_edges(self, first: int, last: int) -> Edges:
        """The device pixels at which rows ``first`` to ``last`` begin; row ``last`` is where the one before it ends."""
        return _edges(self.top, self.down, first, last)

    def column_edges(self, first: int, last: int) -> Edges:
        """The device pixels at which columns ``first`` to ``last`` begin."""
        return _edges(self.left, self.across, first, last)

    def area(self, box: tuple[slice, slice]) -> tuple[int, int, int, int]:
        """The device pixels (left, top, right, bottom) that rows and columns take; right and bottom excluded."""
        rows, columns = box
        return (
            _edge(self.left, self.across, columns.start), _edge(self.top, self.down, rows.start),
            _edge(self.left, self.across, columns.stop), _edge(self.top, self.down, rows.stop),
        )  # fmt: skip

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice] | None:
        """The rows and columns that a rectangle of device pixels shows part of; None where it shows none."""
        rows, columns = self.size
        first_row, first_column = (math.floor(v + 0.5) for v in self.pixel_at(left, top))
        last_row, last_column = (math.ceil(v + 0.5) for v in self.pixel_at(right, bottom))
        first_row, first_column = max(0, first_row), max(0, first_column)
        last_row, last_column = min(rows, last_row), min(columns, last_column)
        if first_row >= last_row or first_column >= last_column:
            return None
        return slice(first_row, last_row), slice(first_column, last_column)


def _edges(start: int, step: float, first: int, last: int) -> Edges:
    # The first device pixel whose centre lies past the edge: where nearest-neighbour scaling turns to the next pixel.
    edges: Edges = np.ceil(start - 0.5 + np.arange(first, last + 1) * step - 1e-9).astype(np.int32)
    return edges


def _edge(start: int, step: float, number: int) -> int:
    return math.ceil(start - 0.5 + number * step - 1e-9)


@dataclass(frozen=True, slots=True)
class Zoom:
    """How large a slice is shown, and which (row, column) is in the middle. ``factor`` is logical pixels for the slice's
    smaller pixel side; None fits the whole slice.
    """  # noqa: D205

    factor: float | None = None
    middle: PixelPoint = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slice of ``size`` (rows, columns) with its ``spacing`` (row height, column width), in a widget of ``width`` and
    ``height`` device pixels, ``ratio`` of them to a logical one.
    """  # noqa: D205

    size: tuple[int, int]
    spacing: tuple[float, float]
    width: int
    height: int
    ratio: float

    @property
    def fitting(self) -> float:
        """The factor that shows the whole slice."""
        down, across = self._sides
        free_height = max(16.0, self.height / self.ratio - 2 * MARGIN)
        free_width = max(16.0, self.width / self.ratio - 2 * MARGIN)
        return min(free_height / (self.size[0] * down), free_width / (self.size[1] * across), LARGEST_ZOOM)

    def factor(self, zoom: Zoom) -> float:
        """The factor shown: the fitting one where ``zoom`` names none."""
        return self.fitting if zoom.factor is None else zoom.factor

    def framing(self, zoom: Zoom) -> Framing:
        """Where the slice lies: on whole device pixels, so that its edges are crisp and don't tremble while panning."""
        factor = self.factor(zoom) * self.ratio
        down, across = (_steppable(factor * side) for side in self._sides)
        middle = self._middle(zoom)
        left = round(self.width / 2 - (middle[1] + 0.5) * across)
        top = round(self.height / 2 - (middle[0] + 0.5) * down)
        return Framing(left, top, across, down, self.size)

    def zoomed(self, zoom: Zoom, by: float, x: float, y: float) -> Zoom:
        """``by`` times as large, with what is under device pixel (x, y) staying there."""
        factor = float(np.clip(self.factor(zoom) * by, min(0.25 * self.fitting, 0.25), LARGEST_ZOOM))
        before, after = self.framing(zoom), self.framing(Zoom(factor))
        row, column = self._middle(zoom)
        return self._kept(
            Zoom(
                factor,
                (
                    row + (y - self.height / 2) * (1 / before.down - 1 / after.down),
                    column + (x - self.width / 2) * (1 / before.across - 1 / after.across),
                ),
            )
        )

    def panned(self, zoom: Zoom, across: float, down: float) -> Zoom:
        """Moved by device pixels; some of the slice stays in sight."""
        framing, (row, column) = self.framing(zoom), self._middle(zoom)
        return self._kept(Zoom(self.factor(zoom), (row - down / framing.down, column - across / framing.across)))

    def _middle(self, zoom: Zoom) -> PixelPoint:
        return ((self.size[0] - 1) / 2, (self.size[1] - 1) / 2) if zoom.factor is None else zoom.middle

    @property
    def _sides(self) -> tuple[float, float]:
        smaller = min(self.spacing)
        return self.spacing[0] / smaller, self.spacing[1] / smaller

    def _kept(self, zoom: Zoom) -> Zoom:
        row, column = (float(np.clip(v, -0.5, n - 0.5)) for v, n in zip(zoom.middle, self.size, strict=True))
        return Zoom(zoom.factor, (row, column))


def _steppable(scale: float) -> float:
    """The nearest scale whose step through the image Qt can take exactly: else edges drift by pixels across the screen."""
    return _STEPS / (max(1, round(_STEPS / scale)) + 1e-3)
