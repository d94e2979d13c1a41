"""``evaluate``: ``segmentation.whole_volume.predicting`` and ``labels.scores``, case by case and label by label."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from unet_studio.cli.output import Output
from unet_studio.cli.pairs import Pair, find_pairs
from unet_studio.cli.prediction import make_folder
from unet_studio.cli.training import known_values
from unet_studio.files.label_maps import read_label_map, write_label_map
from unet_studio.files.volumes import reading
from unet_studio.image.volume import Geometry
from unet_studio.labels.brush import Mask
from unet_studio.labels.label_map import Labels
from unet_studio.labels.scores import dice, hausdorff95, iou
from unet_studio.segmentation.label_values import LabelValues
from unet_studio.segmentation.whole_volume import predicting
from unet_studio.unet.segmenter import UNetSegmenter, open_segmenter


@dataclass(frozen=True, slots=True)
class CaseScores:
    """One case's scores by label value as its files have it; ``hd95`` is None where only one of both has the label.

    ``hd95`` is in mm, or in pixels where the scan tells no spacing.
    """

    case: str
    has_spacing: bool
    dice: dict[str, float] = field(default_factory=dict)
    iou: dict[str, float] = field(default_factory=dict)
    hd95: dict[str, float | None] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """As JSON has it; ``hd95_mm`` is null throughout where there are no mm."""
        fields = {"case": self.case, "dice": self.dice, "iou": self.iou, "hd95_mm": self.hd95}
        if not self.has_spacing:
            fields |= {"hd95_mm": dict.fromkeys(self.hd95), "hd95_px": self.hd95}
        return fields


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards every case has been predicted and compared with its labels."""
    segmenter = open_segmenter(chosen.checkpoint, chosen.device)
    trained = LabelValues(known_values(segmenter.card))
    values = LabelValues({**trained.names, **chosen.values})
    pairs = find_pairs(chosen.images, chosen.labels, chosen.cases, output)
    if chosen.out is not None:
        make_folder(chosen.out)
    scores = []
    for number, pair in enumerate(pairs):
        scores.append(_evaluate(pair, (number, len(pairs)), segmenter, (trained, values), chosen, output))
        output.say(_line(scores[-1]))
    _tell(scores, values, output)
    return 0


def _evaluate(
    pair: Pair,
    place: tuple[int, int],
    segmenter: UNetSegmenter,
    meanings: tuple[LabelValues, LabelValues],
    chosen: Namespace,
    output: Output,
) -> CaseScores:
    (number, count), (trained, values) = place, meanings
    output.progress(number / count, f"{pair.case} ({number + 1} of {count})")
    volume = output.follow(reading(pair.image), start=number / count, share=0.1 / count)
    reference, warnings = read_label_map(pair.labels, volume.geometry)
    for warning in (*volume.warnings, *warnings):
        output.warn(warning)
    if strange := sorted({int(v) for v in set(reference.ravel().tolist())} - set(values.names)):
        output.warn(f"{pair.case} has labels the checkpoint does not know; they count as background: {strange}.")
    answer = output.follow(predicting(segmenter, volume), start=(number + 0.1) / count, share=0.8 / count).labels
    written = trained.written(answer)
    if chosen.out is not None:
        write_label_map(chosen.out / f"{pair.case}.{chosen.format}", written, volume.geometry, trained.classes)
    return score_case(pair.case, written, reference, values, volume.geometry)


def score_case(case: str, answer: Labels, reference: Labels, values: LabelValues, geometry: Geometry) -> CaseScores:
    """How well ``answer`` agrees with ``reference``, both (z, y, x) as in files, where that is known.

    Classes that neither has are left out.
    """
    found, wanted = values.read(answer), values.read(reference)
    known = wanted != values.unknown
    scores = CaseScores(case, geometry.has_spacing)
    # A single slice has no depth: seen as a volume, each of its voxels would lie on the surface.
    deep = [axis for axis in range(3) if geometry.shape[axis] > 1] or [0]
    spacing = tuple(geometry.spacing_mm[axis] if geometry.has_spacing else 1.0 for axis in deep)
    flat = tuple(axis for axis in range(3) if axis not in deep)
    for label_class in values.classes:
        ours, theirs = _cropped((found == label_class.value) & known, (wanted == label_class.value) & known)
        if not ours.any() and not theirs.any():
            continue
        label = str(values.file_value(label_class))
        scores.dice[label] = dice(ours, theirs)
        scores.iou[label] = iou(ours, theirs)
        scores.hd95[label] = hausdorff95(ours.squeeze(flat), theirs.squeeze(flat), spacing)
    return scores


def _cropped(ours: Mask, theirs: Mask) -> tuple[Mask, Mask]:
    """Both without most of the empty voxels round them: the same distances in a fraction of the time.

    A margin of one voxel stays, as a mask's surface is told by its neighbours.
    """
    both = ours | theirs
    box = []
    for axis in range(both.ndim):
        hit = np.flatnonzero(both.any(axis=tuple(a for a in range(both.ndim) if a != axis)))
        box.append(slice(max(0, int(hit[0]) - 1), int(hit[-1]) + 2) if hit.size else slice(0, 1))
    return ours[tuple(box)], theirs[tuple(box)]


def _line(scores: CaseScores) -> str:
    unit = "mm" if scores.has_spacing else "px"
    parts = []
    for label, value in scores.dice.items():
        far = "–" if scores.hd95[label] is None else f"{scores.hd95[label]:.2f} {unit}"
        parts.append(f"{label}: Dice {value:.3f}  IoU {scores.iou[label]:.3f}  HD95 {far}")
    return f"{scores.case}  " + ("   ".join(parts) or "no labels")


def _tell(scores: Sequence[CaseScores], values: LabelValues, output: Output) -> None:
    labels: dict[str, dict[str, Any]] = {}
    for label_class in values.classes:
        label = str(values.file_value(label_class))
        far = [d for s in scores if s.has_spacing and (d := s.hd95.get(label)) is not None]
        labels[label] = {
            "name": label_class.name,
            "cases": sum(label in s.dice for s in scores),
            "dice": _mean([s.dice[label] for s in scores if label in s.dice]),
            "iou": _mean([s.iou[label] for s in scores if label in s.iou]),
            "hd95_mm": _mean(far),
        }
        mean = labels[label]["dice"]
        output.say(f"{label_class.name} ({label}): mean Dice " + ("–" if mean is None else f"{mean:.3f}"))
    mean_dice = _mean([d for s in scores for d in s.dice.values()])
    output.say("Mean Dice: " + ("–" if mean_dice is None else f"{mean_dice:.3f}"))
    output.result({"mean_dice": mean_dice, "cases": [s.fields() for s in scores], "labels": labels})


def _mean(figures: Sequence[float]) -> float | None:
    return sum(figures) / len(figures) if figures else None
