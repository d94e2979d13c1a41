"""Pages about the cases of a project."""

from tests.workbench.making import add_case, ball_of, new_store, write_scan
from unet_studio.workbench.sample import record_review


def project(tmp_path, *names):
    with new_store(tmp_path) as store:
        for number, name in enumerate(names):
            case, volume = add_case(store, write_scan(tmp_path / f"{number}.nii.gz", seed=number), name)
            record_review(store, case, 2, ball_of(volume))
    return store.folder


def test_each_case_has_a_page_of_its_own_also_where_names_are_alike(run, tmp_path) -> None:
    ran = run("report", project(tmp_path, "knee", "knee", "con"), "--out", tmp_path / "pages", "--json")
    assert ran.code == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["_con.html", "knee-2.html", "knee.html"]
    assert all("1 of 6 slices reviewed" in p.read_text(encoding="utf-8") for p in (tmp_path / "pages").iterdir())


def test_one_case_is_reported_by_its_name(run, tmp_path) -> None:
    folder = project(tmp_path, "knee", "hip")
    run("report", folder, "--case", "hip", "--out", tmp_path / "pages")
    assert [p.name for p in (tmp_path / "pages").iterdir()] == ["hip.html"]
    ran = run("report", folder, "--case", "elbow", "--out", tmp_path / "pages")
    assert ran.code == 1
    assert "no case “elbow”" in ran.err


def test_nothing_of_the_project_changes(run, tmp_path) -> None:
    folder = project(tmp_path, "knee")
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    run("report", folder, "--out", tmp_path / "pages")
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
