"""What is written over the slice: the case, where one is in it, which way the patient lies."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from unet_studio.gui.captions import Captions
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
    where = _tr("Slice {0} / {1}").format(viewport.index + 1, viewport.count)
    window = _tr("W {0}  L {1}").format(
        _number(viewport.window.width, viewport.auto), _number(viewport.window.level, viewport.auto)
    )
    slab = slab_text(viewport)
    if is_beside:
        short = f"{viewport.index + 1} / {viewport.count}"
        return Texts(("", ""), (short, slab or zoom), "", edge_letters(volume.geometry, viewport.view))
    return Texts(
        (name, size_of(volume.geometry)),
        (where, f"{window} · {zoom}"),
        slab or (_tr("- - proposal · Enter accepts, paint takes over") if has_proposal else ""),
        edge_letters(volume.geometry, viewport.view),
    )


def slab_text(viewport: Viewport) -> str:
    """What slab is shown instead of the slice; empty where it is the slice itself."""
    slab, volume = viewport.slab, viewport.volume
    if slab is None or volume is None:
        return ""
    templates = {"max": _tr("Maximum of {size}"), "min": _tr("Minimum of {size}"), "mean": _tr("Mean of {size}")}
    unit = _tr("mm") if volume.geometry.has_spacing else _tr("slices")
    return templates[slab.kind].format(size=f"{slab.thickness:g} {unit}")


def draw_texts(painter: QPainter, area: QRect, texts: Texts, captions: Captions, colours: TextColours) -> list[QRect]:
    """Draws the texts in the corners and at the edges of ``area``; returns what they cover."""
    covered = []
    font = painter.font()
    metrics = QFontMetrics(font)
    line = round(metrics.height() * LINE)
    room = area.width() // 2 - 2 * MARGIN_X - 24  # the letter in the middle keeps its place
    if area.width() < NARROW:
        texts = replace(texts, top_left=(texts.top_left[0], ""))
    for number, (left, right) in enumerate(zip(texts.top_left, texts.top_right, strict=True)):
        y = area.top() + MARGIN_Y + number * line
        colour = colours.dim if number else colours.text
        for text, x, align in ((left, area.left() + MARGIN_X, 0.0), (right, area.right() - MARGIN_X, 1.0)):
            wide = (
                area.width() - 2 * MARGIN_X if number and not left else room
            )  # the second line lies below that letter
            covered.append(captions.draw(painter, QPoint(x, y), text, colour=colour, font=font, align=align, room=wide))
    bottom = area.bottom() - MARGIN_Y - metrics.height()
    place = QPoint(area.left() + MARGIN_X, bottom)
    proposal = texts.bottom_left
    covered.append(captions.draw(painter, place, proposal, colour=colours.proposal, font=font, align=0.0, room=room))
    middle = area.center()
    y = middle.y() - metrics.height() // 2
    places = (
        (QPoint(area.left() + MARGIN_X, y), 0.0), (QPoint(area.right() - MARGIN_X, y), 1.0),
        (QPoint(middle.x(), area.top() + MARGIN_Y), 0.5), (QPoint(middle.x(), bottom), 0.5),
    )  # fmt: skip
    for letter, (place, align) in zip(texts.letters, places, strict=True):
        covered.append(captions.draw(painter, place, letter, colour=colours.dim, font=font, align=align))
    return covered


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
