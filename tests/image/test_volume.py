"""Where voxels lie in the patient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import ORIENTATIONS, geometries
from unet_studio.image.volume import Geometry, Volume


@given(geometries(oblique=True))
def test_the_first_voxel_lies_at_the_origin(geometry):
    assert geometry.patient_point((0, 0, 0)) == pytest.approx(geometry.origin_mm)


@given(geometries(oblique=True), st.integers(0, 2))
def test_one_step_along_an_axis_is_its_spacing_along_its_direction(geometry, axis):
    index = tuple(int(a == axis) for a in range(3))
    step = np.subtract(geometry.patient_point(index), geometry.origin_mm)
    assert step == pytest.approx(np.array(geometry.axes[axis]) * geometry.spacing_mm[axis], abs=1e-9)


def test_half_an_index_lies_between_two_voxel_centres():
    geometry = Geometry((4, 4, 4), spacing_mm=(3.0, 2.0, 1.0), origin_mm=(10.0, 20.0, 30.0))
    assert geometry.patient_point((0.5, 0, 0)) == (10.0, 20.0, 31.5)


def test_a_voxel_of_1_by_2_by_5_mm_is_a_hundredth_of_a_millilitre():
    assert Geometry((1, 1, 1), spacing_mm=(1.0, 2.0, 5.0)).voxel_ml == pytest.approx(0.01)


@pytest.mark.parametrize("axes", ORIENTATIONS)
def test_the_nearest_axis_to_a_direction_runs_along_or_against_it(axes):
    geometry = Geometry((2, 2, 2), axes=axes)
    for direction in np.eye(3):
        axis = geometry.nearest_axis(tuple(direction))
        assert abs(np.dot(geometry.axes[axis], direction)) == 1.0


@given(geometries(oblique=True, most=400))
def test_a_grid_is_still_the_same_after_a_trip_through_32_bit_floats(geometry):
    stored = Geometry(
        geometry.shape,
        spacing_mm=tuple(float(np.float32(s)) for s in geometry.spacing_mm),
        origin_mm=tuple(float(np.float32(o)) for o in geometry.origin_mm),
        axes=tuple(tuple(float(np.float32(v)) for v in axis) for axis in geometry.axes),
    )
    assert geometry.is_same_grid(stored)
    assert stored.is_same_grid(geometry)


@given(geometries(), st.integers(0, 2))
def test_a_shift_of_a_twentieth_of_the_smallest_spacing_is_another_grid(geometry, direction):
    shift = min(geometry.spacing_mm) / 20
    moved = tuple(o + (shift if d == direction else 0) for d, o in enumerate(geometry.origin_mm))
    other = Geometry(geometry.shape, geometry.spacing_mm, moved, geometry.axes)
    assert not geometry.is_same_grid(other)


def test_grids_that_agree_at_the_origin_and_drift_apart_are_not_the_same():
    near, far = Geometry((200, 4, 4)), Geometry((200, 4, 4), spacing_mm=(1.001, 1.0, 1.0))
    assert not near.is_same_grid(far)
    assert Geometry((4, 4, 4)).is_same_grid(Geometry((4, 4, 4), spacing_mm=(1.001, 1.0, 1.0)))


def test_grids_of_other_shape_or_direction_are_not_the_same():
    grid = Geometry((4, 4, 4))
    mirrored = Geometry((4, 4, 4), axes=((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)))
    assert not grid.is_same_grid(Geometry((4, 4, 5)))
    assert not grid.is_same_grid(mirrored)


@pytest.mark.parametrize("spacing", [(0.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, float("nan"))])
def test_a_geometry_with_an_impossible_spacing_is_a_bug(spacing):
    with pytest.raises(AssertionError):
        Geometry((2, 2, 2), spacing_mm=spacing)


def test_the_voxels_of_a_loaded_volume_cannot_be_written():
    volume = Volume(np.zeros((2, 3, 4), np.int16), Geometry((2, 3, 4)))
    with pytest.raises(ValueError, match="read-only"):
        volume.voxels[0, 0, 0] = 1


def test_voxels_that_do_not_fit_their_geometry_are_a_bug():
    with pytest.raises(AssertionError):
        Volume(np.zeros((2, 3, 4)), Geometry((4, 3, 2)))


def test_a_grey_volume_has_one_channel_and_a_colour_one_three():
    assert Volume(np.zeros((1, 3, 4), np.uint8), Geometry((1, 3, 4))).channels == 1
    assert Volume(np.zeros((1, 3, 4, 3), np.uint8), Geometry((1, 3, 4))).channels == 3


def test_a_renamed_volume_is_the_same_scan():
    volume = Volume(np.zeros((2, 2, 2)), Geometry((2, 2, 2)), name="a", modality="MR", fingerprint="f")
    other = volume.renamed("b")
    assert (other.name, other.modality, other.fingerprint) == ("b", "MR", "f")
    assert other.voxels is volume.voxels
