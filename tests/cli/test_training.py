import json

import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from unet_studio.files.label_maps import label_values, write_label_map
from unet_studio.files.volumes import write_volume
from unet_studio.image.volume import Geometry, Volume
from unet_studio.segmentation.samples import held_out_cases
from unet_studio.unet.checkpoint import open_checkpoint

FEW = ("--steps", 4, "--architecture", "light", "--device", "cpu")


def picture_set(folder, *, values: dict[int, int], channels: int = 1, count: int = 3):
    """Pictures whose masks have other numbers than 0, 1 and 2."""
    for name in ("images", "labels"):
        (folder / name).mkdir()
    geometry = Geometry((1, 40, 36), has_spacing=False, has_orientation=False)
    table = np.zeros(256, np.uint8)
    for label, value in values.items():
        table[label] = value
    for seed in range(count):
        volume, labels = phantom(seed, geometry=geometry, channels=channels)
        write_volume(folder / "images" / f"{seed:03d}.png", volume)
        write_label_map(folder / "labels" / f"{seed:03d}.png", table[labels], geometry)
    return folder


def pair_words(folder):
    return "--images", folder / "images", "--labels", folder / "labels"


def test_training_leaves_a_checkpoint_and_tells_of_each_step(run, phantoms, tmp_path):
    ran = run("train", *pair_words(phantoms), "--out", tmp_path / "n.safetensors", *FEW, "--json")
    assert ran.code == 0 and ran.err == ""
    steps = [event["step"] for event in ran.events if "step" in event]
    assert steps == sorted(steps) and steps[-1] == 4
    fractions = [e["fraction"] for e in ran.events if e["fraction"] is not None]
    assert all(0 <= f <= 1 for f in fractions) and fractions[-1] == pytest.approx(1.0, abs=0.05)
    assert ran.result["checkpoint"] == str(tmp_path / "n.safetensors") and ran.result["steps"] == 4
    assert open_checkpoint(tmp_path / "n.safetensors").card.name == "n"


def test_a_case_is_either_trained_on_or_held_out(checkpoint):
    card = open_checkpoint(checkpoint).card
    kept = held_out_cases([f"case{n}" for n in range(5)])
    assert set(card.held_out) == kept and set(card.trained_on) == {f"case{n}" for n in range(5)} - kept
    assert all(slices == (0, 1, 2, 3) for slices in card.trained_on.values())
    assert card.scores.cases == len(kept) and card.scores.mean > 0.6


def test_of_a_single_volume_whole_blocks_of_slices_are_held_out(run, tmp_path):
    geometry = Geometry((16, 40, 36), (4.0, 1.0, 1.0))
    volume, labels = phantom(1, geometry=geometry)
    write_volume(tmp_path / "scan.nii.gz", volume)
    write_label_map(tmp_path / "mask.nii.gz", labels, geometry)
    words = (
        "--images",
        tmp_path / "scan.nii.gz",
        "--labels",
        tmp_path / "mask.nii.gz",
        "--out",
        tmp_path / "n.safetensors",
    )
    assert run("train", *words, *FEW).code == 0
    card = open_checkpoint(tmp_path / "n.safetensors").card
    trained, held = set(card.trained_on["scan"]), set(card.held_out["scan"])
    assert trained | held == set(range(16)) and not trained & held and len(held) == 3
    assert max(held) - min(held) == 2


def test_of_a_few_pictures_none_is_given_away_and_no_score_is_made_up(run, tmp_path):
    folder = picture_set(tmp_path, values={0: 0, 1: 127, 2: 255})
    ran = run("train", *pair_words(folder), "--out", tmp_path / "n.safetensors", *FEW)
    assert ran.code == 0
    assert "not enough held-out cases yet" in ran.out
    card = open_checkpoint(tmp_path / "n.safetensors").card
    assert set(card.trained_on) == {"000", "001", "002"} and not card.held_out and card.scores.mean is None


