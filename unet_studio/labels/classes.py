"""How the list of label classes changes: class by class, so that one change can be taken back and others stay."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from unet_studio.labels.label_map import LabelClass

Classes = tuple[LabelClass, ...]


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What became of one label class: ``before`` and ``after``, None where it is not listed; ``place`` is its row, from 0."""

    place: int
    before: LabelClass | None
    after: LabelClass | None

    def __post_init__(self) -> None:
        assert self.before or self.after

    @property
    def value(self) -> int:
        """The class's value in the label map."""
        one = self.before or self.after
        assert one is not None
        return one.value

    def inverse(self) -> "ClassChange":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def class_changes(before: Classes, after: Classes) -> tuple[ClassChange, ...]:
    """What turns one list into the other in names, colours and members; whether a class is seen or locked doesn't count."""
    old, new = ({c.value: (place, c) for place, c in enumerate(listed)} for listed in (before, after))
    changes = []
    for value in sorted(old.keys() | new.keys(), key=lambda v: (new.get(v) or old[v])[0]):
        was, now = old.get(value), new.get(value)
        if was is None or now is None or (was[1].name, was[1].colour) != (now[1].name, now[1].colour):
            place = (now or was or (0,))[0]
            changes.append(ClassChange(place, was and was[1], now and now[1]))
    return tuple(changes)


def with_changes(classes: Classes, changes: Iterable[ClassChange]) -> Classes:
    """The list once these changes are done: a class that is there takes name and colour and stays as seen and locked as it is."""
    found = list(classes)
    for change in changes:
        at = next((place for place, c in enumerate(found) if c.value == change.value), None)
        if change.after is None:
            found = [c for c in found if c.value != change.value]
        elif at is None:
            found.insert(change.place, change.after)
        else:
            found[at] = replace(found[at], name=change.after.name, colour=change.after.colour)
    return tuple(found)
