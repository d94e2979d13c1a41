"""The parts that parse and place: matrices, quaternions, tags, sizes in words."""

import nibabel
import numpy as np
import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.phantoms import SHAPE, geometries, nifti
from unet_studio.errors import ReadError
from unet_studio.files.affine import RAS_TO_LPS, geometry_of, is_usable, matrix_of, same_direction, slant
from unet_studio.files.dicom_tags import directions, number, numbers, positive, spacing_of, words
from unet_studio.files.nifti_header import header_bytes, is_nifti, parse_header, quaternion_matrix
from unet_studio.files.placing import placed, unplaced
from unet_studio.files.regular import shown, size_in_words, stem
from unet_studio.image.volume import Geometry


@given(geometries())
def test_a_matrix_and_its_geometry_are_one_another(geometry):
    matrix = matrix_of(geometry)
    assert is_usable(matrix)
    again = geometry_of(matrix, SHAPE)
    assert np.allclose(again.matrix, geometry.matrix, atol=1e-9)
    angles = slant(matrix)
    assert not angles.in_plane and not angles.through


@given(geometries())
def test_a_header_of_ours_says_the_same_to_nibabel_by_sform_and_by_qform(geometry):
    made = header_bytes(geometry, np.dtype(np.int16))
    theirs = nibabel.Nifti1Header(made[:348])
    matrix = RAS_TO_LPS @ matrix_of(geometry)
    assert len(made) == 352 and is_nifti(made)
    assert np.allclose(theirs.get_sform(), matrix, atol=1e-3)
    assert np.allclose(theirs.get_qform(), matrix, atol=1e-2)
    assert theirs.get_data_shape() == SHAPE[::-1] and theirs.get_zooms() == pytest.approx(geometry.spacing_mm[::-1])


