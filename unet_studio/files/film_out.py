"""All frames of a scan, or the labels of them, as one NIfTI file of four dimensions, (x, y, z, time)."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from isal import igzip
from numpy.typing import NDArray

from unet_studio.errors import ReadError, WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.contents import Kind, file_contents, kind_of
from unet_studio.files.nifti_header import Times, header_bytes, parse_header
from unet_studio.files.regular import shown
from unet_studio.files.stored import read_start
from unet_studio.image.volume import Geometry
from unet_studio.progress import finish

ENDINGS = (".nii.gz", ".nii")  # formats that know frames
_MOST = 32767  # of a NIfTI-1 dimension


def write_film(path: Path, frames: Sequence[NDArray[Any]], geometry: Geometry, times: Times) -> Path:
    """Writes several frames (z, y, x) of one type, in their order, on the grid of their scan; the path written.

    Read back and compared frame by frame before it takes the place of an older file.

    Raises:
        WriteError: another ending than .nii and .nii.gz, too many frames, the disk, or not the same when read back.
    """
    dtype = frames[0].dtype.newbyteorder("<")
    assert times.frames == len(frames) > 1, (times, len(frames))
    assert all(f.shape == geometry.shape and f.dtype == frames[0].dtype for f in frames)
    ending = check_film(path, None)
    if len(frames) > _MOST:
        raise WriteError(f"{shown(path)} can't be saved: NIfTI takes {_MOST:,} frames. Export fewer.", path=path)
    if not (geometry.has_spacing or geometry.has_orientation):  # nothing of it can be stored
        geometry = Geometry(geometry.shape, has_spacing=False, has_orientation=False)

    def put(file: Any) -> None:
        file.write(header_bytes(geometry, dtype, times=times))
        for voxels in frames:
            file.write(np.ascontiguousarray(voxels, dtype).data)

    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            if ending == ".nii":
                put(file)
            else:
                with igzip.IGzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
                    put(packed)
        _compare(beside, path, frames, geometry)

    replace_file(path, write)
    return path


def check_film(path: Path, source: Path | None) -> str:
    """The ending of a file that may hold several frames; ``source`` is where they come from, to be named.

    Raises:
        WriteError: another ending than .nii and .nii.gz.
    """
    ending = next((e for e in ENDINGS if path.name.lower().endswith(e)), None)
    if ending is None:
        one = "" if source is None else f", or take one frame as {shown(source)}#1"
        raise WriteError(f"{shown(path)} can't hold several frames. Save as {' or '.join(ENDINGS)}{one}.", path=path)
    return ending


def times_of(path: Path, frames: int) -> Times:
    """The time step that a scan's file tells for its frames; none where it is another format, which is not asked."""
    with suppress(ReadError):
        if path.is_file() and kind_of(path) is Kind.NIFTI:
            header = parse_header(read_start(path, 544), path)
            step = header.pixdim[3]
            if np.isfinite(step) and step > 0:
                return Times(frames, step, header.time_unit)
    return Times(frames)


def _compare(beside: Path, path: Path, frames: Sequence[NDArray[Any]], geometry: Geometry) -> None:
    """Reads back what was written; a disk that lost a part of it without a word is found out here."""
    try:
        scans = finish(file_contents(beside, is_trusted=True)).scans
        is_same = len(scans) == len(frames) and all(
            scan.geometry.is_same_grid(geometry)
            and np.array_equal(finish(scan.load()), voxels, equal_nan=voxels.dtype.kind == "f")
            for scan, voxels in zip(scans, frames, strict=True)
        )
    except ReadError as error:
        raise WriteError(
            f"{shown(path)} could not be saved whole: the disk may be full. Save somewhere else.", path=path
        ) from error
    if not is_same:
        raise WriteError(f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path)
