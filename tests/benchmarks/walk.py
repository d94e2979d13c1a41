"""A slice corrected by mouse and keys in the real program under Xvfb: from a proposal, then with the brush alone from nothing.

    python tests/benchmarks/walk.py SCANS LABELS --learn A,B --walk C --out DIR

A project learns from the cases A and B (all slices reviewed), proposes labels for C, and a hand that knows the reference corrects
the slice with most labels until each class has Dice 0.95: it presses, drags and releases with xdotool, at the pace below.
Needs Xvfb, xdotool and ImageMagick's import. Seconds are those of that hand, not of a person; strokes are.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from scipy import ndimage

sys.path.insert(0, str(Path(__file__).parents[2]))

import itertools

from unet_studio.files.volumes import read_volume
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.labels.brush import capsule
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.store import Store
from unet_studio.workbench.sample import record_review

GOAL = 0.95
PX_PER_S = 500.0  # how fast the hand drags, on the screen
REACH_S = 0.35  # to get from one stroke to the next
CLASSES = (LabelClass(1, "LV cavity", (240, 106, 80)), LabelClass(2, "Myocardium", (64, 178, 240)))
ENDING = ".nii.gz"


def main(arguments: list[str]) -> int:
    """Prints one JSON object a walk; leaves pictures in the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--learn", required=True, help="stems, separated by commas")
    parser.add_argument("--walk", required=True, help="the stem of the scan to correct")
    parser.add_argument("--budget", default="120s")
    parser.add_argument("--again", action="store_true", help="with the project of the run before")
    parser.add_argument("--display", default=":95")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    project = make_project(chosen)
    reference = read_volume(chosen.labels / f"{chosen.walk}{ENDING}").voxels.astype(np.uint8)
    spacing_mm = read_volume(chosen.labels / f"{chosen.walk}{ENDING}").geometry.spacing_mm[1]
    index = int(np.argmax([(s == 1).sum() * (2 in s) for s in reference]))
    environment = os.environ | {"DISPLAY": chosen.display, "UNET_STUDIO_HOME": str(chosen.out / "home")}
    screen = subprocess.Popen(["Xvfb", chosen.display, "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
    try:
        time.sleep(1.0)
        for name, walk in (("from the proposal", correct), ("with the brush from nothing", draw)):
            copy = chosen.out / f"{name.replace(' ', '-')}.unetstudio"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(project, copy)
            with Hand(copy, environment, chosen.out, case=chosen.walk, spacing_mm=spacing_mm) as hand:
                print(json.dumps({"walk": name, "slice": index + 1} | walk(hand, reference[index], index)), flush=True)
    finally:
        screen.terminate()
        screen.wait()
    return 0


def make_project(chosen: argparse.Namespace) -> Path:
    """A project that has learned from the cases to learn from, and holds the one to correct."""
    folder = chosen.out / "walk.unetstudio"
    if folder.exists() and chosen.again:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    with Store.create(folder, name="Walk", classes=CLASSES) as store:
        for stem in (*chosen.learn.split(","), chosen.walk):
            scan = chosen.scans / f"{stem}{ENDING}"
            volume = read_volume(scan)
            axis = plane_view(volume.geometry, working_plane(volume.geometry)).axis
            case = store.add_case(
                name=stem, path=scan, choice="", fingerprint=volume.fingerprint, shape=volume.geometry.shape, axis=axis
            )
            labels = read_volume(chosen.labels / f"{stem}{ENDING}").voxels.astype(np.uint8)
            for index in range(len(labels)) if stem != chosen.walk else ():
                record_review(store, case, index, labels)
    program = [sys.executable, "-m", "unet_studio"]
    subprocess.run([*program, "train", "--project", folder, "--budget", chosen.budget], check=True)
    return folder


class Hand:
    """One running program and a hand on its mouse and keys."""

    def __init__(self, project: Path, environment: dict[str, str], out: Path, *, case: str, spacing_mm: float) -> None:
        self._environment, self._out = environment, out
        self.case, self.spacing_mm = case, spacing_mm
        self.strokes = 0
        command = [sys.executable, "-m", "tests.benchmarks.walked_app", str(project)]
        self._program = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def __enter__(self) -> "Hand":
        return self

    def __exit__(self, *_: object) -> None:
        self.key("ctrl+q")
        try:
            self._program.wait(20)
        except subprocess.TimeoutExpired:
            self._program.kill()

    def ask(self, **question: object):
        """What the program answers."""
        self._program.stdin.write(json.dumps(question) + "\n")
        self._program.stdin.flush()
        return json.loads(self._program.stdout.readline())

    def focus(self) -> None:
        """Afterwards keys go to the program; without a window manager nobody else sees to that."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "UNet Studio", "windowfocus", "--sync"]
        subprocess.run(command, env=self._environment, check=True, timeout=60)

    def wait(self, what) -> dict:
        """The state once ``what`` holds of it."""
        end = time.monotonic() + 180
        while not what(state := self.ask(ask="state")):
            if time.monotonic() > end:
                raise TimeoutError(state)
            time.sleep(0.05)
        return state

    def key(self, name: str) -> None:
        """Presses a key."""
        subprocess.run(["xdotool", "key", name], env=self._environment, check=True)

    def drag(self, points: np.ndarray, *, button: int = 1) -> None:
        """One stroke along (row, column) points, at the hand's pace."""
        places = self.ask(ask="places", points=[[float(r), float(c)] for r, c in points])
        time.sleep(REACH_S)
        words = ["mousemove", *map(str, map(round, places[0])), "mousedown", str(button)]
        before = places[0]
        for place in places[1:]:
            words += ["sleep", f"{max(0.008, np.hypot(*np.subtract(place, before)) / PX_PER_S):.3f}"]
            words += ["mousemove", *map(str, map(round, place))]
            before = place
        words += ["sleep", "0.02", "mouseup", str(button)]
        subprocess.run(["xdotool", *words], env=self._environment, check=True)
        self.strokes += 1
        self.wait(lambda state: state["saved"])

    def labels(self, index: int) -> np.ndarray:
        """What is drawn on the slice, or proposed for it."""
        return np.load(self.ask(ask="labels", slice=index, to=str(self._out / "labels.npy")))

    def picture(self, name: str) -> None:
        """Leaves a picture of the screen."""
        subprocess.run(["import", "-window", "root", str(self._out / name)], env=self._environment, check=True)

    def choose(self, value: int) -> None:
        """Takes a label in hand by its digit."""
        self.key(str(value))
        self.wait(lambda state: state["value"] == value)

    def size(self, radius_mm: float) -> None:
        """Makes the brush about as large as this."""
        for _ in range(40):
            now = self.ask(ask="state")["radius"]
            if abs(np.log(now / radius_mm)) < 0.1:
                return
            self.key("bracketright" if now < radius_mm else "bracketleft")


def go_to(hand: Hand, index: int) -> None:
    """Afterwards the case and its slice are on the screen."""
    state = hand.wait(lambda s: s["case"] is not None)
    hand.focus()
    while state["case"] != hand.case:
        hand.key("ctrl+Next")
        time.sleep(0.5)
        state = hand.ask(ask="state")
    hand.key("Home")
    for _ in range(index):
        hand.key("Next")
    hand.wait(lambda s: s["slice"] == index)


def correct(hand: Hand, reference: np.ndarray, index: int) -> dict:
    """From the network's proposal to Dice 0.95 of each class."""
    go_to(hand, index)
    hand.key("ctrl+p")
    hand.wait(lambda s: s["proposed"])
    proposed = hand.labels(index)
    hand.picture("proposal.png")
    begun = time.monotonic()
    hand.key("b")
    repair(hand, reference, index)
    hand.key("Return")
    took = time.monotonic() - begun
    hand.picture("corrected.png")
    return told(hand, proposed, reference, index, took)


def draw(hand: Hand, reference: np.ndarray, index: int) -> dict:
    """The same with the brush alone, on an empty slice."""
    go_to(hand, index)
    begun = time.monotonic()
    hand.key("b")
    repair(hand, reference, index)
    hand.key("Return")
    took = time.monotonic() - begun
    hand.picture("drawn.png")
    return told(hand, np.zeros_like(reference), reference, index, took)


def told(hand: Hand, before: np.ndarray, reference: np.ndarray, index: int, took: float) -> dict:
    """What is to be known of a walk."""
    now = hand.labels(index)
    return {
        "seconds": round(took, 1), "strokes": hand.strokes,
        "dice_before": scores(before, reference), "dice_after": scores(now, reference),
    }  # fmt: skip


def scores(labels: np.ndarray, reference: np.ndarray) -> dict[str, float]:
    """Dice by class."""
    found = {}
    for one in CLASSES:
        mine, theirs = labels == one.value, reference == one.value
        found[one.name] = round(2 * float((mine & theirs).sum()) / max(1, int(mine.sum() + theirs.sum())), 3)
    return found


def repair(hand: Hand, reference: np.ndarray, index: int) -> None:
    """Strokes until each class is right enough, each the one of many tried in mind that mends most."""
    for _ in range(90):
        now = hand.labels(index)
        if min(scores(now, reference).values()) >= GOAL:
            return
        value, radius, points = best_stroke(now, reference)
        if value:
            hand.choose(value)
        hand.size(radius * hand.spacing_mm)
        hand.drag(points, button=1 if value else 3)


def best_stroke(now: np.ndarray, reference: np.ndarray) -> tuple[int, float, np.ndarray]:
    """The label (0 erases), the radius in pixels and the points (row, column) of the stroke that makes most pixels right."""
    best: tuple[float, int, float, np.ndarray] = (-np.inf, 0, 1.0, np.zeros((2, 2)))
    for value in (0, *(c.value for c in CLASSES)):
        wrong = (reference == value) & (now != value)
        parts, count = ndimage.label(wrong, np.ones((3, 3)))
        sizes = np.bincount(parts.ravel(), minlength=count + 1)
        sizes[0] = 0
        for part in np.argsort(sizes)[::-1][: min(2, count)]:
            for region in (
                parts == part,
                may_cover(reference, value) & ndimage.binary_dilation(parts == part, iterations=2),
            ):
                inside = ndimage.distance_transform_edt(region)
                for share in (1.0, 0.75, 0.5):
                    radius = max(0.6, share * float(inside.max()))
                    points = middle_line(region, inside, radius)
                    after = np.where(covered(points, radius, now.shape), value, now)
                    gain = weight(now, reference) - weight(after, reference)
                    if gain > best[0]:
                        best = (gain, value, radius, points)
    return best[1:]


def may_cover(reference: np.ndarray, value: int) -> np.ndarray:
    """Where a stroke of this label does no harm for good: the cavity is painted over the muscle afterwards."""
    return (reference == value) | ((value == CLASSES[1].value) & (reference == CLASSES[0].value))


def weight(labels: np.ndarray, reference: np.ndarray) -> float:
    """How wrong labels are: by class, so that a thin one counts as much as a thick one."""
    return -sum(scores(labels, reference).values()) - 1e-3 * float((labels == reference).mean())


def covered(points: np.ndarray, radius: float, shape: tuple[int, int]) -> np.ndarray:
    """What a stroke covers."""
    mask = np.zeros(shape, bool)
    for start, end in itertools.pairwise(points):
        patch = capsule(tuple(start), tuple(end), radius=radius, size=shape, spacing=(1.0, 1.0))
        if patch is not None:
            rows, columns = patch.mask.shape
            mask[patch.row : patch.row + rows, patch.column : patch.column + columns] |= patch.mask
    return mask


def middle_line(region: np.ndarray, inside: np.ndarray, radius: float) -> np.ndarray:
    """Points (row, column) at least ``radius`` inside a region where there are such, near ones next to each other."""
    deep = region & (inside >= min(radius, float(inside.max())) - 0.5)
    ridge = deep & ((inside <= radius + 1.0) | (inside >= ndimage.maximum_filter(inside, 3) - 1e-6))
    points = np.argwhere(ridge if ridge.any() else region).astype(float)
    centre = points.mean(axis=0)
    order = [int(np.argmax(np.hypot(*(points - centre).T)))]
    left = set(range(len(points))) - set(order)
    while left:
        nearest = min(left, key=lambda k: float(np.hypot(*(points[k] - points[order[-1]]))))
        if np.hypot(*(points[nearest] - points[order[-1]])) > 6:
            break  # the rest is another stroke
        order.append(nearest)
        left.remove(nearest)
    return points[order][:: max(1, len(order) // 60)] if len(order) > 1 else np.repeat(points[order], 2, axis=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
