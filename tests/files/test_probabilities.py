"""Probabilities as NIfTI."""

import nibabel
import numpy as np
import pytest
from hypothesis import given

from tests.strategies import geometries
from unet_studio.errors import ChoiceNeeded, WriteError
from unet_studio.files.probabilities import write_probabilities
from unet_studio.files.volumes import read_volume
from unet_studio.image.volume import Geometry


@given(geometries())
def test_each_class_is_read_back_as_a_frame_on_the_volumes_own_grid(tmp_path_factory, geometry):
    path = tmp_path_factory.mktemp("p") / "scan.prob.nii.gz"
    chances = np.random.default_rng(3).random((2, *geometry.shape), np.float32)
    write_probabilities(path, chances, geometry)
    for place in range(2):
        frame = read_volume(path, str(place + 1))
        assert np.array_equal(frame.voxels, chances[place]) and frame.geometry.is_same_grid(geometry)


def test_other_programs_see_the_class_as_the_last_axis(tmp_path):
    chances = np.arange(3 * 2 * 4 * 5, dtype=np.float32).reshape(3, 2, 4, 5)
    write_probabilities(tmp_path / "p.nii.gz", chances, Geometry((2, 4, 5)))
    found = np.asarray(nibabel.load(tmp_path / "p.nii.gz").dataobj)
    assert found.shape == (5, 4, 2, 3) and np.array_equal(found, chances.transpose(3, 2, 1, 0))


def test_several_classes_ask_which(tmp_path):
    write_probabilities(tmp_path / "p.nii.gz", np.zeros((2, 2, 3, 4), np.float32), Geometry((2, 3, 4)))
    with pytest.raises(ChoiceNeeded):
        read_volume(tmp_path / "p.nii.gz")


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(WriteError, match=r"as \.nii\.gz only"):
        write_probabilities(tmp_path / "p.nrrd", np.zeros((2, 2, 3, 4), np.float32), Geometry((2, 3, 4)))


def test_a_missing_folder_leaves_nothing(tmp_path):
    with pytest.raises(WriteError):
        write_probabilities(tmp_path / "no" / "p.nii.gz", np.zeros((2, 2, 3, 4), np.float32), Geometry((2, 3, 4)))
    assert list(tmp_path.iterdir()) == []
