"""Which slice to correct next, in this case or in another, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from unet_studio.sentence import Sentence

# Slices over which neighbours look alike, as in the held-out blocks: the least sure ones lie side by side, and correcting
# one of them teaches most of what the others would.
_REACH = 4
_UNSURE = 0.1  # from which uncertainty on a slice of another case is worth going there
_SURE = 0.03  # below which a case is as good as done


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A slice worth correcting, with the reason in words."""

    index: int
    reason: str


def next_slice(
    *,
    count: int,
    current: int,
    uncertainty: Mapping[int, float],
    to_correct: Mapping[int, float],
    edited: Collection[int],
    reviewed: Collection[int],
) -> Suggestion | None:
    """The slice to go to next of ``count``; None where all are reviewed.

    Begun work first, else the prediction with most pixels ``to_correct``, of equals the one of more ``uncertainty`` (both by
    slice, as in ``Prediction``), counted less the nearer it is to a reviewed slice, else the middle one and then the slice
    furthest from any reviewed one and from the ends, as that is where least is known. The slice now looked at comes last.
    """
    waiting = [i for i in range(count) if i not in reviewed]
    elsewhere = [i for i in waiting if i != current] or waiting
    if not elsewhere:
        return None
    if begun := [i for i in elsewhere if i in edited]:
        nearest = min(begun, key=lambda i: (abs(i - current), i))
        return Suggestion(nearest, Sentence("edited, not yet reviewed"))
    if predicted := [i for i in elsewhere if i in uncertainty]:
        most = max(predicted, key=lambda i: (*_weight(i, to_correct, uncertainty, reviewed), -abs(i - current)))
        return Suggestion(most, _doubt(uncertainty[most]))
    if not reviewed:
        return Suggestion(min(elsewhere, key=lambda i: (abs(i - count // 2), i)), Sentence("nothing reviewed yet"))
    furthest = max(elsewhere, key=lambda i: (_untold(i, reviewed, count), -abs(i - current)))
    return Suggestion(furthest, Sentence("furthest from reviewed ones"))


@dataclass(frozen=True, slots=True)
class Outlook:
    """A case that is not looked at: its slices, how unsure the network is of those it predicted, and the reviewed ones.

    ``to_correct`` as in ``next_slice``.
    """

    count: int
    uncertainty: Mapping[int, float]
    reviewed: Collection[int]
    to_correct: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseSuggestion:
    """A case worth going to, and its slice, None where nothing is known of it; ``unsure`` and ``to_correct`` are that slice's."""

    case: int
    index: int | None
    reason: str
    unsure: float
    to_correct: float = 0.0

    def is_better_than(self, unsure: float | None) -> bool:
        """Whether it is time to go, where the least sure slice of this case is so ``unsure``; None where it has none left."""
        return unsure is None or (unsure < _SURE and self.unsure >= _UNSURE)


def next_case(cases: Mapping[int, Outlook]) -> CaseSuggestion | None:
    """Which of other cases, in their order, to go on with; None where all their slices are reviewed.

    The one that has the slice with most to correct, of those the network is unsure of; else the first that it has not seen at
    all; else what is left.
    """
    waiting = {case: [i for i in range(o.count) if i not in o.reviewed] for case, o in cases.items()}
    found: list[CaseSuggestion] = []
    unseen: list[CaseSuggestion] = []
    for case, outlook in cases.items():
        if predicted := [i for i in waiting[case] if i in outlook.uncertainty]:
            index = max(
                predicted,
                key=lambda i, o=outlook: _weight(i, o.to_correct, o.uncertainty, o.reviewed),  # type: ignore[misc]
            )
            unsure = outlook.uncertainty[index]
            found.append(CaseSuggestion(case, index, _doubt(unsure), unsure, outlook.to_correct.get(index, 0.0)))
        elif waiting[case]:
            reason = Sentence("begun, not finished") if outlook.reviewed else Sentence("not looked at yet")
            unseen.append(CaseSuggestion(case, None, reason, 0.0))
    best = max(found, key=lambda s: (s.unsure >= _UNSURE, s.to_correct, s.unsure), default=None)
    if best is not None and (best.unsure >= _UNSURE or not unseen):
        return best
    return unseen[0] if unseen else None


def _doubt(unsure: float) -> Sentence:
    return Sentence("most to correct, about {share} may be wrong", share=f"{unsure:.0%}")


def _weight(
    index: int, to_correct: Mapping[int, float], uncertainty: Mapping[int, float], reviewed: Collection[int]
) -> tuple[float, float]:
    """What there is to correct, and how unsure it is, less near a reviewed slice: docs/decisions/0014-uncertainty.md."""
    news = _news(index, reviewed)
    return to_correct.get(index, 0.0) * news, uncertainty[index] * news


def _untold(index: int, reviewed: Collection[int], count: int) -> float:
    """How far a slice is from what is known: the reviewed ones, and, half as well, the ends of the scan, which are often air."""
    return min(*(abs(index - r) for r in reviewed), 2 * index + 1, 2 * (count - index) - 1)


def _news(index: int, reviewed: Collection[int]) -> float:
    """How much of a slice its reviewed neighbours have not told already, 0 to 1."""
    return min((abs(index - r) for r in reviewed if abs(index - r) < _REACH), default=_REACH) / _REACH
