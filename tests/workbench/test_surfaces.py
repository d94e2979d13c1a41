"""Surfaces of labels to look at."""

import numpy as np
import pytest

from unet_studio.image.volume import Geometry
from unet_studio.workbench.surfaces import FINEST, label_surfaces


def built(labels, geometry):
    steps = label_surfaces(labels, geometry)
    reports = []
    while True:
        try:
            reports.append(next(steps))
        except StopIteration as end:
            return end.value, reports


def ball(shape, spacing, radius_mm, middle_mm):
    at = np.indices(shape) * np.array(spacing)[:, None, None, None]
    return ((at - np.array(middle_mm)[:, None, None, None]) ** 2).sum(axis=0) < radius_mm**2


@pytest.mark.parametrize(
    ("shape", "spacing"),
    [((40, 40, 40), (1.0, 1.0, 1.0)), ((9, 64, 64), (5.0, 0.7, 0.7)), ((60, 12, 70), (0.7, 4.0, 0.6))],
)
def test_the_surface_of_a_ball_is_a_sphere_in_the_patient_whatever_the_voxels(shape, spacing):
    middle = [(n - 1) / 2 * s for n, s in zip(shape, spacing, strict=True)]
    axes = ((0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0))
    geometry = Geometry(shape, spacing, (10.0, -20.0, 30.0), axes)
    ((surface,), _) = built(np.where(ball(shape, spacing, 14.0, middle), 3, 0).astype(np.uint8), geometry)
    assert surface.value == 3
    centre = geometry.patient_point(tuple((n - 1) / 2 for n in shape))
    out = surface.points - np.array(centre)
    radius = np.linalg.norm(out, axis=1)
    assert abs(radius.mean() - 14.0) < 0.12 * max(spacing) + 0.3
    assert radius.min() > 14 - max(spacing) and radius.max() < 14 + max(spacing)
    assert np.allclose(np.linalg.norm(surface.normals, axis=1), 1, atol=1e-4)
    towards = (out / radius[:, None] * surface.normals).sum(axis=1)
    assert towards.mean() > 0.85 and (towards > 0).mean() > 0.97  # normals look outward


def test_each_label_has_its_surface_and_empty_maps_have_none():
    labels = np.zeros((10, 20, 20), np.uint8)
    assert built(labels, Geometry(labels.shape))[0] == ()
    labels[2:8, 2:8, 2:8] = 2
    labels[2:8, 2:8, 12:18] = 7
    labels[0, 0, 0] = 9  # a single voxel at the very corner
    surfaces, reports = built(labels, Geometry(labels.shape))
    assert [s.value for s in surfaces] == [2, 7, 9]
    shares = [r.fraction for r in reports]
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] <= 1.0


def test_a_large_label_is_built_no_finer_than_a_screen_shows():
    labels = np.zeros((300, 40, 40), np.uint8)
    labels[2:298, 10:30, 10:30] = 1
    ((surface,), _) = built(labels, Geometry(labels.shape))
    assert surface.apart_mm == pytest.approx(296 / FINEST)
    assert 292 < np.ptp(surface.points[:, 2]) < 300
