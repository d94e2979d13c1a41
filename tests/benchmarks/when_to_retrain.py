"""From how much correction on a Retrain pays: ``python tests/benchmarks/when_to_retrain.py [SET] [--cases N] [--json]``.

Checkpoints that learned from few and from many cases meet a new case each. Of it 1, 2, 3, … slices are reviewed, corrected by a
hand that mends everything, or only what is plainly wrong; then the checkpoint is retrained. What counts is the Dice on other
cases, whose owner nobody corrected, before and after, and what as many steps without the new slices would have brought.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from scipy import ndimage

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.correcting import judged
from tests.benchmarks.labelled import LabelledCase, LabelledSet, data_folder, labelled_sets
from tests.benchmarks.learning import trained
from unet_studio.labels.label_map import Labels
from unet_studio.labels.scores import agreement
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.segmenter import UNetSegmenter

BASES = ((1, 150), (4, 300), (12, 800))  # cases learned from, steps
COUNTS = (1, 2, 3, 5, 8)
NEXT = 6  # other cases that the Retrain is judged by


@dataclass(frozen=True, slots=True)
class Paid:
    """One Retrain: on how many slices, the share ``changed`` of what was proposed on them, and the mean Dice on other cases.

    ``least`` is how many pixels a place has that the hand mends; ``idle`` is that Dice after as many steps on what was known
    already; ``own`` are Dice on the case's other slices.
    """

    base: int
    case: str
    least: int
    reviewed: int
    changed: float
    before: float
    after: float
    idle: float
    own_before: float
    own_after: float

    def as_text(self) -> str:
        """As a person reads it."""
        gain, idle = self.after - self.before, self.idle - self.before
        return (
            f"{self.base:2d} cases, {self.case:24s} >= {self.least:2d} {self.reviewed:2d} slices, {self.changed:6.1%} changed: "
            f"next cases {self.before:.4f}, {gain:+.4f}, without the slices {idle:+.4f}, "
            f"this case {self.own_after - self.own_before:+.4f}"
        )


def mended(proposed: Labels, right: Labels, *, least: int) -> Labels:
    """What a hand leaves that mends each place, of pixels that hang together, with at least ``least`` wrong ones."""
    numbered, count = ndimage.label(proposed != right)
    sizes = np.bincount(numbered.ravel(), minlength=count + 1)
    sizes[0] = 0
    return np.where((sizes >= least)[numbered], right, proposed)


def proposals(checkpoint: Checkpoint, case: LabelledCase, slices: Sequence[int]) -> dict[int, Labels]:
    """What a checkpoint says of slices of a case."""
    volume, _ = case.read()
    return {p.index: p.labels for p in UNetSegmenter(checkpoint, choose_runtime("auto")).predict(volume, slices)}


def corrected(samples: Sequence[Sample], proposed: dict[int, Labels], least: int) -> tuple[list[Sample], float]:
    """The slices that were proposed as a hand leaves them, and the share of the proposals that it changed."""
    found, agreements = [], []
    for sample in samples:
        if (before := proposed.get(sample.index)) is not None:
            after = mended(before, sample.labels, least=least)
            found.append(replace(sample, labels=after))
            agreements.append(agreement(before, after))
    told = [one for one in agreements if one is not None]
    return found, 1 - sum(told) / len(told) if told else 0.0


def dice(checkpoint: Checkpoint, samples: Sequence[Sample]) -> float:
    """Mean Dice over classes."""
    return judged(checkpoint, samples).scores.mean or 0.0


@dataclass(frozen=True, slots=True)
class Base:
    """A checkpoint to go on from, what it learned from, and its Dice on the next cases: as it is, and after ``idle`` steps."""

    cases: int
    file: Path
    checkpoint: Checkpoint
    known: list[Sample]
    before: float
    idle: float


def base_of(one: LabelledSet, cases: int, steps: int, idle_steps: int, file: Path, others: Sequence[Sample]) -> Base:
    """A checkpoint that learned from so many cases."""
    known = one.samples((*one.training, *one.test)[:cases])
    checkpoint = trained(known, TrainingOptions(one.classes, steps=steps, architecture="light"))
    save_checkpoint(file, checkpoint)
    idle = trained(known, TrainingOptions(one.classes, steps=idle_steps, start=file))
    return Base(cases, file, checkpoint, known, dice(checkpoint, others), dice(idle, others))


def paid(one: LabelledSet, steps: int, own_cases: int, least: Sequence[int]) -> Iterator[Paid]:
    """Every Retrain that is tried, as it is done."""
    cases = (*one.training, *one.test)
    others = one.samples(cases[-NEXT:])
    with tempfile.TemporaryDirectory() as folder:
        bases = [base_of(one, n, s, steps, Path(folder) / f"{n}.safetensors", others) for n, s in BASES]
        for case, count, size, base in product(cases[12 : 12 + own_cases], COUNTS, least, bases):
            samples = one.samples_of(case)
            held = [s.index for s in samples if s.labels.any()]
            chosen = [held[(2 * i + 1) * len(held) // (2 * count)] for i in range(count)]
            reviewed, changed = corrected(samples, proposals(base.checkpoint, case, chosen), size)
            again = TrainingOptions(one.classes, steps=steps, start=base.file)
            after = trained([*base.known, *reviewed], again)
            own = [s for s in samples if s.index not in chosen]
            yield Paid(
                base.cases, case.name, size, count, changed, base.before, dice(after, others), base.idle,
                dice(base.checkpoint, own), dice(after, own),
            )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Tries them one by one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="hippocampus", metavar="SET")
    parser.add_argument("--cases", type=int, default=2, help="that are corrected, each alone")
    parser.add_argument("--least", type=int, nargs="+", default=[1, 12, 40], help="pixels of a place that a hand mends")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--json", action="store_true", help="one object a line")
    chosen = parser.parse_args(arguments)
    if data_folder() is None:
        print("skipped: the labelled scans are not there (set UNET_STUDIO_DATA)")
        return 0
    began = time.monotonic()
    for found in paid(labelled_sets()[chosen.name], chosen.steps, chosen.cases, chosen.least):
        print(json.dumps(asdict(found)) if chosen.json else found.as_text(), flush=True)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
