"""NIfTI files as they come: good, odd, and lying."""

import gzip
import os
import struct

import nibabel
import numpy as np
import pytest

from tests.files.phantoms import BRIGHT, LANDMARK, SHAPE, nifti, nifti_file, voxels
from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.volumes import inspect, read_volume


def said(tmp_path, *args, **fields) -> str:
    """The sentence with which a NIfTI file is refused."""
    with pytest.raises(ReadError) as error:
        read_volume(nifti_file(tmp_path, *args, **fields))
    return str(error.value)


@pytest.mark.parametrize("name", ["scan.nii", "scan.nii.gz"])
def test_voxels_geometry_and_name_are_those_of_the_file(tmp_path, name):
    read = read_volume(nifti_file(tmp_path, name))
    assert np.array_equal(read.voxels, voxels()) and read.voxels.dtype == np.int16
    assert read.geometry.spacing_mm == (2.5, 0.9, 0.8)
    assert read.geometry.origin_mm == (8.0, 10.0, -20.0)
    assert read.geometry.axes == ((0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0))
    assert (read.name, read.warnings) == ("scan", ())


def test_ras_becomes_lps(tmp_path):
    path = nifti_file(tmp_path)
    ras = nibabel.load(path).affine @ [*LANDMARK[::-1], 1]
    assert read_volume(path).geometry.patient_point(LANDMARK) == pytest.approx(tuple(ras[:3] * [-1, -1, 1]), abs=1e-5)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("datatype", "dtype"),
    [
        (2, "u1"),
        (4, "i2"),
        (8, "i4"),
        (16, "f4"),
        (64, "f8"),
        (256, "i1"),
        (512, "u2"),
        (768, "u4"),
        (1024, "i8"),
        (1280, "u8"),
    ],
)
def test_every_voxel_type_of_either_byte_order_opens_as_itself(tmp_path, datatype, dtype, order):
    data = (voxels() % 100).astype(dtype)
    read = read_volume(nifti_file(tmp_path, data=data, datatype=datatype, order=order))
    assert read.voxels.dtype == np.dtype(dtype) and read.voxels.dtype.isnative
    assert np.array_equal(read.voxels, data)


def test_large_unsigned_numbers_are_not_rounded(tmp_path):
    data = voxels().astype(np.uint32) + 4_000_000_000
    assert np.array_equal(read_volume(nifti_file(tmp_path, data=data, datatype=768)).voxels, data)


def test_nifti_2_opens(tmp_path):
    affine = np.diag([-0.8, 0.9, 2.5, 1.0])
    nibabel.save(nibabel.Nifti2Image(voxels().T, affine), tmp_path / "two.nii.gz")
    read = read_volume(tmp_path / "two.nii.gz")
    assert np.array_equal(read.voxels, voxels()) and read.geometry.spacing_mm == (2.5, 0.9, 0.8)


def test_a_header_and_image_pair_opens_from_either_file(tmp_path):
    nibabel.save(nibabel.Nifti1Pair(voxels().T, np.eye(4)), tmp_path / "pair.img")
    for name in ("pair.img", "pair.hdr"):
        assert np.array_equal(read_volume(tmp_path / name).voxels, voxels())


def test_half_a_pair_names_the_missing_half(tmp_path):
    nibabel.save(nibabel.Nifti1Pair(voxels().T, np.eye(4)), tmp_path / "pair.img")
    (tmp_path / "pair.hdr").unlink()
    with pytest.raises(ReadError, match=r"pair\.img is half of a pair: pair\.hdr is missing"):
        read_volume(tmp_path / "pair.img")


def test_a_packed_file_with_an_unpacked_one_of_its_name_beside_it_opens_as_itself(tmp_path):
    packed, plain = nifti_file(tmp_path, "x.nii.gz"), nifti_file(tmp_path, "x.nii", data=voxels() + 1)
    assert read_volume(packed).voxels[LANDMARK] == BRIGHT
    assert read_volume(plain).voxels[LANDMARK] == BRIGHT + 1


