"""Labels out of a project, on the scan's own grid, and nothing written over."""

import numpy as np
import pytest

from tests.workbench.making import ONE, add_case, ball_of, new_store, source_of, write_scan
from unet_studio.errors import ReadError, WriteError
from unet_studio.files.volumes import read_volume
from unet_studio.labels.edit import edit_between
from unet_studio.progress import finish
from unet_studio.project.records import Change
from unet_studio.workbench.export import FORMATS, _file_name, export, exporting
from unet_studio.workbench.jobs import Lane
from unet_studio.workbench.remembered import remembered
from unet_studio.workbench.saving import Saving


def item(disk, name="case", *, seed=0, called=None):
    path = write_scan(disk / "scans" / f"{name}.nii.gz", seed=seed)
    with new_store(disk, name=f"{name}{seed}") as store:
        case, volume = add_case(store, path, called or name)
    return case, path, ball_of(volume)


@pytest.mark.parametrize("suffix", [suffix for suffix, _ in FORMATS])
def test_each_format_reads_back_equal_on_the_scans_own_grid(disk, suffix):
    case, path, labels = item(disk)
    (file,) = finish(exporting([(case, path, labels)], disk / "out", suffix, (ONE,)))
    back = read_volume(file, "stack" if file.is_dir() else "")
    assert np.array_equal(back.voxels, labels)
    if suffix != ".png":
        assert back.geometry.is_same_grid(read_volume(path).geometry)


def test_names_are_made_safe_and_distinct(disk):
    items = [item(disk, f"s{n}", seed=n, called=name) for n, name in enumerate(["a/b", "a:b", " ", "..", "CON"])]
    files = finish(exporting(items, disk / "out", ".nii.gz", (ONE,)))
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
    safe = _file_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert not safe.startswith(".")
    assert len(safe.encode()) < 130


def test_the_scan_itself_is_never_written_over(disk):
    case, path, labels = item(disk)
    before = path.read_bytes()
    for n in range(3):
        (file,) = finish(exporting([(case, path, labels)], path.parent, ".nii.gz", (ONE,)))
        assert file.name == ["case-labels.nii.gz", "case-labels-2.nii.gz", "case-labels-3.nii.gz"][n]
    assert path.read_bytes() == before


def test_a_folder_of_the_same_name_is_left_alone(disk):
    case, path, labels = item(disk)
    precious = disk / "out" / "case" / "thesis.txt"
    precious.parent.mkdir(parents=True)
    precious.write_text("years of work")
    (folder,) = finish(exporting([(case, path, labels)], disk / "out", ".png", (ONE,)))
    assert folder.name == "case-labels"
    assert precious.read_text() == "years of work"


def test_a_scan_that_changed_is_told_and_what_came_before_it_is_whole(disk):
    first, second = item(disk, "first"), item(disk, "second", seed=1)
    write_scan(second[1], seed=7)
    with pytest.raises(ReadError, match="is not the scan it was"):
        finish(exporting([first, second], disk / "out", ".nrrd", (ONE,)))
    assert [f.name for f in (disk / "out").iterdir()] == ["first.nrrd"]


def test_a_folder_that_cannot_be_made_is_told(disk):
    (disk / "file").write_text("")
    with pytest.raises(WriteError, match="can't be made"):
        finish(exporting([item(disk)], disk / "file" / "out", ".nii", (ONE,)))


class Project:
    def __init__(self, saving):
        self.saving = saving


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
