"""A scan's voxels and where they lie in the patient."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.window import Window

Vector = tuple[float, float, float]
Index = tuple[int, int, int]  # (z, y, x): one number per array axis, the slowest first
Point = tuple[float, float, float]  # patient coordinates in LPS, mm


@dataclass(frozen=True, slots=True)
class Geometry:
    """A regular grid of voxels in patient space.

    ``shape`` and ``spacing_mm`` have one entry per array axis (z, y, x). ``axes[a]`` is the unit vector, in LPS, along
    which the index of array axis ``a`` grows. ``origin_mm`` is the centre of voxel (0, 0, 0) in LPS.
    ``has_spacing`` is False where the file told no pixel size: lengths are then counted in pixels, never in mm.
    ``has_orientation`` is False for pictures and for files that store none: no letters are shown then.
    """

    shape: Index
    spacing_mm: Vector = (1.0, 1.0, 1.0)
    origin_mm: Point = (0.0, 0.0, 0.0)
    axes: tuple[Vector, Vector, Vector] = ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    has_spacing: bool = True
    has_orientation: bool = True

    def __post_init__(self) -> None:
        assert all(n > 0 for n in self.shape), self.shape
        assert all(np.isfinite(s) and s > 0 for s in self.spacing_mm), self.spacing_mm

    @property
    def voxel_ml(self) -> float:
        """The volume of one voxel in millilitres; only meaningful where ``has_spacing``."""
        z, y, x = self.spacing_mm
        upright = abs(float(np.linalg.det(np.array(self.axes))))  # below 1 where a tilted gantry slants the slices
        return z * y * x * upright / 1000.0

    @property
    def matrix(self) -> NDArray[np.float64]:
        """4×4: homogeneous array index (z, y, x, 1) to homogeneous LPS point in mm."""
        matrix = np.eye(4)
        matrix[:3, :3] = np.array(self.axes, dtype=np.float64).T * np.array(self.spacing_mm)
        matrix[:3, 3] = self.origin_mm
        return matrix

    def patient_point(self, index: tuple[float, float, float]) -> Point:
        """Where in the patient (LPS, mm) a voxel index (z, y, x) lies; fractions lie between voxel centres."""
        x, y, z, _ = self.matrix @ np.array([*index, 1.0])
        return float(x), float(y), float(z)

    def nearest_voxel(self, point: Point) -> Index:
        """The voxel (z, y, x) that a point in the patient (LPS, mm) lies in, or the nearest one inside the grid."""
        at = np.linalg.solve(self.matrix, np.array([*point, 1.0]))[:3]
        z, y, x = (int(np.clip(np.rint(v), 0, n - 1)) for v, n in zip(at, self.shape, strict=True))
        return z, y, x

    def nearest_axis(self, direction: Vector) -> int:
        """The array axis that runs most nearly along or against a direction in LPS, ties to the slowest."""
        return int(np.argmax([abs(np.dot(axis, direction)) for axis in self.axes]))

    def is_same_grid(self, other: "Geometry") -> bool:
        """Whether voxels of equal index lie within 1/100 of a voxel of each other at every corner.

        NIfTI stores positions as 32-bit floats, so exact equality would refuse a file's own round trip.
        """
        if self.shape != other.shape:
            return False
        ends = np.array(
            [[i * (n - 1) for i, n in zip(corner, self.shape, strict=True)] + [1] for corner in np.ndindex(2, 2, 2)],
            dtype=np.float64,
        )
        apart = np.abs(ends @ self.matrix.T - ends @ other.matrix.T).max()
        return bool(apart <= 0.01 * min(self.spacing_mm))


@dataclass(frozen=True, slots=True)
class Volume:
    """A scan: ``voxels`` are (z, y, x) or (z, y, x, channel), never written to after loading.

    ``name`` is what the file is called, ``modality`` DICOM's short word (CT, MR, …) or "" where unknown. Intensities are
    in the scan's own unit, HU for CT. ``warnings`` are whole sentences for the user. ``fingerprint`` is the
    hexadecimal SHA-256 of shape, type and checksums of the voxels: what finds a moved scan again. ``is_inverted`` where high
    values are to be shown dark (DICOM's MONOCHROME1); the voxels are as stored. ``window`` is the one its file offers, if any.
    """

    voxels: NDArray[Any]
    geometry: Geometry
    name: str = ""
    modality: str = ""
    warnings: tuple[str, ...] = ()
    fingerprint: str = ""
    is_inverted: bool = False
    window: Window | None = None

    def __post_init__(self) -> None:
        assert self.voxels.shape[:3] == self.geometry.shape, (self.voxels.shape, self.geometry.shape)
        assert self.voxels.ndim in (3, 4), self.voxels.shape
        self.voxels.flags.writeable = False

    @property
    def channels(self) -> int:
        """1 for grey scans, 3 for colour."""
        return 1 if self.voxels.ndim == 3 else int(self.voxels.shape[3])

    def renamed(self, name: str) -> "Volume":
        """The same scan under another name."""
        return replace(self, name=name)
