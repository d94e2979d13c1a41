"""A path that may be opened: an ordinary file that is there, is not empty and may be read; and what it is called in words."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from unet_studio.errors import ReadError


def shown(path: Path) -> str:
    """The last part of a path as a sentence may show it: on one line, "?" for each byte that is no character."""
    name = (path.name or str(path)).encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else " " for c in name)


def stem(path: Path) -> str:
    """The name without its format: ``case1`` of ``case1.nii.gz`` or ``case1.seg.nrrd``; whole for folders' dots."""
    name = shown(path)
    for ending in (".nii.gz", ".seg.nrrd", ".img.gz", ".hdr.gz"):
        if name.lower().endswith(ending):
            return name[: -len(ending)] or name
    return Path(name).stem or name


def regular_size(path: Path) -> int:
    """The size in bytes of an ordinary, non-empty file; a link counts as what it leads to. Nothing is opened.

    Raises:
        ReadError: missing, a folder, a pipe or device, empty, or out of reach.
    """
    if "\0" in str(path):
        raise ReadError(f"{shown(path)} is no possible file name. Check it.", path=path)
    with reading_errors(path):
        status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(f"{shown(path)} is a folder, not a file. Open a file in it.", path=path)
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(f"{shown(path)} is not a regular file but a pipe or device. Open a scan's file.", path=path)
    if status.st_size == 0:
        raise ReadError(f"{shown(path)} is empty (0 bytes). Ask for a new copy.", path=path)
    if not os.access(path, os.R_OK):
        raise ReadError(f"{shown(path)} can't be read: no permission. Ask who owns it for access.", path=path)
    return status.st_size


@contextmanager
def reading_errors(path: Path) -> Iterator[None]:
    """Turns what the system says of ``path`` while it is read into a ``ReadError``."""
    try:
        yield
    except FileNotFoundError as error:
        raise ReadError(f"{shown(path)} was not found. Check where it is now.", path=path) from error
    except PermissionError as error:
        raise ReadError(
            f"{shown(path)} can't be read: no permission. Ask who owns it for access.", path=path
        ) from error
    except MemoryError as error:
        raise ReadError(f"{shown(path)} needs more memory than there is. Close other programs.", path=path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(
            f"{shown(path)} can't be read: {reason}. Check the disk or the network drive.", path=path
        ) from error


def size_in_words(nbytes: float) -> str:
    """Such as "157 MB" or "54 TB"."""
    units = ("bytes", "kB", "MB", "GB", "TB")
    power = min(len(units) - 1, int(np.log10(max(nbytes, 1)) / 3))
    return f"{nbytes / 1000**power:,.4g} {units[power]}"


def check_memory(path: Path, nbytes: int) -> None:
    """Raises ``ReadError`` where ``nbytes`` and a quarter more for working on them do not fit into free memory."""
    free = psutil.virtual_memory().available
    if nbytes * 1.25 > free:
        raise ReadError(
            f"{shown(path)} is too large: it needs {size_in_words(nbytes)} of memory, {size_in_words(free)} are free. "
            "Close other programs or use a computer with more memory.",
            path=path,
        )
