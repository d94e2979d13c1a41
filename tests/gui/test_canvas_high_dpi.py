"""The same pictures and strokes on screens with more device pixels than logical ones."""

import os
import subprocess
import sys

import pytest

TESTS = (
    "tests/gui/test_canvas_picture.py::test_each_device_pixel_shows_the_grey_of_its_pixel",
    "tests/gui/test_canvas_picture.py::test_every_pixel_that_a_move_changes_is_painted_again_and_few_others",
    "tests/gui/test_canvas_picture.py::test_parts_painted_one_by_one_fit_together",
    "tests/gui/test_canvas_picture.py::test_texts_lie_inside_the_canvas_and_apart_from_each_other_even_when_it_is_small",
    "tests/gui/test_canvas_strokes.py::test_a_drag_paints_exactly_what_the_brush_passes_over",
    "tests/gui/test_canvas_tools.py::test_ctrl_wheel_zooms_and_the_pixel_under_the_cursor_stays",
    "tests/gui/test_canvas_tools.py::test_panning_moves_the_slice_with_the_hand_and_paints_nothing",
)


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_it_holds_at_this_scale_too(factor):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
        env=os.environ | {"QT_SCALE_FACTOR": factor}, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
