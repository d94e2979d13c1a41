"""One slice of a scan before the rest: the slice that the volume then has, whatever the file."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from pydicom.data import get_testdata_file

from tests.files.phantoms import SHAPE, dicom_series, nifti, nifti_file, volume, voxels
from unet_studio.errors import ReadError
from unet_studio.files import stored_voxels
from unet_studio.files.volumes import inspect, read_volume, reading, write_volume
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Geometry, Volume


def opened(path, choice=""):
    """The previews, what was told before the first of them, and the volume."""
    reports, steps = [], reading(path, choice)
    try:
        while True:
            reports.append(next(steps))
    except StopIteration as end:
        return [r for r in reports if isinstance(r, Preview)], end.value


def agrees(preview: Preview, whole: Volume) -> bool:
    return (
        np.array_equal(preview.pixels, whole.voxels[preview.index])
        and preview.geometry == whole.geometry
        and (preview.name, preview.modality) == (whole.name, whole.modality)
        and not preview.pixels.flags.writeable
    )


def coloured(tmp_path):
    made = np.random.default_rng(0).integers(0, 255, (*SHAPE, 3)).astype(np.uint8)
    return Volume(made, Geometry(SHAPE))


@pytest.mark.parametrize("ending", [".nii", ".nii.gz", ".nrrd", ".mha"])
@pytest.mark.parametrize("make", [lambda _: volume(), coloured], ids=["grey", "colour"])
def test_files_of_ours_show_one_slice_first(tmp_path, ending, make):
    path = tmp_path / f"scan{ending}"
    write_volume(path, make(tmp_path))
    (preview,), whole = opened(path)
    assert agrees(preview, whole)
    assert preview.index == (SHAPE[0] // 2 if ending == ".nii" else 0)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("slope", "inter"), [(1.0, 0.0), (1.0, -1024.0), (0.5, 3.0)])
@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_it_is_scaled_as_the_volume_is(tmp_path, order, slope, inter, name):
    path = nifti_file(tmp_path, name, order=order, slope=slope, inter=inter)
    (preview,), whole = opened(path)
    assert agrees(preview, whole)
    assert np.allclose(whole.voxels, voxels() * slope + inter)


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_each_frame_of_a_4d_file_shows_its_own(tmp_path, name):
    frames = np.stack([voxels() + 300 * n for n in range(3)])
    path = nifti_file(tmp_path, name, data=frames)
    for n in range(3):
        (preview,), whole = opened(path, str(n + 1))
        assert agrees(preview, whole) and np.array_equal(whole.voxels, frames[n])


def test_a_frame_far_inside_a_packed_file_shows_none(tmp_path, monkeypatch):
    monkeypatch.setattr(stored_voxels, "_FARTHEST", 300)
    path = nifti_file(tmp_path, "a.nii.gz", data=np.stack([voxels(), voxels()]))
    previews, whole = opened(path, "2")
    assert previews == [] and np.array_equal(whole.voxels, voxels())


def test_frames_beside_each_other_and_alpha_are_sorted_out(tmp_path):
    head = "NRRD0004\ntype: uint8\ndimension: 4\nsizes: 4 5 6 4\nkinds: {} domain domain domain\nencoding: raw\n\n"
    beside = np.random.default_rng(0).integers(0, 255, (*SHAPE, 4)).astype(np.uint8)
    for kind, choice, expected in (("list", "3", beside[..., 2]), ("RGBA-color", "", beside[..., :3])):
        path = tmp_path / f"{kind}.nrrd"
        path.write_bytes(head.format(kind).encode() + beside.tobytes())
        (preview,), whole = opened(path, choice)
        assert agrees(preview, whole) and np.array_equal(whole.voxels, expected)


def test_a_series_shows_its_middle_and_not_a_slice_that_is_missing(tmp_path):
    (preview,), whole = opened(dicom_series(tmp_path / "whole"))
    assert agrees(preview, whole) and preview.index == 2
    (preview,), whole = opened(dicom_series(tmp_path / "gap", ks=[0, 1, 3, 4]))
    assert agrees(preview, whole) and preview.index != 2 and whole.geometry.shape[0] == 5


def test_a_compressed_slice_shows_too():
    (preview,), whole = opened(Path(str(get_testdata_file("MR_small_RLE.dcm", download=False))))
    assert agrees(preview, whole)


def test_a_damaged_scan_is_refused_in_the_words_of_the_whole(tmp_path):
    path = tmp_path / "cut.nii.gz"
    path.write_bytes(gzip.compress(nifti())[:-30])
    with pytest.raises(ReadError) as told:
        opened(path)
    assert str(told.value) == inspect(path).message


def test_reading_a_volume_in_one_go_looks_at_no_slice_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(stored_voxels, "read_piece", None)
    assert read_volume(nifti_file(tmp_path)).voxels.size
