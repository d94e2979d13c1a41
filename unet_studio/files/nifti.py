"""NIfTI-1 and -2, .nii, .nii.gz and .hdr/.img: read by our own hand, every claim checked before memory is taken.

Standard: nifti1.h and nifti2.h of https://nifti.nimh.nih.gov; its matrices are RAS, ours LPS.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.affine import RAS_TO_LPS, geometry_of, is_usable, same_direction, slant
from unet_studio.files.nifti_header import TYPES, Header, parse_header, quaternion_matrix
from unet_studio.files.regular import shown, stem
from unet_studio.files.rescale import rescaled, type_after
from unet_studio.files.scan import Scan, Voxels
from unet_studio.files.stored import Stored, check_stored, is_gzip, read_start, read_stored
from unet_studio.image.volume import Geometry, Index
from unet_studio.progress import Steps

_UNIT_MM = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}


@dataclass(frozen=True, slots=True)
class _Placed:
    geometry: Geometry
    warnings: tuple[str, ...] = ()
    refusal: str = ""


def scans(path: Path, *, is_trusted: bool = False) -> tuple[Scan, ...]:
    """The volumes of a NIfTI file: one, or one per frame of a 4-D file, with ids "1", "2", …

    Raises:
        ReadError: damaged, impossible, or of a voxel type without one number per voxel.
        ChoiceNeeded: suspiciously large once unpacked; ``is_trusted`` opens it all the same.
    """
    header_path, image_path = _pair(path)
    header = parse_header(read_start(header_path, 544), header_path)
    shape, frames = _shape(header, path)
    dtype, components = _voxel_type(header, path)
    voxels = shape[0] * shape[1] * shape[2]
    frame_bytes = voxels * components * dtype.itemsize
    stored = Stored(
        image_path,
        frame_bytes,
        skip=header.offset,
        packing="gzip" if is_gzip(image_path) else "raw",
        total=frame_bytes * frames,
    )
    longer = check_stored(stored, is_trusted=is_trusted)
    placed = _placed(header, shape, path)
    slope, intercept = header.scaling if components == 1 else (1.0, 0.0)
    warnings = tuple(w for w in (*placed.warnings, longer) if w)
    if components > 1:
        warnings = (*warnings, f"{shown(path)} is in colour: its red, green and blue are three channels.")

    def load(frame: int) -> Steps[Voxels]:
        part = Stored(
            image_path,
            frame_bytes,
            0,
            header.offset + frame * frame_bytes,
            stored.packing,
            frame_bytes * (frames - frame),
        )
        flat = yield from read_stored(part, dtype)
        grid = flat.reshape(*shape, components) if components > 1 else flat.reshape(shape)
        return rescaled(grid[..., :3] if components == 4 else grid, slope, intercept)

    prefix = "anyway-" if is_trusted else ""
    return tuple(
        Scan(
            id=f"{prefix}{frame + 1}",
            name=stem(path) if frames == 1 else f"{stem(path)} frame {frame + 1}",
            geometry=placed.geometry,
            dtype=type_after(dtype.newbyteorder("="), slope, intercept),
            load=partial(load, frame),
            components=min(components, 3),
            frames=frames,
            warnings=warnings,
            refusal=placed.refusal,
        )
        for frame in range(frames)
    )


def _pair(path: Path) -> tuple[Path, Path]:
    """The files of header and voxels: the same, but for .hdr and .img, which open from either."""
    for ending, other in ((".img", ".hdr"), (".hdr", ".img")):
        for gz in ("", ".gz"):
            if path.name.lower().endswith(ending + gz):
                base = path.name[: -len(ending + gz)]
                twins = [path.with_name(base + other + g) for g in (gz, "", ".gz")]
                twin = next((t for t in twins if t.exists()), None)
                if ending == ".hdr" and twin is None and parse_header(read_start(path, 544), path).is_single:
                    return path, path
                if twin is None:
                    raise ReadError(
                        f"{shown(path)} is half of a pair: {twins[0].name} is missing. Put both into one folder.",
                        path=path,
                    )
                return (twin, path) if ending == ".img" else (path, twin)
    return path, path


def _shape(header: Header, path: Path) -> tuple[Index, int]:
    if not 1 <= header.ndim <= 7:
        raise ReadError(
            f"{shown(path)} is damaged: its NIfTI header claims {header.ndim} dimensions. Ask for a new copy.",
            path=path,
        )
    sizes = [*header.dims[: header.ndim], *[1] * (7 - header.ndim)]
    if min(sizes) < 1:
        words = " × ".join(str(n) for n in sizes[: header.ndim])
        raise ReadError(
            f"{shown(path)} is damaged: its header claims the impossible size {words}. Ask for a new copy.", path=path
        )
    x, y, z, *rest = sizes
    frames = int(np.prod(rest, dtype=object))
    return (z, y, x), frames


def _voxel_type(header: Header, path: Path) -> tuple[np.dtype[Any], int]:
    if header.datatype in (128, 2304):
        return np.dtype(np.uint8), 3 if header.datatype == 128 else 4
    name = TYPES.get(header.datatype)
    if name is None:
        raise ReadError(
            f"{shown(path)} has an unsupported data type (NIfTI code {header.datatype}). Convert it to 16-bit integers.",
            path=path,
        )
    dtype = np.dtype(name).newbyteorder(header.order)
    if dtype.kind == "c":
        raise ReadError(
            f"{shown(path)} holds complex numbers, which can't be shown. Save its magnitude as a scan of its own.",
            path=path,
        )
    return dtype, 1


@np.errstate(all="ignore")  # numbers of any size come in; is_usable sorts them
def _placed(header: Header, shape: Index, path: Path) -> _Placed:
    """Where the voxels lie: by the sform, else by the qform, else by voxel size alone."""
    unit = np.diag([_UNIT_MM.get(header.unit, 1.0)] * 3 + [1.0])
    sform = RAS_TO_LPS @ unit @ header.sform if header.sform_code > 0 else None
    qform = RAS_TO_LPS @ unit @ quaternion_matrix(header) if header.qform_code > 0 else None
    warnings = _pixdim_warnings(header, path)
    usable = [m for m in (sform, qform) if m is not None and is_usable(m)]
    upright = [m for m in usable if not slant(m).in_plane]
    if not usable:
        if warnings or (sform is None and qform is None):
            return _without_orientation(header, shape, warnings, path)
        return _Placed(
            Geometry(shape, has_spacing=False, has_orientation=False),
            refusal=f"{shown(path)} is damaged: its affine gives no directions (it is singular). Ask for a new copy.",
        )
    chosen = (upright or usable)[0]
    geometry = geometry_of(chosen, shape, is_float32=header.is_float32)
    refusal = ""
    if not upright:
        refusal = (
            f"{shown(path)} is sheared: the directions of its rows and columns are not at right angles. Resample it onto a "
            "straight grid first."
        )
    elif slant(chosen).through:
        warnings += (
            f"{shown(path)} has slanted slices (a tilted gantry): they are shown as if straight, mm are right.",
        )
    if len(usable) == 2 and not same_direction(usable[0], usable[1], shape):
        which = "sform" if chosen is sform else "qform"
        warnings += (
            f"{shown(path)} stores two orientations that disagree (qform and sform): the {which} is used. "
            "Check left and right.",
        )
    return _Placed(geometry, warnings, refusal)


def _pixdim_warnings(header: Header, path: Path) -> tuple[str, ...]:
    sizes = [float(v) for v in header.pixdim[: min(3, header.ndim)]]
    if all(np.isfinite(s) and s > 0 for s in sizes):
        return ()
    if all(np.isfinite(s) and s != 0 for s in sizes):
        return (f"{shown(path)} has a negative voxel size in its header: taken as positive.",)
    words = " × ".join(f"{s:g}" for s in sizes)
    return (f"{shown(path)} has an impossible voxel spacing in its header ({words}).",)


def _without_orientation(header: Header, shape: Index, warnings: tuple[str, ...], path: Path) -> _Placed:
    scale = _UNIT_MM.get(header.unit, 1.0)
    sizes = [abs(float(v)) * scale for v in header.pixdim[:3]]
    sizes = [s if i < header.ndim else (s if np.isfinite(s) and s > 0 else 1.0) for i, s in enumerate(sizes)]
    is_known = all(np.isfinite(s) and s > 0 for s in sizes)
    is_told = is_known and not (header.unit == 0 and sizes == [1.0, 1.0, 1.0])
    x, y, z = (float(str(np.float32(s))) if np.isfinite(s) and s > 0 else 1.0 for s in sizes)
    if not is_known:
        warnings += (
            f"The voxel spacing of {shown(path)} is unknown: lengths are in pixels, volumes in ml are not shown.",
        )
    warnings += (f"{shown(path)} stores no orientation: it is shown as it is stored, left and right are unknown.",)
    geometry = Geometry(shape, spacing_mm=(z, y, x), has_spacing=is_told, has_orientation=False)
    return _Placed(geometry, warnings)
