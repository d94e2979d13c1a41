"""A voxel's place in the patient survives every format, and other programs put it at the same place."""

import tempfile
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - as everybody writes it
from hypothesis import HealthCheck, given, settings

from tests.files.phantoms import LANDMARK, SHAPE, dicom_slice, geometries, labels, save, volume
from unet_studio.files.label_maps import read_label_map, write_label_map
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry, Volume

FORMATS = (".nii", ".nii.gz", ".nrrd", ".mha")
few = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def itk_point(path: Path) -> tuple[float, ...]:
    return sitk.ReadImage(str(path)).TransformIndexToPhysicalPoint(LANDMARK[::-1])


@few
@given(geometries())
def test_a_voxel_lies_where_nibabel_puts_it(folder, geometry):
    path = folder / "scan.nii.gz"
    write_volume(path, volume(geometry))
    ras = nibabel.load(path).affine @ [*LANDMARK[::-1], 1]
    assert np.allclose(ras[:3] * [-1, -1, 1], geometry.patient_point(LANDMARK), atol=1e-3)


@few
@given(geometries())
def test_a_voxel_lies_where_simpleitk_puts_it(folder, geometry):
    for ending in FORMATS:
        path = folder / f"scan{ending}"
        write_volume(path, volume(geometry))
        assert np.allclose(itk_point(path), geometry.patient_point(LANDMARK), atol=1e-3), ending


@few
@given(geometries())
def test_a_volume_written_and_read_has_the_same_grid_and_voxels(folder, geometry):
    for ending in FORMATS:
        path = folder / f"scan{ending}"
        write_volume(path, volume(geometry))
        read = read_volume(path)
        assert read.geometry.is_same_grid(geometry) and np.array_equal(read.voxels, volume().voxels), ending
        assert read.geometry.has_spacing and read.geometry.has_orientation


@few
@given(geometries())
def test_nrrd_and_metaimage_keep_the_geometry_to_the_last_digits(folder, geometry):
    for ending in (".nrrd", ".mha"):
        path = folder / f"scan{ending}"
        write_volume(path, volume(geometry))
        assert np.abs(read_volume(path).geometry.matrix - geometry.matrix).max() < 1e-10


@few
@given(geometries())
def test_a_scan_that_nibabel_wrote_lies_where_nibabel_says(folder, geometry):
    path = folder / "theirs.nii"
    affine = np.diag([-1, -1, 1, 1]) @ geometry.matrix[:, [2, 1, 0, 3]]
    nibabel.save(nibabel.Nifti1Image(volume().voxels.T, affine), path)
    read = read_volume(path)
    assert np.array_equal(read.voxels, volume().voxels)
    assert np.allclose(read.geometry.patient_point(LANDMARK), geometry.patient_point(LANDMARK), atol=1e-3)


@few
@given(geometries())
def test_a_scan_that_simpleitk_wrote_lies_where_simpleitk_says(folder, geometry):
    image = sitk.GetImageFromArray(volume().voxels)
    image.SetSpacing(geometry.spacing_mm[::-1])
    image.SetOrigin(geometry.origin_mm)
    image.SetDirection(np.array(geometry.axes[::-1]).T.ravel().tolist())
    for ending in (".nrrd", ".mha", ".nii.gz"):
        path = folder / f"theirs{ending}"
        sitk.WriteImage(image, str(path), True)
        read = read_volume(path)
        assert np.array_equal(read.voxels, volume().voxels)
        assert read.geometry.is_same_grid(geometry), ending


@few
@given(geometries())
def test_the_qform_alone_says_the_same_as_the_sform(folder, geometry):
    path = folder / "qform.nii"
    write_volume(path, volume(geometry))
    image = nibabel.load(path)
    assert np.allclose(image.get_qform(), image.get_sform(), atol=1e-2)
    image = nibabel.Nifti1Image(np.asarray(image.dataobj), None, image.header)
    image.set_sform(None, code=0)
    image.set_qform(nibabel.load(path).get_qform(), code=1)
    nibabel.save(image, folder / "only_qform.nii")
    read = read_volume(folder / "only_qform.nii").geometry
    ends = [(0, 0, 0), tuple(n - 1 for n in SHAPE)]
    assert all(np.allclose(read.patient_point(e), geometry.patient_point(e), atol=2e-2) for e in ends)


