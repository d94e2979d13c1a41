"""Faults of the program itself: one hook for slots, paint events and threads; what is kept of them holds no patient's data."""

import logging
import platform
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6

import unet_studio

log = logging.getLogger(__name__)

EVERY_S = 60.0  # a fault in a paint event comes sixty times a second
_ROOM = Path(unet_studio.__file__).parents[1]
# In quotes as errors show paths, or bare: a folder may be called after a patient.
_PATHS = re.compile(r"""(?P<quote>['"“])[^'"”]*[/\\][^'"”]*['"”]|(?<![\w.])(?:[A-Za-z]:)?[/\\][^\s:,;]+""")


class Faults:
    """Logs each fault and tells of it, at most once a minute where it is the same one again."""

    def __init__(
        self, tell: Callable[[str], None], post: Callable[[Callable[[], None]], None],
        *, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._tell = tell
        self._post = post
        self._clock = clock
        self._last_s: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def install(self) -> None:
        """Afterwards everything that nobody catches comes here: Qt hands the faults of its own threads to the same hook."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """One fault, in any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        what = frames_text(error, trace)
        now = self._clock()
        if now - self._last_s.get(what, -EVERY_S) < EVERY_S:
            self._unsaid[what] = self._unsaid.get(what, 0) + 1
            return
        self._last_s[what] = now
        again = self._unsaid.pop(what, 0)
        log.error("a fault of the program%s\n%s", f" ({again} more like it before)" if again else "", what)
        text = f"{machine_text()}\n\n{what}"
        self._post(lambda: self._tell(text))


def machine_text() -> str:
    """Which program on which system, in a line."""
    return (
        f"UNet Studio {unet_studio.__version__}, Python {platform.python_version()}, Qt {PySide6.__version__}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


def frames_text(error: BaseException, trace: TracebackType | None) -> str:
    """Where a fault happened and of which kind it is, causes first; not its message, which may quote a file or its header."""
    parts = []
    if (cause := error.__cause__ or error.__context__) is not None and cause is not error:
        parts.append(frames_text(cause, cause.__traceback__))
    lines = [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace, limit=-20)
    ]
    parts.append("\n".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}{_number(error)}"]))
    return "\n".join(parts)


def without_paths(text: str) -> str:
    """The text with each path in it replaced by “…”."""
    return _PATHS.sub("…", text)


class PrivateFormatter(logging.Formatter):
    """Log lines without paths, and faults without their messages."""

    def formatException(self, fault: object) -> str:
        assert isinstance(fault, tuple)
        return frames_text(fault[1], fault[2])

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text if record.name == __name__ else without_paths(text)


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_ROOM / "unet_studio"):
        return path.relative_to(_ROOM).as_posix()
    return "/".join(path.parts[-2:])


def _number(error: BaseException) -> str:
    return f" {error.errno} {error.strerror}" if isinstance(error, OSError) and error.errno else ""
