"""Where pixels of the slice lie on the screen, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.gui.framing import LARGEST_ZOOM, Framing, Sheet, Zoom
from unet_studio.gui.lens import Lens
from unet_studio.image.plane import Plane

SHEETS = st.builds(
    Sheet,
    size=st.tuples(st.integers(1, 600), st.integers(1, 600)),
    spacing=st.tuples(st.floats(0.2, 6.0), st.floats(0.2, 6.0)),
    width=st.integers(60, 2000),
    height=st.integers(60, 2000),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)


@given(SHEETS)
def test_a_fitted_slice_is_wholly_in_sight_and_touches_the_margin_on_one_axis(sheet):
    framing = sheet.framing(Zoom())
    assert 0 <= framing.left <= framing.right <= sheet.width
    assert 0 <= framing.top <= framing.bottom <= sheet.height
    margin = 10 * sheet.ratio
    free = min(framing.left - margin, framing.top - margin)
    assert free <= 2 or sheet.factor(Zoom()) == pytest.approx(LARGEST_ZOOM, rel=1e-2)


@given(SHEETS)
def test_pixels_have_their_physical_aspect(sheet):
    framing = sheet.framing(Zoom())
    assert framing.down / framing.across == pytest.approx(sheet.spacing[0] / sheet.spacing[1], rel=5e-3)


@given(SHEETS, st.floats(-5, 700), st.floats(-5, 700))
def test_places_lead_back_to_their_pixels(sheet, row, column):
    framing = sheet.framing(Zoom(3.0, (10.0, 20.0)))
    assert framing.pixel_at(*framing.place_of((row, column))) == pytest.approx((row, column), abs=1e-6)


@given(SHEETS, st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.lists(st.floats(0.5, 2.0), min_size=1, max_size=6))
def test_zooming_keeps_the_pixel_under_the_cursor(sheet, across, down, factors):
    start = sheet.framing(Zoom())
    x = start.left + across * (start.right - start.left)
    y = start.top + down * (start.bottom - start.top)
    before = np.array(start.pixel_at(x, y))
    zoom = Zoom()
    for factor in factors:
        zoom = sheet.zoomed(zoom, factor, x, y)
        framing = sheet.framing(zoom)
        inside = all(-0.5 < m < n - 0.5 for m, n in zip(zoom.middle, sheet.size, strict=True))
        if not inside:  # the slice may not leave the screen altogether: there the pixel has to give way
            return
        moved = (np.array(framing.pixel_at(x, y)) - before) * (framing.down, framing.across)
        grown = framing.across / start.across
        assert np.abs(moved).max() <= 0.51 * (1 + max(1.0, grown)), "more than the rounding to whole device pixels"


@given(SHEETS, st.floats(-9999, 9999), st.floats(-9999, 9999))
def test_panning_moves_by_device_pixels_and_keeps_some_of_the_slice_in_sight(sheet, across, down):
    zoom = sheet.zoomed(Zoom(), 2.0, sheet.width / 2, sheet.height / 2)
    before = sheet.framing(zoom)
    panned = sheet.panned(zoom, across, down)
    framing = sheet.framing(panned)
    assert framing.left <= sheet.width and framing.right >= 0
    assert framing.top <= sheet.height and framing.bottom >= 0
    if -0.5 < panned.middle[1] < sheet.size[1] - 0.5:
        assert framing.left - before.left == pytest.approx(across, abs=1.01)


@given(SHEETS, st.floats(1e-6, 1e6))
def test_zoom_stays_between_its_limits(sheet, factor):
    zoom = sheet.zoomed(Zoom(), factor, 10, 10)
    assert min(0.25 * sheet.fitting, 0.25) <= zoom.factor <= LARGEST_ZOOM


@given(st.integers(-50, 50), st.floats(0.3, 40.0))
def test_edges_are_where_the_next_pixel_has_the_device_pixels_centre(left, across):
    framing = Framing(left, 0, across, across, (9, 9))
    edges = framing.column_edges(0, 9)
    for number in range(9):
        for x in range(edges[number], edges[number + 1]):
            assert -0.5 - 1e-6 <= framing.pixel_at(x + 0.5, 0)[1] - number <= 0.5 + 1e-6
    assert framing.right == edges[9]


@given(st.floats(-30, 400), st.floats(-30, 400), st.floats(1, 200), st.floats(1, 200))
def test_a_box_holds_all_pixels_that_a_rectangle_shows(left, top, width, height):
    framing = Framing(20, 30, 7.3, 9.1, (24, 30))
    box = framing.box(left, top, left + width, top + height)
    xs, ys = np.linspace(left, left + width, 40), np.linspace(top, top + height, 40)
    for x, y in zip(xs[1:-1], ys[1:-1], strict=True):
        row, column = (int(np.floor(v + 0.5)) for v in framing.pixel_at(x, y))
        if 0 <= row < 24 and 0 <= column < 30:
            assert box is not None
            assert box[0].start <= row < box[0].stop and box[1].start <= column < box[1].stop


def test_a_rectangle_beside_the_slice_shows_none_of_it():
    assert Framing(100, 100, 4.0, 4.0, (10, 10)).box(0, 0, 99, 99) is None


def test_a_lens_keeps_each_planes_zoom_until_it_is_reset():
    plane = Plane.AXIAL
    lens = Lens(lambda: (plane, Sheet((100, 100), (1.0, 1.0), 400, 400, 1.0)))
    fitted = lens.factor
    lens.zoom_by(2.0)
    plane = Plane.CORONAL
    assert lens.factor == fitted
    plane = Plane.AXIAL
    assert lens.factor == pytest.approx(2 * fitted)
    lens.fit()
    assert lens.factor == fitted
    lens.zoom_by(2.0)
    lens.reset()
    assert lens.factor == fitted


def test_a_lens_follows_the_widgets_size_only_while_it_fits():
    sheet = Sheet((100, 100), (1.0, 1.0), 400, 400, 1.0)
    lens = Lens(lambda: (Plane.AXIAL, sheet))
    assert lens.framing.right - lens.framing.left == pytest.approx(380, abs=1)
    sheet = Sheet((100, 100), (1.0, 1.0), 800, 800, 1.0)
    assert lens.framing.right - lens.framing.left == pytest.approx(780, abs=1)
    lens.zoom_by(1.5)
    wide = lens.framing.right - lens.framing.left
    sheet = Sheet((100, 100), (1.0, 1.0), 500, 500, 1.0)
    assert lens.framing.right - lens.framing.left == wide


@given(SHEETS, st.data())
def test_the_area_of_a_box_ends_where_its_rows_and_columns_do(sheet, data):
    framing = sheet.framing(Zoom())
    box = []
    for count in sheet.size:
        first = data.draw(st.integers(0, count - 1))
        box.append(slice(first, data.draw(st.integers(first + 1, count))))
    rows, columns = framing.row_edges(0, sheet.size[0]), framing.column_edges(0, sheet.size[1])
    expected = columns[box[1].start], rows[box[0].start], columns[box[1].stop], rows[box[0].stop]
    assert framing.area((box[0], box[1])) == tuple(int(v) for v in expected)