def test_everything_is_learned_from_where_nothing_is_to_be_held_out(run, phantoms, tmp_path):
    words = (*pair_words(phantoms), "--out", tmp_path / "n.safetensors")
    assert run("train", *words, "--hold-out", "0", *FEW).code == 0
    card = open_checkpoint(tmp_path / "n.safetensors").card
    assert len(card.trained_on) == 5 and not card.held_out


@pytest.mark.parametrize("share", ["1", "-0.1", "most"])
def test_a_share_that_leaves_nothing_to_learn_from_is_refused(run, phantoms, tmp_path, share):
    ran = run("train", *pair_words(phantoms), "--out", tmp_path / "n.safetensors", f"--hold-out={share}", *FEW)
    assert ran.code != 0 and share in ran.err


def test_one_seed_gives_one_network(run, phantoms, tmp_path):
    for name in ("a", "b"):
        run("train", *pair_words(phantoms), "--out", tmp_path / f"{name}.safetensors", *FEW, "--seed", 5)
    one, two = (open_checkpoint(tmp_path / f"{name}.safetensors").weights for name in ("a", "b"))
    assert all(np.array_equal(one[key], two[key]) for key in one)


def test_masks_of_0_and_255_are_one_class_that_is_learned_and_written_as_255(run, tmp_path):
    folder = picture_set(tmp_path, values={1: 255, 2: 255}, count=5)
    checkpoint = tmp_path / "n.safetensors"
    words = ("--steps", 60, "--architecture", "light", "--device", "cpu")
    ran = run("train", *pair_words(folder), "--out", checkpoint, *words, "--json")
    assert [(c["value"], c["name"]) for c in ran.result["classes"]] == [(255, "Label 255")]
    assert ran.result["scores"]["dice"]["255"] > 0.5
    run("predict", checkpoint, folder / "images" / "000.png", "--out", tmp_path / "out", "--format", "png")
    values, voxels = label_values(tmp_path / "out" / "000.png")
    assert values == (0, 255) and (voxels == 255).mean() > 0.1


def test_named_values_are_merged_and_ignored_ones_are_neither_learned_nor_scored(run, tmp_path):
    folder = picture_set(tmp_path, values={0: 10, 1: 127, 2: 255}, count=4)
    checkpoint = tmp_path / "n.safetensors"
    names = "10=background 127=ignore 255=core"
    ran = run("train", *pair_words(folder), "--out", checkpoint, *FEW, "--values", names, "--json")
    assert [(c["value"], c["name"]) for c in ran.result["classes"]] == [(255, "core")]
    assert ran.result["label_values"] == {"10": "background", "127": "ignore", "255": "core"}
    ran = run("evaluate", checkpoint, *pair_words(folder), "--out", tmp_path / "out", "--json")
    assert set(ran.result["labels"]) == {"255"} and ran.result["labels"]["255"]["name"] == "core"
    assert set(label_values(tmp_path / "out" / "000.nii.gz")[0]) <= {10, 255}


def test_equal_names_are_one_class(run, phantoms, tmp_path):
    words = (*pair_words(phantoms), "--out", tmp_path / "n.safetensors", *FEW)
    ran = run("train", *words, "--values", "1=disc 2=disc", "--json")
    assert [(c["value"], c["name"]) for c in ran.result["classes"]] == [(1, "disc")]


def test_going_on_keeps_names_and_parent(run, phantoms, checkpoint, tmp_path):
    words = (*pair_words(phantoms), "--from", checkpoint, "--out", tmp_path / "n.safetensors", "--steps", 2)
    ran = run("train", *words, "--device", "cpu", "--json")
    card = open_checkpoint(tmp_path / "n.safetensors").card
    assert ran.result["parent"] == "discs" and card.before.mean == pytest.approx(
        open_checkpoint(checkpoint).card.scores.mean
    )
    assert card.architecture == "light" and card.label_values == open_checkpoint(checkpoint).card.label_values


def test_colour_pictures_train_too(run, tmp_path):
    folder = picture_set(tmp_path, values={1: 1, 2: 2}, channels=3)
    ran = run("train", *pair_words(folder), "--out", tmp_path / "n.safetensors", *FEW)
    assert ran.code == 0 and "Written" in ran.out


