"""The view on the open volume."""

from dataclasses import replace

import numpy as np
import pytest

from unet_studio.image.plane import Plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window
from unet_studio.workbench.viewport import Viewport


@pytest.fixture
def volume():
    voxels = np.arange(10 * 6 * 4, dtype=np.int16).reshape(10, 6, 4)
    return Volume(voxels, Geometry((10, 6, 4), spacing_mm=(5.0, 1.0, 1.0)))


@pytest.fixture
def viewport(volume):
    viewport = Viewport()
    viewport.open(volume)
    viewport.told = []
    viewport.moved.connect(lambda: viewport.told.append("moved"))
    viewport.windowed.connect(lambda: viewport.told.append("windowed"))
    viewport.opened.connect(lambda: viewport.told.append("opened"))
    return viewport


def test_a_volume_opens_in_the_middle_of_its_working_plane(viewport):
    assert (viewport.view.plane, viewport.index, viewport.count) == (Plane.AXIAL, 5, 10)
    assert viewport.is_working_plane


def test_it_stops_at_the_first_and_last_slice_and_tells_only_of_a_move(viewport):
    viewport.go(100)
    assert viewport.index == 9
    viewport.step(1)
    assert viewport.told == ["moved"]
    viewport.step(-100)
    assert viewport.index == 0


def test_each_plane_keeps_its_slice(viewport):
    viewport.go(2)
    viewport.turn(Plane.SAGITTAL)
    assert (viewport.index, viewport.count, viewport.is_working_plane) == (2, 4, False)
    viewport.go(3)
    viewport.turn(Plane.AXIAL)
    assert viewport.index == 2
    viewport.turn(Plane.SAGITTAL)
    assert viewport.index == 3


def test_turning_to_the_plane_looked_at_tells_nothing(viewport):
    viewport.turn(Plane.AXIAL)
    assert viewport.told == []


def test_the_window_is_reset_to_the_one_of_the_percentiles(viewport):
    auto = viewport.window
    viewport.set_window(Window(1, 2))
    viewport.set_window(Window(1, 2))
    viewport.reset_window()
    assert viewport.window == auto
    assert viewport.told == ["windowed", "windowed"]


def test_a_wished_slice_and_window_are_taken(viewport, volume):
    viewport.open(volume, index=99, window=Window(3, 4))
    assert (viewport.index, viewport.window) == (9, Window(3, 4))


def test_colours_of_8_bits_are_shown_as_they_are():
    viewport = Viewport()
    viewport.open(Volume(np.full((2, 3, 4, 3), 7, np.uint8), Geometry((2, 3, 4))))
    assert viewport.window == Window(127.5, 255.0)


def test_looking_at_nothing_moves_nowhere(viewport):
    viewport.open(None)
    viewport.go(3)
    viewport.step(1)
    viewport.turn(Plane.CORONAL)
    assert viewport.count == 0
    assert not viewport.is_working_plane
    assert viewport.told == ["opened"]


def test_a_volume_opens_in_the_window_its_file_offers_and_resets_to_the_percentiles(viewport, volume):
    viewport.open(replace(volume, window=Window(100, 50)))
    assert viewport.window == viewport.opening == Window(100, 50)
    viewport.reset_window()
    assert viewport.window == viewport.auto != Window(100, 50)


def test_colours_and_pictures_know_no_such_window():
    viewport = Viewport()
    colour = Volume(np.zeros((1, 4, 4, 3), np.uint8), Geometry((1, 4, 4)), modality="CT", window=Window(40, 400))
    viewport.open(colour)
    assert viewport.window == Window(127.5, 255.0)
