"""One frame of a DICOM file as a library decodes it; runs in the decoding child, whose answers are ``dicom_pixels.py``'s."""

import functools
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import SimpleITK as sitk  # noqa: N813
from numpy.typing import NDArray
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import apply_color_lut, convert_color_space, pixel_array

from unet_studio.errors import ReadError
from unet_studio.files.dicom_errors import PARSING_ERRORS
from unet_studio.files.dicom_file import DEFLATED
from unet_studio.files.dicom_header import Pixels, SliceHeader, slice_headers
from unet_studio.files.dicom_pixels import GDCM
from unet_studio.files.regular import reading_errors, shown

_COLOUR_BY_GDCM = (
    "1.2.840.10008.1.2.4.57",
    "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.81",
)

pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
sitk.ProcessObject.SetGlobalWarningDisplay(False)  # noqa: FBT003


def decoded(path: Path, frame: int) -> NDArray[Any]:
    """The stored numbers (row, column) of one frame, or 8-bit red, green and blue (row, column, channel).

    Raises:
        ReadError: it can't be decoded.
    """
    header = _headers(path)[frame]
    pixels = header.pixels
    try:
        with reading_errors(path), warnings.catch_warnings(action="ignore"):
            return _colour(header) if pixels.is_colour else _grey(header)
    except PARSING_ERRORS as error:
        name = GDCM.get(pixels.syntax, "stored")
        raise ReadError(
            f"{shown(path)} is damaged: its pixels ({name}) can't be decoded. Ask for a new copy.", path=path
        ) from error


@functools.lru_cache(maxsize=1)  # frames of a file follow each other
def _headers(path: Path) -> tuple[SliceHeader, ...]:
    return slice_headers(path)


@functools.lru_cache(maxsize=1)
def _frames(path: Path, count: int) -> list[bytes]:
    whole = pydicom.dcmread(path, specific_tags=["PixelData", "NumberOfFrames"], force=True)
    return list(generate_frames(whole.PixelData, number_of_frames=count))


def _colour(header: SliceHeader) -> NDArray[np.uint8]:
    pixels = header.pixels
    if pixels.syntax not in _COLOUR_BY_GDCM or pixels.samples != 3:
        try:
            return _rgb(_by_pydicom(header, is_raw=False), header)
        except PARSING_ERRORS:
            if pixels.syntax not in GDCM or pixels.samples != 3:
                raise
    values = _by_gdcm(_frames(header.path, header.frames)[header.frame], pixels)
    if pixels.photometric in ("YBR_FULL", "YBR_FULL_422"):
        values = convert_color_space(values, "YBR_FULL", "RGB")
    return _rgb(values, header)


def _grey(header: SliceHeader) -> NDArray[Any]:
    pixels = header.pixels
    if pixels.syntax in GDCM:
        try:
            return _by_gdcm(_frames(header.path, header.frames)[header.frame], pixels)
        except RuntimeError:  # SimpleITK's; Pillow knows some streams that GDCM does not
            pass
    return _by_pydicom(header, is_raw=True)


def _by_pydicom(header: SliceHeader, *, is_raw: bool) -> NDArray[Any]:
    """One frame as pydicom decodes it; ``is_raw`` keeps the file's own colour space."""
    source: Any = header.path
    if header.pixels.syntax == DEFLATED:  # which pixel_array does not unpack by itself
        source = pydicom.dcmread(header.path)
    values: NDArray[Any] = pixel_array(source, index=header.frame, raw=is_raw)
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
        values: NDArray[Any] = sitk.GetArrayFromImage(sitk.ReadImage(name, imageIO="GDCMImageIO"))
    finally:
        Path(name).unlink(missing_ok=True)
    return (
        values.reshape(pixels.rows, pixels.columns, 3)
        if pixels.samples == 3
        else values.reshape(pixels.rows, pixels.columns)
    )
