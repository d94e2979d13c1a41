"""NRRD, .nrrd and .nhdr, in and out: https://teem.sourceforge.net/nrrd/format.html."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.affine import is_usable, matrix_of
from unet_studio.files.placing import Placed, placed, unplaced
from unet_studio.files.regular import reading_errors, regular_size, shown
from unet_studio.files.scan import Scan
from unet_studio.files.stored import Packing, Stored, check_stored
from unet_studio.files.stored_voxels import StoredVoxels, frame_scans
from unet_studio.image.volume import Geometry, Index

_TYPES = {
    "i1": ("signed char", "int8", "int8_t"),
    "u1": ("uchar", "unsigned char", "uint8", "uint8_t"),
    "i2": ("short", "short int", "signed short", "signed short int", "int16", "int16_t"),
    "u2": ("ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
    "i4": ("int", "signed int", "int32", "int32_t"),
    "u4": ("uint", "unsigned int", "uint32", "uint32_t"),
    "i8": ("longlong", "long long", "long long int", "signed long long", "signed long long int", "int64", "int64_t"),
    "u8": ("ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
    "f4": ("float",),
    "f8": ("double",),
}
_TYPE_OF = {name: code for code, names in _TYPES.items() for name in names}
_PACKINGS: dict[str, Packing] = {"raw": "raw", "gzip": "gzip", "gz": "gzip", "bzip2": "bzip2", "bz2": "bzip2"}
_SPACES = {
    "left-posterior-superior": (1, 1, 1), "lps": (1, 1, 1),
    "right-anterior-superior": (-1, -1, 1), "ras": (-1, -1, 1),
    "left-anterior-superior": (1, -1, 1), "las": (1, -1, 1),
}  # fmt: skip
_COLOURS = {"rgb-color": 3, "3-color": 3, "rgba-color": 4, "4-color": 4}
_UNIT_MM = {"um": 0.001, "µm": 0.001, "micron": 0.001, "microns": 0.001, "m": 1000.0, "cm": 10.0}
_LONGEST_HEADER = 1 << 20


@dataclass(frozen=True, slots=True)
class _Axes:
    """``shape`` of one volume; ``extra`` voxels beside each other at each place (``first``) or volumes one after another."""

    shape: Index
    space: tuple[int, ...]
    extra: int = 1
    is_first: bool = False
    is_colour: bool = False


def scans(path: Path, *, is_trusted: bool = False) -> tuple[Scan, ...]:
    """The volumes of a NRRD file: one, or one per frame of a 4-D file.

    Raises:
        ReadError: damaged, or of a kind without one number (or one colour) per voxel.
        ChoiceNeeded: suspiciously large once unpacked.
    """
    fields, start = _fields(path)
    axes = _axes(fields, path)
    dtype = _dtype(fields, path)
    beside, frames = (axes.extra, 1) if axes.is_first else (1, axes.extra)
    frame_bytes = axes.shape[0] * axes.shape[1] * axes.shape[2] * beside * dtype.itemsize
    stored = _stored(fields, path, start, frame_bytes, frames)
    longer = check_stored(stored, is_trusted=is_trusted)
    where = _where(fields, axes, path)
    has_frames_inside = axes.is_first and not axes.is_colour
    voxels = StoredVoxels(stored, dtype, axes.shape, beside, has_frames_inside=has_frames_inside)
    frames = axes.extra if has_frames_inside else frames
    return frame_scans(path, where, voxels, frames=frames, notes=(longer,), is_trusted=is_trusted)


def _damaged(path: Path, why: str) -> ReadError:
    return ReadError(f"{shown(path)} is damaged: {why}. Ask for a new copy.", path=path)


def _fields(path: Path) -> tuple[dict[str, str], int]:
    """The header's fields, names in lower case, and where its data would begin."""
    regular_size(path)
    with reading_errors(path), path.open("rb") as file:
        head = file.read(_LONGEST_HEADER)
    end = re.search(rb"\r?\n\r?\n", head)
    text = head[: end.start() if end else len(head)].decode("utf-8", "replace")
    fields = {}
    for line in text.splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon and not line.startswith("#") and not value.startswith("="):
            fields[name.strip().lower().replace("datafile", "data file")] = value.strip()
    return fields, end.end() if end else len(head)


