import subprocess
import sys

import pytest

from unet_studio.cli import doctor


def test_it_tells_versions_devices_windows_memory_and_folders(run):
    ran = run("doctor", "--json")
    assert ran.code == 0 and set(ran.result) == {"versions", "devices", "qt", "memory", "folders", "problems"}
    assert ran.result["versions"]["Python"].startswith("3.") and ran.result["versions"]["torch"][0].isdigit()
    assert ran.result["devices"]["cpu"].startswith("CPU") and ran.result["problems"] == []
    assert ran.result["qt"]["platform"] == "offscreen" and ran.result["qt"]["fonts"] >= 0


def test_people_read_it_as_a_list(run):
    ran = run("doctor")
    assert ran.code == 0 and "Versions\n" in ran.out and "  torch" in ran.out and "Folders\n" in ran.out


@pytest.mark.parametrize(
    ("qt", "why"),
    [({"problem": "Qt can't open a window here."}, "Qt can't open"), ({"fonts": 0, "version": "6"}, "no fonts")],
)
def test_what_the_window_needs_and_is_missing_is_a_problem(run, monkeypatch, qt, why):
    monkeypatch.setattr(doctor, "_qt", lambda: qt)
    ran = run("doctor", "--json")
    assert ran.code == 1 and why in ran.sentence and ran.result["problems"] == [ran.sentence]


def test_a_missing_library_is_a_problem_by_name(run, monkeypatch):
    monkeypatch.setattr(doctor, "_LIBRARIES", ("numpy", "no-such-library"))
    ran = run("doctor", "--json")
    assert ran.code == 1 and "no-such-library is missing" in ran.sentence


def test_a_qt_that_aborts_or_hangs_takes_nothing_with_it(monkeypatch):
    monkeypatch.setattr(doctor, "_ASK_QT", "import os; os.abort()")
    assert "code -6" in doctor._qt()["problem"]

    def hang(*words, **how):
        raise subprocess.TimeoutExpired(words, 30)

    monkeypatch.setattr(subprocess, "run", hang)
    assert "does not answer" in doctor._qt()["problem"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a display be missing")
def test_without_a_display_it_says_so_and_asks_all_the_same(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    found = doctor._qt()
    assert found["platform"] == "offscreen" and "none" in found["display"]
