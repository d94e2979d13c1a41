"""The labels of several frames as one file, read by another program."""

import tempfile
from pathlib import Path

import nibabel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.phantoms import nifti_file
from tests.strategies import geometries
from unet_studio.errors import WriteError
from unet_studio.files import film_out
from unet_studio.files.film_out import times_of, write_film
from unet_studio.files.label_maps import label_frames, stored_labels
from unet_studio.files.nifti_header import Times
from unet_studio.image.volume import Geometry


@given(geometries(oblique=True), st.sampled_from([".nii", ".nii.gz"]), st.integers(2, 4), st.sampled_from([0, 8, 16]))
def test_another_program_finds_each_frame_where_it_was_drawn(geometry, ending, count, unit):
    frames = [np.random.default_rng(n).integers(0, 4, geometry.shape).astype(np.uint8) for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = write_film(Path(folder) / f"film{ending}", frames, geometry, Times(count, 0.25, unit))
        read = nibabel.load(path)
        assert np.array_equal(np.asarray(read.dataobj), np.stack(frames).transpose(3, 2, 1, 0))
        assert read.header.get_zooms()[3] == 0.25 and read.header["xyzt_units"] == 2 | unit
        corner = read.affine @ [geometry.shape[2] - 1, 0, geometry.shape[0] - 1, 1]
        ours = geometry.matrix @ [geometry.shape[0] - 1, 0, geometry.shape[2] - 1, 1]
        assert np.allclose(corner[:3] * [-1, -1, 1], ours[:3], atol=1e-3)
        for choice, labels in zip(label_frames(path), frames, strict=True):
            stored = stored_labels(Path(f"{path}#{choice}"))
            assert np.array_equal(stored.labels, labels) and stored.geometry.is_same_grid(geometry)


def test_the_time_step_is_the_scans_own_and_none_where_its_file_tells_none(tmp_path):
    scan = nifti_file(tmp_path, data=np.zeros((3, 2, 2, 2), np.int16), pixdim=(1, 1, 1, 3, 0.04, 1, 1, 1), units=2 | 8)
    assert times_of(scan, 3) == Times(3, pytest.approx(0.04), 8)
    still = nifti_file(tmp_path, "still.nii", data=np.zeros((3, 2, 2, 2), np.int16), pixdim=(1, 1, 1, 3, 0, 1, 1, 1))
    assert times_of(still, 3) == times_of(tmp_path, 3) == Times(3)


def test_a_file_that_comes_back_otherwise_leaves_the_older_one(tmp_path, monkeypatch):
    frames = [np.full((2, 3, 4), n, np.uint8) for n in range(3)]
    path = write_film(tmp_path / "film.nii", frames, Geometry((2, 3, 4)), Times(3))
    before = path.read_bytes()
    monkeypatch.setattr(film_out, "header_bytes", lambda *_, **__: bytes(352))
    with pytest.raises(WriteError, match="film"):
        write_film(path, frames, Geometry((2, 3, 4)), Times(3))
    assert path.read_bytes() == before and [*tmp_path.iterdir()] == [path]


def test_a_format_without_frames_is_refused(tmp_path):
    with pytest.raises(WriteError, match="several frames"):
        write_film(tmp_path / "film.nrrd", [np.zeros((1, 2, 2), np.uint8)] * 2, Geometry((1, 2, 2)), Times(2))


def test_a_file_of_one_volume_has_no_frames(tmp_path):
    assert label_frames(nifti_file(tmp_path)) == label_frames(tmp_path / "none.nii") == label_frames(tmp_path) == ()
