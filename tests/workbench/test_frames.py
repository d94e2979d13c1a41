"""A scan of several frames as one case: stepped through, drawn on, moved and scored as one."""

import shutil

import numpy as np
import pytest

from tests.files.phantoms import nifti_file
from tests.workbench.making import ONE, R, write_scan
from tests.workbench.test_workbench import Room
from unet_studio.files.sources import Source
from unet_studio.files.volumes import read_volume
from unet_studio.image.plane import Plane
from unet_studio.image.window import Window
from unet_studio.project.films import frame_number
from unet_studio.workbench.frame_labels import copy_from_frame
from unet_studio.workbench.retraining import gather

FRAMES, SHAPE = 5, (4, 20, 16)


def film_file(folder, name="heart.nii.gz", *, frames=FRAMES):
    """A ball that shrinks and grows, on a noisy ground."""
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    noise = np.random.default_rng(1).normal(0, 10, (frames, *SHAPE))
    balls = [((y - 10) ** 2 + (x - 8) ** 2 + 0 * z < (3 + t) ** 2) * 300 for t in range(frames)]
    return nifti_file(folder, name, data=(np.stack(balls) + noise).astype(np.int16), pixdim=(1, 1, 1, 3, 1, 1, 1, 1))


@pytest.fixture
def room(disk, mailbox):
    """A project with the five frames of one file, the first on the screen."""
    room = Room(disk, mailbox)
    room.make()
    add_film(room, film_file(disk))
    yield room
    room.bench.close()


def add_film(room: Room, path, frames=FRAMES) -> None:
    many = len(room.project.worklist.cases) + frames
    name = path.name.split(".")[0]
    room.project.worklist.add([Source(path, str(n + 1), f"{name} frame {n + 1}") for n in range(frames)])
    room.mailbox.wait_for(lambda: len(room.project.worklist.cases) == many and frame_is(room, 1))


def frame_is(room: Room, number: int) -> bool:
    return room.annotation is not None and frame_number(room.annotation.case.choice) == number


def go(room: Room, number: int) -> None:
    room.project.worklist.open(case(room, number))
    room.mailbox.wait_for(lambda: frame_is(room, number))


def case(room: Room, number: int):
    return next(c for c in room.project.worklist.cases if frame_number(c.choice) == number)


def test_stepping_through_time_keeps_plane_slice_and_window(room):
    viewport = room.bench.viewport
    exchanged, opened = [], []
    viewport.exchanged.connect(lambda: exchanged.append(1))
    viewport.opened.connect(lambda: opened.append(1))
    viewport.turn(Plane.CORONAL)
    viewport.go(7)
    viewport.set_window(Window(50, 321))
    go(room, 4)
    assert (viewport.view.plane, viewport.index, viewport.window) == (Plane.CORONAL, 7, Window(50, 321))
    assert np.array_equal(viewport.volume.voxels, read_volume(room.disk / "heart.nii.gz", "4").voxels)
    assert (exchanged, opened) == ([1], [])


def test_another_scan_is_shown_from_its_middle_as_ever(room, disk):
    room.bench.viewport.go(0)
    room.add(write_scan(disk / "other.nii.gz"))
    assert room.bench.viewport.index == 3
    go(room, 2)
    assert room.bench.viewport.index == 2


def test_each_frame_has_its_own_labels_and_its_own_undo(room):
    room.paint(index=1)
    go(room, 2)
    assert not room.annotation.label_map.voxels.any() and room.annotation.history.undo_name is None
    go(room, 1)
    assert room.annotation.label_map.voxels.any()
    room.annotation.undo()
    assert not room.annotation.label_map.voxels.any()


def test_all_frames_are_there_once_the_film_was_opened_so_a_step_reads_nothing(room, monkeypatch):
    def unread(*_):
        raise AssertionError("read again")

    monkeypatch.setattr("unet_studio.workbench.ahead.reading_scan", unread)
    monkeypatch.setattr("unet_studio.workbench.worklist.reading_scan", unread)
    for number in (2, 3, 4, 5, 4, 1):
        go(room, number)


