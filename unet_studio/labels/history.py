"""What was done and can be undone, in a budget of bytes."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Generic, Protocol, Self, TypeVar, runtime_checkable


class Reversible(Protocol):
    """Something that was done under a name and can be taken back."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def nbytes(self) -> int: ...  # noqa: D102

    def inverse(self) -> Self: ...  # noqa: D102


E = TypeVar("E", bound=Reversible)
T_co = TypeVar("T_co", covariant=True)


class Packed(Protocol[T_co]):
    """An edit put away. ``nbytes`` is the edit's own, so that a budget holds as many edits, packed or not."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def nbytes(self) -> int: ...  # noqa: D102

    def unpacked(self) -> T_co: ...  # noqa: D102


@runtime_checkable
class Packable(Protocol):
    """An edit that can be put away, or says None."""

    def packed(self) -> Packed[Self] | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Entry(Generic[E]):
    """An edit of a history with the ``number`` that no other edit of this history ever has."""

    number: int
    edit: E | Packed[E]

    @property
    def name(self) -> str:
        """The edit's."""
        return self.edit.name

    @property
    def nbytes(self) -> int:
        """The edit's, unpacked."""
        return self.edit.nbytes

    def packed(self) -> "Entry[E]":
        """The same in less memory, where there is something to gain."""
        packed: Packed[E] | None = self.edit.packed() if isinstance(self.edit, Packable) else None
        return self if packed is None else Entry(self.number, packed)

    def unpacked(self) -> E:
        """The edit itself."""
        return self.edit.unpacked() if hasattr(self.edit, "unpacked") else self.edit


class History(Generic[E]):
    """Done and undone edits, oldest first. The oldest are forgotten past ``budget_bytes``; the newest is always kept.

    All but the newest are packed where they can be: a thousand strokes take a few MB.
    """

    def __init__(
        self, done: Iterable[E] = (), undone: Iterable[E] = (), *, budget_bytes: int = 256 * 1024 * 1024
    ) -> None:
        self._numbers = count()
        self._done = deque(Entry(next(self._numbers), edit).packed() for edit in done)
        self._undone = [Entry(next(self._numbers), edit).packed() for edit in undone]  # the next to redo is the last
        self._budget_bytes = budget_bytes
        self._nbytes = sum(e.nbytes for e in (*self._done, *self._undone))
        self._forget()

    @property
    def nbytes(self) -> int:
        """How much memory the edits would hold unpacked."""
        return self._nbytes

    @property
    def done(self) -> list[E]:
        """The done edits, oldest first."""
        return [entry.unpacked() for entry in self._done]

    @property
    def undone(self) -> list[E]:
        """The undone edits; the next to redo is the last."""
        return [entry.unpacked() for entry in self._undone]

    @property
    def undo_name(self) -> str | None:
        """What the next undo takes back; None where there is nothing."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What the next redo does again; None where there is nothing."""
        return self._undone[-1].name if self._undone else None

    @property
    def entries(self) -> list[Entry[E]]:
        """All edits in the order in which they were made: those done, then those undone."""
        return [*self._done, *reversed(self._undone)]

    @property
    def depth(self) -> int:
        """How many of the entries are done."""
        return len(self._done)

    def names(self) -> list[str]:
        """The names of the done edits, oldest first."""
        return [entry.name for entry in self._done]

    def push(self, edit: E) -> None:
        """Afterwards ``edit`` is the next to undo, and nothing can be redone."""
        self._nbytes += edit.nbytes - sum(e.nbytes for e in self._undone)
        self._undone.clear()
        if self._done:
            self._done[-1] = self._done[-1].packed()
        self._done.append(Entry(next(self._numbers), edit))
        self._forget()

    def undo(self) -> E | None:
        """The edit to apply to take back the last one, which can then be redone; None where there is nothing."""
        if not self._done:
            return None
        entry = self._done.pop()
        self._undone.append(entry.packed())
        return entry.unpacked().inverse()

    def redo(self) -> E | None:
        """The edit to apply to do the last undone one again; None where there is nothing."""
        if not self._undone:
            return None
        entry = self._undone.pop()
        self._done.append(entry)
        return entry.unpacked()

    def _forget(self) -> None:
        while self._nbytes > self._budget_bytes and len(self._done) > 1:
            self._nbytes -= self._done.popleft().nbytes
