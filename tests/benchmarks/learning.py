"""What a network learns from scratch in a given time: ``python tests/benchmarks/learning.py [SET...] [--budget S] [--json]``.

Trains on the training cases of each labelled set, all of them, and scores on its test cases, which no choice of the recipe may
be made by more often than can be helped. ``--keep DIR`` leaves the checkpoints there.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.labelled import LabelledSet, data_folder, labelled_sets
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import Architecture, TrainingOptions, TrainingStep
from unet_studio.unet.checkpoint import Checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.segmenter import UNetSegmenter


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of one training: mean Dice over the test cases by class, and the lowest of any case."""

    name: str
    architecture: str
    split: str
    steps: int
    seconds: float
    dice: dict[str, float]
    lowest: float
    goals: dict[str, float]

    def as_text(self) -> str:
        """As a person reads it."""
        parts = [f"{c} {d:.4f} (goal {self.goals.get(c, 0):g})" for c, d in self.dice.items()]
        told = f"{self.steps} steps in {self.seconds:.0f} s, lowest {self.lowest:.3f}"
        return f"{self.name:12s} {self.architecture:9s} {'  '.join(parts)}  {told}"


def trained(samples: list[Sample], options: TrainingOptions, held_out: list[Sample] | None = None) -> Checkpoint:
    """The checkpoint after a training; its reports go to the error output now and then."""
    steps = train(samples, held_out or [], options)
    told_s = -60.0
    while True:
        try:
            report: TrainingStep = next(steps)
        except StopIteration as end:
            checkpoint: Checkpoint = end.value
            return checkpoint
        if report.seconds - told_s >= 60:
            told_s = report.seconds
            print(f"  {report.seconds:.0f} s, step {report.step}, loss {report.loss}", file=sys.stderr, flush=True)


def learned(one: LabelledSet, options: TrainingOptions, keep: Path | None) -> Learned:
    """What a network makes of a set."""
    samples = one.samples(one.training)
    began = time.monotonic()
    checkpoint = trained(samples, options)
    seconds = time.monotonic() - began
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        save_checkpoint(keep / f"{one.name}-{options.architecture}-{int(time.time())}.safetensors", checkpoint)
    scores = one.scores(UNetSegmenter(checkpoint, choose_runtime(options.device)), one.test)
    lowest = min(d for s in scores for d in s.dice.values())
    steps = checkpoint.card.steps
    return Learned(
        one.name, options.architecture, one.split, steps, seconds, one.mean_dice(scores), lowest, dict(one.goals)
    )


def main(arguments: list[str]) -> int:
    """Trains on the sets named, or all; 0 also where a goal was missed, as it depends on the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SET")
    parser.add_argument("--budget", type=float, default=300.0, help="seconds from start to checkpoint")
    parser.add_argument("--steps", type=int, help="instead of a budget")
    parser.add_argument("--architecture", choices=get_args(Architecture), default="standard")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", action="store_true", help="one object a line")
    chosen = parser.parse_args(arguments)
    if data_folder() is None:
        print("skipped: the labelled scans are not there (set UNET_STUDIO_DATA)")
        return 0
    known = labelled_sets()
    for name in chosen.names or known:
        options = TrainingOptions(
            known[name].classes,
            budget_s=None if chosen.steps else chosen.budget,
            steps=chosen.steps,
            architecture=chosen.architecture,
            seed=chosen.seed,
            name=name,
        )
        found = learned(known[name], options, chosen.keep)
        print(json.dumps(asdict(found)) if chosen.json else found.as_text(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
