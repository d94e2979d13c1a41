"""Texts over the slice: readable on black and on white, drawn once and kept as pictures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QImage, QPainter

_HALO = 4  # logical pixels of shadow round a text
_DARKNESS = 4.0  # how much darker the shadow is than the letters spread out
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Caption:
    """A text as a picture, the place of its upper left corner, and all that it covers."""

    corner: QPoint
    image: QImage
    box: QRect

    def draw(self, painter: QPainter) -> None:
        """Draws it where it belongs."""
        painter.drawImage(self.corner, self.image)


class Captions:
    """Draws texts with a soft dark shadow, each in one font and at one size of pixels until another is drawn with."""

    def __init__(self) -> None:
        self._font: tuple[QFont, float] | None = None
        self._images: dict[tuple[str, int], QImage] = {}
        self._placed: dict[tuple[object, ...], Caption] = {}

    def draw(
        self, painter: QPainter, place: QPoint, text: str, *,
        colour: QColor, font: QFont, align: float, room: int | None = None,
    ) -> QRect:  # fmt: skip
        """Draws ``text`` with its top at ``place``, which is its left end (``align`` 0), middle (0.5) or right end (1).

        It ends in dots where it is wider than ``room``, in logical pixels. Returns all that it covers.
        """
        if not text:
            return QRect()
        ratio = painter.device().devicePixelRatio()
        caption = self.lay(place, text, colour=colour, font=font, align=align, ratio=ratio, room=room)
        caption.draw(painter)
        return caption.box

    def lay(
        self, place: QPoint, text: str, *,
        colour: QColor, font: QFont, align: float, ratio: float, room: int | None = None,
    ) -> Caption:  # fmt: skip
        """As ``draw`` would draw it, at ``ratio`` device pixels to a logical one."""
        if self._font is None or self._font[0] != font or self._font[1] != ratio:
            self._font = QFont(font), ratio
            self._images.clear()
            self._placed.clear()
        key = (text, place.x(), place.y(), align, room, colour.rgba())
        if (known := self._placed.get(key)) is None:
            if room is not None:
                text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            known = self._place(place, self._image(text, colour, font, ratio), align)
            _keep(self._placed, key, known)
        return known

    def _place(self, place: QPoint, image: QImage, align: float) -> Caption:
        width = image.width() / image.devicePixelRatio() - 2 * _HALO
        corner = QPoint(round(place.x() - align * width) - _HALO, place.y() - _HALO)
        return Caption(corner, image, QRect(corner, image.deviceIndependentSize().toSize() + QSize(1, 1)))

    def _image(self, text: str, colour: QColor, font: QFont, ratio: float) -> QImage:
        key = (text, colour.rgba())
        if key not in self._images:
            _keep(self._images, key, _shadowed(text, colour, font, ratio))
        return self._images[key]


def _keep(kept: dict[Any, Any], key: object, value: object) -> None:
    if len(kept) >= _KEPT:
        kept.pop(next(iter(kept)))
    kept[key] = value


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
    rows, columns = cover.shape
    padded: NDArray[np.float64] = np.zeros((rows + 2 * reach, columns + 2 * reach))
    padded[reach:-reach, reach:-reach] = cover
    lines = padded[:rows].copy()
    for n in range(1, 2 * reach + 1):
        lines += padded[n : n + rows]
    blurred = lines[:, :columns].copy()
    for n in range(1, 2 * reach + 1):
        blurred += lines[:, n : n + columns]
    blurred /= (2 * reach + 1) ** 2
    return blurred
