"""Windows, colour maps, slabs, the magnifier, ruler and angle, with real events."""

import json

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.canvas_making import CTRL, LEFT, PLAIN, RIGHT, look_otherwise, make_scene, shown
from unet_studio.gui.colour_maps import COLOUR_MAPS, ramp_of
from unet_studio.image.slab import Slab
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import CT_PRESETS, Window, auto_window


def key(studio, name: str) -> None:
    QTest.keySequence(studio.window, name)


# ---- window


def presets(studio) -> list:
    """Those of the menu that are offered, without the automatic window."""
    return [a for a in studio.window.presets.actions() if a.isVisible() and a.objectName().startswith("preset_")]


def test_the_keys_of_presets_set_ct_windows_on_a_ct(studio):
    viewport = studio.workbench.viewport
    scan = viewport.volume
    viewport.open(Volume(scan.voxels, scan.geometry, "ct", "CT"))
    studio.workbench.case_changed()
    for number, preset in enumerate(CT_PRESETS):
        key(studio, f"F{number + 2}")
        assert viewport.window == preset.window
    texts = [a.text() for a in presets(studio)]
    assert texts[1] == "Lung  (W 1500 L -600)" and len(texts) == len(CT_PRESETS)


def test_other_scans_have_presets_of_their_own_values(studio):
    viewport = studio.workbench.viewport
    voxels = viewport.volume.voxels
    key(studio, "F2")
    assert (viewport.window.low, viewport.window.high) == pytest.approx((voxels.min(), voxels.max()))
    before = viewport.window
    key(studio, "F7")  # CT alone has a sixth
    assert viewport.window == before
    assert presets(studio)[0].text() == "Full range"


@pytest.mark.parametrize(("button", "modifier"), [(LEFT, CTRL), (RIGHT, Qt.KeyboardModifier.NoModifier)])
def test_the_window_is_that_of_a_marked_region(qtbot, button, modifier):
    voxels = np.zeros(PLAIN.shape, np.int16)
    voxels[2, 4:12, 6:20] = np.arange(8 * 14).reshape(8, 14) + 500
    scene = make_scene(qtbot, voxels=voxels)
    scene.canvas.set_tool("window")
    scene.drag((4, 6), (8, 10), (11, 19), button=button, modifier=modifier)
    assert scene.viewport.window == auto_window(voxels[2, 4:12, 6:20])
    assert not scene.annotation.label_map.voxels.any()


