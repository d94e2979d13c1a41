"""The whole app killed with a stroke just drawn."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.gui.conftest import CLASSES
from unet_studio.files.volumes import read_volume
from unet_studio.project.store import Store
from unet_studio.workbench.scan import working_axis

ROOT = Path(__file__).parents[2]


def test_a_stroke_on_its_way_to_the_disk_is_saved_when_the_program_is_asked_to_end(scan, tmp_path):
    folder, volume = tmp_path / "asked.unetstudio", read_volume(scan)
    with Store.create(folder, name="asked", classes=CLASSES) as store:
        case = store.add_case(
            name="ball", path=scan, choice="", fingerprint=volume.fingerprint, shape=volume.geometry.shape,
            axis=working_axis(volume),
        )  # fmt: skip
    command = [sys.executable, "-m", "tests.gui.hand_that_is_asked_to_end", str(folder)]
    home = {**os.environ, "UNET_STUDIO_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(command, cwd=ROOT, env=home, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    with Store.open(folder) as store:
        assert [change.name for change in store.history(case.id, budget_bytes=1 << 20)[0]] == ["Paint Ball"]
        assert store.labels(case).any()


def test_strokes_drawn_before_the_app_is_killed_are_there_and_can_be_undone(scan, tmp_path):
    folder, volume = tmp_path / "killed.unetstudio", read_volume(scan)
    with Store.create(folder, name="killed", classes=CLASSES) as store:
        case = store.add_case(
            name="ball", path=scan, choice="", fingerprint=volume.fingerprint, shape=volume.geometry.shape,
            axis=working_axis(volume),
        )  # fmt: skip
    command = [sys.executable, "-m", "tests.gui.hand_that_is_killed", str(folder), str(tmp_path)]
    for strokes in (1, 6):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as hand:
            assert hand.stdout is not None
            told = 0
            while told < strokes:
                line = hand.stdout.readline()
                assert line.startswith("saved "), line
                told = int(line.split()[1])
            hand.kill()
        with Store.open(folder) as store:
            done, _ = store.history(case.id, budget_bytes=1 << 30)
            labels = store.labels(case)
            assert len(done) >= told
            assert all(change.name == "Paint Ball" for change in done)
            for change in reversed(done):
                box = change.edit.box
                assert np.array_equal(labels[box], change.edit.after)
                labels[box] = change.edit.before
            assert not labels.any()
