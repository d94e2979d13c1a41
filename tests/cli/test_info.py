import pickle

import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import write_volume
from unet_studio.image.volume import Geometry, Volume


@pytest.fixture
def scan(tmp_path):
    volume, _ = phantom(1)
    write_volume(tmp_path / "scan.nii.gz", volume)
    return tmp_path / "scan.nii.gz"


def test_a_scan_is_told_by_size_spacing_and_place(run, scan):
    ran = run("info", scan, "--json")
    assert ran.code == 0 and ran.err == ""
    assert ran.result["outcome"] == "opens" and ran.result["path"] == str(scan)
    (volume,) = ran.result["volumes"]
    assert volume["size_xyz"] == [36, 40, 4] and volume["spacing_xyz"] == [1.0, 1.0, 4.0]
    assert volume["origin_lps"] == [3.0, -7.0, 11.0] and volume["dtype"] == "uint8"
    assert set(volume) == {
        "id", "name", "modality", "size_xyz", "spacing_xyz", "origin_lps", "direction", "components", "frames", "dtype",
        "min", "max", "warnings",
    }  # fmt: skip


def test_people_read_the_same_as_text(run, scan):
    ran = run("info", scan)
    assert "36 × 40 × 4, uint8" in ran.out and "1 × 1 × 4" in ran.out and ran.err == ""


def test_a_file_cut_short_is_an_error_in_one_sentence_that_names_it(run, scan):
    scan.write_bytes(scan.read_bytes()[:-200])
    ran = run("info", scan, "--json")
    assert ran.code == 1 and "scan.nii.gz" in ran.sentence
    assert ran.result["outcome"] == "error" and ran.result["message"] == ran.sentence and ran.result["volumes"] == []


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 400, b"DICM", b"\x1f\x8b\x08"])
def test_no_rubbish_ends_in_a_traceback(run, tmp_path, content):
    file = tmp_path / "rubbish.nii.gz"
    file.write_bytes(content)
    ran = run("info", file)
    assert ran.code == 1 and "rubbish.nii.gz" in ran.sentence


def test_a_missing_file_is_told_by_name(run, tmp_path):
    ran = run("info", tmp_path / "gone.nii")
    assert ran.code == 1 and ran.sentence.startswith("gone.nii was not found")


def test_a_file_of_several_volumes_asks_and_each_can_be_told_by_its_id(run, tmp_path):
    for name in ("one", "two"):
        write_volume(tmp_path / f"{name}.png", Volume(np.zeros((1, 5, 6), np.uint8), Geometry((1, 5, 6))))
    ran = run("info", tmp_path, "--json")
    assert ran.code == 0 and ran.result["outcome"] == "asks"
    chosen = run("info", f"{tmp_path}#{ran.result['volumes'][0]['id']}", "--json")
    assert chosen.result["outcome"] in ("opens", "opens_warn")
    assert f"#{ran.result['volumes'][0]['id']}" in run("info", tmp_path).out


def test_a_mask_on_its_scan_fits_and_its_labels_are_counted(run, scan, tmp_path):
    _, labels = phantom(1)
    write_label_map(tmp_path / "mask.nii.gz", labels, GEOMETRY)
    ran = run("info", tmp_path / "mask.nii.gz", "--on", scan, "--json")
    assert ran.code == 0 and ran.result["outcome"] == "opens"
    assert ran.result["labels"] == {str(v): int((labels == v).sum()) for v in (0, 1, 2)}
    assert "mask.nii.gz fits scan.nii.gz" in run("info", tmp_path / "mask.nii.gz", "--on", scan).out


def test_a_mask_of_another_grid_does_not_fit_and_both_sizes_are_named(run, scan, tmp_path):
    write_label_map(
        tmp_path / "mask.nii.gz", np.ones((4, 40, 35), np.uint8), Geometry((4, 40, 35), GEOMETRY.spacing_mm)
    )
    ran = run("info", tmp_path / "mask.nii.gz", "--on", scan, "--json")
    assert ran.code == 1 and ran.result["outcome"] == "error"
    assert "35 × 40 × 4" in ran.sentence and "36 × 40 × 4" in ran.sentence


def test_an_empty_mask_fits_with_a_warning(run, scan, tmp_path):
    write_label_map(tmp_path / "mask.nii.gz", np.zeros(GEOMETRY.shape, np.uint8), GEOMETRY)
    ran = run("info", tmp_path / "mask.nii.gz", "--on", scan, "--json")
    assert ran.code == 0 and ran.result["outcome"] == "opens_warn" and "empty" in ran.result["message"]


def test_a_checkpoint_shows_its_card(run, checkpoint):
    ran = run("info", checkpoint, "--json")
    assert ran.code == 0
    assert ran.result["architecture"] == "light" and ran.result["parameters"] > 10_000
    assert [(c["value"], c["name"]) for c in ran.result["classes"]] == [(1, "Label 1"), (2, "Label 2")]
    assert ran.result["parent"] is None and set(ran.result["scores"]["dice"]) == {"1", "2"}
    assert ran.result["label_values"] == {"0": "background", "1": "Label 1", "2": "Label 2"}
    text = run("info", checkpoint).out
    assert "light" in text and "1 Label 1, 2 Label 2" in text


def test_a_damaged_checkpoint_is_an_error(run, checkpoint, tmp_path):
    whole = bytearray(checkpoint.read_bytes())
    whole[-5] ^= 0xFF
    (tmp_path / "bad.safetensors").write_bytes(whole)
    ran = run("info", tmp_path / "bad.safetensors", "--json")
    assert ran.code == 1 and ran.result["outcome"] == "error" and "bad.safetensors" in ran.sentence


def test_a_pickled_network_is_not_opened(run, tmp_path):
    (tmp_path / "net.pt").write_bytes(b"PK\x03\x04" + bytes(60))
    assert "damaged" in run("info", tmp_path / "net.pt").sentence
    (tmp_path / "net.pt").write_bytes(pickle.dumps({"weights": 1}))
    assert "refused as unsafe" in run("info", tmp_path / "net.pt").sentence
