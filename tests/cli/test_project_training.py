import pytest

from tests.cli.test_exporting import make_project
from unet_studio.project.store import Store
from unet_studio.unet.checkpoint import open_checkpoint

FEW = ("--steps", 3, "--architecture", "light", "--device", "cpu")


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, cases=2, reviewed=(0, 1, 2))


def test_the_new_checkpoint_is_the_projects_active_one(run, project):
    ran = run("train", "--project", project, *FEW, "--json")
    assert ran.code == 0
    with Store.open(project) as store:
        active = store.active_checkpoint()
        assert active is not None and active.name == "Checkpoint 1" and active.card.steps == 3
        assert ran.result["checkpoint"] == str(store.checkpoint_path(active))
        assert {c.name for c in active.card.label_classes} == {"disc", "core"}


def test_only_reviewed_slices_train_and_held_out_ones_never(run, project):
    run("train", "--project", project, *FEW)
    with Store.open(project) as store:
        held = store.held_out()
        card = store.active_checkpoint().card
    assert held and card.scores.slices > 0
    for case, trained in card.trained_on.items():
        assert set(trained) <= {0, 1, 2} and not set(trained) & held.get(int(case), frozenset())


def test_training_again_goes_on_from_the_active_checkpoint_with_the_same_held_out_slices(run, project):
    run("train", "--project", project, *FEW)
    with Store.open(project) as store:
        held = store.held_out()
    ran = run("train", "--project", project, "--steps", 2, "--device", "cpu", "--json")
    assert ran.result["parent"] == "Checkpoint 1"
    with Store.open(project) as store:
        assert store.held_out() == held and len(store.checkpoints()) == 2


def test_an_architecture_asked_for_begins_anew(run, project):
    run("train", "--project", project, *FEW)
    assert run("train", "--project", project, *FEW, "--json").result["parent"] is None


def test_a_copy_is_written_where_asked_for(run, project, tmp_path):
    ran = run("train", "--project", project, "--out", tmp_path / "copy.safetensors", *FEW, "--json")
    assert ran.result["checkpoint"] == str(tmp_path / "copy.safetensors")
    assert open_checkpoint(tmp_path / "copy.safetensors").card.name == "Checkpoint 1"


def test_a_project_that_is_open_elsewhere_is_told_and_left_alone(run, project):
    with Store.open(project):
        ran = run("train", "--project", project, *FEW)
    assert ran.code == 1 and "open" in ran.sentence


def test_nothing_reviewed_is_nothing_to_learn_from(run, tmp_path):
    ran = run("train", "--project", make_project(tmp_path, reviewed=()), *FEW)
    assert ran.code == 1 and "no reviewed slice" in ran.sentence


def test_a_checkpoint_that_scores_lower_does_not_become_active_and_that_is_told(run, project, monkeypatch):
    from unet_studio.cli import project_training

    run("train", "--project", project, *FEW)
    monkeypatch.setattr(project_training, "is_better", lambda after, before: False)
    ran = run("train", "--project", project, *FEW, "--json")
    assert ran.code == 0 and any("scored lower" in e["message"] for e in ran.events)
    with Store.open(project) as store:
        assert store.active_checkpoint().name == "Checkpoint 1"
