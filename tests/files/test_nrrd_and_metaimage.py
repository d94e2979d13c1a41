"""NRRD and MetaImage: what other programs write, and headers that lie or point elsewhere."""

import bz2
import gzip
import zlib

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - as everybody writes it

from tests.files.phantoms import LANDMARK, SHAPE, voxels
from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.volumes import read_volume

X, Y, Z = SHAPE[::-1]
NRRD = {
    "type": "short",
    "dimension": "3",
    "space": "left-posterior-superior",
    "sizes": f"{X} {Y} {Z}",
    "space directions": "(0.8,0,0) (0,0.9,0) (0,0,2.5)",
    "kinds": "domain domain domain",
    "endian": "little",
    "encoding": "raw",
    "space origin": "(-8,-10,-20)",
}
MHA = {
    "ObjectType": "Image",
    "NDims": "3",
    "BinaryData": "True",
    "BinaryDataByteOrderMSB": "False",
    "CompressedData": "False",
    "TransformMatrix": "1 0 0 0 1 0 0 0 1",
    "Offset": "-8 -10 -20",
    "ElementSpacing": "0.8 0.9 2.5",
    "DimSize": f"{X} {Y} {Z}",
    "ElementType": "MET_SHORT",
}


def nrrd(folder, body=None, name="scan.nrrd", **fields):
    """A NRRD file; a field given as None is left out, underscores stand for spaces."""
    given = NRRD | {k.replace("_", " "): v for k, v in fields.items()}
    head = "NRRD0004\n# a comment: with a colon\n" + "".join(f"{k}: {v}\n" for k, v in given.items() if v is not None)
    path = folder / name
    path.write_bytes(head.encode() + b"\n" + (voxels().tobytes() if body is None else body))
    return path


def mha(folder, body=None, name="scan.mha", data="LOCAL", **fields):
    given = {k: v for k, v in (MHA | fields).items() if v is not None}
    head = "".join(f"{k} = {v}\n" for k, v in given.items()) + f"ElementDataFile = {data}\n"
    path = folder / name
    path.write_bytes(head.encode() + (voxels().tobytes() if body is None else body))
    return path


@pytest.mark.parametrize("make", [nrrd, mha])
def test_voxels_and_geometry_are_those_of_the_file_and_of_simpleitk(tmp_path, make):
    path = make(tmp_path)
    read, theirs = read_volume(path), sitk.ReadImage(str(path))
    assert np.array_equal(read.voxels, voxels()) and read.warnings == ()
    assert (read.geometry.spacing_mm, read.geometry.origin_mm) == ((2.5, 0.9, 0.8), (-8.0, -10.0, -20.0))
    assert read.geometry.patient_point(LANDMARK) == pytest.approx(theirs.TransformIndexToPhysicalPoint(LANDMARK[::-1]))


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("gz", gzip.compress), ("bzip2", bz2.compress)]
)
def test_packed_nrrd_opens(tmp_path, encoding, pack):
    assert np.array_equal(read_volume(nrrd(tmp_path, pack(voxels().tobytes()), encoding=encoding)).voxels, voxels())


def test_packed_metaimage_opens(tmp_path):
    path = mha(tmp_path, zlib.compress(voxels().tobytes()), CompressedData="True")
    assert np.array_equal(read_volume(path).voxels, voxels())


def test_big_endian_voxels_open(tmp_path):
    body = voxels().astype(">i2").tobytes()
    assert np.array_equal(read_volume(nrrd(tmp_path, body, endian="big")).voxels, voxels())
    assert np.array_equal(read_volume(mha(tmp_path, body, BinaryDataByteOrderMSB="True")).voxels, voxels())


@pytest.mark.parametrize(
    ("space", "signs"), [("RAS", (-1, -1, 1)), ("left-anterior-superior", (1, -1, 1)), ("LPS", (1, 1, 1))]
)
def test_every_named_space_becomes_lps(tmp_path, space, signs):
    read = read_volume(nrrd(tmp_path, space=space)).geometry
    assert read.patient_point((1, 2, 3)) == pytest.approx(tuple(np.array([-8 + 2.4, -10 + 1.8, -20 + 2.5]) * signs))


def test_units_of_a_nrrd_become_millimetres(tmp_path):
    read = read_volume(nrrd(tmp_path, space_units='"um" "um" "um"')).geometry
    assert read.spacing_mm == pytest.approx((0.0025, 0.0009, 0.0008))


