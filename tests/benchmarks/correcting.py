"""Whether correcting pays: ``python tests/benchmarks/correcting.py [SET] [--cases N] [--budget S | --steps N] [--json]``.

A checkpoint is trained on half of a set. Then, for each of ten other cases alone, five of its slices are reviewed, those that
``N`` leads to, with their true labels, and the checkpoint is retrained on them and on what it knows already. What counts is the
Dice on that case's other slices, and on cases held out from the start, before and after.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.labelled import LabelledCase, LabelledSet, data_folder, labelled_sets
from tests.benchmarks.learning import trained
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.segmentation.ranking import next_slice
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.inference import Judged, scored
from unet_studio.unet.segmenter import UNetSegmenter

REVIEWED = 5


@dataclass(frozen=True, slots=True)
class Corrected:
    """One case: which slices were reviewed, and mean Dice on its other slices and on the old held-out cases."""

    case: str
    reviewed: tuple[int, ...]
    before: float
    after: float
    old_before: float
    old_after: float

    def as_text(self) -> str:
        """As a person reads it."""
        return (
            f"{self.case:26s} slices {self.reviewed}: {self.before:.4f} -> {self.after:.4f} ({self.after - self.before:+.4f})"
            f"   held out: {self.old_before:.4f} -> {self.old_after:.4f} ({self.old_after - self.old_before:+.4f})"
        )


def judged(checkpoint: Checkpoint, samples: Sequence[Sample]) -> Judged:
    """How a checkpoint does on slices."""
    work = scored(
        checkpoint.network(), checkpoint.preprocessing, choose_runtime("auto"), samples=samples, values=checkpoint.values,
        asked=checkpoint.values,
    )  # fmt: skip
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Judged = end.value
            return found


def led_to(checkpoint: Checkpoint, case: LabelledCase, count: int) -> tuple[int, ...]:
    """The slices that ``N`` leads to, one after the other, after a prediction of the case."""
    volume, _ = case.read()
    segmenter = UNetSegmenter(checkpoint, choose_runtime("auto"))
    view_count = plane_view(volume.geometry, working_plane(volume.geometry)).count(volume.geometry.shape)
    found = list(segmenter.predict(volume, range(view_count)))
    unsure = {p.index: p.uncertainty for p in found}
    to_correct = {p.index: p.to_correct for p in found}
    reviewed: list[int] = []
    while len(reviewed) < min(count, view_count - 1):
        left = {i: u for i, u in unsure.items() if i not in reviewed}
        current = reviewed[-1] if reviewed else view_count // 2
        suggestion = next_slice(
            count=view_count, current=current, uncertainty=left, to_correct=to_correct, edited=(), reviewed=reviewed
        )
        assert suggestion is not None
        reviewed.append(suggestion.index)
    return tuple(sorted(reviewed))


def corrected(
    one: LabelledSet,
    base: Checkpoint,
    case: LabelledCase,
    known: list[Sample],
    held: list[Sample],
    options: TrainingOptions,
) -> Corrected:
    """What five reviewed slices of a case bring."""
    reviewed = led_to(base, case, REVIEWED)
    samples = one.samples_of(case)
    others = [s for s in samples if s.index not in reviewed]
    after = trained([*known, *(s for s in samples if s.index in reviewed)], options, held)
    means = [judged(c, some).scores.mean or 0.0 for some in (others, held) for c in (base, after)]
    return Corrected(case.name, reviewed, *means)


def main(arguments: list[str]) -> int:
    """Corrects the cases one by one and says how many gained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="hippocampus", metavar="SET")
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--base-steps", type=int, default=1000)
    parser.add_argument("--budget", type=float, default=60.0)
    parser.add_argument("--steps", type=int, help="instead of a budget")
    parser.add_argument("--json", action="store_true", help="one object a line")
    chosen = parser.parse_args(arguments)
    if data_folder() is None:
        print("skipped: the labelled scans are not there (set UNET_STUDIO_DATA)")
        return 0
    one = labelled_sets()[chosen.name]
    cases = (*one.training, *one.test)
    half = len(cases) // 2
    known, held = one.samples(cases[: half - half // 5]), one.samples(cases[half - half // 5 : half])
    base = trained(known, TrainingOptions(one.classes, steps=chosen.base_steps, name="base"))
    found: list[Corrected] = []
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "base.safetensors"
        save_checkpoint(start, base)
        options = TrainingOptions(
            one.classes, budget_s=None if chosen.steps else chosen.budget, steps=chosen.steps, start=start
        )
        for case in cases[half : half + chosen.cases]:
            found.append(corrected(one, base, case, known, held, options))
            print(json.dumps(asdict(found[-1])) if chosen.json else found[-1].as_text(), flush=True)
    better = sum(c.after > c.before for c in found)
    lost = max(c.old_before - c.old_after for c in found)
    if not chosen.json:
        print(f"better in {better} of {len(found)} cases; lost at most {lost:.4f} on held-out cases")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
