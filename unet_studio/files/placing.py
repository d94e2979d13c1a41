"""Where a file's voxels lie, as far as it tells: a geometry, and what the user should know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from unet_studio.files.affine import Matrix, geometry_of, slant
from unet_studio.files.regular import shown
from unet_studio.image.volume import Geometry, Index


@dataclass(frozen=True, slots=True)
class Placed:
    """``refusal`` is a sentence where voxels on that grid can't be shown as a volume."""

    geometry: Geometry
    warnings: tuple[str, ...] = ()
    refusal: str = ""


def placed(matrix: Matrix, shape: Index, path: Path, *, is_float32: bool = False, has_spacing: bool = True) -> Placed:
    """Voxels (z, y, x) whose file has a usable LPS matrix for (x, y, z); ``is_float32`` as ``geometry_of`` has it."""
    geometry = replace(geometry_of(matrix, shape, is_float32=is_float32), has_spacing=has_spacing)
    warnings: tuple[str, ...] = () if has_spacing else (_no_spacing(path),)
    angles = slant(matrix)
    if angles.in_plane:
        return Placed(
            geometry,
            warnings,
            f"{shown(path)} is sheared: the directions of its rows and columns are not at right angles. Resample it onto a "
            "straight grid first.",
        )
    if angles.through:
        warnings += (
            f"{shown(path)} has slanted slices (a tilted gantry): they are shown as if straight, mm are right.",
        )
    return Placed(geometry, warnings)


def unplaced(shape: Index, sizes: Sequence[float], path: Path, *, is_told: bool = True) -> Placed:
    """Voxels whose file has no orientation; ``sizes`` along x, y and z in mm as the file has them, possible or not.

    ``is_told`` is False where it has numbers there that are only a format's default.
    """
    known = [float(s) for s in sizes if np.isfinite(s) and s > 0]
    is_known = len(known) == 3
    x, y, z = known if is_known else (1.0, 1.0, 1.0)
    warnings = () if is_known else (_no_spacing(path),)
    return Placed(
        Geometry(shape, spacing_mm=(z, y, x), has_spacing=is_known and is_told, has_orientation=False),
        (*warnings, f"{shown(path)} stores no orientation: it is shown as it is stored, left and right are unknown."),
    )


def _no_spacing(path: Path) -> str:
    return f"The voxel spacing of {shown(path)} is unknown: lengths are in pixels, volumes in ml are not shown."
