"""Changes of label classes as text, kept beside the journal: a program that doesn't know of them reads the journal as before."""

import json
from collections.abc import Iterable
from typing import Any

from unet_studio.labels.classes import ClassChange
from unet_studio.labels.label_map import LabelClass

KEY = "classes-of-change-"  # and the number in the journal: the key in the table ``remembered``


def class_text(changes: Iterable[ClassChange]) -> str:
    """The changes as JSON."""
    return json.dumps([[c.place, _row(c.before), _row(c.after)] for c in changes])


def classes_from(text: str | None) -> tuple[ClassChange, ...]:
    """The changes in a text of ``class_text``; none where there is no text.

    Raises:
        ValueError, TypeError: it is damaged.
    """
    changes = []
    for place, before, after in json.loads(text) if text else ():
        if before is None and after is None:
            raise ValueError("a change of no class")
        changes.append(ClassChange(int(place), _class(before), _class(after)))
    return tuple(changes)


def _row(one: LabelClass | None) -> list[Any] | None:
    return None if one is None else [one.value, one.name, list(one.colour), one.is_visible, one.is_locked]


def _class(row: Any) -> LabelClass | None:
    if row is None:
        return None
    value, name, (red, green, blue), is_visible, is_locked = row
    numbers = [int(n) for n in (value, red, green, blue)]
    if not 1 <= numbers[0] <= 255 or not all(0 <= n <= 255 for n in numbers):
        raise ValueError("no label class")
    return LabelClass(numbers[0], str(name), (numbers[1], numbers[2], numbers[3]), bool(is_visible), bool(is_locked))
