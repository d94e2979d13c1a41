"""A smooth slice shown at less than half its size is composed from means of its pixels, its labels from those shown."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tests.gui.canvas_making import LIVER, SPLEEN, look_otherwise, make_scene, shown
from tests.gui.test_canvas_picture import pixel_map, without_texts
from unet_studio.gui.framing import Framing
from unet_studio.gui.picture import in_sight
from unet_studio.gui.plate import Reduction, reduction_for
from unet_studio.image.volume import Geometry
from unet_studio.image.window import Window, to_grey

LARGE = Geometry((3, 611, 705), has_orientation=False)  # neither side is a multiple of two
ROWS, COLUMNS = np.mgrid[:611, :705]


def reduced(qtbot, slice_, *, zoom, labels=None):
    """A canvas that shows the slice smoothly at ``zoom`` times its fitting size, its middle slice looked at."""
    voxels = np.repeat(slice_[None], 3, axis=0).astype(np.int16)
    drawn = None if labels is None else np.repeat(labels[None], 3, axis=0)
    scene = make_scene(qtbot, LARGE, voxels=voxels, labels=drawn, radius=9.0)
    look_otherwise(scene.canvas, is_smooth=True)
    scene.viewport.set_window(Window(500, 1000))
    scene.canvas.zoom_by(zoom)
    return scene


def scaled_whole(scene, grey):
    """The whole slice as Qt scales it smoothly, where the canvas shows it."""
    wide, high = scene.canvas.width(), scene.canvas.height()
    rows, columns = grey.shape
    padded = np.zeros((rows, columns, 4), np.uint8)
    padded[...] = grey[..., None]
    image = QImage(padded.data, columns, rows, columns * 4, QImage.Format.Format_RGB32)
    screen = QImage(wide, high, QImage.Format.Format_RGB32)
    target, source = in_sight(scene.canvas.surface.places.framing, screen)
    painter = QPainter(screen)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(target), image, source)
    painter.end()
    return np.frombuffer(screen.constBits(), np.uint8).reshape(high, wide, 4)[..., 0].copy()


@pytest.mark.parametrize(("zoom", "by"), [(0.8, 2), (0.5, 2), (0.4, 4)])
def test_what_changes_slowly_looks_as_the_whole_slice_scaled(qtbot, zoom, by):
    slice_ = 500 + 490 * np.sin(ROWS / 30) * np.cos(COLUMNS / 36)
    scene = reduced(qtbot, slice_, zoom=zoom)
    assert reduction_for(scene.canvas.surface.places.framing) == Reduction(by, by)
    seen = without_texts(scene, pixel_map(scene)[2])
    for box in (np.s_[:2], np.s_[-2:], np.s_[:, :2], np.s_[:, -2:]):
        seen[box] = False
    expected = scaled_whole(scene, to_grey(slice_.astype(np.int16), scene.viewport.window))
    differ = np.abs(shown(scene.canvas)[..., 0].astype(int) - expected)[seen]
    assert differ.size > 10000 and differ.max() <= 2 and differ.mean() < 0.6


def test_what_is_finer_than_the_screen_is_averaged_and_not_picked_at_random(qtbot):
    scene = reduced(qtbot, (ROWS + COLUMNS) % 2 * 1000, zoom=0.8)
    rows, columns, seen = pixel_map(scene)
    inner = without_texts(scene, seen & (rows > 8) & (rows < 600) & (columns > 8) & (columns < 694))
    grey = shown(scene.canvas)[inner]
    assert inner.sum() > 10000 and grey.min() >= 127 and grey.max() <= 128


def test_labels_are_filled_to_the_same_pixels_as_on_a_crisp_slice(qtbot):
    labels = np.zeros((611, 705), np.uint8)
    labels[100:400, 150:500], labels[380:600, 300:690] = 1, 2
    labels[(ROWS - 250) ** 2 + (COLUMNS - 300) ** 2 < 4000] = 2
    scene = reduced(qtbot, np.full((611, 705), 500), zoom=0.8, labels=labels)
    look_otherwise(scene.canvas, opacity=1.0)
    smooth = shown(scene.canvas)
    look_otherwise(scene.canvas, is_smooth=False)
    crisp = shown(scene.canvas)
    for label_class in (LIVER, SPLEEN):
        filled = (crisp == label_class.colour).all(axis=-1)
        assert filled.sum() > 5000
        assert ((smooth == label_class.colour).all(axis=-1) == filled).all()


def test_a_reduction_leaves_a_pixel_for_each_of_the_screen():
    for down, across, expected in (
        (1.0, 1.0, None), (0.51, 2.0, None), (0.5, 0.5, (2, 2)), (0.49, 0.24, (2, 4)), (0.1, 0.9, (8, 1)),
    ):  # fmt: skip
        found = reduction_for(Framing(0, 0, across, down, (100, 100)))
        assert (None if found is None else (found.rows, found.columns)) == expected
