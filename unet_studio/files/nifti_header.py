"""The bytes of a NIfTI header: parsed without trust, and made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.affine import RAS_TO_LPS, Matrix, matrix_of, slant
from unet_studio.files.regular import shown
from unet_studio.image.volume import Geometry

TYPES = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
    32: "c8", 1792: "c16",
}  # fmt: skip

_FIELDS = ("sizeof_hdr", "dim", "datatype", "bitpix", "pixdim", "vox_offset", "slope", "inter", "units", "qform_code",
           "sform_code", "quatern", "qoffset", "srow", "magic")  # fmt: skip
_NIFTI1 = np.dtype({
    "names": _FIELDS,
    "formats": ["<i4", ("<i2", 8), "<i2", "<i2", ("<f4", 8), "<f4", "<f4", "<f4", "u1", "<i2", "<i2", ("<f4", 3),
                ("<f4", 3), ("<f4", (3, 4)), "S4"],
    "offsets": [0, 40, 70, 72, 76, 108, 112, 116, 123, 252, 254, 256, 268, 280, 344],
    "itemsize": 348,
})  # fmt: skip
_NIFTI2 = np.dtype({
    "names": _FIELDS,
    "formats": ["<i4", ("<i8", 8), "<i2", "<i2", ("<f8", 8), "<i8", "<f8", "<f8", "<i4", "<i4", "<i4", ("<f8", 3),
                ("<f8", 3), ("<f8", (3, 4)), "S8"],
    "offsets": [0, 16, 12, 14, 104, 168, 176, 184, 500, 344, 348, 352, 376, 400, 4],
    "itemsize": 540,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says, unchecked but for its kind. ``sform`` is 4×4 RAS; ``pixdim`` without its first entry, ``qfac``.

    ``time_unit`` is the format's code: 8 seconds, 16 ms, 24 µs, 32 to 48 other axes than time.
    """

    ndim: int
    dims: tuple[int, ...]
    datatype: int
    order: Literal["<", ">"]
    offset: int
    scaling: tuple[float, float]
    unit: int
    time_unit: int
    pixdim: tuple[float, ...]
    qfac: float
    qform_code: int
    sform_code: int
    quaternion: tuple[float, float, float]
    qoffset: tuple[float, float, float]
    sform: Matrix
    is_single: bool
    is_float32: bool


def is_nifti(head: bytes) -> bool:
    """Whether a file's first 544 bytes are a NIfTI header, of either version and byte order."""
    size = (int.from_bytes(head[:4], "little"), int.from_bytes(head[:4], "big"))
    return (348 in size and head[344:347] in (b"n+1", b"ni1")) or (540 in size and head[4:7] in (b"n+2", b"ni2"))


@np.errstate(invalid="ignore")  # a signalling NaN, cast to 64 bits
def parse_header(head: bytes, path: Path) -> Header:
    """The header in a file's first 544 bytes.

    Raises:
        ReadError: no NIfTI header (an Analyze one has no magic word and no orientation), or a data offset no file has.
    """
    layout, order = _layout(head, path)
    is_first = layout.itemsize == _NIFTI1.itemsize
    raw = np.frombuffer(head, layout, count=1)[0]
    is_single = b"+" in bytes(raw["magic"])
    offset = float(raw["vox_offset"])
    if not np.isfinite(offset) or offset < 0:
        raise ReadError(f"{shown(path)} is damaged: its header gives no data offset. Ask for a new copy.", path=path)
    slope, inter = float(raw["slope"]), float(raw["inter"])
    is_scaled = np.isfinite(slope) and slope != 0 and np.isfinite(inter)
    sform = np.eye(4)
    sform[:3] = raw["srow"]
    a, b, c = (float(v) for v in raw["quatern"])
    x, y, z = (float(v) for v in raw["qoffset"])
    return Header(
        ndim=int(raw["dim"][0]),
        dims=tuple(int(n) for n in raw["dim"][1:]),
        datatype=int(raw["datatype"]),
        order=order,
        offset=max(int(offset), layout.itemsize if is_single else 0),
        scaling=(slope, inter) if is_scaled else (1.0, 0.0),
        unit=int(raw["units"]) & 7,
        time_unit=int(raw["units"]) & 0x38,
        pixdim=tuple(float(v) for v in raw["pixdim"][1:]),
        qfac=-1.0 if float(raw["pixdim"][0]) < 0 else 1.0,
        qform_code=int(raw["qform_code"]),
        sform_code=int(raw["sform_code"]),
        quaternion=(a, b, c),
        qoffset=(x, y, z),
        sform=sform,
        is_single=is_single,
        is_float32=is_first,
    )