@pytest.mark.parametrize("name", ["scan.nii", "scan.dcm", "IM0001", "scan.png"])
def test_the_content_counts_and_not_the_name(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(nifti()))
    assert np.array_equal(read_volume(tmp_path / name).voxels, voxels())


def test_slope_and_intercept_make_intensities(tmp_path):
    read = read_volume(nifti_file(tmp_path, slope=0.5, inter=-1024.0))
    assert read.voxels[LANDMARK] == BRIGHT * 0.5 - 1024 and read.voxels.dtype == np.float32


def test_whole_numbers_stay_whole_and_do_not_overflow(tmp_path):
    data = (voxels() % 256).astype(np.uint8)
    read = read_volume(nifti_file(tmp_path, data=data, datatype=2, slope=5.0, inter=-100.0))
    assert read.voxels.dtype == np.int16 and np.array_equal(read.voxels, data.astype(int) * 5 - 100)


@pytest.mark.parametrize(("slope", "inter"), [(0.0, 5.0), (np.nan, np.nan), (np.inf, 0.0)])
def test_a_slope_that_means_nothing_is_ignored_with_its_intercept(tmp_path, slope, inter):
    assert np.array_equal(read_volume(nifti_file(tmp_path, slope=slope, inter=inter)).voxels, voxels())


@pytest.mark.parametrize(("units", "scale"), [(2, 1.0), (3, 0.001), (1, 1000.0)])
def test_metres_and_microns_become_millimetres(tmp_path, units, scale):
    pixdim = (1, 0.8, 0.9, 2.5, 1, 1, 1, 1)
    read = read_volume(nifti_file(tmp_path, units=units, pixdim=pixdim)).geometry
    assert read.spacing_mm == pytest.approx((2.5 * scale, 0.9 * scale, 0.8 * scale))
    assert read.origin_mm[2] == pytest.approx(-20 * scale)


def test_a_file_without_orientation_says_so_and_keeps_its_spacing(tmp_path):
    read = read_volume(nifti_file(tmp_path, qform=0, sform=0))
    assert not read.geometry.has_orientation and read.geometry.has_spacing
    assert read.geometry.spacing_mm == (2.5, 0.9, 0.8)
    assert any("stores no orientation" in w for w in read.warnings)


@pytest.mark.parametrize("size", [0.0, np.nan, np.inf])
def test_an_impossible_spacing_is_unknown_and_never_one_millimetre(tmp_path, size):
    read = read_volume(nifti_file(tmp_path, pixdim=(1, 0.8, size, 2.5, 1, 1, 1, 1)))
    assert not read.geometry.has_spacing
    assert any("spacing" in w for w in read.warnings)


def test_a_bad_voxel_size_beside_a_good_sform_is_told(tmp_path):
    rows = [[0.8, 0, 0, 0], [0, 0.9, 0, 0], [0, 0, 2.5, 0]]
    read = read_volume(nifti_file(tmp_path, pixdim=(1, np.nan, 0.9, 2.5, 1, 1, 1, 1), rows=rows))
    assert read.geometry.has_spacing and "spacing" in read.warnings[0]


def test_two_orientations_that_disagree_are_told(tmp_path):
    rows = [[-0.8, 0, 0, 8.0], [0, 0.9, 0, -10.0], [0, 0, 2.5, -20.0]]
    read = read_volume(nifti_file(tmp_path, rows=rows))
    assert "qform and sform" in read.warnings[0] and read.geometry.axes[2] == (1.0, 0.0, 0.0)


