"""The brushes by hand: real events on a canvas."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPointingDevice
from PySide6.QtTest import QTest

from tests.gui.canvas_making import LEFT, PLAIN, RIGHT, SHAPE, make_scene, shown
from tests.gui.test_canvas_strokes import pen
from tests.strategies import masks
from unet_studio.gui.tint import tint_of
from unet_studio.labels.likeness import Range


def halves() -> np.ndarray:
    """Dark on the left of column 15, bright from there on."""
    voxels = np.zeros(SHAPE, np.int16)
    voxels[:, :, 15:] = 100
    return voxels


def test_the_adaptive_brush_stops_at_an_edge_and_its_right_button_erases(qtbot):
    scene = make_scene(qtbot, voxels=halves(), radius=5.0)
    scene.canvas.set_tool("adaptive")
    scene.drag((12, 12), (12, 13))
    assert scene.labels[12, 14] == 1 and not scene.labels[:, 15:].any()
    scene.drag((12, 12), (12, 13), button=RIGHT)
    assert not scene.labels.any()


@given(masks((4, 7)), st.sampled_from([np.s_[:, :], np.s_[::-1, :], np.s_[:, ::-1], np.s_[::-1, ::-1]]), st.booleans())
def test_a_tint_is_the_same_however_the_slice_lies_in_memory(mask, turned, is_transposed):
    mask = mask[turned].T if is_transposed else mask[turned]
    tint = tint_of(mask, QColor(10, 200, 30))
    assert (tint.height(), tint.width()) == mask.shape
    found = [
        [tint.pixelColor(column, row).alpha() > 0 for column in range(tint.width())] for row in range(tint.height())
    ]
    assert np.array_equal(found, mask)


def test_a_wide_tolerance_lets_the_adaptive_brush_over_the_edge(qtbot):
    scene = make_scene(qtbot, voxels=halves(), radius=5.0)
    scene.palette.set_brush(replace(scene.palette.brush, tolerance=1.0))
    scene.canvas.set_tool("adaptive")
    scene.drag((12, 12), (12, 13))
    assert scene.labels[12, 16] == 1


def test_threshold_paint_keeps_to_its_range_and_shows_it_while_in_hand(qtbot):
    scene = make_scene(qtbot, voxels=halves(), radius=5.0)
    scene.palette.set_brush(replace(scene.palette.brush, range=Range(50, 200)))
    before = shown(scene.canvas)
    scene.canvas.set_tool("threshold")
    scene.hover(20, 20)
    tinted = shown(scene.canvas)
    dark, bright = (scene.place(5, c) for c in (5, 25))
    assert (tinted[dark.y(), dark.x()] == before[dark.y(), dark.x()]).all()
    assert (tinted[bright.y(), bright.x()] != before[bright.y(), bright.x()]).any()
    scene.palette.set_brush(replace(scene.palette.brush, range=Range(-5, 5)))
    other = shown(scene.canvas)
    assert (other[dark.y(), dark.x()] != before[dark.y(), dark.x()]).any()
    scene.drag((12, 12), (12, 18))
    assert scene.labels[12, 12] == 1 and not scene.labels[:, 15:].any()


def test_a_stroke_outside_the_range_says_so_beside_the_cursor_and_the_button_widens_it(qtbot):
    scene = make_scene(qtbot, voxels=halves(), radius=2.0)
    scene.palette.set_brush(replace(scene.palette.brush, range=Range(50, 200)))
    scene.canvas.set_tool("threshold")
    scene.drag((12, 5), (12, 6))
    bubble = scene.canvas.bubble
    assert bubble.isVisible() and "range" in bubble.text
    assert 0 < bubble.y() - scene.place(12, 6).y() < 40
    qtbot.mouseClick(bubble.findChild(object, "bubbleFix"), LEFT)
    scene.drag((12, 5), (12, 6))
    assert scene.labels[12, 5] == 1 and not bubble.isVisible()


def test_the_bubble_never_leaves_the_canvas_and_goes_with_the_next_press(qtbot):
    scene = make_scene(qtbot)
    scene.palette.change_class(replace(scene.palette.current, is_locked=True))
    for corner in ((0, 0), (0, 29), (23, 0), (23, 29)):
        scene.drag(corner, corner)
        bubble = scene.canvas.bubble
        assert bubble.isVisible() and scene.canvas.rect().contains(bubble.geometry())
    QTest.mousePress(scene.canvas, Qt.MouseButton.MiddleButton, pos=scene.place(5, 5))
    assert not scene.canvas.bubble.isVisible()


def test_in_a_narrow_view_the_bubble_keeps_its_button_in_sight(qtbot):
    scene = make_scene(qtbot, size=(240, 300))
    scene.annotation.review(2)
    scene.palette.may_change_reviewed = False
    scene.drag((12, 15), (12, 16))
    bubble = scene.canvas.bubble
    fix = bubble.findChild(object, "bubbleFix")
    assert bubble.isVisible() and scene.canvas.rect().contains(bubble.geometry())
    assert bubble.rect().contains(fix.geometry()) and fix.width() >= fix.sizeHint().width()


def test_the_label_that_the_bubble_adds_goes_with_an_undo(qtbot):
    scene = make_scene(qtbot, voxels=halves())
    scene.palette.set_classes(())
    scene.drag((12, 5), (12, 6))
    qtbot.mouseClick(scene.canvas.bubble.findChild(object, "bubbleFix"), LEFT)
    assert len(scene.palette.classes) == 1 and len(scene.deeds) == 1
    scene.drag((12, 5), (12, 6))
    assert scene.labels[12, 5] == scene.palette.value
    scene.annotation.travel(-2)
    assert scene.palette.classes == () and not scene.labels.any()


def test_a_sphere_paints_the_slices_beside(qtbot):
    scene = make_scene(qtbot, radius=5.0)
    scene.palette.set_brush(replace(scene.palette.brush, is_sphere=True))
    scene.drag((12, 12), (12, 12))
    counts = [int((scene.annotation.label_map.voxels[z] == 1).sum()) for z in range(5)]
    assert counts[0] == counts[4] == 0 and 0 < counts[1] == counts[3] < counts[2]
    assert len(scene.deeds) == 1


def test_a_light_pen_draws_thinner_and_a_hovering_eraser_shows_that_it_erases(qtbot):
    scene = make_scene(qtbot)
    pen(scene, QEvent.Type.TabletPress, 6, 8, pressure=0.1)
    pen(scene, QEvent.Type.TabletRelease, 6, 8, pressure=0.0)
    light = int(scene.labels.sum())
    pen(scene, QEvent.Type.TabletPress, 16, 18, pressure=0.9)
    pen(scene, QEvent.Type.TabletRelease, 16, 18, pressure=0.0)
    assert 0 < light < int(scene.labels.sum()) - light
    pen(scene, QEvent.Type.TabletMove, 16, 18, pointer=QPointingDevice.PointerType.Eraser, pressure=0.0)
    assert scene.canvas.hand.erases and len(scene.deeds) == 2
    scene.hover(10, 10)
    assert not scene.canvas.hand.erases


def test_pressure_is_left_aside_on_request(qtbot):
    scene = make_scene(qtbot)
    scene.palette.set_brush(replace(scene.palette.brush, follows_pressure=False))
    pen(scene, QEvent.Type.TabletPress, 12, 12, pressure=0.05)
    pen(scene, QEvent.Type.TabletRelease, 12, 12, pressure=0.0)
    assert scene.labels[12, 14] == 1


def test_a_brush_in_pixels_shows_its_ring_in_pixels(qtbot):
    scene = make_scene(qtbot, replace(PLAIN, spacing_mm=(4.0, 2.0, 0.5)))
    in_mm = scene.canvas.surface.pointer.ring_radius
    scene.palette.set_brush(replace(scene.palette.brush, unit="px"))
    in_px = scene.canvas.surface.pointer.ring_radius
    assert abs(in_mm.x() - in_mm.y()) < 0.5 and in_px.y() > 3 * in_px.x()
