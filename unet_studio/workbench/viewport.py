"""What is looked at: the open volume, its plane, slice and window."""

import math
from typing import Any

from numpy.typing import NDArray

from unet_studio.image.plane import Plane, PlaneView, plane_view, working_plane
from unet_studio.image.slab import Slab, slab_of
from unet_studio.image.volume import Index, Volume
from unet_studio.image.window import Window, auto_window, opening_window
from unet_studio.labels.likeness import Range
from unet_studio.workbench.event import Event


def slice_intensities(volume: Volume, view: PlaneView, index: int) -> NDArray[Any]:
    """Slice ``index`` of a plane (row, column), as stored; the mean of the channels of a colour picture."""
    shown: NDArray[Any] = view.slice_of(volume.voxels, index)
    return shown if shown.ndim == 2 else shown.mean(axis=2)


class Viewport:
    """The view on one volume, empty at first. ``moved`` tells of another slice or plane, ``windowed`` of another window or slab.

    ``exchanged`` tells of another volume on the same grid, at the same slices. ``auto`` is the window of the percentiles,
    ``opening`` the one the volume is first seen in; ``slab`` is how thick a slab is shown instead of the slice,
    None where the slice itself is.
    """

    def __init__(self) -> None:
        self.volume: Volume | None = None
        self.window = Window(0.5, 1.0)
        self.auto = self.opening = self.window
        self.slab: Slab | None = None
        self.opened: Event[[]] = Event()
        self.exchanged: Event[[]] = Event()
        self.moved: Event[[]] = Event()
        self.windowed: Event[[]] = Event()
        self._view: PlaneView | None = None
        self._indices: dict[Plane, int] = {}

    @property
    def view(self) -> PlaneView:
        """How the plane now looked at is shown; only while a volume is open."""
        assert self._view is not None
        return self._view

    @property
    def index(self) -> int:
        """The slice now looked at."""
        return self._indices.get(self.view.plane, 0)

    @property
    def count(self) -> int:
        """How many slices the plane has; 0 while nothing is open."""
        return self._view.count(self.volume.geometry.shape) if self.volume is not None and self._view is not None else 0

    @property
    def is_working_plane(self) -> bool:
        """Whether the plane looked at is the one in which slices are reviewed and predicted."""
        return self.volume is not None and self.view.plane == working_plane(self.volume.geometry)

    @property
    def usual_range(self) -> Range:
        """The brighter half of the scan's usual intensities, and all above."""
        return Range(self.auto.level, math.inf)

    def intensities(self, index: int) -> NDArray[Any]:
        """Slice ``index`` of the plane looked at (row, column), as stored; the mean of the channels of a colour picture."""
        assert self.volume is not None
        return slice_intensities(self.volume, self.view, index)

    def open(self, volume: Volume | None, *, index: int | None = None, window: Window | None = None) -> None:
        """Afterwards ``volume`` is looked at in its working plane, in the middle or at ``index``; None looks at nothing."""
        self.volume = volume
        self._indices.clear()
        self._view = None
        if volume is not None:
            geometry = volume.geometry
            for plane in Plane:
                self._indices[plane] = plane_view(geometry, plane).count(geometry.shape) // 2
            self._view = plane_view(geometry, working_plane(geometry))
            if index is not None:
                self._indices[self.view.plane] = max(0, min(self.count - 1, index))
            if volume.channels > 1:
                is_picture = volume.voxels.dtype == "uint8"
                self.opening = self.auto = Window(127.5, 255.0) if is_picture else auto_window(volume.voxels)
            else:
                self.auto = auto_window(volume.voxels)
                self.opening = opening_window(volume.voxels, volume.modality, volume.window)
            self.window = window or self.opening
        self.opened()

    def exchange(self, volume: Volume) -> None:
        """Afterwards ``volume``, on the grid of the one that was open, is looked at in its place: same slices, same window."""
        assert self.volume is not None and volume.geometry.shape == self.volume.geometry.shape
        self.volume = volume
        self.exchanged()

    def join(self, other: "Viewport", plane: Plane) -> None:
        """Afterwards the volume that ``other`` has open is looked at in ``plane``, through its window, at its voxel."""
        assert other.volume is not None
        self.volume, self.slab = other.volume, other.slab
        self.window, self.auto, self.opening = other.window, other.auto, other.opening
        self._view = plane_view(other.volume.geometry, plane)
        self._indices = dict(other._indices)
        self.opened()

    @property
    def voxel(self) -> Index | None:
        """The voxel (z, y, x) in which the slices of all planes meet; None while no volume is open."""
        if self.volume is None:
            return None
        at = [0, 0, 0]
        for plane, index in self._indices.items():
            at[plane_view(self.volume.geometry, plane).axis] = index
        return at[0], at[1], at[2]

    def index_in(self, plane: Plane) -> int:
        """The slice of ``plane`` that is looked at, or was when that plane was left."""
        return self._indices.get(plane, 0)

    def look_at(self, voxel: Index) -> None:
        """Afterwards every plane is at the slice that holds ``voxel``, or the one nearest to it."""
        if self.volume is None:
            return
        geometry, before = self.volume.geometry, self.index
        for plane in Plane:
            axis = plane_view(geometry, plane).axis
            self._indices[plane] = max(0, min(geometry.shape[axis] - 1, voxel[axis]))
        if self.index != before:
            self.moved()

    def go(self, index: int) -> None:
        """Afterwards slice ``index``, or the last or first before it, is looked at."""
        index = max(0, min(self.count - 1, index))
        if self.volume is not None and index != self.index:
            self._indices[self.view.plane] = index
            self.moved()

    def step(self, by: int) -> None:
        """Afterwards the slice ``by`` further on is looked at, up to the end."""
        if self.volume is not None:
            self.go(self.index + by)

    def turn(self, plane: Plane) -> None:
        """Afterwards ``plane`` is looked at, at the slice it was left at."""
        if self.volume is not None and plane != self.view.plane:
            self._view = plane_view(self.volume.geometry, plane)
            self.moved()

    @property
    def pixels(self) -> NDArray[Any]:
        """The intensities looked at, (row, column[, channel]): the slice's, or those of the slab round it."""
        assert self.volume is not None
        if self.slab is not None:
            return slab_of(self.volume, self.view, self.index, self.slab)
        return self.view.slice_of(self.volume.voxels, self.index)

    def set_slab(self, slab: Slab | None) -> None:
        """Afterwards that slab round the slice is shown; None shows the slice itself."""
        if slab != self.slab:
            self.slab = slab
            self.windowed()

    def set_window(self, window: Window) -> None:
        """Afterwards intensities are shown through ``window``."""
        if window != self.window:
            self.window = window
            self.windowed()

    def reset_window(self) -> None:
        """Afterwards the window is the one chosen from the volume's percentiles."""
        self.set_window(self.auto)
