"""A slice and its labels as one picture: a look-up of label and intensity into a cached RGB32 image."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from unet_studio.labels.label_map import LabelClass, Labels

Shades = NDArray[np.uint8]  # (row, column) grey, or (row, column, 3) red, green, blue
Table = NDArray[np.uint32]  # (3, 256 labels * 256 shades): each channel's share of a pixel 0xffRRGGBB
Box = tuple[slice, slice]  # rows and columns
_SHIFTS = (16, 8, 0)
_OPAQUE, _GREY = np.uint32(0xFF000000), np.uint32(0x010101)
# The slice ends on a whole device pixel, so what is painted of it may reach a little further than its last pixel, and Qt
# shifts all of an image of which more is asked than there is.
PADDING = 2
_BLOCK = 1 << 17  # pixels


def blend_table(classes: Iterable[LabelClass], *, opacity: float) -> Table:
    """What a shade becomes under each label: mixed with the class's colour by ``opacity``; as it is where it is hidden."""
    shade = np.arange(256, dtype=np.float64)
    table = np.tile(shade, (3, 256, 1))
    for label_class in classes:
        if label_class.is_visible:
            for channel, colour in enumerate(label_class.colour):
                table[channel, label_class.value] = shade + (colour - shade) * opacity
    shares: Table = np.rint(table).astype(np.uint32).reshape(3, -1)
    for share, shift in zip(shares, _SHIFTS, strict=True):
        share <<= shift
    shares[0] |= _OPAQUE
    return shares


class Composition:
    """The picture of one slice. ``image`` shows ``pixels``, and ``PADDING`` more at the right and below, without a copy."""

    def __init__(self, size: tuple[int, int], *, is_colour: bool = False) -> None:
        rows, columns = size
        self.size = size
        self.is_colour = is_colour
        self._padded: NDArray[np.uint32] = np.full((rows + PADDING, columns + PADDING), _OPAQUE, np.uint32)
        self.pixels = self._padded[:rows, :columns]
        high, wide = self._padded.shape
        self.image = QImage(self._padded.data, wide, high, wide * 4, QImage.Format.Format_RGB32)
        self._padded_shades: Shades = np.zeros((high, wide, 3) if is_colour else (high, wide), np.uint8)
        self.shades = self._padded_shades[:rows, :columns]
        self.use(blend_table((), opacity=0.0))

    def use(self, table: Table) -> None:
        """Afterwards the next ``paint`` mixes as ``table`` says."""
        self._channels = table
        self._grey: NDArray[np.uint32] = table[0] | table[1] | table[2]

    def paint(self, labels: Labels | None, box: Box) -> Box | None:
        """Afterwards the rows and columns of ``box`` show ``labels`` (row, column), those of the box; None shows none.

        Returns rows and columns of the slice outside which the box has no label; None where it has none at all.
        """
        rows, columns = (slice(*part.indices(n)) for part, n in zip(box, self.size, strict=True))
        labelled = _labelled(labels, rows.start, columns.start) if labels is not None else None
        if self.is_colour:
            self._paint_colour(labels, (rows, columns))
        else:
            self._paint_grey(labels, (rows, columns), labelled)
        # The last row and column go on beyond the slice.
        if columns.stop == self.size[1]:
            self._padded[rows, columns.stop :] = self._padded[rows, columns.stop - 1, None]
        if rows.stop == self.size[0]:
            self._padded[rows.stop :] = self._padded[rows.stop - 1]
        return labelled

    def _paint_grey(self, labels: Labels | None, box: Box, labelled: Box | None) -> None:
        # Grey without labels is arithmetic, five times as fast as the look-up, which only columns with labels need.
        rows, columns = box
        if columns == slice(0, self.size[1]):
            columns = slice(None)  # with the padding: numpy is twice as fast where rows follow each other in memory
        pixels = self._padded[rows, columns]
        np.multiply(self._padded_shades[rows, columns], _GREY, out=pixels, dtype=np.uint32)
        pixels |= _OPAQUE
        if labels is not None and labelled is not None:
            part = tuple(slice(a.start - b.start, a.stop - b.start) for a, b in zip(labelled, box, strict=True))
            index = labels[part].astype(np.uint16)
            index <<= 8
            index |= self.shades[labelled]
            self.pixels[labelled] = self._grey.take(index, mode="clip")

    def _paint_colour(self, labels: Labels | None, box: Box) -> None:
        pixels, shades = self.pixels[box], self.shades[box]
        under = np.uint16(0) if labels is None else labels.astype(np.uint16) << 8
        pixels[...] = self._channels[0].take(under | shades[..., 0])
        pixels |= self._channels[1].take(under | shades[..., 1])
        pixels |= self._channels[2].take(under | shades[..., 2])


def blocks(size: tuple[int, int]) -> Iterator[slice]:
    """The rows of a slice in blocks small enough that what is worked out for each stays in the processor's cache."""
    rows, columns = size
    step = max(1, _BLOCK // max(1, columns))
    return (slice(first, min(rows, first + step)) for first in range(0, rows, step))


def joined(one: Box | None, other: Box | None) -> Box | None:
    """The smallest box that holds both."""
    if one is None or other is None:
        return one or other
    rows, columns = (slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return rows, columns


def overlap(one: Box, other: Box) -> Box | None:
    """What both boxes hold; None where that is nothing."""
    rows, columns = (slice(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return (rows, columns) if rows.start < rows.stop and columns.start < columns.stop else None


def _labelled(labels: Labels, top: int, left: int) -> Box | None:
    columns = np.flatnonzero(np.bitwise_or.reduce(labels, axis=0))
    if columns.size == 0:
        return None
    rows = np.flatnonzero(np.bitwise_or.reduce(labels, axis=1))
    return slice(top + int(rows[0]), top + int(rows[-1]) + 1), slice(
        left + int(columns[0]), left + int(columns[-1]) + 1
    )
