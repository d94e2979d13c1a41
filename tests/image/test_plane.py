"""Slices as radiologists expect to see them, however the scan is stored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from tests.strategies import ORIENTATIONS, geometries
from unet_studio.image.plane import Plane, edge_letters, plane_view, working_plane
from unet_studio.image.volume import Geometry

SHAPE = (3, 4, 5)
LETTERS = {
    Plane.AXIAL: ("R", "L", "A", "P"),
    Plane.CORONAL: ("R", "L", "S", "I"),
    Plane.SAGITTAL: ("A", "P", "S", "I"),
}
# Directions in LPS: (into the screen's right, down the screen, along growing slice numbers)
SCREEN = {
    Plane.AXIAL: ((1, 0, 0), (0, 1, 0)),
    Plane.CORONAL: ((1, 0, 0), (0, 0, -1)),
    Plane.SAGITTAL: ((0, 1, 0), (0, 0, -1)),
}
every_orientation = pytest.mark.parametrize("axes", ORIENTATIONS)
every_plane = pytest.mark.parametrize("plane", list(Plane))


def test_there_are_48_orientations_and_all_differ():
    assert len(set(ORIENTATIONS)) == 48


@every_plane
@every_orientation
def test_voxel_at_and_pixel_of_are_inverse_and_agree_with_the_slice(axes, plane):
    view = plane_view(Geometry(SHAPE, axes=axes), plane)
    voxels = np.arange(np.prod(SHAPE)).reshape(SHAPE)
    seen = set()
    for index in range(view.count(SHAPE)):
        shown = view.slice_of(voxels, index)
        assert shown.shape == view.size(SHAPE)
        for row, column in np.ndindex(*shown.shape):
            voxel = view.voxel_at(SHAPE, index, row, column)
            assert view.pixel_of(SHAPE, voxel) == (index, row, column)
            assert voxels[voxel] == shown[row, column]
            seen.add(voxel)
    assert len(seen) == voxels.size


@every_plane
@every_orientation
def test_a_landmark_is_shown_where_a_radiologist_looks_for_it(axes, plane):
    """A voxel far to the patient's left, front and top, in any storage order, is right, up and so on, on the screen."""
    geometry = Geometry((5, 5, 5), axes=axes)
    towards = np.array([1, -1, 1])  # left, anterior, superior in LPS
    landmark = tuple(4 if np.dot(axis, towards) > 0 else 0 for axis in axes)
    view = plane_view(geometry, plane)
    _, row, column = view.pixel_of(geometry.shape, landmark)
    expected = {Plane.AXIAL: (0, 4), Plane.CORONAL: (0, 4), Plane.SAGITTAL: (0, 0)}
    assert (row, column) == expected[plane]


@every_plane
@every_orientation
def test_the_edges_of_a_straight_scan_bear_the_usual_letters(axes, plane):
    geometry = Geometry(SHAPE, axes=axes)
    assert edge_letters(geometry, plane_view(geometry, plane)) == LETTERS[plane]


@given(geometries(oblique=True), st.sampled_from(list(Plane)))
def test_oblique_slices_run_down_and_right_as_nearly_as_their_axes_allow(geometry, plane):
    view = plane_view(geometry, plane)
    right, down = SCREEN[plane]
    assert {view.axis, view.rows, view.columns} == {0, 1, 2}
    for axis, flipped, direction in ((view.columns, view.flip_columns, right), (view.rows, view.flip_rows, down)):
        assert np.dot(geometry.axes[axis], direction) * (-1 if flipped else 1) >= 0


@given(geometries(oblique=True))
def test_each_array_axis_serves_one_plane(geometry):
    assert {plane_view(geometry, plane).axis for plane in Plane} == {0, 1, 2}


@given(geometries(oblique=True))
def test_opposite_edges_of_any_scan_bear_opposite_letters(geometry):
    opposite = str.maketrans("LRAPSI", "RLPAIS")
    for plane in Plane:
        left, right, top, bottom = edge_letters(geometry, plane_view(geometry, plane))
        assert left and top
        assert right == left.translate(opposite)
        assert bottom == top.translate(opposite)


