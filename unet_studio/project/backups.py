"""Copies of a project file as it was: made beside the work, kept by number and by day, and put back when it is damaged."""

import logging
import os
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unet_studio.errors import ProjectError
from unet_studio.project import schema
from unet_studio.project.borders import check_links
from unet_studio.project.database import Database
from unet_studio.project.disk import free_bytes, place_copy, reason, sync_file, sync_folder
from unet_studio.project.lock import Lock

_log = logging.getLogger(__name__)

NEWEST, DAYS = 5, 14  # what is kept: the newest, and beyond those the last one of each of the latest days
_PAGES = 128  # half a megabyte a step: between steps a waiting stroke is noticed
_SPARE_BYTES = 64 << 20  # a backup never takes the last of the disk
_STAMP = "project-%Y%m%dT%H%M%S"
_CONTENT = """SELECT
    (SELECT COALESCE(MAX(id), 0) FROM journal), (SELECT COALESCE(MAX(id), 0) FROM travels),
    (SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'checkpoints'),
    (SELECT COUNT(*) FROM held_out), (SELECT active_checkpoint FROM project)"""


@dataclass(frozen=True, slots=True)
class Backup:
    """A sound copy: ``made`` is when (ISO 8601, UTC), ``cases`` each case's name with its number of strokes."""

    path: Path
    made: str
    cases: tuple[tuple[str, int], ...]

    @property
    def strokes(self) -> int:
        """How many actions it holds, of all cases."""
        return sum(count for _, count in self.cases)


class Backups:
    """The copies of an open project, in its folder ``backups``."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder / schema.BACKUPS
        self._last: tuple[Any, ...] | None = None  # what the newest copy holds, as far as known

    def back_up(self, gives_way: Callable[[], bool] = lambda: False) -> bool:
        """Afterwards a copy holds what the project holds now; False where it gave way, as ``gives_way`` said so.

        Nothing is done where the newest copy holds it already, or nothing was ever drawn.

        Raises:
            ProjectError: no copy was made, and none is left half made.
        """
        content = self._database.rows(_CONTENT)[0]
        if not content[0] or content == self._known():
            return True
        beside = self._folder / f".us-{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._check_space()
            if not self._copied(beside, gives_way):
                return False
            sync_file(beside)
            beside.replace(_fresh(self._folder))
            sync_folder(self._folder)
            self._last = content
            rotate(self._folder)
        except (OSError, sqlite3.DatabaseError) as error:
            why = reason(error) if isinstance(error, OSError) else f"{error}. Check the disk"
            raise ProjectError(f"No backup of the project “{self._database.project}” could be made: {why}.") from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        return True

    def _known(self) -> tuple[Any, ...] | None:
        if self._last is None:
            newest = next(iter(_files(self._folder)), None)
            self._last = None if newest is None else _rows(newest, _CONTENT, default=[()])[0]
        return self._last

    def _check_space(self) -> None:
        pages, size = (self._database.rows(f"PRAGMA {what}")[0][0] for what in ("page_count", "page_size"))
        if free_bytes(self._folder) < pages * size + _SPARE_BYTES:
            raise OSError(28, "No space left on device")

    def _copied(self, target: Path, gives_way: Callable[[], bool]) -> bool:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

        def step(*_: int) -> None:
            if gives_way():
                raise _GaveWay

        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # it is synced once, before it gets its name
            try:
                self._database.copy_to(copy, pages=_PAGES, progress=step)
            except _GaveWay:
                return False
        return True


class _GaveWay(Exception):
    """A stroke waits."""


def rotate(folder: Path) -> None:
    """Afterwards the newest copies are left, and the last one of each of the latest days that have any."""
    files = _files(folder)
    last_of_day: dict[str, Path] = {}
    for file in files:
        last_of_day.setdefault(file.name[:16], file)  # “project-YYYYMMDD”
    kept = {*files[:NEWEST], *list(last_of_day.values())[:DAYS]}
    for file in files:
        if file not in kept:
            file.unlink(missing_ok=True)


def backups(folder: Path) -> tuple[Backup, ...]:
    """The sound copies of the project in ``folder``, newest first; damaged ones are left out. None is changed."""
    sound = (_read(file) for file in _files(folder / schema.BACKUPS))
    return tuple(backup for backup in sound if backup is not None)


def restore(folder: Path, backup: Path) -> Path | None:
    """Afterwards the project in ``folder`` is as it was in ``backup``, which stays; what it was is kept beside it.

    Returns where that is kept; None where there was nothing to keep.

    Raises:
        ProjectLocked: somebody has the project open.
        ProjectError: it is as it was.
    """
    lock = Lock(folder)
    file, beside = folder / schema.FILE, folder / f".us-{secrets.token_hex(4)}"
    kept: Path | None = None
    try:
        check_links(folder)
        if _read(backup) is None:
            raise ProjectError(f"The backup “{backup.name}” is damaged itself. Choose another one.")
        place_copy(backup, beside, may_link=False)
        if file.exists():
            kept = _fresh(folder, "replaced-%Y%m%dT%H%M%S")
            place_copy(file, kept)
        # A journal that a crash left belongs to the file that goes; rolled back into the copy it would ruin that one.
        journal = file.with_name(f"{file.name}-journal")
        if journal.exists():
            journal.replace(folder / f"{kept.name if kept else file.name}-journal-kept")
        beside.replace(file)
        sync_folder(folder)
    except OSError as error:
        raise ProjectError(f"The backup of “{folder.name}” could not be put back: {reason(error)}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        lock.release()
    _log.info("a backup was put back")
    return kept


def _files(folder: Path) -> list[Path]:
    """The copies, the newest first: by their names, as the times of files change when they are carried about."""
    try:
        return sorted(folder.glob("project-*.sqlite"), key=lambda file: file.name, reverse=True)
    except OSError:
        return []


def _fresh(folder: Path, stamp: str = _STAMP) -> Path:
    stem = datetime.now(UTC).strftime(stamp)
    number = 0
    while (path := folder / f"{stem}-{number:02d}.sqlite").exists():
        number += 1
    return path


def _read(file: Path) -> Backup | None:
    try:
        made = datetime.strptime(file.name[:23], _STAMP).replace(tzinfo=UTC).isoformat()
        number = _rows(file, "PRAGMA application_id")[0][0]
        if number != schema.APPLICATION_ID or _rows(file, "PRAGMA quick_check(1)") != [("ok",)]:
            return None
        strokes = _rows(
            file,
            "SELECT c.name, COUNT(j.id) FROM cases c LEFT JOIN journal j ON j.case_id = c.id AND j.standing = 'done' "
            "WHERE c.removed IS NULL GROUP BY c.id ORDER BY c.id",
        )
        return Backup(file, made, tuple((str(name), int(count)) for name, count in strokes))
    except (sqlite3.Error, ValueError, OSError, IndexError) as error:
        _log.warning("a backup is left out: %s", type(error).__name__)
        return None


def _rows(file: Path, sql: str, *, default: Sequence[tuple[Any, ...]] | None = None) -> Sequence[tuple[Any, ...]]:
    """What a copy answers; it is opened so that nothing in or beside it can change."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            return copy.execute(sql).fetchall()
    except sqlite3.Error:
        if default is None:
            raise
        return default