def _axes(fields: dict[str, str], path: Path) -> _Axes:
    try:
        sizes = [int(n) for n in fields["sizes"].split()]
    except (KeyError, ValueError):
        raise _damaged(path, "its header gives no sizes") from None
    if not sizes or min(sizes) < 1:
        raise _damaged(path, f"its header claims the impossible size {fields['sizes']}")
    kinds = [k.strip('"').lower() for k in fields.get("kinds", "").split()]
    kinds = kinds if len(kinds) == len(sizes) else ["domain"] * len(sizes)
    vectors = re.findall(r"none|\([^)]*\)", fields.get("space directions", ""))
    is_space = [v != "none" for v in vectors] if len(vectors) == len(sizes) else _spatial(kinds, len(sizes))
    space = tuple(i for i, s in enumerate(is_space) if s)
    others = [i for i, s in enumerate(is_space) if not s]
    if len(space) not in (2, 3) or len(others) > 1 or (others and others[0] not in (0, len(sizes) - 1)):
        raise ReadError(
            f"{shown(path)} has {len(sizes)} dimensions in an order this program can't show. Save it as 3-D volumes.",
            path=path,
        )
    x, y, z = ([sizes[i] for i in space] + [1])[:3]
    if not others:
        return _Axes((z, y, x), space)
    extra, is_first = sizes[others[0]], others[0] == 0
    is_colour = is_first and extra in (3, 4) and (kinds[0] in _COLOURS or (kinds[0] == "vector" and _is_bytes(fields)))
    return _Axes((z, y, x), space, extra, is_first, is_colour)


def _spatial(kinds: list[str], count: int) -> list[bool]:
    named = [k in ("domain", "space") for k in kinds]
    if sum(named) in (2, 3):
        return named
    return [i < 3 for i in range(count)]


def _is_bytes(fields: dict[str, str]) -> bool:
    return _TYPE_OF.get(fields.get("type", "").lower()) == "u1"


def _dtype(fields: dict[str, str], path: Path) -> np.dtype[Any]:
    code = _TYPE_OF.get(" ".join(fields.get("type", "").lower().split()))
    if code is None:
        raise ReadError(
            f"{shown(path)} has an unsupported data type ({fields.get('type', 'none')}). Convert it to 16-bit integers.",
            path=path,
        )
    endian = fields.get("endian", "little").lower()
    return np.dtype(code).newbyteorder(">" if endian == "big" else "<")


def _stored(fields: dict[str, str], path: Path, start: int, nbytes: int, frames: int) -> Stored:
    encoding = fields.get("encoding", "raw").lower()
    if encoding not in _PACKINGS:
        raise ReadError(f"{shown(path)} is encoded as {encoding}, which is not read. Save it as gzip.", path=path)
    data = fields.get("data file", "")
    image = detached(path, data) if data else path
    start = 0 if data else start
    size = regular_size(image)
    try:
        skip, lines = (int(fields.get(name, 0)) for name in ("byte skip", "line skip"))
    except ValueError:
        raise _damaged(path, "its byte or line skip is no number") from None
    if lines > 0:
        raise ReadError(
            f"{shown(path)} has text lines before its voxels, which is not read. Save it as gzip.", path=path
        )
    packing = _PACKINGS[encoding]
    if skip < 0 and packing == "raw":
        start, skip = max(start, size - nbytes * frames), 0
    return Stored(image, nbytes, start=start, skip=max(skip, 0), packing=packing, total=nbytes * frames)


