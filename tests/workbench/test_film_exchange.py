"""Labels of all frames, out as one file and in again, each on its own frame."""

import nibabel
import numpy as np
import pydicom
import pytest

from tests.files.phantoms import dicom_slice, save
from tests.workbench.making import ONE, R
from tests.workbench.test_frames import FRAMES, SHAPE, case, frame_is, go, room, settle  # noqa: F401
from tests.workbench.test_workbench import Room
from unet_studio.files.label_maps import label_frames, stored_labels
from unet_studio.files.volumes import read_volume
from unet_studio.progress import finish
from unet_studio.project.films import frame_number
from unet_studio.workbench.export import exporting
from unet_studio.workbench.import_film import import_film, look_at_others
from unet_studio.workbench.import_labels import find_labels


def drawn(number: int) -> np.ndarray:
    labels = np.zeros(SHAPE, np.uint8)
    labels[1, 3 : 5 + number, 4:9] = 1
    labels[2, number, 2] = 2
    return labels


def items(room: Room):  # noqa: F811
    store = room.project.saving.store
    return [(c, store.scan_path(c), drawn(frame_number(c.choice))) for c in room.project.worklist.cases]


def label_file(path, labels) -> None:
    """As another program would write it, in the scan's own place."""
    affine = nibabel.load(path.parent / "heart.nii.gz").affine
    nibabel.save(nibabel.Nifti1Image(np.stack(labels).transpose(3, 2, 1, 0), affine), path)


def bring(room: Room, path, *, replaces=False) -> str:  # noqa: F811
    """What is said of an import."""
    said = []

    def found(annotation, what):
        def then(others):
            said.append(import_film(room.bench, annotation, what, others, replaces=replaces))

        look_at_others(room.bench, annotation, what, then)

    told = len(room.told)
    find_labels(room.bench, path, found)
    room.mailbox.wait_for(lambda: said or len(room.told) > told)
    settle(room)
    room.saved()
    return said[0] if said else room.told[-1]


@pytest.mark.parametrize("suffix", [".nii.gz", ".nii"])
def test_all_frames_go_out_as_one_file_and_each_comes_back_to_its_own(room, disk, suffix):  # noqa: F811
    exported = finish(exporting(items(room), disk / "out", suffix, (ONE,)))
    (file,) = {f for one in exported for f in one.files}
    assert file.name == f"heart{suffix}" and len(exported) == FRAMES
    read = nibabel.load(file)
    wanted = np.stack([drawn(n + 1) for n in range(FRAMES)])
    assert np.array_equal(np.asarray(read.dataobj), wanted.transpose(3, 2, 1, 0))
    assert np.allclose(read.affine, nibabel.load(disk / "heart.nii.gz").affine, atol=1e-4)
    assert bring(room, file) == f"Imported 2 labels from heart{suffix} onto 5 frames."
    assert np.array_equal(room.annotation.label_map.voxels, drawn(1))
    for number in (4, 2, 5):
        go(room, number)
        assert np.array_equal(room.annotation.label_map.voxels, drawn(number))
        room.annotation.undo()
        assert not room.annotation.label_map.voxels.any()
        room.annotation.redo()
        assert np.array_equal(room.annotation.label_map.voxels, drawn(number))


def test_where_not_all_frames_are_in_the_project_each_is_a_file_of_its_own(room, disk):  # noqa: F811
    exported = finish(exporting(items(room)[1:], disk / "out", ".nii.gz", (ONE,)))
    assert sorted(f.name for one in exported for f in one.files) == [f"heart frame {n}.nii.gz" for n in range(2, 6)]
    assert np.array_equal(read_volume(disk / "out" / "heart frame 3.nii.gz").voxels, drawn(3))


def test_formats_that_know_no_frames_have_a_file_or_rows_for_each(room, disk):  # noqa: F811
    exported = finish(exporting(items(room), disk / "out", ".seg.nrrd", (ONE,)))
    assert len({f for one in exported for f in one.files}) == FRAMES
    (table,) = {f for one in finish(exporting(items(room), disk / "out", ".csv", (ONE,))) for f in one.files}
    assert sum("heart frame 4" in line for line in table.read_text().splitlines()) == 2


def test_a_file_of_another_number_of_frames_is_refused_in_a_sentence(room, disk):  # noqa: F811
    label_file(disk / "three.nii.gz", [drawn(n) for n in (1, 2, 3)])
    assert len(label_frames(disk / "three.nii.gz")) == 3
    said = bring(room, disk / "three.nii.gz")
    assert said.startswith("three.nii.gz holds 3 frames of labels, and the scan has 5")
    assert not room.annotation.label_map.voxels.any()


