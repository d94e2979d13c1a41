"""The training process leaves a checkpoint in its folder, tells how it went, and does not outlive its parent."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.unet.conftest import CORE, DISC, disc_samples
from unet_studio.segmentation.job import CHECKPOINT_FILE, ENOUGH, JobFailed, JobFinished, event_from_line, write_job
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet import job
from unet_studio.unet.checkpoint import open_checkpoint

RUN = "import sys; from pathlib import Path; from unet_studio.unet.job import run_job; sys.exit(run_job(Path(sys.argv[1])))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    options = TrainingOptions((DISC, CORE), steps=3, architecture="light", device="cpu", name="by job")
    write_job(tmp_path / "job", disc_samples(), disc_samples(case="h", seed=2), options)
    return tmp_path / "job"


def events(folder: Path, monkeypatch) -> tuple[int, list]:
    monkeypatch.setattr(job, "_step_back", lambda: None)
    monkeypatch.setattr(job, "_end_with_parent", lambda: None)
    out = io.StringIO()
    code = job.run_job(folder, out=out)
    return code, [event_from_line(line) for line in out.getvalue().splitlines()]


def test_a_process_does_the_job_and_leaves_its_checkpoint(folder):
    done = subprocess.run([sys.executable, "-c", RUN, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [event_from_line(line) for line in done.stdout.splitlines()]
    assert None not in told
    assert all(isinstance(event, TrainingStep) for event in told[:-1])
    assert isinstance(told[-1], JobFinished)
    assert open_checkpoint(folder / CHECKPOINT_FILE).card == told[-1].card
    assert told[-1].card.name == "by job"


def test_a_process_that_is_told_enough_leaves_what_it_has_learned(tmp_path):
    options = TrainingOptions((DISC, CORE), steps=10**6, architecture="light", device="cpu")
    write_job(tmp_path / "long", disc_samples(), disc_samples(case="h", seed=2), options)
    run = RUN.replace("Path(sys.argv[1])", "Path(sys.argv[1]), words=0")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", run, str(tmp_path / "long")], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        while not (told := event_from_line(process.stdout.readline())).step:
            pass
        process.stdin.write("nonsense\n" + ENOUGH[:3])
        process.stdin.flush()
        process.stdin.write(ENOUGH[3:] + "\n")
        process.stdin.flush()
        last = [event_from_line(line) for line in process.stdout][-1]
        errors = process.stderr.read() if process.stderr else ""
    assert (process.returncode, errors) == (0, "")
    assert isinstance(last, JobFinished) and last.card.ended == "asked"
    assert told.step <= last.card.steps < 10**6
    assert open_checkpoint(tmp_path / "long" / CHECKPOINT_FILE).card == last.card


def test_a_job_is_done_once(folder, monkeypatch):
    assert events(folder, monkeypatch)[0] == 0
    code, told = events(folder, monkeypatch)
    assert code == 1
    assert isinstance(told[-1], JobFailed)
    assert "never overwritten" in told[-1].message


def test_a_folder_that_is_no_job_fails_in_a_sentence(tmp_path, monkeypatch):
    code, told = events(tmp_path, monkeypatch)
    assert code == 1
    assert told == [JobFailed(f"The training folder {tmp_path.name} is not whole; start the training again.")]


def test_memory_running_out_fails_in_a_sentence(folder, monkeypatch):
    def refuse(*_):
        raise MemoryError

    monkeypatch.setattr(job, "read_job", refuse)
    code, told = events(folder, monkeypatch)
    assert code == 1
    assert "not enough memory" in told[-1].message


def test_a_listener_that_has_gone_ends_the_job(folder, monkeypatch):
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(job, "_step_back", lambda: None)
    monkeypatch.setattr(job, "_end_with_parent", lambda: None)
    assert job.run_job(folder, out=Closed()) == 1
    assert not (folder / CHECKPOINT_FILE).exists()


@pytest.mark.skipif(os.name == "nt", reason="priorities are named, not numbered, there")
def test_the_process_goes_after_all_others():
    niceness = subprocess.run(
        [sys.executable, "-c", "from unet_studio.unet import job; job._step_back(); import os; print(os.nice(0))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(niceness.stdout) >= 10


def test_it_ends_when_the_process_that_started_it_does(tmp_path):
    options = TrainingOptions((DISC, CORE), steps=10**6, architecture="light", device="cpu")
    write_job(tmp_path / "long", disc_samples(), [], options)
    parent = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {RUN!r}, sys.argv[1]], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent, str(tmp_path / "long")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        assert child.is_running()
        process.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end and child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.1)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
