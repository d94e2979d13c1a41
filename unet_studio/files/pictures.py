"""PNG, JPEG, TIFF and BMP: one picture, the pages of a TIFF, or a numbered folder as a stack."""

import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from unet_studio.errors import ReadError
from unet_studio.files.regular import check_memory, reading_errors, regular_size, shown, stem
from unet_studio.files.scan import Scan, Voxels
from unet_studio.image.volume import Geometry, Vector
from unet_studio.progress import Progress, Steps

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM")
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")  # not EPS and the like, which run programs
_MOST_PIXELS = 400_000_000  # a 20,000 × 20,000 picture; more only comes in whole-slide formats, or is a trap
_UNIT_MM = {"nm": 1e-6, "nanometer": 1e-6, "um": 1e-3, "µm": 1e-3, "\\u00b5m": 1e-3, "micron": 1e-3, "microns": 1e-3,
            "mm": 1.0, "millimeter": 1.0, "cm": 10.0, "centimeter": 10.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Page:
    size: tuple[int, int]  # rows, columns, as shown
    channels: int
    dtype: np.dtype[Any]


def is_picture(head: bytes) -> bool:
    """Whether a file's first bytes are those of a picture this program reads."""
    return head.startswith(_SIGNATURES)


def scans(path: Path) -> tuple[Scan, ...]:
    """The volume of one picture file: one slice, or one per page of a TIFF.

    Raises:
        ReadError: damaged, too large, or pages of different sizes.
    """
    with _opened(path) as image, warnings.catch_warnings(action="ignore"):
        pages = _count(image)
        notes = _notes(image, path)
        first = _page(image)
        _check_size(path, first, pages)
        spacing = _spacing_mm(image)
        for page in range(1, pages):
            image.seek(page)
            if _page(image) != first:
                raise ReadError(
                    f"{shown(path)} has pages of different sizes or kinds (page {page + 1} differs). Save each as its own file.",
                    path=path,
                )
    return (_scan((path,), pages, first, spacing, notes, name=stem(path)),)


def stack(folder: Path, files: Sequence[Path]) -> Scan:
    """A folder's pictures as the slices of one volume, by the numbers in their names, with the id "stack".

    Raises:
        ReadError: one is damaged, or they differ in size or kind.
    """
    ordered = tuple(sorted(files, key=natural))
    first: _Page | None = None
    notes: tuple[str, ...] = ()
    for path in ordered:
        with _opened(path) as image, warnings.catch_warnings(action="ignore"):
            page = _page(image)
            notes = notes or _notes(image, path)
            if _count(image) > 1:
                raise ReadError(
                    f"{shown(path)} has several pages and can't be one slice. Open it by itself.", path=path
                )
        if first is None:
            first = page
            _check_size(path, first, len(ordered))
        elif page != first:
            raise ReadError(
                f"{shown(path)} differs in size or kind from {shown(ordered[0])}, so the folder is no stack. "
                "Open its pictures as single cases.",
                path=path,
            )
    assert first is not None, "a stack of no pictures"
    return _scan(ordered, 1, first, None, notes, name=shown(folder))


def natural(path: Path) -> tuple[Any, ...]:
    """A sorting key by which slice 10 follows slice 9."""
    return tuple(
        (0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"[0-9]+|[^0-9]+", path.name.lower())
    )


def raw_pixels(path: Path) -> NDArray[Any]:
    """A mask's own numbers as (z, y, x): the palette's indices, not its colours; 0 and 1 of a 1-bit picture.

    Of a colour picture its grey where all three are equal.

    Raises:
        ReadError: damaged, or really in colour.
    """
    pages = []
    with _opened(path) as image, warnings.catch_warnings(action="ignore"):
        _check_size(path, _page(image), _count(image))
        for number in range(_count(image)):
            image.seek(number)
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
            pages.append(pixels.astype(np.uint8) if pixels.dtype == np.bool_ else pixels)
    if any(p.shape != pages[0].shape for p in pages):
        raise ReadError(f"{shown(path)} has pages of different sizes. Save each as its own file.", path=path)
    return np.stack(pages)


def _scan(
    files: tuple[Path, ...], pages: int, page: _Page, spacing: Vector | None, notes: tuple[str, ...], *, name: str
) -> Scan:
    shape = (len(files) * pages, *page.size)

    def load() -> Steps[Voxels]:
        voxels = np.empty(shape if page.channels == 1 else (*shape, page.channels), page.dtype)
        for number, path in enumerate(files):
            with _opened(path) as image:
                for k in range(pages):
                    with warnings.catch_warnings(action="ignore"):  # not over the yield: the filter is everybody's
                        image.seek(k)
                        voxels[number * pages + k] = _pixels(image)
                    yield Progress((number * pages + k + 1) / shape[0], f"Reading {shown(path)}")
        return voxels

    geometry = Geometry(
        shape, spacing_mm=spacing or (1.0, 1.0, 1.0), has_spacing=spacing is not None, has_orientation=False
    )
    return Scan(
        id="stack" if len(files) > 1 else "1",
        name=name,
        geometry=geometry,
        dtype=page.dtype,
        load=load,
        components=page.channels,
        warnings=notes,
    )


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    regular_size(path)
    try:
        with reading_errors(path):
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
                raise _too_large(path) from error
    except ReadError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno is None:
            raise ReadError(
                f"{shown(path)} is damaged or cut short (truncated) and can't be shown. Ask for a new copy.", path=path
            ) from error
        raise


def _open(file: IO[bytes]) -> Image.Image:
    with warnings.catch_warnings(action="ignore"):  # Pillow's own size warning: _check_size has the last word
        return Image.open(file, formats=_FORMATS)


def _too_large(path: Path) -> ReadError:
    return ReadError(
        f"{shown(path)} is too large: more than {_MOST_PIXELS // 1_000_000} million pixels, or damaged. Save the part you need.",
        path=path,
    )


def _check_size(path: Path, page: _Page, pages: int) -> None:
    rows, columns = page.size
    if rows * columns > _MOST_PIXELS:
        raise _too_large(path)
    check_memory(path, rows * columns * page.channels * page.dtype.itemsize * pages)


def _page(image: Image.Image) -> _Page:
    columns, rows = image.size
    if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        rows, columns = columns, rows
    mode = _target_mode(image)
    dtype = {"I": np.int32, "F": np.float32, "I;16": np.uint16}.get(mode, np.uint8)
    return _Page((rows, columns), 3 if mode == "RGB" else 1, np.dtype(dtype))


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
