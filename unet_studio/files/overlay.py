"""Pictures of slices with their labels, side by side, for reports."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from unet_studio.files.atomic import replace_file
from unet_studio.image.window import Grey
from unet_studio.labels.label_map import LabelClass, Labels

_PAPER, _INK, _FAINT = (22, 24, 28), (235, 237, 240), (150, 156, 165)
_GAP, _TITLE, _LEGEND = 12, 34, 40
_OPACITY = 0.35


@dataclass(frozen=True, slots=True)
class Panel:
    """One slice under a title: ``grey`` and ``labels`` are (row, column) of one size, the way up they are shown.

    ``pixel_aspect`` is a pixel's height by its width.
    """

    title: str
    grey: Grey
    labels: Labels
    pixel_aspect: float = 1.0


def write_overlay(path: Path, panels: Sequence[Panel], classes: Sequence[LabelClass], *, caption: str) -> None:
    """Writes the panels as ``overlay_png`` has them.

    Raises:
        WriteError: the disk.
    """
    picture = overlay_png(panels, classes, caption=caption)
    replace_file(path, lambda beside: _write(beside, picture))


def overlay_png(panels: Sequence[Panel], classes: Sequence[LabelClass], *, caption: str) -> bytes:
    """The panels side by side as a PNG, each class filled and outlined in its colour, a legend below."""
    pictures = [Image.fromarray(_shown(panel, classes)) for panel in panels]
    width = sum(p.width for p in pictures) + _GAP * (len(pictures) + 1)
    height = max(p.height for p in pictures) + _TITLE + _LEGEND
    sheet = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    big, small = ImageFont.load_default(16), ImageFont.load_default(14)
    left = _GAP
    for panel, picture in zip(panels, pictures, strict=True):
        draw.text((left, _TITLE // 2), panel.title, fill=_INK, font=big, anchor="lm")
        sheet.paste(picture, (left, _TITLE))
        left += picture.width + _GAP
    middle = height - _LEGEND // 2
    left = _GAP
    for label_class in classes:
        draw.rounded_rectangle((left, middle - 6, left + 12, middle + 6), 3, fill=label_class.colour)
        draw.text((left + 20, middle), label_class.name, fill=_INK, font=small, anchor="lm")
        left += 44 + round(draw.textlength(label_class.name, font=small))
    draw.text((width - _GAP, middle), caption, fill=_FAINT, font=small, anchor="rm")

    file = io.BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _shown(panel: Panel, classes: Sequence[LabelClass]) -> NDArray[np.uint8]:
    """The slice as red, green and blue, enlarged so that it can be seen."""
    times = max(1, round(480 / max(panel.grey.shape)))
    tall = max(1, round(times * panel.pixel_aspect))
    grey, labels = (a.repeat(tall, axis=0).repeat(times, axis=1) for a in (panel.grey, panel.labels))
    picture = np.repeat(grey[..., None], 3, axis=2).astype(np.float32)
    for label_class in classes:
        mask = labels == label_class.value
        colour = np.array(label_class.colour, np.float32)
        picture[mask] = (1 - _OPACITY) * picture[mask] + _OPACITY * colour
        picture[mask & ~_inner(mask)] = colour
    return picture.round().astype(np.uint8)


def _inner(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels whose four neighbours all belong to the mask."""
    padded = np.pad(mask, 1)
    inner: NDArray[np.bool_] = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return inner
