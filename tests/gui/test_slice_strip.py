"""The row of ticks below the canvas, driven with real clicks, drags and keys."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.slice_strip import SliceStrip
from unet_studio.gui.tick_row import URGENCY, Shown, ticks
from unet_studio.project.records import SliceState

U, P, E, R = SliceState.UNTOUCHED, SliceState.PREDICTED, SliceState.EDITED, SliceState.REVIEWED
LEFT = Qt.MouseButton.LeftButton
COLOURS = CanvasColours()


@pytest.fixture
def strip(qtbot):
    widget = SliceStrip()
    qtbot.addWidget(widget)
    widget.resize(640, widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)
    widget.chosen_all = []
    widget.chosen.connect(widget.chosen_all.append)
    return widget


def shown(strip):
    image = strip.grab().toImage().convertToFormat(strip.grab().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), 2::-1].copy()


def show(strip, states=None, *, uncertainty=None, held_out=(), current=0, count=5):
    strip.show_states(states or {}, uncertainty or {}, held_out, current, count)


def middle(strip, index):
    return strip.tick_box(index).center()


@pytest.mark.parametrize("count", [1, 5, 60])
def test_each_state_has_its_colour(strip, count):
    states = dict(zip(range(count), [R, E, P, U, R] * 20, strict=False))
    show(strip, states, count=count, current=-1)
    picture = shown(strip)
    colours = {R: COLOURS.reviewed, E: COLOURS.edited, P: COLOURS.predicted, U: COLOURS.untouched}
    for index, state in states.items():
        place = middle(strip, index)
        assert tuple(picture[place.y(), place.x()]) == colours[state], index


def test_the_less_sure_a_prediction_the_higher_its_tick(strip):
    show(strip, dict.fromkeys(range(4), P) | {4: R}, uncertainty={0: 0.0, 1: 0.4, 2: 0.8, 3: 7.0})
    heights = [strip.tick_box(i).height() for i in range(5)]
    assert heights[0] < heights[1] < heights[2] < heights[3] and heights[4] < heights[0]
    assert all(strip.rect().contains(strip.tick_box(i)) for i in range(5))
    assert len({strip.tick_box(i).bottom() for i in range(5)}) == 1, "all stand on one line"


@pytest.mark.parametrize("count", [5, 900])
def test_the_current_slice_is_framed(strip, count):
    show(strip, count=count, current=-1)
    bare = shown(strip)
    show(strip, count=count, current=3)
    framed = shown(strip)
    columns = np.nonzero((bare != framed).any(axis=(0, 2)))[0]
    box = strip.tick_box(3)
    assert columns.min() <= box.left() and columns.max() >= box.right()
    assert columns.max() - columns.min() < box.width() + 24
    assert (framed == COLOURS.strip_text).all(axis=-1).any()


def test_held_out_slices_have_a_dot(strip):
    show(strip, current=-1)
    bare = shown(strip)
    show(strip, held_out=[2], current=-1)
    changed = (bare != shown(strip)).any(axis=-1)
    rows, columns = np.nonzero(changed)
    box = strip.tick_box(2)
    assert box.left() < columns.min() and columns.max() < box.right()
    assert columns.max() - columns.min() <= 6 and rows.min() > box.bottom()


@pytest.mark.parametrize("count", [1, 5, 37, 200])
def test_a_click_on_a_tick_goes_to_its_slice(strip, count):
    show(strip, count=count, current=0)
    for index in range(1, count, max(1, count // 20)):
        QTest.mouseClick(strip, LEFT, pos=middle(strip, index))
        assert strip.chosen_all[-1] == index
    strip.chosen_all.clear()
    QTest.mouseClick(strip, LEFT, pos=middle(strip, 0))
    assert strip.chosen_all == [], "it is looked at already"


def test_a_drag_goes_along_and_stops_at_the_ends(strip):
    strip.chosen.connect(lambda index: show(strip, current=index))
    show(strip, current=2)
    QTest.mousePress(strip, LEFT, pos=middle(strip, 1))
    for x in (middle(strip, 2).x(), middle(strip, 3).x(), 639, 2):
        QTest.mouseMove(strip, QPoint(x, 50))
    QTest.mouseRelease(strip, LEFT, pos=QPoint(2, 50))
    assert strip.chosen_all == [1, 2, 3, 4, 0]
    QTest.mouseMove(strip, middle(strip, 3))
    assert strip.chosen_all[-1] == 0, "a move without a button goes nowhere"


def test_arrow_keys_go_when_it_has_the_focus(strip, qtbot):
    show(strip, current=2)
    key = Qt.Key
    for pressed in (key.Key_Left, key.Key_Right, key.Key_Up, key.Key_Down, key.Key_Home, key.Key_End, key.Key_PageUp):
        qtbot.keyClick(strip, pressed)
    assert strip.chosen_all == [1, 3, 1, 3, 0, 4, 0]
    show(strip, current=4)
    qtbot.keyClick(strip, key.Key_Right)
    assert len(strip.chosen_all) == 7


def test_an_empty_strip_takes_clicks_and_keys_and_shows_its_legend(strip, qtbot):
    show(strip, count=0)
    QTest.mouseClick(strip, LEFT, pos=QPoint(100, 50))
    QTest.mouseMove(strip, QPoint(200, 50))
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.chosen_all == []
    assert (shown(strip)[:28] != COLOURS.strip).any()


def test_the_hint_stands_at_the_right_and_keeps_off_the_legend(strip):
    show(strip)
    bare = shown(strip)
    strip.show_hint("Next to correct: 8, apex unlike its neighbours")
    rows, columns = np.nonzero((bare != shown(strip)).any(axis=-1))
    assert columns.min() > 200 and columns.max() > 600 and rows.max() < 30  # the last word of the legend gave way
    strip.resize(300, strip.height())
    narrow = shown(strip)
    strip.show_hint("")
    assert (shown(strip) != narrow).any() or narrow.shape[1] == 300


def test_the_tip_names_slice_and_state(strip):
    show(strip, {3: E}, held_out=[3])
    QTest.mouseMove(strip, middle(strip, 0))
    QTest.mouseMove(strip, middle(strip, 3))
    assert strip.toolTip() == "Slice 4 · edited · held out"
    QTest.mouseMove(strip, middle(strip, 1))
    assert strip.toolTip() == "Slice 2 · untouched"


def test_other_colours_are_shown_at_once(strip):
    show(strip, {0: R}, current=-1)
    strip.set_colours(CanvasColours(strip=(250, 250, 250), reviewed=(1, 2, 3)))
    picture = shown(strip)
    assert tuple(picture[0, 0]) == (250, 250, 250)
    assert tuple(picture[middle(strip, 0).y(), middle(strip, 0).x()]) == (1, 2, 3)


def test_it_has_names_and_takes_the_focus(strip):
    assert strip.objectName() == "slice_strip" and strip.accessibleName()
    assert strip.focusPolicy() & Qt.FocusPolicy.TabFocus


STATES = st.dictionaries(st.integers(0, 1999), st.sampled_from(list(SliceState)))


@given(st.integers(1, 2000), st.floats(1, 900), STATES, st.sets(st.integers(0, 1999)))
def test_ticks_hold_every_slice_once_and_the_most_urgent_state_wins(count, width, states, held_out):
    found = ticks(Shown(states, {}, frozenset(held_out), 0, count), left=16.0, width=width)
    assert [i for t in found for i in range(t.first, t.last + 1)] == list(range(count))
    assert len(found) == min(count, max(1, int(width)))
    assert found[0].left == 16.0 and found[-1].right == pytest.approx(16.0 + width)
    for tick in found:
        within = [states.get(i, U) for i in range(tick.first, tick.last + 1)]
        assert tick.state == min(within, key=URGENCY.index)
        assert tick.is_held_out == any(i in held_out for i in range(tick.first, tick.last + 1))


def test_a_merged_tick_is_as_high_as_its_least_sure_slice():
    found = ticks(Shown({0: P, 1: P}, {0: 0.2, 1: 0.9}, frozenset(), 0, 2), left=0.0, width=1.0)
    assert len(found) == 1 and found[0].uncertainty == 0.9
