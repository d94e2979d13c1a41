import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.slice_statistics import measured, spreads
from unet_studio.labels.statistics import label_statistics

SHAPE = (4, 5, 6)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), offset=st.sampled_from([0.0, -1000.0, 1e6]))
def test_joined_slices_have_the_figures_of_the_whole_label_map(seed: int, offset: float) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 4, SHAPE, dtype=np.uint8)
    voxels = generator.normal(offset, 20.0, SHAPE)
    volume = Volume(voxels, Geometry(SHAPE, spacing_mm=(3.0, 1.0, 1.0), has_spacing=True))
    whole = label_statistics(volume, labels)
    found = measured({i: spreads(labels[i], voxels[i]) for i in range(SHAPE[0])}, volume.geometry.voxel_ml)
    assert [f.value for f in found] == sorted(whole)
    for one in found:
        other = whole[one.value]
        assert (one.voxels, one.minimum, one.maximum) == (other.voxels, other.minimum, other.maximum)
        assert one.volume_ml == pytest.approx(other.volume_ml)
        assert one.mean == pytest.approx(other.mean) and one.standard_deviation == pytest.approx(
            other.standard_deviation, rel=1e-6, abs=1e-9
        )
        assert one.slices == (labels == one.value).any(axis=(1, 2)).sum()


def test_colour_pixels_count_with_their_channels_mean() -> None:
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0, 0] = (30, 60, 90)
    assert spreads(np.array([[7, 0], [0, 0]], np.uint8), pixels)[7].mean == 60.0


def test_a_slice_without_labels_has_no_figures() -> None:
    assert spreads(np.zeros((3, 3), np.uint8), np.ones((3, 3))) == {}
