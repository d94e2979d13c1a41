"""A region that grows from a pixel: seen in its slice while it is tuned, then worked out through the volume beside the hand."""

from collections.abc import Callable, Mapping
from functools import partial
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Volume
from unet_studio.labels.brush import Mask
from unet_studio.labels.growing import grow_volume
from unet_studio.labels.likeness import Range
from unet_studio.progress import Progress, Steps
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Post
from unet_studio.workbench.latest import Latest
from unet_studio.workbench.viewport import slice_intensities

Grown = SimpleQueue[tuple[int, Mask]]  # slices on their way from the lane, never written to again


class Growing:
    """One region at a time, for every view to show. ``changed`` tells that there is more of it, or none any more."""

    def __init__(self, post: Post) -> None:
        self.changed: Event[[]] = Event()
        self.region: NDArray[np.bool_] | None = None  # (z, y, x): what has grown so far
        self.revision = 0  # another one whenever the region is
        self.count = 0  # of the slices that it may reach
        self._masks: dict[int, Mask] = {}
        self._latest: Latest[None] = Latest("growing", post)

    @property
    def is_busy(self) -> bool:
        """Whether it grows through the volume."""
        return self._latest.is_busy

    @property
    def slices(self) -> int:
        """On how many slices there is something of it."""
        return len(self._masks)

    @property
    def seconds_left(self) -> float | None:
        """How long it will grow on at most, were it to reach every slice; None while that can't be told."""
        return self._latest.seconds_left_at(self.slices / max(1, self.count))

    def show(self, volume: Volume, view: PlaneView, index: int, mask: Mask) -> None:
        """Afterwards the region is ``mask`` on one slice of a plane, and nothing elsewhere."""
        if self.region is None or self.region.shape != volume.geometry.shape:
            self.region = np.zeros(volume.geometry.shape, np.bool_)
        for other in self._masks:
            if other != index:
                view.slice_of(self.region, other)[...] = False
        self._masks = {}
        self._take(view, index, mask)
        self.changed()

    def spread(
        self, volume: Volume, view: PlaneView, index: int, within: Range, *, done: Callable[[Mapping[int, Mask]], None]
    ) -> None:
        """Afterwards the region shown on slice ``index`` grows on through the others; ``done`` hears of all of it, by slice."""
        found: Grown = SimpleQueue()
        count = self.count = view.count(volume.geometry.shape)
        intensities = partial(slice_intensities, volume, view)
        spreading = partial(grow_volume, intensities, index, self._masks[index], within, count=count)

        def steps() -> Steps[None]:
            reached = {index}
            for at, mask in spreading():
                found.put((at, mask))
                reached.add(at)
                yield Progress(len(reached) / count)

        def taken(_: object = None) -> None:  # all there are by now: the reports wait in line behind what the hand does
            is_more = not found.empty()
            while not found.empty():
                self._take(view, *found.get())
            if is_more:
                self.changed()

        def ended(_: None) -> None:
            taken()
            masks = self._masks
            self.drop()
            done(masks)

        self._latest.ask(steps, done=ended, progressed=taken)
        self.changed()

    def drop(self) -> bool:
        """Afterwards there is no region, and nothing grows; whether it did."""
        was_busy, had_any = self.is_busy, self.region is not None
        self._latest.cancel()
        self.region, self._masks = None, {}
        if had_any:
            self.revision += 1
            self.changed()
        return was_busy

    def close(self) -> None:
        """Afterwards the lane has ended."""
        self.drop()
        self._latest.close()

    def _take(self, view: PlaneView, index: int, mask: Mask) -> None:
        if self.region is not None:
            self._masks[index] = mask
            view.slice_of(self.region, index)[...] = mask
            self.revision += 1
