"""Label maps: on the scan's grid or refused; every label a whole number; written whole or not at all."""

import nibabel
import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - as everybody writes it
from hypothesis import HealthCheck, given, settings
from PIL import Image

from tests.files.phantoms import SHAPE, dicom_series, dicom_slice, geometries, labels, nifti, nifti_file, save, volume
from unet_studio.errors import GridMismatch, ReadError, WriteError
from unet_studio.files.label_maps import label_values, read_label_map, stored_labels, write_label_map
from unet_studio.files.masks_out import Drawn, write_masks
from unet_studio.files.volumes import inspect, read_volume, write_volume
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (8.0, 10.0, -20.0), ((0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)))


def mask_file(folder, data=None, datatype=2, **fields):
    return nifti_file(folder, "mask.nii.gz", labels() if data is None else data, datatype=datatype, **fields)


def refusal(path, grid=GRID, kind=ReadError) -> str:
    with pytest.raises(kind) as error:
        read_label_map(path, grid)
    return str(error.value)


def test_a_label_map_of_the_scan_lies_on_it(tmp_path):
    scan = read_volume(nifti_file(tmp_path))
    read, warnings = read_label_map(mask_file(tmp_path), scan.geometry)
    assert np.array_equal(read, labels()) and read.dtype == np.uint8 and warnings == ()


def test_another_size_is_refused_with_both(tmp_path):
    path = mask_file(tmp_path, labels()[:-1])
    message = refusal(path, kind=GridMismatch)
    assert "5 × 6 × 3" in message and "5 × 6 × 4" in message and "mask.nii.gz" in message


@pytest.mark.parametrize("shift", [(0.0, 0.0, 0.0), (-8.0, -10.0, -17.5), (-8.2, -10.0, -20.0)])
def test_another_position_is_refused_and_the_distance_told(tmp_path, shift):
    assert "mm off" in refusal(mask_file(tmp_path, offset=shift), kind=GridMismatch)


def test_another_spacing_or_angle_is_refused(tmp_path):
    assert "grid" in refusal(mask_file(tmp_path, pixdim=(1, 0.8, 0.9, 3.5, 1, 1, 1, 1)), kind=GridMismatch)
    a = np.deg2rad(45)
    rows = [[0.8 * np.cos(a), -0.9 * np.sin(a), 0, -8], [0.8 * np.sin(a), 0.9 * np.cos(a), 0, -10], [0, 0, 2.5, -20]]
    assert "direction or spacing" in refusal(mask_file(tmp_path, rows=rows), kind=GridMismatch)


def test_the_rounding_of_another_program_is_no_shift(tmp_path):
    read, _ = read_label_map(mask_file(tmp_path, offset=(-8.004, -10.003, -20.01)), GRID)
    assert np.array_equal(read, labels())


def test_labels_stored_from_right_to_left_are_turned_by_position(tmp_path):
    rows = [[-0.8, 0, 0, -8 + 0.8 * 4], [0, 0.9, 0, -10.0], [0, 0, 2.5, -20.0]]
    read, warnings = read_label_map(mask_file(tmp_path, labels()[:, :, ::-1], rows=rows), GRID)
    assert np.array_equal(read, labels()) and warnings == ()


