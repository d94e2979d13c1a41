import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY
from unet_studio.cli.evaluation import score_case
from unet_studio.files.label_maps import read_label_map
from unet_studio.image.volume import Geometry
from unet_studio.labels.scores import dice, hausdorff95, iou
from unet_studio.segmentation.label_values import LabelValues

NAMES = LabelValues({0: "background", 1: "disc", 2: "core"})


def pair_words(folder):
    return "--images", folder / "images", "--labels", folder / "labels"


def test_the_result_has_each_case_and_label_and_their_mean(run, checkpoint, phantoms):
    ran = run("evaluate", checkpoint, *pair_words(phantoms), "--json")
    assert ran.code == 0 and set(ran.result) == {"mean_dice", "cases", "labels"}
    assert [case["case"] for case in ran.result["cases"]] == [f"case{n}" for n in range(5)]
    for case in ran.result["cases"]:
        assert set(case) == {"case", "dice", "iou", "hd95_mm"}
        assert set(case["dice"]) == set(case["iou"]) == set(case["hd95_mm"]) == {"1", "2"}
    every = [d for case in ran.result["cases"] for d in case["dice"].values()]
    assert ran.result["mean_dice"] == pytest.approx(np.mean(every)) and ran.result["mean_dice"] > 0.6
    assert ran.result["labels"]["2"]["dice"] == pytest.approx(np.mean([c["dice"]["2"] for c in ran.result["cases"]]))


def test_the_scores_can_be_told_again_from_the_masks_it_left(run, checkpoint, phantoms, tmp_path):
    ran = run("evaluate", checkpoint, *pair_words(phantoms), "--out", tmp_path / "out", "--json")
    for case in ran.result["cases"]:
        ours, _ = read_label_map(tmp_path / "out" / f"{case['case']}.nii.gz", GEOMETRY)
        theirs, _ = read_label_map(phantoms / "labels" / f"{case['case']}.nii.gz", GEOMETRY)
        for value in (1, 2):
            one, two = ours == value, theirs == value
            assert case["dice"][str(value)] == pytest.approx(dice(one, two))
            assert case["iou"][str(value)] == pytest.approx(iou(one, two))
            assert case["hd95_mm"][str(value)] == pytest.approx(hausdorff95(one, two, GEOMETRY.spacing_mm))


def test_the_masks_it_judged_are_those_predict_writes(run, checkpoint, phantoms, tmp_path):
    (tmp_path / "one.txt").write_text("case2\n")
    run("evaluate", checkpoint, *pair_words(phantoms), "--cases", tmp_path / "one.txt", "--out", tmp_path / "judged")
    run("predict", checkpoint, phantoms / "images" / "case2.nii.gz", "--out", tmp_path / "predicted")
    assert [p.name for p in (tmp_path / "judged").iterdir()] == ["case2.nii.gz"]
    one, two = (read_label_map(tmp_path / f / "case2.nii.gz", GEOMETRY)[0] for f in ("judged", "predicted"))
    assert np.array_equal(one, two)


def test_people_read_a_line_for_each_case(run, checkpoint, phantoms):
    ran = run("evaluate", checkpoint, *pair_words(phantoms))
    lines = ran.out.splitlines()
    assert len(lines) == 5 + 2 + 1 and all("Dice" in line for line in lines) and " mm" in lines[0]


def test_a_label_that_neither_has_is_left_out_and_one_that_only_one_has_scores_nothing():
    empty, full = np.zeros(GEOMETRY.shape, np.uint8), np.ones(GEOMETRY.shape, np.uint8)
    assert score_case("a", empty, empty, NAMES, GEOMETRY).dice == {}
    scores = score_case("a", empty, full, NAMES, GEOMETRY)
    assert scores.dice == {"1": 0.0} and scores.hd95 == {"1": None}


def test_pixels_to_be_ignored_count_nowhere():
    values = LabelValues({0: "background", 127: "ignore", 255: "lung"})
    reference = np.zeros(GEOMETRY.shape, np.uint8)
    reference[:, 5:10, 5:10], reference[:, 20:30] = 255, 127
    answer = reference.copy()
    answer[answer == 127] = 255
    scores = score_case("a", answer, reference, values, GEOMETRY)
    assert scores.dice == {"255": 1.0} and scores.hd95 == {"255": 0.0}


def test_merged_values_are_scored_as_one_class():
    values = LabelValues({0: "background", 1: "kidney", 2: "kidney"})
    left = np.zeros(GEOMETRY.shape, np.uint8)
    left[:, :5] = 1
    right = np.where(left == 1, np.uint8(2), np.uint8(0))
    assert score_case("a", left, right, values, GEOMETRY).dice == {"1": 1.0}


def test_without_spacing_distances_are_in_pixels_and_never_called_mm():
    geometry = Geometry((1, 10, 10), has_spacing=False)
    one, two = np.zeros((2, 1, 10, 10), np.uint8)
    one[0, 2, 2] = two[0, 2, 5] = 1
    fields = score_case("a", one, two, NAMES, geometry).fields()
    assert fields["hd95_mm"] == {"1": None} and fields["hd95_px"] == {"1": 3.0}


def test_a_single_slice_is_scored_as_the_flat_picture_it_is():
    geometry = Geometry((1, 40, 40), (5.0, 0.5, 0.5))
    one, two = np.zeros((2, 1, 40, 40), np.uint8)
    one[0, 10:30, 10:30] = two[0, 14:30, 10:30] = 1
    found = score_case("a", one, two, NAMES, geometry)
    assert found.hd95["1"] == hausdorff95(one[0] == 1, two[0] == 1, (0.5, 0.5)) == 2.0


def test_cropping_changes_no_distance():
    chance = np.random.default_rng(4)
    for _ in range(20):
        one, two = (chance.random((2, 6, 9, 8)) < 0.02).astype(np.uint8)
        scores = score_case("a", one, two, NAMES, Geometry((6, 9, 8), (3.0, 1.0, 2.0)))
        assert scores.hd95.get("1") == hausdorff95(one == 1, two == 1, (3.0, 1.0, 2.0)) or not scores.dice


def test_labels_the_checkpoint_does_not_know_are_told(run, checkpoint, phantoms, tmp_path):
    from unet_studio.files.label_maps import write_label_map

    labels, _ = read_label_map(phantoms / "labels" / "case0.nii.gz", GEOMETRY)
    strange = labels.copy()
    strange[0, :3] = 9
    write_label_map(tmp_path / "strange.nii.gz", strange, GEOMETRY)
    words = ("--images", phantoms / "images" / "case0.nii.gz", "--labels", tmp_path / "strange.nii.gz")
    ran = run("evaluate", checkpoint, *words, "--json")
    assert any("does not know" in e["message"] and "[9]" in e["message"] for e in ran.events)
    assert set(ran.result["cases"][0]["dice"]) == {"1", "2"}
