"""Icons: glyphs of the Material Design Icons font that the package qtawesome carries.

The font is read straight from that package's folder: importing qtawesome itself loads a dozen fonts and costs a third of
the time in which the window has to be on the screen.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from unet_studio.gui.theme import as_worn

_FONT, _GLYPHS = "materialdesignicons6-webfont-?.*.ttf", "materialdesignicons6-webfont-charmap-*.json"


def icon(name: str, colour: str, *, checked: str | None = None, disabled: str | None = None) -> QIcon:
    """The glyph ``name`` in ``colour``, sharp at any size; other colours while its button is on or disabled."""
    return QIcon(_GlyphEngine(_glyph(name), colour, checked or colour, disabled or colour))


class _GlyphEngine(QIconEngine):
    def __init__(self, glyph: str, colour: str, checked: str, disabled: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colours = colour, checked, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour, checked, disabled = self._colours
        shown = disabled if mode is QIcon.Mode.Disabled else checked if state is QIcon.State.On else colour
        font = QFont(_family())
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(as_worn(shown)))
        painter.drawText(QRectF(rect), int(Qt.AlignmentFlag.AlignCenter), self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, *self._colours)


def _shipped(pattern: str) -> Path:
    found = importlib.util.find_spec("qtawesome")
    assert found is not None and found.origin is not None, "qtawesome is a dependency"
    return next((Path(found.origin).parent / "fonts").glob(pattern))


@cache
def _glyph(name: str) -> str:
    return chr(int(_charmap()[name], 16))


@cache
def _charmap() -> dict[str, str]:
    names: dict[str, str] = json.loads(_shipped(_GLYPHS).read_text(encoding="utf-8"))
    return names


@cache
def _family() -> str:
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(_shipped(_FONT))))
    assert families, "the icon font could not be loaded"
    return families[0]
