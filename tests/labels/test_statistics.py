"""Sizes and intensities under each label."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp

from tests.strategies import labels
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.statistics import label_statistics

SHAPE = (2, 3, 4)


@given(hnp.arrays(np.int16, SHAPE), labels(SHAPE))
def test_every_figure_is_that_of_the_voxels_under_the_label(voxels, drawn):
    volume = Volume(voxels, Geometry(SHAPE, spacing_mm=(5.0, 2.0, 1.0)))
    found = label_statistics(volume, drawn)
    assert set(found) == {int(v) for v in np.unique(drawn)} - {0}
    for value, figures in found.items():
        inside = volume.voxels[drawn == value].astype(float)
        assert figures.value == value
        assert figures.voxels == inside.size
        assert figures.volume_ml == pytest.approx(inside.size * 0.01)
        assert figures.mean == pytest.approx(inside.mean())
        assert figures.standard_deviation == pytest.approx(inside.std())
        assert (figures.minimum, figures.maximum) == (inside.min(), inside.max())


@given(labels(SHAPE))
def test_the_volumes_of_all_labels_add_up_to_what_is_drawn(drawn):
    volume = Volume(np.zeros(SHAPE, np.uint8), Geometry(SHAPE, spacing_mm=(10.0, 10.0, 10.0)))
    assert sum(f.volume_ml for f in label_statistics(volume, drawn).values()) == pytest.approx((drawn > 0).sum())


def test_a_scan_without_voxel_size_has_no_millilitres():
    volume = Volume(np.zeros(SHAPE, np.uint8), Geometry(SHAPE, has_spacing=False))
    assert label_statistics(volume, np.ones(SHAPE, np.uint8))[1].volume_ml is None


def test_colour_is_measured_on_the_mean_of_its_channels():
    voxels = np.zeros((*SHAPE, 3), np.uint8)
    voxels[..., 0], voxels[..., 1], voxels[..., 2] = 30, 60, 90
    volume = Volume(voxels, Geometry(SHAPE))
    figures = label_statistics(volume, np.full(SHAPE, 7, np.uint8))[7]
    assert (figures.mean, figures.minimum, figures.maximum) == (60, 60, 60)


def test_an_empty_label_map_has_no_statistics():
    volume = Volume(np.ones(SHAPE, np.uint8), Geometry(SHAPE))
    assert label_statistics(volume, np.zeros(SHAPE, np.uint8)) == {}
