"""The crosshair: the one voxel in which the slices of all views of the open volume meet."""

from functools import partial

from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Index
from unet_studio.workbench.event import Event
from unet_studio.workbench.viewport import Viewport


class Crosshair:
    """Links the main viewport with those beside it, which show the planes that it does not. ``moved`` tells of another voxel.

    A viewport that goes to another slice takes the crosshair along, and the crosshair takes the others along.
    """

    def __init__(self, main: Viewport) -> None:
        self.moved: Event[[]] = Event()
        self._main = main
        self._beside: list[Viewport] = []
        self._is_leading = False
        main.opened.connect(self._reopen)
        main.exchanged.connect(self._exchange)
        main.moved.connect(self._lead)
        main.windowed.connect(self._share_window)

    @property
    def voxel(self) -> Index | None:
        """Where it is, (z, y, x); None while no volume is open."""
        return self._main.voxel

    @property
    def planes(self) -> tuple[Plane, ...]:
        """The planes that are looked at, the main viewport's first; empty while no volume is open."""
        shown = [v for v in (self._main, *self._beside) if v.volume is not None]
        return tuple(v.view.plane for v in shown)

    def beside(self, count: int) -> tuple[Viewport, ...]:
        """Afterwards ``count`` viewports (0 to 2) beside the main one show the volume, any further ones nothing; all of them."""
        while len(self._beside) < count:
            viewport = Viewport()
            viewport.moved.connect(partial(self._follow, viewport))
            viewport.windowed.connect(partial(self._take_window, viewport))
            self._beside.append(viewport)
        self._count = count
        self._reopen()
        return tuple(self._beside)

    def go(self, voxel: Index) -> None:
        """Afterwards the crosshair is at ``voxel``, or at the nearest one inside the volume, and every view shows its slice."""
        if self._main.volume is None:
            return
        self._is_leading = True  # one voice at the end, not one for each view
        try:
            for viewport in (self._main, *self._beside):
                viewport.look_at(voxel)
        finally:
            self._is_leading = False
        self.moved()

    # ---- inside

    _count = 0

    def _reopen(self) -> None:
        volume = self._main.volume
        for number, viewport in enumerate(self._beside):
            if volume is None or number >= self._count:
                if viewport.volume is not None:
                    viewport.open(None)
            else:
                viewport.join(self._main, self._others()[number])
        self.moved()

    def _exchange(self) -> None:
        """The main viewport shows another frame."""
        for viewport in self._beside:
            if viewport.volume is not None and self._main.volume is not None:
                viewport.exchange(self._main.volume)
        self.moved()

    def _others(self) -> list[Plane]:
        return [plane for plane in Plane if plane != self._main.view.plane]

    def _lead(self) -> None:
        """The main viewport shows another slice or plane."""
        if self._is_leading or (voxel := self._main.voxel) is None:
            return
        for viewport, plane in zip(self._beside, self._others(), strict=False):
            if viewport.volume is not None:
                viewport.turn(plane)
                viewport.look_at(voxel)
        self.moved()

    def _follow(self, viewport: Viewport) -> None:
        """A viewport beside it shows another slice."""
        volume, now = self._main.volume, self._main.voxel
        if self._is_leading or volume is None or now is None:
            return
        axis = plane_view(volume.geometry, viewport.view.plane).axis
        if now[axis] != viewport.index:
            voxel = list(now)
            voxel[axis] = viewport.index
            self.go((voxel[0], voxel[1], voxel[2]))

    def _share_window(self) -> None:
        for viewport in self._beside:
            if viewport.volume is not None:
                viewport.set_window(self._main.window)
                viewport.set_slab(self._main.slab)

    def _take_window(self, viewport: Viewport) -> None:
        self._main.set_window(viewport.window)
        self._main.set_slab(viewport.slab)
