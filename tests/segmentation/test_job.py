"""A job folder holds a whole training, and its lines tell how it goes."""

import json
from pathlib import Path

import numpy as np
import pytest

from unet_studio.errors import TrainingError, WriteError
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import CheckpointCard, Scores
from unet_studio.segmentation.job import (
    OPTIONS_FILE,
    SAMPLES_FILE,
    JobFailed,
    JobFinished,
    event_from_line,
    event_to_line,
    read_job,
    write_job,
)
from unet_studio.segmentation.samples import Intensities, Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep

CLASSES = (LabelClass(1, "Grey matter", (1, 2, 3)), LabelClass(7, "Läsion", (4, 5, 6), is_locked=True))
OPTIONS = TrainingOptions(CLASSES, budget_s=60.0, architecture="light", seed=3, device="cpu", name="third")


def sample(index: int, *, spacing_mm: tuple[float, float] | None = (0.5, 0.75)) -> Sample:
    chance = np.random.default_rng(index)
    image = chance.normal(size=(5, 4 + index, 2)).astype(np.float32)
    around = tuple(chance.normal(size=(5, 4 + index, 2)).astype(np.float32) for _ in range(2))
    labels = chance.integers(0, 3, size=image.shape[:2]).astype(np.uint8)
    return Sample(
        image,
        labels,
        spacing_mm,
        f"case {index % 2}",
        index,
        Intensities(0, 1, 0.5, 0.1, -1, 2),
        "MR",
        (*around, image) if index else (),
    )


def assert_same(a: Sample, b: Sample) -> None:
    assert np.array_equal(a.image, b.image)
    assert a.image.dtype == b.image.dtype
    assert np.array_equal(a.labels, b.labels)
    assert len(a.around) == len(b.around)
    assert all(np.array_equal(one, other) for one, other in zip(a.around, b.around, strict=True))
    assert (a.spacing_mm, a.case, a.index, a.intensities, a.modality) == (
        b.spacing_mm,
        b.case,
        b.index,
        b.intensities,
        b.modality,
    )


def test_a_job_is_read_as_it_was_written(tmp_path):
    training, held_out = [sample(0), sample(1, spacing_mm=None)], [sample(2)]
    write_job(tmp_path / "job", training, held_out, OPTIONS)
    read_training, read_held_out, options = read_job(tmp_path / "job")
    assert options == OPTIONS
    assert (len(read_training), len(read_held_out)) == (2, 1)
    for a, b in zip([*training, *held_out], [*read_training, *read_held_out], strict=True):
        assert_same(a, b)


def test_by_steps_and_without_held_out_slices_too(tmp_path):
    options = TrainingOptions(CLASSES[:1], steps=20)
    write_job(tmp_path, [sample(0)], [], options)
    assert read_job(tmp_path)[1:] == ((), options)


def test_the_checkpoint_to_start_from_travels_with_the_folder(tmp_path):
    start = tmp_path / "elsewhere.safetensors"
    start.write_bytes(b"weights")
    write_job(tmp_path / "job", [sample(0)], [], TrainingOptions(CLASSES, steps=1, start=start))
    start.unlink()
    moved = (tmp_path / "job").rename(tmp_path / "another computer")
    options = read_job(moved)[2]
    assert options.start is not None
    assert options.start.read_bytes() == b"weights"
    assert options.start.parent == moved
    assert str(tmp_path) not in (moved / OPTIONS_FILE).read_text()


def test_the_checkpoint_to_be_measured_against_travels_too_and_once_where_it_is_the_one_to_start_from(tmp_path):
    start, rival = tmp_path / "start.weights", tmp_path / "rival.weights"
    start.write_bytes(b"start")
    rival.write_bytes(b"rival")
    for first, second, files in ((None, rival, 1), (start, rival, 2), (start, start, 1), (start, None, 1)):
        folder = tmp_path / f"job-{first and first.stem}-{second and second.stem}"
        write_job(folder, [sample(0)], [], TrainingOptions(CLASSES, steps=1, start=first, rival=second))
        options = read_job(folder)[2]
        for wanted, found in ((first, options.start), (second, options.rival)):
            assert (found and found.read_bytes()) == (wanted and wanted.read_bytes())
            assert found is None or found.parent == folder
        assert len(list(folder.glob("*.safetensors"))) == files