def test_a_sheared_grid_is_resampled_onto_a_right_one_where_none_is_stored(tmp_path):
    rows = [[0.8, 0.25, 0, 0], [0, 0.9, 0, 0], [0, 0, 2.5, 0]]
    data = np.add.outer(np.arange(6) * 40, np.add.outer(np.arange(6) * 8, np.arange(5) * 8)).astype(np.int16)
    read = read_volume(nifti_file(tmp_path, data=data, rows=rows, qform=0))
    axes = np.array(read.geometry.axes)
    assert "sheared" in read.warnings[0] and np.allclose(axes @ axes.T, np.eye(3), atol=1e-9)
    assert read.geometry.shape == data.shape
    shear = np.diag([-1.0, -1.0, 1.0]) @ np.array(rows)[:, :3]
    for at in np.ndindex(data.shape):
        x, y, z = np.linalg.inv(shear) @ read.geometry.patient_point(at)
        if min(x, y, z) >= 0 and x <= 4 and y <= 5 and z <= 5:  # the values are linear, so interpolating them is exact
            assert read.voxels[at] == pytest.approx(40 * z + 8 * y + 8 * x, abs=0.51)
    read = read_volume(nifti_file(tmp_path, rows=rows, qform=1))
    assert read.geometry.axes[0] == (0.0, 0.0, 1.0) and any("qform" in w for w in read.warnings)


def test_labels_on_a_sheared_grid_lie_on_its_scan(tmp_path):
    rows = [[0.8, 0.25, 0, 0], [0, 0.9, 0, 0], [0, 0, 2.5, 0]]
    scan = read_volume(nifti_file(tmp_path, rows=rows, qform=0))
    mask = np.zeros(SHAPE, np.int16)
    mask[1:3, 2:4, 1:4] = 7
    labels, _ = read_label_map(nifti_file(tmp_path, data=mask, rows=rows, qform=0), scan.geometry)
    assert labels.shape == scan.geometry.shape and set(np.unique(labels)) == {0, 7}


def test_slanted_slices_are_moved_onto_a_right_grid_unchanged(tmp_path):
    rows = [[0.8, 0, 0, 0], [0, 0.9, 0.8, 0], [0, 0, 2.5, 0]]
    read = read_volume(nifti_file(tmp_path, rows=rows, qform=0))
    assert "slanted" in read.warnings[0] and read.geometry.axes[0] == (0.0, 0.0, 1.0)
    assert sorted(read.voxels[2].ravel())[-voxels()[2].size :] == sorted(voxels()[2].ravel())
    at = (np.linalg.inv(read.geometry.matrix) @ [0.0, -1.6, 5.0, 1.0])[:3]
    assert read.voxels[tuple(round(i) for i in at)] == voxels()[2, 0, 0]
    assert read.geometry.voxel_ml == pytest.approx(0.8 * 0.9 * 2.5 / 1000)


def test_a_singular_matrix_is_refused(tmp_path):
    assert "singular" in said(tmp_path, rows=[[0.8, 0, 0, 0], [0, 0, 0, 0], [0, 0, 2.5, 0]], qform=0)


def test_a_4d_file_asks_which_frame_and_opens_each(tmp_path):
    data = np.stack([voxels(), voxels() + 100, voxels() + 200])
    path = nifti_file(tmp_path, data=data)
    with pytest.raises(ChoiceNeeded, match="3 frames") as asked:
        read_volume(path)
    assert asked.value.choices == ("1", "2", "3")
    for number, choice in enumerate(asked.value.choices):
        read = read_volume(path, choice)
        assert np.array_equal(read.voxels, data[number]) and read.name == f"scan frame {choice}"
    assert [v.frames for v in inspect(path).volumes] == [3, 3, 3]


def test_a_choice_that_is_not_there_is_refused(tmp_path):
    path = nifti_file(tmp_path, data=np.stack([voxels()] * 2))
    with pytest.raises(ReadError, match="no volume 7"):
        read_volume(path, "7")


def test_one_frame_of_four_dimensions_is_a_volume(tmp_path):
    assert read_volume(nifti_file(tmp_path, data=voxels()[None])).voxels.shape == SHAPE


def test_a_flat_picture_is_one_slice(tmp_path):
    assert read_volume(nifti_file(tmp_path, data=voxels()[1])).voxels.shape == (1, *SHAPE[1:])


