"""Labels out of a project, on the scan's own grid, and nothing written over."""

import numpy as np
import pytest

from tests.files.phantoms import SHAPE, dicom_series
from tests.files.phantoms import labels as phantom_labels
from tests.workbench.making import ONE, TWO, add_case, ball_of, new_store, source_of, write_scan
from unet_studio.errors import ReadError, WriteError
from unet_studio.files.volumes import read_volume
from unet_studio.labels.edit import edit_between
from unet_studio.progress import finish
from unet_studio.project.records import Change
from unet_studio.project.store import Store
from unet_studio.workbench.export import FORMATS, PATIENT_FORMATS, export, exporting, file_name
from unet_studio.workbench.jobs import Lane
from unet_studio.workbench.remembered import remembered
from unet_studio.workbench.saving import Saving


def item(disk, name="case", *, seed=0, called=None):
    path = write_scan(disk / "scans" / f"{name}.nii.gz", seed=seed)
    with new_store(disk, name=f"{name}{seed}") as store:
        case, volume = add_case(store, path, called or name)
    return case, path, ball_of(volume)


def files_of(steps) -> list:
    return [file for one in finish(steps) for file in one.files]


GRIDS = [".nii.gz", ".nii", ".nrrd", ".mha", ".seg.nrrd", ".png"]


@pytest.mark.parametrize("suffix", GRIDS)
def test_each_format_reads_back_equal_on_the_scans_own_grid(disk, suffix):
    case, path, labels = item(disk)
    (file,) = files_of(exporting([(case, path, labels)], disk / "out", suffix, (ONE,)))
    back = read_volume(file, "stack" if file.is_dir() else "")
    assert np.array_equal(back.voxels, labels)
    if suffix != ".png":
        assert back.geometry.is_same_grid(read_volume(path).geometry)


def test_names_are_made_safe_and_distinct(disk):
    items = [item(disk, f"s{n}", seed=n, called=name) for n, name in enumerate(["a/b", "a:b", " ", "..", "CON"])]
    files = files_of(exporting(items, disk / "out", ".nii.gz", (ONE,)))
    assert [f.name for f in files] == [
        "a_b.nii.gz",
        "a_b-labels.nii.gz",
        "case.nii.gz",
        "case-labels.nii.gz",
        "_CON.nii.gz",
    ]
    assert all(f.parent == disk / "out" for f in files)
    for (_, _, labels), file in zip(items, files, strict=True):
        assert np.array_equal(read_volume(file).voxels, labels)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ü" * 300, " .hidden", "a\x00b", "x\ny", "nul.txt", "."])
def test_no_name_leads_out_of_the_folder(name):
    safe = file_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert not safe.startswith(".")
    assert len(safe.encode()) < 130


def test_the_scan_itself_is_never_written_over(disk):
    case, path, labels = item(disk)
    before = path.read_bytes()
    for n in range(3):
        (file,) = files_of(exporting([(case, path, labels)], path.parent, ".nii.gz", (ONE,)))
        assert file.name == ["case-labels.nii.gz", "case-labels-2.nii.gz", "case-labels-3.nii.gz"][n]
    assert path.read_bytes() == before


def test_a_folder_of_the_same_name_is_left_alone(disk):
    case, path, labels = item(disk)
    precious = disk / "out" / "case" / "thesis.txt"
    precious.parent.mkdir(parents=True)
    precious.write_text("years of work")
    (folder,) = files_of(exporting([(case, path, labels)], disk / "out", ".png", (ONE,)))
    assert folder.name == "case-labels"
    assert precious.read_text() == "years of work"


def test_a_scan_that_changed_is_told_and_what_came_before_it_is_whole(disk):
    first, second = item(disk, "first"), item(disk, "second", seed=1)
    write_scan(second[1], seed=7)
    with pytest.raises(ReadError, match="is not the scan it was"):
        finish(exporting([first, second], disk / "out", ".nrrd", (ONE,)))
    assert [f.name for f in (disk / "out").iterdir()] == ["first.nrrd"]


def dicom_item(disk, name="dicom", *, is_drawn=True, **tags):
    """A case on a DICOM series, with labels."""
    folder = dicom_series(disk / name, SeriesDescription=name, **tags)
    with new_store(disk, name=name) as store:
        case, _ = add_case(store, folder, name)
    return case, folder, phantom_labels() * np.uint8(is_drawn)


def test_every_format_that_is_offered_can_be_written_on_a_dicom_series(disk):
    case, folder, labels = dicom_item(disk)
    for suffix, _ in FORMATS:
        (one,) = finish(exporting([(case, folder, labels)], disk / "out", suffix, (ONE, TWO)))
        assert one.files and not one.problem and all(f.exists() for f in one.files), suffix
    assert len(list((disk / "out").glob("dicom*One.stl"))) == 1 and (disk / "out" / "labels.csv").exists()


