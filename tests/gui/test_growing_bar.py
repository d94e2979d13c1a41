"""The bar over the views while something grows."""

import threading

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from unet_studio.gui.growing_bar import GrowingBar
from unet_studio.gui.studio import Studio
from unet_studio.labels.likeness import Range
from unet_studio.workbench import growing as growing_module


def test_long_growth_is_told_of_and_stopped_by_its_button(studio: Studio, qtbot, monkeypatch):
    gate = threading.Event()

    def slowly(_, start, first, __, *, count):
        yield start + 1, first
        assert gate.wait(30)

    monkeypatch.setattr(growing_module, "grow_volume", slowly)
    bar, growing = studio.window.findChild(GrowingBar), studio.window.canvas.surface.growing
    volume, viewport = studio.workbench.viewport.volume, studio.workbench.viewport
    assert not bar.isVisible()
    growing.show(volume, viewport.view, 2, np.ones(viewport.view.size(volume.geometry.shape), bool))
    assert not bar.isVisible()  # while it is tuned
    growing.spread(volume, viewport.view, 2, Range(0, 1), done=lambda _: None)
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: bar.findChild(QLabel, "growingText").text().startswith("Growing: 2 slice"))
    QTest.mouseClick(bar.findChild(QPushButton, "growingStop"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible() and not growing.is_busy and growing.region is None
    gate.set()