def test_a_slip_of_the_hand_or_escape_leaves_the_window(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("window")
    before = scene.viewport.window
    scene.drag((4, 6), (4, 6), modifier=CTRL)
    QTest.mousePress(scene.canvas, LEFT, CTRL, scene.place(4, 6))
    QTest.mouseMove(scene.canvas, scene.place(12, 20))
    qtbot.keyPress(scene.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(scene.canvas, LEFT, CTRL, scene.place(12, 20))
    assert scene.viewport.window == before


# ---- colours


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_a_colour_map_runs_from_dark_to_bright_and_back_when_inverted(name):
    ramp = ramp_of(name)
    if ramp is None:
        assert name == "grey"
        ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    assert ramp.shape == (256, 3) and ramp.dtype == np.uint8
    luma = ramp @ np.array([0.2126, 0.7152, 0.0722])
    assert luma[0] < 40 and luma[-1] > 190 and (np.diff(luma) > -1.0).all()
    assert np.array_equal(ramp_of(name, is_inverted=True), ramp[::-1])


@pytest.mark.parametrize("is_smooth", [False, True])
@pytest.mark.parametrize("is_inverted", [False, True])
def test_every_pixel_has_the_colour_of_its_shade_and_labels_lie_over_it(qtbot, is_smooth, is_inverted):
    voxels = np.full(PLAIN.shape, 64, np.int16)
    voxels[:, 12:] = 192
    labels = np.zeros(PLAIN.shape, np.uint8)
    labels[:, 2:8, 2:8] = 1
    scene = make_scene(qtbot, voxels=voxels, labels=labels)
    scene.viewport.set_window(Window(127.5, 255))
    look_otherwise(scene.canvas, is_smooth=is_smooth)
    look_otherwise(scene.canvas, opacity=0.5)
    look_otherwise(scene.canvas, colour_map="viridis", is_inverted=is_inverted)
    picture, ramp = shown(scene.canvas), ramp_of("viridis", is_inverted=is_inverted).astype(int)
    for row, column, expected in (
        (5, 20, ramp[64]), (18, 20, ramp[192]), (5, 5, (ramp[64] + [255, 0, 0]) / 2),
    ):  # fmt: skip
        place = scene.place(row, column)
        assert np.abs(picture[place.y(), place.x()] - expected).max() <= 2
    look_otherwise(scene.canvas, colour_map="grey", is_inverted=False)
    place = scene.place(5, 20)
    assert list(shown(scene.canvas)[place.y(), place.x()]) == [64, 64, 64]


def test_map_and_inversion_are_chosen_by_key_and_menu_and_remembered(studio, tmp_path):
    key(studio, "Shift+C")
    key(studio, "Shift+I")
    stored = json.loads((tmp_path / "settings.json").read_text())
    assert (stored["colour_map"], stored["is_inverted"]) == ("bone", True)
    look = studio.window.canvas.look
    assert (look.colour_map, look.is_inverted) == ("bone", True)
    studio.window.colour_maps.actions()[4].trigger()
    assert studio.window.canvas.look.colour_map == "viridis"
    key(studio, "Shift+I")
    assert not studio.window.canvas.look.is_inverted


# ---- slab


def test_a_slab_shows_the_brightest_of_its_slices_and_is_not_drawn_on(studio, qtbot):
    viewport, canvas = studio.workbench.viewport, studio.window.canvas
    next(action for action in studio.window.slabs.actions() if action.text() == "20 mm").trigger()
    assert viewport.slab == Slab("max", 20.0) and studio.window.actions_by_id["slab"].isChecked()
    canvas.grab()
    shades = canvas.picture._whole.composition.shades.copy()
    key(studio, "Shift+T")
    assert viewport.slab is None
    canvas.grab()
    assert (shades >= canvas.picture._whole.composition.shades).all() and (
        shades > canvas.picture._whole.composition.shades
    ).any()
    key(studio, "Shift+T")
    before = studio.workbench.annotation.label_map.voxels.copy()
    QTest.mouseClick(canvas, LEFT, pos=canvas.place_of((20, 20)).toPoint())
    assert np.array_equal(studio.workbench.annotation.label_map.voxels, before)
    assert "slab" in studio.window.notices.text
    key(studio, "Shift+T")
    QTest.mouseClick(canvas, LEFT, pos=canvas.place_of((20, 20)).toPoint())
    assert not np.array_equal(studio.workbench.annotation.label_map.voxels, before)


# ---- magnifier


def test_the_magnifier_shows_three_times_as_large_what_lies_at_the_pointer(qtbot):
    voxels = np.random.default_rng(1).integers(0, 255, PLAIN.shape).astype(np.int16)
    scene = make_scene(qtbot, voxels=voxels)
    scene.viewport.set_window(Window(127.5, 255))
    scene.hover(12, 15)
    scene.canvas.magnify(True)
    pitch = scene.canvas.place_of((0, 1)).x() - scene.canvas.place_of((0, 0)).x()
    place, picture = scene.place(12, 15), shown(scene.canvas)
    row, column = (round(v) for v in scene.point(place))
    assert picture[place.y() + 2, place.x() + 2, 0] == voxels[2, row, column]
    beside = place + QPoint(round(3 * pitch), round(3 * pitch))
    assert picture[beside.y() + 2, beside.x() + 2, 0] == voxels[2, row + 1, column + 1]
    scene.canvas.magnify(False)
    picture = shown(scene.canvas)
    assert (
        picture[place.y() + 30, place.x() + 30, 0]
        == voxels[2][tuple(round(v) for v in scene.point(place + QPoint(30, 30)))]
    )


def test_a_held_magnifier_goes_when_the_key_is_let_go(studio, qtbot, monkeypatch):
    monkeypatch.setattr("unet_studio.gui.verbs.appearance.HELD_MS", -1)
    canvas, action = studio.window.canvas, studio.window.actions_by_id["magnifier"]
    QTest.mouseMove(canvas, canvas.rect().center())
    QTest.keyPress(canvas, Qt.Key.Key_Z)
    assert action.isChecked() and canvas._magnifier.isVisible()
    for _ in range(3):  # a key that repeats, on a system that doesn't say so
        QTest.keyRelease(canvas, Qt.Key.Key_Z)
        QTest.keyPress(canvas, Qt.Key.Key_Z)
        assert action.isChecked() and canvas._magnifier.isVisible()
    QTest.keyRelease(canvas, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: not action.isChecked() and not canvas._magnifier.isVisible())


# ---- ruler and angle


def test_a_drag_of_the_ruler_is_a_length_in_mm(qtbot):
    scene = make_scene(qtbot, Geometry((5, 24, 30), (4.0, 2.0, 0.5)))
    scene.canvas.set_tool("ruler")
    (start, _, end) = scene.drag((4, 4), (6, 9), (10, 25))
    expected = float(np.hypot((end[0] - start[0]) * 2.0, (end[1] - start[1]) * 0.5))
    (text,) = scene.canvas.hand.measures.texts
    assert text == f"{expected:.1f} mm"
    scene.viewport.step(1)
    assert scene.canvas.hand.measures.texts == ()  # it belongs to its slice
    scene.viewport.step(-1)
    assert scene.canvas.hand.measures.texts == (text,) and scene.deeds == []


def test_without_spacing_a_length_is_in_pixels(qtbot):
    scene = make_scene(qtbot, Geometry((5, 24, 30), has_spacing=False))
    scene.canvas.set_tool("ruler")
    scene.drag((4, 4), (4, 24))
    assert scene.canvas.hand.measures.texts[0].endswith(" px")


def test_three_clicks_are_an_angle_that_follows_the_pointer(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("angle")
    QTest.mouseClick(scene.canvas, LEFT, pos=scene.place(4, 10))
    scene.hover(12, 10)
    QTest.mouseClick(scene.canvas, LEFT, pos=scene.place(12, 10))
    scene.hover(4, 18)
    assert scene.canvas.hand.measures.texts == ("45.0°",)
    scene.hover(12, 20)
    QTest.mouseClick(scene.canvas, LEFT, pos=scene.place(12, 20))
    scene.hover(20, 20)
    assert scene.canvas.hand.measures.texts == ("90.0°",)


def test_measures_are_copied_and_cleared_with_escape(studio, qtbot):
    canvas = studio.window.canvas
    key(studio, "R")
    QTest.mousePress(canvas, LEFT, pos=canvas.place_of((10, 10)).toPoint())
    QTest.mouseMove(canvas, canvas.place_of((10, 40)).toPoint())
    QTest.mouseRelease(canvas, LEFT, pos=canvas.place_of((10, 40)).toPoint())
    key(studio, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == canvas.hand.measures.texts[0]
    qtbot.keyPress(canvas, Qt.Key.Key_Escape)
    assert canvas.hand.measures.texts == ()
    key(studio, "Ctrl+C")
    assert "ruler" in studio.window.notices.text


def test_an_unfinished_measure_is_gone_with_its_slice_and_its_tool(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.set_tool("angle")
    for leave in (lambda: scene.viewport.step(1), lambda: scene.canvas.set_tool("brush")):
        QTest.mouseClick(scene.canvas, LEFT, pos=scene.place(4, 10))
        scene.hover(12, 10)
        assert scene.canvas.hand.measures.texts
        leave()
        assert not scene.canvas.hand.measures.has_any
