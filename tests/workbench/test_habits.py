"""What a project remembers of the eye and the hand."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window
from unet_studio.labels.likeness import Range
from unet_studio.workbench.habits import Habits, Rules, read_habits, write_habits
from unet_studio.workbench.palette import Brush


class Shelf:
    """Where a project keeps small texts."""

    def __init__(self, text: str | None = None) -> None:
        self.texts = {} if text is None else {"habits": text}

    def remember(self, key: str, text: str) -> None:
        self.texts[key] = text

    def remembered(self, key: str) -> str | None:
        return self.texts.get(key)


numbers = st.floats(-1e6, 1e6)
windows = st.builds(Window, numbers, st.floats(1e-3, 1e6))
rules = st.builds(
    Rules, st.floats(0.005, 1), st.none() | st.builds(Range, numbers, numbers),
    st.sampled_from(["everything", "background", "label"]), st.integers(0, 255), st.booleans(),
)  # fmt: skip
habits = st.builds(
    Habits,
    st.dictionaries(st.integers(1, 99), windows, max_size=4),
    st.none() | windows,
    st.none() | st.floats(0.25, 200),
    st.none() | rules,
)


def volume(modality: str) -> Volume:
    return Volume(np.zeros((2, 3, 4), np.int16), Geometry((2, 3, 4)), name="scan", modality=modality)


@given(habits)
def test_what_is_remembered_comes_back(kept: Habits) -> None:
    shelf = Shelf()
    write_habits(shelf, kept)
    assert read_habits(shelf) == kept


@pytest.mark.parametrize(
    "text",
    ["{", "[1]", '"x"', '{"windows": {"a": [1, 2]}}', '{"windows": {"1": [1]}}', '{"windows": {"1": [1, 0]}}',
     '{"windows": {"1": ["x", 2]}}', '{"ct_window": 3}', '{"radius": -1}', '{"radius": "big"}', '{"windows": 5}',
     '{"rules": 3}', '{"rules": {}}',
     '{"rules": {"tolerance": 0.1, "range": null, "paint_over": "x", "over_value": 0, "protects_hidden": 1}}',
     '{"rules": {"tolerance": 0.1, "range": [1], "paint_over": "label", "over_value": 1, "protects_hidden": true}}',
     json.dumps({"ct_window": [float("nan"), 1]})],
)  # fmt: skip
def test_damaged_habits_are_none(text: str) -> None:
    assert read_habits(Shelf(text)) == Habits()


def test_a_ct_opens_in_the_window_chosen_last_and_an_mr_only_in_its_own() -> None:
    lung = Window(-600.0, 1500.0)
    left = Habits().with_window(1, volume("CT"), lung, is_as_opened=False)
    assert left.window_of(2, volume("CT")) == lung
    assert left.window_of(2, volume("MR")) is None
    own = left.with_window(3, volume("MR"), Window(80.0, 90.0), is_as_opened=False)
    assert own.window_of(3, volume("MR")) == Window(80.0, 90.0) and own.window_of(4, volume("CT")) == lung


def test_the_automatic_window_is_forgotten() -> None:
    left = Habits().with_window(1, volume("CT"), Window(1.0, 2.0), is_as_opened=False)
    assert left.with_window(1, volume("CT"), Window(3.0, 4.0), is_as_opened=True) == Habits()


@given(habits, st.floats(0.25, 200), rules)
def test_a_project_gives_the_brush_back_that_it_was_left_with(kept: Habits, radius: float, left: Rules) -> None:
    brush = replace(
        Brush(), radius=radius, tolerance=left.tolerance, range=left.range, paint_over=left.paint_over,
        over_value=left.over_value, protects_hidden=left.protects_hidden,
    )  # fmt: skip
    shelf = Shelf()
    write_habits(shelf, kept.with_brush(brush))
    assert read_habits(shelf).brush(Brush()) == brush
    assert Habits().brush(brush) == brush
