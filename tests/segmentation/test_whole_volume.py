"""A segmenter's answers put together."""

import numpy as np
import pytest
from hypothesis import given

from tests.strategies import geometries
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.progress import finish
from unet_studio.segmentation.threshold import OtsuSegmenter, otsu_threshold
from unet_studio.segmentation.whole_volume import predicting

BRIGHT = LabelClass(7, "bright", (255, 255, 255))


@given(geometries(oblique=True))
def test_each_answer_lands_on_the_voxels_it_is_about_whatever_the_orientation(geometry):
    chance = np.random.default_rng(sum(geometry.shape))
    volume = Volume(chance.integers(0, 200, geometry.shape).astype(np.uint8), geometry)
    found = finish(predicting(OtsuSegmenter(BRIGHT), volume)).labels
    assert np.array_equal(found, 7 * (volume.voxels > otsu_threshold(volume.voxels)))


@given(geometries())
def test_probabilities_lie_where_the_labels_do(geometry):
    chance = np.random.default_rng(sum(geometry.shape))
    volume = Volume(chance.integers(0, 200, geometry.shape).astype(np.uint8), geometry)
    found = finish(predicting(OtsuSegmenter(BRIGHT), volume, probabilities=True))
    assert found.probabilities is not None and found.probabilities.shape == (2, *geometry.shape)
    assert found.probabilities.dtype == np.float32
    assert np.array_equal(found.labels == 7, found.probabilities[1] == 1)


def test_progress_is_told_after_each_slice_and_ends_at_the_whole():
    geometry = Geometry((3, 4, 5))
    volume = Volume(np.zeros(geometry.shape, np.uint8), geometry)
    fractions = [report.fraction for report in predicting(OtsuSegmenter(BRIGHT), volume)]
    count = plane_view(geometry, working_plane(geometry)).count(geometry.shape)
    assert fractions == pytest.approx([(i + 1) / count for i in range(count)])
