"""Surfaces of labels to look at: built beside the hand, on even voxels, no finer than a screen shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from unet_studio.files.mesh import surface_of
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import Labels
from unet_studio.progress import Progress, Steps
from unet_studio.sentence import Sentence

FINEST = 128  # voxels along the longest side of what is labelled; a view is a few hundred pixels wide
_THICK = 1.5  # slices this much thicker than pixels are joined by shape and not by steps

Vectors = NDArray[np.float32]  # (n, 3): LPS, mm


@dataclass(frozen=True, slots=True)
class LabelSurface:
    """The surface of one label: its points, the unit normals there (outward), and the mm between neighbouring points."""

    value: int
    points: Vectors
    normals: Vectors
    apart_mm: float


def label_surfaces(labels: Labels, geometry: Geometry) -> Steps[tuple[LabelSurface, ...]]:
    """The surfaces of all labels of a label map (z, y, x), the lowest value first."""
    yield Progress(0.0, Sentence("Building surfaces"))
    boxes = ndimage.find_objects(labels)
    values = [n + 1 for n, box in enumerate(boxes) if box is not None]
    found: list[LabelSurface] = []
    extent = max((_extent_mm(boxes[v - 1], geometry) for v in values), default=1.0)
    step = max(min(geometry.spacing_mm), extent / FINEST)
    for number, value in enumerate(values):
        yield Progress(number / len(values), Sentence("Building surfaces"))
        box = boxes[value - 1]
        mask, grid = _even(labels[box] == value, _part(geometry, box), step)
        yield Progress((number + 0.3) / len(values), Sentence("Building surfaces"))
        if mask.any():
            surface = surface_of(mask, grid)
            yield Progress((number + 0.9) / len(values), Sentence("Building surfaces"))
            found.append(_shaded(value, surface.points, surface.triangles, step))
    return tuple(found)


def _extent_mm(box: tuple[slice, ...], geometry: Geometry) -> float:
    return max(float(part.stop - part.start) * mm for part, mm in zip(box, geometry.spacing_mm, strict=True))


def _part(geometry: Geometry, box: tuple[slice, ...]) -> Geometry:
    """The grid of a box of voxels."""
    start = (float(box[0].start), float(box[1].start), float(box[2].start))
    z, y, x = (part.stop - part.start for part in box)
    return Geometry((z, y, x), geometry.spacing_mm, geometry.patient_point(start), geometry.axes)


def _even(mask: NDArray[np.bool_], geometry: Geometry, step: float) -> tuple[NDArray[np.bool_], Geometry]:
    """The mask on voxels of ``step`` mm each way, one more on each side, and their grid.

    Between thick slices the outline goes over from one to the next by its signed distance (Raya and Udupa 1990); else the
    nearest voxels' mean decides.
    """
    spacing = np.array(geometry.spacing_mm)
    padded = np.pad(mask, 1)
    thick = int(np.argmax(spacing))
    if spacing[thick] >= _THICK * np.delete(spacing, thick).max():
        field = np.stack([_signed(flat) for flat in np.moveaxis(padded, thick, 0)], axis=thick)
    else:
        field = padded.astype(np.float32) - 0.5
        coarse = step / spacing
        if coarse.max() > 1.5:
            field = ndimage.gaussian_filter(field, coarse / 3)  # thin parts would fall between coarser voxels
    shape = [max(2, round((n - 1) * s / step) + 1) for n, s in zip(padded.shape, spacing, strict=True)]
    places = [np.linspace(0, n - 1, m) for n, m in zip(padded.shape, shape, strict=True)]
    for axis, at in enumerate(places):
        field = _along(field, at, axis)
    even = (float((padded.shape[0] - 1) * spacing[0] / (shape[0] - 1)),
            float((padded.shape[1] - 1) * spacing[1] / (shape[1] - 1)),
            float((padded.shape[2] - 1) * spacing[2] / (shape[2] - 1)))  # fmt: skip
    origin = geometry.patient_point((-1.0, -1.0, -1.0))
    return field > 0, Geometry((shape[0], shape[1], shape[2]), even, origin, geometry.axes)


def _signed(flat: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far inside each pixel lies, in pixels; outside below zero."""
    if not flat.any():
        return np.full(flat.shape, -4.0, np.float32)  # an end: the next slice's shape closes on the way to it
    inside, outside = ndimage.distance_transform_edt(flat), ndimage.distance_transform_edt(~flat)
    return np.asarray(inside - outside, dtype=np.float32)


def _along(field: NDArray[np.float32], at: NDArray[np.float64], axis: int) -> NDArray[np.float32]:
    """The field at places ``at`` along one axis, straight between neighbours."""
    low = np.minimum(at.astype(np.intp), field.shape[axis] - 2) if field.shape[axis] > 1 else np.zeros(len(at), np.intp)
    share = (at - low).astype(np.float32)
    share = share.reshape([-1 if a == axis else 1 for a in range(3)])
    high = np.minimum(low + 1, field.shape[axis] - 1)
    return np.asarray(field.take(low, axis=axis) * (1 - share) + field.take(high, axis=axis) * share, dtype=np.float32)


def _shaded(value: int, points: NDArray[np.float64], triangles: NDArray[np.int64], apart_mm: float) -> LabelSurface:
    """The surface with a normal at each point: the sum of its triangles', which weighs larger ones more."""
    a, b, c = (points[triangles[:, n]] for n in range(3))
    across = np.cross(b - a, c - a)
    normals = np.stack(
        [
            sum(np.bincount(triangles[:, n], across[:, axis], len(points)) for n in range(3))
            for axis in range(3)
        ],
        axis=1,
    )  # fmt: skip
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return LabelSurface(value, points.astype(np.float32), normals.astype(np.float32), apart_mm)
