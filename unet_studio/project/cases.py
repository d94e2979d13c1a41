"""What a project is about: its scans, its label classes, the held-out set, and small things remembered for the next time."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from unet_studio.image.volume import Index
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.database import Database
from unet_studio.project.records import Case
from unet_studio.project.schema import utc_now

_CASE = "id, name, path, choice, fingerprint, z, y, x, axis, absolute_path, is_flagged, comment"


class Cases:
    """The tables that say what a project is about. Every writing call is one transaction."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def cases(self) -> tuple[Case, ...]:
        """The scans of the project, in the order they were added."""
        rows = self._database.rows(f"SELECT {_CASE} FROM cases WHERE removed IS NULL ORDER BY id")  # noqa: S608
        return tuple(self._case_from(row) for row in rows)

    def cases_ever(self) -> tuple[Case, ...]:
        """The scans of the project and those that were removed from it, in the order they were added."""
        return tuple(self._case_from(row) for row in self._database.rows(f"SELECT {_CASE} FROM cases ORDER BY id"))  # noqa: S608

    def add_case(self, *, name: str, path: Path, choice: str, fingerprint: str, shape: Index, axis: int) -> Case:
        """Afterwards the scan at ``path`` is a case of the project, with nothing drawn on it; the scan is not touched."""
        absolute = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links that are there on purpose)
        stored = self._relative(absolute)
        with self._database.transaction() as rows:
            cursor = rows.execute(
                "INSERT INTO cases (name, path, absolute_path, choice, fingerprint, z, y, x, axis, added) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (name, stored, absolute, choice, fingerprint, *shape, axis, utc_now()),
            )
            assert cursor.lastrowid is not None
        return Case(cursor.lastrowid, name, stored, choice, fingerprint, shape, axis, absolute)

    def move_scan(self, case_id: int, path: Path) -> None:
        """Afterwards the scan of the case lies at ``path``, where its caller has seen it to be the same."""
        absolute = os.path.abspath(path)  # noqa: PTH100 (as above)
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE cases SET path = ?, absolute_path = ? WHERE id = ?",
                (self._relative(absolute), absolute, case_id),
            )

    def choose(self, case_id: int, choice: str) -> None:
        """Afterwards the scan of the case is opened by that choice, which must give the same voxels."""
        with self._database.transaction() as rows:
            rows.execute("UPDATE cases SET choice = ? WHERE id = ?", (choice, case_id))

    def rename_case(self, case_id: int, name: str) -> None:
        """Afterwards the case is called ``name``."""
        with self._database.transaction() as rows:
            rows.execute("UPDATE cases SET name = ? WHERE id = ?", (name, case_id))

    def mark_case(self, case_id: int, *, is_flagged: bool, comment: str) -> None:
        """Afterwards the case has these marks of the user."""
        with self._database.transaction() as rows:
            rows.execute("UPDATE cases SET is_flagged = ?, comment = ? WHERE id = ?", (is_flagged, comment, case_id))

    def remove_case(self, case_id: int) -> None:
        """Afterwards the case is no longer listed. What was drawn on it stays in the file: a slip costs nobody's work."""
        with self._database.transaction() as rows:
            rows.execute("UPDATE cases SET removed = ? WHERE id = ?", (utc_now(), case_id))

    def scan_path(self, case: Case) -> Path:
        """Where the scan should lie: as seen from the project's folder, or, if nothing is there, where it once lay.

        Reads no table, so any thread may ask.
        """
        beside = Path(os.path.normpath(self._folder / case.path))
        if beside.exists() or not case.absolute_path:
            return beside
        once = Path(case.absolute_path)
        return once if once.exists() else beside

    def classes(self) -> tuple[LabelClass, ...]:
        """The label classes, in the order they are listed."""
        rows = self._database.rows(
            "SELECT value, name, red, green, blue, is_visible, is_locked FROM classes ORDER BY place"
        )
        return tuple(self._class_from(row) for row in rows)

    def save_classes(self, classes: Sequence[LabelClass]) -> None:
        """Afterwards these are the label classes; voxels of a class that is gone are left alone."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM classes")
            rows.executemany(
                "INSERT INTO classes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(c.value, place, c.name, *c.colour, c.is_visible, c.is_locked) for place, c in enumerate(classes)],
            )

    def held_out(self) -> dict[int, frozenset[int]]:
        """The slices, by case id, that are kept for scoring and never trained on; empty while nothing was chosen."""
        slices: dict[int, set[int]] = {}
        for case_id, index in self._database.rows("SELECT case_id, slice FROM held_out"):
            slices.setdefault(case_id, set()).add(index)
        return {case_id: frozenset(indices) for case_id, indices in slices.items()}

    def set_held_out(self, slices: Mapping[int, frozenset[int]]) -> None:
        """Afterwards these slices, by case id, are the held-out set: what was in it before, and perhaps more.

        Raises:
            ValueError: a slice held out before is missing; scores before and after could not be compared any more.
        """
        wanted = {(case_id, index) for case_id, indices in slices.items() for index in indices}
        present = {(case_id, index) for case_id, indices in self.held_out().items() for index in indices}
        if missing := present - wanted:
            raise ValueError(f"held-out slices can't be given back: {sorted(missing)}")
        if wanted != present:
            with self._database.transaction() as rows:
                rows.executemany("INSERT INTO held_out VALUES (?, ?)", sorted(wanted - present))

    def remembered(self, key: str) -> str | None:
        """The text last remembered under ``key``; None where there is none."""
        found = self._database.rows("SELECT text FROM remembered WHERE key = ?", key)
        return str(found[0][0]) if found else None

    def remember(self, key: str, text: str) -> None:
        """Afterwards ``text`` is remembered under ``key``."""
        with self._database.transaction() as rows:
            rows.execute("INSERT OR REPLACE INTO remembered VALUES (?, ?)", (key, text))

    def _case_from(self, row: tuple[Any, ...]) -> Case:
        number, name, path, choice, fingerprint, z, y, x, axis, absolute_path, is_flagged, comment = row
        try:
            if not all(isinstance(n, int) and n > 0 for n in (z, y, x)) or axis not in (0, 1, 2):
                raise ValueError("its size makes no sense")
            name, path, choice, fingerprint, absolute_path, comment = map(
                _text, (name, path, choice, fingerprint, absolute_path, comment)
            )
        except ValueError as error:
            raise self._database.damaged(f"case {number}", error) from error
        return Case(number, name, path, choice, fingerprint, (z, y, x), axis, absolute_path, bool(is_flagged), comment)

    def _class_from(self, row: tuple[Any, ...]) -> LabelClass:
        value, name, red, green, blue, is_visible, is_locked = row
        try:
            if value == 0 or not all(isinstance(n, int) and 0 <= n <= 255 for n in (value, red, green, blue)):
                raise ValueError("its value or colour makes no sense")
            return LabelClass(value, _text(name), (red, green, blue), bool(is_visible), bool(is_locked))
        except ValueError as error:
            raise self._database.damaged(f"label class {value}", error) from error

    def _relative(self, absolute: str) -> str:
        try:
            return PurePath(os.path.relpath(absolute, self._folder)).as_posix()
        except ValueError:  # another drive on Windows
            return absolute


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("its text makes no sense")
    return value
