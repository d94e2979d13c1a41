"""PNG, JPEG, TIFF and BMP as Pillow reads them; runs in the decoding child, whose answers are ``pictures.py``'s."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from unet_studio.errors import ReadError
from unet_studio.files.pictures import MOST_PIXELS, too_large
from unet_studio.files.regular import reading_errors, shown
from unet_studio.image.volume import Vector

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")  # not EPS and the like, which run programs
_UNIT_MM = {"nm": 1e-6, "nanometer": 1e-6, "um": 1e-3, "µm": 1e-3, "\\u00b5m": 1e-3, "micron": 1e-3, "microns": 1e-3,
            "mm": 1.0, "millimeter": 1.0, "cm": 10.0, "centimeter": 10.0}  # fmt: skip

Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses twice of it


def described(path: Path) -> dict[str, Any]:
    """What a picture file is without its pixels: ``pages`` of them, each (rows, columns, channels, type), and its notes.

    Raises:
        ReadError: damaged, too large, or pages of different sizes.
    """
    with _opened(path) as image:
        pages, first = _count(image), _page(image)
        notes, spacing = _notes(image, path), _spacing_mm(image)
        for page in range(1, pages):
            image.seek(page)
            if _page(image) != first:
                raise ReadError(
                    f"{shown(path)} has pages of different sizes or kinds (page {page + 1} differs). Save each as its own file.",
                    path=path,
                )
    return {"pages": pages, "page": first, "notes": notes, "spacing_mm": spacing}


def pages(path: Path, first: int, end: int) -> NDArray[Any]:
    """The pages from ``first`` up to ``end`` as they are shown: (page, row, column) or (page, row, column, channel)."""
    with _opened(path) as image:
        return np.stack([_pixels(_at(image, number)) for number in range(first, end)])


def raw_pages(path: Path, first: int, end: int) -> NDArray[Any]:
    """A mask's own numbers: the palette's indices, not its colours; 0 and 1 of a 1-bit picture.

    Raises:
        ReadError: damaged, or really in colour.
    """
    with _opened(path) as image:
        return np.stack([_raw(_at(image, number), path) for number in range(first, end)])


def _at(image: Image.Image, page: int) -> Image.Image:
    image.seek(page)
    return image


def _raw(image: Image.Image, path: Path) -> NDArray[Any]:
    turned = ImageOps.exif_transpose(image)
    pixels = np.asarray(turned)
    if turned.mode in ("LA", "La"):
        pixels = pixels[..., 0]
    elif pixels.ndim == 3:
        if np.ptp(pixels[..., :3], axis=2).any():
            raise ReadError(
                f"{shown(path)} is a colour picture and can't be a label map. Save it in grey, one value a label.",
                path=path,
            )
        pixels = pixels[..., 0]
    return pixels.astype(np.uint8 if pixels.dtype == np.bool_ else pixels.dtype.newbyteorder("="))


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with reading_errors(path), warnings.catch_warnings(action="ignore"):
            try:
                with path.open("rb") as file, _open(file) as image:
                    yield image
            except (
                SyntaxError,
                EOFError,
                KeyError,
                ValueError,
                struct.error,
                zlib.error,
                IndexError,
                TypeError,
                AttributeError,
                OverflowError,
            ) as error:
                raise OSError(str(error)) from error
            except Image.DecompressionBombError as error:
                raise ReadError(too_large(path), path=path) from error
    except ReadError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno is None:
            raise ReadError(
                f"{shown(path)} is damaged or cut short (truncated) and can't be shown. Ask for a new copy.", path=path
            ) from error
        raise


def _open(file: IO[bytes]) -> Image.Image:
    return Image.open(file, formats=_FORMATS)


def _page(image: Image.Image) -> tuple[int, int, int, str]:
    columns, rows = image.size
    if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        rows, columns = columns, rows
    mode = _target_mode(image)
    name = {"I": "int32", "F": "float32", "I;16": "uint16"}.get(mode, "uint8")
    return rows, columns, 3 if mode == "RGB" else 1, name


def _count(image: Image.Image) -> int:
    """The pages of a TIFF; of a telephone's MPO the first picture alone."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _target_mode(image: Image.Image) -> str:
    """What a picture is shown as: L, RGB, I;16, I or F; a palette of greys is grey."""
    if image.mode in ("1", "L", "LA", "La"):
        return "L"
    if image.mode.startswith("I;16"):
        return "I;16"
    if image.mode in ("I", "F"):
        return image.mode
    if image.mode in ("P", "PA"):
        colours = np.array(image.getpalette("RGB") or [], np.uint8).reshape(-1, 3)
        return "L" if colours.size and not np.ptp(colours, axis=1).any() else "RGB"
    return "RGB"


def _pixels(image: Image.Image) -> NDArray[Any]:
    mode = _target_mode(image)
    turned = ImageOps.exif_transpose(image)
    if turned.mode == "1":
        return np.asarray(turned).astype(np.uint8)
    if turned.mode in ("P", "PA", "RGBA", "LA", "CMYK", "YCbCr", "LAB", "HSV", "RGBX", "RGBa", "La"):
        turned = turned.convert("RGBA").convert("RGB") if turned.mode == "PA" else turned.convert(mode)
    pixels = np.asarray(turned)
    return pixels.astype(pixels.dtype.newbyteorder("="))


def _notes(image: Image.Image, path: Path) -> tuple[str, ...]:
    notes: list[str] = []
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        notes.append(f"The transparency (alpha) of {shown(path)} is left out.")
    if image.getexif().get(0x0112, 1) not in (0, 1):
        notes.append(f"{shown(path)} is shown rotated, as its camera noted; its labels are saved rotated alike.")
    return tuple(notes)


def _spacing_mm(image: Image.Image) -> Vector | None:
    """Pixel size (z, y, x) where a microscope's ImageJ noted it in a TIFF; dots per inch mean print, not tissue."""
    description = str(getattr(image, "tag_v2", {}).get(270, ""))
    if not description.startswith("ImageJ="):
        return None
    notes = dict(line.split("=", 1) for line in description.splitlines() if "=" in line)
    unit = _UNIT_MM.get(notes.get("unit", "").strip().lower())
    tags = getattr(image, "tag_v2", {})
    try:
        x, y = _unit_per_pixel(tags.get(282)), _unit_per_pixel(tags.get(283))
        z = float(notes.get("spacing", x))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if unit is None or not all(np.isfinite(v) and v > 0 for v in (x, y, z)):
        return None
    return z * unit, y * unit, x * unit


def _unit_per_pixel(pixels_per_unit: Any) -> float:
    """The size of a pixel out of a TIFF's resolution."""
    return 1.0 / float(pixels_per_unit)
