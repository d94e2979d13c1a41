"""Writing a file so that there is always either the old one or the new one, whole."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from unet_studio.errors import WriteError
from unet_studio.files.regular import shown


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Afterwards ``path`` is what ``write`` left at the path it was given, on the disk for good.

    ``write`` gets a short new name in the same folder (``path``'s own may already fill the 255 bytes a name may have), and
    may check what it wrote and raise: then nothing changes. Whatever goes wrong, ``path`` stays as it was and no other
    file is left behind.

    Raises:
        WriteError: no space, no permission, read-only, no such folder.
    """
    beside = _beside(path)
    try:
        write(beside)
        _sync(beside, os.O_RDWR)
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def replace_folder(path: Path, write: Callable[[Path], None]) -> None:
    """The same for a folder of files: ``write`` gets a new empty folder. A folder that was there is replaced as a whole.

    Raises:
        WriteError: as above; or ``path`` is a file.
    """
    beside, old = _beside(path), _beside(path)
    try:
        beside.mkdir()
        write(beside)
        for file in beside.iterdir():
            _sync(file, os.O_RDWR)
        _sync_folder(beside)
        if path.exists():
            path.rename(old)
        try:
            beside.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def write_error(path: Path, error: OSError) -> WriteError:
    """What the system said while ``path`` was written, as a sentence."""
    reasons = {
        errno.ENOSPC: "the disk is full. Free some space and save again",
        errno.EDQUOT: "your share of the disk is used up. Free some space and save again",
        errno.EFBIG: "the file system takes no file of that size. Save somewhere else",
        errno.EACCES: "you have no permission to write there. Save somewhere else",
        errno.EPERM: "you have no permission to write there. Save somewhere else",
        errno.EROFS: "the disk is read-only. Save somewhere else",
        errno.ENOENT: "its folder does not exist. Save somewhere else",
        errno.ENOTDIR: "its folder is a file. Save somewhere else",
        errno.EISDIR: "there is a folder of that name. Choose another name",
        errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    }
    reason = reasons.get(error.errno or 0, f"{error.strerror or error}. Save somewhere else")
    return WriteError(f"{shown(path)} could not be saved: {reason}.", path=path)


def _beside(path: Path) -> Path:
    return path.with_name(f".us-{secrets.token_hex(4)}")


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(path: Path) -> None:
    if os.name == "posix":  # Windows opens no folder
        _sync(path, os.O_RDONLY)
