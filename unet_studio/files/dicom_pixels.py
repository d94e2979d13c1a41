"""The pixels of DICOM slices as numbers: uncompressed ones straight from the file, others through a decoder, one at a time."""

import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import apply_color_lut, convert_color_space, pixel_array

from unet_studio.errors import ReadError
from unet_studio.files.dicom_header import BIG_ENDIAN, DEFLATED, PARSING_ERRORS, Pixels, SliceHeader
from unet_studio.files.regular import reading_errors, shown
from unet_studio.files.rescale import rescaled, rescaled_type

_log = logging.getLogger(__name__)

_RLE = "1.2.840.10008.1.2.5"
_GDCM = {  # what GDCM inside SimpleITK decodes; PS3.5 annex A
    "1.2.840.10008.1.2.4.50": "JPEG baseline",
    "1.2.840.10008.1.2.4.51": "JPEG extended",
    "1.2.840.10008.1.2.4.57": "JPEG lossless",
    "1.2.840.10008.1.2.4.70": "JPEG lossless",
    "1.2.840.10008.1.2.4.80": "JPEG-LS lossless",
    "1.2.840.10008.1.2.4.81": "JPEG-LS",
    "1.2.840.10008.1.2.4.90": "JPEG 2000 lossless",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
}
_GDCM_COLOUR = ("1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81")
_NATIVE = {"", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", BIG_ENDIAN}


def intensity_type(slices: "list[SliceHeader]") -> np.dtype[Any]:
    """The one type that holds every slice's rescaled values; a float where slices are scaled differently."""
    pixels = slices[0].pixels
    if pixels.samples > 1 or pixels.photometric == "PALETTE COLOR":
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
    if syntax not in _NATIVE and syntax not in _GDCM and syntax != _RLE:
        uid = pydicom.uid.UID(syntax)
        raise ReadError(
            f"{shown(header.path)} is compressed in a way that is not read (transfer syntax {uid.name}). "
            "Export it uncompressed or as JPEG 2000.",
            path=header.path,
        )


class Slices:
    """Reads slices one after another; keeps the last compressed file open, since its frames follow each other."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._frames: list[bytes] = []

    def intensities(self, header: SliceHeader, to: np.dtype[Any]) -> NDArray[Any]:
        """Rescaled values (row, column), or 8-bit red, green and blue (row, column, channel).

        Raises:
            ReadError: the pixels can't be decoded.
        """
        pixels = header.pixels
        try:
            with reading_errors(header.path), warnings.catch_warnings(action="ignore"):
                if pixels.samples > 1 or pixels.photometric == "PALETTE COLOR":
                    return self._colour(header)
                stored = self._grey(header)
        except PARSING_ERRORS as error:
            name = _GDCM.get(pixels.syntax, "stored")
            raise ReadError(
                f"{shown(header.path)} is damaged: its pixels ({name}) can't be decoded. Ask for a new copy.",
                path=header.path,
            ) from error
        return rescaled(
            _unmasked(stored.astype(_stored_type(pixels), copy=False), pixels), header.slope, header.intercept, to
        )

    def _colour(self, header: SliceHeader) -> NDArray[np.uint8]:
        pixels = header.pixels
        if pixels.syntax not in _GDCM_COLOUR or pixels.samples != 3:
            try:
                return _rgb(_by_pydicom(header, is_raw=False), header)
            except PARSING_ERRORS:
                if pixels.syntax not in _GDCM or pixels.samples != 3:
                    raise
        values = _by_gdcm(self._frame(header), pixels)
        if pixels.photometric in ("YBR_FULL", "YBR_FULL_422"):
            values = convert_color_space(values, "YBR_FULL", "RGB")
        return _rgb(values, header)

    def _grey(self, header: SliceHeader) -> NDArray[Any]:
        pixels = header.pixels
        if pixels.offset is not None:
            return _from_file(header)
        if pixels.syntax in _GDCM:
            try:
                return _by_gdcm(self._frame(header), pixels)
            except RuntimeError:  # SimpleITK's; Pillow knows some streams that GDCM does not
                _log.info("GDCM could not decode a slice; trying the next decoder")
        return _by_pydicom(header, is_raw=True)

    def _frame(self, header: SliceHeader) -> bytes:
        if self._path != header.path:
            whole = pydicom.dcmread(header.path, specific_tags=["PixelData", "NumberOfFrames"], force=True)
            self._frames = list(generate_frames(whole.PixelData, number_of_frames=header.frames))
            self._path = header.path
        return self._frames[header.frame]


def _stored_type(pixels: Pixels) -> np.dtype[Any]:
    return np.dtype(f"{'i' if pixels.is_signed else 'u'}{pixels.bits_allocated // 8}")


def _from_file(header: SliceHeader) -> NDArray[Any]:
    pixels = header.pixels
    assert pixels.offset is not None
    dtype = _stored_type(pixels)
    flat = np.empty(pixels.rows * pixels.columns, dtype.newbyteorder(">" if pixels.syntax == BIG_ENDIAN else "<"))
    with header.path.open("rb", buffering=0) as file:
        file.seek(pixels.offset + header.frame * pixels.frame_bytes)
        if file.readinto(flat.view(np.uint8).data) != pixels.frame_bytes:
            raise EOFError
    return flat.reshape(pixels.rows, pixels.columns)


def _by_pydicom(header: SliceHeader, *, is_raw: bool) -> NDArray[Any]:
    """One frame as pydicom decodes it; ``is_raw`` keeps the file's own colour space."""
    source: Any = header.path
    if header.pixels.syntax == DEFLATED:  # which pixel_array does not unpack by itself
        source = pydicom.dcmread(header.path)
    values: NDArray[Any] = pixel_array(source, index=header.frame, raw=is_raw)
    return values


def _unmasked(stored: NDArray[Any], pixels: Pixels) -> NDArray[Any]:
    """The stored bits alone, sign included: what lies above and below them in a word is not the image (PS3.5, 8.1.1)."""
    above = pixels.bits_allocated - 1 - pixels.high_bit
    below = pixels.high_bit + 1 - pixels.bits_stored
    if above == 0 and below == 0:
        return stored
    values = stored if stored.flags.writeable else stored.copy()
    values <<= above
    values >>= above + below
    return values


def _rgb(values: NDArray[Any], header: SliceHeader) -> NDArray[np.uint8]:
    """Red, green and blue of 8 bits, whatever the file's colour space."""
    pixels = header.pixels
    if pixels.photometric == "PALETTE COLOR":
        values = apply_color_lut(values, pydicom.dcmread(header.path, stop_before_pixels=True, force=True))
    if values.dtype.itemsize > 1:
        values = values >> (
            8 * values.dtype.itemsize - 8 if pixels.photometric == "PALETTE COLOR" else max(0, pixels.bits_stored - 8)
        )
    if values.ndim != 3 or values.shape[2] < 3:
        raise ValueError(values.shape)
    return np.ascontiguousarray(values[..., :3].astype(np.uint8))


def _by_gdcm(frame: bytes, pixels: Pixels) -> NDArray[Any]:
    """One compressed frame, decoded by GDCM as a file that holds nothing else.

    GDCM would negate MONOCHROME1 and apply the rescale in the type of the first slice; of a file without either it gives the
    stored numbers. The file has no patient in it, and a plain name.
    """
    import SimpleITK as sitk  # noqa: N813 - 0.2 s, only where a scan is compressed

    bare = pydicom.Dataset()
    bare.file_meta = FileMetaDataset()
    bare.file_meta.TransferSyntaxUID = pydicom.uid.UID(pixels.syntax)
    bare.SOPClassUID = bare.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    bare.SOPInstanceUID = bare.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    bare.Rows, bare.Columns, bare.SamplesPerPixel = pixels.rows, pixels.columns, pixels.samples
    bare.PhotometricInterpretation = "MONOCHROME2" if pixels.samples == 1 else "RGB"
    if pixels.samples == 3:
        bare.PlanarConfiguration = 0
    bare.BitsAllocated, bare.BitsStored, bare.HighBit = pixels.bits_allocated, pixels.bits_stored, pixels.high_bit
    bare.PixelRepresentation = int(pixels.is_signed)
    bare.PixelData = encapsulate([frame])
    handle, name = tempfile.mkstemp(suffix=".dcm")
    os.close(handle)
    try:
        bare.save_as(name, enforce_file_format=True)
        sitk.ProcessObject.SetGlobalWarningDisplay(False)  # noqa: FBT003
        values: NDArray[Any] = sitk.GetArrayFromImage(sitk.ReadImage(name, imageIO="GDCMImageIO"))
    finally:
        Path(name).unlink(missing_ok=True)
    return (
        values.reshape(pixels.rows, pixels.columns, 3)
        if pixels.samples == 3
        else values.reshape(pixels.rows, pixels.columns)
    )