def test_a_file_that_was_written_again_meanwhile_is_not_taken_for_the_one_that_was_read(room, disk):
    film_file(disk, frames=3).touch()
    room.project.worklist.open(case(room, 5))
    room.mailbox.wait_for(lambda: bool(room.told))
    assert "holds no volume 5" in room.told[0] and frame_is(room, 1)


def test_the_labels_of_another_frame_are_copied_as_one_action_that_can_be_undone(room):
    room.paint(index=1, point=(5, 5))
    drawn = room.annotation.labels(1).copy()
    go(room, 2)
    copy(room, 1, mate=1)
    assert np.array_equal(room.annotation.labels(1), drawn) and drawn.any()
    assert room.annotation.history.undo_name == "Copy slice 2 from frame 1"
    room.annotation.undo()
    assert not room.annotation.label_map.voxels.any()


def test_a_proposal_of_the_other_frame_is_copied_as_it_is_seen(room):
    room.checkpoint()
    room.predict()
    room.saved()
    go(room, 2)
    copy(room, 0, mate=1)
    assert room.annotation.labels(0).all()


def test_locked_labels_and_reviewed_slices_stay_and_an_empty_slice_wipes_nothing(room):
    room.paint(index=1)
    go(room, 2)
    room.annotation.review(1)
    copy(room, 1, mate=1)
    assert not room.annotation.labels(1).any()
    room.paint(index=0)
    drawn = room.annotation.labels(0).copy()
    copy(room, 0, mate=3)
    assert room.told[-1] == "Nothing is drawn on this slice of frame 3."
    assert np.array_equal(room.annotation.labels(0), drawn)
    stone = np.full(drawn.shape, 3, np.uint8)
    room.bench.palette.set_classes([ONE, *[c for c in room.bench.palette.classes if c.value == 3]])
    go(room, 3)
    room.annotation.label_map.voxels[2] = stone
    go(room, 4)
    room.annotation.label_map.voxels[1] = 3  # locked
    copy(room, 1, mate=1)
    assert (room.annotation.labels(1) == 3).all()


def test_a_copy_that_comes_when_another_frame_is_open_is_dropped(room):
    room.paint(index=1)
    go(room, 2)
    left = room.annotation
    copy_from_frame(
        room.project, left, 1, case(room, 1), is_open=lambda one: room.annotation is one, told=room.told.append
    )
    room.bench.close_case()
    settle(room)
    assert not left.label_map.voxels.any() and not room.told


def copy(room: Room, index: int, *, mate: int) -> None:
    copy_from_frame(
        room.project, room.annotation, index, case(room, mate),
        is_open=lambda one: room.annotation is one, told=room.told.append,
    )  # fmt: skip
    settle(room)


def settle(room: Room) -> None:
    done = []
    room.project.saving.attempt(lambda _: 1, done=done.append, failed=done.append)
    room.mailbox.wait_for(lambda: bool(done))


def test_when_a_frame_is_done_the_way_leads_to_the_next_frame_before_another_scan(room, disk):
    room.add(write_scan(disk / "other.nii.gz"))
    go(room, 3)
    for index in range(SHAPE[0]):
        room.annotation.review(index)
    room.bench.go_next()
    room.mailbox.wait_for(lambda: frame_is(room, 4))
    assert room.told[-1] == "On to heart frame 4: not looked at yet."


def test_a_film_that_was_moved_is_found_as_a_whole(room, disk):
    (disk / "new").mkdir()
    shutil.move(disk / "heart.nii.gz", disk / "new" / "heart.nii.gz")
    done = []
    room.project.worklist.move({case(room, 2).id: disk / "new" / "heart.nii.gz"}, lambda: done.append(1))
    room.mailbox.wait_for(lambda: bool(done))
    assert len({c.path for c in room.project.worklist.cases}) == 1
    assert len(room.project.worklist.film(case(room, 1)).cases) == FRAMES
    go(room, 5)


