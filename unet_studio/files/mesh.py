"""Surfaces of labels as STL or PLY, closed, in patient mm (LPS): one file a label."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.regular import shown
from unet_studio.image.volume import Geometry

Points = NDArray[np.float64]  # (n, 3): array index (z, y, x), or LPS mm
Triangles = NDArray[np.int64]  # (n, 3): numbers of points, counter-clockwise seen from outside

_PASSES = 10
_FARTHEST = 0.5  # of a voxel: how far smoothing may move a point

# A cube in five tetrahedra, corners (z, y, x) as bits 4, 2, 1. Every other cube is mirrored, so that faces match.
_EVEN = ((0, 3, 5, 6), (1, 0, 3, 5), (2, 0, 6, 3), (4, 0, 5, 6), (7, 3, 6, 5))
_ODD = tuple(tuple(corner ^ 1 for corner in four) for four in _EVEN)


@dataclass(frozen=True, slots=True)
class Surface:
    """A closed surface; each edge belongs to two triangles."""

    points: Points
    triangles: Triangles


def surface_of(mask: NDArray[np.bool_], geometry: Geometry) -> Surface:
    """The surface round a mask (z, y, x), in LPS mm: smooth, and nowhere more than half a voxel off the voxels' own.

    Marching tetrahedra, which unlike cubes leave no case open, so that every surface is closed; then Taubin's smoothing
    (1995), which does not shrink.
    """
    box = tuple(slice(int(h[0]), int(h[-1]) + 1) for h in (_hit(mask, axis) for axis in range(3)))
    small = np.pad(mask[box], 1)
    points, triangles = _tetrahedra(small)
    points = _smoothed(points, triangles) - 1.0 + np.array([b.start for b in box])
    placed = points @ geometry.matrix[:3, :3].T + geometry.matrix[:3, 3]
    # (z, y, x) is x, y, z seen in a mirror: a right-handed grid turns the triangles inside out
    is_mirrored = np.linalg.det(geometry.matrix[:3, :3]) < 0
    return Surface(placed, triangles[:, ::-1] if is_mirrored else triangles)


def write_surface(path: Path, surface: Surface) -> Path:
    """Writes a surface as .stl or .ply (both binary), read back and compared before it takes the place of an older file.

    Raises:
        WriteError: the disk; an older file is as it was.
    """
    content = _stl(surface) if path.suffix.lower() == ".stl" else _ply(surface)

    def write(beside: Path) -> None:
        beside.write_bytes(content)
        if beside.read_bytes() != content:
            raise WriteError(f"{shown(path)} could not be saved whole. Save somewhere else.", path=path)

    replace_file(path, write)
    return path


def _hit(mask: NDArray[np.bool_], axis: int) -> NDArray[np.intp]:
    return np.flatnonzero(mask.any(axis=tuple(a for a in range(3) if a != axis)))


def _tetrahedra(mask: NDArray[np.bool_]) -> tuple[Points, Triangles]:
    """Points half-way between voxels inside and outside, and the triangles between them, in array indices."""
    shape = np.array(mask.shape)
    steps = np.array([shape[1] * shape[2], shape[2], 1])
    offsets = np.array([((c >> 2) & 1, (c >> 1) & 1, c & 1) for c in range(8)])
    corners = sum(
        mask[o[0] : shape[0] - 1 + o[0], o[1] : shape[1] - 1 + o[1], o[2] : shape[2] - 1 + o[2]].astype(np.uint8)
        for o in offsets
    )
    cubes = np.argwhere((corners > 0) & (corners < 8))
    is_odd = cubes.sum(axis=1) % 2 == 1
    inside = mask.reshape(-1)
    found: list[NDArray[np.int64]] = []  # per triangle, three edges of two voxels each
    for kind, fours in ((False, _EVEN), (True, _ODD)):
        first = cubes[is_odd == kind] @ steps
        for four in fours:
            found += _cut(np.stack([first + offsets[c] @ steps for c in four], axis=1), inside, shape)
    edges = np.concatenate(found).reshape(-1, 2)
    edges.sort(axis=1)
    keys, numbers = np.unique(edges[:, 0] * inside.size + edges[:, 1], return_inverse=True)
    ends = np.stack(np.unravel_index(np.stack([keys // inside.size, keys % inside.size]), mask.shape), axis=-1)
    return ends.mean(axis=0), numbers.reshape(-1, 3)


def _cut(four: NDArray[np.int64], inside: NDArray[np.bool_], shape: NDArray[Any]) -> list[NDArray[np.int64]]:
    """The triangles that part inside from outside in tetrahedra, voxels (n, 4): each (m, 3, 2), normals outward."""
    held = inside[four]
    count = held.sum(axis=1)
    order = np.argsort(~held, axis=1, kind="stable")  # those inside first
    sorted_ = np.take_along_axis(four, order, axis=1)
    found = []
    for number, faces in (
        (1, (((0, 1), (0, 2), (0, 3)),)),
        (2, (((0, 2), (0, 3), (1, 3)), ((0, 2), (1, 3), (1, 2)))),
        (3, (((3, 0), (3, 1), (3, 2)),)),
    ):
        some = sorted_[count == number]
        for face in faces:
            triangles = np.stack([some[:, list(edge)] for edge in face], axis=1)
            found.append(_outward(triangles, some, number, shape))
    return found


def _outward(triangles: Any, some: Any, number: int, shape: NDArray[Any]) -> Any:
    """The same triangles, each turned so that it is seen counter-clockwise from outside."""
    if not len(triangles):
        return triangles
    places = np.stack(np.unravel_index(triangles, tuple(shape)), axis=-1).mean(axis=2)  # (m, 3, axis)
    voxels = np.stack(np.unravel_index(some, tuple(shape)), axis=-1)
    out = voxels[:, number:].mean(axis=1) - voxels[:, :number].mean(axis=1)
    normal = np.cross(places[:, 1] - places[:, 0], places[:, 2] - places[:, 0])
    is_inward = (normal * out).sum(axis=1) < 0
    triangles[is_inward] = triangles[is_inward][:, ::-1]
    return triangles


def _smoothed(points: Points, triangles: Triangles) -> Points:
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    count = len(points)
    ones = np.ones(len(edges))
    near = sparse.coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    mean = sparse.diags_array(1.0 / np.asarray(near.sum(axis=1)).reshape(-1)) @ near
    moved = points.copy()
    for _ in range(_PASSES):
        for share in (0.5, -0.53):
            moved += share * (mean @ moved - moved)
        np.clip(moved, points - _FARTHEST, points + _FARTHEST, out=moved)
    return moved


def _stl(surface: Surface) -> bytes:
    corners = surface.points.astype("<f4")[surface.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]).astype(np.float64)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    records = np.zeros(len(corners), dtype=[("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("more", "<u2")])
    records["normal"] = normals / np.where(lengths > 0, lengths, 1)
    records["corners"] = corners
    head = b"UNet Studio, patient LPS, mm".ljust(80) + struct.pack("<I", len(corners))
    return head + bytes(records.tobytes())


def _ply(surface: Surface) -> bytes:
    faces = np.zeros(len(surface.triangles), dtype=[("count", "u1"), ("points", "<i4", 3)])
    faces["count"], faces["points"] = 3, surface.triangles
    head = (
        "ply\nformat binary_little_endian 1.0\ncomment UNet Studio, patient LPS, mm\n"
        f"element vertex {len(surface.points)}\nproperty float x\nproperty float y\nproperty float z\n"
        f"element face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    return head.encode() + surface.points.astype("<f4").tobytes() + faces.tobytes()


def file_names(path: Path, names: Sequence[str]) -> list[Path]:
    """One path for each label: ``case-Liver.stl``; names that are the same once made safe get a number."""
    found: list[Path] = []
    for name in names:
        safe = "".join(c if c.isalnum() or c in "-_ " else "_" for c in name).strip()[:60] or "label"
        fresh, number = path.with_name(f"{path.stem}-{safe}{path.suffix}"), 1
        while any(fresh.name.lower() == f.name.lower() for f in found):
            number += 1
            fresh = path.with_name(f"{path.stem}-{safe}-{number}{path.suffix}")
        found.append(fresh)
    return found