def test_a_nrrd_without_space_has_no_orientation_and_one_without_spacing_no_millimetres(tmp_path):
    left_out = {"space": None, "space_directions": None, "space_origin": None}
    known = read_volume(nrrd(tmp_path, spacings="0.8 0.9 2.5", **left_out))
    assert known.geometry.spacing_mm == (2.5, 0.9, 0.8) and not known.geometry.has_orientation
    unknown = read_volume(nrrd(tmp_path, **left_out))
    assert not unknown.geometry.has_spacing and "spacing" in unknown.warnings[0]


def test_a_metaimage_without_matrix_has_no_orientation(tmp_path):
    read = read_volume(mha(tmp_path, TransformMatrix=None, ElementSpacing=None))
    assert not read.geometry.has_orientation and not read.geometry.has_spacing


def test_colour_and_frames_of_a_nrrd_are_told_apart(tmp_path):
    rgb = np.stack([voxels(dtype=np.uint8) + c for c in range(3)], axis=-1)
    fields = {"dimension": "4", "sizes": f"3 {X} {Y} {Z}", "type": "uchar"}
    fields["space_directions"] = "none " + NRRD["space directions"]
    colour = read_volume(nrrd(tmp_path, rgb.tobytes(), kinds="RGB-color domain domain domain", **fields))
    assert np.array_equal(colour.voxels, rgb)
    path = nrrd(tmp_path, rgb.tobytes(), kinds="list domain domain domain", **fields)
    with pytest.raises(ChoiceNeeded, match="3 frames"):
        read_volume(path)
    assert np.array_equal(read_volume(path, "2").voxels, rgb[..., 1])


def test_frames_after_one_another_open_one_by_one(tmp_path):
    both = np.stack([voxels(), voxels() + 5])
    path = nrrd(
        tmp_path,
        both.tobytes(),
        dimension="4",
        sizes=f"{X} {Y} {Z} 2",
        kinds="domain domain domain time",
        space_directions=NRRD["space directions"] + " none",
    )
    assert np.array_equal(read_volume(path, "2").voxels, both[1])
    four = {"NDims": "4", "DimSize": f"{X} {Y} {Z} 2", "ElementSpacing": "0.8 0.9 2.5 1", "Offset": "-8 -10 -20 0"}
    path = mha(tmp_path, both.tobytes(), TransformMatrix=" ".join(str(v) for v in np.eye(4).ravel()), **four)
    read = read_volume(path, "2")
    assert np.array_equal(read.voxels, both[1]) and read.geometry.spacing_mm == (2.5, 0.9, 0.8)


def test_metaimage_colour_is_three_channels(tmp_path):
    rgb = np.stack([voxels(dtype=np.uint8) + c for c in range(3)], axis=-1)
    path = mha(tmp_path, rgb.tobytes(), ElementType="MET_UCHAR", ElementNumberOfChannels="3")
    assert np.array_equal(read_volume(path).voxels, rgb)


@pytest.mark.parametrize("name", ["scan.nhdr", "scan.mhd"])
def test_a_header_with_its_voxels_in_a_file_beside_it_opens(tmp_path, name):
    (tmp_path / "voxels.raw").write_bytes(voxels().tobytes())
    path = (
        nrrd(tmp_path, b"", name, data_file="voxels.raw")
        if name[-4:] == "nhdr"
        else mha(tmp_path, b"", name, "voxels.raw")
    )
    assert np.array_equal(read_volume(path).voxels, voxels())
    assert np.array_equal(read_volume(tmp_path).voxels, voxels())


def test_bytes_before_the_voxels_are_skipped(tmp_path):
    body = b"skipped" + voxels().tobytes()
    (tmp_path / "voxels.raw").write_bytes(body)
    for path in (
        nrrd(tmp_path, body, byte_skip="7"),
        nrrd(tmp_path, body, byte_skip="-1"),
        mha(tmp_path, b"", "a.mhd", "voxels.raw", HeaderSize="7"),
        mha(tmp_path, b"", "b.mhd", "voxels.raw", HeaderSize="-1"),
    ):
        assert np.array_equal(read_volume(path).voxels, voxels()), path


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret", "deep/../../secret"])
def test_a_header_that_points_outside_its_folder_is_refused(tmp_path, target):
    (tmp_path / "secret").write_bytes(bytes(1000))
    folder = tmp_path / "inner"
    folder.mkdir()
    for path in (nrrd(folder, b"", "a.nhdr", data_file=target), mha(folder, b"", "a.mhd", target)):
        with pytest.raises(ReadError, match="outside its own folder"):
            read_volume(path)


