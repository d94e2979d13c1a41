"""Small pictures of a slice, and of what an edit changed on one."""

from collections.abc import Iterable
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Volume
from unet_studio.image.window import Window, to_grey
from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import LabelClass, Labels

Colour = tuple[int, int, int]
OPACITY, STRONG = 0.5, 0.8
AROUND = 0.75  # of the box of an edit that is shown on each side of it
ERASED: Colour = (255, 111, 111)
_UNKNOWN: Colour = (160, 160, 160)


def slice_picture(
    volume: Volume, view: PlaneView, index: int, *,
    labels: Labels, classes: Iterable[LabelClass], window: Window, side: int,
) -> QImage:  # fmt: skip
    """One slice with its labels (row, column), its pixels at their physical aspect, within a square of ``side`` pixels."""
    step = max(1, ceil(max(labels.shape) / (2 * side)))
    pixels = view.slice_of(volume.voxels, index)[::step, ::step]
    few = labels[::step, ::step]
    rgb = _rgb(pixels, window)
    for one in classes:
        if one.is_visible:
            _tint(rgb, few == one.value, one.colour, OPACITY)
    return _image(rgb, view.spacing_mm(volume.geometry), side)


def change_picture(
    edit: LabelEdit, volume: Volume, view: PlaneView, *, classes: Iterable[LabelClass], window: Window, side: int
) -> QImage:
    """What an edit changed on the working slice on which it changed most, with a little of the scan around it."""
    changed = edit.before != edit.after
    others = tuple(a for a in range(3) if a != view.axis)
    deepest = int(np.argmax(changed.sum(axis=others)))
    shape = volume.geometry.shape
    where: list[slice | int] = [0, 0, 0]
    inner: list[slice] = []
    size = max(edit.before.shape[a] for a in others)
    for axis in others:
        middle = edit.start[axis] + edit.before.shape[axis] // 2
        reach = ceil(size * (0.5 + AROUND)) + 4
        first, last = max(0, middle - reach), min(shape[axis], middle + reach)
        where[axis] = slice(first, last)
        inner.append(slice(edit.start[axis] - first, edit.start[axis] - first + edit.before.shape[axis]))
    where[view.axis] = edit.start[view.axis] + deepest
    pixels = volume.voxels[tuple(where)]
    after: Labels = np.zeros(pixels.shape[:2], np.uint8)
    hit = np.zeros(pixels.shape[:2], np.bool_)
    across = (slice(None),) * view.axis
    after[tuple(inner)] = edit.after[across + (deepest,)]  # noqa: RUF005 (mypy)
    hit[tuple(inner)] = changed[across + (deepest,)]  # noqa: RUF005 (mypy)
    step = max(1, ceil(max(hit.shape) / (3 * side)))
    pixels, after, hit = (view.orient(a)[::step, ::step] for a in (pixels, after, hit))
    rgb = _rgb(pixels, window)
    colours = {c.value: c.colour for c in classes} | {0: ERASED}
    for value in np.unique(after[hit]):
        _tint(rgb, hit & (after == value), colours.get(int(value), _UNKNOWN), STRONG)
    return _image(rgb, view.spacing_mm(volume.geometry), side)


def _rgb(pixels: NDArray[Any], window: Window) -> NDArray[np.float32]:
    if pixels.ndim == 3:
        return pixels[..., :3].astype(np.float32)
    return np.repeat(to_grey(pixels, window)[..., None], 3, axis=2).astype(np.float32)


def _tint(rgb: NDArray[np.float32], where: NDArray[np.bool_], colour: Colour, opacity: float) -> None:
    rgb[where] += (np.array(colour, np.float32) - rgb[where]) * opacity


def _image(rgb: NDArray[np.float32], spacing_mm: tuple[float, float], side: int) -> QImage:
    whole = np.ascontiguousarray(np.clip(rgb, 0, 255).astype(np.uint8))
    rows, columns = whole.shape[:2]
    picture = QImage(whole.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    high, wide = rows * spacing_mm[0], columns * spacing_mm[1]
    scale = side / max(high, wide)
    return picture.scaled(
        max(1, round(wide * scale)), max(1, round(high * scale)),
        Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
    ).copy()  # fmt: skip
