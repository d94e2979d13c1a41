"""Faults of the program: each is logged and told once, whichever thread it came from, and names nobody."""

import json
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.conftest import CLASSES
from tests.gui.hand_that_errs import SECRET
from unet_studio.app import _PrivateLog
from unet_studio.gui.faults import EVERY_S, Faults, PrivateFormatter, frames_text, without_paths
from unet_studio.project.store import Store

ROOT = Path(__file__).parents[2]


def start(tmp_path, how: str) -> subprocess.CompletedProcess[str]:
    folder = tmp_path / "P.unetstudio"
    if not folder.exists():
        Store.create(folder, name="P", classes=CLASSES).close()
    command = [sys.executable, "-m", "tests.gui.hand_that_errs", how, str(folder)]
    home = {**os.environ, "UNET_STUDIO_HOME": str(tmp_path / "home")}
    return subprocess.run(command, cwd=ROOT, env=home, capture_output=True, text=True, timeout=120)


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes and signals")
def test_faults_of_slots_threads_events_and_painting_are_all_caught_told_and_kept_private(tmp_path):
    ran = start(tmp_path, "err")
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert "inside the program" in seen["notice"]
    where = [line.split()[-1] for line in seen["log"].splitlines() if "hand_that_errs.py" in line]
    assert {"paintEvent", "run", "<lambda>", "fault"} <= set(where)
    assert seen["log"].count("a fault of the program") == 5  # not two hundred
    assert "builtins.ValueError" in seen["details"] and "UNet Studio" in seen["details"]
    assert SECRET not in ran.stdout + ran.stderr
    assert {mode for name, mode in seen["modes"].items() if name.startswith(("unet-studio", "crash", "settings"))} == {
        "0o600"
    }
    assert seen["modes"]["home"] == "0o700"
    assert seen["listening"] == 0


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_after_a_crash_the_next_start_says_so_and_shows_where(tmp_path):
    assert start(tmp_path, "crash").returncode == -11
    ran = start(tmp_path, "look")
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert "ended unexpectedly" in seen["notice"] and "hand_that_errs.py" not in seen["notice"]
    assert "Segmentation fault" in seen["details"]
    assert (tmp_path / "home" / "crash-before.txt").exists()


def raised(message: str, *, depth: int = 0) -> BaseException:
    try:
        if depth:
            raise raised(message, depth=depth - 1)
        raise FileNotFoundError(2, "No such file or directory", f"/scans/{message}.nii")
    except FileNotFoundError as error:
        return error


def test_the_same_fault_is_told_again_only_after_a_minute_and_counted(caplog):
    told, now = [], [0.0]
    faults = Faults(told.append, lambda closure: closure(), clock=lambda: now[0])

    def again() -> None:
        error = raised("scan")
        faults.caught(type(error), error, error.__traceback__)

    for _ in range(50):
        again()
    assert len(told) == 1 and len(caplog.records) == 1
    now[0] = EVERY_S
    again()
    assert len(told) == 2 and "49 more like it" in caplog.text
    other = ValueError("another")
    faults.caught(ValueError, other, None)
    assert len(told) == 3


def test_an_interrupt_is_no_fault(capsys):
    told = []
    Faults(told.append, lambda closure: closure()).caught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == [] and "KeyboardInterrupt" in capsys.readouterr().err


def test_a_report_names_places_in_the_program_and_nothing_of_the_message():
    error = raised(SECRET)
    text = frames_text(error, error.__traceback__)
    assert "test_faults.py" in text and "raised" in text and "FileNotFoundError 2 No such file or directory" in text
    assert SECRET not in text and str(ROOT) not in text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("no '/home/Doe John/a.nii' there", "no … there"),
        (r"no 'C:\scans\Doe John\a.nii' there", "no … there"),
        ("in /mnt/Doe/x.dcm: bad", "in …: bad"),
        ("5 and/or 6 of 2026-01-01", "5 and/or 6 of 2026-01-01"),
    ],
)
def test_paths_are_taken_out_of_what_is_logged(text, clean):
    assert without_paths(text) == clean


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_the_log_turns_over_and_each_of_its_files_is_private(tmp_path):
    handler = _PrivateLog(tmp_path / "a.log", maxBytes=2000, backupCount=3, encoding="utf-8")
    handler.setFormatter(PrivateFormatter("%(message)s"))
    for number in range(200):
        handler.emit(
            logging.LogRecord("unet_studio", logging.INFO, "", 1, f"line {number} “é” " + "x" * 40, None, None)
        )
    handler.close()
    files = sorted(tmp_path.iterdir())
    assert [f.name for f in files] == ["a.log", "a.log.1", "a.log.2", "a.log.3"]
    assert all(f.stat().st_size <= 2000 and stat.S_IMODE(f.stat().st_mode) == 0o600 for f in files)
    assert "line 199" in files[0].read_text(encoding="utf-8")
