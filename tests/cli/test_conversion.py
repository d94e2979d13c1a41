import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from unet_studio.files.label_maps import read_label_map, write_label_map
from unet_studio.files.volumes import read_volume, write_volume


@pytest.mark.parametrize("ending", ["nii", "nii.gz", "nrrd", "mha"])
def test_a_converted_volume_keeps_its_voxels_and_its_place(run, tmp_path, ending):
    volume, _ = phantom(1)
    write_volume(tmp_path / "in.nii.gz", volume)
    ran = run("convert", tmp_path / "in.nii.gz", tmp_path / f"out.{ending}", "--json")
    found = read_volume(tmp_path / f"out.{ending}")
    assert ran.code == 0 and ran.result["path"] == str(tmp_path / f"out.{ending}")
    assert np.array_equal(found.voxels, volume.voxels) and found.geometry.is_same_grid(GEOMETRY)


def test_a_converted_label_map_still_lies_on_its_scan(run, tmp_path):
    volume, labels = phantom(1)
    write_label_map(tmp_path / "mask.nii.gz", labels, GEOMETRY)
    assert (
        run("convert", tmp_path / "mask.nii.gz", tmp_path / "mask.nrrd").out == f"Written: {tmp_path / 'mask.nrrd'}\n"
    )
    assert np.array_equal(read_label_map(tmp_path / "mask.nrrd", volume.geometry)[0], labels)


@pytest.mark.parametrize("ending", ["seg.nrrd", "dcm"])
def test_formats_of_later_are_refused_and_nothing_is_written(run, tmp_path, ending):
    volume, _ = phantom(1)
    write_volume(tmp_path / "in.nii.gz", volume)
    ran = run("convert", tmp_path / "in.nii.gz", tmp_path / f"out.{ending}")
    assert ran.code == 1 and "not supported yet" in ran.sentence and not (tmp_path / f"out.{ending}").exists()


def test_an_unknown_ending_is_refused_with_those_there_are(run, tmp_path):
    volume, _ = phantom(1)
    write_volume(tmp_path / "in.nii.gz", volume)
    ran = run("convert", tmp_path / "in.nii.gz", tmp_path / "out.xyz")
    assert ran.code == 1 and ".nrrd" in ran.sentence


def test_a_missing_folder_is_named(run, tmp_path):
    volume, _ = phantom(1)
    write_volume(tmp_path / "in.nii.gz", volume)
    ran = run("convert", tmp_path / "in.nii.gz", tmp_path / "nowhere" / "out.nii")
    assert ran.code == 1 and "folder does not exist" in ran.sentence