@given(geometry=geometries())
def test_a_header_is_parsed_back_to_what_it_was_made_from(geometry, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "x.nii"
    header = parse_header(header_bytes(geometry, np.dtype(np.uint8)), path)
    matrix = RAS_TO_LPS @ matrix_of(geometry)
    assert np.allclose(header.sform, matrix, atol=1e-3)
    assert np.allclose(
        quaternion_matrix(header), matrix, atol=1e-2
    )  # float32's b, c, d leave a at 3e-4 near half turns
    assert (header.dims[:3], header.datatype, header.unit, header.offset) == (SHAPE[::-1], 2, 2, 352)


@given(st.tuples(*[st.floats(-1.2, 1.2)] * 3))
def test_quaternions_are_nibabels_or_none(quaternion):
    content = nifti(quaternion=quaternion)
    header = parse_header(content, None)
    ours = quaternion_matrix(header)
    length = sum(np.float32(v).astype(float) ** 2 for v in quaternion)
    if length < 0.999:
        assert np.allclose(ours, nibabel.Nifti1Header(content[:348]).get_qform(), atol=1e-4)
    if length > 1.002:
        assert np.isnan(ours).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_a_matrix_of_impossible_numbers_is_not_usable(bad):
    for at in ((0, 0), (2, 1), (1, 3)):
        matrix = np.eye(4)
        matrix[at] = bad
        assert not is_usable(matrix)


def test_a_matrix_that_does_not_span_space_is_not_usable():
    for column in ([0, 0, 0], [1, 0, 0], [1, 1e-5, 0]):
        matrix = np.eye(4)
        matrix[:3, 1] = column
        assert not is_usable(matrix)


@pytest.mark.parametrize(("degrees", "is_slanted"), [(0.05, False), (0.09, False), (0.11, True), (18, True)])
def test_a_tenth_of_a_degree_is_where_a_slant_begins(degrees, is_slanted):
    lean = np.tan(np.deg2rad(degrees))
    through, across = np.eye(4), np.eye(4)
    through[1, 2], across[1, 0] = lean, lean
    assert (slant(through).through, slant(through).in_plane) == (is_slanted, False)
    assert slant(across).in_plane == is_slanted


def test_directions_disagree_from_half_a_voxel_on():
    first, second = np.eye(4), np.eye(4)
    second[0, 3] = 0.4
    assert same_direction(first, second, SHAPE)
    second[0, 3] = 0.6
    assert not same_direction(first, second, SHAPE)
    assert not same_direction(first, np.diag([-1.0, 1, 1, 1]), SHAPE)


def test_the_shortest_decimal_of_a_float32_is_meant(tmp_path):
    matrix = np.diag([np.float32(0.8), np.float32(0.9), np.float32(2.5), 1.0]).astype(np.float64)
    matrix[0, 3] = np.float32(-123.4)
    made = geometry_of(matrix, SHAPE, is_float32=True)
    assert made.spacing_mm == (2.5, 0.9, 0.8) and made.origin_mm == (-123.4, 0.0, 0.0)
    assert [np.float32(v) for v in made.spacing_mm] == [np.float32(v) for v in (2.5, 0.9, 0.8)]


def test_what_is_not_told_is_not_made_up(tmp_path):
    path = tmp_path / "x.nii"
    for sizes in ([], [0.8, 0.9], [0.8, 0.0, 2.5], [np.nan, 1, 1], [-1, 1, 1]):
        where = unplaced(SHAPE, sizes, path)
        assert not where.geometry.has_spacing and "spacing" in where.warnings[0]
    told = unplaced(SHAPE, [0.8, 0.9, 2.5], path)
    assert told.geometry.has_spacing and told.geometry.spacing_mm == (2.5, 0.9, 0.8) and len(told.warnings) == 1
    assert not unplaced(SHAPE, [1.0, 1.0, 1.0], path, is_told=False).geometry.has_spacing
    assert "spacing" in placed(np.eye(4), SHAPE, path, has_spacing=False).warnings[0]
    assert placed(np.eye(4), SHAPE, path).warnings == ()


def test_a_header_for_a_scan_without_orientation_sets_no_form():
    made = nibabel.Nifti1Header(
        header_bytes(Geometry(SHAPE, (3.0, 2.0, 1.0), has_orientation=False), np.dtype("u1"))[:348]
    )
    assert int(made["sform_code"]) == int(made["qform_code"]) == 0 and made.get_zooms() == (1.0, 2.0, 3.0)


def test_a_header_that_is_none_is_refused_by_name(tmp_path):
    for content in (b"", b"text", bytes(348), nifti(magic=b"XXXX")[:348]):
        with pytest.raises(ReadError, match=r"x\.nii is not a NIfTI file"):
            parse_header(content, tmp_path / "x.nii")


def tags(**values) -> pydicom.Dataset:
    made = pydicom.Dataset()
    for name, (vr, value) in values.items():
        made.add_new(name, vr, value)
    return made


def test_tags_that_are_not_as_they_should_be_are_not_there():
    made = tags(
        Rows=("US", 512), SliceThickness=("DS", ""), PixelSpacing=("DS", ["0.5", "0.25"]), RescaleSlope=("DS", None),
        ImagePositionPatient=("DS", ["1", "2"]), EchoTime=("DS", "1e400"), SeriesDescription=("LO", " A\x1b[31m  B\n"),
    )  # fmt: skip
    assert number(made, "Rows") == 512
    assert number(made, "SliceThickness") is number(made, "RescaleSlope") is number(made, "Columns") is None
    assert number(made, "EchoTime") is None  # infinite
    assert spacing_of(made, "PixelSpacing") == (0.5, 0.25)
    assert numbers(made, "ImagePositionPatient", 3) is None
    assert words(made.SeriesDescription) == "A [31m B"


@pytest.mark.parametrize(
    ("six", "is_right"),
    [((1, 0, 0, 0, 1, 0), True), ((2, 0, 0, 0, 2, 0), True), ((1, 0, 0, 1, 0, 0), False), ((0,) * 6, False)],
)
def test_directions_are_two_unit_vectors_at_right_angles_or_none(six, is_right):
    row, column = directions(tuple(float(v) for v in six))
    assert (row == (1.0, 0.0, 0.0) and column == (0.0, 1.0, 0.0)) if is_right else row is column is None
    assert directions(None) == (None, None) and positive(-1.0) is positive(None) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("case1.nii.gz", "case1"), ("case1.NII.GZ", "case1"), ("a.b.png", "a.b"), ("x.seg.nrrd", "x"), ("IM0001", "IM0001"),
        (".nii.gz", ".nii.gz"), ("two words.mha", "two words"),
    ],
)  # fmt: skip
def test_a_stem_is_the_name_without_its_format(tmp_path, name, expected):
    assert stem(tmp_path / name) == expected


def test_names_and_sizes_are_shown_on_one_line_in_words(tmp_path):
    assert shown(tmp_path / "a\nb\x07c") == "a b c"
    assert [size_in_words(n) for n in (0, 999, 1500, 157_286_400, 54e12, 1e18)] == [
        "0 bytes", "999 bytes", "1.5 kB", "157.3 MB", "54 TB", "1e+06 TB",
    ]  # fmt: skip
