"""A slice and its labels as one picture: a look-up of label and intensity into a cached RGB32 image."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from unet_studio.labels.label_map import LabelClass, Labels

Shades = NDArray[np.uint8]  # (row, column) grey, or (row, column, 3) red, green, blue
Table = NDArray[np.uint32]  # (3, 256 labels * 256 shades): each channel's share of a pixel 0xffRRGGBB
_SHIFTS = (16, 8, 0)


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
    shares[0] |= np.uint32(0xFF000000)
    return shares


class Composition:
    """The picture of one slice, as large as the slice. ``image`` shows ``pixels`` without a copy."""

    def __init__(self, size: tuple[int, int]) -> None:
        rows, columns = size
        self.size = size
        self.pixels: NDArray[np.uint32] = np.full((rows, columns), 0xFF000000, np.uint32)
        self.image = QImage(self.pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32)
        self._shades: Shades = np.zeros((rows, columns), np.uint8)
        self.use(blend_table((), opacity=0.0))

    def lay(self, shades: Shades) -> None:
        """Afterwards the next ``paint`` mixes labels with ``shades``, which are of this size."""
        assert shades.shape[:2] == self.size, shades.shape
        self._shades = np.ascontiguousarray(shades)

    def use(self, table: Table) -> None:
        """Afterwards the next ``paint`` mixes as ``table`` says."""
        self._channels = table
        self._grey: NDArray[np.uint32] = table[0] | table[1] | table[2]

    def paint(self, labels: Labels | None, box: tuple[slice, slice] = (slice(None), slice(None))) -> None:
        """Afterwards the rows and columns of ``box`` show ``labels`` (row, column), those of the box; None shows none."""
        shades, pixels = self._shades[box], self.pixels[box]
        if shades.ndim == 2:
            if labels is None:
                np.take(self._grey, shades, out=pixels, mode="clip")
                return
            index = labels.astype(np.uint16)
            index <<= 8
            index |= shades
            pixels[...] = self._grey.take(index, mode="clip")
            return
        under = np.uint16(0) if labels is None else labels.astype(np.uint16) << 8
        pixels[...] = self._channels[0].take(under | shades[..., 0])
        pixels |= self._channels[1].take(under | shades[..., 1])
        pixels |= self._channels[2].take(under | shades[..., 2])
