"""What is written over the slice: the case, where one is in it, which way the patient lies."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics

from unet_studio.gui.captions import Caption, Captions
from unet_studio.image.plane import edge_letters
from unet_studio.image.volume import Geometry
from unet_studio.image.window import Window
from unet_studio.workbench.viewport import Viewport

MARGIN_X, MARGIN_Y = 16, 12  # logical pixels
NARROW = 440  # logical pixels of width below which the volume's size is left out
LINE = 1.35  # line height


@dataclass(frozen=True, slots=True)
class Texts:
    """One or two lines at each corner, letters (left, right, top, bottom) at the edges."""

    top_left: tuple[str, str]
    top_right: tuple[str, str]
    bottom_left: str
    letters: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class TextColours:
    """What texts are drawn in."""

    text: QColor
    dim: QColor
    proposal: QColor


def texts_of(viewport: Viewport, *, name: str, zoom: str, has_proposal: bool, is_beside: bool = False) -> Texts:
    """What to write over the slice that the viewport, which has a volume open, looks at; only that, in a view ``is_beside``."""
    volume = viewport.volume
    assert volume is not None
    where = slice_text(viewport, is_beside=is_beside)
    window = _tr("W {0}  L {1}").format(
        _number(viewport.window.width, viewport.auto), _number(viewport.window.level, viewport.auto)
    )
    slab = slab_text(viewport)
    if is_beside:
        return Texts(("", ""), (where, slab or zoom), "", edge_letters(volume.geometry, viewport.view))
    return Texts(
        (name, size_of(volume.geometry)),
        (where, f"{window} · {zoom}"),
        slab or (proposal_text() if has_proposal else ""),
        edge_letters(volume.geometry, viewport.view),
    )


def slice_text(viewport: Viewport, *, is_beside: bool) -> str:
    """Which slice is looked at: all that is another text on the next one."""
    number, count = viewport.index + 1, viewport.count
    return f"{number} / {count}" if is_beside else _tr("Slice {0} / {1}").format(number, count)


def proposal_text() -> str:
    """What is said of a proposal."""
    return _tr("- - proposal · Enter accepts, paint takes over")


def slab_text(viewport: Viewport) -> str:
    """What slab is shown instead of the slice; empty where it is the slice itself."""
    slab, volume = viewport.slab, viewport.volume
    if slab is None or volume is None:
        return ""
    templates = {"max": _tr("Maximum of {size}"), "min": _tr("Minimum of {size}"), "mean": _tr("Mean of {size}")}
    unit = _tr("mm") if volume.geometry.has_spacing else _tr("slices")
    return templates[slab.kind].format(size=f"{slab.thickness:g} {unit}")


class Page:
    """Where texts in ``font`` lie, in the corners and at the edges of ``area``; ``ratio`` device pixels are a logical one."""

    def __init__(self, area: QRect, captions: Captions, colours: TextColours, *, font: QFont, ratio: float) -> None:
        self._area = area
        self._captions = captions
        self._colours = colours
        self._font = font
        self._ratio = ratio
        self._metrics = QFontMetrics(font)
        self._high = self._metrics.height()
        self._room = area.width() // 2 - 2 * MARGIN_X - 24  # the letter in the middle keeps its place

    def lay(self, texts: Texts) -> list[Caption]:
        """The captions of all texts that are not empty, the one at the right of the first line first."""
        area, colours, room = self._area, self._colours, self._room
        if area.width() < NARROW:
            texts = replace(texts, top_left=(texts.top_left[0], ""))
        top, line = area.top() + MARGIN_Y, round(self._high * LINE)
        bottom = area.bottom() - MARGIN_Y - self._high
        left, right, middle = area.left() + MARGIN_X, area.right() - MARGIN_X, area.center()
        whole = area.width() - 2 * MARGIN_X
        # the second line lies below the letter at the upper edge, a long last one above that at the lower
        wide = room if texts.top_left[1] else whole
        is_long = self._metrics.horizontalAdvance(texts.bottom_left) > room
        beside = middle.y() - self._high // 2
        wanted: list[tuple[str, int, int, float, QColor, int | None]] = [
            (texts.top_right[0], right, top, 1.0, colours.text, room),
            (texts.top_left[0], left, top, 0.0, colours.text, room),
            (texts.top_left[1], left, top + line, 0.0, colours.dim, room),
            (texts.top_right[1], right, top + line, 1.0, colours.dim, wide),
            (texts.bottom_left, left, bottom - is_long * line, 0.0, colours.proposal, whole if is_long else room),
        ]  # fmt: skip
        edges = (left, beside, 0.0), (right, beside, 1.0), (middle.x(), top, 0.5), (middle.x(), bottom, 0.5)
        wanted += [(letter, *edge, colours.dim, None) for letter, edge in zip(texts.letters, edges, strict=True)]
        return [
            self._captions.lay(QPoint(x, y), text, colour=colour, font=self._font, align=align, ratio=self._ratio, room=wide)
            for text, x, y, align, colour, wide in wanted if text
        ]  # fmt: skip

    def lay_first(self, text: str) -> Caption:
        """The caption at the right of the first line, where that is another text."""
        place = QPoint(self._area.right() - MARGIN_X, self._area.top() + MARGIN_Y)
        return self._captions.lay(
            place, text, colour=self._colours.text, font=self._font, align=1.0, ratio=self._ratio, room=self._room
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)


def size_of(geometry: Geometry) -> str:
    """Such as "512 × 512 × 60 · 0.7 × 0.7 × 5 mm", without mm where none are told."""
    size = " × ".join(str(n) for n in reversed(geometry.shape))
    if not geometry.has_spacing:
        return size
    return f"{size} · {' × '.join(f'{s:.3g}' for s in reversed(geometry.spacing_mm))} mm"


def _number(value: float, auto: Window) -> str:
    """Whole numbers where the scan's intensities span hundreds, else as many places as tell them apart."""
    return f"{value:.0f}" if auto.width >= 50 else f"{value:.3g}"
