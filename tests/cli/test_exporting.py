import numpy as np
import pytest

from tests.cli.conftest import GEOMETRY, phantom
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.store import Store
from unet_studio.workbench.sample import record_review
from unet_studio.workbench.scan import working_axis

CLASSES = (LabelClass(1, "disc", (240, 20, 20)), LabelClass(2, "core", (20, 20, 240)))


def make_project(folder, *, cases: int = 1, reviewed=(0, 1)):
    """A project of phantoms, their right labels on the reviewed slices."""
    with Store.create(folder / "discs.unetstudio", name="discs", classes=CLASSES) as store:
        for seed in range(cases):
            volume, labels = phantom(seed)
            write_volume(folder / f"scan{seed}.nii.gz", volume)
            volume = read_volume(folder / f"scan{seed}.nii.gz")
            case = store.add_case(
                name=f"scan{seed}", path=folder / f"scan{seed}.nii.gz", choice="", fingerprint=volume.fingerprint,
                shape=volume.geometry.shape, axis=working_axis(volume),
            )  # fmt: skip
            for index in reviewed:
                record_review(store, case, index, labels)
    return folder / "discs.unetstudio"


@pytest.mark.parametrize("ending", ["nii.gz", "nrrd"])
def test_each_cases_labels_lie_on_its_scans_own_grid(run, tmp_path, ending):
    project = make_project(tmp_path, cases=2)
    ran = run("export", project, "--out", tmp_path / "out", "--format", ending, "--json")
    assert ran.code == 0 and [c["case"] for c in ran.result["cases"]] == ["scan0", "scan1"]
    assert ran.result["cases"][0]["states"] == {"reviewed": 2} and ran.result["classes"] == {"1": "disc", "2": "core"}
    for seed in range(2):
        found, _ = read_label_map(tmp_path / "out" / f"scan{seed}.{ending}", GEOMETRY)
        wanted = phantom(seed)[1]
        assert np.array_equal(found[:2], wanted[:2]) and not found[2:].any()


@pytest.mark.parametrize("ending", ["stl", "ply"])
def test_surfaces_are_a_file_a_label(run, tmp_path, ending):
    ran = run("export", make_project(tmp_path), "--out", tmp_path / "out", "--format", ending, "--json")
    names = [f"scan0-core.{ending}", f"scan0-disc.{ending}"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == names
    assert len(ran.result["cases"][0]["files"]) == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_is_one_file_for_all_cases(run, tmp_path, ending):
    project = make_project(tmp_path, cases=2)
    ran = run("export", project, "--out", tmp_path / "out", "--format", ending, "--json")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"labels.{ending}"]
    assert {c["mask"] for c in ran.result["cases"]} == {str(tmp_path / "out" / f"labels.{ending}")}


@pytest.mark.parametrize("ending", ["dcm", "rtstruct.dcm"])
def test_a_format_that_needs_dicom_says_so(run, tmp_path, ending):
    ran = run("export", make_project(tmp_path), "--out", tmp_path / "out", "--format", ending)
    assert ran.code == 1 and "no DICOM series" in ran.sentence and not list((tmp_path / "out").iterdir())


def test_people_read_how_much_of_each_case_is_reviewed(run, tmp_path):
    ran = run("export", make_project(tmp_path), "--out", tmp_path / "out")
    assert "2 of 4 slices reviewed" in ran.out


def test_exporting_changes_nothing_in_the_project_and_works_while_it_is_open(run, tmp_path):
    project = make_project(tmp_path)
    before = (project / "project.sqlite").read_bytes()
    with Store.open(project):
        assert run("export", project, "--out", tmp_path / "out").code == 0
    assert (project / "project.sqlite").read_bytes() == before


def test_a_folder_that_is_no_project_is_named(run, tmp_path):
    ran = run("export", tmp_path, "--out", tmp_path / "out")
    assert ran.code == 1 and tmp_path.name in ran.sentence


def test_a_project_without_cases_has_nothing_to_export(run, tmp_path):
    Store.create(tmp_path / "empty.unetstudio", name="empty", classes=CLASSES).close()
    ran = run("export", tmp_path / "empty.unetstudio", "--out", tmp_path / "out")
    assert ran.code == 1 and "no cases" in ran.sentence


def test_a_scan_that_is_gone_is_named(run, tmp_path):
    project = make_project(tmp_path)
    (tmp_path / "scan0.nii.gz").unlink()
    ran = run("export", project, "--out", tmp_path / "out")
    assert ran.code == 1 and "scan0.nii.gz" in ran.sentence
