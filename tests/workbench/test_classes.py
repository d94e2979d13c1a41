"""Label classes that change as actions of the history."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbench.making import CLASSES, LOCKED, ONE, SHAPE, TWO, annotation_of, palette_of
from unet_studio.workbench.classes import add_class, change_class, remove_class

verbs = st.one_of(
    st.just(("add",)),
    st.tuples(st.just("remove"), st.integers(1, 5)),
    st.tuples(st.just("rename"), st.integers(1, 5), st.sampled_from(["Liver", "Kidney"])),
    st.tuples(st.just("colour"), st.integers(1, 5), st.sampled_from([(1, 2, 3), (4, 5, 6)])),
)


def do(annotation, palette, verb) -> None:
    found = next((c for c in palette.classes if len(verb) > 1 and c.value == verb[1]), None)
    match verb:
        case ("add",):
            add_class(palette, annotation)
        case "remove", _ if found:
            remove_class(palette, annotation, found)
        case "rename", _, name if found:
            change_class(palette, annotation, replace(found, name=name))
        case "colour", _, colour if found:
            change_class(palette, annotation, replace(found, colour=colour))


@settings(max_examples=60)
@given(st.lists(verbs, max_size=8))
def test_undo_gives_the_first_classes_and_labels_back_and_redo_the_last(sequence):
    labels = np.arange(np.prod(SHAPE), dtype=np.uint8).reshape(SHAPE) % 4
    palette = palette_of()
    annotation = annotation_of(palette=palette, labels=labels.copy())
    for verb in sequence:
        do(annotation, palette, verb)
    last, drawn = palette.classes, annotation.label_map.voxels.copy()
    assert LOCKED.value in [c.value for c in last] and (drawn == LOCKED.value).sum() == (labels == LOCKED.value).sum()
    annotation.travel(-99)
    assert palette.classes == CLASSES and np.array_equal(annotation.label_map.voxels, labels)
    annotation.travel(99)
    assert palette.classes == last and np.array_equal(annotation.label_map.voxels, drawn)


def test_removing_a_label_is_one_action_with_its_voxels():
    palette = palette_of()
    annotation = annotation_of(palette=palette, labels=np.ones(SHAPE, np.uint8))
    remove_class(palette, annotation, ONE)
    assert annotation.history.names() == ["Remove One"] and palette.classes == (TWO, LOCKED)
    annotation.undo()
    assert palette.classes == CLASSES and (annotation.label_map.voxels == 1).all()


def test_what_is_only_hidden_or_locked_is_no_action():
    palette = palette_of()
    annotation = annotation_of(palette=palette)
    change_class(palette, annotation, replace(ONE, is_visible=False))
    assert not annotation.history.entries and not palette.classes[0].is_visible


def test_undo_leaves_alone_what_another_case_did_to_other_classes():
    palette = palette_of()
    first, second = annotation_of(palette=palette), annotation_of(palette=palette)
    change_class(palette, first, replace(ONE, name="Liver"))
    change_class(palette, second, replace(TWO, name="Kidney"))
    first.undo()
    assert [c.name for c in palette.classes] == ["One", "Kidney", "Stone"]


def test_a_project_to_look_at_only_keeps_its_classes():
    palette = palette_of()
    annotation = annotation_of(palette=palette, is_read_only=True)
    change_class(palette, annotation, replace(ONE, name="Liver"))
    add_class(palette, annotation)
    remove_class(palette, annotation, TWO)
    assert palette.classes == CLASSES and not annotation.deeds