@pytest.mark.parametrize(("datatype", "channels"), [(128, 3), (2304, 4)])
def test_colour_is_three_channels_and_said(tmp_path, datatype, channels):
    data = np.stack([voxels(dtype=np.uint8) + c for c in range(channels)], axis=-1)
    dim = [3, *SHAPE[::-1], 1, 1, 1, 1]
    read = read_volume(nifti_file(tmp_path, data=data, dim=dim, datatype=datatype))
    assert read.channels == 3 and np.array_equal(read.voxels, data[..., :3]) and "colour" in read.warnings[0]


def test_non_finite_voxels_are_kept_and_counted(tmp_path):
    data = voxels(dtype=np.float32)
    data[0, 0, :3] = np.nan, np.inf, -np.inf
    path = nifti_file(tmp_path, data=data, datatype=16)
    read = read_volume(path)
    assert np.array_equal(read.voxels, data, equal_nan=True) and read.warnings[0].startswith("3 non-finite voxels")
    summary = inspect(path).volumes[0]
    assert (summary.minimum, summary.maximum) == (3.0, float(BRIGHT))


def test_a_scan_of_nan_alone_is_refused(tmp_path):
    assert "no finite value" in said(tmp_path, data=np.full(SHAPE, np.nan, np.float32), datatype=16)


@pytest.mark.parametrize(
    ("datatype", "word"), [(32, "complex"), (1536, "data type"), (1, "data type"), (0, "data type")]
)
def test_types_without_one_number_a_voxel_are_refused_by_name(tmp_path, datatype, word):
    assert word in said(tmp_path, datatype=datatype, data=np.zeros((4, 6, 10), np.float64))


def test_a_truncated_file_is_refused_with_both_sizes(tmp_path):
    whole = nifti()
    for name, kept in (("cut.nii", whole[: 352 + 100]), ("header.nii", whole[:352])):
        (tmp_path / name).write_bytes(kept)
        with pytest.raises(ReadError) as error:
            read_volume(tmp_path / name)
        assert str(error.value) == f"{name} is damaged: expected 592 bytes, found {len(kept)}. Ask for a new copy."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_gzip_is_refused_wherever_it_ends(tmp_path, share):
    whole = gzip.compress(nifti(np.random.default_rng(0).integers(0, 999, (20, 30, 40)).astype(np.int16)))
    (tmp_path / "cut.nii.gz").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ReadError, match="damaged"):
        read_volume(tmp_path / "cut.nii.gz")


def test_a_gzip_cut_at_its_checksum_and_one_with_a_wrong_checksum_are_refused(tmp_path):
    whole = gzip.compress(nifti())
    for name, content in (("cut.nii.gz", whole[:-8]), ("crc.nii.gz", whole[:-8] + bytes(4) + whole[-4:])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ReadError, match="damaged"):
            read_volume(tmp_path / name)


def test_a_gzip_of_several_members_opens_whole(tmp_path):
    whole = nifti()
    (tmp_path / "two.nii.gz").write_bytes(gzip.compress(whole[:300]) + gzip.compress(whole[300:]))
    assert np.array_equal(read_volume(tmp_path / "two.nii.gz").voxels, voxels())


def test_a_header_that_claims_terabytes_is_refused_before_anything_is_allocated(tmp_path):
    message = said(tmp_path, dim=[3, 30000, 30000, 30000, 1, 1, 1, 1], raw=bytes(1000))
    assert "expected 54,000,000,000,352 bytes" in message


def test_a_file_that_unpacks_to_far_more_than_scans_do_asks_first(tmp_path, monkeypatch):
    monkeypatch.setattr("unet_studio.files.stored._ASK_ABOVE_BYTES", 1000)
    path = nifti_file(tmp_path, data=np.zeros((50, 60, 70), np.int16))
    with pytest.raises(ChoiceNeeded, match=r"unpacks to 420\.4 kB, which is large") as asked:
        read_volume(path)
    assert read_volume(path, asked.value.choices[0]).voxels.shape == (50, 60, 70)


def test_a_scan_larger_than_the_free_memory_is_refused_with_both_sizes(tmp_path, monkeypatch):
    class Memory:
        available = 100

    monkeypatch.setattr("psutil.virtual_memory", Memory)
    assert "needs 240 bytes of memory, 100 bytes are free" in said(tmp_path)


