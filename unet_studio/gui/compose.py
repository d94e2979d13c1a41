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
        self.shades: Shades = np.zeros((rows, columns, 3) if is_colour else (rows, columns), np.uint8)
        self.use(blend_table((), opacity=0.0))

    def use(self, table: Table) -> None:
        """Afterwards the next ``paint`` mixes as ``table`` says."""
        self._channels = table
        self._grey: NDArray[np.uint32] = table[0] | table[1] | table[2]

    def paint(self, labels: Labels | None, box: Box) -> None:
        """Afterwards the rows and columns of ``box`` show ``labels`` (row, column), those of the box; None shows none."""
        pixels, shades = self.pixels[box], self.shades[box]
        if self.is_colour:
            under = np.uint16(0) if labels is None else labels.astype(np.uint16) << 8
            pixels[...] = self._channels[0].take(under | shades[..., 0])
            pixels |= self._channels[1].take(under | shades[..., 1])
            pixels |= self._channels[2].take(under | shades[..., 2])
            self._pad()
            return
        # Grey without labels is arithmetic, five times as fast as the look-up, which only columns with labels need.
        np.multiply(shades, _GREY, out=pixels, dtype=np.uint32)
        pixels |= _OPAQUE
        if labels is not None and (labelled := np.flatnonzero(labels.any(axis=0))).size:
            columns = slice(int(labelled[0]), int(labelled[-1]) + 1)
            index = labels[:, columns].astype(np.uint16)
            index <<= 8
            index |= shades[:, columns]
            pixels[:, columns] = self._grey.take(index, mode="clip")
        self._pad()

    def _pad(self) -> None:
        """Afterwards the last row and column go on beyond the slice."""
        rows, columns = self.size
        self._padded[:rows, columns:] = self._padded[:rows, columns - 1 : columns]
        self._padded[rows:] = self._padded[rows - 1]


def blocks(size: tuple[int, int]) -> Iterator[slice]:
    """The rows of a slice in blocks small enough that what is worked out for each stays in the processor's cache."""
    rows, columns = size
    step = max(1, _BLOCK // max(1, columns))
    return (slice(first, min(rows, first + step)) for first in range(0, rows, step))
