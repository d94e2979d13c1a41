"""What is written over the slice of a canvas: laid out anew when it is another text, and left alone by most strokes."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from unet_studio.gui.captions import Caption, Captions
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.picture import Picture
from unet_studio.gui.surface import Surface
from unet_studio.gui.texts import Page, TextColours, proposal_text, slice_text, texts_of


class Inscription:
    """Writes what is looked at on ``surface`` and ``picture`` shows; ``covered`` is where it was last written."""

    def __init__(self, surface: Surface, picture: Picture) -> None:
        self._surface = surface
        self._picture = picture
        self.captions = Captions()
        self._area = QRect()  # written into last
        # What was laid out, all but the slice's number, and for what.
        self._laid: tuple[tuple[object, ...], Page, list[Caption]] | None = None
        self.covered: list[QRect] = []

    def paint(self, painter: QPainter, area: QRect, dirty: QRect, *, colours: CanvasColours, is_beside: bool) -> None:
        """Writes into ``area``, the whole canvas, where ``dirty`` is all of it or meets what was written before."""
        is_whole = dirty == area or self._area != area  # of a new size only what is in sight is painted
        if not is_whole and not any(box.intersects(dirty) for box in self.covered):
            return  # most strokes; new texts come with a repaint of the whole
        self._area = QRect(area)
        page, captions = self._layout(painter, area, colours=colours, is_beside=is_beside)
        captions = [page.lay_first(slice_text(self._surface.viewport, is_beside=is_beside)), *captions]
        for caption in captions:
            caption.draw(painter)
        self.covered = [caption.box for caption in captions]

    def _layout(
        self, painter: QPainter, area: QRect, *, colours: CanvasColours, is_beside: bool
    ) -> tuple[Page, list[Caption]]:
        """All but the number of the slice, which is the same on the next one."""
        picture, viewport = self._picture, self._surface.viewport
        annotation = picture.annotation
        has_proposal = picture.look.are_labels_visible and picture.proposal is not None
        name = annotation.case.name if annotation is not None and picture.labels is not None else ""
        assert viewport.volume is not None
        name = name or viewport.volume.name
        if picture.look.is_name_hidden:
            name = ""
        zoom, font, ratio = self._surface.places.zoom_text, painter.font(), painter.device().devicePixelRatio()
        key = (
            viewport.volume.geometry, viewport.view, viewport.window, viewport.auto, viewport.slab, name, zoom,
            has_proposal, is_beside, area, font, ratio, colours, proposal_text(),  # in the language spoken
        )  # fmt: skip
        if self._laid is None or self._laid[0] != key:
            texts = texts_of(viewport, name=name, zoom=zoom, has_proposal=has_proposal, is_beside=is_beside)
            inks = TextColours(*(QColor(*c) for c in (colours.text, colours.text_dim, colours.proposal)))
            page = Page(QRect(area), self.captions, inks, font=font, ratio=ratio)
            self._laid = key, page, page.lay(texts)[1:]
        return self._laid[1:]