def test_an_oblique_edge_names_the_stronger_direction_first():
    turned = np.array(Geometry((2, 2, 2)).axes) @ Rotation.from_euler("z", 30, degrees=True).as_matrix().T
    geometry = Geometry((2, 2, 2), axes=tuple(tuple(a) for a in turned))
    assert edge_letters(geometry, plane_view(geometry, Plane.AXIAL)) == ("RA", "LP", "AL", "PR")


def test_a_slice_turned_by_ten_degrees_keeps_its_plain_letters():
    turned = np.array(Geometry((2, 2, 2)).axes) @ Rotation.from_euler("x", 10, degrees=True).as_matrix().T
    geometry = Geometry((2, 2, 2), axes=tuple(tuple(a) for a in turned))
    assert edge_letters(geometry, plane_view(geometry, Plane.AXIAL)) == ("R", "L", "A", "P")


def test_a_scan_without_orientation_is_shown_as_stored_and_without_letters():
    axes = ((0.0, 0.0, -1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0))
    geometry = Geometry(SHAPE, axes=axes, has_orientation=False)
    view = plane_view(geometry, Plane.AXIAL)
    voxels = np.arange(60).reshape(SHAPE)
    assert np.array_equal(view.slice_of(voxels, 1), voxels[1])
    assert edge_letters(geometry, view) == ("", "", "", "")
    assert working_plane(geometry) is Plane.AXIAL
    assert [plane_view(geometry, plane).axis for plane in Plane] == [0, 1, 2]


@every_plane
def test_writing_to_a_slice_reaches_the_volume(plane):
    geometry = Geometry(SHAPE, axes=ORIENTATIONS[29])
    voxels = np.zeros(SHAPE)
    view = plane_view(geometry, plane)
    view.slice_of(voxels, 1)[0, 2] = 7
    assert voxels[view.voxel_at(SHAPE, 1, 0, 2)] == 7
    assert voxels.sum() == 7


@every_plane
def test_a_slice_of_a_colour_volume_keeps_its_channels_last(plane):
    voxels = np.arange(180).reshape(*SHAPE, 3)
    view = plane_view(Geometry(SHAPE, axes=ORIENTATIONS[13]), plane)
    shown = view.slice_of(voxels, 0)
    assert shown.shape == (*view.size(SHAPE), 3)
    assert np.array_equal(shown[1, 2], voxels[view.voxel_at(SHAPE, 0, 1, 2)])


@given(geometries(), st.sampled_from(list(Plane)), st.data())
def test_pixels_have_the_size_of_the_voxel_edges_they_show(geometry, plane, data):
    view = plane_view(geometry, plane)
    height, width = view.spacing_mm(geometry)
    first = np.array(geometry.patient_point(view.voxel_at((9, 9, 9), 4, 4, 4)))
    below = np.array(geometry.patient_point(view.voxel_at((9, 9, 9), 4, 5, 4)))
    right = np.array(geometry.patient_point(view.voxel_at((9, 9, 9), 4, 4, 5)))
    assert np.linalg.norm(below - first) == pytest.approx(height)
    assert np.linalg.norm(right - first) == pytest.approx(width)


@every_orientation
def test_a_scan_of_thick_slices_is_worked_on_in_the_plane_it_was_taken_in(axes):
    """Thick along the patient's front to back: a coronal scan, whichever array axis that is."""
    thick = next(a for a, axis in enumerate(axes) if axis[1] != 0)
    spacing = tuple(4.0 if a == thick else 0.5 for a in range(3))
    assert working_plane(Geometry(SHAPE, spacing_mm=spacing, axes=axes)) is Plane.CORONAL


@every_orientation
def test_a_scan_of_nearly_equal_spacings_is_worked_on_axially(axes):
    assert working_plane(Geometry(SHAPE, spacing_mm=(1.0, 1.1, 1.2), axes=axes)) is Plane.AXIAL


def test_the_working_plane_changes_at_one_and_a_quarter_times_the_next_spacing():
    sagittal_last = ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    assert working_plane(Geometry(SHAPE, spacing_mm=(1.0, 1.0, 1.24), axes=sagittal_last)) is Plane.AXIAL
    assert working_plane(Geometry(SHAPE, spacing_mm=(1.0, 1.0, 1.25), axes=sagittal_last)) is Plane.SAGITTAL
