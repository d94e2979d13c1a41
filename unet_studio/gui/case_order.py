"""Which cases of a project are listed, and in which order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from unet_studio.project.records import SliceState

Show = Literal["all", "unfinished", "reviewed", "flagged", "predicted", "edited", "untouched"]
Sort = Literal["added", "name", "progress"]
States = Mapping[Any, SliceState]  # by whatever names a slice


class Listed(Protocol):
    """What is listed: a case, or a film of several."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def comment(self) -> str: ...
    @property
    def is_flagged(self) -> bool: ...
    @property
    def slices(self) -> int: ...


L = TypeVar("L", bound=Listed)


@dataclass(frozen=True, slots=True)
class Wish:
    """``text`` is looked for in names and comments, in any case of letters; every word of it must be there.

    Where ``show`` is a slice state but "reviewed", a case needs one slice in it; reviewed is a case whose slices all are.
    """

    text: str = ""
    show: Show = "all"
    sort: Sort = "added"


def listed(cases: Sequence[L], states: Mapping[int, States], wish: Wish) -> list[L]:
    """The cases that fit the wish; those least reviewed first where sorted by progress, ties as they were added."""
    words = wish.text.casefold().split()

    def fits(case: L) -> bool:
        text = f"{case.name}\n{case.comment}".casefold()
        of = states.get(case.id, {})
        is_done = reviewed_share(case, of) == 1.0
        counts = Counter(of.values())
        shown = {
            "all": True, "unfinished": not is_done, "reviewed": is_done, "flagged": case.is_flagged,
            "predicted": counts[SliceState.PREDICTED] > 0, "edited": counts[SliceState.EDITED] > 0,
            "untouched": counts.total() - counts[SliceState.UNTOUCHED] < case.slices,
        }[wish.show]  # fmt: skip
        return shown and all(word in text for word in words)

    found = [case for case in cases if fits(case)]
    if wish.sort == "name":
        found.sort(key=lambda case: case.name.casefold())
    elif wish.sort == "progress":
        found.sort(key=lambda case: reviewed_share(case, states.get(case.id, {})))
    return found


def reviewed_share(case: Listed, states: States) -> float:
    """How much of a case is reviewed, from 0 to 1."""
    return Counter(states.values())[SliceState.REVIEWED] / case.slices