def _layout(head: bytes, path: Path) -> tuple[np.dtype[Any], Literal["<", ">"]]:
    if not is_nifti(head):
        raise ReadError(
            f"{shown(path)} is not a NIfTI file: its header lacks the format's magic word (Analyze files do too). "
            "Convert it to .nii.gz.",
            path=path,
        )
    order: Literal["<", ">"] = "<" if int.from_bytes(head[:4], "little") in (348, 540) else ">"
    is_first = (
        head[344:347] in (b"n+1", b"ni1") and int.from_bytes(head[:4], "little" if order == "<" else "big") == 348
    )
    layout = (_NIFTI1 if is_first else _NIFTI2).newbyteorder(order)
    if len(head) < layout.itemsize:
        raise ReadError(
            f"{shown(path)} is damaged: its header is cut short (truncated). Ask for a new copy.", path=path
        )
    return layout, order


def quaternion_matrix(header: Header) -> Matrix:
    """The RAS matrix of the qform (nifti1.h, method 2); not finite where the header's numbers make none."""
    b, c, d = header.quaternion
    rest = 1.0 - (b * b + c * c + d * d)
    matrix = np.full((4, 4), np.nan)
    if not np.isfinite(rest) or rest < -1e-3:
        return matrix
    a = np.sqrt(max(rest, 0.0))
    rotation = np.array([
        [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
        [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
        [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b],
    ])  # fmt: skip
    sizes = np.abs(header.pixdim[:3])
    matrix = np.eye(4)
    matrix[:3, :3] = rotation * sizes * [1.0, 1.0, header.qfac]
    matrix[:3, 3] = header.qoffset
    return matrix


@dataclass(frozen=True, slots=True)
class Times:
    """How many frames follow each other, how far apart; ``unit`` is the format's code for it, 0 where it is not known."""

    frames: int = 1
    step: float = 1.0
    unit: int = 0


def header_bytes(geometry: Geometry, dtype: np.dtype[Any], channels: int = 1, times: Times = Times()) -> bytes:
    """A NIfTI-1 header and its four closing bytes, 352 in all, for voxels of a type ``TYPES`` has.

    Geometry is in the sform, and in the qform too where the axes are at right angles; neither is set for a geometry without
    orientation, and no unit where it has no spacing.
    """
    raw = np.zeros((), _NIFTI1)
    z, y, x = geometry.shape
    raw["sizeof_hdr"], raw["magic"], raw["vox_offset"], raw["slope"] = 348, b"n+1", 352, 1
    raw["dim"] = [3 if times.frames == 1 else 4, x, y, z, times.frames, 1, 1, 1]
    raw["datatype"] = 128 if channels == 3 else next(k for k, v in TYPES.items() if np.dtype(v) == dtype)
    raw["bitpix"] = dtype.itemsize * 8 * channels
    raw["units"] = (2 if geometry.has_spacing else 0) | times.unit
    matrix = RAS_TO_LPS @ matrix_of(geometry)
    qfac = 1.0
    if geometry.has_orientation:
        raw["sform_code"], raw["srow"] = 1, matrix[:3]
        angles = slant(matrix)
        if not (angles.in_plane or angles.through):
            qfac = 1.0 if np.linalg.det(matrix[:3, :3]) > 0 else -1.0
            raw["qform_code"], raw["quatern"], raw["qoffset"] = 1, _quaternion(matrix, qfac), matrix[:3, 3]
    raw["pixdim"] = [qfac, *geometry.spacing_mm[::-1], times.step, 1, 1, 1]
    return raw.tobytes() + bytes(4)


def _quaternion(matrix: Matrix, qfac: float) -> NDArray[np.float64]:
    """b, c, d of the rotation nearest to the matrix' directions, with a ≥ 0."""
    steps = matrix[:3, :3] / np.linalg.norm(matrix[:3, :3], axis=0) * [1.0, 1.0, qfac]
    u, _, vt = np.linalg.svd(steps)
    r = u @ vt
    # Bar-Itzhack (2000), doi:10.2514/2.4654: the quaternion is the leading eigenvector, safe at every angle.
    k = np.array([
        [r[0, 0] - r[1, 1] - r[2, 2], 0, 0, 0],
        [r[0, 1] + r[1, 0], r[1, 1] - r[0, 0] - r[2, 2], 0, 0],
        [r[0, 2] + r[2, 0], r[1, 2] + r[2, 1], r[2, 2] - r[0, 0] - r[1, 1], 0],
        [r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1], r[0, 0] + r[1, 1] + r[2, 2]],
    ])  # fmt: skip
    _, vectors = np.linalg.eigh(k / 3.0)
    b, c, d, a = vectors[:, -1]
    return np.array([b, c, d]) * (-1.0 if a < 0 else 1.0)
