"""The brush's ring, drawn from a kept picture, looks as one drawn anew."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from unet_studio.gui import ring
from unet_studio.gui.ring import Ring, draw_ring

GROUND = np.random.default_rng(0).integers(0, 2**24, (240, 260), dtype=np.uint32) | np.uint32(0xFF000000)


def pixels(draw, ratio):
    image = QImage(GROUND.copy().data, 260, 240, 260 * 4, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(240, 260, 4)[..., :3].astype(int)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("erases", [False, True])
def test_a_ring_from_the_kept_picture_is_the_one_drawn_anew(qtbot, ratio, erases):
    kept = Ring()
    plain = pixels(lambda _: None, ratio)
    for x, y, across, down in (
        (40, 50, 20.0, 20.0), (61, 33, 20.0, 20.0), (61.25, 33.5, 20.0, 20.0), (62, 34, 30.5, 11.0), (20, 21, 2.0, 2.0),
    ):  # fmt: skip
        way = {"colour": QColor(240, 230, 90), "erases": erases}
        place, radius = QPointF(x, y), QPointF(across, down)
        anew = pixels(lambda p, at=place, r=radius, w=way: draw_ring(p, at, r, **w), ratio)
        found = pixels(lambda p, at=place, r=radius, w=way: kept.draw(p, at, r, **w), ratio)
        assert (anew != plain).any() and np.abs(found - anew).max() <= 2


def test_a_ring_that_only_moves_is_not_drawn_anew(qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(ring, "draw_ring", lambda *a, **k: drawn.append(1) or draw_ring(*a, **k))
    kept = Ring()
    for x in range(30, 60):
        pixels(lambda p, x=x: kept.draw(p, QPointF(x, 50), QPointF(20, 20), colour=QColor(9, 9, 9), erases=False), 1.0)
    assert len(drawn) == 1