def test_a_folder_that_can_not_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteError, match="could not be prepared"):
        write_job(tmp_path / "file", [sample(0)], [], OPTIONS)


def test_a_start_that_is_gone_is_told(tmp_path):
    with pytest.raises(WriteError, match="could not be prepared"):
        write_job(tmp_path / "job", [sample(0)], [], TrainingOptions(CLASSES, steps=1, start=tmp_path / "gone"))


def spoil_nothing_there(folder: Path) -> None:
    (folder / OPTIONS_FILE).unlink()


def spoil_text(folder: Path) -> None:
    (folder / OPTIONS_FILE).write_text("<html>")


def spoil_fields(folder: Path) -> None:
    described = json.loads((folder / OPTIONS_FILE).read_text())
    described["options"]["colour"] = "red"
    (folder / OPTIONS_FILE).write_text(json.dumps(described))


def spoil_kind(folder: Path) -> None:
    (folder / OPTIONS_FILE).write_text("[]")


def spoil_samples(folder: Path) -> None:
    whole = (folder / SAMPLES_FILE).read_bytes()
    (folder / SAMPLES_FILE).write_bytes(whole[: len(whole) // 2])


def spoil_empty(folder: Path) -> None:
    (folder / SAMPLES_FILE).write_bytes(b"")


def spoil_pickled(folder: Path) -> None:
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(folder / SAMPLES_FILE, image0=objects, labels0=objects)


@pytest.mark.parametrize(
    "spoil",
    [spoil_nothing_there, spoil_text, spoil_fields, spoil_kind, spoil_samples, spoil_empty, spoil_pickled],
)
def test_a_folder_that_is_not_a_whole_job_is_refused_by_name(tmp_path, spoil):
    write_job(tmp_path / "job-7", [sample(0)], [], OPTIONS)
    spoil(tmp_path / "job-7")
    with pytest.raises(TrainingError, match=r"job-7 is not whole"):
        read_job(tmp_path / "job-7")


CARD = CheckpointCard(
    name="third",
    architecture="light",
    parameters=12,
    label_classes=CLASSES,
    scores=Scores({1: 0.9, 7: 0.5}, 4, 1),
    before=None,
    trained_on={"case 0": (0, 2)},
    held_out={"case 1": (1,)},
    parent=None,
    seed=3,
    steps=9,
    seconds=60.0,
    created="2026-01-01T00:00:00+00:00",
    program_version="0.1.0",
)


@pytest.mark.parametrize(
    "event",
    [
        TrainingStep(0, 0.0, 60.0, 0.0),
        TrainingStep(7, 3.5, 56.5, 0.06, 0.4, {1: 0.8, 7: 0.1}, "Learning"),
        JobFinished(CARD),
        JobFailed("There is not enough memory — close “other” programs.\nReally."),
    ],
)
def test_an_event_is_one_line_and_comes_back(event):
    line = event_to_line(event)
    assert "\n" not in line
    assert event_from_line(line) == event


def test_lines_name_their_event():
    assert json.loads(event_to_line(TrainingStep(1, 1, 1, 0.5)))["event"] == "step"
    assert json.loads(event_to_line(JobFinished(CARD)))["card"]["name"] == "third"
    assert json.loads(event_to_line(JobFailed("No.")))["message"] == "No."


@pytest.mark.parametrize(
    "line",
    ["", "Warning: something", "{}", "[1]", "3", '{"event": "step"}', '{"event": "other"}', '{"event": "finished"}'],
)
def test_anything_else_a_process_prints_is_no_event(line):
    assert event_from_line(line) is None
