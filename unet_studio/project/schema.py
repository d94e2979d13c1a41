"""What the tables of a project file are, which format number they have, and how older ones are brought up to it."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unet_studio.errors import NewerFormat, ProjectDamaged, ProjectError
from unet_studio.project.borders import check_journal, check_links
from unet_studio.project.database import Database
from unet_studio.project.disk import reason, sync_file, sync_folder

_log = logging.getLogger(__name__)

Shape = frozenset[tuple[Any, ...]]

FILE = "project.sqlite"
BACKUPS = "backups"  # the folder of older copies
FORMAT = 3
APPLICATION_ID = 0x554E5354  # "UNST"

# From each older format number to the next, statement by statement.
MIGRATIONS: Mapping[int, Sequence[str]] = {
    1: (
        "ALTER TABLE cases ADD COLUMN is_flagged INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE cases ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
    ),
    # The size of the packed labels grows with the outlines; it stands in until the slices are predicted again.
    2: (
        "ALTER TABLE proposals ADD COLUMN to_correct REAL NOT NULL DEFAULT 0",
        "UPDATE proposals SET to_correct = uncertainty * length(labels)",
    ),
}

TABLES = {
    "project": """(
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        created TEXT NOT NULL,
        active_checkpoint INTEGER REFERENCES checkpoints)""",
    "classes": """(
        value INTEGER PRIMARY KEY CHECK (value BETWEEN 1 AND 255),
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        red INTEGER NOT NULL, green INTEGER NOT NULL, blue INTEGER NOT NULL,
        is_visible INTEGER NOT NULL,
        is_locked INTEGER NOT NULL)""",
    "cases": """(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        absolute_path TEXT NOT NULL,
        choice TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        z INTEGER NOT NULL, y INTEGER NOT NULL, x INTEGER NOT NULL,
        axis INTEGER NOT NULL CHECK (axis BETWEEN 0 AND 2),
        added TEXT NOT NULL,
        removed TEXT,
        is_flagged INTEGER NOT NULL DEFAULT 0,
        comment TEXT NOT NULL DEFAULT '')""",
    "labels": """(
        case_id INTEGER NOT NULL REFERENCES cases,
        slice INTEGER NOT NULL,
        labels BLOB NOT NULL,
        PRIMARY KEY (case_id, slice))""",
    "states": """(
        case_id INTEGER NOT NULL REFERENCES cases,
        slice INTEGER NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (case_id, slice))""",
    "proposals": """(
        case_id INTEGER NOT NULL REFERENCES cases,
        slice INTEGER NOT NULL,
        rows INTEGER NOT NULL, columns INTEGER NOT NULL,
        labels BLOB NOT NULL,
        uncertainty REAL NOT NULL,
        checkpoint_id INTEGER REFERENCES checkpoints ON DELETE SET NULL,
        to_correct REAL NOT NULL DEFAULT 0,
        PRIMARY KEY (case_id, slice))""",
    "journal": """(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES cases,
        time TEXT NOT NULL,
        author TEXT NOT NULL,
        name TEXT NOT NULL,
        edit_name TEXT,
        z INTEGER, y INTEGER, x INTEGER,
        depth INTEGER, height INTEGER, width INTEGER,
        before BLOB, after BLOB,
        states TEXT NOT NULL,
        standing TEXT NOT NULL CHECK (standing IN ('done', 'undone', 'dropped')))""",
    "travels": """(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        journal_id INTEGER NOT NULL REFERENCES journal,
        time TEXT NOT NULL,
        author TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('undo', 'redo')))""",
    "checkpoints": """(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        file TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        card TEXT NOT NULL,
        added TEXT NOT NULL)""",
    "held_out": """(
        case_id INTEGER NOT NULL REFERENCES cases,
        slice INTEGER NOT NULL,
        PRIMARY KEY (case_id, slice)) WITHOUT ROWID""",
    "remembered": """(
        key TEXT PRIMARY KEY,
        text TEXT NOT NULL)""",
}
_INDEXES = ("CREATE INDEX journal_of_case ON journal (case_id, standing, id)",)


def utc_now() -> str:
    """The time as it is kept in a project: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def create_file(folder: Path, *, name: str) -> None:
    """Afterwards ``folder`` holds an empty project file of the present format, whole.

    Raises:
        OSError, sqlite3.Error: it holds none, nor a part of one.
    """
    file, new = folder / FILE, folder / f"{FILE}.new"
    try:
        os.close(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        )  # SQLite itself would make it readable to all
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("BEGIN")
            _make_tables(connection)
            connection.execute("INSERT INTO project (id, name, created) VALUES (1, ?, ?)", (name, utc_now()))
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("COMMIT")
        sync_file(new)
        new.replace(file)
        try:
            sync_folder(folder)
        except OSError:
            file.unlink()
            raise
    finally:
        new.unlink(missing_ok=True)


