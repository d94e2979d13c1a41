"""The classes, the one in hand, and the brush."""

from dataclasses import replace

import pytest

from tests.workbench.making import CLASSES, LOCKED, ONE, TWO, palette_of
from unet_studio.workbench.palette import LARGEST_RADIUS, SMALLEST_RADIUS, Brush, Palette
from unet_studio.workbench.refusal import objection


def heard(palette):
    told = []
    palette.changed.connect(lambda: told.append("changed"))
    palette.classes_changed.connect(lambda: told.append("classes"))
    return told


def test_a_new_palette_has_nothing_in_hand():
    assert Palette().current is None


def test_the_class_in_hand_stays_when_others_come_and_the_first_is_taken_when_it_goes():
    palette = palette_of()
    palette.choose(2)
    palette.set_classes((TWO, ONE))
    assert palette.current == TWO
    palette.set_classes((ONE,))
    assert palette.current == ONE


def test_a_new_class_is_in_hand_and_both_events_tell():
    palette = palette_of()
    told = heard(palette)
    fresh = palette.add_class("Four")
    assert palette.current == fresh
    assert (fresh.value, fresh.name) == (4, "Four")
    assert set(told) == {"changed", "classes"}


def test_there_is_no_256th_class():
    palette = Palette()
    while palette.add_class() is not None:
        pass
    assert len(palette.classes) == 255


def test_choosing_next_goes_round_at_both_ends():
    palette = palette_of()
    palette.choose_next(-1)
    assert palette.value == 3
    palette.choose_next(1)
    assert palette.value == 1
    palette.choose(99)
    assert palette.value == 1
    Palette().choose_next(1)


def test_a_class_is_changed_in_its_place_and_removed():
    palette = palette_of()
    palette.change_class(replace(TWO, name="Second"))
    assert [c.name for c in palette.classes] == ["One", "Second", "Stone"]
    palette.remove_class(1)
    assert [c.value for c in palette.classes] == [2, 3]
    assert palette.value == 2


def test_a_locked_class_is_not_removed():
    palette = palette_of()
    told = heard(palette)
    palette.remove_class(LOCKED.value)
    assert palette.classes == CLASSES
    assert told == []


def test_the_radius_stays_within_reason():
    palette = palette_of()
    for wanted, got in ((0, SMALLEST_RADIUS), (1e9, LARGEST_RADIUS), (3.5, 3.5)):
        palette.set_brush(Brush(radius=wanted))
        assert palette.brush.radius == got


def test_locked_labels_are_never_paintable_and_background_only_spares_the_rest():
    palette = palette_of()
    assert palette.paintable().sum() == 255
    assert not palette.paintable()[LOCKED.value]
    palette.set_brush(Brush(paint_over="background"))
    assert list(palette.paintable().nonzero()[0]) == [0]


def test_background_only_is_no_hindrance_to_erasing():
    palette = palette_of()
    palette.set_brush(Brush(paint_over="background"))
    assert palette.paintable(erase=True).sum() == 255
    assert not palette.paintable(erase=True)[LOCKED.value]


@pytest.mark.parametrize(
    ("classes", "word"),
    [((), "no label"), ((replace(ONE, is_visible=False),), "hidden"), ((replace(ONE, is_locked=True),), "locked")],
)
def test_why_nothing_can_be_painted_is_said_and_erasing_always_can(classes, word):
    palette = Palette()
    palette.set_classes(classes)
    refused = objection(palette, erase=False)
    assert refused is not None and word in refused.sentence
    assert objection(palette, erase=True) is None
    assert objection(palette_of(), erase=False) is None