def test_a_budget_counts_from_the_start_of_the_command(run, phantoms, tmp_path):
    words = (*pair_words(phantoms), "--out", tmp_path / "n.safetensors", "--budget", "4s", "--architecture", "light")
    ran = run("train", *words, "--device", "cpu", "--json")
    assert ran.code == 0 and ran.result["seconds"] <= 6


def test_an_existing_checkpoint_is_never_written_over(run, phantoms, checkpoint):
    before = checkpoint.read_bytes()
    ran = run("train", *pair_words(phantoms), "--out", checkpoint, *FEW)
    assert ran.code == 1 and "never overwritten" in ran.sentence and checkpoint.read_bytes() == before


def test_a_missing_target_folder_is_told_before_anything_is_read(run, phantoms, tmp_path):
    ran = run("train", *pair_words(phantoms), "--out", tmp_path / "no" / "n.safetensors", *FEW)
    assert ran.code == 1 and "folder does not exist" in ran.sentence and ran.out == ""


def test_labels_of_one_value_are_nothing_to_learn(run, tmp_path):
    for name in ("images", "labels"):
        (tmp_path / name).mkdir()
    volume, labels = phantom(1)
    write_volume(tmp_path / "images" / "a.nii.gz", volume)
    write_label_map(tmp_path / "labels" / "a.nii.gz", np.ones_like(labels), GEOMETRY)
    ran = run("train", *pair_words(tmp_path), "--out", tmp_path / "n.safetensors", *FEW)
    assert ran.code == 1 and "one value only (1)" in ran.sentence


def test_labels_of_another_grid_are_named(run, tmp_path):
    for name in ("images", "labels"):
        (tmp_path / name).mkdir()
    volume, _ = phantom(1)
    write_volume(tmp_path / "images" / "a.nii.gz", volume)
    write_label_map(
        tmp_path / "labels" / "a.nii.gz", np.ones((4, 9, 9), np.uint8), Geometry((4, 9, 9), (4.0, 1.0, 1.0))
    )
    ran = run("train", *pair_words(tmp_path), "--out", tmp_path / "n.safetensors", *FEW)
    assert ran.code == 1 and "a.nii.gz does not match the scan" in ran.sentence


def test_grey_and_colour_scans_are_not_mixed(run, tmp_path):
    folder = picture_set(tmp_path, values={1: 1, 2: 2}, channels=3)
    geometry = Geometry((1, 40, 36), has_spacing=False, has_orientation=False)
    write_volume(folder / "images" / "grey.png", Volume(np.zeros(geometry.shape, np.uint8), geometry))
    write_label_map(folder / "labels" / "grey.png", np.zeros(geometry.shape, np.uint8), geometry)
    ran = run("train", *pair_words(folder), "--out", tmp_path / "n.safetensors", *FEW, "--json")
    assert ran.code == 1 and "channels" in ran.sentence


def test_an_empty_label_map_is_warned_about_by_name(run, phantoms, tmp_path):
    folder = picture_set(tmp_path, values={1: 1, 2: 2})
    geometry = Geometry((1, 40, 36), has_spacing=False, has_orientation=False)
    write_label_map(folder / "labels" / "000.png", np.zeros(geometry.shape, np.uint8), geometry)
    ran = run("train", *pair_words(folder), "--out", tmp_path / "n.safetensors", *FEW, "--json")
    warnings = [event["message"] for event in ran.events if event["event"] == "warning"]
    assert ran.code == 0 and any("000.png is empty" in message for message in warnings)


def test_every_line_of_json_can_be_read(run, phantoms, tmp_path):
    ran = run("train", *pair_words(phantoms), "--out", tmp_path / "n.safetensors", *FEW, "--json")
    assert all(isinstance(json.loads(line), dict) for line in ran.out.splitlines())
    assert ran.lines[-1].get("event") is None and all("event" in line for line in ran.lines[:-1])