def test_frames_of_one_file_are_never_split_between_training_and_the_held_out_set(room, disk):
    """Also not where one of them was removed after it had trained."""
    room.add(write_scan(disk / "other.nii.gz"))
    other = room.project.worklist.cases[-1]
    store = room.project.saving.store
    for first in (1, 2):
        reviewed = {c.id: frozenset(range(3)) for c in room.project.worklist.cases}
        settle(room)
        materials = {m.case.id: m for m in gather(store, reviewed)}
        frames = [materials[c.id] for c in room.project.worklist.cases if c != other]
        held = {frozenset(m.held_out & set(m.labels)) for m in frames}
        assert len(held) == 1
        assert held == {frozenset(range(3))} or held == {frozenset()}
        assert bool(materials[other.id].held_out) is (held == {frozenset()})
        room.project.worklist.remove(case(room, first))
        room.mailbox.wait_for(lambda first=first: len(room.project.worklist.cases) == FRAMES + 1 - first)


def test_what_a_removed_frame_taught_is_not_held_out_in_those_that_stay(room, disk):
    room.checkpoint(trained_on={str(case(room, 1).id): (0, 1, 2)})
    room.project.worklist.remove(case(room, 1))
    room.mailbox.wait_for(lambda: len(room.project.worklist.cases) == FRAMES - 1)
    room.saved()
    store = room.project.saving.store
    second = case(room, 2)
    (material,) = gather(store, {second.id: frozenset({0, 1, 2, 3})})
    assert not material.held_out & {0, 1, 2}


def test_the_slices_of_all_frames_are_the_films(room):
    film = room.project.worklist.film(case(room, 3))
    assert film.slices == FRAMES * SHAPE[0] and film.name == "heart"
    room.annotation.review(2)
    assert film.states(room.project.worklist.states) == {(case(room, 1).id, 2): R}


def test_what_is_predicted_on_one_frame_is_predicted_on_the_others_as_they_come(room):
    room.checkpoint()
    go(room, 2)
    assert not room.annotation.proposals  # nobody has asked
    room.predict()
    ended = len(room.ended)
    go(room, 3)
    room.mailbox.wait_for(lambda: len(room.ended) > ended)
    assert set(room.annotation.proposals) == set(range(SHAPE[0]))
    room.saved()
    go(room, 2)
    assert room.bench.assistant.predicting is None  # these are there
    assert room.ended == [""] * len(room.ended)


def test_a_frame_of_which_all_is_reviewed_is_not_predicted_and_nothing_is_said(room):
    room.checkpoint()
    for index in range(SHAPE[0]):
        room.annotation.review(index)
    go(room, 2)
    room.predict()
    told = len(room.told)
    go(room, 1)
    assert room.bench.assistant.predicting is None and len(room.told) == told


def test_a_first_guess_by_brightness_is_made_once_and_not_on_every_frame(room):
    room.predict()
    go(room, 2)
    assert room.bench.assistant.predicting is None and not room.annotation.proposals


def test_a_pixel_size_that_is_given_is_that_of_all_frames(room, disk):
    bare = nifti_file(
        disk, "bare.nii.gz", data=np.zeros((2, *SHAPE), np.int16), pixdim=(1, 0, 0, 0, 1, 1, 1, 1), sform=0, qform=0
    )
    room.project.worklist.add([Source(bare, str(n), f"bare frame {n}") for n in (1, 2)])
    bare_ones = lambda: [c for c in room.project.worklist.cases if c.name.startswith("bare")]  # noqa: E731
    room.mailbox.wait_for(lambda: len(bare_ones()) == 2 and room.annotation.case.id == bare_ones()[0].id)
    room.project.worklist.measure(bare_ones()[0], (0.5, 0.5, 2.0))
    spacing = lambda: room.bench.viewport.volume.geometry.spacing_mm  # noqa: E731
    room.mailbox.wait_for(lambda: spacing() == (2.0, 0.5, 0.5))
    room.project.worklist.open(bare_ones()[1])
    room.mailbox.wait_for(lambda: room.annotation.case.id == bare_ones()[1].id)
    assert spacing() == (2.0, 0.5, 0.5) and len(room.project.worklist.film(bare_ones()[0]).cases) == 2
