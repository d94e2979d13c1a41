"""Why an action had no effect, and what would let it have one."""

from dataclasses import dataclass, replace
from typing import Literal

from unet_studio.sentence import Sentence
from unet_studio.workbench.palette import Palette

Reason = Literal[
    "no_label", "hidden", "unseen", "locked", "background_only", "one_label_only", "out_of_range", "unlike", "reviewed",
    "look_only", "busy",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """``sentence`` is for the user, as it stands. ``values`` are the labels that stood in the way."""

    reason: Reason
    sentence: str
    values: tuple[int, ...] = ()


LOOK_ONLY = Refusal("look_only", Sentence("This project is open to look only, so nothing in it can be changed."))
REVIEWED = Refusal("reviewed", Sentence("This slice is reviewed. Changing it makes it “edited” again."))
UNSEEN = Refusal("unseen", Sentence("No labels are shown, so drawing would not be seen. Show them first."))
OUT_OF_RANGE = Refusal("out_of_range", Sentence("Nothing here lies within the range of intensities to paint."))
UNLIKE = Refusal("unlike", Sentence("Nothing here resembles the place where the stroke began."))
BUSY = Refusal("busy", Sentence("Another change of the labels is still being worked out. Wait for it, or stop it."))


def objection(palette: Palette, *, erase: bool) -> Refusal | None:
    """Why nothing can be painted now; None where it can."""
    if erase:
        return None
    if (current := palette.current) is None:
        return Refusal("no_label", Sentence("There is no label to paint with. Add one in the list of labels first."))
    if not current.is_visible:
        sentence = Sentence("“{name}” is hidden, so painting it would not be seen. Show it first.", name=current.name)
        return Refusal("hidden", sentence, (current.value,))
    if current.is_locked:
        return Refusal(
            "locked", Sentence("“{name}” is locked. Unlock it to paint it.", name=current.name), (current.value,)
        )
    return None


def refusal(palette: Palette, values: set[int]) -> Refusal:
    """Why voxels of these label values were not changed: of several reasons the one that is hardest to see."""
    brush = palette.brush
    locked = [c for c in palette.classes if c.value in values and c.is_locked]
    hidden = [c for c in palette.classes if c.value in values and not c.is_visible and brush.protects_hidden]
    if locked:
        sentence = Sentence("Nothing was changed: “{name}” is locked.", name=locked[0].name)
        return Refusal("locked", sentence, tuple(c.value for c in locked))
    if hidden:
        sentence = Sentence("Nothing was changed: “{name}” lies here and is hidden.", name=hidden[0].name)
        return Refusal("hidden", sentence, tuple(c.value for c in hidden))
    if brush.paint_over == "label":
        only = next((c.name for c in palette.classes if c.value == brush.over_value), "")
        return Refusal("one_label_only", Sentence("Nothing was changed: only “{name}” may be painted over.", name=only))
    return Refusal("background_only", Sentence("Nothing was changed: only background may be painted over."))


def remedy(palette: Palette, refused: Refusal) -> None:
    """Afterwards what stood in the way no longer does, as far as that is the palette's affair."""
    classes = [c for c in palette.classes if c.value in refused.values]
    if refused.reason == "locked":
        for label_class in classes:
            palette.change_class(replace(label_class, is_locked=False))
    elif refused.reason == "hidden":
        for label_class in classes:
            palette.change_class(replace(label_class, is_visible=True))
    elif refused.reason in ("background_only", "one_label_only"):
        palette.set_brush(replace(palette.brush, paint_over="everything"))
    elif refused.reason == "unlike":
        palette.set_brush(replace(palette.brush, tolerance=palette.brush.tolerance * 1.5))
    elif refused.reason == "reviewed":
        palette.may_change_reviewed = True
