"""What a checkpoint says of itself, and which of two is better."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from unet_studio.labels.label_map import LabelClass


@dataclass(frozen=True, slots=True)
class Scores:
    """Dice per class value over held-out slices, pooled over all their pixels, with how many slices and cases that were.

    ``dice`` lacks classes that occur in none of them. ``slices`` is 0 where nothing was held out: then there is no score.
    """

    dice: Mapping[int, float] = field(default_factory=dict)
    slices: int = 0
    cases: int = 0

    @property
    def mean(self) -> float | None:
        """The mean over the classes; None where there is no score."""
        return sum(self.dice.values()) / len(self.dice) if self.dice else None


@dataclass(frozen=True, slots=True)
class Regression:
    """A reviewed slice that a retrained checkpoint does worse than the one before: its mean Dice before and after."""

    case: str
    index: int
    before: float
    after: float


Ended = Literal["planned", "level", "asked"]


@dataclass(frozen=True, slots=True)
class CheckpointCard:
    """What a checkpoint says of itself.

    ``before`` are the scores of the checkpoint it started from on the same held-out slices; None from scratch.
    ``trained_on`` maps case names to the slice numbers it learned from; ``held_out`` likewise to those it was scored on.
    ``worse`` are the reviewed slices, held out or learned from before, that came out clearly worse than with that checkpoint.
    ``label_values`` are the names of the values in the label files it was trained with (``LabelValues``); empty for a project's.
    ``ended`` is why the training ended when it did: its time was over, the held-out slices no longer got better, or the user
    asked for what it had learned.
    """

    name: str
    architecture: str
    parameters: int
    label_classes: tuple[LabelClass, ...]
    scores: Scores
    before: Scores | None
    trained_on: Mapping[str, tuple[int, ...]]
    held_out: Mapping[str, tuple[int, ...]]
    parent: str | None
    seed: int
    steps: int
    seconds: float
    created: str
    program_version: str
    label_values: Mapping[int, str] = field(default_factory=dict)
    worse: tuple[Regression, ...] = ()
    ended: Ended = "planned"


SliceDice = Mapping[tuple[str, int], float]  # by case and slice


def regressions(before: SliceDice, after: SliceDice, *, by: float = 0.02, most: int = 20) -> tuple[Regression, ...]:
    """The slices whose Dice fell by more than ``by``, the one that fell most first, at most ``most`` of them."""
    fallen = [Regression(*place, before[place], after[place]) for place in before if place in after]
    fallen = [r for r in fallen if r.before - r.after > by]
    return tuple(sorted(fallen, key=lambda r: (r.after - r.before, r.case, r.index))[:most])


def is_better(after: Scores, before: Scores | None, *, tolerance: float = 0.0) -> bool | None:
    """Whether a retrained checkpoint may replace the one before it: its mean held-out Dice is not lower.

    None where that can't be said, because nothing was held out; True where there was no checkpoint before.
    """
    if before is None:
        return True
    if after.mean is None or before.mean is None:
        return None
    return after.mean >= before.mean - tolerance


def card_to_json(card: CheckpointCard) -> str:
    """The card as JSON text; keys of mappings become strings."""
    return json.dumps(asdict(card), ensure_ascii=False)


def card_from_json(text: str) -> CheckpointCard:
    """The card that ``card_to_json`` wrote.

    Raises:
        ValueError: the text is not a card; says what is wrong with it.
    """
    try:
        fields: dict[str, Any] = json.loads(text)
        classes = tuple(_class_from(c) for c in fields.pop("label_classes"))
        scores, before = fields.pop("scores"), fields.pop("before")
        trained_on, held_out = _slices_from(fields.pop("trained_on")), _slices_from(fields.pop("held_out"))
        worse = tuple(_regression_from(r) for r in fields.pop("worse", []))
        label_values = {int(value): str(name) for value, name in fields.pop("label_values", {}).items()}
        ended = fields.pop("ended", "planned")
        assert ended in get_args(Ended)
        return CheckpointCard(
            label_values=label_values,
            worse=worse,
            ended=ended,
            label_classes=classes,
            scores=_scores_from(scores),
            before=None if before is None else _scores_from(before),
            trained_on=trained_on,
            held_out=held_out,
            **_checked(fields, _PLAIN),
        )
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a checkpoint card: {error!r}") from error


_PLAIN: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "architecture": str,
    "parameters": int,
    "parent": (str, type(None)),
    "seed": int,
    "steps": int,
    "seconds": (int, float),
    "created": str,
    "program_version": str,
}


def _checked(fields: dict[str, Any], types: dict[str, type | tuple[type, ...]]) -> dict[str, Any]:
    for key, value in fields.items():
        if not isinstance(value, types[key]):
            raise TypeError(f"{key} is {value!r}")
    return fields


def _class_from(fields: dict[str, Any]) -> LabelClass:
    red, green, blue = (min(255, max(0, int(c))) for c in fields.pop("colour"))
    types: dict[str, type | tuple[type, ...]] = {"value": int, "name": str, "is_visible": bool, "is_locked": bool}
    return LabelClass(colour=(red, green, blue), **_checked(fields, types))


def _scores_from(fields: dict[str, Any]) -> Scores:
    return Scores({int(v): float(d) for v, d in fields["dice"].items()}, int(fields["slices"]), int(fields["cases"]))


def _regression_from(fields: dict[str, Any]) -> Regression:
    return Regression(str(fields["case"]), int(fields["index"]), float(fields["before"]), float(fields["after"]))


def _slices_from(fields: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {str(case): tuple(int(i) for i in indices) for case, indices in fields.items()}
