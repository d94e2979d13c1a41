"""All frames of a scan in one go: each as if it had been opened alone."""

import gzip

import nibabel
import numpy as np
import pytest

from tests.files.phantoms import dicom_slice, nifti_file, save
from unet_studio.errors import ReadError
from unet_studio.files import stored
from unet_studio.files.frames import frame_ids, reading_frames
from unet_studio.files.volumes import read_volume
from unet_studio.image.preview import Preview
from unet_studio.progress import finish

FRAMES = np.arange(4 * 3 * 6 * 5, dtype=np.int16).reshape(4, 3, 6, 5)


def read(path, choices, **how):
    found = {}
    finish(reading_frames(path, choices, lambda place, volume: found.update({place: volume}), **how))
    return [found[n] for n in range(len(choices))]


@pytest.mark.parametrize("how", [{}, {"slope": 0.5, "inter": -3}, {"order": ">"}])
@pytest.mark.parametrize("name", ["film.nii", "film.nii.gz"])
@pytest.mark.parametrize("choices", [("1", "2", "3", "4"), ("2", "4"), ("3",)])
def test_each_frame_is_the_one_that_opens_alone(tmp_path, name, choices, how):
    path = nifti_file(tmp_path, name, data=FRAMES, **how)
    for choice, volume in zip(choices, read(path, choices), strict=True):
        alone = read_volume(path, choice)
        assert np.array_equal(volume.voxels, alone.voxels) and volume.voxels.dtype == alone.voxels.dtype
        assert (volume.fingerprint, volume.name, volume.warnings) == (alone.fingerprint, alone.name, alone.warnings)
        assert volume.geometry.is_same_grid(alone.geometry)


def test_a_packed_file_is_unpacked_once_for_all_its_frames(tmp_path, monkeypatch):
    path = nifti_file(tmp_path, data=FRAMES)
    (ids,) = {finish(frame_ids(path))}
    opened = []
    real = stored.igzip.IGzipFile
    monkeypatch.setattr(stored.igzip, "IGzipFile", lambda **how: opened.append(1) or real(**how))
    read(path, ids[:1])
    once = len(opened)
    opened.clear()
    read(path, ids)
    assert len(opened) == once


def test_frames_that_lie_beside_each_other_come_one_by_one(tmp_path):
    voxels = FRAMES.transpose(1, 2, 3, 0).copy()
    text = (
        "NRRD0004\ntype: int16\ndimension: 4\nsizes: 4 5 6 3\nencoding: gzip\nendian: little\n"
        "kinds: list domain domain domain\nspace: left-posterior-superior\n"
        "space directions: none (1,0,0) (0,1,0) (0,0,3)\nspace origin: (0,0,0)\n\n"
    )
    (tmp_path / "film.nrrd").write_bytes(text.encode() + gzip.compress(voxels.tobytes()))
    ids = finish(frame_ids(tmp_path / "film.nrrd"))
    assert len(ids) == 4
    assert all(np.array_equal(v.voxels, FRAMES[n]) for n, v in enumerate(read(tmp_path / "film.nrrd", ids)))


def test_damage_is_told_and_no_damaged_frame_is_given(tmp_path):
    packed = bytearray(nifti_file(tmp_path, data=FRAMES).read_bytes())
    packed[-6] ^= 0xFF  # of the checksum
    (tmp_path / "bad.nii.gz").write_bytes(packed)
    found = []
    with pytest.raises(ReadError, match=r"bad\.nii\.gz is damaged"):
        finish(reading_frames(tmp_path / "bad.nii.gz", ("1", "2", "3", "4"), lambda place, _: found.append(place)))
    assert 3 not in found
    raw = gzip.decompress(nifti_file(tmp_path, "cut.nii.gz", data=FRAMES).read_bytes())
    (tmp_path / "short.nii.gz").write_bytes(gzip.compress(raw[:600]))
    with pytest.raises(ReadError, match=r"short\.nii\.gz is damaged"):
        read(tmp_path / "short.nii.gz", ("1", "2", "3", "4"))


def test_phases_of_a_series_and_a_preview_of_the_first(tmp_path):
    for k in range(8):
        tags = {"ImagePositionPatient": [0, 0, 2.5 * (k % 4)], "AcquisitionNumber": 1 + k // 4}
        save(dicom_slice(k, np.full((6, 5), 1000 + k, np.int16), **tags), tmp_path / "d" / f"{k}")
    ids = finish(frame_ids(tmp_path / "d"))
    assert [c.rpartition(".")[2] for c in ids] == ["phase1", "phase2"]
    reports = list(reading_frames(tmp_path / "d", ids, lambda *_: None, has_preview=True))
    assert sum(isinstance(r, Preview) for r in reports) == 1
    assert [int(v.voxels[0, 0, 0]) for v in read(tmp_path / "d", ids)] == [1000, 1004]


def test_a_voxel_size_that_was_given_is_kept(tmp_path):
    path = nifti_file(tmp_path, data=FRAMES, pixdim=(1, 0, 0, 0, 1, 1, 1, 1), sform=0, qform=0)
    first, second = read(path, ("1@2x3x4", "2@2x3x4"))
    assert first.geometry.spacing_mm == second.geometry.spacing_mm == (4.0, 3.0, 2.0)


def test_other_paths_have_no_frames(tmp_path):
    nifti_file(tmp_path, "a.nii.gz")
    nifti_file(tmp_path, "b.nii.gz", data=FRAMES)
    assert finish(frame_ids(tmp_path / "a.nii.gz")) == finish(frame_ids(tmp_path)) == ()
    assert nibabel.load(tmp_path / "b.nii.gz").shape[3] == 4
