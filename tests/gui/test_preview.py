"""The first slice of a scan, over the canvas until the rest is there."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.files.phantoms import dicom_series, nifti_file
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Geometry
from unet_studio.progress import Progress

SHAPE = (9, 40, 60)


@pytest.fixture
def preview() -> Preview:
    pixels = np.zeros(SHAPE[1:], np.int16)
    pixels[:20, :30] = 1000  # rows run to posterior, columns to left: the upper left of the screen
    return Preview(0.1, "Opening", index=4, pixels=pixels, geometry=Geometry(SHAPE, (5.0, 1.0, 1.0)), name="scan")


def test_a_preview_lies_over_the_canvas_the_right_way_up(studio, preview):
    studio.workbench.project.worklist.previewed(preview)
    pane = studio.window.preview
    assert pane.isVisible() and pane.geometry() == studio.window.canvas.rect()
    shot = pane.grab().toImage()
    middle = pane.rect().center()
    reach = pane.width() // 12
    shades = {
        (x, y): shot.pixelColor(middle + QPoint(x * reach, y * reach)).lightness() for x in (-1, 1) for y in (-1, 1)
    }
    assert shades.pop((-1, -1)) > 200 and max(shades.values()) < 60


def test_nothing_below_a_preview_can_be_changed_and_all_can_once_it_is_gone(studio, preview):
    worklist, actions = studio.workbench.project.worklist, studio.window.actions_by_id
    before = studio.workbench.annotation.label_map.voxels.copy()
    assert actions["review"].isEnabled()
    worklist.show_progress(Progress(0.1, "Opening"))
    worklist.previewed(preview)
    assert not actions["review"].isEnabled() and not actions["undo"].isEnabled()
    QTest.mouseClick(studio.window.preview, Qt.MouseButton.LeftButton)
    QTest.keyClick(studio.window, Qt.Key.Key_Return)
    assert (
        np.array_equal(studio.workbench.annotation.label_map.voxels, before) and not studio.workbench.annotation.states
    )
    worklist.told("scan is damaged.")
    assert not studio.window.preview.isVisible() and actions["review"].isEnabled()


def test_a_preview_goes_when_the_user_thinks_better_of_it(studio, preview):
    worklist = studio.workbench.project.worklist
    worklist.show_progress(Progress(0.1, "Opening"))
    worklist.previewed(preview)
    worklist.cancel()
    worklist.show_progress(None)
    assert not studio.window.preview.isVisible() and studio.window.actions_by_id["review"].isEnabled()


@pytest.mark.parametrize("make", [nifti_file, dicom_series], ids=["NIfTI", "DICOM"])
def test_a_scan_that_is_opened_is_seen_before_it_is_there(studio, qtbot, tmp_path, make):
    seen = []
    studio.workbench.project.worklist.previewed.connect(
        lambda shown: seen.append((shown.name, studio.window.preview.isVisible(), studio.workbench.annotation.case.id))
    )
    path = make(tmp_path / "scan") if make is dicom_series else make(tmp_path)
    studio.workbench.find_sources([path])
    qtbot.waitUntil(lambda: studio.workbench.annotation.case.id != 1)
    assert len(seen) == 1 and seen[0][1:] == (True, 1)
    assert not studio.window.preview.isVisible()
