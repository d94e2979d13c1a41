"""Where things lie on a canvas: its places are logical pixels, a slice's points (row, column)."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QWidget

from unet_studio.gui.framing import Framing, Sheet
from unet_studio.gui.lens import Lens
from unet_studio.image.plane import Plane, PlaneView
from unet_studio.image.volume import Geometry
from unet_studio.labels.brush import PixelPoint
from unet_studio.workbench.viewport import Viewport


class Places:
    """Of ``widget``, which shows the viewport's slice through ``lens``. Changes nothing but by the lens."""

    def __init__(self, widget: QWidget, viewport: Viewport) -> None:
        self.lens = Lens(self._sheet)
        self._widget = widget
        self._viewport = viewport
        self._known_sheet: tuple[Geometry, PlaneView, tuple[int, int, float], Sheet] | None = None

    @property
    def framing(self) -> Framing:
        """Where the slice lies, in device pixels."""
        return self.lens.framing

    @property
    def size(self) -> QSize:
        """Of the canvas, in logical pixels."""
        return self._widget.size()

    @property
    def ratio(self) -> float:
        """Device pixels to a logical one."""
        return self._widget.devicePixelRatioF()

    @property
    def zoom_text(self) -> str:
        """How large the slice is shown, such as 5.0×; empty while none is open."""
        return f"{self.lens.factor:.1f}×" if self._viewport.volume is not None else ""

    def pixel_at(self, place: QPointF) -> PixelPoint:
        """The (row, column) at a place; whole numbers are pixel centres."""
        return self.framing.pixel_at(place.x() * self.ratio, place.y() * self.ratio)

    def place_on(self, screen: QPointF) -> QPointF:
        """The place that lies there on the screen."""
        return self._widget.mapFromGlobal(screen)

    def place_of(self, point: PixelPoint) -> QPointF:
        """Where a (row, column) lies."""
        return QPointF(*self.framing.place_of(point)) / self.ratio

    def _sheet(self) -> tuple[Plane, Sheet]:
        volume = self._viewport.volume
        assert volume is not None
        view, widget = self._viewport.view, self._widget
        known, ratio = self._known_sheet, widget.devicePixelRatioF()
        now = widget.width(), widget.height(), ratio
        # By identity: this is asked for a dozen times for each repaint, and comparing geometries takes a microsecond.
        if known is None or known[0] is not volume.geometry or known[1] is not view or known[2] != now:
            width, height = (round(n * ratio) for n in now[:2])
            size, spacing = view.size(volume.geometry.shape), view.spacing_mm(volume.geometry)
            known = self._known_sheet = (volume.geometry, view, now, Sheet(size, spacing, width, height, ratio))
        return view.plane, known[3]
