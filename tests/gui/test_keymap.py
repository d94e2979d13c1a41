"""Which keys call which command: the Studio's, another program's, the user's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.gui.actions import COMMANDS
from unet_studio.gui.key_presets import PRESETS
from unet_studio.gui.keymap import keymap_of, own_keys, portable, with_keys, without_keys

IDS = [c.id for c in COMMANDS]
# What the other programs document for commands that the Studio has, too: (key, command).
DOCUMENTED = {
    "studio": [("B", "brush"), ("Ctrl+K", "commands"), ("F1", "guide"), ("?", "keys"), ("N", "next_to_correct")],
    "slicer": [
        ("+", "brush_larger"), ("=", "brush_larger"), ("-", "brush_smaller"), ("_", "brush_smaller"), ("Z", "undo"),
        ("Y", "redo"), ("Ctrl+Z", "undo"), ("Left", "slice_previous"), ("Right", "slice_next"), ("B", "slice_previous"),
        ("F", "slice_next"), ("W", "label_next"), ("Q", "label_previous"), (".", "label_next"), (",", "label_previous"),
        ("G", "labels_shown"), ("2", "brush"), ("3", "polygon"), ("4", "eraser"), ("1", "threshold"), ("5", "wire"),
        ("6", "grow"),
    ],
    "snap": [
        ("+", "brush_larger"), ("-", "brush_smaller"), ("Ctrl+Z", "undo"), ("Ctrl+Shift+Z", "redo"), ("PgDown", "slice_next"),
        ("Up", "slice_previous"), ("Ctrl+Up", "zoom_in"), ("Ctrl+Down", "zoom_out"), ("Ctrl+F", "fit"), ("Ctrl+J", "auto_window"),
        (">", "label_next"), ("<", "label_previous"), ("L", "pick"), ("S", "labels_shown"), ("A", "opacity_less"),
        ("D", "opacity_more"), ("1", "navigate"), ("2", "navigate"), ("3", "polygon"), ("4", "brush"), ("6", "ruler"),
    ],
    "napari": [
        ("[", "brush_smaller"), ("]", "brush_larger"), ("1", "eraser"), ("E", "eraser"), ("2", "brush"), ("P", "brush"),
        ("X", "swap"), ("Ctrl+Z", "undo"), ("Ctrl+Shift+Z", "redo"), ("Left", "slice_previous"), ("Right", "slice_next"),
        ("=", "label_next"), ("-", "label_previous"), ("M", "new_label"), ("5", "pick"), ("L", "pick"), ("4", "fill"),
        ("F", "fill"), ("V", "labels_shown"), ("6", "navigate"), ("Z", "navigate"), ("C", "auto_window"),
    ],
}  # fmt: skip

presets = st.sampled_from(list(PRESETS))
some_keys = st.sampled_from(
    ["A", "B", "?", "Ctrl+K", "1", "Alt+1", "Shift+Return", "[", "F5", "Ctrl+Shift+Z", "nonsense+", ""]
)
wishes = st.lists(st.tuples(st.sampled_from(IDS), st.lists(some_keys, max_size=3)), max_size=6)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_key_another_program_documents_calls_the_same_command_here(preset: str) -> None:
    keymap = keymap_of(preset, ())
    assert [(key, name) for key, name in DOCUMENTED[preset] if keymap.command_of(key) != name] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_commands_there_are_and_no_key_twice(preset: str) -> None:
    table = PRESETS[preset][1]
    assert set(table) <= set(IDS)
    keys = [portable(key) for wish in table.values() for key in wish]
    assert "" not in keys and len(keys) == len(set(keys))


@pytest.mark.parametrize("preset", PRESETS)
def test_what_has_a_key_in_the_studio_has_one_in_every_preset(preset: str) -> None:
    keymap = keymap_of(preset, ())
    assert [c.id for c in COMMANDS if c.keys and not keymap.keys[c.id]] == []


def test_the_studio_s_keys_are_those_of_the_table() -> None:
    assert keymap_of("studio", ()).keys == {c.id: tuple(map(portable, c.keys)) for c in COMMANDS}
    assert keymap_of("of a later version", ()) == keymap_of("studio", ())


@given(preset=presets, wishes=wishes)
def test_whatever_the_user_wishes_no_key_means_two_things(preset: str, wishes: list[tuple[str, list[str]]]) -> None:
    own: tuple[str, ...] = ()
    for id_, keys in wishes:
        own = with_keys(own, id_, keys)
    keymap = keymap_of(preset, own)
    all_keys = [key for keys in keymap.keys.values() for key in keys]
    assert len(all_keys) == len(set(all_keys)) and "" not in all_keys
    assert not set(keymap.digits) & set(all_keys)


@given(preset=presets, wishes=wishes)
def test_the_last_wish_is_met(preset: str, wishes: list[tuple[str, list[str]]]) -> None:
    own: tuple[str, ...] = ()
    for id_, keys in wishes:
        own = with_keys(own, id_, keys)
        good = tuple(dict.fromkeys(key for key in map(portable, keys) if key))
        if good or not keys:
            assert keymap_of(preset, own).keys[id_] == good
        forgotten = without_keys(own, id_)
        assert id_ not in own_keys(forgotten)


@given(st.lists(st.text(max_size=20)))
def test_damaged_settings_give_no_key_to_nobody(own: list[str]) -> None:
    assert keymap_of("studio", own) == keymap_of("studio", ())


def test_a_command_that_loses_its_only_key_gets_it_with_alt() -> None:
    keymap = keymap_of("studio", with_keys((), "fill", ("B",)))
    assert keymap.keys["fill"] == ("B",) and keymap.keys["brush"] == ("Alt+B",)


def test_a_digit_that_calls_a_command_chooses_its_label_with_alt() -> None:
    assert keymap_of("studio", with_keys((), "fill", ("2",))).digits[:4] == ("0", "1", "Alt+2", "3")
    assert keymap_of("napari", ()).digits == tuple(f"Alt+{digit}" for digit in range(10))
