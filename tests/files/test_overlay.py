"""Pictures for reports."""

import numpy as np
import pytest
from PIL import Image

from unet_studio.errors import WriteError
from unet_studio.files.overlay import Panel, write_overlay
from unet_studio.labels.label_map import LabelClass

RED, BLUE = LabelClass(1, "Grey matter", (240, 20, 20)), LabelClass(5, "CSF", (20, 20, 240))


def panel(title="Before", size=(100, 80), aspect=1.0):
    labels = np.zeros(size, np.uint8)
    labels[10:40, 10:40], labels[60:80, 20:60] = 1, 5
    return Panel(title, np.full(size, 128, np.uint8), labels, aspect)


def pixels(path):
    with Image.open(path) as image:
        assert image.format == "PNG" and image.mode == "RGB"
        return np.asarray(image).astype(int)


def near(picture, colour, within=12):
    return (np.abs(picture - np.array(colour)).max(axis=2) <= within).sum()


def test_classes_are_filled_and_outlined_in_their_colours(tmp_path):
    write_overlay(tmp_path / "a.png", [panel()], [RED, BLUE], caption="slice 3")
    picture = pixels(tmp_path / "a.png")
    for label_class in (RED, BLUE):
        filled = 0.65 * 128 + 0.35 * np.array(label_class.colour)
        assert near(picture, label_class.colour) > 100 and near(picture, filled, 2) > 1000


def test_labels_of_no_listed_class_are_not_drawn(tmp_path):
    write_overlay(tmp_path / "a.png", [panel()], [RED], caption="")
    assert near(pixels(tmp_path / "a.png"), BLUE.colour) == 0


def test_panels_stand_side_by_side_and_small_slices_are_enlarged(tmp_path):
    write_overlay(tmp_path / "one.png", [panel()], [RED], caption="")
    write_overlay(tmp_path / "three.png", [panel(), panel("After"), panel("Reference")], [RED], caption="")
    one, three = pixels(tmp_path / "one.png"), pixels(tmp_path / "three.png")
    assert one.shape[0] == three.shape[0] and one.shape[0] > 480
    assert three.shape[1] - one.shape[1] == 2 * (80 * 5 + 12)


def test_tall_pixels_are_shown_tall(tmp_path):
    write_overlay(tmp_path / "a.png", [panel()], [RED], caption="")
    write_overlay(tmp_path / "b.png", [panel(aspect=2.0)], [RED], caption="")
    a, b = pixels(tmp_path / "a.png"), pixels(tmp_path / "b.png")
    assert b.shape[0] - a.shape[0] == 500 and b.shape[1] == a.shape[1]


def test_the_legend_names_what_is_drawn(tmp_path):
    write_overlay(tmp_path / "with.png", [panel()], [RED, BLUE], caption="")
    write_overlay(tmp_path / "without.png", [panel()], [], caption="")
    assert (pixels(tmp_path / "with.png")[-40:] > 200).sum() > (pixels(tmp_path / "without.png")[-40:] > 200).sum()


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(WriteError):
        write_overlay(tmp_path / "no" / "a.png", [panel()], [RED], caption="")
