"""A composed picture of the slice: all of its pixels in sight or, shown reduced, those that the screen shows, or their means."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from unet_studio.gui.compose import Box, Composition, Shades, blocks, joined, labelled_within
from unet_studio.gui.framing import Framing
from unet_studio.image.window import to_grey, to_mean_grey
from unet_studio.labels.label_map import Labels
from unet_studio.project.records import Proposal
from unet_studio.workbench.viewport import Viewport

REDUCED = 0.75  # device pixels to one of the slice, below which a crisp slice is composed from the pixels shown alone
_TILE = 256  # columns: what comes into sight is composed by so many at once
_BORDER = 2  # pixels round what is in sight, which smooth scaling reaches for

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Sampling:
    """The rows and columns that nearest-neighbour scaling shows in a rectangle of device pixels; right and bottom excluded."""

    framing: Framing
    left: int
    top: int
    right: int
    bottom: int

    def places(self) -> tuple[Places, Places]:
        """The row that each device row shows, and the column that each device column shows."""
        rows, columns = self.framing.size
        return (
            np.searchsorted(self.framing.row_edges(1, rows), np.arange(self.top, self.bottom), side="right"),
            np.searchsorted(self.framing.column_edges(1, columns), np.arange(self.left, self.right), side="right"),
        )


@dataclass(frozen=True, slots=True)
class Reduction:
    """How many rows and columns of the slice one pixel of a reduced picture is the mean of."""

    rows: int
    columns: int


def reduction_for(framing: Framing) -> Reduction | None:
    """The largest powers of two that leave at least a pixel for each device pixel; None where that is all of them."""
    rows, columns = (1 << max(0, math.floor(math.log2(1 / step))) for step in (framing.down, framing.across))
    return Reduction(rows, columns) if rows * columns > 1 else None


class Plate:
    """One composition and what of it is made: a pixel for each of the slice or, with a sampling, for each device pixel.

    With a reduction it shows intensities alone, a pixel for several of the slice.
    """

    def __init__(self) -> None:
        self.composition = Composition((1, 1))
        self.labelled: Box | None = None  # rows and columns of the slice: outside them nothing in sight is labelled
        self.is_table_stale = True
        self._way: Sampling | Reduction | None = None
        self._rows: Places | None = None
        self._columns: Places | None = None
        self._shaded: dict[
            int, slice
        ] = {}  # by the first of each block of rows: the columns whose shades are up to date
        self._made: dict[int, slice] = {}  # and those whose pixels are

    def spoil(self, *, shades: bool) -> None:
        """Afterwards all of it is made anew when next needed; the shades too where these changed."""
        self._made.clear()
        self.labelled = None
        if shades:
            self._shaded.clear()

    def fit(self, size: tuple[int, int], way: Sampling | Reduction | None, *, is_colour: bool) -> None:
        """Afterwards the composition has the size and kind of a slice of ``size`` so sampled or reduced."""
        if way != self._way:
            self._way = way
            self._rows, self._columns = way.places() if isinstance(way, Sampling) else (None, None)
            self.spoil(shades=True)
        if isinstance(way, Reduction):
            size = -(-size[0] // way.rows), -(-size[1] // way.columns)
        if self._rows is not None and self._columns is not None:
            size = (len(self._rows), len(self._columns))
        if self.composition.size != size or self.composition.is_colour != is_colour:
            self.composition = Composition(size, is_colour=is_colour)
            self.is_table_stale = True
            self.spoil(shades=True)

    def part(self, target: QRectF, source: QRectF) -> QRectF:
        """The part of the composition's image that shows the part ``source`` of the slice on ``target`` (device pixels)."""
        if isinstance(self._way, Sampling):
            return QRectF(0, 0, target.width(), target.height())
        if self._way is None:
            return source
        rows, columns = self._way.rows, self._way.columns
        return QRectF(source.x() / columns, source.y() / rows, source.width() / columns, source.height() / rows)

    def make(self, viewport: Viewport, labels: Labels | None, proposal: Proposal | None, sight: Box) -> None:
        """Afterwards the rows and columns ``sight`` of the slice, or all that is sampled, are up to date."""
        wanted = self._wanted(sight)
        if all(_holds(self._made.get(rows.start), columns) for rows, columns in wanted):
            return
        is_shaded = not self.composition.is_fill_alone
        voxels = viewport.pixels if is_shaded else None
        for rows, columns in wanted:
            if voxels is not None and not _holds(self._shaded.get(rows.start), columns):
                columns = _around(self._shaded.get(rows.start), columns)
                self._shade(voxels, (rows, columns), viewport)
                self._shaded[rows.start] = columns
            elif _holds(self._made.get(rows.start), columns):
                continue
            columns = _around(self._made.get(rows.start), columns)
            labelled = self._paint(labels, proposal, (rows, columns))
            self._made[rows.start] = columns
            if self._way is None:
                self.labelled = joined(self.labelled, labelled)
        if isinstance(self._way, Sampling):
            for drawn in (labels, proposal.labels if proposal is not None and labels is not None else None):
                if drawn is not None:  # a thin label may lie between the pixels shown
                    self.labelled = joined(self.labelled, labelled_within(drawn))

    def relabel(self, labels: Labels, box: Box) -> None:
        """Afterwards what is made of rows and columns ``box`` shows these labels of the slice, without a proposal."""
        if not self._made:
            return
        rows, columns = (slice(*part.indices(n)[:2]) for part, n in zip(box, labels.shape, strict=True))
        changed = labels[rows, columns]
        if self._rows is None or self._columns is None:
            self.labelled = joined(self.labelled, self.composition.relabel(changed, (rows, columns)))
            return
        self.labelled = joined(self.labelled, labelled_within(changed, rows.start, columns.start))
        rows, columns = (
            slice(*np.searchsorted(places, [part.start, part.stop]).tolist())
            for places, part in ((self._rows, rows), (self._columns, columns))
        )
        if rows.start < rows.stop and columns.start < columns.stop:
            self.composition.relabel(self._sampled(labels, (rows, columns)), (rows, columns))

    def _wanted(self, sight: Box) -> list[tuple[slice, slice]]:
        """Blocks of rows, and their columns, that hold what is in sight."""
        size, way, each = self.composition.size, self._way, 1
        if isinstance(way, Sampling):
            return [(rows, slice(0, size[1])) for rows in blocks(size)]
        rows, columns = sight
        if way is not None:
            rows, columns = (
                slice(part.start // by, -(-part.stop // by)) for part, by in ((rows, way.rows), (columns, way.columns))
            )
            each = way.rows * way.columns
        first = max(0, columns.start - _BORDER) // _TILE * _TILE
        last = min(size[1], -(-(columns.stop + _BORDER) // _TILE) * _TILE)
        return [
            (block, slice(first, last))
            for block in blocks(size, each=each)
            if block.stop > rows.start - _BORDER and block.start < rows.stop + _BORDER
        ]

    def _shade(self, voxels: NDArray[Any], box: Box, viewport: Viewport) -> None:
        """Afterwards the shades of a box are up to date, and its pixels have to be painted."""
        composition, window, is_inverted = self.composition, viewport.window, _is_inverted(viewport)
        shades = composition.shades[box]
        if isinstance(way := self._way, Reduction):
            rows, columns = (
                slice(part.start * by, part.stop * by) for part, by in zip(box, (way.rows, way.columns), strict=True)
            )
            shades[...] = to_mean_grey(
                voxels[rows, columns], window, rows=way.rows, columns=way.columns, is_inverted=is_inverted
            )
        elif composition.is_colour:
            shades[...] = _colours(self._sampled(voxels, box), viewport)
        else:
            to_grey(
                self._sampled(voxels, box), window, is_inverted=is_inverted, out=shades, room=composition.room(box)
            )  # fmt: skip

    def _sampled(self, pixels: NDArray[Any], box: Box) -> NDArray[Any]:
        """What a box of the composition shows of a slice."""
        if self._rows is None or self._columns is None:
            return pixels[box]
        return pixels.take(self._rows[box[0]], axis=0).take(self._columns[box[1]], axis=1)

    def _paint(self, labels: Labels | None, proposal: Proposal | None, box: Box) -> Box | None:
        drawn = self._sampled(labels, box) if labels is not None else None
        if drawn is not None and proposal is not None:
            drawn = np.where(drawn != 0, drawn, self._sampled(proposal.labels, box))
        return self.composition.paint(drawn, box)


def _colours(voxels: NDArray[Any], viewport: Viewport) -> Shades:
    """Part of a colour slice in 8 bits: through the window, but for pictures that nobody windowed."""
    if voxels.dtype == np.uint8 and viewport.window == viewport.auto:
        return voxels[..., :3]
    return np.stack([to_grey(voxels[..., c], viewport.window) for c in range(3)], axis=-1)


def _is_inverted(viewport: Viewport) -> bool:
    return viewport.volume is not None and viewport.volume.is_inverted


def _holds(one: slice | None, other: slice) -> bool:
    return one is not None and one.start <= other.start and other.stop <= one.stop


def _around(one: slice | None, other: slice) -> slice:
    return other if one is None else slice(min(one.start, other.start), max(one.stop, other.stop))
