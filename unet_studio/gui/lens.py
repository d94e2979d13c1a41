"""How the canvas looks at the slice: zoom and pan, kept for each plane until another volume is opened."""

from collections.abc import Callable

from unet_studio.gui.framing import Framing, Sheet, Zoom
from unet_studio.image.plane import Plane

_FITTED = Zoom()


class Lens:
    """``sheet`` tells the slice's size and the widget's as they are now; places are device pixels of the widget."""

    def __init__(self, sheet: Callable[[], tuple[Plane, Sheet]]) -> None:
        self._sheet = sheet
        self._zooms: dict[Plane, Zoom] = {}
        self._known: tuple[Sheet, Zoom, Framing] | None = None

    @property
    def framing(self) -> Framing:
        """Where the slice lies now."""
        plane, sheet = self._sheet()
        zoom, known = self._zooms.get(plane, _FITTED), self._known
        if known is None or known[1] is not zoom or known[0] is not sheet:
            known = self._known = (sheet, zoom, sheet.framing(zoom))
        return known[2]

    @property
    def factor(self) -> float:
        """How many logical pixels the slice's smaller pixel side takes."""
        plane, sheet = self._sheet()
        return sheet.factor(self._zooms.get(plane, _FITTED))

    def fit(self) -> None:
        """Afterwards the whole slice is shown, also when the widget changes its size."""
        self._zooms.pop(self._sheet()[0], None)

    def reset(self) -> None:
        """Afterwards every plane is fitted."""
        self._zooms.clear()

    def zoom_by(self, factor: float, at: tuple[float, float] | None = None) -> None:
        """Afterwards the slice is shown ``factor`` times as large; what lies at ``at``, or in the middle, stays there."""
        plane, sheet = self._sheet()
        x, y = at or (sheet.width / 2, sheet.height / 2)
        self._zooms[plane] = sheet.zoomed(self._zooms.get(plane, Zoom()), factor, x, y)

    def pan_by(self, across: float, down: float) -> None:
        """Afterwards the slice lies that much further right and down, as far as some of it stays in sight."""
        plane, sheet = self._sheet()
        self._zooms[plane] = sheet.panned(self._zooms.get(plane, Zoom()), across, down)
