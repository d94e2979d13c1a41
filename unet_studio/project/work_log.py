"""Who worked on a case, when and how long: what the journal tells of it, slice by slice."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from unet_studio.project.database import Database
from unet_studio.project.records import Case, SliceState

PAUSE = timedelta(minutes=5)  # a longer gap between two actions is no work on the case; what lies in it is not counted
FIRST_ACTION = timedelta(seconds=10)  # what an action after such a gap counts for, as when it began is not known


@dataclass(frozen=True, slots=True)
class SliceWork:
    """What was done on one slice, counted from 0: by whom it was last changed and when (UTC, ISO 8601), and how often.

    ``reviewer`` is who marked it reviewed last, "" where it is not reviewed; ``checkpoint`` whose proposal lies beside it.
    """

    index: int
    state: SliceState
    author: str
    time: str
    actions: int
    reviewer: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class CaseWork:
    """What was done on one case: the slices touched, in order, how many actions, by whom, and for how long.

    ``seconds`` is the time between actions that follow each other within five minutes, and ten seconds for each after a
    longer pause: the journal knows when something was done, not when somebody looked.
    """

    slices: tuple[SliceWork, ...]
    actions: int
    authors: tuple[str, ...]
    seconds: float


class WorkLog:
    """Reads the journal; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_case(self, case: Case) -> CaseWork:
        """What was done on a case.

        Raises:
            ProjectDamaged: a row makes no sense.
        """
        rows = self._database.rows(
            "SELECT time, author, z, y, x, depth, height, width, states FROM journal WHERE case_id = ? AND standing = 'done' "
            "ORDER BY id",
            case.id,
        )
        states = dict(self._database.rows("SELECT slice, state FROM states WHERE case_id = ?", case.id))
        proposed = dict(
            self._database.rows(
                "SELECT p.slice, c.name FROM proposals p JOIN checkpoints c ON c.id = p.checkpoint_id WHERE p.case_id = ?",
                case.id,
            )
        )
        last: dict[int, tuple[str, str]] = {}
        counts: dict[int, int] = {}
        reviewers: dict[int, str] = {}
        try:
            for time, author, *box, told in rows:
                changed = {int(i): str(pair[1]) for i, pair in json.loads(told).items()}
                for index in changed.keys() | _slices(box, case.axis):
                    last[index] = (author, time)
                    counts[index] = counts.get(index, 0) + 1
                reviewers |= {i: author for i, after in changed.items() if after == SliceState.REVIEWED}
            touched = sorted(last.keys() | {i for i, s in states.items() if s != SliceState.UNTOUCHED})
            slices = tuple(
                SliceWork(
                    i, SliceState(states.get(i, SliceState.UNTOUCHED)), *last.get(i, ("", "")), counts.get(i, 0),
                    reviewers.get(i, "") if states.get(i) == SliceState.REVIEWED else "", str(proposed.get(i, "")),
                )
                for i in touched
            )  # fmt: skip
            seconds = seconds_of(self._times(case))
        except (ValueError, TypeError, AttributeError, IndexError) as error:
            raise self._database.damaged("a row of the journal", error) from error
        return CaseWork(slices, len(rows), tuple(sorted({author for _, author, *_ in rows if author})), seconds)

    def _times(self, case: Case) -> list[datetime]:
        """When anything was done on a case, undoing and what was dropped included."""
        rows = self._database.rows(
            "SELECT time FROM journal WHERE case_id = ? UNION ALL "
            "SELECT t.time FROM travels t JOIN journal j ON j.id = t.journal_id WHERE j.case_id = ?",
            case.id,
            case.id,
        )
        return [datetime.fromisoformat(str(time)) for (time,) in rows]


def seconds_of(times: Iterable[datetime]) -> float:
    """How long somebody worked who did something at these times."""
    ordered = sorted(times)
    spent = FIRST_ACTION if ordered else timedelta()
    for before, after in pairwise(ordered):
        spent += after - before if after - before <= PAUSE else FIRST_ACTION
    return spent.total_seconds()


def _slices(box: list[int | None], axis: int) -> set[int]:
    start, length = box[axis], box[3 + axis]
    return set() if start is None or length is None else set(range(start, start + length))
