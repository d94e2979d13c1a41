"""The pen on the slice: what the brush covers from point to point, on this slice and, as a ball, on those beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Geometry
from unet_studio.labels.brush import Mask, Patch, PixelPoint, ball_radii, capsule, line
from unet_studio.labels.likeness import Intensities, Range, joined_to
from unet_studio.sentence import Sentence
from unet_studio.workbench.boxes import Box, patch_box
from unet_studio.workbench.palette import Brush
from unet_studio.workbench.stroke import Stroke

Verb = Literal["paint", "fill", "outline", "grow"]


def deed_name(verb: Verb, label: str | None) -> str:
    """What undo calls painting a label in that way, or clearing where there is none."""
    if label is None:
        return Sentence("Erase") if verb == "paint" else Sentence("Clear area")
    if verb == "paint":
        return Sentence("Paint {name}", name=label)
    if verb == "fill":
        return Sentence("Fill {name}", name=label)
    if verb == "outline":
        return Sentence("Outline {name}", name=label)
    return Sentence("Grow {name}", name=label)


@dataclass(frozen=True, slots=True)
class Limit:
    """Only where ``intensities`` of a slice, by its number, lie within ``range`` is painted.

    Where ``is_connected``, of these only what hangs together with the stroke.
    """

    range: Range
    intensities: Callable[[int], Intensities]
    is_connected: bool = False


def brush_spacing(geometry: Geometry, brush: Brush) -> tuple[float, float, float]:
    """The sides of a voxel (z, y, x) in the unit of the brush's radius."""
    return geometry.spacing_mm if brush.unit == "mm" else (1.0, 1.0, 1.0)


class Pen:
    """Paints ``value`` with a stroke on slice ``index`` of ``view``, beginning at ``point``."""

    def __init__(
        self, stroke: Stroke, view: PlaneView, geometry: Geometry, *,
        index: int, point: PixelPoint, value: int, name: str, limit: Limit | None = None,
    ) -> None:  # fmt: skip
        self.stroke = stroke
        self.value = value
        self.name = name
        self.limit = limit
        self.is_kept_out = False  # whether the limit kept all that the pen met from being painted
        self.last = point
        self._view = view
        self._geometry = geometry
        self._index = index
        self._has_entered = False
        self._drawn: dict[int, Mask] = {}  # what a connected stroke holds of each slice

    def reach(self, point: PixelPoint, brush: Brush, paintable: NDArray[np.bool_], *, share: float = 1.0) -> list[Box]:
        """Afterwards the stroke reaches to ``point``; where voxels may have changed. ``share`` is of the brush's radius."""
        spacing = brush_spacing(self._geometry, brush)
        pixel = (spacing[self._view.rows], spacing[self._view.columns])
        radius, size = brush.radius * share, self._view.size(self._geometry.shape)
        cuts = [(self._index, radius)]
        if brush.is_sphere:
            count = self._view.count(self._geometry.shape)
            cuts = ball_radii(radius, step=spacing[self._view.axis], index=self._index, count=count)
        boxes = []
        for index, cut in cuts:
            patches = [capsule(self.last, point, radius=cut, size=size, spacing=pixel)]
            if 2 * cut < max(pixel):  # thinner than a pixel: what lies within the radius of the line has gaps
                patches.append(line(self.last, point, size=size))
            for patch in patches:
                if patch is not None and (allowed := self._within_limit(index, patch, point)) is not None:
                    self.stroke.paint(allowed, self.value, paintable, index=index)
                    boxes.append(patch_box(self._view, self._geometry.shape, index, allowed))
        self.last = point
        return boxes

    def _within_limit(self, index: int, patch: Patch, point: PixelPoint) -> Patch | None:
        if (limit := self.limit) is None:
            return patch
        mask = patch.mask & limit.range.holds(limit.intensities(index)[patch.box])
        if limit.is_connected:
            mask = joined_to(self._seeds(index, patch, point), mask)
            self._held(index)[patch.box] |= mask
        self._has_entered |= bool(mask.any())
        self.is_kept_out = not self._has_entered
        return Patch(patch.row, patch.column, mask) if mask.any() else None

    def _seeds(self, index: int, patch: Patch, point: PixelPoint) -> Mask:
        """Where a connected stroke may go on from: what it holds here and nearer to its own slice, and the line of the hand."""
        seeds: Mask = self._held(index)[patch.box].copy()
        if index != self._index:
            seeds |= self._held(index + (1 if index < self._index else -1))[patch.box]
        elif (under := line(self.last, point, size=self._view.size(self._geometry.shape))) is not None:
            whole = np.zeros(self._view.size(self._geometry.shape), np.bool_)
            whole[under.box] = under.mask
            seeds |= whole[patch.box]
        return seeds

    def _held(self, index: int) -> Mask:
        if index not in self._drawn:
            self._drawn[index] = np.zeros(self._view.size(self._geometry.shape), np.bool_)
        return self._drawn[index]
