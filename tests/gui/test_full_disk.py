"""The disk is full while the user draws: nobody can miss it, nothing is lost, and it goes on by itself."""

import json
import resource
import signal
import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import saved
from tests.gui.test_loop import drag
from unet_studio.project.store import Store
from unet_studio.workbench import saving as saving_module

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")


@pytest.fixture
def full_disk():
    """Turns the disk full and back: no file may grow beyond a kilobyte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def turn(is_full: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024 if is_full else soft, hard))

    yield turn
    turn(False)
    signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_is_said_twice_kept_trying_and_ends_well(studio, qtbot, full_disk, monkeypatch):
    monkeypatch.setattr(saving_module, "RETRY_S", 0.02)
    window, project = studio.window, studio.workbench.project
    drag(window.canvas, (10, 20), (10, 40))
    saved(studio, qtbot)
    full_disk(True)
    for row in (20, 25, 30):
        drag(window.canvas, (row, 20), (row, 40))
    qtbot.waitUntil(lambda: window.status.saved_text.startswith("NOT SAVED"))
    assert project.saving.pending == 3
    notices = window.notices
    assert "not saved" in notices.text and "disk" in notices.text and notices.property("role") == "bad"
    assert notices.findChild(QPushButton, "noticeAction").text() == "Try again"
    full_disk(False)
    qtbot.waitUntil(lambda: window.status.saved_text == "✓ All changes saved")
    assert "saved again" in notices.text and notices.property("role") == ""
    drawn = studio.workbench.annotation.label_map.voxels.copy()
    folder = project.folder
    assert studio.workbench.close_project()
    with Store.open(folder) as store:
        (case,) = store.cases()
        assert np.array_equal(store.labels(case), drawn)
        assert len(store.history(case.id, budget_bytes=1 << 20)[0]) == 4
    assert not list(folder.glob("**/.us-*"))


def test_the_button_tries_at_once(studio, qtbot, full_disk):
    window = studio.window
    full_disk(True)
    drag(window.canvas, (20, 20), (20, 40))
    qtbot.waitUntil(lambda: "not saved" in window.notices.text)
    full_disk(False)
    qtbot.mouseClick(window.notices.findChild(QPushButton, "noticeAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.status.saved_text == "✓ All changes saved", timeout=1500)


def test_settings_that_can_not_be_saved_are_told_once_and_kept_for_this_time(studio, qtbot, full_disk):
    preferences, window = studio.preferences, studio.window
    preferences.change(last_folder="x" * 2000)
    before = json.loads(preferences._file.read_text())
    full_disk(True)
    preferences.change(label_opacity=0.9)
    assert "settings can't be saved" in window.notices.text
    assert window.canvas is not None and preferences.settings.label_opacity == 0.9
    assert json.loads(preferences._file.read_text()) == before
    full_disk(False)
    preferences.change(label_opacity=0.8)
    assert json.loads(preferences._file.read_text())["label_opacity"] == 0.8
