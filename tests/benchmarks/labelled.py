"""Labelled scans of several kinds, parted into those to learn from and those to be scored on, by patient or by block.

They lie in ``../shared/data`` beside the repository, or where ``UNET_STUDIO_DATA`` says, and are not part of it.
"""

import csv
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from unet_studio.cli.evaluation import CaseScores, score_case
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.volumes import read_volume
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import finish
from unet_studio.segmentation.label_values import LabelValues
from unet_studio.segmentation.samples import Sample, volume_samples
from unet_studio.segmentation.segmenter import Segmenter
from unet_studio.segmentation.whole_volume import predicting


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A scan and its labels as their file has them, and whom it is of: cases of one ``owner`` are never parted."""

    name: str
    owner: str
    image: Path
    labels: Path

    def read(self) -> tuple[Volume, Labels]:
        """The scan and its labels, (z, y, x) as in the file."""
        volume = read_volume(self.image)
        return volume, read_label_map(self.labels, volume.geometry)[0]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Cases of one kind; ``values`` are what the values in the label files mean; ``split`` says how they are parted.

    ``goals`` are the Dice to be reached by class name after 300 s on two processor cores.
    """

    name: str
    training: tuple[LabelledCase, ...]
    test: tuple[LabelledCase, ...]
    values: LabelValues
    split: str
    goals: dict[str, float]

    @property
    def classes(self) -> tuple[LabelClass, ...]:
        """What is to be told apart."""
        return self.values.classes

    def samples(self, cases: Sequence[LabelledCase]) -> list[Sample]:
        """Every slice of the cases in which something is known."""
        return [s for case in cases for s in self.samples_of(case)]

    def samples_of(self, case: LabelledCase) -> list[Sample]:
        """Every slice of one case in which something is known."""
        volume, labels = case.read()
        view = plane_view(volume.geometry, working_plane(volume.geometry))
        shown = {i: self.values.read(view.slice_of(labels, i)) for i in range(view.count(labels.shape))}
        samples = volume_samples(volume, shown, case=case.name)
        return [s for s in samples if (s.labels != self.values.unknown).any()]

    def scores(self, segmenter: Segmenter, cases: Sequence[LabelledCase]) -> list[CaseScores]:
        """How well a segmenter does on each case."""
        found = []
        for case in cases:
            volume, labels = case.read()
            answer = self.values.written(finish(predicting(segmenter, volume)).labels)
            found.append(score_case(case.name, answer, labels, self.values, volume.geometry))
        return found

    def mean_dice(self, scores: Sequence[CaseScores]) -> dict[str, float]:
        """The mean over the cases that have it, by class name."""
        means = {}
        for one in self.classes:
            label = str(self.values.file_value(one))
            means[one.name] = float(np.mean([s.dice[label] for s in scores if label in s.dice]))
        return means


def data_folder() -> Path | None:
    """Where the labelled scans lie; None where they are not there."""
    default = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("UNET_STUDIO_DATA", default)) / "labelled"
    return folder if folder.is_dir() else None


@cache
def labelled_sets() -> dict[str, LabelledSet]:
    """Every set whose files are there, by name."""
    folder = data_folder()
    makers: tuple[Callable[[Path], LabelledSet], ...] = (_hippocampus, _lungs, _heart, _membrane, _vessels, _axons)
    if folder is None:
        return {}
    made = {}
    for maker in makers:
        try:
            one = maker(folder)
        except FileNotFoundError:
            continue
        if one.training and one.test:
            made[one.name] = one
    return made


def single_scans() -> dict[str, LabelledSet]:
    """Scans of which there is but one, whose files are there, by name; ``in_turns`` parts their slices."""
    folder = data_folder()
    kinds: tuple[tuple[str, str, str, dict[int, str]], ...] = (
        ("brain", "brain-mni/t1.nii.gz", "brain-mni/tissue.nii.gz", {1: "grey", 2: "white", 3: "other"}),
        ("spleen", "spleen-ct/image.nii.gz", "spleen-ct/label.nii.gz", {1: "spleen"}),
    )
    made = {}
    for name, image, labels, classes in kinds:
        if folder is not None and (folder / image).exists():
            case = (LabelledCase(name, name, folder / image, folder / labels),)
            values = LabelValues({0: "background", **classes})
            made[name] = LabelledSet(name, case, case, values, "every third block of slices", {})
    return made


