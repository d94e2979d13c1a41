from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from unet_studio.files.film_out import write_film
from unet_studio.files.label_maps import read_label_map, stored_labels
from unet_studio.files.nifti_header import Times
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.scores import dice


@pytest.fixture
def scan(tmp_path):
    volume, _ = phantom(9)
    write_volume(tmp_path / "patient.nii.gz", volume)
    return tmp_path / "patient.nii.gz"


def test_the_mask_lies_on_the_scans_own_grid_and_is_about_right(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", tmp_path / "out", "--device", "cpu", "--json")
    assert ran.code == 0 and ran.result["predictions"][0]["mask"] == str(tmp_path / "out" / "patient.nii.gz")
    labels, _ = read_label_map(tmp_path / "out" / "patient.nii.gz", read_volume(scan).geometry)
    _, wanted = phantom(9)
    assert dice(labels > 0, wanted > 0) > 0.7
    assert ran.result["predictions"][0]["voxels"] == {"1": int((labels == 1).sum()), "2": int((labels == 2).sum())}


def test_progress_grows_to_the_end(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", tmp_path, "--json")
    fractions = [e["fraction"] for e in ran.events if e["fraction"] is not None]
    assert fractions == sorted(fractions)


@pytest.mark.parametrize("ending", ["nii.gz", "nrrd"])
def test_the_format_is_the_one_asked_for(run, checkpoint, scan, tmp_path, ending):
    run("predict", checkpoint, scan, "--out", tmp_path / "out", "--format", ending)
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"patient.{ending}"]


def test_a_segmentation_of_slicer_has_the_checkpoints_names(run, checkpoint, scan, tmp_path):
    run("predict", checkpoint, scan, "--out", tmp_path / "out", "--format", "nii.gz")
    run("predict", checkpoint, scan, "--out", tmp_path / "out", "--format", "seg.nrrd")
    named = stored_labels(tmp_path / "out" / "patient.seg.nrrd")
    plain, _ = read_label_map(tmp_path / "out" / "patient.nii.gz", GEOMETRY)
    assert [(c.value, c.name) for c in named.classes] == [(1, "Label 1"), (2, "Label 2")]
    assert np.array_equal(named.labels, plain)


def test_a_prediction_as_dicom_needs_a_dicom_scan(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", tmp_path / "out", "--format", "dcm")
    assert ran.code == 1 and "no DICOM series" in ran.sentence


def test_a_volume_as_png_is_a_folder_with_a_picture_a_slice(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", tmp_path / "out", "--format", "png", "--json")
    assert ran.result["predictions"][0]["mask"] == str(tmp_path / "out" / "patient")
    assert len(list((tmp_path / "out" / "patient").glob("*.png"))) == GEOMETRY.shape[0]


def test_probabilities_are_float32_with_the_class_last_and_add_up_to_one(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", tmp_path / "out", "--probabilities", "--json")
    path = tmp_path / "out" / "patient.prob.nii.gz"
    assert ran.result["predictions"][0]["probabilities"] == str(path)
    image = nibabel.load(path)
    chances = np.asarray(image.dataobj)
    assert image.get_data_dtype() == np.float32 and chances.shape == (36, 40, 4, 3)
    assert np.allclose(chances.sum(axis=-1), 1, atol=1e-4)
    mask = np.asarray(nibabel.load(tmp_path / "out" / "patient.nii.gz").dataobj)
    assert np.array_equal(chances.argmax(axis=-1), mask)
    assert np.allclose(image.affine, nibabel.load(scan).affine)


def test_several_scans_are_predicted_and_a_bad_one_does_not_stop_the_others(run, checkpoint, scan, tmp_path):
    (tmp_path / "broken.nii.gz").write_bytes(b"no scan")
    ran = run("predict", checkpoint, tmp_path / "broken.nii.gz", scan, "--out", tmp_path / "out", "--json")
    assert ran.code == 1 and "broken.nii.gz" in ran.sentence
    assert [p["mask"] for p in ran.result["predictions"]] == [str(tmp_path / "out" / "patient.nii.gz")]


def test_two_scans_of_one_stem_are_refused_before_any_work(run, checkpoint, scan, tmp_path):
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / "patient.nrrd"
    write_volume(twin, phantom(1)[0])
    ran = run("predict", checkpoint, scan, twin, "--out", tmp_path / "out")
    assert ran.code == 1 and "both be written as patient" in ran.sentence and not (tmp_path / "out").exists()


def test_a_scan_of_other_channels_is_refused_by_name(run, checkpoint, tmp_path):
    geometry = Geometry((1, 20, 20), has_spacing=False, has_orientation=False)
    write_volume(tmp_path / "colour.png", Volume(np.zeros((1, 20, 20, 3), np.uint8), geometry))
    ran = run("predict", checkpoint, tmp_path / "colour.png", "--out", tmp_path / "out")
    assert ran.code == 1 and "channel" in ran.sentence and "discs" in ran.sentence


def test_a_file_that_is_no_checkpoint_is_named(run, scan, tmp_path):
    (tmp_path / "net.safetensors").write_bytes(b"hello, this is not a network")
    ran = run("predict", tmp_path / "net.safetensors", scan, "--out", tmp_path / "out")
    assert ran.code == 1 and "net.safetensors" in ran.sentence


def test_a_missing_scan_is_named_and_nothing_is_left(run, checkpoint, tmp_path):
    ran = run("predict", checkpoint, tmp_path / "gone.nii", "--out", tmp_path / "out")
    assert ran.code == 1 and "gone.nii was not found" in ran.sentence and list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_can_not_be_made_is_named(run, checkpoint, scan, tmp_path):
    ran = run("predict", checkpoint, scan, "--out", scan / "out")
    assert ran.code == 1 and "can't be made" in ran.sentence


@pytest.mark.parametrize("size", [(1, 1), (37, 101)])
def test_odd_and_tiny_pictures_keep_their_size(run, checkpoint, tmp_path, size):
    geometry = Geometry((1, *size), has_spacing=False, has_orientation=False)
    write_volume(tmp_path / "odd.png", Volume(np.full((1, *size), 90, np.uint8), geometry))
    assert run("predict", checkpoint, tmp_path / "odd.png", "--out", tmp_path / "out", "--format", "png").code == 0
    assert read_volume(tmp_path / "out" / "odd.png").geometry.shape == (1, *size)


@pytest.fixture
def film(tmp_path):
    """Two phantoms as the frames of one file."""
    frames = [phantom(seed)[0] for seed in (7, 8)]
    return write_film(tmp_path / "film.nii.gz", [f.voxels for f in frames], frames[0].geometry, Times(2, 0.5, 8))


def test_all_frames_of_a_scan_are_predicted_each_as_if_it_were_alone(run, checkpoint, film, tmp_path):
    done = run("predict", checkpoint, film, "--out", tmp_path / "out", "--json")
    assert done.code == 0 and done.result["predictions"][0]["frames"] == 2
    mask = nibabel.load(tmp_path / "out" / "film.nii.gz")
    assert mask.shape == nibabel.load(film).shape and mask.header.get_zooms()[3] == 0.5
    assert np.allclose(mask.affine, nibabel.load(film).affine, atol=1e-4)
    voxels = 0
    for number in (1, 2):
        alone = run("predict", checkpoint, f"{film}#{number}", "--out", tmp_path / str(number), "--json")
        assert "frames" not in alone.result["predictions"][0]
        voxels += sum(alone.result["predictions"][0]["voxels"].values())
        single = np.asarray(nibabel.load(tmp_path / str(number) / "film.nii.gz").dataobj)
        assert single.any() and np.array_equal(single, np.asarray(mask.dataobj)[..., number - 1])
    assert sum(done.result["predictions"][0]["voxels"].values()) == voxels


def test_a_format_without_frames_has_a_file_for_each(run, checkpoint, film, tmp_path):
    done = run("predict", checkpoint, film, "--out", tmp_path / "out", "--format", "nrrd", "--json")
    names = [Path(f).name for f in done.result["predictions"][0]["files"]]
    assert names == ["film frame 1.nrrd", "film frame 2.nrrd"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == names
