"""A database file by itself, outside the folder of a project."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote


def database_fault(path: Path) -> str:
    """What is wrong with it, or with opening it by itself, as the end of a sentence with the next step. It is not changed."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)) as rows:
            rows.execute("PRAGMA trusted_schema = OFF")
            said = str(rows.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        return f"can't be read as a database ({error}). Restore a backup of the project"
    except sqlite3.DatabaseError:
        return "is damaged: it is not a database, or malformed. Restore a backup of the project to recover what it held"
    if said != "ok":
        return "is damaged: the database in it is malformed. Restore a backup of the project to recover what it held"
    return "is a database by itself. Open the project folder it belongs to, whose name ends in .unetstudio"
