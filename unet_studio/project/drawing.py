"""What is drawn on a case as it is now: labels, slice states, proposals."""

import sqlite3
from collections.abc import Iterable, Mapping

import numpy as np

from unet_studio.image.volume import Index
from unet_studio.labels.label_map import Labels
from unet_studio.project.blobs import pack, unpack
from unet_studio.project.database import Database
from unet_studio.project.records import Case, Proposal, SliceState


class Drawing:
    """The tables that hold how each slice is now. Every writing call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def labels(self, case: Case) -> Labels:
        """The case's labels, (z, y, x) of its shape.

        Raises:
            ProjectError: what is kept of a slice is damaged.
        """
        voxels = np.zeros(case.shape, np.uint8)
        size = slice_shape(case.shape, case.axis)
        for index, blob in self._database.rows("SELECT slice, labels FROM labels WHERE case_id = ?", case.id):
            try:
                if not 0 <= index < case.slices:
                    raise ValueError("the case has no such slice")
                voxels[(slice(None),) * case.axis + (index,)] = unpack(blob, size)
            except (ValueError, TypeError) as error:
                raise self._database.damaged(f"the labels of case “{case.name}”, slice {index + 1}", error) from error
        return voxels

    def states(self, case_id: int) -> dict[int, SliceState]:
        """The state of each slice that is not untouched."""
        rows = self._database.rows("SELECT slice, state FROM states WHERE case_id = ? ORDER BY slice", case_id)
        try:
            return {index: SliceState(state) for index, state in rows}
        except ValueError as error:
            raise self._database.damaged("a slice state", error) from error

    def proposals(self, case_id: int) -> dict[int, Proposal]:
        """The proposal kept beside each slice that has one, accepted or not; damaged ones are left out: predict again."""
        found = {}
        rows = self._database.rows(
            "SELECT slice, rows, columns, labels, uncertainty, checkpoint_id, to_correct FROM proposals WHERE case_id = ?",
            case_id,
        )
        for index, height, width, blob, uncertainty, checkpoint_id, to_correct in rows:
            try:
                labels = unpack(blob, (height, width))
                found[index] = Proposal(index, labels, uncertainty, checkpoint_id, to_correct=to_correct)
            except (ValueError, TypeError):
                continue
        return found

    def uncertainty(self) -> dict[int, dict[int, float]]:
        """How unsure the proposals are, by case and slice."""
        return self._told("SELECT case_id, slice, uncertainty FROM proposals")

    def to_correct(self) -> dict[int, dict[int, float]]:
        """How many pixels of the proposals are expected to be wrong, by case and slice."""
        return self._told("SELECT case_id, slice, to_correct FROM proposals")

    def _told(self, question: str) -> dict[int, dict[int, float]]:
        found: dict[int, dict[int, float]] = {}
        for case_id, index, figure in self._database.rows(question):
            found.setdefault(case_id, {})[index] = float(figure)
        return found

    def save_proposals(self, case_id: int, proposals: Iterable[Proposal], states: Mapping[int, SliceState]) -> None:
        """Afterwards these proposals lie beside their slices, in the place of older ones, and ``states`` are set."""
        with self._database.transaction() as rows:
            set_proposals(rows, case_id, {p.index: p for p in proposals})
            set_states(rows, case_id, states)

    def drop_proposals(
        self, case_id: int, indices: Iterable[int] | None = None, states: Mapping[int, SliceState] | None = None
    ) -> None:
        """Afterwards the slices ``indices`` (None: all of the case) have no proposal, and ``states`` are set."""
        with self._database.transaction() as rows:
            if indices is None:
                rows.execute("DELETE FROM proposals WHERE case_id = ?", (case_id,))
            else:
                set_proposals(rows, case_id, dict.fromkeys(indices))
            set_states(rows, case_id, states or {})


def slice_shape(shape: Index, axis: int) -> tuple[int, int]:
    """The shape of one slice along an array axis, in array order."""
    first, second = (n for a, n in enumerate(shape) if a != axis)
    return first, second


def set_slices(rows: sqlite3.Connection, case_id: int, packed: Mapping[int, bytes | None]) -> None:
    """Within a transaction: these slices hold these packed labels; None for an empty slice."""
    rows.executemany(
        "INSERT OR REPLACE INTO labels VALUES (?, ?, ?)", [(case_id, i, b) for i, b in packed.items() if b is not None]
    )
    rows.executemany(
        "DELETE FROM labels WHERE case_id = ? AND slice = ?", [(case_id, i) for i, b in packed.items() if b is None]
    )


def set_proposals(rows: sqlite3.Connection, case_id: int, proposals: Mapping[int, Proposal | None]) -> None:
    """Within a transaction: these proposals lie beside these slices; None where there is none any more."""
    kept = [
        (case_id, index, *p.labels.shape, pack(p.labels), float(p.uncertainty), p.checkpoint_id, float(p.to_correct))
        for index, p in proposals.items()
        if p is not None
    ]
    gone = [(case_id, index) for index, p in proposals.items() if p is None]
    rows.executemany("INSERT OR REPLACE INTO proposals VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)
    rows.executemany("DELETE FROM proposals WHERE case_id = ? AND slice = ?", gone)


def set_states(rows: sqlite3.Connection, case_id: int, states: Mapping[int, SliceState]) -> None:
    """Within a transaction: these slices have these states."""
    kept = [(case_id, i, s.value) for i, s in states.items() if s is not SliceState.UNTOUCHED]
    gone = [(case_id, i) for i, s in states.items() if s is SliceState.UNTOUCHED]
    rows.executemany("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", kept)
    rows.executemany("DELETE FROM states WHERE case_id = ? AND slice = ?", gone)
