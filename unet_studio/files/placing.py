"""Where a file's voxels lie, as far as it tells: a geometry, and what the user should know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from unet_studio.files.affine import Matrix, geometry_of, slant
from unet_studio.files.regrid import Interpolated, MovedSlices, fits_as_it_is, interpolated, moved_slices
from unet_studio.files.regular import shown
from unet_studio.image.volume import Geometry, Index


@dataclass(frozen=True, slots=True)
class Placed:
    """``refusal`` is a sentence where voxels on that grid can't be shown as a volume; ``regrid`` puts them onto a right one."""

    geometry: Geometry
    warnings: tuple[str, ...] = ()
    refusal: str = ""
    regrid: Interpolated | MovedSlices | None = None


def placed(matrix: Matrix, shape: Index, path: Path, *, is_float32: bool = False, has_spacing: bool = True) -> Placed:
    """Voxels (z, y, x) whose file has a usable LPS matrix for (x, y, z); ``is_float32`` as ``geometry_of`` has it."""
    geometry = replace(geometry_of(matrix, shape, is_float32=is_float32), has_spacing=has_spacing)
    warnings: tuple[str, ...] = () if has_spacing else (_no_spacing(path),)
    angles = slant(matrix)
    if angles.in_plane:
        told = (
            f"{shown(path)} is sheared: the directions of its rows and columns are not at right angles. It was resampled "
            "onto a right grid (interpolated linearly), on which it is shown and labelled."
        )
        return Placed(geometry, (*warnings, told), regrid=interpolated(geometry))
    if angles.through:
        moved = moved_slices(geometry, enlarges=not fits_as_it_is(geometry))
        return Placed(
            geometry, (*warnings, f"{shown(path)} has slanted slices: they {moved_in_words(moved)}"), regrid=moved
        )
    return Placed(geometry, warnings)


def moved_in_words(moved: MovedSlices) -> str:
    """That slices "were moved" onto a right grid, and what that costs."""
    cut = moved.cut
    lost = f" Up to {cut} rows or columns at the edge of the outer slices have no place on it." * bool(cut)
    return (
        "were moved within their plane by whole pixels onto a right grid: no intensity was changed, and each lies "
        f"within half a pixel of where it was scanned.{lost}"
    )


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
