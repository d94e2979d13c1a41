"""NIfTI-1 and -2, .nii, .nii.gz and .hdr/.img: read by our own hand, every claim checked before memory is taken.

Standard: nifti1.h and nifti2.h of https://nifti.nimh.nih.gov; its matrices are RAS, ours LPS.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.affine import RAS_TO_LPS, is_usable, same_direction, slant
from unet_studio.files.nifti_header import TYPES, Header, parse_header, quaternion_matrix
from unet_studio.files.placing import Placed, placed, unplaced
from unet_studio.files.regular import shown
from unet_studio.files.scan import Scan
from unet_studio.files.stored import Stored, check_stored, is_gzip, read_start
from unet_studio.files.stored_voxels import StoredVoxels, frame_scans
from unet_studio.image.volume import Geometry, Index

_UNIT_MM = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}


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
    frame_bytes = shape[0] * shape[1] * shape[2] * components * dtype.itemsize
    stored = Stored(
        image_path,
        frame_bytes,
        skip=header.offset,
        packing="gzip" if is_gzip(image_path) else "raw",
        total=frame_bytes * frames,
    )
    longer = check_stored(stored, is_trusted=is_trusted)
    where = _where(header, shape, path)
    scaling = header.scaling if components == 1 else (1.0, 0.0)
    voxels = StoredVoxels(stored, dtype, shape, components, scaling=scaling)
    return frame_scans(path, where, voxels, frames=frames, notes=(longer,), is_trusted=is_trusted)


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
def _where(header: Header, shape: Index, path: Path) -> Placed:
    """Where the voxels lie: by the sform, else by the qform, else by voxel size alone."""
    unit = np.diag([_UNIT_MM.get(header.unit, 1.0)] * 3 + [1.0])
    sform = RAS_TO_LPS @ unit @ header.sform if header.sform_code > 0 else None
    qform = RAS_TO_LPS @ unit @ quaternion_matrix(header) if header.qform_code > 0 else None
    warnings = _pixdim_warnings(header, path)
    usable = [m for m in (sform, qform) if m is not None and is_usable(m)]
    upright = [m for m in usable if not slant(m).in_plane]
    if not usable:
        if warnings or (sform is None and qform is None):
            where = _without_orientation(header, shape, path)
            return replace(where, warnings=warnings + where.warnings)
        return Placed(
            Geometry(shape, has_spacing=False, has_orientation=False),
            refusal=f"{shown(path)} is damaged: its affine gives no directions (it is singular). Ask for a new copy.",
        )
    chosen = (upright or usable)[0]
    where = placed(chosen, shape, path, is_float32=header.is_float32)
    warnings += where.warnings
    if len(usable) == 2 and not same_direction(usable[0], usable[1], shape):
        warnings += (
            f"{shown(path)} stores two orientations that disagree (qform and sform): the "
            f"{'sform' if chosen is sform else 'qform'} is used. Check left and right.",
        )
    return replace(where, warnings=warnings)


def _pixdim_warnings(header: Header, path: Path) -> tuple[str, ...]:
    sizes = [float(v) for v in header.pixdim[: min(3, header.ndim)]]
    if all(np.isfinite(s) and s > 0 for s in sizes):
        return ()
    if all(np.isfinite(s) and s != 0 for s in sizes):
        return (f"{shown(path)} has a negative voxel size in its header: taken as positive.",)
    words = " × ".join(f"{s:g}" for s in sizes)
    return (f"{shown(path)} has an impossible voxel spacing in its header ({words}).",)


def _without_orientation(header: Header, shape: Index, path: Path) -> Placed:
    scale = _UNIT_MM.get(header.unit, 1.0)
    sizes = [float(str(np.float32(abs(v) * scale))) for v in header.pixdim[:3]]
    for missing in range(header.ndim, 3):  # a flat picture has a height of one voxel, whatever stands there
        sizes[missing] = sizes[missing] if np.isfinite(sizes[missing]) and sizes[missing] > 0 else 1.0
    return unplaced(shape, sizes, path, is_told=header.unit != 0 or sizes != [1.0, 1.0, 1.0])
