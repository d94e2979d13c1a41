"""What was done and can be undone, in a budget of bytes."""

from collections import deque
from collections.abc import Iterable
from typing import Generic, Protocol, Self, TypeVar


class Reversible(Protocol):
    """Something that was done under a name and can be taken back."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def nbytes(self) -> int: ...  # noqa: D102

    def inverse(self) -> Self: ...  # noqa: D102


E = TypeVar("E", bound=Reversible)


class History(Generic[E]):
    """Done and undone edits, oldest first. The oldest are forgotten past ``budget_bytes``; the newest is always kept."""

    def __init__(
        self, done: Iterable[E] = (), undone: Iterable[E] = (), *, budget_bytes: int = 256 * 1024 * 1024
    ) -> None:
        self._done: deque[E] = deque(done)
        self._undone: list[E] = list(undone)  # the next to redo is the last
        self._budget_bytes = budget_bytes
        self._nbytes = sum(e.nbytes for e in (*self._done, *self._undone))
        self._forget()

    @property
    def nbytes(self) -> int:
        """How much memory the edits hold."""
        return self._nbytes

    @property
    def undo_name(self) -> str | None:
        """What the next undo takes back; None where there is nothing."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What the next redo does again; None where there is nothing."""
        return self._undone[-1].name if self._undone else None

    def names(self) -> list[str]:
        """The names of the done edits, oldest first."""
        return [edit.name for edit in self._done]

    def push(self, edit: E) -> None:
        """Afterwards ``edit`` is the next to undo, and nothing can be redone."""
        self._nbytes += edit.nbytes - sum(e.nbytes for e in self._undone)
        self._undone.clear()
        self._done.append(edit)
        self._forget()

    def undo(self) -> E | None:
        """The edit to apply to take back the last one, which can then be redone; None where there is nothing."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1].inverse()

    def redo(self) -> E | None:
        """The edit to apply to do the last undone one again; None where there is nothing."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def _forget(self) -> None:
        while self._nbytes > self._budget_bytes and len(self._done) > 1:
            self._nbytes -= self._done.popleft().nbytes
