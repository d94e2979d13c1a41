"""MetaImage, .mha and .mhd, in and out: https://itk.org/Wiki/ITK/MetaIO/Documentation."""

from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.affine import Matrix, is_usable, matrix_of
from unet_studio.files.nrrd import detached
from unet_studio.files.placing import Placed, placed, unplaced
from unet_studio.files.regular import reading_errors, regular_size, shown
from unet_studio.files.scan import Scan
from unet_studio.files.stored import Stored, check_stored
from unet_studio.files.stored_voxels import StoredVoxels, frame_scans
from unet_studio.image.volume import Geometry, Index

_TYPES = {
    "MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4", "MET_UINT": "u4",
    "MET_LONG": "i4", "MET_ULONG": "u4", "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4",
    "MET_DOUBLE": "f8",
}  # fmt: skip
_WRITTEN = {"i1": "MET_CHAR", "u1": "MET_UCHAR", "i2": "MET_SHORT", "u2": "MET_USHORT", "i4": "MET_INT", "u4": "MET_UINT",
            "i8": "MET_LONG_LONG", "u8": "MET_ULONG_LONG", "f4": "MET_FLOAT", "f8": "MET_DOUBLE"}  # fmt: skip
_LONGEST_HEADER = 1 << 20


def is_metaimage(head: bytes) -> bool:
    """Whether a file's first bytes are a MetaImage header."""
    return head.lstrip().startswith((b"ObjectType", b"NDims", b"Comment"))


def scans(path: Path, *, is_trusted: bool = False) -> tuple[Scan, ...]:
    """The volumes of a MetaImage file: one, or one per frame of a 4-D file.

    Raises:
        ReadError: damaged, or of a kind without one number (or one colour) per voxel.
        ChoiceNeeded: suspiciously large once unpacked.
    """
    fields, start = _fields(path)
    shape, frames = _shape(fields, path)
    dtype = _dtype(fields, path)
    channels = _whole(fields, "elementnumberofchannels", 1, path)
    if channels not in (1, 3, 4):
        raise ReadError(
            f"{shown(path)} has {channels} components per voxel, which can't be shown. Save one of them.", path=path
        )
    frame_bytes = shape[0] * shape[1] * shape[2] * channels * dtype.itemsize
    stored = _stored(fields, path, start, frame_bytes, frames)
    longer = check_stored(stored, is_trusted=is_trusted)
    where = _where(fields, shape, path)
    voxels = StoredVoxels(stored, dtype, shape, channels)
    return frame_scans(path, where, voxels, frames=frames, notes=(longer,), is_trusted=is_trusted)


def header_text(geometry: Geometry, dtype: np.dtype[Any], channels: int = 1, *, packed_bytes: int) -> str:
    """A MetaImage header for zlib-packed little-endian voxels behind it."""
    matrix = matrix_of(geometry)
    steps = matrix[:3, :3] / np.linalg.norm(matrix[:3, :3], axis=0)
    lines = [
        "ObjectType = Image",
        "NDims = 3",
        "BinaryData = True",
        "BinaryDataByteOrderMSB = False",
        "CompressedData = True",
        f"CompressedDataSize = {packed_bytes}",
    ]
    if geometry.has_orientation:
        lines.append("TransformMatrix = " + " ".join(repr(float(v)) for v in steps.T.ravel()))
        lines.append("Offset = " + " ".join(repr(float(v)) for v in geometry.origin_mm))
    if geometry.has_spacing or geometry.has_orientation:
        lines.append("ElementSpacing = " + " ".join(repr(s) for s in geometry.spacing_mm[::-1]))
    lines.append("DimSize = " + " ".join(str(n) for n in geometry.shape[::-1]))
    if channels > 1:
        lines.append(f"ElementNumberOfChannels = {channels}")
    lines += [f"ElementType = {_WRITTEN[dtype.str[1:]]}", "ElementDataFile = LOCAL"]
    return "\n".join(lines) + "\n"


def _damaged(path: Path, why: str) -> ReadError:
    return ReadError(f"{shown(path)} is damaged: {why}. Ask for a new copy.", path=path)


