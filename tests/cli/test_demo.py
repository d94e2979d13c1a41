import json
from dataclasses import replace

import numpy as np
import pytest

from tests.cli.conftest import phantom
from unet_studio.cli import demo
from unet_studio.cli.demo import held_out_dice
from unet_studio.files.label_maps import read_label_map, write_label_map
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry
from unet_studio.labels.scores import dice
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store
from unet_studio.workbench import sample as samples

GEOMETRY = Geometry((40, 40, 36))


@pytest.fixture
def small_sample(tmp_path, monkeypatch):
    """A phantom in the place of the brain."""
    volume, labels = phantom(3, geometry=GEOMETRY)
    (tmp_path / "shipped").mkdir()
    scan, reference = tmp_path / "shipped" / "brain.nii.gz", tmp_path / "shipped" / "tissue.nii.gz"
    write_volume(scan, volume)
    write_label_map(reference, labels, GEOMETRY)
    shipped = samples.shipped_sample()
    small = replace(shipped, scan=scan, reference=reference, classes=shipped.classes[:2], reviewed=(8, 20))
    for module in (samples, demo):
        monkeypatch.setattr(module, "shipped_sample", lambda: small)
    monkeypatch.setattr(demo, "_CORRECTED", 4)
    monkeypatch.setattr(demo, "_FIRST_SHARE", 0.5)
    return small


@pytest.fixture
def ran(run, small_sample, tmp_path):
    return run("demo", "--headless", "--out", tmp_path / "out", "--budget", "6s", "--device", "cpu", "--json")


def test_the_whole_loop_leaves_masks_pictures_a_report_and_the_project(ran, tmp_path):
    out = tmp_path / "out"
    assert ran.code == 0
    names = {p.name for p in out.iterdir()}
    assert {"masks-before.nii.gz", "masks-after.nii.gz", "reference.nii.gz", "report.html", "report.json"} <= names
    assert {"brain.unetstudio", "brain.nii.gz"} <= names
    fields = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert fields == ran.result and all((out / name).is_file() for name in fields["pictures"])

    # The scores can be told again from the masks it left.
    masks = {n: read_label_map(out / f"masks-{n}.nii.gz", GEOMETRY)[0] for n in ("before", "after")}
    reference, _ = read_label_map(out / "reference.nii.gz", GEOMETRY)
    held = fields["held_out_slices"]
    for name, mask in masks.items():
        told = fields["held_out_dice"][name]
        for value in (1, 2):
            assert told[str(value)] == pytest.approx(dice(mask[held] == value, reference[held] == value))
        assert told["mean"] == pytest.approx((told["1"] + told["2"]) / 2)

    # No held-out slice was ever trained on, and each checkpoint was scored on all of them by the training itself.
    with Store.open(out / "brain.unetstudio", read_only=True) as store:
        (case,) = store.cases()
        first, second = store.checkpoints()
        states = store.states(case.id)
        assert store.held_out() == {case.id: frozenset(held)}
        assert np.array_equal(store.labels(case)[held], reference[held])
    for record in (first, second):
        assert not set(record.card.trained_on[str(case.id)]) & set(held)
        assert record.card.scores.slices == len(held)
    assert set(second.card.trained_on[str(case.id)]) == {8, 20, *fields["corrected_slices"]}
    assert second.card.parent == first.name and len(fields["corrected_slices"]) == 4
    assert fields["held_out_dice"]["before"]["mean"] == pytest.approx(first.card.scores.mean, abs=0.02)

    # What nobody worked on has a proposal; the rest is reviewed.
    worked_on = {8, 20, *held, *fields["corrected_slices"]}
    assert {i for i, s in states.items() if s is SliceState.REVIEWED} == worked_on
    assert {i for i, s in states.items() if s is SliceState.PREDICTED} == set(range(40)) - worked_on
    fractions = [e["fraction"] for e in ran.events if e["fraction"] is not None]
    assert fractions == sorted(fractions) and fractions[-1] <= 1


def test_a_second_demo_in_the_same_folder_leaves_the_first_project_alone(run, small_sample, tmp_path, monkeypatch):
    (tmp_path / "out" / "brain.unetstudio").mkdir(parents=True)
    (tmp_path / "out" / "brain.unetstudio" / "mine").touch()
    words = ("demo", "--headless", "--out", tmp_path / "out", "--budget", "4s", "--device", "cpu", "--json")
    assert run(*words).result["project"] == "brain 2.unetstudio"
    assert (tmp_path / "out" / "brain.unetstudio" / "mine").exists()


def test_headless_needs_a_folder_and_says_so(run):
    ran = run("demo", "--headless")
    assert ran.code == 1 and "--out" in ran.sentence


def test_a_folder_that_can_not_be_made_is_named(run, tmp_path):
    (tmp_path / "file").touch()
    ran = run("demo", "--headless", "--out", tmp_path / "file" / "out")
    assert ran.code == 1 and "out can't be made" in ran.sentence


def test_with_a_window_it_opens_the_users_own_sample_project_and_keeps_what_is_drawn_there(run, tmp_path, monkeypatch):
    monkeypatch.setenv("UNET_STUDIO_HOME", str(tmp_path))
    project = tmp_path / "projects" / "Sample brain.unetstudio"
    first = run("demo")
    assert first.code == 0 and first.opened == [project] and (project / "project.sqlite").is_file()
    with Store.open(project) as store:
        (case,) = store.cases()
        samples.record_review(store, case, 50, read_volume(store.scan_path(case)).voxels % 3)
    assert run("demo").opened == [project]
    with Store.open(project) as store:
        assert store.states(case.id)[50] is SliceState.REVIEWED


def test_held_out_dice_counts_all_its_slices_together_and_no_other():
    one, two = np.zeros((2, 4, 5, 6), np.uint8)
    one[1, :2], two[1, :1] = 1, 1
    two[3] = 1
    assert held_out_dice(one, two, [0, 1], axis=0, values=[1]) == {
        "1": pytest.approx(2 / 3),
        "mean": pytest.approx(2 / 3),
    }
    assert held_out_dice(one, two, [0], axis=0, values=[1, 2]) == {"1": 1.0, "2": 1.0, "mean": 1.0}
