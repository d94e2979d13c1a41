"""Whether choosing pays: ``python tests/benchmarks/choosing.py [SET...] [--most N] [--steps N] [--chances N] [--json]``.

A simulated annotator labels one slice at a time with the true labels and retrains after every five: once in random order, once
in the order that the queue suggests, across all cases. Of a single scan, "brain" or "spleen", two thirds are annotated, in
blocks, and the rest is scored. What counts is how many slices it takes to reach 95 % of the Dice that all labels give, and how
many voxels of the predictions had to be changed beside how many there are to paint.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.correcting import judged
from tests.benchmarks.labelled import LabelledSet, data_folder, in_turns, labelled_sets, single_scans
from tests.benchmarks.learning import trained
from unet_studio.segmentation.ranking import next_slice
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import Prediction, TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.inference import class_chances, doubt_of, likeliest, uncertainty_of
from unet_studio.unet.network import fold_normalisation
from unet_studio.unet.sliding_window import SlidingWindow

EVERY = 5
SHARE = 0.95
Place = tuple[str, int]


@dataclass(slots=True)
class Annotated:
    """How one order went: (slices, Dice) after each retraining; voxels changed, and voxels of structures in those slices.

    ``whole`` is (slices, share, share) after each retraining, of the voxels to paint in all slices: those changed so far, and
    those changed if the slices left were now corrected as they are proposed.
    """

    name: str
    order: str
    curve: list[tuple[int, float]] = field(default_factory=list)
    changed: int = 0
    to_paint: int = 0
    whole: list[tuple[int, float, float]] = field(default_factory=list)

    def slices_to(self, dice: float) -> int | None:
        """How many slices it took to reach ``dice``; None where it never did."""
        return next((n for n, reached in self.curve if reached >= dice), None)

    def as_text(self, dice: float, *, of: int) -> str:
        """As a person reads it: what it took to ``dice``, ``of`` so many slices."""
        slices = self.slices_to(dice)
        _, until, whole = next(w for w in self.whole if w[0] == (slices or self.whole[-1][0]))
        return (
            f"{self.name} {self.order}: {slices} of {of} slices to Dice {dice:.3f}; {self.changed} voxels changed, "
            f"{self.to_paint} to paint; until then {until:.2f} of painting all, with all others corrected then {whole:.2f}"
        )


def answers(checkpoint: Checkpoint, samples: Sequence[Sample]) -> dict[Place, Prediction]:
    """The checkpoint's answer for each slice."""
    plan = checkpoint.preprocessing
    window = SlidingWindow(
        fold_normalisation(checkpoint.network()), choose_runtime("cpu"), field=plan.field, stride=plan.stride
    )
    table = np.array([0, *checkpoint.values], np.uint8)
    found = {}
    for s in samples:
        chances = class_chances(
            window, plan, image=s.image, around=s.around, spacing_mm=s.spacing_mm, intensities=s.intensities
        )
        labels, doubt = table[likeliest(chances)[0].numpy()], doubt_of(chances)
        found[s.case, s.index] = Prediction(s.index, labels, uncertainty_of(chances), doubt=doubt)
    return found


def suggested(
    predicted: Mapping[Place, Prediction], reviewed: set[Place], slices: Mapping[str, Sequence[int]]
) -> Place:
    """The slice the queue leads to, over all cases: the one with most to correct.

    While nothing is predicted it stays in a case. ``slices`` are those to choose from by case; where the queue leads to another,
    the nearest is taken.
    """
    found: list[tuple[float, Place]] = []
    for case, indices in slices.items():
        done = {i for c, i in reviewed if c == case}
        waiting = {i: told for (c, i), told in predicted.items() if c == case and i not in done}
        unsure = {i: told.uncertainty for i, told in waiting.items()}
        to_correct = {i: told.to_correct for i, told in waiting.items()}
        suggestion = next_slice(
            count=1 + max(indices), current=-1, uncertainty=unsure, to_correct=to_correct, edited=(), reviewed=done
        )
        left = [i for i in indices if i not in done]
        if suggestion is not None and left:
            index = min(left, key=lambda i, to=suggestion.index: (abs(i - to), i))  # type: ignore[misc]
            found.append((to_correct.get(index, len(done)), (case, index)))
    return max(found, key=lambda f: f[0])[1]


