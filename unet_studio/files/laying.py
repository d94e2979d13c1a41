"""Labels onto a scan's grid by where they lie in the patient."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from unet_studio.errors import GridMismatch
from unet_studio.files.regular import shown
from unet_studio.files.stored_labels import StoredLabels
from unet_studio.image.volume import Geometry, Index
from unet_studio.labels.label_map import Labels

_LARGEST_OFFSET = 0.1  # of a voxel, at any corner: what the rounding in other programs' headers comes to

Order = tuple[
    tuple[int, ...], tuple[bool, ...]
]  # which stored axis becomes each of the scan's, and which are turned round


@dataclass(frozen=True, slots=True)
class Laid:
    """Labels on a scan's grid. ``is_exact`` where every stored voxel is one of the scan's, else they were resampled.

    ``outside`` counts labelled voxels that lie outside the scan and are left out. ``warnings`` are whole sentences.
    """

    labels: Labels
    is_exact: bool
    outside: int = 0
    warnings: tuple[str, ...] = ()


def lay(stored: StoredLabels, target: Geometry, path: Path) -> Laid:
    """The labels on the grid of ``target``: reordered where that is all it takes, else by the nearest voxel.

    Voxels on the scan's own lattice that cover another part of it are exact where the format stores no more than the box
    around the labels (SEG, .seg.nrrd); a plain file of another extent may be a mistake, and is not.

    Raises:
        GridMismatch: they share no space with the scan, or that can't be told.
    """
    stored = _of_one_slice(stored, target)
    try:
        order = reordering(path, stored.geometry, target)
    except GridMismatch:
        if not (stored.geometry.has_orientation and target.has_orientation):
            raise
        laid = _on_lattice(stored, target) or _resampled(stored, target)
    else:
        warnings: tuple[str, ...] = ()
        if target.has_orientation and not stored.geometry.has_orientation:
            warnings = (unoriented(path),)
        laid = Laid(reordered(stored.labels, order), is_exact=True, warnings=warnings)
    if not laid.labels.any() and (not _overlap(stored.geometry, target) or laid.outside):
        raise GridMismatch(
            f"{shown(path)} shares no space with the scan: it lies elsewhere in the patient, or belongs to another scan. "
            "Choose the scan's own labels."
        )
    if laid.outside:
        told = f"{laid.outside:,} labelled voxels of {shown(path)} lie outside the scan and are left out."
        laid = replace(laid, warnings=(*laid.warnings, told))
    return laid


def _of_one_slice(stored: StoredLabels, target: Geometry) -> StoredLabels:
    """The labels; where their box is one slice thick, its thickness, which is anything, as that of the scan's slices."""
    g = stored.geometry
    if not (stored.is_box and g.shape[0] == 1 and g.has_orientation and target.has_orientation):
        return stored
    axis = target.nearest_axis(g.axes[0])
    way = np.array(target.axes[axis]) * np.sign(np.dot(target.axes[axis], g.axes[0]))
    across = (float(way[0]), float(way[1]), float(way[2]))
    spacing = (target.spacing_mm[axis], *g.spacing_mm[1:])
    return replace(stored, geometry=replace(g, spacing_mm=spacing, axes=(across, *g.axes[1:])))


def unoriented(path: Path) -> str:
    """That a file's labels are laid on by their order alone."""
    return f"{shown(path)} stores no orientation: it is laid on the scan voxel by voxel."


def sizes(path: Path, geometry: Geometry, target: Geometry) -> str:
    """That two grids differ in size, with both."""
    mine, theirs = (" × ".join(str(n) for n in g.shape[::-1]) for g in (geometry, target))
    return f"{shown(path)} does not match the scan: its size is {mine} voxels, the scan's {theirs}. Choose the scan's own labels."


def reordered(voxels: NDArray[Any], order: Order) -> NDArray[Any]:
    """Stored voxels in the scan's order of axes."""
    axes, flips = order
    return np.ascontiguousarray(voxels.transpose(axes)[tuple(slice(None, None, -1 if f else 1) for f in flips)])


def reordering(path: Path, geometry: Geometry, target: Geometry) -> Order:
    """Which of the labels' axes becomes each of the scan's, and which of those are turned round.

    Raises:
        GridMismatch: their voxels do not lie on the scan's, one on one.
    """
    if not (geometry.has_orientation and target.has_orientation):
        if geometry.shape != target.shape:
            raise GridMismatch(sizes(path, geometry, target))
        return (0, 1, 2), (False, False, False)
    to_target = np.linalg.inv(target.matrix) @ geometry.matrix  # label index to volume index
    order = _turned(to_target)
    if order is None:
        raise GridMismatch(
            f"{shown(path)} does not lie on the scan's grid: its voxels have another direction or spacing. "
            "Resample it to the scan first."
        )
    shape = tuple(geometry.shape[a] for a in order[0])
    if shape != target.shape:
        raise GridMismatch(sizes(path, geometry, target))
    apart = _apart(to_target, order, geometry.shape, [n - 1 if f else 0 for n, f in zip(shape, order[1], strict=True)])
    if apart.max() > _LARGEST_OFFSET:
        mm = float((apart * target.spacing_mm).max())
        raise GridMismatch(
            f"{shown(path)} does not lie on the scan's grid: its position (origin or spacing) is up to {mm:.3g} mm off. "
            "Choose the scan's own labels, or resample it to the scan."
        )
    return order