def test_a_link_that_leads_outside_the_folder_is_refused(tmp_path):
    (tmp_path / "secret").write_bytes(bytes(1000))
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "voxels.raw").symlink_to(tmp_path / "secret")
    with pytest.raises(ReadError, match="outside its own folder"):
        read_volume(mha(folder, b"", "a.mhd", "voxels.raw"))


def test_a_missing_data_file_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"nosuch\.raw, which is missing"):
        read_volume(mha(tmp_path, b"", "a.mhd", "nosuch.raw"))


@pytest.mark.parametrize("name", ["LIST", "LIST 2", "slice%03d.raw 1 9 1"])
def test_voxels_spread_over_several_files_are_refused(tmp_path, name):
    for path in (nrrd(tmp_path, b"", "a.nhdr", data_file=name), mha(tmp_path, b"", "a.mhd", name)):
        with pytest.raises(ReadError, match="several data files"):
            read_volume(path)


@pytest.mark.parametrize("make", [nrrd, mha])
def test_a_file_too_short_for_its_claim_is_refused(tmp_path, make):
    with pytest.raises(ReadError, match="damaged: expected"):
        read_volume(make(tmp_path, voxels().tobytes()[:-1]))


def test_huge_claims_are_refused_before_anything_is_allocated(tmp_path):
    sizes = "90000 90000 90000"
    packed = zlib.compress(bytes(1000))
    for path in (nrrd(tmp_path, sizes=sizes), mha(tmp_path, packed, DimSize=sizes, CompressedData="True")):
        with pytest.raises(ReadError, match="damaged: expected 1,458,000,000,"):
            read_volume(path)


def test_damaged_packing_is_refused(tmp_path):
    for packed, encoding in ((gzip.compress(voxels().tobytes()), "gzip"), (bz2.compress(voxels().tobytes()), "bzip2")):
        for body in (packed[: len(packed) // 2], packed[:-9] + bytes(9)):
            with pytest.raises(ReadError, match=r"damaged|can't be read"):
                read_volume(nrrd(tmp_path, body, encoding=encoding))
    packed = zlib.compress(voxels().tobytes())
    for body in (packed[: len(packed) // 2], packed[:10] + b"\xff" * 20 + packed[30:]):
        with pytest.raises(ReadError, match="damaged"):
            read_volume(mha(tmp_path, body, CompressedData="True"))


@pytest.mark.parametrize(
    "fields",
    [
        {"sizes": None}, {"sizes": "5 x 4"}, {"sizes": "5 0 4"}, {"sizes": "5 -6 4"}, {"type": "block"}, {"type": None},
        {"encoding": "hex"}, {"byte_skip": "many"}, {"line_skip": "x"}, {"line_skip": "2"},
        {"sizes": "5 6 4 1 1", "space_directions": None},
    ],
)  # fmt: skip
def test_nonsense_in_a_nrrd_header_is_a_sentence(tmp_path, fields):
    with pytest.raises(ReadError, match=r"scan\.nrrd"):
        read_volume(nrrd(tmp_path, **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"DimSize": None}, {"DimSize": "5 x 4"}, {"DimSize": "5 0 4"}, {"ElementType": "MET_OTHER"}, {"BinaryData": "False"},
        {"ElementNumberOfChannels": "7"}, {"ElementNumberOfChannels": "x"}, {"HeaderSize": "x"},
    ],
)  # fmt: skip
def test_nonsense_in_a_metaimage_header_is_a_sentence(tmp_path, fields):
    with pytest.raises(ReadError, match=r"scan\.mha"):
        read_volume(mha(tmp_path, **fields))


def test_a_metaimage_that_names_no_data_is_refused(tmp_path):
    (tmp_path / "a.mha").write_text("ObjectType = Image\nNDims = 3\n")
    with pytest.raises(ReadError, match="names no data file"):
        read_volume(tmp_path / "a.mha")


def test_a_sheared_grid_is_resampled_and_slanted_slices_are_moved_and_told(tmp_path):
    for path in (
        nrrd(tmp_path, space_directions="(0.8,0.3,0) (0,0.9,0) (0,0,2.5)"),
        mha(tmp_path, TransformMatrix="1 0.3 0 0 1 0 0 0 1"),
    ):
        assert "sheared" in read_volume(path).warnings[0]
    for path in (
        nrrd(tmp_path, space_directions="(0.8,0,0) (0,0.9,0) (0,0.8,2.5)"),
        mha(tmp_path, TransformMatrix="1 0 0 0 1 0 0 0.3 0.95"),
    ):
        assert "slanted" in read_volume(path).warnings[0]