def test_labels_beside_a_dicom_series_are_found_by_position(tmp_path):
    scan = read_volume(dicom_series(tmp_path / "dicom"))
    flipped = Geometry(
        SHAPE, (2.5, 0.9, 0.8), (-8.0, -10 + 0.9 * 5, -20.0), ((0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (1.0, 0.0, 0.0))
    )
    path = write_label_map(tmp_path / "labels.nii.gz", labels()[:, ::-1].copy(), flipped)
    assert np.array_equal(read_label_map(path, scan.geometry)[0], labels())


def test_floats_near_whole_numbers_are_those(tmp_path):
    read, _ = read_label_map(mask_file(tmp_path, labels() * np.float32(0.9999999), 16), GRID)
    assert np.array_equal(read, labels())


@pytest.mark.parametrize("scale", [0.37, 0.5, 0.99])
def test_probabilities_are_no_labels(tmp_path, scale):
    assert "whole numbers" in refusal(mask_file(tmp_path, (labels() == 1) * np.float32(scale), 16))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_floats_that_are_no_numbers_are_no_labels(tmp_path, value):
    data = labels().astype(np.float32)
    data[0, 0, 1] = value
    assert "mask.nii.gz" in refusal(mask_file(tmp_path, data, 16))


def test_negative_values_and_too_many_are_refused_and_never_wrapped(tmp_path):
    assert "negative" in refusal(mask_file(tmp_path, -labels().astype(np.int16), 4))
    many = np.arange(labels().size, dtype=np.int32).reshape(SHAPE) * 3
    assert "120 labels up to 357, too many" in refusal(mask_file(tmp_path, many, 8))


def test_an_empty_label_map_is_told(tmp_path):
    read, warnings = read_label_map(mask_file(tmp_path, np.zeros_like(labels())), GRID)
    assert not read.any() and "empty" in warnings[0]


def test_labels_without_orientation_are_laid_on_by_shape_with_a_word(tmp_path):
    read, warnings = read_label_map(mask_file(tmp_path, qform=0, sform=0), GRID)
    assert np.array_equal(read, labels()) and "no orientation" in warnings[0]
    path = mask_file(tmp_path, labels()[:-1], qform=0, sform=0)
    assert "does not match" in refusal(path, kind=GridMismatch)


def test_colour_is_no_label_map(tmp_path):
    rgb = np.stack([labels()] * 3, -1)
    assert "colour" in refusal(mask_file(tmp_path, rgb, 128, dim=[3, *SHAPE[::-1], 1, 1, 1, 1]))


def test_damaged_files_are_refused_as_scans_are(tmp_path):
    path = tmp_path / "mask.nii"
    path.write_bytes(nifti(labels(), datatype=2)[:-1])
    assert "damaged" in refusal(path)
    assert "not found" in refusal(tmp_path / "gone.nii")


@pytest.mark.parametrize("ending", [".nii", ".nii.gz", ".nrrd", ".mha"])
def test_written_labels_are_the_same_to_simpleitk(tmp_path, ending):
    path = write_label_map(tmp_path / f"m{ending}", labels(), GRID, (LabelClass(1, "Liver", (1, 2, 3)),))
    image = sitk.ReadImage(str(path))
    assert np.array_equal(sitk.GetArrayFromImage(image), labels())
    assert image.GetOrigin() == pytest.approx(GRID.origin_mm) and image.GetSpacing() == pytest.approx((0.8, 0.9, 2.5))
    assert image.TransformIndexToPhysicalPoint((3, 2, 1)) == pytest.approx(GRID.patient_point((1, 2, 3)))


def test_written_labels_are_the_same_to_nibabel(tmp_path):
    image = nibabel.load(write_label_map(tmp_path / "m.nii.gz", labels(), GRID))
    assert np.array_equal(np.asarray(image.dataobj), labels().T) and image.get_data_dtype() == np.uint8
    assert int(image.header["sform_code"]) == int(image.header["qform_code"]) == 1


def test_labels_of_a_scan_without_orientation_store_none_either(tmp_path):
    plain = Geometry(SHAPE, (2.5, 0.9, 0.8), has_orientation=False)
    for ending in (".nii", ".nii.gz", ".nrrd", ".mha"):
        path = write_label_map(tmp_path / f"m{ending}", labels(), plain)
        write_volume(tmp_path / f"v{ending}", volume(plain))
        read = read_volume(tmp_path / f"v{ending}").geometry
        assert (read.spacing_mm, read.has_orientation, read.has_spacing) == (plain.spacing_mm, False, True)
        assert np.array_equal(read_label_map(path, plain)[0], labels())
    assert int(nibabel.load(tmp_path / "m.nii").header["sform_code"]) == 0


def test_labels_of_a_picture_gain_no_millimetres(tmp_path):
    picture = Geometry(SHAPE, (1.2, 1.0, 1.0), has_spacing=False, has_orientation=False)
    for ending in (".nii.gz", ".nrrd", ".mha"):
        write_volume(tmp_path / f"v{ending}", volume(picture))
        assert not read_volume(tmp_path / f"v{ending}").geometry.has_spacing, ending


def test_several_slices_as_png_are_a_numbered_folder_and_one_slice_is_a_file(tmp_path):
    folder = write_label_map(tmp_path / "case1.png", labels(), GRID)
    assert folder == tmp_path / "case1" and sorted(p.name for p in folder.iterdir())[0] == "0000.png"
    assert np.array_equal(np.stack([np.asarray(Image.open(p)) for p in sorted(folder.iterdir())]), labels())
    assert np.array_equal(read_label_map(folder, GRID)[0], labels())
    one = Geometry((1, *SHAPE[1:]), has_spacing=False, has_orientation=False)
    path = write_label_map(tmp_path / "case2.png", labels()[1:2], one)
    assert path.name == "case2.png" and np.array_equal(np.asarray(Image.open(path)), labels()[1])


def test_a_folder_of_png_is_replaced_as_a_whole(tmp_path):
    write_label_map(tmp_path / "c.png", np.concatenate([labels()] * 3), Geometry((12, 6, 5)))
    write_label_map(tmp_path / "c.png", labels(), GRID)
    assert len(list((tmp_path / "c").iterdir())) == 4 and [p.name for p in tmp_path.iterdir()] == ["c"]


def test_a_file_in_the_way_of_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "c").write_text("mine")
    with pytest.raises(WriteError, match="file of that name"):
        write_label_map(tmp_path / "c.png", labels(), GRID)
    assert (tmp_path / "c").read_text() == "mine"