def detached(path: Path, name: str) -> Path:
    """The voxel file that a header file names: in the header's own folder or below, and there.

    Raises:
        ReadError: elsewhere (a header could name any file of the computer), several files, or missing.
    """
    if name.upper().startswith("LIST") or "%" in name or len(name.split()) > 3:
        raise ReadError(
            f"{shown(path)} is spread over several data files, which is not read. Save it as one.", path=path
        )
    if "\0" in name or Path(name) == Path():
        raise _damaged(path, "the name of its data file is impossible")
    with reading_errors(path):
        image, folder = (path.parent / name).resolve(), path.parent.resolve()
        is_outside = not image.is_relative_to(folder)
    if is_outside:
        raise ReadError(
            f"{shown(path)} names a data file outside its own folder, which is refused as unsafe. Put both into one folder.",
            path=path,
        )
    if not image.is_file():
        raise ReadError(
            f"{shown(path)} needs the data file {shown(Path(name))}, which is missing. Put it beside.", path=path
        )
    return image


def _numbers(text: str) -> list[float]:
    try:
        return [float(v) for v in re.split(r"[\s,()]+", text) if v]
    except ValueError:
        return []


@np.errstate(all="ignore")
def _where(fields: dict[str, str], axes: _Axes, path: Path) -> Placed:
    signs = _SPACES.get(fields.get("space", "").lower())
    vectors = [v for v in re.findall(r"none|\([^)]*\)", fields.get("space directions", "")) if v != "none"]
    steps = [_numbers(v) for v in vectors]
    unit = _UNIT_MM.get((re.findall(r'"([^"]*)"', fields.get("space units", "")) or ["mm"])[0].lower(), 1.0)
    if signs and len(steps) == 3 and all(len(s) == 3 for s in steps):
        origin = _numbers(fields.get("space origin", "")) or [0.0, 0.0, 0.0]
        matrix = np.eye(4)
        matrix[:3, :3] = np.array(steps).T * unit
        if len(origin) == 3:
            matrix[:3, 3] = np.array(origin) * unit
        matrix[:3] *= np.array(signs)[:, None]
        if is_usable(matrix):
            return placed(matrix, axes.shape, path)
    spacings = [s for s in _numbers(fields.get("spacings", "").replace("nan", "")) if np.isfinite(s)]
    if not spacings and steps:
        spacings = [float(np.linalg.norm(s)) for s in steps]
    spacings = [abs(s) * unit for s in spacings][: len(axes.space)]
    return unplaced(axes.shape, spacings if len(axes.space) == 3 or not spacings else [*spacings, 1.0], path)


def header_text(geometry: Geometry, dtype: np.dtype[Any], channels: int = 1) -> str:
    """A NRRD header, with its closing empty line, for gzip-packed little-endian voxels behind it."""
    z, y, x = geometry.shape
    colour = channels > 1
    lines = [
        "NRRD0004",
        f"type: {next(names[-1] for code, names in _TYPES.items() if np.dtype(code) == dtype)}",
        f"dimension: {3 + colour}",
        "sizes: " + (f"{channels} " if colour else "") + f"{x} {y} {z}",
        "kinds: " + ("RGB-color " if colour else "") + "domain domain domain",
        "endian: little",
        "encoding: gzip",
    ]
    if geometry.has_orientation:
        matrix = matrix_of(geometry)
        columns = " ".join(_written(matrix[:3, i]) for i in range(3))
        lines.insert(3, "space: left-posterior-superior")
        lines += [f"space directions: {'none ' if colour else ''}{columns}", f"space origin: {_written(matrix[:3, 3])}"]
    elif geometry.has_spacing:
        lines.append("spacings: " + ("nan " if colour else "") + " ".join(repr(s) for s in geometry.spacing_mm[::-1]))
    return "\n".join(lines) + "\n\n"


def _written(values: Any) -> str:
    return "(" + ",".join(repr(float(v)) for v in values) + ")"
