"""Voxels that were taken on no right, even grid, put onto one: tilted gantries, sheared affines, uneven gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from unet_studio.files.affine import vector
from unet_studio.image.volume import Geometry

Voxels = NDArray[Any]  # (z, y, x) or (z, y, x, channel)

KEPT_SHARE = 0.05  # of rows or columns: what slices may be moved by before the grid is enlarged for them


class Regrid(Protocol):
    """``taken`` is the grid as it was scanned, ``geometry`` the right one that takes its place."""

    @property
    def taken(self) -> Geometry:
        """Where the voxels lie in the patient, as they were scanned."""

    @property
    def geometry(self) -> Geometry:
        """The right grid."""

    def voxels(self, taken: Voxels) -> Voxels:
        """Intensities on the right grid; what was not scanned has the lowest of them."""

    def labels(self, taken: Voxels) -> Voxels:
        """Labels on the right grid, each from the nearest voxel; what was not scanned is background."""

    def labels_as_taken(self, labels: Voxels) -> Voxels | None:
        """Labels on the right grid as they lie on the images that were scanned; None where these have no such places."""


@dataclass(frozen=True, slots=True)
class MovedSlices:
    """Slices moved within their plane by whole pixels, so that no intensity changes: each is at most half a pixel off.

    ``places`` are the row and column of the right grid at which each slice begins; below zero, its first ones are cut.
    """

    taken: Geometry
    geometry: Geometry
    places: tuple[tuple[int, int], ...]

    @property
    def cut(self) -> int:
        """The most rows or columns of a slice that have no place on the right grid."""
        rows, columns = (self.geometry.shape[a] - self.taken.shape[a] for a in (1, 2))
        return max(max(-r, r - rows, -c, c - columns, 0) for r, c in self.places)

    def voxels(self, taken: Voxels) -> Voxels:
        """The same intensities in their new places."""
        return self._moved(taken, lowest(taken))

    def labels(self, taken: Voxels) -> Voxels:
        """The same labels in their new places."""
        return self._moved(taken, 0)

    def labels_as_taken(self, labels: Voxels) -> Voxels:
        """The labels back on the pixels they were drawn on."""
        found = np.zeros((*self.taken.shape, *labels.shape[3:]), labels.dtype)
        for z, (here, there) in enumerate(self._boxes()):
            found[z][there] = labels[z][here]
        return found

    def _moved(self, taken: Voxels, beyond: Any) -> Voxels:
        moved: Voxels = np.full((*self.geometry.shape, *taken.shape[3:]), beyond, taken.dtype)
        for z, (here, there) in enumerate(self._boxes()):
            moved[z][here] = taken[z][there]
        return moved

    def _boxes(self) -> list[tuple[tuple[slice, slice], tuple[slice, slice]]]:
        """For each slice the rows and columns of the right grid that it fills, and those of its own that do."""
        boxes = []
        for place in self.places:
            here, there = [], []
            for start, size, room in zip(place, self.taken.shape[1:], self.geometry.shape[1:], strict=True):
                first, last = max(0, start), max(0, min(room, start + size))
                here.append(slice(first, last))
                there.append(slice(first - start, last - start))
            boxes.append(((here[0], here[1]), (there[0], there[1])))
        return boxes


@dataclass(frozen=True, slots=True)
class Interpolated:
    """A slanted grid sampled at the places of a right one that spans all of it, linearly."""

    taken: Geometry
    geometry: Geometry

    def voxels(self, taken: Voxels) -> Voxels:
        """Intensities between the nearest eight voxels, whole numbers where they were."""
        return self._sampled(taken, order=1, beyond=lowest(taken))

    def labels(self, taken: Voxels) -> Voxels:
        """The labels of the nearest voxels."""
        return self._sampled(taken, order=0, beyond=0)

    def labels_as_taken(self, labels: Voxels) -> None:
        """There are none: pixels of the two grids do not answer to each other."""

    def _sampled(self, taken: Voxels, *, order: Literal[0, 1], beyond: Any) -> Voxels:
        to_taken = np.linalg.inv(self.taken.matrix) @ self.geometry.matrix
        found: Voxels = np.empty((*self.geometry.shape, *taken.shape[3:]), taken.dtype)
        channels = [(taken, found)] if taken.ndim == 3 else [(taken[..., c], found[..., c]) for c in range(3)]
        for source, target in channels:
            ndimage.affine_transform(
                source, to_taken[:3, :3], to_taken[:3, 3], output_shape=self.geometry.shape, output=target, order=order,
                mode="constant", cval=float(beyond), prefilter=False,
            )  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class EvenSteps:
    """Slices at uneven distances sampled at even ones, linearly between the two beside; ``at_mm`` is along the normal."""

    taken: Geometry
    geometry: Geometry
    at_mm: tuple[float, ...]

    def voxels(self, taken: Voxels) -> Voxels:
        """Intensities between the slices before and behind; whole numbers where they were."""
        found: Voxels = np.empty((self.geometry.shape[0], *taken.shape[1:]), taken.dtype)
        for z, (before, behind, share) in enumerate(self._between()):
            if before == behind:
                found[z] = taken[before]
                continue
            mixed = taken[before] * (1 - share) + taken[behind] * share
            found[z] = np.rint(mixed) if taken.dtype.kind in "iu" else mixed
        return found

    def labels(self, taken: Voxels) -> Voxels:
        """The labels of the nearer slice."""
        nearer = [before if share <= 0.5 else behind for before, behind, share in self._between()]
        return taken[nearer]

    def labels_as_taken(self, labels: Voxels) -> None:
        """There are none: most slices lie between those that were scanned."""

    def _between(self) -> list[tuple[int, int, float]]:
        places = np.array(self.at_mm)
        found = []
        for z in range(self.geometry.shape[0]):
            at = min(z * self.geometry.spacing_mm[0], float(places[-1]))
            behind = min(int(np.searchsorted(places, at - 1e-6)), len(places) - 1)
            before = behind if abs(places[behind] - at) < 1e-6 or behind == 0 else behind - 1
            gap = float(places[behind] - places[before])
            found.append((before, behind, 0.0 if gap == 0 else float((at - places[before]) / gap)))
        return found


def lowest(voxels: Voxels) -> Any:
    """The lowest finite intensity, 0 where there is none."""
    if voxels.dtype.kind != "f":
        return voxels.min()
    lows = [float(finite.min()) for plane in voxels if (finite := plane[np.isfinite(plane)]).size]
    return min(lows, default=0.0)


def moved_slices(taken: Geometry, *, enlarges: bool) -> MovedSlices:
    """The right grid for slices whose rows and columns are at right angles, but which are stacked at a slant.

    Its first slice is where it was. Where ``enlarges`` nothing is cut; else the grid keeps its size, and what is moved out
    of it is.
    """
    normal = np.cross(taken.axes[2], taken.axes[1])
    normal /= np.linalg.norm(normal)
    along = float(np.dot(normal, taken.axes[0]))
    if along < 0:
        normal, along = -normal, -along
    step = np.array(taken.axes[0]) * taken.spacing_mm[0]
    by_slice = [
        tuple(round(z * float(np.dot(step, taken.axes[a])) / taken.spacing_mm[a]) for a in (1, 2))
        for z in range(taken.shape[0])
    ]
    first = [min(p[a] for p in by_slice) if enlarges else 0 for a in (0, 1)]
    rows, columns = (taken.shape[a + 1] + (max(p[a] for p in by_slice) - first[a] if enlarges else 0) for a in (0, 1))
    shift = np.array(taken.axes[1:]).T @ (np.array(first) * taken.spacing_mm[1:])
    geometry = replace(
        taken,
        shape=(taken.shape[0], rows, columns),
        spacing_mm=(taken.spacing_mm[0] * along, *taken.spacing_mm[1:]),
        origin_mm=vector(np.array(taken.origin_mm) + shift),
        axes=(vector(normal), *taken.axes[1:]),
    )
    return MovedSlices(taken, geometry, tuple((r - first[0], c - first[1]) for r, c in by_slice))


def fits_as_it_is(taken: Geometry) -> bool:
    """Whether the slices of a slanted stack are moved by so little that the grid need not grow."""
    moved = moved_slices(taken, enlarges=False)
    return all(abs(p[a]) <= KEPT_SHARE * taken.shape[a + 1] for p in moved.places for a in (0, 1))


def interpolated(taken: Geometry) -> Interpolated:
    """The right grid nearest to a sheared one that spans all of its voxels, with as many voxels along each axis."""
    left, _, right = np.linalg.svd(np.array(taken.axes).T)
    axes = (left @ right).T  # the rotation, or reflection, nearest to the directions of the axes
    ends = np.array([[i * (n - 1) for i, n in zip(c, taken.shape, strict=True)] + [1] for c in np.ndindex(2, 2, 2)])
    at = (ends @ taken.matrix.T)[:, :3] @ axes.T  # mm along each of the new axes
    low, high = at.min(axis=0), at.max(axis=0)
    steps = [
        float(h - b) / (n - 1) if n > 1 and h > b else s
        for b, h, n, s in zip(low, high, taken.shape, taken.spacing_mm, strict=True)
    ]
    geometry = replace(
        taken,
        spacing_mm=vector(steps),
        origin_mm=vector(low @ axes),
        axes=(vector(axes[0]), vector(axes[1]), vector(axes[2])),
    )
    return Interpolated(taken, geometry)


def even_steps(taken: Geometry, at_mm: Sequence[float], step_mm: float) -> EvenSteps:
    """Slices at ``at_mm`` along their normal, the first at 0, sampled every ``step_mm`` from the first up to the last."""
    count = int(np.floor(at_mm[-1] / step_mm + 1e-3)) + 1
    geometry = replace(
        taken,
        shape=(count, *taken.shape[1:]),
        spacing_mm=(step_mm, *taken.spacing_mm[1:]),
        has_spacing=True,
    )
    return EvenSteps(taken, geometry, tuple(float(a) for a in at_mm))
