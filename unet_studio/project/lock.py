"""Who has a project open for writing: a file in its folder, which counts only while that process lives."""

import getpass
import json
import os
import platform
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from unet_studio.errors import ProjectError, ProjectLocked
from unet_studio.project.disk import reason, sync_folder

FILE = "project.lock"


def user_name() -> str:
    """The name the user is logged in under; "" where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry in the password database, no environment
        return ""


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has a project open for writing.

    ``started_s`` is when it started, in seconds after the computer did: setting the clock doesn't change it.
    """

    user: str
    host: str
    pid: int
    started_s: float
    token: str

    def __str__(self) -> str:
        return f"{self.user or 'somebody'} on {self.host}"

    @property
    def is_alive(self) -> bool:
        """Whether it may still be there: always True for another computer, as that can't be told from here."""
        if self.host != platform.node():
            return True
        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            return abs(_started_s(process) - self.started_s) < 2.0  # else another process has got its number
        except psutil.NoSuchProcess:
            return False
        except psutil.AccessDenied:
            return True


_HALF_WRITTEN_S = 2.0  # a lock that can't be read for so long is damaged, and not just being written


class Lock:
    """Held from the moment it is made until ``release``."""

    def __init__(self, folder: Path) -> None:
        """Takes the lock of the project in ``folder``, from a process that is gone too.

        Raises:
            ProjectLocked: another process has it.
            ProjectError: the folder can't be written to.
        """
        self._file = folder / FILE
        started_s = _started_s(psutil.Process())
        self._owner = Owner(user_name(), platform.node(), os.getpid(), started_s, secrets.token_hex(8))
        try:
            while not self._take():
                owner = _read(self._file)
                if owner is not None and owner.is_alive:
                    raise _locked(folder, owner)
                self._clear()
        except OSError as error:
            raise ProjectError(f"The project “{folder.name}” can't be written to: {reason(error)}.") from error

    def release(self) -> None:
        """Afterwards another process may take it."""
        with suppress(OSError):
            if _read(self._file) == self._owner:
                self._file.unlink()

    def _take(self) -> bool:
        """Whether the lock is ours now. The file appears with all that is in it, so that nobody ever reads half of it."""
        whole = self._file.with_name(f".us-{self._owner.token}")
        try:
            self._write(whole)
            try:
                os.link(whole, self._file)
            except FileExistsError:
                return False
            except OSError:  # a drive without hard links
                return self._take_without_links()
            try:
                sync_folder(self._file.parent)
            except OSError:
                with suppress(OSError):
                    self._file.unlink()
                raise
        finally:
            with suppress(OSError):
                whole.unlink(missing_ok=True)
        return True

    def _take_without_links(self) -> bool:
        try:
            self._write(self._file)
        except FileExistsError:
            return False
        except OSError:
            with suppress(OSError):
                self._file.unlink()
            raise
        return True

    def _write(self, file: Path) -> None:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(asdict(self._owner), stream)
            stream.flush()
            os.fsync(stream.fileno())

    def _clear(self) -> None:
        """Removes the lock if its process is gone. One at a time may do so, or it could be a fresh lock by then."""
        gate = self._file.with_name(f"{FILE}.clearing")
        try:
            os.close(os.open(gate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            until = time.monotonic() + 2.0
            while gate.exists() and time.monotonic() < until:
                time.sleep(0.02)
            if time.monotonic() < until:
                return
        try:
            # What is not there must not be removed: the next to come may be making it at this moment. What is there and
            # dead stays so, as nobody but the holder of the gate removes it.
            if self._file.exists() and self._is_dead():
                self._file.unlink(missing_ok=True)
        finally:
            gate.unlink(missing_ok=True)

    def _is_dead(self) -> bool:
        owner = _read(self._file)
        if owner is not None:
            return not owner.is_alive
        try:
            return abs(time.time() - self._file.stat().st_mtime) > _HALF_WRITTEN_S  # a clock may be set back
        except FileNotFoundError:
            return False


def _locked(folder: Path, owner: Owner) -> ProjectLocked:
    there = (
        "" if owner.host == platform.node() else f" If that computer is switched off, delete the file “{FILE}” in it."
    )
    return ProjectLocked(
        f"The project “{folder.name}” is open for writing by {owner}. Close it there, or open it here to look only.{there}",
        owner=str(owner),
    )


def _read(file: Path, *, patience_s: float = 0.5) -> Owner | None:
    """Who holds the lock; None where nobody does or the file stays unreadable, as after a crash while it was written."""
    until = time.monotonic() + patience_s
    while True:
        try:
            fields = json.loads(file.read_text(encoding="utf-8"))
            return Owner(
                str(fields["user"]),
                str(fields["host"]),
                int(fields["pid"]),
                float(fields["started_s"]),
                str(fields["token"]),
            )
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
            if time.monotonic() >= until:
                return None
            time.sleep(0.02)  # its writer is between making and filling it


def _started_s(process: psutil.Process) -> float:
    return float(process.create_time() - psutil.boot_time())
