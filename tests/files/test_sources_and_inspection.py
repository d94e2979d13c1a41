"""What a drop of files means, what ``info`` says of them, and the ids that lead back to a volume."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.files.phantoms import SHAPE, dicom_series, dicom_slice, labels, nifti, nifti_file, save, voxels
from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import (
    Source,
    inspect,
    inspection_json,
    read_volume,
    reading,
    sources,
    split_choice,
    write_volume,
)
from unet_studio.image.volume import Geometry


def test_files_are_cases_by_their_stems(tmp_path):
    paths = [nifti_file(tmp_path, n) for n in ("b.nii.gz", "a.nii")]
    assert sources(paths).cases == (Source(paths[0], "", "b"), Source(paths[1], "", "a"))


def test_a_folder_of_scans_is_one_case_each_and_the_bad_ones_are_told(tmp_path):
    nifti_file(tmp_path, "a.nii.gz")
    nifti_file(tmp_path / "", "b.nii")
    write_volume(tmp_path / "c.nrrd", read_volume(tmp_path / "a.nii.gz"))
    (tmp_path / "bad.nii.gz").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("hello")
    found = sources([tmp_path])
    assert [c.name for c in found.cases] == ["a", "b", "c"] and not found.pictures_may_stack
    assert found.unreadable == ("bad.nii.gz is empty (0 bytes). Ask for a new copy.",)
    assert all(read_volume(c.path, c.choice).geometry.shape == SHAPE for c in found.cases)


def test_a_folder_of_several_series_is_one_case_each(tmp_path):
    dicom_series(tmp_path)
    dicom_series(tmp_path / "two", range(3), SeriesNumber=8, SeriesDescription="Thorax")
    found = sources([tmp_path])
    assert sorted(c.name for c in found.cases) == ["Abdomen", "Thorax"] and {c.path for c in found.cases} == {tmp_path}
    assert {read_volume(c.path, c.choice).name for c in found.cases} == {"Abdomen", "Thorax"}


def test_slices_dropped_one_by_one_are_their_series(tmp_path):
    folder = dicom_series(tmp_path)
    found = sources(sorted(folder.iterdir()))
    assert [(c.path, c.name) for c in found.cases] == [(tmp_path, "Abdomen")]
    assert len(sources([folder / "IM000.dcm"]).cases) == 1


def test_the_same_thing_dropped_twice_is_one_case(tmp_path):
    path = nifti_file(tmp_path)
    assert len(sources([path, path, tmp_path]).cases) == 1


def test_what_can_not_be_opened_does_not_stop_the_others(tmp_path):
    good = nifti_file(tmp_path)
    (tmp_path / "text.nii").write_text("hello")
    os.mkfifo(tmp_path / "pipe.nii")
    (tmp_path / "empty").mkdir()
    bad = [tmp_path / n for n in ("text.nii", "gone.nii", "pipe.nii", "empty")]
    found = sources([*bad, good])
    assert [c.path for c in found.cases] == [good] and len(found.unreadable) == 4
    assert all(p.name in s for p, s in zip(bad, found.unreadable, strict=True))


@pytest.mark.parametrize("name", ["scan.nii.gz", "a#b.nii.gz", "#.nii", "#x#y#"])
def test_a_choice_is_taken_off_a_path_and_a_hash_in_a_name_is_not_one(tmp_path, name):
    path = nifti_file(tmp_path, name)
    assert split_choice(str(path)) == (path, "")
    assert split_choice(f"{path}#2") == (path, "2")
    assert split_choice(f"{path}#sub/x.nii#3") == (path, "sub/x.nii#3")


def test_a_path_that_is_not_there_keeps_its_hash(tmp_path):
    assert split_choice(str(tmp_path / "gone#2")) == (tmp_path, "") or split_choice(str(tmp_path / "gone#2"))[1] == ""
    assert split_choice("n" * 5000 + "#1")[1] == ""


def test_every_id_that_is_offered_opens(tmp_path):
    dicom_series(tmp_path / "series")
    nifti_file(tmp_path, "four.nii", np.stack([voxels(), voxels() + 1]))
    nifti_file(tmp_path, "one.nii.gz")
    write_label_map(tmp_path / "slices.png", labels(), Geometry(SHAPE))
    with pytest.raises(ChoiceNeeded) as asked:
        read_volume(tmp_path)
    offered = asked.value.choices
    assert {"stack", "one.nii.gz", "four.nii#1", "four.nii#2", "slices/0000.png"} <= set(offered)
    for choice in offered:
        path, again = split_choice(f"{tmp_path}#{choice}")
        assert read_volume(path, again).voxels.size
    assert {v.id for v in inspect(tmp_path).volumes} <= set(offered)


def test_a_choice_never_leads_out_of_its_folder(tmp_path):
    nifti_file(tmp_path, "secret.nii")
    inner = tmp_path / "inner"
    inner.mkdir()
    nifti_file(inner, "a.nii")
    nifti_file(inner, "b.nii")
    for choice in ("../secret.nii", str(tmp_path / "secret.nii")):
        with pytest.raises(ReadError):
            read_volume(inner, choice)


def test_the_inspection_is_the_json_that_info_promises(tmp_path):
    made = inspection_json(inspect(nifti_file(tmp_path)))
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert list(made) == ["path", "outcome", "message", "volumes"]
    assert made["volumes"] == [
        {
            "id": "1",
            "name": "scan",
            "modality": "",
            "size_xyz": [5, 6, 4],
            "spacing_xyz": [0.8, 0.9, 2.5],
            "origin_lps": [8.0, 10.0, -20.0],
            "direction": [-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0],
            "components": 1,
            "frames": 1,
            "dtype": "int16",
            "min": 0,
            "max": 999,
            "warnings": [],
        }
    ]


def test_the_direction_is_simpleitks(tmp_path):
    import SimpleITK as sitk  # noqa: N813 - as everybody writes it

    sagittal = Geometry(SHAPE, (2.5, 0.9, 0.8), (1.0, 2.0, 3.0), ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)))
    path = write_label_map(tmp_path / "m.nrrd", labels(), sagittal)
    assert inspect(path).volumes[0].direction == sitk.ReadImage(str(path)).GetDirection()


def test_outcomes_are_opens_opens_with_a_warning_asks_and_error(tmp_path):
    paths = {
        "opens": nifti_file(tmp_path, "a.nii"),
        "opens_warn": nifti_file(tmp_path, "b.nii", qform=0, sform=0),
        "asks": nifti_file(tmp_path, "c.nii", np.stack([voxels()] * 2)),
        "error": tmp_path / "gone.nii",
    }
    for outcome, path in paths.items():
        found = inspect(path)
        assert found.outcome == outcome and bool(found.message) == (outcome != "opens")
    assert inspect(paths["asks"], "2").outcome == "opens"


def test_a_pipe_a_device_and_a_folder_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.dcm")
    (tmp_path / "zero.nii").symlink_to("/dev/zero")
    (tmp_path / "folder.nii.gz").mkdir()
    assert "not a regular file" in inspect(tmp_path / "pipe.dcm").message
    assert "not a regular file" in inspect(tmp_path / "zero.nii").message
    assert "folder" in inspect(tmp_path / "folder.nii.gz").message
    assert "no possible file name" in inspect(tmp_path / "a\0b").message


def test_a_volume_is_read_in_steps_and_can_be_left_at_each(tmp_path):
    dicom_series(tmp_path)
    steps = reading(tmp_path)
    seen = [next(steps) for _ in range(3)]
    steps.close()
    assert all(p.fraction is None or 0 <= p.fraction <= 1 for p in seen) and all(p.message for p in seen)
    reports = []
    steps = reading(tmp_path)
    try:
        while True:
            reports.append(next(steps))
    except StopIteration as end:
        assert end.value.geometry.shape == SHAPE
    told = [p.fraction for p in reports if "Abdomen" in p.message]
    assert told == sorted(told) and told[-1] == 1.0


def test_a_volume_can_not_be_written_to(tmp_path):
    with pytest.raises(ValueError, match="read-only"):
        read_volume(nifti_file(tmp_path)).voxels[0, 0, 0] = 1


def test_messages_name_the_file_on_one_line(tmp_path):
    path = tmp_path / "two\nlines\x1b[31m.nii"
    path.write_bytes(b"")
    assert inspect(path).message == "two lines [31m.nii is empty (0 bytes). Ask for a new copy."


def test_a_patients_name_is_in_no_export(tmp_path):
    save(dicom_slice(0), tmp_path / "d" / "x.dcm")
    scan = read_volume(tmp_path / "d")
    for ending in (".nii", ".nrrd", ".mha", ".tif"):
        written = tmp_path / f"v{ending}"
        if ending == ".tif":
            write_label_map(written, np.ones(scan.geometry.shape, np.uint8), scan.geometry)
        else:
            write_volume(written, scan)
        assert b"Doe" not in written.read_bytes() and b"PHI" not in written.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_name_that_is_no_text_is_told_and_the_others_still_come(tmp_path):
    bad = os.fsencode(tmp_path / "bad_") + b"\xff.nii"
    Path(os.fsdecode(bad)).write_bytes(nifti())
    (tmp_path / "good.nii").write_bytes(nifti())
    for paths in ([tmp_path], [Path(os.fsdecode(bad)), tmp_path / "good.nii"]):
        found = sources(paths)
        assert [c.path.name for c in found.cases] == ["good.nii"] and "encoding" in found.unreadable[0]