@pytest.mark.parametrize("suffix", sorted(PATIENT_FORMATS))
def test_the_patient_is_in_the_file_unless_left_out(disk, suffix):
    item = dicom_item(disk)
    (named,) = files_of(exporting([item], disk / "out", suffix, (ONE,)))
    (bare,) = files_of(exporting([item], disk / "out", suffix, (ONE,), is_deidentified=True))
    assert b"Doe^Jane" in named.read_bytes() and not any(w in bare.read_bytes() for w in (b"Doe", b"PHI"))


@pytest.mark.parametrize("suffix", [s for s, _ in FORMATS if s not in PATIENT_FORMATS])
def test_no_other_format_has_anything_of_the_patient(disk, suffix):
    for path in files_of(exporting([dicom_item(disk)], disk / "out", suffix, (ONE,))):
        for file in path.iterdir() if path.is_dir() else [path]:
            assert not any(w in file.read_bytes() for w in (b"Doe", b"PHI-12345"))


def test_a_case_that_a_format_cannot_take_is_told_and_the_others_are_written(disk):
    items = [item(disk), dicom_item(disk), dicom_item(disk, "empty", is_drawn=False)]
    done = finish(exporting(items, disk / "out", ".dcm", (ONE,)))
    assert [bool(one.files) for one in done] == [False, True, False]
    assert "no DICOM series" in done[0].problem and "nothing is drawn" in done[2].problem
    with pytest.raises(WriteError, match="no DICOM series"):
        finish(exporting(items[:1], disk / "out", ".dcm", (ONE,)))
    with pytest.raises(WriteError, match="no DICOM series"):
        finish(exporting([items[0], items[2]], disk / "out", ".dcm", (ONE,)))


def test_surfaces_that_are_there_are_not_written_over(disk):
    case = item(disk)
    names = [files_of(exporting([case], disk / "out", ".stl", (ONE,)))[0].name for _ in range(2)]
    assert names == ["case-One.stl", "case-labels-One.stl"]


def test_a_table_is_one_file_with_a_row_for_each_label_of_each_case(disk):
    items = [item(disk), item(disk, "b", seed=1)]
    done = finish(exporting(items, disk / "out", ".csv", (ONE, TWO)))
    assert {one.files for one in done} == {(disk / "out" / "labels.csv",)}
    lines = (disk / "out" / "labels.csv").read_text().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["case", "1", "One"], ["case", "2", "Two"], ["b", "1", "One"], ["b", "2", "Two"],
    ]  # fmt: skip
    assert finish(exporting(items, disk / "out", ".csv", (ONE,)))[0].files[0].name == "labels-labels.csv"


def test_a_folder_that_cannot_be_made_is_told(disk):
    (disk / "file").write_text("")
    with pytest.raises(WriteError, match="can't be made"):
        finish(exporting([item(disk)], disk / "file" / "out", ".nii", (ONE,)))


class Project:
    def __init__(self, saving):
        self.saving = saving


def test_from_an_open_project_what_could_not_be_exported_is_told_beside_what_was(disk, mailbox):
    with new_store(disk) as made:
        plain, _ = add_case(made, write_scan(disk / "scan.nii.gz"), "plain")
        dicom, _ = add_case(made, dicom_series(disk / "dicom"), "dicom")
    store = Store.open(disk / "Balls.unetstudio")
    saving, lane, done, told = Saving(store, mailbox.post), Lane("opening", mailbox.post), [], []
    change = Change("Paint", edit_between("Paint", np.zeros(SHAPE, np.uint8), phantom_labels()))
    saving.write(lambda s: s.record(dicom.id, change, dict(enumerate(phantom_labels()))))
    export(
        Project(saving), lane, [plain, dicom], disk / "out", ".dcm", (ONE,),
        done=done.append, told=told.append, progressed=lambda _: None, is_deidentified=True,
    )  # fmt: skip
    mailbox.wait_for(lambda: done and told)
    assert [f.name for f in done[0]] == ["dicom.dcm"] and "1 of 2 cases" in told[0]
    lane.close()
    saving.close()


def test_from_an_open_project_the_last_stroke_is_exported_too(disk, mailbox):
    store = new_store(disk)
    case, volume = add_case(store, write_scan(disk / "scan.nii.gz"))
    labels = ball_of(volume)
    saving, lane, done, told, shown = Saving(store, mailbox.post), Lane("opening", mailbox.post), [], [], []
    change = Change("Paint", edit_between("Paint", np.zeros_like(labels), labels))
    saving.write(lambda s: s.record(case.id, change, dict(enumerate(labels))))
    with_ = {"done": done.append, "told": told.append, "progressed": shown.append}
    export(Project(saving), lane, remembered(store).cases, disk / "out", ".nii.gz", (ONE,), **with_)
    mailbox.wait_for(lambda: done or told)
    assert np.array_equal(read_volume(done[0][0]).voxels, labels)
    assert shown[-1] is None
    (disk / "scan.nii.gz").unlink()
    export(Project(saving), lane, [case], disk / "out", ".nii.gz", (ONE,), **with_)
    mailbox.wait_for(lambda: told)
    assert source_of(disk / "scan.nii.gz").name in told[0]
    assert shown[-1] is None
    lane.close()
    saving.close()
