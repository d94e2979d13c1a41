"""Where a proposal may be wrong, as a haze over the slice: the denser, the likelier."""

import numpy as np
from PySide6.QtGui import QImage

from unet_studio.labels.label_map import Colour
from unet_studio.project.blobs import unpack
from unet_studio.project.records import Proposal

_DENSEST = 0.85  # of a pixel that is as likely wrong as right


class Haze:
    """Draws the doubt of one proposal at a time, in one colour; what was last asked for is kept."""

    def __init__(self, colour: Colour) -> None:
        # A likelihood of one half is the most there is between two classes, so that is where the haze is densest.
        density = np.minimum(1.0, np.arange(256) / 127.5) * _DENSEST
        red, green, blue = (np.round(density * part).astype(np.uint32) for part in colour)
        self._table = np.round(density * 255).astype(np.uint32) << 24 | red << 16 | green << 8 | blue
        self._made: tuple[Proposal, QImage] | None = None

    def image(self, proposal: Proposal) -> QImage:
        """The haze at the slice's own pixels, see-through where there is no doubt."""
        if self._made is None or self._made[0] is not proposal:
            pixels = self._table[unpack(proposal.doubt, proposal.labels.shape)]  # (row, column)
            height, width = pixels.shape
            form = QImage.Format.Format_ARGB32_Premultiplied
            self._made = proposal, QImage(pixels.data, width, height, width * 4, form).copy()
        return self._made[1]
