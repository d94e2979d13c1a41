"""``python -m tests.torture.run N [SEED]``: kills the real program N times at random moments and checks what is left."""

import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import nibabel
import numpy as np
import psutil

from tests.torture.checking import check, foreign_rows, read_notes
from unet_studio.files.volumes import read_volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.store import Store
from unet_studio.workbench.scan import working_axis

ROOT = Path(__file__).parents[2]
CLASSES = (LabelClass(1, "Ball", (240, 106, 80)), LabelClass(2, "Shell", (64, 178, 240)))
SHAPE = (8, 48, 64)
ORPHANS_S, POLITE_S = 30.0, 60.0


@dataclass
class Report:
    """What was seen; ``losses`` must stay empty."""

    kills: int = 0
    polite: int = 0
    before_opened: int = 0
    actions: int = 0
    told: int = 0
    trainings: int = 0
    in_training: int = 0
    orphan_s: float = 0.0
    losses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills (and {self.polite} polite ends), {self.before_opened} before a case was open, "
            f"{self.in_training} with a training under way; {self.actions} actions, {self.told} told as saved, "
            f"{self.trainings} trainings ended; children gone after {self.orphan_s:.1f} s at most; {len(self.losses)} losses"
        )


class Torture:
    """One project of two cases in ``home``, and the lives that are led in it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.chance, self.report = home, random.Random(seed), Report()
        self.project, self.notes = home / "killed.unetstudio", home / "notes.txt"
        self.temp = home / "temp"
        self.temp.mkdir()
        self.token = secrets.token_hex(8)
        with Store.create(self.project, name="killed", classes=CLASSES) as store:
            for number in range(2):
                _add_case(store, home / f"ball{number}.nii.gz", number)
        self.known: dict[int, str] = {}
        self.scans = {p: p.read_bytes() for p in home.glob("*.nii.gz")}

    def life(self, seed: int) -> None:
        """Starts the program, lets it live for a while, ends it, and checks."""
        trains, polite = self.chance.random() < 0.2, self.chance.random() < 0.15
        self.notes.unlink(missing_ok=True)
        words = [str(self.project), str(self.notes), str(seed), "train" if trains else "draw"]
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.hand", *words], cwd=ROOT, env=self._environment(),
            stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            if self.chance.random() < 0.9:
                self._wait_for_notes(child)
                time.sleep(self.chance.uniform(0, 16 if trains else 2.5))  # any moment is right
            else:
                time.sleep(self.chance.uniform(0, 2))
            self.report.in_training += any("train-job" in p.cmdline() for p in self._family(without=child.pid))
            assert child.poll() is None, f"the program ended by itself ({child.returncode})"
            ended_s = time.monotonic()
            child.send_signal(signal.SIGTERM if polite else signal.SIGKILL)
            errors = child.communicate(timeout=POLITE_S)[1].decode(errors="replace")
        finally:
            child.kill()
            child.wait()
        self._count(polite=polite)
        self._expect_no_orphans()
        notes = read_notes(self.notes)
        if polite and notes.opened:
            assert child.returncode == 0, errors[-3000:]
            ended_s += 2 * POLITE_S  # all of it must be there
        assert "Traceback" not in errors, errors[-3000:]
        self.known = check(self.project, notes, self.known, ended_s=ended_s)
        assert {p: p.read_bytes() for p in self.scans} == self.scans, "a scan was changed"
        self.report.before_opened += not notes.opened
        self.report.actions += sum(map(len, notes.drawn.values()))
        self.report.told += notes.told
        self.report.trainings += notes.trained

    def _count(self, *, polite: bool) -> None:
        self.report.polite += polite
        self.report.kills += not polite

    def _environment(self) -> dict[str, str]:
        more = {"UNET_STUDIO_HOME": self.home / "studio", "TMPDIR": self.temp, "UNET_TORTURE": self.token}
        quiet = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        return {**os.environ, **{k: str(v) for k, v in more.items()}, **quiet}

    def _wait_for_notes(self, child: "subprocess.Popen[bytes]") -> None:
        until = time.monotonic() + POLITE_S
        while not (self.notes.exists() and b"opened" in self.notes.read_bytes()):
            assert child.poll() is None and time.monotonic() < until, "the program did not open its project"
            time.sleep(0.02)

    def _family(self, *, without: int = 0) -> list[psutil.Process]:
        """The processes that this torture started, whoever their parent is now."""
        found = []
        for process in psutil.process_iter():
            try:
                is_ours = process.environ().get("UNET_TORTURE") == self.token
                if is_ours and process.pid != without and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def _expect_no_orphans(self) -> None:
        began = time.monotonic()
        while orphans := self._family():
            waited = time.monotonic() - began
            assert waited < ORPHANS_S, f"orphans: {[' '.join(p.cmdline()[-3:]) for p in orphans]}"
            time.sleep(0.05)
        self.report.orphan_s = max(self.report.orphan_s, time.monotonic() - began)


def torture(kills: int, seed: int, *, tell: bool = False) -> Report:
    """What ``kills`` lives led to; a broken promise is kept as a loss, and the next life goes on from what is there."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        work = Torture(Path(folder), seed)
        while work.report.kills < kills and len(work.report.losses) < 5:
            number = work.report.kills + work.report.polite
            try:
                work.life(seed * 10_000 + number)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                work.report.losses.append(f"life {number}: {type(error).__name__} {error}")
                work.known = {}
                if tell:
                    print(work.report.losses[-1], flush=True)
            if tell and number % 10 == 9:
                print(f"{number + 1} lives, {foreign_rows(work.project)} rows: {work.report}", flush=True)
        return work.report


def _add_case(store: Store, path: Path, seed: int) -> None:
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    ball = ((z - 4) * 3.0) ** 2 + (y - 24) ** 2 + (x - 32) ** 2 < 12**2
    voxels = np.where(ball, 400, 100) + np.random.default_rng(seed).integers(0, 9, SHAPE)
    nibabel.save(nibabel.Nifti1Image(voxels.astype(np.int16).transpose(2, 1, 0), np.diag([-1.0, -1.0, 3.0, 1.0])), path)
    volume = read_volume(path)
    store.add_case(
        name=path.name.partition(".")[0], path=path, choice="", fingerprint=volume.fingerprint,
        shape=volume.geometry.shape, axis=working_axis(volume),
    )  # fmt: skip


if __name__ == "__main__":
    report = torture(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1, tell=True)
    print(report, *report.losses, sep="\n")
    sys.exit(bool(report.losses))