def test_a_tiff_holds_every_slice(tmp_path):
    path = write_label_map(tmp_path / "c.tif", labels(), GRID)
    assert np.array_equal(read_volume(path).voxels, labels())


@pytest.mark.parametrize("name", ["c.dcm", "c", "c.nii.zip"])
def test_an_unknown_ending_is_refused(tmp_path, name):
    with pytest.raises(WriteError, match="ending"):
        write_label_map(tmp_path / name, labels(), GRID)
    assert not list(tmp_path.iterdir())


def test_types_a_format_has_not_are_refused(tmp_path):
    with pytest.raises(WriteError, match="pictures take"):
        write_volume(tmp_path / "v.png", volume(dtype=np.int16))
    colour = Volume(np.zeros((*SHAPE, 3), np.uint16), GRID)
    with pytest.raises(WriteError, match="8 bits"):
        write_volume(tmp_path / "v.nii.gz", colour)


@pytest.mark.parametrize("ending", [".nii.gz", ".nrrd", ".mha", ".png", ".tif"])
def test_colour_survives(tmp_path, ending):
    rgb = np.random.default_rng(0).integers(0, 255, (1, 6, 5, 3)).astype(np.uint8)
    write_volume(tmp_path / f"v{ending}", Volume(rgb, Geometry((1, 6, 5))))
    assert np.array_equal(read_volume(tmp_path / f"v{ending}").voxels, rgb)


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"])
def test_every_voxel_type_survives(tmp_path, dtype):
    data = (np.arange(120).reshape(SHAPE) % 100).astype(dtype)
    for ending in (".nii.gz", ".nrrd", ".mha"):
        write_volume(tmp_path / f"v{ending}", Volume(data.copy(), GRID))
        read = read_volume(tmp_path / f"v{ending}").voxels
        assert read.dtype == np.dtype(dtype) and np.array_equal(read, data)


def test_mask_numbers_are_given_as_they_are(tmp_path):
    data = labels().astype(np.int16) * 127 - 1
    assert label_values(mask_file(tmp_path, data, 4))[0] == (-1, 126, 253, 32384)
    rows = [[-0.8, 0, 0, -8 + 0.8 * 4], [0, 0.9, 0, -10.0], [0, 0, 2.5, -20.0]]
    flipped = mask_file(tmp_path, data[:, :, ::-1], 4, rows=rows)
    assert np.array_equal(label_values(flipped, GRID)[1], data)


def test_labels_drawn_on_a_tilted_scan_come_back_through_every_format(tmp_path):
    tilt = np.deg2rad(18)
    turned = [1, 0, 0, 0, round(float(np.cos(tilt)), 9), round(float(-np.sin(tilt)), 9)]
    for k in range(SHAPE[0]):
        save(dicom_slice(k, ImageOrientationPatient=turned), tmp_path / "d" / f"{k}")
    choice = inspect(tmp_path / "d").volumes[0].id
    straight = read_volume(tmp_path / "d", choice)
    drawn = np.zeros(straight.geometry.shape, np.uint8)
    drawn[1:4, 3:5, 2:4] = 1
    drawn_on = Drawn("case", drawn, straight, (LabelClass(1, "One", (1, 2, 3)),), tmp_path / "d", choice)
    for ending in (".dcm", ".rtstruct.dcm"):  # back on the images, each pixel where it was drawn
        write_masks(tmp_path / f"m{ending}", drawn_on)
    stored = stored_labels(tmp_path / "m.dcm")
    to_straight = np.linalg.inv(straight.geometry.matrix) @ stored.geometry.matrix
    for at in np.argwhere(stored.labels):
        assert drawn[tuple(np.rint((to_straight @ [*at, 1])[:3]).astype(int))] == 1
    assert stored.labels.sum() == drawn.sum()
    grid = read_volume(tmp_path / "d", inspect(tmp_path / "d").volumes[1].id).geometry
    for ending in (".nii.gz", ".nrrd", ".mha"):
        path = write_label_map(tmp_path / f"m{ending}", labels(), grid)
        assert np.array_equal(read_label_map(path, grid)[0], labels()), ending


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(geometries())
def test_one_voxel_further_along_any_axis_is_never_taken_for_the_same_place(tmp_path, grid):
    for axis in range(3):
        step = [0.0, 0.0, 0.0]
        step[axis] = 1.0
        moved = Geometry(SHAPE, grid.spacing_mm, grid.patient_point((step[0], step[1], step[2])), grid.axes)
        path = write_label_map(tmp_path / "m.nii.gz", labels(), moved)
        with pytest.raises(GridMismatch):
            read_label_map(path, grid)
