from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.labels.classes import class_changes, with_changes
from unet_studio.labels.label_map import LabelClass

classes = st.builds(
    LabelClass, st.integers(1, 9), st.text(max_size=4), st.tuples(*[st.integers(0, 255)] * 3), st.booleans(), st.booleans()
)  # fmt: skip
lists = st.lists(classes, unique_by=lambda c: c.value, max_size=9).map(tuple)


def known(listed: tuple[LabelClass, ...]) -> dict:
    return {c.value: (c.name, c.colour) for c in listed}


@given(lists, lists)
def test_changes_lead_from_one_list_to_the_other_and_back(before, after):
    changes = class_changes(before, after)
    assert known(with_changes(before, changes)) == known(after)
    assert known(with_changes(after, [c.inverse() for c in reversed(changes)])) == known(before)


@given(lists.filter(bool), st.data())
def test_a_class_that_was_removed_comes_back_whole_in_its_place(before, data):
    gone = data.draw(st.sampled_from(before))
    after = tuple(c for c in before if c != gone)
    (change,) = class_changes(before, after)
    assert with_changes(after, [change.inverse()]) == before


@given(lists.filter(bool), st.booleans(), st.booleans())
def test_what_is_seen_and_locked_is_no_change_and_is_kept(before, is_visible, is_locked):
    shown = tuple(replace(c, is_visible=is_visible, is_locked=is_locked) for c in before)
    assert class_changes(before, shown) == ()
    changes = class_changes(before, tuple(replace(c, name=c.name + "!") for c in before))
    assert with_changes(shown, changes) == tuple(replace(c, name=c.name + "!") for c in shown)