@few
@given(geometries())
def test_a_label_map_comes_back_voxel_for_voxel(folder, geometry):
    for ending in FORMATS:
        path = write_label_map(folder / f"labels{ending}", labels(), geometry)
        read, warnings = read_label_map(path, geometry)
        assert np.array_equal(read, labels()) and warnings == (), ending


@few
@given(geometries(), geometries())
def test_labels_stored_in_any_axis_order_land_on_the_same_places(folder, geometry, other):
    # the other grid: the same places, counted along other axes and from other ends
    order = np.argsort([abs(np.dot(a, (3.0, 2.0, 1.0))) for a in other.axes])
    flips = [other.axes[a][0] < 0 for a in range(3)]
    turn = tuple(slice(None, None, -1 if f else 1) for f in flips)
    stored = labels().transpose(order)[turn]
    matrix = geometry.matrix
    axes = tuple(tuple(v * (-1.0 if flips[i] else 1.0) for v in geometry.axes[a]) for i, a in enumerate(order))
    first = [0, 0, 0]
    for i, a in enumerate(order):
        first[a] = SHAPE[a] - 1 if flips[i] else 0
    origin = tuple(float(v) for v in (matrix @ [*first, 1])[:3])
    moved = Geometry(stored.shape, tuple(geometry.spacing_mm[a] for a in order), origin, axes)
    path = write_label_map(folder / "turned.nii.gz", np.ascontiguousarray(stored), moved)
    read, _ = read_label_map(path, geometry)
    assert np.array_equal(read, labels())


@few
@given(geometries())
def test_a_dicom_series_lies_where_its_tags_say(folder, geometry):
    with tempfile.TemporaryDirectory() as made:
        _, y, x = geometry.axes
        normal = np.cross(x, y)
        for k in range(SHAPE[0]):
            where = np.array(geometry.origin_mm) + k * geometry.spacing_mm[0] * normal
            tags = {
                "ImagePositionPatient": [round(float(v), 6) for v in where],
                "ImageOrientationPatient": [round(float(v), 9) for v in (*x, *y)],
                "PixelSpacing": [geometry.spacing_mm[1], geometry.spacing_mm[2]],
            }
            save(dicom_slice(k, **tags), Path(made) / f"{99 - k}")
        read = read_volume(Path(made))
        place = np.array(geometry.origin_mm) + LANDMARK[0] * geometry.spacing_mm[0] * normal
        place = (
            place
            + LANDMARK[1] * geometry.spacing_mm[1] * np.array(y)
            + LANDMARK[2] * geometry.spacing_mm[2] * np.array(x)
        )
        assert read.voxels[LANDMARK] == volume().voxels[LANDMARK]
        assert np.allclose(read.geometry.patient_point(LANDMARK), place, atol=1e-3)
        assert read.geometry.spacing_mm[0] == pytest.approx(geometry.spacing_mm[0], abs=1e-4)


def test_fifty_round_trips_through_nifti_drift_nowhere(folder):
    turn = np.array([[0.8, 0.36, 0.48], [-0.6, 0.48, 0.64], [0.0, -0.8, 0.6]])
    first = Geometry(
        SHAPE, (2.345678, 0.712345, 0.654321), (-123.456789, 87.654321, 1234.56789), tuple(map(tuple, turn))
    )
    write_volume(folder / "drift.nii.gz", volume(first))
    once = read_volume(folder / "drift.nii.gz")
    again = once
    for _ in range(50):
        write_volume(folder / "drift.nii.gz", Volume(again.voxels.copy(), again.geometry))
        again = read_volume(folder / "drift.nii.gz")
    assert np.abs(again.geometry.matrix - once.geometry.matrix).max() < 1e-5
    assert again.geometry.is_same_grid(first) and again.fingerprint == once.fingerprint


def test_a_left_handed_grid_stays_left_handed(folder):
    mirrored = Geometry(SHAPE, axes=((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)))
    for ending in FORMATS:
        write_volume(folder / f"left{ending}", volume(mirrored))
        assert read_volume(folder / f"left{ending}").geometry.axes == mirrored.axes
