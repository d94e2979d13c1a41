"""The pointer on a canvas: where it is, which shape it has, and the brush's ring round it."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from unet_studio.gui.places import Places
from unet_studio.gui.ring import ring_box
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.pen import brush_spacing
from unet_studio.workbench.viewport import Viewport


class Pointer:
    """``place`` is where it is, None outside the canvas. Paints nothing; it says where the ring is to be painted again."""

    def __init__(self, widget: QWidget, viewport: Viewport, palette: Palette, places: Places) -> None:
        self.place: QPointF | None = None
        self.shows_ring = False
        self._widget = widget
        self._viewport = viewport
        self._palette = palette
        self._places = places
        self._ring = QRect()  # where the ring was when last asked for

    @property
    def ring_radius(self) -> QPointF:
        """The brush's radius on the screen, across and down."""
        volume = self._viewport.volume
        if volume is None:
            return QPointF()
        view, sides = self._viewport.view, brush_spacing(volume.geometry, self._palette.brush)
        height, width = sides[view.rows], sides[view.columns]
        framing, radius = self._places.framing, self._palette.brush.radius / self._places.ratio
        return QPointF(radius / width * framing.across, radius / height * framing.down)

    def go(self, place: QPointF | None) -> None:
        """Afterwards it is at ``place``, and so is the ring."""
        self.place = place
        self.redraw_ring()

    def take(self, shape: Qt.CursorShape) -> None:
        """Afterwards it has that shape; a blank one is the brush's ring."""
        self.shows_ring = shape == Qt.CursorShape.BlankCursor
        if self._widget.cursor().shape() != shape:
            self._widget.setCursor(QCursor(shape))
        self.redraw_ring()

    def redraw_ring(self) -> None:
        """Afterwards the ring is painted where it is now, and no longer where it was."""
        now = QRect()
        if self.shows_ring and self.place is not None:
            now = ring_box(self.place, self.ring_radius)
        for box in {self._ring, now} if self._ring != now or not now.isNull() else ():
            if not box.isNull():
                self._widget.update(box)
        self._ring = now
