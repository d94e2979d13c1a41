"""Scans whose voxels lie in memory in another order than slices are shown in: everything is drawn on them as on any other."""

from pathlib import Path

import nibabel
import numpy as np
import pytest
from nibabel.orientations import axcodes2ornt, ornt_transform
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import CLASSES
from unet_studio.gui.studio import Studio
from unet_studio.image.plane import Plane
from unet_studio.project.records import Proposal

TOOLS = (
    "navigate", "brush", "eraser", "adaptive", "threshold", "polygon", "wire", "grow", "rectangle", "ellipse", "fill", "pick",
    "window", "ruler",
)  # fmt: skip


@pytest.fixture(params=["ASR", "SLP", "IAL", "PRS"])
def turned(request, app: Studio, scan: Path, qtbot) -> Studio:
    """The ball, stored with its axes in that order and direction."""
    straight = nibabel.load(scan)
    turn = ornt_transform(nibabel.io_orientation(straight.affine), axcodes2ornt(tuple(request.param)))
    image = straight.as_reoriented(turn)
    path = scan.with_name("turned.nii.gz")
    nibabel.save(nibabel.Nifti1Image(np.asarray(image.dataobj), image.affine), path)
    app.workbench.new_project(scan.parent / "turned.unetstudio", "turned", CLASSES)
    qtbot.waitUntil(lambda: app.workbench.project is not None)
    app.workbench.find_sources([path])
    qtbot.waitUntil(lambda: app.workbench.annotation is not None)
    return app


def drag(studio: Studio) -> None:
    """Over the middle of the main view, which is painted on the way."""
    canvas = studio.window.canvas
    middle = canvas.rect().center()
    QTest.mouseMove(canvas, middle)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for step in range(1, 5):
        QTest.mouseMove(canvas, middle + QPoint(12 * step, -6 * step))
        canvas.grab()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(48, -24))
    canvas.grab()


def test_every_tool_draws_in_every_plane(turned: Studio) -> None:
    annotation, actions, canvas = turned.workbench.annotation, turned.window.actions_by_id, turned.window.canvas
    for plane in Plane:
        actions[plane.value].trigger()
        assert turned.workbench.viewport.view.plane is plane
        for tool in TOOLS:
            actions[tool].trigger()
            drag(turned)
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
            if tool in ("brush", "adaptive", "grow", "rectangle", "ellipse"):
                assert annotation.history.depth == 1, (plane, tool)
            annotation.travel(-annotation.history.depth)
            assert not annotation.label_map.voxels.any()


def test_previews_proposals_the_magnifier_and_other_views_are_painted(turned: Studio, qtbot) -> None:
    annotation, actions, window = turned.workbench.annotation, turned.window.actions_by_id, turned.window
    viewport = turned.workbench.viewport
    shape = annotation.labels(viewport.index).shape
    labels = np.zeros(shape, np.uint8)
    labels[shape[0] // 3 : shape[0] // 2, shape[1] // 3 :] = 1
    actions["four"].trigger()
    annotation.propose([Proposal(viewport.index, labels, 0.5, None)])
    annotation.replace_slices("Drawn", {viewport.index + 1: labels})
    for name in ("magnifier", "slab", "side_history", "side_statistics", "outlines"):
        actions[name].trigger()
        window.grab()
    actions["slab"].trigger()
    for plane in Plane:
        actions[plane.value].trigger()
        for kind in ("grow", "invert", "threshold"):
            actions[f"reshape_{kind}"].trigger()
            qtbot.waitUntil(lambda: not turned.reshaping.is_working)
            assert window.reshape.isVisible() and window.reshape.kind == kind
            window.grab()
            QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert np.count_nonzero(annotation.label_map.voxels) == np.count_nonzero(labels), "previews have changed nothing"
    actions["compare"].trigger()
    window.grab()
