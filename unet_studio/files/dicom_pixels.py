"""The pixels of DICOM slices as numbers: uncompressed ones straight from the file, others through the decoding child."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.decoder import decoder
from unet_studio.files.dicom_file import BIG_ENDIAN, DEFLATED, EXPLICIT, IMPLICIT
from unet_studio.files.dicom_header import Pixels, SliceHeader
from unet_studio.files.regular import reading_errors, shown
from unet_studio.files.rescale import rescale_into, rescaled_type

_RLE = "1.2.840.10008.1.2.5"
GDCM = {  # what GDCM inside SimpleITK decodes; PS3.5 annex A
    "1.2.840.10008.1.2.4.50": "JPEG baseline",
    "1.2.840.10008.1.2.4.51": "JPEG extended",
    "1.2.840.10008.1.2.4.57": "JPEG lossless",
    "1.2.840.10008.1.2.4.70": "JPEG lossless",
    "1.2.840.10008.1.2.4.80": "JPEG-LS lossless",
    "1.2.840.10008.1.2.4.81": "JPEG-LS",
    "1.2.840.10008.1.2.4.90": "JPEG 2000 lossless",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
}
_NATIVE = {"", IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN}


def intensity_type(slices: "list[SliceHeader]") -> np.dtype[Any]:
    """The one type that holds every slice's rescaled values; a float where slices are scaled differently."""
    pixels = slices[0].pixels
    if pixels.is_colour:
        return np.dtype(np.uint8)
    low, high = (
        (-(2 ** (pixels.bits_stored - 1)), 2 ** (pixels.bits_stored - 1) - 1)
        if pixels.is_signed
        else (0, 2**pixels.bits_stored - 1)
    )
    scalings = {(s.slope, s.intercept) for s in slices}
    if scalings == {(1.0, 0.0)}:
        return _stored_type(pixels)
    if len(scalings) == 1:
        return rescaled_type(low, high, *scalings.pop())
    return np.dtype(np.float32 if pixels.bits_stored <= 24 else np.float64)


def check_syntax(header: SliceHeader) -> None:
    """Raises ``ReadError`` where the file is compressed in a way no decoder here knows."""
    syntax = header.pixels.syntax
    if syntax not in _NATIVE and syntax not in GDCM and syntax != _RLE:
        from pydicom.uid import UID

        raise ReadError(
            f"{shown(header.path)} is compressed in a way that is not read (transfer syntax {UID(syntax).name}). "
            "Export it uncompressed or as JPEG 2000.",
            path=header.path,
        )


def read_slice(header: SliceHeader, into: NDArray[Any]) -> bool:
    """Fills ``into`` (row, column[, channel]) with a slice's intensities, or its red, green and blue; whether they fit its type.

    Pixels that need no decoder are read straight to where they belong, and changed there.

    Raises:
        ReadError: the pixels can't be decoded.
    """
    pixels = header.pixels
    kind = _stored_type(pixels)
    if pixels.offset is not None and not pixels.is_colour:
        is_room = into.dtype.kind in "iu" and into.dtype.itemsize == kind.itemsize and into.flags.c_contiguous
        stored = into.view(kind) if is_room else np.empty(into.shape, kind)
        _read(header, stored)
    else:
        found = decoder().array("dicom frame", header.path, header.frame, nbytes=into.size * 8)
        if found.shape != into.shape:
            raise _damaged(header)
        if pixels.is_colour:
            into[...] = found
            return True
        stored = found.astype(kind, copy=False)
    return rescale_into(_unmasked(stored, pixels), header.slope, header.intercept, into)


def _read(header: SliceHeader, stored: NDArray[Any]) -> None:
    pixels = header.pixels
    assert pixels.offset is not None
    with reading_errors(header.path), header.path.open("rb", buffering=0) as file:
        file.seek(pixels.offset + header.frame * pixels.frame_bytes)
        if file.readinto(stored.reshape(-1).view(np.uint8).data) != pixels.frame_bytes:
            raise _damaged(header)
    if (pixels.syntax == BIG_ENDIAN) == (sys.byteorder == "little"):
        stored.byteswap(inplace=True)


def _damaged(header: SliceHeader) -> ReadError:
    return ReadError(
        f"{shown(header.path)} is damaged: its pixels (stored) can't be decoded. Ask for a new copy.", path=header.path
    )


def _stored_type(pixels: Pixels) -> np.dtype[Any]:
    return np.dtype(f"{'i' if pixels.is_signed else 'u'}{pixels.bits_allocated // 8}")


def _unmasked(stored: NDArray[Any], pixels: Pixels) -> NDArray[Any]:
    """The stored bits alone, sign included: what lies above and below them in a word is not the image (PS3.5, 8.1.1)."""
    above = pixels.bits_allocated - 1 - pixels.high_bit
    below = pixels.high_bit + 1 - pixels.bits_stored
    if above == 0 and below == 0:
        return stored
    stored <<= above
    stored >>= above + below
    return stored
