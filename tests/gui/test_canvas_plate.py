"""Only what is in sight of a large slice is composed; whatever came before, the screen shows what a fresh one would."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest

from tests.gui.canvas_making import LEFT, MIDDLE, SPLEEN, look_otherwise, make_scene, shown
from tests.gui.test_canvas_picture import pixel_map, without_texts
from unet_studio.gui.framing import Framing
from unet_studio.gui.plate import Sampling
from unet_studio.image.plane import Plane
from unet_studio.image.volume import Geometry
from unet_studio.image.window import Window, to_grey
from unet_studio.workbench.viewport import Slab

LARGE = Geometry((3, 610, 700), has_orientation=False)
VOXELS = np.random.default_rng(0).integers(0, 4000, LARGE.shape).astype(np.int16)
LABELS = np.zeros(LARGE.shape, np.uint8)
LABELS[:, 100:400, 150:500], LABELS[1, 380:600, 300:690] = 1, 2


def large(qtbot, *, proposals=None, labels=LABELS):
    return make_scene(qtbot, LARGE, voxels=VOXELS, labels=labels.copy(), proposals=proposals, radius=9.0)


def fresh(scene):
    """The picture of the canvas when all is composed anew."""
    scene.viewport.windowed()
    return shown(scene.canvas)


def drag(scene, by):
    start = scene.canvas.rect().center()
    QTest.mousePress(scene.canvas, MIDDLE, pos=start)
    QTest.mouseMove(scene.canvas, start + by)
    QTest.mouseRelease(scene.canvas, MIDDLE, pos=start + by)


@pytest.mark.parametrize("zoom", [1.0, 1.3, 1.49, 1.6, 4.0])
def test_a_large_slice_shows_the_grey_of_each_pixel_shown(qtbot, zoom):
    scene = large(qtbot, labels=np.zeros_like(LABELS))
    for place in (None, QPointF(40, 300)):
        scene.canvas.zoom_by(zoom if place is None else 1.1, place)
        rows, columns, seen = pixel_map(scene)
        view = scene.viewport.view
        grey = to_grey(view.slice_of(VOXELS, scene.viewport.index), scene.viewport.window)
        compared = without_texts(scene, seen)
        assert (shown(scene.canvas) == grey[rows, columns][..., None])[compared].all()
        assert compared.sum() > 50000


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("with_proposal", [False, True])
def test_whatever_was_done_the_screen_shows_what_a_fresh_canvas_does(qtbot, smooth, with_proposal):
    scene = large(qtbot, proposals={1: np.roll(LABELS[1], 90)} if with_proposal else None)
    canvas = scene.canvas
    look_otherwise(canvas, is_smooth=smooth)
    scene.palette.choose(2)

    def paint():
        scene.drag((300, 300), (330, 352), button=LEFT)

    steps = {
        "zoom in": lambda: canvas.zoom_by(5.0),
        "paint there": paint,
        "pan right": lambda: drag(scene, QPoint(-150, 30)),
        "pan far": lambda: drag(scene, QPoint(-180, -170)),
        "fill": lambda: look_otherwise(canvas, opacity=0.8),
        "pan back": lambda: drag(scene, QPoint(300, 150)),
        "zoom out": lambda: canvas.zoom_by(0.18),
        "paint reduced": paint,
        "pan reduced": lambda: drag(scene, QPoint(33, -21)),
        "window": lambda: scene.viewport.set_window(Window(1500, 1000)),
        "undo": scene.annotation.undo,
        "zoom in again": lambda: canvas.zoom_by(3.0),
        "next slice": lambda: scene.viewport.step(1),
        "zoom out again": lambda: canvas.zoom_by(0.3),
        "and back": lambda: scene.viewport.step(-1),
        "hide": lambda: look_otherwise(canvas, are_labels_visible=False),
        "show": lambda: look_otherwise(canvas, are_labels_visible=True),
        "slab": lambda: scene.viewport.set_slab(Slab("max", 3.0)),
        "turn": lambda: scene.viewport.turn(Plane.CORONAL),
    }
    last = shown(canvas)
    for name, step in steps.items():
        step()
        now = shown(canvas)
        assert (now != last).any(), f"{name} is to be seen"
        assert (now == fresh(scene)).all(), name
        last = now


def test_only_what_is_in_sight_is_composed(qtbot):
    scene = large(qtbot)
    scene.canvas.zoom_by(8.0, QPointF(60, 60))
    scene.viewport.step(1)
    shown(scene.canvas)
    plate = scene.canvas.picture._whole
    rows = sum(1 for _ in plate._made)
    assert 0 < rows < 4, "blocks of rows"
    assert all(made.stop - made.start <= 256 for made in plate._made.values())
    drag(scene, QPoint(-200, 0))
    drag(scene, QPoint(-200, 0))
    drag(scene, QPoint(-200, 0))
    drag(scene, QPoint(-200, 0))
    shown(scene.canvas)
    assert all(made.stop > 256 for made in plate._made.values())


def test_a_label_thinner_than_a_device_pixel_is_outlined_all_the_same(qtbot):
    labels = np.zeros_like(LABELS)
    labels[:, :, 301] = 2
    for shift in range(3):
        scene = large(qtbot, labels=np.roll(labels, shift, axis=2))
        picture = shown(scene.canvas)
        assert (picture == SPLEEN.colour).all(axis=-1).any(axis=1).sum() > 200


@pytest.mark.parametrize("scale", [0.2031, 0.4913, 0.7407])
def test_a_sampling_names_the_row_under_the_middle_of_each_device_row(scale):
    framing = Framing(-20, 7, scale, scale * 0.9, (500, 600))
    rows, columns = Sampling(framing, 0, 7, 60, framing.bottom).places()
    middles = np.arange(60) + 0.5
    assert (columns == np.floor((middles + 20) / scale).astype(int)).mean() > 0.98, "but where an edge is in the middle"
    assert (rows[:60] == np.floor(middles / (scale * 0.9)).astype(int)).mean() > 0.98
    assert rows.max() <= 499 and (np.diff(rows) >= 1).all()
    assert len(rows) == framing.bottom - 7 and len(columns) == 60
