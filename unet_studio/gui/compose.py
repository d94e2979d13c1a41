"""A slice and its labels as one picture: a look-up of label and intensity into a cached RGB32 image."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from unet_studio.image.window import Room
from unet_studio.labels.label_map import LabelClass, Labels

Shades = NDArray[np.uint8]  # (row, column) grey, or (row, column, 3) red, green, blue
Table = NDArray[np.uint32]  # (3, 256 labels * 256 shades): each channel's share of a pixel 0xffRRGGBB
Ramp = NDArray[np.uint8]  # (256, 3): the colour of each shade
Box = tuple[slice, slice]  # rows and columns
_SHIFTS = (16, 8, 0)
_OPAQUE, _GREY = np.uint32(0xFF000000), np.uint32(0x010101)
# The slice ends on a whole device pixel, so what is painted of it may reach a little further than its last pixel, and Qt
# shifts all of an image of which more is asked than there is.
PADDING = 2
_BLOCK = 1 << 18  # pixels
_MIXED = 1 << 16  # pixels that are looked up at once
_FEW = 1 << 14  # pixels, of which it does not matter how many have labels


def blend_table(classes: Iterable[LabelClass], *, opacity: float, ramp: Ramp | None = None) -> Table:
    """What a shade becomes under each label: mixed with the class's colour by ``opacity``; as it is where it is hidden.

    A shade is itself shown in the colour that ``ramp`` has for it; None for grey.
    """
    shades = np.tile(np.arange(256.0), (3, 1)) if ramp is None else ramp.T.astype(np.float64)
    table = np.repeat(shades[:, None, :], 256, axis=1)
    for label_class in classes:
        if label_class.is_visible:
            for channel, colour in enumerate(label_class.colour):
                shade = shades[channel]
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
        self.is_apart = False
        self.is_fill_alone = False  # the intensities are shown by another one
        self._has_ramp = False
        self._padded_fill: NDArray[np.uint32] = np.zeros((high, wide), np.uint32)
        self.fill = QImage(self._padded_fill.data, wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied)
        self._index: NDArray[np.uint16] = np.empty(0, np.uint16)  # of label and shade, and what is found there
        self._found: NDArray[np.uint32] = np.empty(0, np.uint32)
        self.use((), opacity=0.0)

    def use(
        self, classes: Iterable[LabelClass], *, opacity: float, is_apart: bool = False, ramp: Ramp | None = None
    ) -> None:
        """Afterwards the next ``paint`` fills visible classes with that opacity, and shows grey in the colours of ``ramp``.

        Where ``is_apart``, ``image`` shows intensities alone and ``fill`` what lies over them, so that the one can be enlarged
        smoothly and the other to crisp pixels.
        """
        classes = tuple(classes)
        self.is_apart = is_apart
        self._has_ramp = ramp is not None
        self._channels = blend_table(() if is_apart else classes, opacity=opacity, ramp=ramp)
        self._grey: NDArray[np.uint32] = self._channels[0] | self._channels[1] | self._channels[2]
        self._over: NDArray[np.uint32] = np.zeros(256, np.uint32)
        for label_class in classes:
            if label_class.is_visible:
                alpha = round(255 * opacity)
                shares = (
                    round(colour * opacity) << shift for colour, shift in zip(label_class.colour, _SHIFTS, strict=True)
                )
                self._over[label_class.value] = alpha << 24 | sum(shares)

    def room(self, box: Box) -> Room:
        """Memory as large as ``box`` to work its shades out in: that of its pixels, which have to be painted afterwards."""
        rows, columns = box
        if columns != slice(0, self.size[1]):
            return self._padded[rows, columns].view(np.float32)
        high, wide = rows.stop - rows.start, self.size[1]
        room: Room = self._padded[rows].reshape(-1)[: high * wide].view(np.float32).reshape(high, wide)
        return room

    def paint(self, labels: Labels | None, box: Box) -> Box | None:
        """Afterwards the rows and columns of ``box`` show ``labels`` (row, column), those of the box; None shows none.

        Returns rows and columns of the slice outside which the box has no label; None where it has none at all.
        """
        rows, columns = (slice(*part.indices(n)[:2]) for part, n in zip(box, self.size, strict=True))
        labelled = labelled_within(labels, rows.start, columns.start) if labels is not None else None
        mixed = None if self.is_apart else labels
        if not self.is_fill_alone:
            if self.is_colour:
                self._paint_colour(mixed, (rows, columns))
            else:
                self._paint_grey(mixed, (rows, columns), labelled)
            self._go_on(self._padded, rows, columns)
        if self.is_apart:
            self._padded_fill[rows, columns] = 0
            if labels is not None and labelled is not None:
                self._padded_fill[labelled] = self._over.take(labels[_within(labelled, (rows, columns))], mode="clip")
            self._go_on(self._padded_fill, rows, columns)
        return labelled

    def relabel(self, labels: Labels, box: Box) -> Box | None:
        """As ``paint``, where intensities are as they were painted last: all a dab needs."""
        if labels.size > _FEW:
            return self.paint(labels, box)
        if self.is_apart:
            self._padded_fill[box] = self._over.take(labels, mode="clip")
            self._go_on(self._padded_fill, *box)
        else:
            if self.is_colour:
                self._paint_colour(labels, box)
            else:
                self._mix(labels, box)
            self._go_on(self._padded, *box)
        return box  # to look for the labels in it would take longer

    def _go_on(self, padded: NDArray[np.uint32], rows: slice, columns: slice) -> None:
        """Afterwards the last row and column go on beyond the slice."""
        if columns.stop == self.size[1]:
            padded[rows, columns.stop :] = padded[rows, columns.stop - 1, None]
        if rows.stop == self.size[0]:
            padded[rows.stop :] = padded[rows.stop - 1]

    def _paint_grey(self, labels: Labels | None, box: Box, labelled: Box | None) -> None:
        # Grey without labels is arithmetic, five times as fast as the look-up, which only columns with labels need.
        rows, columns = box
        if columns == slice(0, self.size[1]):
            columns = slice(None)  # with the padding: numpy is twice as fast where rows follow each other in memory
        pixels = self._padded[rows, columns]
        if self._has_ramp:
            pixels[...] = self._grey[:256].take(self._padded_shades[rows, columns], mode="clip")
        else:
            np.copyto(pixels, self._padded_shades[rows, columns])  # and then in place: quicker than all at once
            pixels *= _GREY
            pixels |= _OPAQUE
        if labels is not None and labelled is not None:
            self._mix(labels[_within(labelled, box)], labelled)

    def _mix(self, labels: Labels, box: Box) -> None:
        """Looks the pixels of ``box`` up by its labels and shades, some rows at a time."""
        high, wide = labels.shape
        step = max(1, _MIXED // wide)
        pixels, shades = self.pixels[box], self.shades[box]
        if self._index.size < min(high, step) * wide:
            self._index, self._found = np.empty(step * wide, np.uint16), np.empty(step * wide, np.uint32)
        for first in range(0, high, step):
            rows = slice(first, min(high, first + step))
            size = rows.stop - first, wide
            index, found = (flat[: size[0] * wide].reshape(size) for flat in (self._index, self._found))
            np.copyto(index, labels[rows])
            index <<= 8
            index |= shades[rows]
            self._grey.take(index, out=found, mode="wrap")
            pixels[rows] = found

    def _paint_colour(self, labels: Labels | None, box: Box) -> None:
        pixels, shades = self.pixels[box], self.shades[box]
        under = np.uint16(0) if labels is None else labels.astype(np.uint16) << 8
        pixels[...] = self._channels[0].take(under | shades[..., 0])
        pixels |= self._channels[1].take(under | shades[..., 1])
        pixels |= self._channels[2].take(under | shades[..., 2])


def blocks(size: tuple[int, int], *, each: int = 1) -> Iterator[slice]:
    """The rows of a slice in blocks small enough that what is worked out for each stays in the processor's cache.

    ``each`` of its pixels is worked out from that many.
    """
    rows, columns = size
    step = max(1, _BLOCK // (max(1, columns) * each))
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


def labelled_within(labels: Labels, top: int = 0, left: int = 0) -> Box | None:
    """The smallest box that holds every label, where these begin at row ``top`` and column ``left``; None without any."""
    in_eights = labels.flags.c_contiguous and labels.shape[1] % 8 == 0
    words = labels.view(np.uint64) if in_eights else labels
    rows = np.bitwise_or.reduce(words, axis=1).nonzero()[0]
    if rows.size == 0:
        return None
    first, last = int(rows[0]), int(rows[-1])
    columns = np.bitwise_or.reduce(words[first : last + 1], axis=0).view(np.uint8).nonzero()[0]
    return slice(top + first, top + last + 1), slice(left + int(columns[0]), left + int(columns[-1]) + 1)


def _within(part: Box, box: Box) -> Box:
    """The part of a box, counted from the box's first row and column."""
    rows, columns = (slice(a.start - b.start, a.stop - b.start) for a, b in zip(part, box, strict=True))
    return rows, columns
