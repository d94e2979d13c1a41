"""The crosshair that links views of one volume."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.canvas_making import GEOMETRIES
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Volume
from unet_studio.image.window import Window
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.viewport import Viewport


def linked(kind: str) -> tuple[Viewport, Crosshair, tuple[Viewport, ...]]:
    main = Viewport()
    crosshair = Crosshair(main)
    beside = crosshair.beside(2)
    main.open(Volume(np.zeros(GEOMETRIES[kind].shape, np.int16), GEOMETRIES[kind]))
    return main, crosshair, beside


@given(st.sampled_from(sorted(GEOMETRIES)), st.tuples(*[st.integers(-5, 40)] * 3), st.sampled_from(list(Plane)))
def test_every_view_shows_the_slice_that_holds_the_crosshair(kind, voxel, plane):
    main, crosshair, beside = linked(kind)
    main.turn(plane)
    heard = []
    crosshair.moved.connect(lambda: heard.append(crosshair.voxel))
    crosshair.go(voxel)
    inside = tuple(max(0, min(n - 1, v)) for v, n in zip(voxel, GEOMETRIES[kind].shape, strict=True))
    assert heard == [inside]
    assert {v.view.plane for v in (main, *beside)} == set(Plane)
    assert set(crosshair.planes) == set(Plane) and crosshair.planes[0] is plane
    for viewport in (main, *beside):
        assert viewport.index == inside[viewport.view.axis]
        assert viewport.view == plane_view(GEOMETRIES[kind], viewport.view.plane)


def test_a_step_in_any_view_takes_the_crosshair_along_and_leaves_the_others_where_they_are():
    main, crosshair, beside = linked("plain")
    before = crosshair.voxel
    beside[0].step(3)
    moved = list(before)
    moved[beside[0].view.axis] += 3
    assert crosshair.voxel == tuple(moved)
    assert main.index == before[main.view.axis] and beside[1].index == before[beside[1].view.axis]
    main.turn(beside[0].view.plane)
    assert main.index == moved[main.view.axis]  # where the view beside it had been


def test_the_window_is_one_for_all_views():
    main, _, beside = linked("plain")
    main.set_window(Window(10, 20))
    assert {v.window for v in beside} == {Window(10, 20)}
    beside[1].set_window(Window(30, 40))
    assert main.window == beside[0].window == Window(30, 40)


@pytest.mark.parametrize("count", [0, 1])
def test_views_that_are_not_wanted_hold_no_volume(count):
    main, crosshair, beside = linked("plain")
    crosshair.beside(count)
    assert [v.volume is not None for v in beside] == [True] * count + [False] * (2 - count)
    main.open(None)
    assert crosshair.voxel is None and crosshair.planes == ()
    assert all(v.volume is None for v in beside)
