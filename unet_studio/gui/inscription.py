"""What is written over the slice of a canvas: laid out anew when all is painted, and left alone by most strokes."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from unet_studio.gui.captions import Captions
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.picture import Picture
from unet_studio.gui.surface import Surface
from unet_studio.gui.texts import TextColours, draw_texts, texts_of


class Inscription:
    """Writes what is looked at on ``surface`` and ``picture`` shows; ``covered`` is where it was last written."""

    def __init__(self, surface: Surface, picture: Picture) -> None:
        self._surface = surface
        self._picture = picture
        self.captions = Captions()
        self._area = QRect()  # written into last
        self.covered: list[QRect] = []

    def paint(self, painter: QPainter, area: QRect, dirty: QRect, *, colours: CanvasColours, is_beside: bool) -> None:
        """Writes into ``area``, the whole canvas, where ``dirty`` is all of it or meets what was written before."""
        is_whole = dirty == area or self._area != area  # of a new size only what is in sight is painted
        if not is_whole and not any(box.intersects(dirty) for box in self.covered):
            return  # most strokes; new texts come with a repaint of the whole
        self._area = QRect(area)
        picture, viewport = self._picture, self._surface.viewport
        annotation = picture.annotation
        has_proposal = picture.look.are_labels_visible and picture.proposal is not None
        name = annotation.case.name if annotation is not None and picture.labels is not None else ""
        if not name and viewport.volume is not None:
            name = viewport.volume.name
        texts = texts_of(
            viewport, name="" if picture.look.is_name_hidden else name, zoom=self._surface.zoom_text,
            has_proposal=has_proposal, is_beside=is_beside,
        )  # fmt: skip
        inks = TextColours(*(QColor(*c) for c in (colours.text, colours.text_dim, colours.proposal)))
        self.covered = draw_texts(painter, area, texts, self.captions, inks)
