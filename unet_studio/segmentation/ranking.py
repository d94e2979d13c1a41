"""Which slice to correct next, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Slices over which neighbours look alike, as in the held-out blocks: the least sure ones lie side by side, and correcting
# one of them teaches most of what the others would.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A slice worth correcting, with the reason in words."""

    index: int
    reason: str


def next_slice(
    *, count: int, current: int, uncertainty: Mapping[int, float], edited: Collection[int], reviewed: Collection[int]
) -> Suggestion | None:
    """The slice to go to next of ``count``; None where all are reviewed.

    Begun work first, else the prediction expected to need most correction (``uncertainty`` by slice, 0 to 1, as in
    ``Prediction``), counted less the nearer it is to a reviewed slice, else the slice furthest from any reviewed one, as
    that is where the network knows least. The slice now looked at comes last.
    """
    waiting = [i for i in range(count) if i not in reviewed]
    elsewhere = [i for i in waiting if i != current] or waiting
    if not elsewhere:
        return None
    if begun := [i for i in elsewhere if i in edited]:
        nearest = min(begun, key=lambda i: (abs(i - current), i))
        return Suggestion(nearest, "edited, not yet reviewed")
    if predicted := [i for i in elsewhere if i in uncertainty]:
        unsure = max(predicted, key=lambda i: (uncertainty[i] * _news(i, reviewed), -abs(i - current)))
        return Suggestion(unsure, f"least sure, about {uncertainty[unsure]:.0%} may be wrong")
    if not reviewed:
        return Suggestion(min(elsewhere, key=lambda i: (abs(i - count // 2), i)), "nothing reviewed yet")
    between = [i for i in elsewhere if min(reviewed) < i < max(reviewed)]  # the ends of a scan are often air
    furthest = max(between or elsewhere, key=lambda i: (min(abs(i - r) for r in reviewed), -abs(i - current)))
    return Suggestion(furthest, "furthest from reviewed ones")


def _news(index: int, reviewed: Collection[int]) -> float:
    """How much of a slice its reviewed neighbours have not told already, 0 to 1."""
    return min((abs(index - r) for r in reviewed if abs(index - r) < _REACH), default=_REACH) / _REACH
