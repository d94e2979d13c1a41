"""Texts over the slice: readable on black and on white, drawn once and kept as pictures."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

_HALO = 4  # logical pixels of shadow round a text
_SHADOW = ((7.5, 30), (5.5, 60), (3.0, 150))  # width of a stroke along the letters, and its opacity of 255
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
    image = QImage(
        round((width + 2 * _HALO) * ratio) + 1, round((height + 2 * _HALO) * ratio) + 1,
        QImage.Format.Format_ARGB32_Premultiplied,
    )  # fmt: skip
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addText(QPointF(_HALO, _HALO + metrics.ascent()), font, text)
    for reach, darkness in _SHADOW:
        pen = QPen(
            QColor(0, 0, 0, darkness), reach, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
        painter.strokePath(outline, pen)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRectF(_HALO, _HALO, width + 1, height), text)
    painter.end()
    return image
