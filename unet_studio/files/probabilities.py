"""A network's probabilities as a NIfTI file: float32, one volume a class."""

from pathlib import Path

import numpy as np
from isal import igzip
from numpy.typing import NDArray

from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.nifti_header import header_bytes
from unet_studio.files.regular import shown
from unet_studio.image.volume import Geometry

_DIM = 40  # where a NIfTI-1 header has its eight 16-bit sizes


def write_probabilities(path: Path, probabilities: NDArray[np.float32], geometry: Geometry) -> None:
    """Writes (class, z, y, x) on their volume's grid as a .nii.gz of four dimensions, (x, y, z, class), background first.

    Raises:
        WriteError: another ending, or the disk.
    """
    assert probabilities.dtype == np.float32 and probabilities.shape[1:] == geometry.shape, probabilities.shape
    if not path.name.lower().endswith(".nii.gz"):
        raise WriteError(f"{shown(path)} can't be saved: probabilities are written as .nii.gz only.", path=path)
    header = bytearray(header_bytes(geometry, np.dtype(np.float32)))
    z, y, x = geometry.shape
    header[_DIM : _DIM + 16] = np.array([4, x, y, z, len(probabilities), 1, 1, 1], "<i2").tobytes()

    def write(beside: Path) -> None:
        with beside.open("wb") as file, igzip.IGzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
            packed.write(bytes(header))
            for chance in probabilities:
                packed.write(np.ascontiguousarray(chance, "<f4").data)

    replace_file(path, write)
