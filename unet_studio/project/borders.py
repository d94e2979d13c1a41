"""A project folder that came from others must not lead out of itself: neither by links, nor by what SQLite would do for it."""

import stat
from collections.abc import Iterator
from pathlib import Path

from unet_studio.errors import ProjectDamaged, ProjectError

_OURS = ("project", "replaced-", "checkpoints", "backups")  # how the names begin that the program itself uses
_ROOMS = ("checkpoints", "backups")
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: Windows' link to a folder, which is_symlink doesn't know
# How a journal ends that names another file (https://sqlite.org/fileformat2.html, section 3): page number, name, its length, a
# sum, and these eight bytes. SQLite deletes that file, wherever it lies, once it has rolled back. We never write such a one.
_NAMES_A_FILE = bytes.fromhex("d9d505f920a163d7")
_TAIL = 16


def check_links(folder: Path) -> None:
    """Afterwards it is known that all of the project in ``folder`` lies in it. Links to scans beside it are nobody's harm.

    Raises:
        ProjectError: a file or folder of the project is a link to elsewhere.
        OSError: the folder can't be looked into.
    """
    for path in _own(folder):
        if _is_link(path):
            raise ProjectError(
                f"The project “{folder.name}” is not opened: “{path.relative_to(folder).as_posix()}” in it is a link and "
                "may lead to files that are not its own. Put what it leads to in its place, or ask for a copy without links."
            )


def check_journal(file: Path) -> None:
    """Afterwards it is known that SQLite will touch nothing but ``file`` when it is opened. Nothing is changed.

    Raises:
        ProjectDamaged: the journal beside it has SQLite delete another file; a backup may be put back.
        OSError: the journal can't be read.
    """
    journal = file.with_name(f"{file.name}-journal")
    if journal.exists() and _names_a_file(journal):
        raise ProjectDamaged(
            f"The project “{file.parent.name}” is not opened: the file “{journal.name}” in it would delete a file that is "
            "not the project's. Put back a backup: File, Restore a backup."
        )


def _own(folder: Path) -> Iterator[Path]:
    """What of the project's own is in its folder; each room comes before what is in it."""
    yield from (path for path in folder.iterdir() if path.name.startswith(_OURS))
    for room in _ROOMS:
        if (folder / room).is_dir():
            yield from (folder / room).iterdir()


def _is_link(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _names_a_file(journal: Path) -> bool:
    with journal.open("rb") as stream:
        size = stream.seek(0, 2)
        if size < _TAIL:
            return False
        stream.seek(size - _TAIL)
        tail = stream.read(_TAIL)
    return tail.endswith(_NAMES_A_FILE) and 0 < int.from_bytes(tail[:4], "big") <= size - _TAIL
