"""From a file's own matrix, whose columns step along x, y and z, to a Geometry, whose axes are z, y, x; and back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.volume import Geometry, Index, Vector

Matrix = NDArray[np.float64]  # 4×4: (i, j, k, 1), fastest index first, to mm

RAS_TO_LPS = np.diag([-1.0, -1.0, 1.0, 1.0])
_LARGEST_MM = 1e7
_LARGEST_SLANT = np.sin(np.deg2rad(0.1))


@dataclass(frozen=True, slots=True)
class Slant:
    """How far from right angles a matrix' columns are: ``in_plane`` between the two fastest, ``through`` of the slowest."""

    in_plane: bool
    through: bool


def is_usable(matrix: Matrix) -> bool:
    """Whether every number could be one of a scan, in mm, and the three steps span space."""
    steps = matrix[:3, :3]
    if not (np.isfinite(matrix).all() and np.abs(matrix).max() < _LARGEST_MM):
        return False
    lengths = np.linalg.norm(steps, axis=0)
    return bool((lengths > 1 / _LARGEST_MM).all() and abs(np.linalg.det(steps / lengths)) > 0.01)


def slant(matrix: Matrix) -> Slant:
    """Which angles of a usable matrix are more than 0.1° off a right one."""
    steps = matrix[:3, :3] / np.linalg.norm(matrix[:3, :3], axis=0)
    cosines = np.abs(steps.T @ steps) > _LARGEST_SLANT
    return Slant(in_plane=bool(cosines[0, 1]), through=bool(cosines[0, 2] or cosines[1, 2]))


def geometry_of(matrix: Matrix, shape: Index, *, is_float32: bool = False) -> Geometry:
    """The geometry of voxels (z, y, x) whose file has a usable LPS matrix for (x, y, z).

    ``is_float32`` says the numbers were stored so: the shortest decimal that is the same float32 is then meant, 0.8 and
    not 0.800000012.
    """
    lengths = np.linalg.norm(matrix[:3, :3], axis=0)
    x, y, z = (vector(matrix[:3, i] / lengths[i]) for i in range(3))
    spacing, origin = ([float(v) for v in values] for values in (lengths[::-1], matrix[:3, 3]))
    if is_float32:
        spacing, origin = ([float(str(np.float32(v))) for v in values] for values in (spacing, origin))
    return Geometry(shape, spacing_mm=vector(spacing), origin_mm=vector(origin), axes=(z, y, x))


def matrix_of(geometry: Geometry) -> Matrix:
    """The LPS matrix for (x, y, z) of a geometry."""
    matrix: Matrix = geometry.matrix[:, [2, 1, 0, 3]]
    return matrix


def vector(values: "NDArray[np.float64] | list[float]") -> Vector:
    """Three numbers as a plain tuple, without negative zeros."""
    a, b, c = (float(v) + 0.0 for v in values)
    return a, b, c


def same_direction(first: Matrix, second: Matrix, shape: Index) -> bool:
    """Whether two (x, y, z) matrices put every corner of a volume (z, y, x) within half a voxel of each other."""
    z, y, x = shape
    corners = np.array([[i * (x - 1), j * (y - 1), k * (z - 1), 1] for i, j, k in np.ndindex(2, 2, 2)], np.float64)
    apart = np.abs(corners @ first.T - corners @ second.T)[:, :3].max()
    return bool(apart <= 0.5 * np.linalg.norm(first[:3, :3], axis=0).min())


def unit_normal(row: Vector, column: Vector) -> Vector:
    """The direction in which slices are stacked: row × column."""
    normal = np.cross(row, column)
    return vector(normal / np.linalg.norm(normal))