def _turned(to_target: NDArray[np.float64]) -> Order | None:
    """The order of axes that a matrix of indices comes to; None where it is more than an order."""
    turn = np.rint(to_target[:3, :3])
    if not ((np.abs(turn).sum(axis=0) == 1).all() and (np.abs(turn).sum(axis=1) == 1).all()):
        return None
    order = tuple(int(np.argmax(np.abs(turn[axis]))) for axis in range(3))
    return order, tuple(bool(turn[axis, order[axis]] < 0) for axis in range(3))


def _apart(to_target: NDArray[np.float64], order: Order, shape: Index, start: list[int]) -> NDArray[np.float64]:
    """How far, in voxels of the scan per axis, each corner is from where whole numbers would put it."""
    exact = np.eye(4)
    exact[:3, :3] = 0
    for axis, (other, is_turned) in enumerate(zip(*order, strict=True)):
        exact[axis, other] = -1 if is_turned else 1
    exact[:3, 3] = start
    corners = np.array([[i * (n - 1) for i, n in zip(c, shape, strict=True)] + [1] for c in np.ndindex(2, 2, 2)])
    apart: NDArray[np.float64] = np.abs(corners @ to_target.T - corners @ exact.T)[:, :3]
    return apart


def _on_lattice(stored: StoredLabels, target: Geometry) -> Laid | None:
    """The labels where their voxels are the scan's, of another extent; None where they are not."""
    to_target = np.linalg.inv(target.matrix) @ stored.geometry.matrix
    order = _turned(to_target)
    if order is None:
        return None
    start = [int(v) for v in np.rint(to_target[:3, 3])]
    if _apart(to_target, order, stored.geometry.shape, start).max() > _LARGEST_OFFSET:
        return None
    turned = reordered(stored.labels, order)
    first = [s - (n - 1 if f else 0) for s, n, f in zip(start, turned.shape, order[1], strict=True)]
    labels = np.zeros(target.shape, np.uint8)
    here = tuple(
        slice(max(0, f), max(0, min(n, f + m))) for f, n, m in zip(first, target.shape, turned.shape, strict=True)
    )
    there = tuple(slice(h.start - f, h.stop - f) for h, f in zip(here, first, strict=True))
    if all(h.stop > h.start for h in here):
        labels[here] = turned[there]
    outside = int(np.count_nonzero(turned)) - int(np.count_nonzero(labels))
    return Laid(labels, is_exact=stored.is_box, outside=outside)


def _resampled(stored: StoredLabels, target: Geometry) -> Laid:
    to_stored = np.linalg.inv(stored.geometry.matrix) @ target.matrix
    labels = np.zeros(target.shape, np.uint8)
    ndimage.affine_transform(
        stored.labels, to_stored[:3, :3], to_stored[:3, 3], output_shape=target.shape, output=labels, order=0,
        mode="grid-constant", cval=0, prefilter=False,
    )  # fmt: skip
    return Laid(labels, is_exact=False, outside=_outside(stored, target))


def _outside(stored: StoredLabels, target: Geometry) -> int:
    """How many labelled voxels have their centre outside the scan's voxels."""
    to_target = np.linalg.inv(target.matrix) @ stored.geometry.matrix
    ends = np.array(target.shape) - 0.5
    count = 0
    for z, plane in enumerate(stored.labels):
        rows, columns = np.nonzero(plane)
        at = np.stack([np.full(rows.size, z), rows, columns, np.ones(rows.size)]).astype(np.float64)
        index = (to_target @ at)[:3].T
        count += int(np.count_nonzero(((index < -0.5) | (index > ends)).any(axis=1)))
    return count


def _overlap(stored: Geometry, target: Geometry) -> bool:
    """Whether any part of two grids may lie in the same place: by the box of one in the other's indices."""
    if not (stored.has_orientation and target.has_orientation):
        return True
    to_target = np.linalg.inv(target.matrix) @ stored.matrix
    ends = np.array([[i * n - 0.5 for i, n in zip(c, stored.shape, strict=True)] + [1] for c in np.ndindex(2, 2, 2)])
    box = (ends @ to_target.T)[:, :3]
    return bool((box.max(axis=0) > -0.5).all() and (box.min(axis=0) < np.array(target.shape) - 0.5).all())