def _fields(path: Path) -> tuple[dict[str, str], int]:
    """The header's fields, names in lower case, and where its data begin: behind the line that names the data file."""
    regular_size(path)
    with reading_errors(path), path.open("rb") as file:
        head = file.read(_LONGEST_HEADER)
    fields: dict[str, str] = {}
    start = 0
    while start < len(head):
        end = head.find(b"\n", start)
        end = len(head) if end < 0 else end
        name, equals, value = head[start:end].decode("utf-8", "replace").partition("=")
        start = end + 1
        if equals:
            fields[name.strip().lower()] = value.strip()
        if equals and name.strip().lower() == "elementdatafile":
            return fields, start
    raise _damaged(path, "its header names no data file (ElementDataFile)")


def _whole(fields: dict[str, str], name: str, default: int, path: Path) -> int:
    try:
        return int(fields.get(name, default))
    except ValueError:
        raise _damaged(path, f"its {name} is no number") from None


def _numbers(fields: dict[str, str], *names: str) -> list[float]:
    text = next((fields[n] for n in names if n in fields), "")
    try:
        return [float(v) for v in text.split()]
    except ValueError:
        return []


def _shape(fields: dict[str, str], path: Path) -> tuple[Index, int]:
    try:
        sizes = [int(n) for n in fields.get("dimsize", "").split()]
    except ValueError:
        sizes = []
    if len(sizes) not in (2, 3, 4) or min(sizes) < 1:
        raise _damaged(path, f"its header claims the impossible size {fields.get('dimsize', '(none)')}")
    x, y, z, frames = [*sizes, 1, 1][:4]
    return (z, y, x), frames


def _dtype(fields: dict[str, str], path: Path) -> np.dtype[Any]:
    name = fields.get("elementtype", "").upper().removesuffix("_ARRAY")
    if name not in _TYPES:
        raise ReadError(
            f"{shown(path)} has an unsupported data type ({name or 'none'}). Convert it to 16-bit integers.", path=path
        )
    is_big = "true" in (fields.get("binarydatabyteordermsb", "") + fields.get("elementbyteordermsb", "")).lower()
    return np.dtype(_TYPES[name]).newbyteorder(">" if is_big else "<")


def _stored(fields: dict[str, str], path: Path, start: int, nbytes: int, frames: int) -> Stored:
    name = fields["elementdatafile"]
    if fields.get("binarydata", "true").lower() == "false":
        raise ReadError(f"{shown(path)} holds its voxels as text, which is not read. Save it as binary.", path=path)
    is_local = name.upper() == "LOCAL"
    image = path if is_local else detached(path, name)
    if fields.get("compresseddata", "false").lower() == "true":
        return Stored(image, nbytes, start=start if is_local else 0, packing="zlib", total=nbytes * frames)
    offset = _whole(fields, "headersize", 0, path)
    if not is_local:
        start = offset if offset >= 0 else max(0, regular_size(image) - nbytes * frames)
    return Stored(image, nbytes, start=start, total=nbytes * frames)


@np.errstate(all="ignore")
def _where(fields: dict[str, str], shape: Index, path: Path) -> Placed:
    count = len(fields["dimsize"].split())
    spacing = _numbers(fields, "elementspacing", "elementsize")[:3]
    spacing = [*spacing, 1.0] if count == 2 and len(spacing) == 2 else spacing
    is_known = len(spacing) == 3 and all(np.isfinite(s) and s > 0 for s in spacing)
    matrix = _matrix(fields, count, spacing if is_known else [1.0, 1.0, 1.0])
    if matrix is None or not is_usable(matrix):
        return unplaced(shape, spacing, path)
    return placed(matrix, shape, path, has_spacing=is_known)


def _matrix(fields: dict[str, str], count: int, spacing: list[float]) -> Matrix | None:
    directions = _numbers(fields, "transformmatrix", "orientation", "rotation")
    if count < 3 or len(directions) != count * count:
        return None
    offset = _numbers(fields, "offset", "position", "origin") or [0.0] * count
    matrix = np.eye(4)
    # MetaIO writes one axis' direction after the other, so rows of the text are columns of the matrix.
    matrix[:3, :3] = np.array(directions).reshape(count, count)[:3, :3].T * spacing
    matrix[:3, 3] = offset[:3] if len(offset) >= 3 else 0.0
    return matrix