def in_turns(samples: Sequence[Sample], *, blocks: int = 12) -> tuple[list[Sample], list[Sample]]:
    """Those to learn from, and every third block to be scored on; a scan is cut into ``blocks`` or so."""
    length = max(1, len(samples) // blocks)
    parts: tuple[list[Sample], list[Sample]] = ([], [])
    for position, sample in enumerate(samples):
        parts[position // length % 3 == 1].append(sample)
    return parts


def _parted(
    name: str,
    cases: Sequence[LabelledCase],
    test_owners: set[str],
    values: dict[int, str],
    split: str,
    goals: dict[str, float],
) -> LabelledSet:
    training = tuple(c for c in cases if c.owner not in test_owners)
    test = tuple(c for c in cases if c.owner in test_owners)
    return LabelledSet(name, training, test, LabelValues(values), split, goals)


def _hippocampus(folder: Path) -> LabelledSet:
    here = folder / "hippocampus-mr"
    names = sorted(p.name for p in (here / "images").glob("*.nii.gz"))
    cases = [LabelledCase(n, n, here / "images" / n, here / "labels" / n) for n in names]
    test = set(json.loads((here / "splits.json").read_text(encoding="utf-8"))["val"])
    values = {0: "background", 1: "anterior", 2: "posterior"}
    goals = {"anterior": 0.885, "posterior": 0.875}
    return _parted("hippocampus", cases, test, values, "32 patients, 8 others", goals)


def _lungs(folder: Path) -> LabelledSet:
    here = folder / "chest-xray"
    with (here / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cases = [
        LabelledCase(r["id"], r["patient"], *(here / d / f"{r['id']}.png" for d in ("images", "masks"))) for r in rows
    ]
    test = set(sorted({c.owner for c in cases})[1::4])
    values = {0: "background", 127: "ignore", 255: "lung"}
    split = f"{len({c.owner for c in cases} - test)} patients, {len(test)} others"
    return _parted("lungs", cases, test, values, split, {"lung": 0.96})


def _heart(folder: Path) -> LabelledSet:
    here = folder / "cardiac-mr"
    cases = []
    for labels in sorted((here / "labels").glob("*.nii.gz")):
        name = labels.name.removesuffix(".nii.gz")
        series = here / "dicom" / name
        image = series if series.is_dir() else here / "nifti" / labels.name
        cases.append(LabelledCase(name, name.partition("_")[0], image, labels))
    # The wall of the heart is outlined at the end of the filling only.
    values = {0: "background", 1: "cavity", 2: "background"}
    return _parted("heart", cases, {"SCD0000301"}, values, "2 patients, 1 other", {"cavity": 0.91})


def _membrane(folder: Path) -> LabelledSet:
    here = folder / "membrane-em"
    names = sorted(p.stem for p in (here / "images").glob("*.png"))
    cases = [LabelledCase(n, n, here / "images" / f"{n}.png", here / "labels" / f"{n}.png") for n in names]
    values = {0: "membrane", 255: "background"}
    return _parted("membrane", cases, set(names[15:]), values, "slices 0 to 14, 15 to 19", {"membrane": 0.85})


def _vessels(folder: Path) -> LabelledSet:
    here = folder / "retina-rgb"
    cases = []
    for image in sorted((here / "images").glob("*.jpg")):
        labels = next((here / "labels").glob(f"{image.stem}*"))
        cases.append(LabelledCase(image.stem, image.stem[:-1], image, labels))
    values = {0: "background", 1: "vessel", 255: "vessel"}
    made = _parted("vessels", cases, {"Image_06", "Image_07"}, values, "5 children, 2 others", {"vessel": 0.79})
    found = {int(v) for v in np.unique(made.training[0].read()[1])}
    return replace(made, values=LabelValues({v: n for v, n in values.items() if v in found}))


def _axons(folder: Path) -> LabelledSet:
    here = folder / "axon-sem"
    names = sorted(p.stem for p in (here / "images").glob("*.png"))
    cases = [LabelledCase(n, n, here / "images" / f"{n}.png", here / "labels" / f"{n}.png") for n in names]
    values = {0: "background", 127: "myelin", 255: "axon"}
    return _parted("axons", cases, set(names[2:]), values, "2 rats, 1 other", {"axon": 0.86, "myelin": 0.86})
