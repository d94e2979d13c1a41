"""What new labels are called, in the language that is spoken, until the user names them."""

from PySide6.QtCore import QCoreApplication

from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.classes import add_class
from unet_studio.workbench.palette import Palette


def label_name(value: int) -> str:
    """The name of a new label of that value."""
    return QCoreApplication.translate("FirstNames", "Label {n}").format(n=value)


def first_classes() -> tuple[LabelClass, ...]:
    """The one label that a new project begins with."""
    first = next_class((), QCoreApplication.translate("FirstNames", "Structure"))
    return () if first is None else (first,)


def add_label(palette: Palette, annotation: Annotation | None) -> bool:
    """Afterwards there is a new label, named, and it is in hand; False where all 255 values are taken."""
    fresh = next_class(palette.classes)
    return fresh is not None and add_class(palette, annotation, name=label_name(fresh.value))
