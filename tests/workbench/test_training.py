"""A training run with children that finish, fail, die and hang."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.workbench.children import child, training_children
from tests.workbench.making import ONE, add_case, ball_of, card_of, new_store, write_scan
from unet_studio.errors import ReadError, TrainingError, WriteError
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Geometry
from unet_studio.progress import finish
from unet_studio.segmentation.card import Scores
from unet_studio.segmentation.job import PARENT, read_job
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.workbench import training as training_module
from unet_studio.workbench.training import COMMAND, Material, clear_jobs, discard, training

OPTIONS = TrainingOptions((ONE,), steps=4)


@pytest.fixture
def jobs(disk, monkeypatch):
    """The folder that job folders are made in."""
    folder = disk / "jobs"
    folder.mkdir()
    monkeypatch.setattr(training_module.tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def material(disk):
    with new_store(disk) as store:
        case, volume = add_case(store, write_scan(disk / "scan.nii.gz"))
    labels = ball_of(volume)
    return Material(case, disk / "scan.nii.gz", {i: labels[i] for i in (1, 3, 4)}, frozenset({3}))


def pid_in(jobs: Path) -> int:
    (file,) = jobs.glob("*/pid")
    return int(file.read_text())


def test_a_training_reports_its_steps_and_gives_its_checkpoint(disk, jobs, material):
    steps, card = [], card_of(scores=Scores({1: 0.9}, 1, 1))
    began = time.monotonic()
    trained = finish(training([material], OPTIONS, steps.append, command=child(disk, "finish", card)))
    assert time.monotonic() - began < 30  # it is not waited for once it has finished
    assert [s.step for s in steps] == [1, 2]
    assert [s.held_out_dice for s in steps] == [None, {1: 0.5}]
    assert trained.card == card
    assert trained.file.read_bytes() == b"weights"
    assert training_children() == []
    discard(trained)
    assert list(jobs.iterdir()) == []


def test_the_job_holds_the_slices_the_way_up_they_are_shown_and_which_are_held_out(disk, jobs, monkeypatch):
    turned = Geometry((5, 6, 7), spacing_mm=(1.0, 3.0, 1.0), axes=((0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)))
    from unet_studio.files.volumes import write_volume
    from unet_studio.image.volume import Volume

    voxels = np.arange(5 * 6 * 7, dtype=np.int16).reshape(5, 6, 7)
    write_volume(disk / "turned.nii.gz", Volume(voxels, turned))
    with new_store(disk) as store:
        case, volume = add_case(store, disk / "turned.nii.gz")
    labels = (volume.voxels % 3).astype(np.uint8)
    view = plane_view(volume.geometry, working_plane(volume.geometry))
    assert view.axis == case.axis != 0
    material = Material(
        case, disk / "turned.nii.gz", {i: np.take(labels, i, case.axis) for i in range(4)}, frozenset({1})
    )
    seen = []
    real = training_module.write_job
    monkeypatch.setattr(
        training_module, "write_job", lambda folder, *rest: (real(folder, *rest), seen.append(read_job(folder)))
    )
    discard(finish(training([material], OPTIONS, lambda _: None, command=child(disk, "finish", card_of()))))
    train, held, options = seen[0]
    assert [s.index for s in train] == [0, 2, 3]
    assert [s.index for s in held] == [1]
    assert options.steps == 4
    for sample in (*train, *held):
        assert np.array_equal(sample.image[..., 0], view.slice_of(volume.voxels, sample.index))
        assert np.array_equal(sample.labels, view.slice_of(labels, sample.index))
        assert sample.case == str(case.id)
        assert sample.spacing_mm == view.spacing_mm(volume.geometry)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("fail", "There was too little memory. Close other programs."),
        ("die", "for want of memory"),
        ("exit", "ended by itself (code 7)"),
    ],
)
def test_a_training_that_ends_badly_is_told_in_a_sentence_and_leaves_nothing(disk, jobs, material, mode, words):
    with pytest.raises(TrainingError) as told:
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, mode)))
    assert words in str(told.value)
    assert list(jobs.iterdir()) == []
    assert training_children() == []


def test_what_a_child_said_before_it_died_is_in_the_log(disk, jobs, material, caplog):
    with pytest.raises(TrainingError):
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, "exit")))
    assert "a traceback" in caplog.text


def test_a_child_that_falls_silent_is_ended(disk, jobs, material, monkeypatch):
    real = training_module._last_words

    def at_once(process):
        wait = process.wait
        process.wait = lambda timeout=None: wait(0.01 if timeout else None)
        return real(process)

    monkeypatch.setattr(training_module, "_last_words", at_once)
    with pytest.raises(TrainingError, match="fell silent"):
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, "mute")))
    assert training_children() == []


def test_closing_kills_the_child_at_once_and_leaves_no_folder(disk, jobs, material):
    steps = []
    work = training([material], OPTIONS, steps.append, command=child(disk, "hang"))
    while not steps:
        next(work)
    pid = pid_in(jobs)
    began = time.monotonic()
    work.close()
    assert time.monotonic() - began < 2
    assert not psutil.pid_exists(pid)
    assert list(jobs.iterdir()) == []


def test_a_program_that_cannot_be_started_is_told(jobs, material):
    with pytest.raises(TrainingError, match="could not be started"):
        finish(training([material], OPTIONS, lambda _: None, command=["/no/such/program"]))
    assert list(jobs.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(disk, jobs, material, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(WriteError, match="space"):
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, "finish")))
    assert list(jobs.iterdir()) == []


def test_a_scan_that_changed_since_it_was_labelled_does_not_train(disk, jobs, material):
    write_scan(disk / "scan.nii.gz", seed=5)
    with pytest.raises(ReadError, match="is not the scan it was"):
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, "finish")))
    assert list(jobs.iterdir()) == []


def test_the_fake_child_speaks_as_the_real_one_does():
    from unet_studio.segmentation.job import event_from_line
    from unet_studio.segmentation.segmenter import TrainingStep

    line = {"event": "step", "step": 1, "seconds": 1.0, "seconds_left": 3.0, "fraction": 0.25, "loss": 1.0}
    line |= {"held_out_dice": None, "message": ""}
    assert isinstance(event_from_line(json.dumps(line)), TrainingStep)


def test_job_folders_of_a_program_that_was_killed_go_with_the_next_one(jobs, monkeypatch):
    ours, theirs, gone = (jobs / f"unet-studio-job-{pid}-x" for pid in (os.getpid(), 1, 4_194_305))
    for folder in (ours, theirs, gone, jobs / "unet-studio-job-old", jobs / "else"):
        folder.mkdir()
        (folder / "samples.npz").write_bytes(b"scan")
    clear_jobs()
    assert sorted(p.name for p in jobs.iterdir()) == sorted([ours.name, theirs.name, "unet-studio-job-old", "else"])


@pytest.mark.skipif(os.name != "posix", reason="parents are told otherwise there")
def test_a_training_whose_program_died_while_it_started_ends_by_itself(disk):
    told = {**os.environ, PARENT: "4194305"}
    ran = subprocess.run([*COMMAND, str(disk)], env=told, capture_output=True, timeout=120)
    assert ran.returncode == 3 and ran.stdout == b""


@pytest.mark.skipif(os.name != "posix", reason="ulimit")
def test_a_disk_that_is_full_when_the_checkpoint_is_written_is_told_and_leaves_none(disk, jobs, material):
    limited = ["/bin/sh", "-c", 'ulimit -f 40; exec "$0" -m unet_studio train-job "$1"', sys.executable]
    options = TrainingOptions((ONE,), steps=1, architecture="light", device="cpu")
    with pytest.raises(TrainingError, match=r"checkpoint\.safetensors could not be .*space\.$"):
        finish(training([material], options, lambda _: None, command=limited))
    assert list(jobs.iterdir()) == []
    assert training_children() == []


def test_a_scan_that_is_gone_does_not_train_and_is_named(disk, jobs, material):
    (disk / "scan.nii.gz").unlink()
    with pytest.raises(ReadError, match=r"scan\.nii\.gz"):
        finish(training([material], OPTIONS, lambda _: None, command=child(disk, "finish")))
    assert list(jobs.iterdir()) == []