@pytest.mark.parametrize("name", ["scan.nii", "scan.nii.gz"])
def test_a_file_longer_than_its_header_says_is_told(tmp_path, name):
    read = read_volume(nifti_file(tmp_path, name, dim=[3, 5, 6, 2, 1, 1, 1, 1]))
    assert read.voxels.shape == (2, 6, 5) and "longer than its header says" in read.warnings[0]


@pytest.mark.parametrize("dim", [[3, 5, 6, 0], [3, -5, 6, 4], [0, 5, 6, 4], [9, 5, 6, 4], [-1, 5, 6, 4]])
def test_impossible_sizes_are_refused(tmp_path, dim):
    assert "damaged" in said(tmp_path, dim=[*dim, 1, 1, 1, 1])


@pytest.mark.parametrize("offset", [1e9, np.nan, -5.0, np.inf])
def test_impossible_data_offsets_are_refused(tmp_path, offset):
    assert "damaged" in said(tmp_path, "scan.nii", vox_offset=offset)


def test_an_analyze_header_is_not_taken_for_nifti(tmp_path):
    with pytest.raises(ReadError, match="format"):
        read_volume(nifti_file(tmp_path, "scan.nii", magic=b"XXXX"))


def test_a_header_cut_short_is_refused(tmp_path):
    (tmp_path / "short.nii").write_bytes(nifti()[:347])
    (tmp_path / "two.nii").write_bytes(struct.pack("<i", 540) + b"n+2\0\r\n\x1a\n" + bytes(200))
    for name in ("short.nii", "two.nii"):
        with pytest.raises(ReadError, match=name):
            read_volume(tmp_path / name)


def test_a_name_of_255_bytes_and_one_in_any_script_open(tmp_path):
    for name in (
        "n" * 248 + ".nii.gz",
        "Пациент 山田 é ✓.nii.gz",
        "-rf.nii.gz",
        "line1\nline2.nii.gz",
        " two  spaces .nii.gz",
    ):
        assert np.array_equal(read_volume(nifti_file(tmp_path, name)).voxels, voxels())


def test_a_name_that_is_no_text_opens(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad_\xff\xfe_name.nii.gz")
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib would do as well
        file.write(gzip.compress(nifti()))
    from pathlib import Path

    read = read_volume(Path(path))
    assert read.name == "bad_??_name" and read.name.encode()


def test_the_fingerprint_is_of_shape_type_and_voxels(tmp_path):
    first = read_volume(nifti_file(tmp_path, "a.nii.gz"))
    moved = read_volume(nifti_file(tmp_path, "b.nii", offset=(1.0, 2.0, 3.0)))
    other = voxels()
    other[0, 0, 0] += 1
    assert first.fingerprint == moved.fingerprint and len(first.fingerprint) == 64
    assert first.fingerprint != read_volume(nifti_file(tmp_path, "c.nii", data=other)).fingerprint
    turned = voxels().reshape(6, 4, 5)
    assert first.fingerprint != read_volume(nifti_file(tmp_path, "d.nii", data=turned)).fingerprint
    unsigned = voxels().astype(np.uint16)
    assert first.fingerprint != read_volume(nifti_file(tmp_path, "e.nii", data=unsigned, datatype=512)).fingerprint


def test_reading_a_scan_never_changes_it(tmp_path):
    path = nifti_file(tmp_path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    read_volume(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_packed_file_and_a_plain_one_of_its_name_beside_it_open_as_themselves(tmp_path):
    packed, plain = tmp_path / "x.nii.gz", tmp_path / "x.nii"
    packed.write_bytes(gzip.compress(nifti(voxels() + 1)))
    plain.write_bytes(nifti(voxels() + 2))  # ITK #2243: SimpleITK opens this one for both
    assert read_volume(packed).voxels[LANDMARK] == BRIGHT + 1
    assert read_volume(plain).voxels[LANDMARK] == BRIGHT + 2
