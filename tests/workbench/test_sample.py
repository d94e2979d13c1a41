"""The sample project."""

import numpy as np
import pytest

from unet_studio.errors import ProjectError, WriteError
from unet_studio.files.volumes import read_volume
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.sample import make_sample_project, projects_folder, record_review, shipped_sample


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("projects") / "Sample brain.unetstudio"
    make_sample_project(folder)
    return folder


def test_it_has_the_scan_the_classes_and_a_handful_of_reviewed_slices(made):
    sample = shipped_sample()
    with Store.open(made, read_only=True) as store:
        (case,) = store.cases()
        assert store.classes() == sample.classes
        assert [c.name for c in store.classes()] == ["Grey matter", "White matter", "CSF"]
        assert store.states(case.id) == dict.fromkeys(sample.reviewed, SliceState.REVIEWED)
        assert 4 <= len(sample.reviewed) <= 12 < case.slices


def test_the_reviewed_slices_have_the_reference_labels_and_the_others_none(made):
    sample = shipped_sample()
    with Store.open(made, read_only=True) as store:
        (case,) = store.cases()
        labels = store.labels(case)
        reference = sample.reference_labels(read_volume(store.scan_path(case)))
    reviewed = list(sample.reviewed)
    assert np.array_equal(labels[reviewed], reference[reviewed])
    assert not np.delete(labels, reviewed, axis=0).any()


def test_the_scan_lies_beside_it_so_both_can_be_moved_together(made):
    with Store.open(made, read_only=True) as store:
        (case,) = store.cases()
        assert store.scan_path(case).parent == made.parent and not case.path.startswith("/")
        assert read_volume(store.scan_path(case)).fingerprint == case.fingerprint


def test_every_reviewed_slice_can_be_undone_as_the_users_own_work(made):
    with Store.open(made, read_only=True) as store:
        (case,) = store.cases()
        done, undone = store.history(case.id, budget_bytes=10**9)
    assert [c.name for c in done] == [f"Review slice {i + 1}" for i in shipped_sample().reviewed] and undone == []


def test_nothing_else_is_left_in_the_folder(made):
    assert sorted(p.name for p in made.parent.iterdir()) == ["Sample brain.nii.gz", "Sample brain.unetstudio"]


def test_made_again_after_the_project_was_deleted_it_takes_the_scan_that_is_there(tmp_path):
    import shutil

    folder = tmp_path / "brain.unetstudio"
    make_sample_project(folder)
    shutil.rmtree(folder)
    make_sample_project(folder)
    assert folder.is_dir() and len(list(tmp_path.iterdir())) == 2


def test_another_file_in_the_way_of_the_scan_is_left_alone(tmp_path):
    (tmp_path / "brain.nii.gz").write_text("mine")
    with pytest.raises(WriteError, match=r"brain\.nii\.gz is in the way"):
        make_sample_project(tmp_path / "brain.unetstudio")
    assert (tmp_path / "brain.nii.gz").read_text() == "mine" and not (tmp_path / "brain.unetstudio").exists()


def test_a_project_that_is_there_already_is_not_touched(made, tmp_path):
    before = sorted((p.name, p.stat().st_mtime_ns) for p in made.rglob("*") if p.is_file())
    with pytest.raises((ProjectError, WriteError)):
        make_sample_project(made)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in made.rglob("*") if p.is_file()) == before


def test_reviewing_a_slice_that_is_right_already_changes_its_state_only(tmp_path):
    make_sample_project(tmp_path / "brain.unetstudio")
    with Store.open(tmp_path / "brain.unetstudio") as store:
        (case,) = store.cases()
        labels = store.labels(case)
        record_review(store, case, 5, labels)
        assert store.states(case.id)[5] is SliceState.REVIEWED
        assert np.array_equal(store.labels(case), labels)
        assert store.history(case.id, budget_bytes=10**9)[0][-1].edit is None


def test_projects_go_where_the_home_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("UNET_STUDIO_HOME", str(tmp_path))
    assert projects_folder() == tmp_path / "projects"
    monkeypatch.delenv("UNET_STUDIO_HOME")
    assert projects_folder().name == "UNet Studio"
