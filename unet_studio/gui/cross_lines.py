"""The crosshair as it is drawn over a slice: where the other views cut it."""

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.image.plane import Plane, plane_view
from unet_studio.labels.label_map import Colour

# Okabe and Ito's vermilion, bluish green and sky blue, brightened: told apart by everyone, and on grey.
PLANE_COLOURS: dict[Plane, Colour] = {
    Plane.AXIAL: (255, 128, 96), Plane.CORONAL: (72, 208, 160), Plane.SAGITTAL: (110, 190, 255),
}  # fmt: skip
GAP = 10.0  # logical pixels left free round the crosshair's middle, so that it hides nothing there


class CrossLines:
    """A line for each other plane that is looked at, in its colour, broken in the middle."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def paint(self, painter: QPainter, framing: Framing, ratio: float) -> None:
        """Draws the lines, in device pixels."""
        surface = self._surface
        crosshair, viewport = surface.crosshair, surface.viewport
        if crosshair is None or viewport.volume is None or (voxel := crosshair.voxel) is None:
            return
        geometry, view = viewport.volume.geometry, viewport.view
        _, row, column = view.pixel_of(geometry.shape, voxel)
        x, y = framing.place_of((row, column))
        x, y = int(x) + 0.5, int(y) + 0.5  # on a device pixel, so that a line is one pixel wide
        gap = GAP * ratio
        for plane in crosshair.planes:
            axis = plane_view(geometry, plane).axis
            if axis == view.rows:  # a row is where that plane cuts
                lines = [QLineF(framing.left, y, x - gap, y), QLineF(x + gap, y, framing.right, y)]
            elif axis == view.columns:
                lines = [QLineF(x, framing.top, x, y - gap), QLineF(x, y + gap, x, framing.bottom)]
            else:
                continue
            lines = [line for line in lines if line.dx() > 0 or line.dy() > 0]
            painter.setPen(QPen(QColor(0, 0, 0, 110), 3 * max(1, round(ratio))))
            painter.drawLines(lines)
            painter.setPen(QPen(QColor(*PLANE_COLOURS[plane]), max(1, round(ratio))))
            painter.drawLines(lines)
