"""Labels as a file has them: on its own grid, with what it says of each value."""

from dataclasses import dataclass

import numpy as np

from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import Colour, LabelClass, Labels, usual_colour


@dataclass(frozen=True, slots=True)
class StoredLabels:
    """``labels`` lie on ``geometry``; each value in them has a class.

    ``has_names`` where those names stood in the file, ``is_box`` where its format stores no more than the box around the
    labels. ``warnings`` are whole sentences for the user.
    """

    labels: Labels
    geometry: Geometry
    classes: tuple[LabelClass, ...]
    has_names: bool = False
    is_box: bool = False
    warnings: tuple[str, ...] = ()


def named(value: int, name: str, colour: Colour | None) -> LabelClass:
    """The class of a value, with a name and a colour where the file has none."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return LabelClass(value, clean or f"Label {value}", colour or usual_colour(value - 1))


def described_classes(labels: Labels, classes: tuple[LabelClass, ...]) -> tuple[LabelClass, ...]:
    """The classes, and one for each value in ``labels`` that has none, by value; names on one line."""
    known = {c.value: named(c.value, c.name, c.colour) for c in classes}
    present = [int(v) for v in np.flatnonzero(np.bincount(labels.ravel(), minlength=256)) if v]
    return tuple(known.get(v) or named(v, "", None) for v in sorted({*known, *present}))
