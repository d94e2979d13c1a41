"""What the hand holds: the label classes, the one being painted, and the brush."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.workbench.event import Event

PaintOver = Literal["everything", "background"]
SMALLEST_RADIUS, LARGEST_RADIUS = 0.25, 200.0


@dataclass(frozen=True, slots=True)
class Brush:
    """``radius`` is in mm, or in pixels where the scan tells no spacing. Locked labels are never painted over."""

    radius: float = 4.0
    is_eraser: bool = False
    paint_over: PaintOver = "everything"


class Palette:
    """``changed`` tells of the brush or the class in hand, ``classes_changed`` of the list of classes."""

    def __init__(self) -> None:
        self.classes: tuple[LabelClass, ...] = ()
        self.value = 1
        self.brush = Brush()
        self.changed: Event[[]] = Event()
        self.classes_changed: Event[[]] = Event()

    @property
    def current(self) -> LabelClass | None:
        """The class being painted; None while there is none."""
        return next((c for c in self.classes if c.value == self.value), None)

    def set_classes(self, classes: tuple[LabelClass, ...]) -> None:
        """Afterwards these are the classes, in this order; the class in hand stays where it still exists."""
        self.classes = classes
        if self.current is None and classes:
            self.value = classes[0].value
        self.classes_changed()

    def add_class(self, name: str = "") -> LabelClass | None:
        """Afterwards there is a new class, and it is in hand; None where all 255 values are taken."""
        fresh = next_class(self.classes, name)
        if fresh is not None:
            self.value = fresh.value
            self.set_classes((*self.classes, fresh))
            self.changed()
        return fresh

    def change_class(self, changed: LabelClass) -> None:
        """Afterwards the class of that value is ``changed``."""
        self.set_classes(tuple(changed if c.value == changed.value else c for c in self.classes))

    def remove_class(self, value: int) -> None:
        """Afterwards the class is gone from the list, unless it is locked; its voxels are the annotation's affair."""
        if all(c.value != value or c.is_locked for c in self.classes):
            return
        self.set_classes(tuple(c for c in self.classes if c.value != value))
        self.changed()

    def choose(self, value: int) -> None:
        """Afterwards the class of that value is in hand, if there is one."""
        if any(c.value == value for c in self.classes):
            self.value = value
            self.changed()

    def choose_next(self, by: int) -> None:
        """Afterwards the class ``by`` further down the list is in hand, going round at the ends."""
        if self.classes:
            at = [c.value for c in self.classes].index(self.value) if self.current else 0
            self.choose(self.classes[(at + by) % len(self.classes)].value)

    def set_brush(self, brush: Brush) -> None:
        """Afterwards ``brush`` is in hand, its radius within reason."""
        self.brush = replace(brush, radius=float(np.clip(brush.radius, SMALLEST_RADIUS, LARGEST_RADIUS)))
        self.changed()

    def paintable(self, *, erase: bool = False) -> NDArray[np.bool_]:
        """Per label value, whether a voxel that holds it may be changed: shape (256,). Erasing reaches all but locked labels."""
        may: NDArray[np.bool_] = np.ones(256, np.bool_)
        if self.brush.paint_over == "background" and not erase:
            may[1:] = False
        may[[c.value for c in self.classes if c.is_locked]] = False
        return may

    def objection(self, *, erase: bool) -> str | None:
        """Why nothing can be painted now, as a sentence; None where it can."""
        if erase:
            return None
        if (current := self.current) is None:
            return "There is no label to paint with. Add one in the list of labels first."
        if not current.is_visible:
            return f"“{current.name}” is hidden, so painting it would not be seen. Show it first."
        if current.is_locked:
            return f"“{current.name}” is locked. Unlock it to paint it."
        return None

    def refusal(self, values: Collection[int]) -> str:
        """Why voxels of these label values were not painted over, as a sentence."""
        locked = [c.name for c in self.classes if c.value in values and c.is_locked]
        why = f"“{locked[0]}” is locked" if locked else "only background may be painted over"
        return f"Nothing was changed: {why}."