def annotated(
    one: LabelledSet,
    pool: list[Sample],
    test: list[Sample],
    order: str,
    *,
    most: int,
    steps: int,
    seed: int = 0,
    training_seed: int = 0,
) -> Annotated:
    """What an annotator reaches who takes the slices in that order; ``seed`` draws the random one."""
    told = Annotated(one.name, order)
    chance = np.random.default_rng(seed)
    by_place = {(s.case, s.index): s for s in pool}
    shuffled = [list(by_place)[i] for i in chance.permutation(len(by_place))]
    slices = {case: [i for c, i in by_place if c == case] for case, _ in by_place}
    reviewed: list[Place] = []
    proposed: dict[Place, Prediction] = {}
    values = [c.value for c in one.classes]
    all_to_paint = sum(_to_paint(s.labels, values) for s in pool)
    with tempfile.TemporaryDirectory() as folder:
        start: Path | None = None
        while len(reviewed) < min(most, len(pool)):
            for _ in range(min(EVERY, len(pool) - len(reviewed))):
                place = shuffled[len(reviewed)] if order == "random" else suggested(proposed, set(reviewed), slices)
                labels = by_place[place].labels
                before = proposed[place].labels if place in proposed else np.zeros_like(labels)
                told.changed += _to_change(before, labels, values)
                told.to_paint += _to_paint(labels, values)
                reviewed.append(place)
            options = TrainingOptions(one.classes, steps=steps, start=start, seed=training_seed)
            checkpoint = trained([by_place[p] for p in reviewed], options)
            start = Path(folder) / f"{len(reviewed)}.safetensors"
            save_checkpoint(start, checkpoint)
            proposed = answers(checkpoint, [s for p, s in by_place.items() if p not in reviewed])
            rest = sum(_to_change(told.labels, by_place[p].labels, values) for p, told in proposed.items())
            told.whole.append((len(reviewed), told.changed / all_to_paint, (told.changed + rest) / all_to_paint))
            told.curve.append((len(reviewed), judged(checkpoint, test).scores.mean or 0.0))
            print(f"  {one.name} {order} {told.curve[-1]}, whole {told.whole[-1][2]:.3f}", file=sys.stderr, flush=True)
    return told


def _to_change(answer: np.ndarray, labels: np.ndarray, values: list[int]) -> int:
    """How many voxels of an answer are not as the labels have them, where these say anything."""
    return int(((answer != labels) & np.isin(labels, [0, *values])).sum())


def _to_paint(labels: np.ndarray, values: list[int]) -> int:
    return int(np.isin(labels, values).sum())


def main(arguments: list[str]) -> int:
    """Annotates the sets named in both orders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SET", default=["hippocampus", "lungs", "heart"])
    parser.add_argument("--most", type=int, default=50, help="slices at most")
    parser.add_argument("--cases", type=int, default=8, help="training cases to choose from, and to test on")
    parser.add_argument("--steps", type=int, default=600, help="of each retraining; a minute makes about so many")
    parser.add_argument("--seed", type=int, default=0, help="of the trainings")
    parser.add_argument("--chances", type=int, default=1, help="random orders, as one alone may be lucky")
    parser.add_argument("--json", action="store_true", help="one object a line")
    chosen = parser.parse_args(arguments)
    if data_folder() is None:
        print("skipped: the labelled scans are not there (set UNET_STUDIO_DATA)")
        return 0
    for name in chosen.names:
        if name in single_scans():
            one = single_scans()[name]
            pool, test = in_turns(one.samples(one.training))
        else:
            one = labelled_sets()[name]
            few = chosen.cases if len(one.samples_of(one.training[0])) > 1 else len(one.training)
            one = replace(one, training=one.training[:few], test=one.test[:4])
            pool, test = one.samples(one.training), one.samples(one.test)
        full = trained(pool, TrainingOptions(one.classes, steps=chosen.steps * -(-chosen.most // EVERY)))
        goal = SHARE * (judged(full, test).scores.mean or 0.0)
        for seed, order in [(0, "suggested"), *((n, "random") for n in range(chosen.chances))]:
            how = {"most": chosen.most, "steps": chosen.steps, "seed": seed, "training_seed": chosen.seed}
            told = annotated(one, pool, test, order, **how)
            line = {**asdict(told), "seed": seed, "goal": goal, "slices": told.slices_to(goal), "of": len(pool)}
            print(json.dumps(line) if chosen.json else told.as_text(goal, of=len(pool)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
