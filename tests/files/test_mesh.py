"""Surfaces: closed, the right way out, in the patient's millimetres, to trimesh."""

from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.files.phantoms import SHAPE, geometries
from unet_studio.errors import WriteError
from unet_studio.files.mesh import file_names, surface_of, write_surface
from unet_studio.image.volume import Geometry

IN_MEMORY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
some = hnp.arrays(np.bool_, SHAPE).filter(np.any)


@IN_MEMORY
@given(some, geometries(), st.sampled_from(["stl", "ply"]))
def test_any_mask_on_any_grid_is_a_closed_surface_the_right_way_out(tmp_path, mask, grid, ending):
    mesh = trimesh.load(write_surface(tmp_path / f"a.{ending}", surface_of(mask, grid)))
    assert mesh.is_watertight and mesh.is_winding_consistent and mesh.volume > 0


@settings(IN_MEMORY, max_examples=20)
@given(geometries())
def test_it_surrounds_the_voxels_where_they_lie_in_the_patient(tmp_path, grid):
    mask = np.zeros(SHAPE, bool)
    mask[1:3, 1:5, 2:4] = True
    mesh = trimesh.load(write_surface(tmp_path / "a.stl", surface_of(mask, grid)))
    to_index = np.linalg.inv(grid.matrix)
    index = (to_index @ np.column_stack([mesh.vertices, np.ones(len(mesh.vertices))]).T)[:3].T
    assert index.min(axis=0) == pytest.approx([0.5, 0.5, 1.5], abs=0.3)
    assert index.max(axis=0) == pytest.approx([2.5, 4.5, 3.5], abs=0.3)


@IN_MEMORY
@given(some)
def test_no_point_is_more_than_half_a_voxel_off(mask):
    index = surface_of(mask, Geometry(SHAPE)).points[:, ::-1]  # z, y, x
    from scipy import ndimage

    outside = ndimage.distance_transform_cdt(~np.pad(mask, 2), metric="chessboard")
    inside = ndimage.distance_transform_cdt(np.pad(mask, 2), metric="chessboard")
    near = np.rint(index).astype(int) + 2  # the voxel a point lies in
    assert outside[tuple(near.T)].max() <= 1 and inside[tuple(near.T)].max() <= 1


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (4.0, 0.7, 0.7)])
def test_a_ball_has_its_volume_and_its_radius(spacing):
    shape = tuple(int(60 / s) for s in spacing)
    away = [(np.arange(n) - (n - 1) / 2) * s for n, s in zip(shape, spacing, strict=True)]
    mask = sum(a**2 for a in np.meshgrid(*away, indexing="ij")) < 20**2
    surface = surface_of(mask, Geometry(shape, spacing))
    mesh = trimesh.Trimesh(surface.points, surface.triangles)
    assert mesh.volume == pytest.approx(mask.sum() * np.prod(spacing), rel=0.02)
    radius = np.linalg.norm(mesh.vertices - mesh.center_mass, axis=1)
    assert np.abs(radius - 20).max() < max(spacing) * 0.75


def test_smoothing_takes_the_steps_away():
    z, y, x = np.ogrid[:40, :40, :40]
    mask = (x + y + z > 45) & (x + y + z < 70)
    surface = surface_of(mask, Geometry((40, 40, 40)))
    mesh = trimesh.Trimesh(surface.points, surface.triangles)
    inner = np.abs(mesh.triangles_center - 19.5).max(axis=1) < 15
    slanted = mesh.face_normals[inner] @ np.ones(3) / np.sqrt(3)
    assert np.median(np.abs(slanted)) > 0.99


def test_a_label_at_the_border_of_the_scan_is_closed_there():
    surface = surface_of(np.ones(SHAPE, bool), Geometry(SHAPE))
    mesh = trimesh.Trimesh(surface.points, surface.triangles)
    assert mesh.is_watertight and mesh.bounds[0] == pytest.approx([-0.5] * 3, abs=0.2)


def test_each_label_has_a_file_of_its_own_name():
    names = file_names(Path("/out/case.stl"), ["Liver", "a/b", "a:b", "", "liver", "../x"])
    assert [n.name for n in names] == [
        "case-Liver.stl", "case-a_b.stl", "case-a_b-2.stl", "case-label.stl", "case-liver-2.stl", "case-___x.stl",
    ]  # fmt: skip
    assert all(n.parent == Path("/out") for n in names)


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(WriteError):
        write_surface(tmp_path / "no" / "a.stl", surface_of(np.ones(SHAPE, bool), Geometry(SHAPE)))
