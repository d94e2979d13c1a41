"""The picture made of intensities and labels, and the outlines, against plain ways of working them out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QPainter

from unet_studio.gui.compose import PADDING, Composition, blocks, labelled_within
from unet_studio.gui.framing import Framing
from unet_studio.gui.outline import outline_strips
from unet_studio.gui.outline_patch import is_small, outline_patch
from unet_studio.labels.label_map import LabelClass

CLASSES = (
    LabelClass(1, "a", (255, 40, 0)),
    LabelClass(3, "b", (10, 200, 90)),
    LabelClass(7, "c", (0, 0, 255), is_visible=False),
)
COLOURS = {1: (255, 40, 0), 3: (10, 200, 90)}
WHOLE = (slice(None), slice(None))
SIZES = st.tuples(st.integers(1, 20), st.integers(1, 24))


def labels_of(size: tuple[int, int]):
    return arrays(np.uint8, size, elements=st.sampled_from([0, 0, 1, 3, 7, 9]))


def plainly(shades: np.ndarray, labels: np.ndarray, opacity: float) -> np.ndarray:
    """Red, green and blue of each pixel, one by one."""
    out = np.zeros((*labels.shape, 3))
    for at in np.ndindex(*labels.shape):
        shade = np.broadcast_to(shades[at], 3).astype(float)
        colour = COLOURS.get(int(labels[at]))
        out[at] = shade if colour is None else shade * (1 - opacity) + np.array(colour) * opacity
    return out


def rgb(pixels: np.ndarray) -> np.ndarray:
    return np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(float)


@given(SIZES.flatmap(lambda s: st.tuples(arrays(np.uint8, s), labels_of(s))), st.floats(0, 1))
def test_grey_and_labels_are_mixed_as_a_plain_blend_does(both, opacity):
    shades, labels = both
    composition = Composition(shades.shape)
    composition.use(CLASSES, opacity=opacity)
    composition.shades[...] = shades
    composition.paint(labels, WHOLE)
    assert np.abs(rgb(composition.pixels) - plainly(shades, labels, opacity)).max() <= 0.5001
    assert (composition.pixels >> 24 == 255).all()


@given(SIZES.flatmap(lambda s: st.tuples(arrays(np.uint8, (*s, 3)), labels_of(s))), st.floats(0, 1))
def test_colour_and_labels_are_mixed_as_a_plain_blend_does(both, opacity):
    shades, labels = both
    composition = Composition(labels.shape, is_colour=True)
    composition.use(CLASSES, opacity=opacity)
    composition.shades[...] = shades
    composition.paint(labels, WHOLE)
    assert np.abs(rgb(composition.pixels) - plainly(shades, labels, opacity)).max() <= 0.5001


@given(SIZES.flatmap(lambda s: st.tuples(arrays(np.uint8, s), labels_of(s), labels_of(s))), st.data())
def test_painting_a_box_anew_gives_what_painting_all_does_and_leaves_the_rest(parts, data):
    shades, before, after = parts
    rows, columns = shades.shape
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    box = slice(top, data.draw(st.integers(top + 1, rows))), slice(left, data.draw(st.integers(left + 1, columns)))
    composition = Composition(shades.shape)
    composition.use(CLASSES, opacity=0.4)
    composition.shades[...] = shades
    composition.paint(before, WHOLE)
    composition.paint(after[box], box)
    mixed = before.copy()
    mixed[box] = after[box]
    assert np.abs(rgb(composition.pixels) - plainly(shades, mixed, 0.4)).max() <= 0.5001


@given(
    SIZES.flatmap(lambda s: st.tuples(arrays(np.uint8, s), labels_of(s), labels_of(s))), st.booleans(), st.booleans(),
    st.data(),
)  # fmt: skip
def test_labels_alone_mixed_anew_are_what_painting_all_gives(parts, is_apart, is_colour, data):
    shades, before, after = parts
    rows, columns = shades.shape
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    box = slice(top, data.draw(st.integers(top + 1, rows))), slice(left, data.draw(st.integers(left + 1, columns)))
    mixed = before.copy()
    mixed[box] = after[box]
    pictures = []
    for first in (before, mixed):
        composition = Composition(shades.shape, is_colour=is_colour)
        composition.use(CLASSES, opacity=0.4, is_apart=is_apart)
        composition.shades[...] = shades[..., None] if is_colour else shades
        composition.paint(first, WHOLE)
        if first is before:
            labelled = composition.relabel(after[box], box)
            assert not after[box].any() or labelled is not None
        pictures += [composition._padded, composition._padded_fill]
    assert (pictures[0] == pictures[2]).all() and (pictures[1] == pictures[3]).all()


@given(SIZES.flatmap(lambda s: st.tuples(arrays(np.uint8, s), labels_of(s))), st.floats(0, 1))
def test_a_fill_apart_laid_over_the_intensities_is_the_same_picture(both, opacity):
    shades, labels = both
    composition = Composition(shades.shape)
    composition.use(CLASSES, opacity=opacity, is_apart=True)
    composition.shades[...] = shades
    composition.paint(labels, WHOLE)
    assert (rgb(composition.pixels) == shades[..., None]).all()
    painter = QPainter(composition.image)
    painter.drawImage(0, 0, composition.fill)
    painter.end()
    assert np.abs(rgb(composition.pixels) - plainly(shades, labels, opacity)).max() <= 2.0, "8-bit opacity and colours"


def test_without_labels_the_picture_is_the_intensities():
    composition = Composition((4, 5))
    composition.use(CLASSES, opacity=1.0)
    composition.shades[...] = np.arange(20, dtype=np.uint8).reshape(4, 5) * 12
    composition.paint(None, WHOLE)
    assert (rgb(composition.pixels) == composition.shades[..., None]).all()


def test_the_image_shows_the_pixels_without_a_copy():
    composition = Composition((3, 4))
    composition.pixels[1, 2] = 0xFF123456
    assert composition.image.pixel(2, 1) == 0xFF123456
    assert (composition.image.width(), composition.image.height()) == (4 + PADDING, 3 + PADDING)


def test_the_last_row_and_column_go_on_beyond_the_slice():
    composition = Composition((3, 4))
    composition.shades[...] = np.arange(12, dtype=np.uint8).reshape(3, 4)
    composition.paint(None, WHOLE)
    shades = [[composition.image.pixel(x, y) & 255 for x in range(6)] for y in range(5)]
    assert shades[2:] == [[8, 9, 10, 11, 11, 11]] * 3 and shades[0] == [0, 1, 2, 3, 3, 3]


@given(SIZES.flatmap(lambda s: arrays(np.uint8, s, elements=st.sampled_from([0] * 9 + [3]))), st.integers(0, 9))
def test_the_box_of_all_labels_is_the_smallest_that_holds_them(labels, shift):
    for seen in (labels, labels.T, labels[:, 1:]):
        rows, columns = seen.nonzero()
        expected = None
        if rows.size:
            first_row, first_column = int(rows.min()) + shift, int(columns.min()) + 2
            expected = slice(first_row, int(rows.max()) + shift + 1), slice(first_column, int(columns.max()) + 3)
        assert labelled_within(seen, shift, 2) == expected


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_blocks_cover_every_row_once(rows, columns):
    found = list(blocks((rows, columns)))
    assert [b.start for b in found] == [0, *(b.stop for b in found[:-1])]
    assert found[-1].stop == rows


# ---- outlines


def drawn(labels: np.ndarray, box: tuple[slice, slice], framing: Framing, thickness: int) -> np.ndarray:
    """The label whose outline covers each device pixel of the box, 0 for none; -1 where two would."""
    screen = np.zeros((framing.bottom, framing.right), int)
    strips = outline_strips(labels, box, framing, thickness=thickness)
    for value in set(strips.values.tolist()) - {0}:
        for left, top, right, bottom in strips.of(value):
            area = screen[top : bottom + 1, left : right + 1]
            area[(area != 0) & (area != value)] = -1
            area[area == 0] = value
    left, top, right, bottom = framing.area(box)
    within = np.zeros_like(screen)
    within[top:bottom, left:right] = screen[top:bottom, left:right]
    return within


def outlined(labels: np.ndarray, framing: Framing, thickness: int) -> np.ndarray:
    """Device pixels of a label with another label within ``thickness`` of them, diagonally too."""
    rows = np.searchsorted(framing.row_edges(1, labels.shape[0]), np.arange(framing.bottom), side="right")
    columns = np.searchsorted(framing.column_edges(1, labels.shape[1]), np.arange(framing.right), side="right")
    screen = labels[np.ix_(rows, columns)].astype(int)
    around = np.pad(screen, thickness)
    edge = np.zeros(screen.shape, bool)
    for down in range(2 * thickness + 1):
        for across in range(2 * thickness + 1):
            edge |= around[down : down + screen.shape[0], across : across + screen.shape[1]] != screen
    return np.where(edge, screen, 0)


@given(SIZES.flatmap(labels_of), st.floats(3.0, 9.0), st.integers(1, 3))
def test_outlines_lie_inside_their_region_along_every_edge(labels, scale, thickness):
    framing = Framing(0, 0, scale, scale * 1.2, labels.shape)
    box = slice(0, labels.shape[0]), slice(0, labels.shape[1])
    assert (drawn(labels, box, framing, thickness) == outlined(labels, framing, thickness)).all()


@given(SIZES.flatmap(labels_of), st.data())
def test_outlines_of_a_box_are_those_of_the_whole_slice_in_it(labels, data):
    rows, columns = labels.shape
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    box = slice(top, data.draw(st.integers(top + 1, rows))), slice(left, data.draw(st.integers(left + 1, columns)))
    framing = Framing(0, 0, 5.0, 5.0, labels.shape)
    whole = outlined(labels, framing, 2)
    part = np.zeros_like(whole)
    part[box[0].start * 5 : box[0].stop * 5, box[1].start * 5 : box[1].stop * 5] = whole[
        box[0].start * 5 : box[0].stop * 5, box[1].start * 5 : box[1].stop * 5
    ]
    assert (drawn(labels, box, framing, 2) == part).all()


@given(SIZES.flatmap(labels_of), st.floats(1.0, 9.0), st.integers(1, 3), st.data())
def test_outlines_as_a_picture_are_those_made_of_strips(labels, scale, thickness, data):
    rows, columns = labels.shape
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    box = slice(top, data.draw(st.integers(top + 1, rows))), slice(left, data.draw(st.integers(left + 1, columns)))
    framing = Framing(0, 0, scale, scale * 1.2, labels.shape)
    if not is_small(box, framing, thickness=thickness):
        return
    inks = np.arange(256, dtype=np.uint32)
    pixels, corner = outline_patch(labels, box, framing, inks, thickness=thickness)
    screen = np.zeros((framing.bottom, framing.right), int)
    screen[corner.y() : corner.y() + pixels.shape[0], corner.x() : corner.x() + pixels.shape[1]] = pixels
    assert (screen == drawn(labels, box, framing, thickness)).all()


@pytest.mark.parametrize("scale", [0.3, 1.0, 1.7])
def test_outlines_are_found_in_slices_smaller_than_their_pixels(scale):
    labels = np.zeros((30, 30), np.uint8)
    labels[5:25, 6:26] = 3
    framing = Framing(0, 0, scale, scale, labels.shape)
    screen = drawn(labels, (slice(0, 30), slice(0, 30)), framing, 1)
    middle = screen[round(15 * scale)]
    assert middle[round(6 * scale)] == 3 and set(np.unique(screen)) == {0, 3}


def test_large_slices_are_outlined_like_small_ones():
    labels = np.zeros((301, 403), np.uint8)
    labels[17:290, 33:402] = 1
    labels[100:140, 200:201] = 3
    framing = Framing(0, 0, 3.0, 3.0, labels.shape)
    assert (drawn(labels, (slice(0, 301), slice(0, 403)), framing, 2) == outlined(labels, framing, 2)).all()


def test_a_slice_without_labels_has_no_outline():
    framing = Framing(0, 0, 3.0, 3.0, (8, 8))
    strips = outline_strips(np.zeros((8, 8), np.uint8), (slice(0, 8), slice(0, 8)), framing, thickness=2)
    assert all(len(strips.of(value)) == 0 for value in range(1, 256))
