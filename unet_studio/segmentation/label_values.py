"""What the values in the user's own label files mean, and the values they are trained and written with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from unet_studio.labels.label_map import LabelClass, Labels, usual_colour
from unet_studio.segmentation.samples import IGNORE

BACKGROUND = "background"
IGNORED = "ignore"


@dataclass(frozen=True, slots=True)
class LabelValues:
    """``names`` tells for each value 0 to 255 of the files what it means: background, ignore, or a class by its name.

    Values of one name are one class. A class keeps the lowest of its values where a label map can have it (1 to 255),
    so what is predicted is written as what was read.
    """

    names: Mapping[int, str]

    @property
    def classes(self) -> tuple[LabelClass, ...]:
        """The classes, in the order of their values."""
        lowest: dict[str, int] = {}
        for value in sorted(self.names):
            if self.names[value] not in (BACKGROUND, IGNORED):
                lowest.setdefault(self.names[value], value)
        free = (v for v in range(1, 256) if v not in lowest.values())
        numbered = [(value or next(free), name) for name, value in lowest.items()]
        return tuple(
            LabelClass(value, name, usual_colour(place)) for place, (value, name) in enumerate(sorted(numbered))
        )

    @property
    def unknown(self) -> int:
        """The label that stands for pixels to be ignored: none of the classes', 255 where that is free."""
        taken = {0, *(c.value for c in self.classes)}
        return next((v for v in (IGNORE, *range(254, 0, -1)) if v not in taken), IGNORE)

    def read(self, labels: Labels) -> Labels:
        """Labels as their file has them, of any shape, as they are trained on: 0 for background and what has no name."""
        value_of = {c.name: c.value for c in self.classes} | {BACKGROUND: 0, IGNORED: self.unknown}
        table = np.zeros(256, np.uint8)
        for value, name in self.names.items():
            table[value] = value_of[name]
        return table[labels]

    def written(self, labels: Labels) -> Labels:
        """Predicted labels, of any shape, with the values the files have."""
        table = np.arange(256, dtype=np.uint8)
        for value in sorted(self.names, reverse=True):
            name = self.names[value]
            if name == BACKGROUND:
                table[0] = value
        for label_class in self.classes:
            table[label_class.value] = self.file_value(label_class)
        return table[labels]

    def file_value(self, label_class: LabelClass) -> int:
        """The lowest value that stands for a class in the files; its own where the files are not known."""
        return min((v for v, name in self.names.items() if name == label_class.name), default=label_class.value)


def named_values(found: Iterable[int], given: Mapping[int, str]) -> LabelValues:
    """What the values ``found`` in label files mean: as ``given`` says, the lowest of the others being background."""
    names = dict(given)
    for position, value in enumerate(sorted(set(found))):
        if value not in names:
            names[value] = BACKGROUND if position == 0 else f"Label {value}"
    return LabelValues(names)


def values_from_text(text: str) -> dict[int, str]:
    """Names by value, from such a text as ``0=background 127=ignore 255=left lung``; commas may part the pairs too.

    Raises:
        ValueError: a whole sentence that quotes the part that is wrong.
    """
    names: dict[int, str] = {}
    for part in re.split(r"[\s,]+(?=[^\s,=]*=)", text.strip(" ,\n\t")):
        value, _, name = (side.strip() for side in part.partition("="))
        if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > 255 or not name:
            raise ValueError(f"“{part}” is not VALUE=NAME with a value from 0 to 255.")
        if int(value) in names:
            raise ValueError(f"The value {int(value)} is named twice.")
        names[int(value)] = name.lower() if name.lower() in (BACKGROUND, IGNORED) else name
    return names
