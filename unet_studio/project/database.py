"""The connection to a project's SQLite file: whole transactions, and what went wrong as a sentence."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from unet_studio.errors import ProjectDamaged, ProjectError
from unet_studio.project.disk import sync_folder

_log = logging.getLogger(__name__)

_BUSY_S = 5.0
# By SQLite's primary result code (https://sqlite.org/rescode.html).
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space and try again",
    sqlite3.SQLITE_READONLY: "its folder can't be written to. Open it to look only, or copy it to a folder of yours",
    sqlite3.SQLITE_PERM: "you have no permission for its folder. Ask for it, or copy the project to a folder of yours",
    sqlite3.SQLITE_CANTOPEN: "its folder is gone or can't be written to. Connect the drive it lies on, and try again",
    sqlite3.SQLITE_IOERR: "the disk reports an error or is full. Check the disk and its connection, and try again",
    sqlite3.SQLITE_BUSY: "another program is reading or copying it right now. Try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is reading or copying it right now. Try again in a moment",
    sqlite3.SQLITE_NOMEM: "this computer's memory is used up. Close other programs and try again",
    sqlite3.SQLITE_TOOBIG: "one step of it is larger than a project can keep. Work in smaller steps",
    sqlite3.SQLITE_CORRUPT: "the file “project.sqlite” in it is damaged. Put back a backup: File, Restore a backup",
    sqlite3.SQLITE_NOTADB: "the file “project.sqlite” in it is damaged or no project. Put back a backup: File, Restore a backup",
}


_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Database:
    """One connection. Calls may come from any thread, but never two at a time."""

    def __init__(self, file: Path, *, is_read_only: bool = False) -> None:
        """Opens an existing file.

        It is opened for writing even to look only: the journal of a writer that crashed must be rolled back first.

        Raises:
            ProjectError: the file can't be opened.
        """
        self.project = file.parent.name
        self.is_read_only = is_read_only
        self._folder = file.parent
        self._is_closed = False
        path = quote(file.absolute().as_posix(), safe="/:")
        with self._told(is_opening=True):
            self._connection = sqlite3.connect(
                f"file://{'' if path.startswith('/') else '/'}{path}?mode=rw",
                uri=True,
                timeout=_BUSY_S,
                isolation_level=None,  # transactions begin and end below and nowhere else
                check_same_thread=False,
            )
        try:
            with self._told(is_opening=True):
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA trusted_schema = OFF")
                self._connection.execute(f"PRAGMA query_only = {'ON' if is_read_only else 'OFF'}")
                if not is_read_only:
                    self._connection.execute("PRAGMA journal_mode = DELETE")
                    self._connection.execute("PRAGMA synchronous = FULL")
        except ProjectError:
            self._connection.close()
            raise

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._told():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything done inside is on the disk afterwards, or, when anything is raised, nothing of it.

        Raises:
            ProjectError: it could not be saved; the next transaction may succeed.
        """
        if self.is_read_only:
            raise ProjectError(f"The project “{self.project}” is open to look only, so nothing in it can be changed.")
        with self._told():
            if self._connection.in_transaction:  # a rollback that failed, as on a drive that was pulled
                self._connection.rollback()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
                # The journal's end must last, too, or a power cut brings it back and takes the change away. SQLite's own way,
                # synchronous=EXTRA, fails every commit on drives that sync no folders.
                with suppress(OSError):
                    sync_folder(self._folder)
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                raise

    def copy_to(self, copy: sqlite3.Connection, *, pages: int, progress: Callable[..., None]) -> None:
        """Afterwards ``copy`` is this file as it is; ``progress`` is called after each step of ``pages``, and may raise."""
        with self._told():
            self._connection.backup(copy, pages=pages, progress=progress)

    def damaged(self, what: str, error: Exception) -> ProjectDamaged:
        """What to raise where the file is sound to SQLite, but ``what`` in it makes no sense."""
        return ProjectDamaged(
            f"The project “{self.project}” is damaged: {what} can't be read ({error}). "
            "Put back a backup: File, Restore a backup."
        )

    def close(self) -> None:
        """Afterwards nothing more can be read or saved."""
        self._is_closed = True
        self._connection.close()

    @contextmanager
    def _told(self, *, is_opening: bool = False) -> Iterator[None]:
        """SQLite's troubles with the disk as ``ProjectError``; those with our own SQL rise as they are."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            if not self._is_closed:  # a wrong call of ours, which has no code and is no damage
                raise
            raise ProjectError(f"The project “{self.project}” is closed already. Open it again.") from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter: SQLite quoting what is damaged
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code == sqlite3.SQLITE_ERROR and is_opening:  # "unsupported file format": no SQL of ours yet
                code = sqlite3.SQLITE_NOTADB
            if code not in _REASONS:
                raise
            _log.warning("project file: %s", error)
            kind = ProjectDamaged if code in _DAMAGE else ProjectError
            raise kind(f"The project “{self.project}” can't be used: {_REASONS[code]}.") from error
