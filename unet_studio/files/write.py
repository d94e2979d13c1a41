"""A grid of voxels into a file: NIfTI, NRRD, MetaImage or pictures; written beside, read back, compared, then put in place."""

from pathlib import Path
from typing import Any

import numpy as np
from isal import igzip, isal_zlib
from numpy.typing import NDArray

from unet_studio.errors import ReadError, WriteError
from unet_studio.files import metaimage, nifti_header, nrrd
from unet_studio.files.atomic import replace_file, replace_folder
from unet_studio.files.contents import file_contents, folder_contents, picture_stack
from unet_studio.files.regular import shown
from unet_studio.files.scan import Scan
from unet_studio.image.volume import Geometry
from unet_studio.progress import finish

ENDINGS = (".nii.gz", ".nii", ".nrrd", ".mha", ".png", ".tif", ".tiff")
_LEVEL = 1  # isal's fastest that still packs; 0.4 s for a 157 MB scan where zlib's 6 takes 10 s


def write_grid(path: Path, voxels: NDArray[Any], geometry: Geometry) -> Path:
    """Writes voxels (z, y, x[, channel]) in the format of the path's ending; what was there is replaced only by a whole file.

    Several slices as .png become a folder of the path without its ending, ``0000.png``, ``0001.png``, … along z.
    Gives back the path written.

    Raises:
        WriteError: an unknown ending, a voxel type the format has not, the disk, or not the same when read back.
    """
    ending = next((e for e in ENDINGS if path.name.lower().endswith(e)), None)
    if ending is None:
        raise WriteError(
            f"{shown(path)} can't be saved: its ending is none of {', '.join(ENDINGS)}. Choose one of them.", path=path
        )
    if not (geometry.has_spacing or geometry.has_orientation):  # nothing of it can be stored
        geometry = Geometry(geometry.shape, has_spacing=False, has_orientation=False)
    stored = np.ascontiguousarray(voxels.astype(np.uint8) if voxels.dtype == np.bool_ else voxels)
    stored = stored.astype(stored.dtype.newbyteorder("<"), copy=False)
    if ending in (".png", ".tif", ".tiff"):
        return _write_pictures(path, stored, ending)
    channels = _channels(stored)
    if ending in (".nii", ".nii.gz") and channels > 1 and (channels != 3 or stored.dtype != np.uint8):
        raise WriteError(f"{shown(path)} can't be saved: NIfTI takes colours of 8 bits only. Save as .nrrd.", path=path)
    parts = {".nii": _nifti, ".nii.gz": _nifti_gz, ".nrrd": _nrrd, ".mha": _metaimage}[ending]

    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            parts(file, stored, geometry)
        _compare(beside, path, stored, geometry)

    replace_file(path, write)
    return path


def _nifti(file: Any, voxels: NDArray[Any], geometry: Geometry) -> None:
    file.write(nifti_header.header_bytes(geometry, voxels.dtype, _channels(voxels)))
    file.write(voxels.data)


def _nifti_gz(file: Any, voxels: NDArray[Any], geometry: Geometry) -> None:
    with igzip.IGzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed:
        _nifti(packed, voxels, geometry)


def _nrrd(file: Any, voxels: NDArray[Any], geometry: Geometry) -> None:
    file.write(nrrd.header_text(geometry, voxels.dtype, _channels(voxels)).encode())
    with igzip.IGzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed:
        packed.write(voxels.data)


def _metaimage(file: Any, voxels: NDArray[Any], geometry: Geometry) -> None:
    packed = isal_zlib.compress(voxels.data, _LEVEL)
    header = metaimage.header_text(geometry, voxels.dtype, _channels(voxels), packed_bytes=len(packed))
    file.write(header.encode())
    file.write(packed)


def _channels(voxels: NDArray[Any]) -> int:
    return 1 if voxels.ndim == 3 else int(voxels.shape[3])


def _check_picture(path: Path, voxels: NDArray[Any], ending: str) -> None:
    kinds = (
        ["uint8"] if voxels.ndim == 4 else ["uint8", "uint16"] if ending == ".png" else ["uint8", "uint16", "float32"]
    )
    if voxels.dtype.name not in kinds:
        raise WriteError(
            f"{shown(path)} can't be saved: pictures take 8 or 16 bits without sign, not {voxels.dtype}. Save as .nii.gz.",
            path=path,
        )


def _write_pictures(path: Path, voxels: NDArray[Any], ending: str) -> Path:
    _check_picture(path, voxels, ending)
    from PIL import Image

    pages = [Image.fromarray(page) for page in voxels]
    if ending != ".png":

        def write_tiff(beside: Path) -> None:
            with beside.open("w+b") as file:
                pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_adobe_deflate")
            _compare(beside, path, voxels, None)

        replace_file(path, write_tiff)
        return path
    if len(pages) == 1:

        def write_png(beside: Path) -> None:
            with beside.open("wb") as file:
                pages[0].save(file, "PNG")
            _compare(beside, path, voxels, None)

        replace_file(path, write_png)
        return path
    folder = path.with_name(path.name[: -len(ending)])
    if folder.exists() and not folder.is_dir():
        raise WriteError(
            f"{shown(folder)} can't be saved: there is a file of that name. Choose another name.", path=folder
        )

    def write_all(beside: Path) -> None:
        for number, page in enumerate(pages):
            with (beside / f"{number:04d}.png").open("wb") as file:
                page.save(file, "PNG")
        _compare(beside, folder, voxels, None)

    replace_folder(folder, write_all)
    return folder


def _compare(beside: Path, path: Path, voxels: NDArray[Any], geometry: Geometry | None) -> None:
    """Reads back what was written; a disk that lost a part of it without a word is found out here."""
    try:
        scan = _only(beside)
        found = finish(scan.load())
        is_same = np.array_equal(found, voxels, equal_nan=voxels.dtype.kind == "f")
    except ReadError as error:
        raise WriteError(
            f"{shown(path)} could not be saved whole: the disk may be full. Save somewhere else.", path=path
        ) from error
    if not is_same or (geometry is not None and not scan.geometry.is_same_grid(geometry)):
        raise WriteError(f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path)


def _only(beside: Path) -> Scan:
    if beside.is_dir():
        return picture_stack(beside, finish(folder_contents(beside)).pictures)
    return finish(file_contents(beside, is_trusted=True)).scans[0]
