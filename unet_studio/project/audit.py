"""Who did what when on which slice: the journal of a project as lines of a table."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from unet_studio.project.database import Database

COLUMNS = ("time", "author", "action", "case", "slices", "states", "voxels_changed_in", "checkpoint", "standing")
Line = tuple[str, ...]

_ACTIONS = """
    SELECT j.time, j.author, j.name, c.name, c.axis, j.z, j.y, j.x, j.depth, j.height, j.width, j.states, j.standing, c.id
    FROM journal j JOIN cases c ON c.id = j.case_id
    UNION ALL
    SELECT t.time, t.author, upper(substr(t.direction, 1, 1)) || substr(t.direction, 2) || ': ' || j.name, c.name, c.axis,
        j.z, j.y, j.x, j.depth, j.height, j.width, '{}', '', c.id
    FROM travels t JOIN journal j ON j.id = t.journal_id JOIN cases c ON c.id = j.case_id
    UNION ALL
    SELECT added, '', 'Checkpoint: ' || name, '', 0, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '', 0 FROM checkpoints
    ORDER BY 1"""


class Audit:
    """Reads the journal; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self) -> Iterator[Line]:
        """One line an action, undo, redo and checkpoint, in the order of time, each with ``COLUMNS``.

        Slices are counted from 1, as the program shows them. ``checkpoint`` is whose proposal lies, accepted or not, beside
        a slice of the action.
        """
        proposed = self._proposed()
        for row in self._database.rows(_ACTIONS):
            yield self._line(row, proposed)

    def _line(self, row: tuple[Any, ...], proposed: Mapping[tuple[int, int], str]) -> Line:
        time, author, name, case, axis, z, y, x, depth, height, width, states, standing, case_id = row
        changed = self._states(states)
        box = None if depth is None else ((z, y, x)[axis], (depth, height, width)[axis])
        touched = set(changed) | (set() if box is None else set(range(box[0], box[0] + box[1])))
        checkpoints = sorted({proposed[case_id, i] for i in touched if (case_id, i) in proposed})
        place = "" if depth is None else f"z {z + 1}+{depth} y {y + 1}+{height} x {x + 1}+{width}"
        return (
            time, author, name, case, _ranges(touched), " ".join(f"{i + 1}:{a}>{b}" for i, (a, b) in changed.items()),
            place, ", ".join(checkpoints), standing,
        )  # fmt: skip

    def _states(self, text: str) -> dict[int, tuple[str, str]]:
        try:
            return {int(index): (str(pair[0]), str(pair[1])) for index, pair in json.loads(text).items()}
        except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            raise self._database.damaged("a row of the journal", error) from error

    def _proposed(self) -> dict[tuple[int, int], str]:
        rows = self._database.rows(
            "SELECT p.case_id, p.slice, c.name FROM proposals p JOIN checkpoints c ON c.id = p.checkpoint_id"
        )
        return {(case, index): str(name) for case, index, name in rows}


def _ranges(indices: set[int]) -> str:
    """Slices as people write them: “3”, “3-7”, “3-7 9”."""
    parts: list[list[int]] = []
    for index in sorted(indices):
        if parts and index == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], index]
        else:
            parts.append([index, index])
    return " ".join(str(a + 1) if a == b else f"{a + 1}-{b + 1}" for a, b in parts)
