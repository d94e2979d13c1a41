"""What a command says: JSON lines for programs, or text with a progress bar for people."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TextIO, TypeVar

from unet_studio.progress import Steps

T = TypeVar("T")
_BAR = 24
_EVERY_S = 0.2


class Output:
    """With ``as_json`` every line of ``out`` is one JSON object; those before the result have an ``"event"``.

    Otherwise ``out`` has text, and ``err`` a progress bar where it is a terminal. ``clock`` gives seconds.
    """

    def __init__(self, *, as_json: bool, out: TextIO, err: TextIO, clock: Callable[[], float]) -> None:
        self.as_json = as_json
        self.clock = clock
        self._out = out
        self._err = err
        self._last_s = -_EVERY_S
        self._bar = ""

    def progress(self, fraction: float | None, message: str, **figures: object) -> None:
        """Afterwards it has been told how far the work is, unless that was told a moment ago."""
        now = self.clock()
        if now - self._last_s < _EVERY_S and fraction != 1.0 and not figures:
            return
        self._last_s = now
        if self.as_json:
            self._line({"event": "progress", "fraction": fraction, "message": message, **figures})
        elif self._err.isatty():
            self._draw(fraction, message)

    def follow(self, steps: Steps[T], *, start: float = 0.0, share: float = 1.0) -> T:
        """The result of slow work, its progress told as ``share`` of the whole from ``start`` on."""
        try:
            while True:
                report = next(steps)
                within = None if report.fraction is None else start + share * report.fraction
                self.progress(within, report.message)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()

    def say(self, text: str) -> None:
        """Afterwards people have been told; programs find it in the result."""
        if not self.as_json:
            self._clear()
            self._out.write(text + "\n")

    def warn(self, sentence: str) -> None:
        """Afterwards something that needs a look has been told, and the work goes on."""
        if self.as_json:
            self._line({"event": "warning", "message": sentence})
        else:
            self._clear()
            self._err.write(f"Warning: {sentence}\n")

    def fail(self, sentence: str) -> None:
        """Afterwards ``err`` has the sentence, on a line of its own."""
        self._clear()
        self._out.flush()
        self._err.write(" ".join(sentence.split()) + "\n")
        self._err.flush()

    def result(self, fields: Mapping[str, Any]) -> None:
        """Afterwards programs have the result."""
        self._clear()
        if self.as_json:
            self._line(fields)
        self._out.flush()

    def _line(self, fields: Mapping[str, Any]) -> None:
        self._out.write(json.dumps(fields, ensure_ascii=False, allow_nan=False) + "\n")
        self._out.flush()

    def _draw(self, fraction: float | None, message: str) -> None:
        done = round(_BAR * (fraction or 0.0))
        bar = "━" * done + "╌" * (_BAR - done)
        share = "    " if fraction is None else f"{fraction:4.0%}"
        text = f"{bar} {share} {message}"[:100]
        self._err.write("\r" + text.ljust(len(self._bar)))
        self._err.flush()
        self._bar = text

    def _clear(self) -> None:
        if self._bar:
            self._err.write("\r" + " " * len(self._bar) + "\r")
            self._bar = ""
