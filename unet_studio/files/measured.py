"""A voxel size that the user gave, where the file tells none: ``choice@0.65x0.65x5``, mm along x, y and z."""

import re
from dataclasses import replace
from pathlib import Path

from unet_studio.errors import ReadError
from unet_studio.files.regular import shown
from unet_studio.files.scan import Scan

SpacingXYZ = tuple[float, float, float]

_GIVEN = re.compile(r"^(.*)@(\d{1,5}(?:\.\d+)?)x(\d{1,5}(?:\.\d+)?)x(\d{1,5}(?:\.\d+)?)$", re.DOTALL)


def split_spacing(choice: str) -> tuple[str, SpacingXYZ | None]:
    """A choice taken apart; None where it gives no voxel size, or none above zero."""
    if (found := _GIVEN.match(choice)) is None:
        return choice, None
    x, y, z = (float(found[n]) for n in (2, 3, 4))
    return (found[1], (x, y, z)) if min(x, y, z) > 0 else (choice, None)


def with_spacing(choice: str, spacing_xyz: SpacingXYZ) -> str:
    """The choice with this voxel size, in place of one given before."""
    x, y, z = (f"{s:.6f}".rstrip("0").rstrip(".") for s in spacing_xyz)
    return f"{split_spacing(choice)[0]}@{x}x{y}x{z}"


def measured(scan: Scan, spacing_xyz: SpacingXYZ, path: Path) -> Scan:
    """The scan with that voxel size in mm.

    Raises:
        ReadError: it tells its own.
    """
    if scan.geometry.has_spacing or scan.regrid is not None:
        raise ReadError(f"{shown(path)} tells its own voxel size. Open it without one.", path=path)
    x, y, z = spacing_xyz
    geometry = replace(scan.geometry, spacing_mm=(z, y, x), has_spacing=True)
    told = f"The voxel size of {shown(path)}, {x:g} × {y:g} × {z:g} mm, was given by the user."
    kept = tuple(
        w for w in scan.warnings if "lengths are in pixels" not in w and "gaps between them are unknown" not in w
    )
    return replace(scan, geometry=geometry, warnings=(told, *kept))
