"""A slice with two outlines of the same labels: as their file has them, and as they would lie on the scan."""

import numpy as np
from numpy.typing import NDArray

from unet_studio.files.stored_labels import StoredLabels
from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window, to_grey
from unet_studio.labels.label_map import Labels

Picture = NDArray[np.uint8]  # (row, column, red green blue)

AS_STORED, AS_LAID = (80, 220, 255), (255, 170, 40)
_PICTURE_PX = 560


def comparison(volume: Volume, view: PlaneView, window: Window, laid: Labels, stored: StoredLabels) -> Picture:
    """The slice with most labels, and both outlines on it: ``AS_STORED`` at the file's own fineness, ``AS_LAID`` by voxels."""
    counts = np.count_nonzero(np.moveaxis(laid, view.axis, 0), axis=(1, 2))
    index = int(np.argmax(counts)) if counts.any() else view.count(laid.shape) // 2
    plane = view.slice_of(volume.voxels, index)
    grey = to_grey(plane, window, is_inverted=volume.is_inverted)
    tall, wide = _times(view, volume.geometry)
    enlarged = grey.repeat(tall, axis=0).repeat(wide, axis=1)
    picture: Picture = np.repeat(enlarged[..., None], 3, axis=2)
    after = view.slice_of(laid, index).repeat(tall, axis=0).repeat(wide, axis=1)
    before = _sampled(volume.geometry, view, index, stored, (tall, wide))
    picture[_outline(after)] = AS_LAID
    picture[_outline(before)] = AS_STORED
    return picture


def _times(view: PlaneView, geometry: Geometry) -> tuple[int, int]:
    """How many pixels of the picture a row is high and a column wide, so that mm are the same both ways."""
    rows, columns = view.size(geometry.shape)
    height, width = view.spacing_mm(geometry)
    scale = _PICTURE_PX / max(rows * height, columns * width)  # pixels a mm
    return max(1, round(height * scale)), max(1, round(width * scale))


def _sampled(geometry: Geometry, view: PlaneView, index: int, stored: StoredLabels, times: tuple[int, int]) -> Labels:
    """The file's own labels at each pixel of the picture."""
    rows, columns = view.size(geometry.shape)
    down = (np.arange(rows * times[0]) + 0.5) / times[0] - 0.5
    right = (np.arange(columns * times[1]) + 0.5) / times[1] - 0.5
    at = np.zeros((4, down.size, right.size))
    at[view.axis], at[3] = index, 1.0
    at[view.rows] = (rows - 1 - down if view.flip_rows else down)[:, None]
    at[view.columns] = (columns - 1 - right if view.flip_columns else right)[None, :]
    to_stored = np.eye(4)
    if geometry.has_orientation and stored.geometry.has_orientation:
        to_stored = np.linalg.inv(stored.geometry.matrix) @ geometry.matrix
    z, y, x = np.floor(np.tensordot(to_stored[:3], at, axes=1) + 0.5).astype(np.int64)
    shape = stored.geometry.shape
    is_in = (z >= 0) & (y >= 0) & (x >= 0) & (z < shape[0]) & (y < shape[1]) & (x < shape[2])
    found = np.zeros(is_in.shape, np.uint8)
    found[is_in] = stored.labels[z[is_in], y[is_in], x[is_in]]
    return found


def _outline(labels: Labels) -> NDArray[np.bool_]:
    """Labelled pixels beside another label."""
    around = np.pad(labels, 1)
    here = around[1:-1, 1:-1]
    beside = (around[:-2, 1:-1], around[2:, 1:-1], around[1:-1, :-2], around[1:-1, 2:])
    edge: NDArray[np.bool_] = (here != 0) & np.logical_or.reduce([here != other for other in beside])
    return edge