def test_a_frame_alone_takes_its_own_of_a_file_of_all(room, disk):  # noqa: F811
    for number in (1, 2, 4):
        room.project.worklist.remove(case(room, number))
        room.mailbox.wait_for(lambda n=number: all(frame_number(c.choice) != n for c in room.project.worklist.cases))
    go(room, 3)
    label_file(disk / "all.nii.gz", [drawn(n + 1) for n in range(FRAMES)])
    assert "onto 2 frames" in bring(room, disk / "all.nii.gz")
    assert np.array_equal(room.annotation.label_map.voxels, drawn(3))
    go(room, 5)
    assert np.array_equal(room.annotation.label_map.voxels, drawn(5))


def test_what_is_drawn_stays_where_the_file_has_background_unless_it_replaces(room, disk):  # noqa: F811
    go(room, 2)
    room.paint(index=0)
    painted = room.annotation.label_map.voxels.copy()
    go(room, 1)
    label_file(disk / "all.nii.gz", [drawn(n + 1) for n in range(FRAMES)])
    bring(room, disk / "all.nii.gz")
    go(room, 2)
    assert np.array_equal(room.annotation.label_map.voxels, np.where(drawn(2) != 0, drawn(2), painted))
    go(room, 1)
    bring(room, disk / "all.nii.gz", replaces=True)
    go(room, 2)
    assert np.array_equal(room.annotation.label_map.voxels, drawn(2))


def test_the_list_knows_what_came_to_frames_that_are_not_on_the_screen(room, disk):  # noqa: F811
    label_file(disk / "all.nii.gz", [drawn(n + 1) for n in range(FRAMES)])
    bring(room, disk / "all.nii.gz")
    states = room.project.worklist.states
    assert all(set(states[c.id]) == {1, 2} and R not in states[c.id].values() for c in room.project.worklist.cases)
    store = room.project.saving.store
    assert all(store.states(c.id) == states[c.id] for c in room.project.worklist.cases)


def test_while_another_frame_is_on_its_way_nothing_is_imported(room, disk):  # noqa: F811
    label_file(disk / "all.nii.gz", [drawn(n + 1) for n in range(FRAMES)])
    said = []
    find_labels(room.bench, disk / "all.nii.gz", lambda annotation, what: (
        look_at_others(room.bench, annotation, what, lambda _: said.append(1)),
        room.project.worklist.open(case(room, 3)),
    ))  # fmt: skip
    room.mailbox.wait_for(lambda: bool(room.told) and frame_is(room, 3))
    assert "was not imported" in room.told[-1] and not said


def test_phases_of_a_series_go_out_each_on_its_own_images_and_together_as_one_file(disk, mailbox):
    folder = disk / "cine"
    for k in range(8):
        tags = {"ImagePositionPatient": [0, 0, 2.5 * (k % 4)], "AcquisitionNumber": 1 + k // 4}
        made = dicom_slice(k, np.full((6, 5), 1000 + k, np.int16), SOPInstanceUID=f"1.2.3.4.{k}", **tags)
        save(made, folder / f"{k}.dcm")
    room = Room(disk, mailbox)  # noqa: F811
    room.make()
    room.bench.way_asked.connect(lambda question, answer: answer(0))
    room.bench.find_sources([folder])
    room.mailbox.wait_for(lambda: room.project is not None and len(room.project.worklist.cases) == 2)
    settle(room)
    cases, store = room.project.worklist.cases, room.project.saving.store
    masks = [np.zeros(c.shape, np.uint8) for c in cases]
    masks[0][1, 2, 3] = masks[1][2, 4, 1] = 1
    out = [(c, store.scan_path(c), m) for c, m in zip(cases, masks, strict=True)]
    segs = [f for one in finish(exporting(out, disk / "out", ".dcm", (ONE,))) for f in one.files]
    for phase, file in enumerate(segs):
        told = pydicom.dcmread(file)
        used = {i.ReferencedSOPInstanceUID for s in told.ReferencedSeriesSequence for i in s.ReferencedInstanceSequence}
        assert used and used <= {f"1.2.3.4.{4 * phase + k}" for k in range(4)}
        assert np.array_equal(stored_labels(file).labels.sum(), masks[phase].sum())
    (film,) = {f for one in finish(exporting(out, disk / "out", ".nii.gz", (ONE,))) for f in one.files}
    assert np.array_equal(np.asarray(nibabel.load(film).dataobj), np.stack(masks).transpose(3, 2, 1, 0))
    room.bench.close()
