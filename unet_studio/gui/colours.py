"""The colours of the canvas and of the slice strip below it."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from unet_studio.gui.theme import Theme
from unet_studio.labels.label_map import Colour


@dataclass(frozen=True, slots=True)
class CanvasColours:
    """What is drawn round and over the slice, and in the strip; for the dark theme unless told otherwise."""

    background: Colour = (8, 9, 11)
    text: Colour = (231, 234, 239)
    text_dim: Colour = (196, 202, 214)
    accent: Colour = (61, 139, 255)
    proposal: Colour = (255, 220, 90)
    ring: Colour = (255, 255, 255)
    ring_erasing: Colour = (255, 122, 110)
    strip: Colour = (26, 30, 37)
    strip_text: Colour = (231, 234, 239)
    strip_text_dim: Colour = (152, 161, 176)
    reviewed: Colour = (70, 201, 139)
    edited: Colour = (61, 139, 255)
    predicted: Colour = (229, 180, 65)
    untouched: Colour = (58, 65, 78)


def colours_of(theme: Theme) -> CanvasColours:
    """The strip's colours are the theme's; the slice lies on near-black in every theme, as scans are read."""
    return CanvasColours(
        accent=_rgb(theme.accent), strip=_rgb(theme.panel), strip_text=_rgb(theme.text), strip_text_dim=_rgb(theme.dim),
        reviewed=_rgb(theme.good), edited=_rgb(theme.busy), predicted=_rgb(theme.warn), untouched=_rgb(theme.border),
    )  # fmt: skip


def _rgb(colour: str) -> Colour:
    name = QColor(colour)
    return name.red(), name.green(), name.blue()