def open_file(
    folder: Path,
    *,
    is_read_only: bool = False,
    newest: int = FORMAT,
    migrations: Mapping[int, Sequence[str]] = MIGRATIONS,
) -> Database:
    """The project file in ``folder``, found sound and of the ``newest`` format; a writer brings an older one up to it.

    The writer must hold the project's lock. The older file is kept beside it, with its format number in its name.

    Raises:
        ProjectError: missing, damaged, of another program, leading out of its folder, or older and only to be looked at.
        NewerFormat: of a later format than ``newest``.
    """
    database = _open(folder, is_read_only=is_read_only)
    try:
        found = _checked_format(database, newest)
        if found == newest:
            if _shape_of(database.rows) != _own_shape():
                raise database.damaged("its tables", ValueError("not as this program makes them"))
            return database
    except BaseException:
        database.close()
        raise
    database.close()
    if is_read_only:
        raise ProjectError(
            f"The project “{folder.name}” has the older format {found} and must be brought up to format {newest} first. "
            "Open it once for writing."
        )
    _migrate(folder, found, newest, migrations)
    return open_file(folder, newest=newest, migrations={})


def _open(folder: Path, *, is_read_only: bool) -> Database:
    file = folder / FILE
    if not folder.exists():
        raise ProjectError(
            f"There is no project at {folder}. If it lies on a network or removable drive, connect that and try again."
        )
    if not file.is_file() and (folder / BACKUPS).is_dir():
        raise ProjectDamaged(
            f"The project “{folder.name}” is damaged: its “{FILE}” is gone. Put back a backup: File, Restore a backup."
        )
    if not file.is_file():
        raise ProjectError(
            f"“{folder.name}” is no UNet Studio project: there is no “{FILE}” in it. Choose a folder that ends in .unetstudio."
        )
    try:
        check_links(folder)
        check_journal(file)
    except OSError as error:
        raise ProjectError(f"The project “{folder.name}” can't be looked into: {reason(error)}.") from error
    return Database(file, is_read_only=is_read_only)


def _checked_format(database: Database, newest: int) -> int:
    name = database.project
    if database.rows("PRAGMA application_id")[0][0] != APPLICATION_ID:
        raise ProjectError(
            f"“{name}” is no UNet Studio project: its “{FILE}” belongs to another program. Choose another folder."
        )
    found = int(database.rows("PRAGMA user_version")[0][0])
    if found > newest:
        raise NewerFormat(
            f"The project “{name}” has format {found}, and this version of UNet Studio knows formats up to {newest}. "
            "Install a newer version to open it."
        )
    if found < 1 or database.rows("PRAGMA quick_check(1)") != [("ok",)]:
        raise ProjectDamaged(f"The project “{name}” is damaged. Put back a backup: File, Restore a backup.")
    return found


def _own_shape() -> Shape:
    with closing(sqlite3.connect(":memory:")) as connection:
        _make_tables(connection)
        return _shape_of(lambda sql: connection.execute(sql).fetchall())


def _shape_of(rows: Callable[[str], list[tuple[Any, ...]]]) -> Shape:
    """What is in a file: kind, name and columns. A trigger from a stranger's project would be seen here."""
    found = set(rows("SELECT s.type, s.name, c.name FROM sqlite_schema s LEFT JOIN pragma_table_info(s.name) c"))
    return frozenset(entry for entry in found if not str(entry[1]).startswith("sqlite_"))


def _make_tables(connection: sqlite3.Connection) -> None:
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} {columns}")
    for index in _INDEXES:
        connection.execute(index)


def _migrate(folder: Path, found: int, newest: int, migrations: Mapping[int, Sequence[str]]) -> None:
    """Brings a copy up to the newest format and puts it in the place of the file once all of it went well."""
    file, new = folder / FILE, folder / f"{FILE}.new"
    kept = folder / f"project-format-{found}.sqlite"
    try:
        # That of a copy which was killed, or a stranger's, would be rolled back into the fresh one.
        new.with_name(f"{new.name}-journal").unlink(missing_ok=True)
        shutil.copy2(file, kept)
        sync_file(kept)
        shutil.copy2(file, new)
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            for number in range(found, newest):
                for statement in migrations[number]:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {newest}")
            connection.execute("COMMIT")
        sync_file(new)
        new.replace(file)
        sync_folder(folder)
    except (OSError, sqlite3.DatabaseError) as error:
        why = reason(error) if isinstance(error, OSError) else f"{error}. It is as it was"
        raise ProjectError(
            f"The project “{folder.name}” could not be brought from format {found} to {newest}: {why}."
        ) from error
    finally:
        new.unlink(missing_ok=True)
    _log.info("project file brought from format %d to %d", found, newest)
