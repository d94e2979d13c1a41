"""Texts over the slice: readable on black and on white, drawn once and kept as pictures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

_HALO = 4  # logical pixels of shadow round a text
_DARKNESS = 4.0  # how much darker the shadow is than the letters spread out
_KEPT = 64


class Captions:
    """Draws texts with a soft dark shadow."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, str, str, float], QImage] = {}

    def draw(self, painter: QPainter, place: QPoint, text: str, *, colour: QColor, font: QFont, align: float) -> QRect:
        """Draws ``text`` with its top at ``place``, which is its left end (``align`` 0), middle (0.5) or right end (1).

        Returns all that it covers.
        """
        if not text:
            return QRect()
        image = self._image(text, colour, font, painter.device().devicePixelRatio())
        width = image.width() / image.devicePixelRatio() - 2 * _HALO
        corner = QPoint(round(place.x() - align * width) - _HALO, place.y() - _HALO)
        painter.drawImage(corner, image)
        return QRect(corner, image.deviceIndependentSize().toSize() + QSize(1, 1))

    def _image(self, text: str, colour: QColor, font: QFont, ratio: float) -> QImage:
        key = (text, colour.name(QColor.NameFormat.HexArgb), font.key(), ratio)
        if key not in self._images:
            if len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            self._images[key] = _shadowed(text, colour, font, ratio)
        return self._images[key]


def _shadowed(text: str, colour: QColor, font: QFont, ratio: float) -> QImage:
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    area = QRectF(_HALO, _HALO, width + 1, height)
    wide, high = round((width + 2 * _HALO) * ratio) + 1, round((height + 2 * _HALO) * ratio) + 1
    letters = QImage(wide, high, QImage.Format.Format_Alpha8)
    letters.fill(0)
    _write(letters, area, text, QColor(Qt.GlobalColor.black), font, ratio)
    cover = np.frombuffer(letters.constBits(), np.uint8).reshape(high, letters.bytesPerLine())[:, :wide]
    near = _blurred(cover, round(1.5 * ratio)) * _DARKNESS
    shadow = np.minimum(_blurred(np.minimum(near, 255.0), max(1, round(ratio))), 200.0).astype(np.uint32) << 24
    image = QImage(shadow.data, wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
    _write(image, area, text, colour, font, ratio)
    return image


def _write(image: QImage, area: QRectF, text: str, colour: QColor, font: QFont, ratio: float) -> None:
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, text)
    painter.end()


def _blurred(cover: NDArray[Any], reach: int) -> NDArray[np.float64]:
    """Each pixel the mean of those within ``reach`` rows and columns."""
    padded = np.pad(cover.astype(np.float64), reach)
    rows, columns = cover.shape
    lines = np.sum([padded[n : n + rows] for n in range(2 * reach + 1)], axis=0)
    blurred: NDArray[np.float64] = np.sum([lines[:, n : n + columns] for n in range(2 * reach + 1)], axis=0)
    return blurred / (2 * reach + 1) ** 2
