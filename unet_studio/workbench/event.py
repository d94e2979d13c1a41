"""Something that happened, told to whoever asked to hear it, in the thread it happened in."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Event(Generic[P]):
    """Listeners are called in the order in which they came. One that raises keeps none of the others from hearing."""

    def __init__(self) -> None:
        self._listeners: list[Callable[P, object]] = []

    def connect(self, listener: Callable[P, object]) -> None:
        """Afterwards ``listener`` hears of it each time."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[P, object]) -> None:
        """Afterwards ``listener`` no longer hears of it."""
        self._listeners.remove(listener)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """It happened: every listener hears of it."""
        first: Exception | None = None
        for listener in tuple(self._listeners):
            try:
                listener(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - raised below, once all have heard
                first = first or error
        if first is not None:
            raise first
