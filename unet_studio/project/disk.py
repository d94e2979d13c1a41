"""Files that stay: written whole or not at all, and on the disk when the call returns."""

import errno
import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and try again",
    errno.EDQUOT: "your share of the disk is used up. Free some space and try again",
    errno.EFBIG: "the disk takes no file of that size. Free some space or move it to another disk",
    errno.EACCES: "you have no permission to write there. Ask for it, or copy it to a folder of yours",
    errno.EPERM: "you have no permission to write there. Ask for it, or copy it to a folder of yours",
    errno.EROFS: "the disk is read-only. Copy it to a disk that can be written to",
    errno.ENOENT: "its folder is gone. Connect the drive or network folder it lies on, and try again",
    errno.ENOTDIR: "its folder is a file. Choose another place",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
}


def reason(error: OSError) -> str:
    """What the system said, as the end of a sentence, with the next step and without the last full stop."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return f"{error.strerror or error}. Check the disk and try again"


def replace_bytes(file: Path, content: bytes) -> None:
    """Afterwards ``file`` holds ``content``, readable by its owner only; whatever goes wrong, it is whole: old or new.

    Raises:
        OSError: it is as it was.
    """
    beside = file.with_name(f".us-{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
        sync_folder(file.parent)
    finally:
        beside.unlink(missing_ok=True)


def place_copy(source: Path, target: Path, *, may_link: bool = True) -> None:
    """Afterwards ``target``, which did not exist, has the content of ``source``: as a second name for it where the disk can.

    Unless it ``may_link``, it is a file of its own: for content that will be changed in one of the two.

    Raises:
        OSError: ``target`` does not exist.
    """
    try:
        try:
            if not may_link:
                raise OSError(errno.ENOTSUP, "no second name wanted")
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # another disk, or one without links, such as FAT and many network drives
            with source.open("rb") as read, target.open("xb") as write:
                shutil.copyfileobj(read, write, 1 << 20)
        target.chmod(0o600)
        sync_file(target)
        sync_folder(target.parent)
    except FileExistsError:
        raise
    except OSError:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def free_bytes(folder: Path) -> int:
    """How much room there is left on the disk of ``folder``."""
    return shutil.disk_usage(folder).free


def sync_file(file: Path) -> None:
    """Afterwards the content of ``file`` is on the disk."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Afterwards the names in ``folder`` are on the disk."""
    if os.name != "posix":  # Windows opens no folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems sync no folders
            raise
    finally:
        os.close(handle)


def sha256_of(file: Path) -> str:
    """The hexadecimal SHA-256 of a file's content."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
