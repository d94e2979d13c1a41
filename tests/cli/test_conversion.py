import nibabel
import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from tests.files.phantoms import dicom_series, dicom_slice, nifti_file, save
from tests.files.phantoms import labels as drawn
from unet_studio.files.label_maps import read_label_map, stored_labels, write_label_map
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry


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


def test_a_label_map_becomes_a_segmentation_of_slicer_and_comes_back(run, tmp_path):
    _, labels = phantom(1)
    write_label_map(tmp_path / "mask.nii.gz", labels, GEOMETRY)
    assert run("convert", tmp_path / "mask.nii.gz", tmp_path / "mask.seg.nrrd").code == 0
    assert [c.name for c in stored_labels(tmp_path / "mask.seg.nrrd").classes] == ["Label 1", "Label 2"]
    ran = run("convert", tmp_path / "mask.seg.nrrd", tmp_path / "back.nii.gz")
    assert ran.code == 0 and np.array_equal(read_label_map(tmp_path / "back.nii.gz", GEOMETRY)[0], labels)


def test_a_label_map_becomes_a_dicom_seg_on_its_series(run, tmp_path):
    scan = read_volume(dicom_series(tmp_path / "scan"))
    write_label_map(tmp_path / "mask.nii.gz", (drawn() > 0).astype(np.uint8), scan.geometry)
    words = ("convert", tmp_path / "mask.nii.gz", tmp_path / "seg.dcm", "--on", tmp_path / "scan")
    assert run(*words).code == 0 and b"Doe^Jane" in (tmp_path / "seg.dcm").read_bytes()
    assert run(*words, "--deidentify").code == 0 and b"Doe" not in (tmp_path / "seg.dcm").read_bytes()
    ran = run("convert", tmp_path / "seg.dcm", tmp_path / "back.nrrd", "--on", tmp_path / "scan")
    assert ran.code == 0 and np.array_equal(read_label_map(tmp_path / "back.nrrd", scan.geometry)[0], drawn() > 0)


def test_labels_of_another_grid_are_not_resampled_unseen(run, tmp_path):
    volume, labels = phantom(1)
    write_volume(tmp_path / "scan.nii.gz", volume)
    write_label_map(tmp_path / "mask.nii.gz", labels, Geometry(labels.shape, (4.0, 1.1, 1.0), GEOMETRY.origin_mm))
    ran = run("convert", tmp_path / "mask.nii.gz", tmp_path / "out.csv", "--on", tmp_path / "scan.nii.gz")
    assert ran.code == 1 and "does not lie on the grid" in ran.sentence


def test_a_table_or_seg_without_its_scan_is_refused(run, tmp_path):
    _, labels = phantom(1)
    write_label_map(tmp_path / "mask.nii.gz", labels, GEOMETRY)
    for ending in ("dcm", "rtstruct.dcm", "csv", "xlsx"):
        ran = run("convert", tmp_path / "mask.nii.gz", tmp_path / f"out.{ending}")
        assert ran.code == 1 and "--on SCAN" in ran.sentence and not (tmp_path / f"out.{ending}").exists()


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


def test_a_scan_that_opens_in_several_ways_names_them_and_takes_one(run, tmp_path):
    for k, z in enumerate((0, 2, 4, 8, 12)):
        save(dicom_slice(k, ImagePositionPatient=[0, 0, z]), tmp_path / "uneven" / f"{k}.dcm")
    ran = run("convert", tmp_path / "uneven", tmp_path / "a.nii.gz")
    assert ran.code == 1 and "gaps-filled" in ran.err and "PATH#id" in ran.err
    choice = next(word.strip(",.") for word in ran.err.split() if word.strip(",.").endswith("gaps-filled"))
    assert run("convert", f"{tmp_path / 'uneven'}#{choice}", tmp_path / "a.nii.gz").code == 0
    assert read_volume(tmp_path / "a.nii.gz").geometry.shape[0] == 7


def test_all_frames_of_a_scan_are_converted_with_their_time_step(run, tmp_path):
    voxels = np.random.default_rng(1).normal(0, 100, (3, 4, 5, 6)).astype(np.float32)
    source = nifti_file(tmp_path, data=voxels, datatype=16, pixdim=(1, 1, 1, 3, 0.25, 1, 1, 1), units=2 | 8)
    done = run("convert", source, tmp_path / "out.nii", "--json")
    assert done.code == 0 and done.result["frames"] == 3
    read, wanted = nibabel.load(tmp_path / "out.nii"), nibabel.load(source)
    assert np.array_equal(np.asarray(read.dataobj), np.asarray(wanted.dataobj))
    assert np.allclose(read.affine, wanted.affine, atol=1e-4)
    assert read.header.get_zooms()[3] == 0.25 and read.header.get_xyzt_units() == ("mm", "sec")
    assert run("convert", f"{source}#2", tmp_path / "two.nii").code == 0
    assert np.array_equal(np.asarray(nibabel.load(tmp_path / "two.nii").dataobj), voxels[1].transpose(2, 1, 0))


def test_a_format_without_frames_says_how_to_take_one(run, tmp_path):
    source = nifti_file(tmp_path, data=np.zeros((3, 2, 2, 2), np.int16))
    done = run("convert", source, tmp_path / "out.nrrd")
    assert done.code == 1 and done.sentence.startswith("out.nrrd can't hold several frames. Save as .nii.gz or .nii")
    assert f"{source.name}#1" in done.sentence and not (tmp_path / "out.nrrd").exists()
