"""What the hand holds: the label classes, the one being painted, and the brush."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.labels.likeness import Range
from unet_studio.workbench.event import Event

PaintOver = Literal["everything", "background", "label"]
Unit = Literal["mm", "px"]
SMALLEST_RADIUS, LARGEST_RADIUS = 0.25, 200.0
SMALLEST_TOLERANCE, LARGEST_TOLERANCE = 0.005, 1.0


@dataclass(frozen=True, slots=True)
class Brush:
    """``radius`` is in ``unit``; where the scan tells no spacing, that is pixels. Locked labels are never painted over.

    ``over_value`` is the label that may be painted over where ``paint_over`` is "label"; hidden ones may not while
    ``protects_hidden``. A sphere reaches into the slices beside. ``tolerance`` is what the adaptive brush takes for alike, as
    a share of the scan's usual range of intensities; ``range`` is what threshold paint takes, None for what suits the scan.
    A pen's pressure changes the radius where ``follows_pressure``; a region grows beyond its slice where ``grows_volume``.
    """

    radius: float = 4.0
    is_eraser: bool = False
    paint_over: PaintOver = "everything"
    over_value: int = 0
    protects_hidden: bool = True
    is_sphere: bool = False
    unit: Unit = "mm"
    tolerance: float = 0.1
    range: Range | None = None
    follows_pressure: bool = True
    grows_volume: bool = False


class Palette:
    """``changed`` tells of the brush or the class in hand, ``classes_changed`` of the list of classes.

    Reviewed slices are left alone unless ``may_change_reviewed``.
    """

    def __init__(self) -> None:
        self.classes: tuple[LabelClass, ...] = ()
        self.value = 1
        self.brush = Brush()
        self.may_change_reviewed = True
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
        radius = float(np.clip(brush.radius, SMALLEST_RADIUS, LARGEST_RADIUS))
        tolerance = float(np.clip(brush.tolerance, SMALLEST_TOLERANCE, LARGEST_TOLERANCE))
        self.brush = replace(brush, radius=radius, tolerance=tolerance)
        self.changed()

    def paintable(self, *, erase: bool = False) -> NDArray[np.bool_]:
        """Per label value, whether a voxel that holds it may be changed: shape (256,). "Background" is no limit for erasing."""
        brush = self.brush
        may: NDArray[np.bool_] = np.ones(256, np.bool_)
        if brush.paint_over == "background" and not erase:
            may[1:] = False
        elif brush.paint_over == "label":
            may[:] = False
            may[brush.over_value] = True
        kept = [c.value for c in self.classes if c.is_locked or (brush.protects_hidden and not c.is_visible)]
        if kept:
            may[kept] = False
        return may
