"""The label classes as the user changes them: actions of the open case's history, or just so where no case is open."""

import numpy as np

from unet_studio.labels.edit import edit_between
from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.palette import Palette


def add_class(palette: Palette, annotation: Annotation | None, *, name: str = "") -> bool:
    """Afterwards there is a new class, and it is in hand; False where all 255 values are taken."""
    if annotation is None:
        return palette.add_class(name) is not None
    fresh = next_class(palette.classes, name)
    if fresh is not None:
        annotation.change_classes(Sentence("Add {name}", name=fresh.name), (*palette.classes, fresh))
        palette.choose(fresh.value)
    return fresh is not None


def change_class(palette: Palette, annotation: Annotation | None, changed: LabelClass) -> None:
    """Afterwards the class of that value is ``changed``; an action only where its name or its colour is another."""
    now = next((c for c in palette.classes if c.value == changed.value), None)
    if annotation is None or now is None or (now.name, now.colour) == (changed.name, changed.colour):
        palette.change_class(changed)
        return
    name = Sentence("Recolour {name}", name=now.name)
    if changed.name != now.name:
        name = Sentence("Rename {name} to {new}", name=now.name, new=changed.name)
    annotation.change_classes(name, tuple(changed if c.value == changed.value else c for c in palette.classes))


def remove_class(palette: Palette, annotation: Annotation | None, removed: LabelClass) -> None:
    """Afterwards the class is gone, and its voxels on the open case; a locked one stays, and it is said."""
    if annotation is None:
        palette.remove_class(removed.value)
        return
    if any(c.value == removed.value and c.is_locked for c in palette.classes):
        annotation.told(f"“{removed.name}” is locked. Unlock it to remove it.")
        return
    annotation.end_stroke()
    name, voxels = Sentence("Remove {name}", name=removed.name), annotation.label_map.voxels
    edit = edit_between(name, voxels, np.where(voxels == removed.value, np.uint8(0), voxels))
    annotation.change_classes(name, tuple(c for c in palette.classes if c.value != removed.value), edit=edit)
