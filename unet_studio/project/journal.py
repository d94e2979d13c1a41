"""Every action of the user, one row each: autosave, undo after reopening, and who did what when."""

import json
import logging
from collections.abc import Mapping
from itertools import takewhile
from typing import Any, Literal

from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import Labels
from unet_studio.project.blobs import pack, unpack
from unet_studio.project.class_rows import KEY, class_text, classes_from
from unet_studio.project.database import Database
from unet_studio.project.drawing import set_proposals, set_slices, set_states
from unet_studio.project.lock import user_name
from unet_studio.project.proposal_rows import KEY as BESIDE_KEY
from unet_studio.project.proposal_rows import proposal_text, proposals_from
from unet_studio.project.records import Change, SliceState
from unet_studio.project.schema import utc_now

_log = logging.getLogger(__name__)

_CLASSES = f"(SELECT text FROM remembered WHERE key = '{KEY}' || journal.id)"  # noqa: S608
_BESIDE = f"(SELECT text FROM remembered WHERE key = '{BESIDE_KEY}' || journal.id)"  # noqa: S608
_CHANGE = f"id, name, edit_name, z, y, x, depth, height, width, before, after, states, {_CLASSES}, {_BESIDE}"


class Journal:
    """The rows are never deleted. Each is done, undone, or dropped: undone and then overtaken by a new action.

    In every call ``slices`` are the working slices that the change touched as they are after it, in array order, and the
    call is one transaction. After a call that failed, the same call must succeed before the next action of that case.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, case_id: int, change: Change, slices: Mapping[int, Labels]) -> int:
        """Afterwards ``change`` is the last thing done on the case, nothing can be redone, and it is on the disk.

        Returns its number in the journal.
        """
        packed, edit = _packed(slices), change.edit
        box = (None,) * 8 if edit is None else (*edit.start, *edit.before.shape, pack(edit.before), pack(edit.after))
        states = json.dumps(dict(change.states))
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE journal SET standing = 'dropped' WHERE case_id = ? AND standing = 'undone'", (case_id,)
            )
            cursor = rows.execute(
                "INSERT INTO journal (case_id, time, author, name, edit_name, z, y, x, depth, height, width, before, after, "
                "states, standing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'done')",
                (case_id, utc_now(), user_name(), change.name, edit.name if edit else None, *box, states),
            )
            set_slices(rows, case_id, packed)
            number = cursor.lastrowid
            beside = [(f"{KEY}{number}", class_text(change.classes))] if change.classes else []
            if change.proposals:
                beside.append((f"{BESIDE_KEY}{number}", proposal_text(change.proposals)))
            rows.executemany("INSERT INTO remembered VALUES (?, ?)", beside)
            set_proposals(rows, case_id, {index: after for index, (_, after) in change.proposals.items()})
            set_states(rows, case_id, {index: after for index, (_, after) in change.states.items()})
            assert number is not None
        return number

    def record_undo(self, case_id: int, change: Change, slices: Mapping[int, Labels]) -> None:
        """Afterwards the last change done on the case is undone. ``change`` is what took it back, or itself.

        Raises:
            ValueError: it is not the last one done.
        """
        self._travel("undo", case_id, change, slices)

    def record_redo(self, case_id: int, change: Change, slices: Mapping[int, Labels]) -> None:
        """Afterwards the change last undone on the case, which is ``change``, is done again.

        Raises:
            ValueError: it is not the last one undone.
        """
        self._travel("redo", case_id, change, slices)

    def history(self, case_id: int, *, budget_bytes: int) -> tuple[list[Change], list[Change]]:
        """The changes done, oldest first, and those undone, the next to redo last.

        The newest that fit in ``budget_bytes`` of memory, at least one. A damaged change ends the list on its side: those
        beyond it can't be reached.
        """
        undone, used = [], 0
        for row in self._database.rows(
            f"SELECT {_CHANGE} FROM journal WHERE case_id = ? AND standing = 'undone' ORDER BY id",  # noqa: S608
            case_id,
        ):
            if (change := _change_from(row)) is None:
                break
            undone.append(change)
            used += change.nbytes
        done: list[Change] = []
        for number in self._done_within(case_id, budget_bytes - used):
            row = self._database.rows(f"SELECT {_CHANGE} FROM journal WHERE id = ?", number)[0]  # noqa: S608
            if (change := _change_from(row)) is None:
                break
            done.append(change)
        return done[::-1], undone[::-1]

    def _done_within(self, case_id: int, budget_bytes: int) -> list[int]:
        """The numbers of the changes done, newest first, that fit in the budget; the newest in any case."""
        sizes = self._database.rows(
            "SELECT id, 200 + 2 * COALESCE(depth * height * width, 0) FROM journal "  # as Change.nbytes counts
            "WHERE case_id = ? AND standing = 'done' ORDER BY id DESC",
            case_id,
        )
        total = 0

        def fits(row: tuple[int, int]) -> bool:
            nonlocal total
            is_first, total = total == 0, total + row[1]
            return is_first or total <= budget_bytes

        return [number for number, _ in takewhile(fits, ((int(n), int(size)) for n, size in sizes))]

    def _travel(
        self, direction: Literal["undo", "redo"], case_id: int, change: Change, slices: Mapping[int, Labels]
    ) -> None:
        packed = _packed(slices)
        standing, then, last = ("done", "undone", "MAX") if direction == "undo" else ("undone", "done", "MIN")
        with self._database.transaction() as rows:
            found = rows.execute(
                f"SELECT {last}(id), name, z, y, x, states FROM journal WHERE case_id = ? AND standing = ?",  # noqa: S608
                (case_id, standing),
            ).fetchone()
            start = change.edit.start if change.edit else (None, None, None)
            if (found[1], found[2:5]) != (change.name, start):
                raise ValueError(f"{direction} of {change.name!r}, but the journal has {found[1]!r} there")
            rows.execute("UPDATE journal SET standing = ? WHERE id = ?", (then, found[0]))
            rows.execute(
                "INSERT INTO travels (journal_id, time, author, direction) VALUES (?, ?, ?, ?)",
                (found[0], utc_now(), user_name(), direction),
            )
            set_slices(rows, case_id, packed)
            set_proposals(rows, case_id, {index: after for index, (_, after) in change.proposals.items()})
            side = 0 if direction == "undo" else 1
            set_states(rows, case_id, {i: pair[side] for i, pair in _states_from(found[5]).items()})


def _packed(slices: Mapping[int, Labels]) -> dict[int, bytes | None]:
    return {index: pack(labels) if labels.any() else None for index, labels in slices.items()}


def _change_from(row: tuple[Any, ...]) -> Change | None:
    """The change in a row of the journal; None where it is damaged."""
    number, name, edit_name, z, y, x, depth, height, width, before, after, states, classes, beside = row
    try:
        edit = None
        if edit_name is not None:
            size = (depth, height, width)
            edit = LabelEdit(edit_name, (z, y, x), unpack(before, size), unpack(after, size))
        return Change(name, edit, _states_from(states), classes_from(classes), proposals_from(beside))
    except (ValueError, TypeError) as error:
        _log.warning("journal row %d is damaged: %s", number, error)
        return None


def _states_from(text: str) -> dict[int, tuple[SliceState, SliceState]]:
    pairs = json.loads(text)
    return {int(index): (SliceState(before), SliceState(after)) for index, (before, after) in pairs.items()}
