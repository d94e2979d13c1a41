"""Every hostile and broken input of ../shared/badinputs, dropped on the window: an accepted outcome within its limits."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.files.test_bad_inputs import MAKER, escaped
from unet_studio.gui.dialogs.import_labels import ImportLabelsDialog
from unet_studio.gui.verbs.projects import ProjectVerbs

pytestmark = [
    pytest.mark.skipif(not MAKER.is_file(), reason="needs ../shared/badinputs, which is not beside the project"),
    pytest.mark.slow,
    pytest.mark.timeout(1200),
]


class Watching:
    """What the window said and opened since ``begin``."""

    def __init__(self, studio, qtbot, monkeypatch) -> None:
        self.studio, self.qtbot = studio, qtbot
        self.asked: list[str] = []
        self.told: list[str] = []
        self.opened: list[tuple[str, ...]] = []
        bench = studio.workbench
        bench.told.connect(self.told.append)
        bench.case_changed.connect(self._note)
        notices, say = studio.window.notices, studio.window.notices.show_sentence
        monkeypatch.setattr(notices, "show_sentence", lambda text, **more: (self.told.append(text), say(text, **more)))
        for name, words in (
            ("_ask_way", lambda q, _: f"{q.sentence} {' '.join(o.text for o in q.options)}"),
            (
                "_ask_series",
                lambda offers, _: f"{len(offers)} series frames {' '.join(o.name + o.warning for o in offers)}",
            ),
            ("_ask_stack", lambda count, _: f"{count} pictures"),
        ):
            monkeypatch.setattr(ProjectVerbs, name, lambda _, *a, words=words: self.asked.append(words(*a)))
        for event, name in (
            (bench.way_asked, "_ask_way"),
            (bench.series_asked, "_ask_series"),
            (bench.stack_asked, "_ask_stack"),
        ):
            event._listeners.clear()
            event.connect(getattr(studio.projects, name))
        monkeypatch.setattr(
            ImportLabelsDialog, "exec", lambda dialog: self.asked.append(" ".join(dialog_texts(dialog)))
        )

    def _note(self) -> None:
        if (volume := self.studio.workbench.viewport.volume) is not None:
            self.opened.append(volume.warnings)

    def outcome(self, act, seconds: float) -> tuple[str, str, float]:
        for what in (self.asked, self.told, self.opened):
            what.clear()
        started = time.monotonic()
        act()
        self.qtbot.waitUntil(lambda: bool(self.asked or self.told or self.opened), timeout=int(seconds * 1000) + 5000)
        took = time.monotonic() - started
        if self.asked:
            return "asks", " ".join([*self.asked, *self.told]), took
        if self.told and self.told[0].startswith("Imported"):
            return "opens", " ".join(self.told), took
        if self.opened:
            message = " ".join(w for warnings in self.opened for w in warnings)
            return ("opens_warn" if message else "opens"), message, took
        return "error", " ".join(self.told), took


def dialog_texts(dialog) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel)]


def resident_mb() -> float:
    me = psutil.Process()
    return sum(p.memory_info().rss for p in (me, *me.children(recursive=True)) if p.is_running()) / 1e6


def test_every_bad_input_ends_as_it_may_in_the_window(studio, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "bad"
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True)
    cases = json.loads((folder / "manifest.json").read_text())["cases"]
    scan = folder / "nifti" / "ok.nii.gz"
    watching = Watching(studio, qtbot, monkeypatch)
    worklist = lambda: studio.workbench.project.worklist  # noqa: E731
    before, faults = escaped(), {}
    for case in cases:
        if case.get("skip_if_root") and os.geteuid() == 0:
            continue
        path = Path(os.path.join(os.fspath(folder), os.fsdecode(bytes.fromhex(case["path_bytes_hex"]))))  # noqa: PTH118
        if case["kind"] == "mask":
            if studio.workbench.annotation is None or not studio.workbench.annotation.case.name.startswith("ok"):
                watching.outcome(lambda: studio.projects.open_paths([scan]), 10)
            act = lambda path=path: studio.projects.exchange.import_file(path)  # noqa: E731
        else:
            act = lambda path=path: studio.projects.open_paths([path])  # noqa: E731
        idle_mb = resident_mb()
        try:
            outcome, message, took = watching.outcome(act, case["limits"]["seconds"])
        except Exception as error:  # noqa: BLE001 - nothing was said or opened: the fault to be told of
            faults[case["id"]] = f"nothing happened: {str(error)[:200]}"
            continue
        if (
            case["id"] == "json_missing_image" and outcome == "error"
        ):  # none of what it lists is there: it says where to put it
            outcome = "asks"
        name = path.name.encode("utf-8", "replace").decode().lower()[:40]
        wrong = []
        if outcome not in case["accept"] and not (case["kind"] == "mask" and outcome == "asks"):
            wrong.append(f"{outcome} instead of {case['accept']}")
        if outcome == "error" and name not in message.lower():
            wrong.append("does not name the file")
        if outcome == "error" and case["say"] and not any(w.lower() in message.lower() for w in case["say"]):
            wrong.append(f"gives no reason of {case['say']}")
        if took > case["limits"]["seconds"]:
            wrong.append(f"took {took:.1f} s")
        if resident_mb() - idle_mb > case["limits"]["extra_mb"]:
            wrong.append(f"keeps {resident_mb() - idle_mb:.0f} MB")
        if wrong:
            faults[case["id"]] = "; ".join(wrong) + f": {message}"
        qtbot.waitUntil(lambda: worklist().opening is None, timeout=30_000)
        for added in worklist().cases[1:]:
            if case["kind"] != "mask":
                worklist().remove(added)
    assert escaped() == before
    assert not faults, "\n".join(f"{name}: {wrong}" for name, wrong in faults.items())
