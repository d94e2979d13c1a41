"""Preprocessing is read off the training slices, never off their names."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unet.conftest import disc_samples
from unet_studio.segmentation.samples import IGNORE, Intensities, Sample
from unet_studio.unet.planning import class_planes, plan_preprocessing, resized_planes


def sample(labels: np.ndarray, *, spacing_mm=None, image=None, modality="", **figures) -> Sample:
    image = np.random.default_rng(0).normal(100, 20, (*labels.shape, 1)) if image is None else image
    image = image.astype(np.float32)
    low, high = float(image.min()), float(image.max())
    stats = {"low": low, "high": high, "mean": 100.0, "standard_deviation": 20.0, "minimum": low, "maximum": high}
    return Sample(image, labels, spacing_mm, "a", 0, Intensities(**{**stats, **figures}), modality)


def organ(size: tuple[int, int], *, radius: float = 0.3) -> np.ndarray:
    rows, columns = np.mgrid[: size[0], : size[1]]
    inside = ((rows / size[0] - 0.5) / radius) ** 2 + ((columns / size[1] - 0.5) / radius) ** 2 < 1
    return inside.astype(np.uint8)


def threads(size: tuple[int, int]) -> np.ndarray:
    labels = np.zeros(size, np.uint8)
    labels[::12] = 1
    labels[:, ::15] = 1
    return labels


def test_large_slices_of_a_large_organ_are_reduced_so_that_its_surroundings_are_seen():
    plan = plan_preprocessing([sample(organ((512, 400)))], values=[1], stride=16)
    assert plan.long_side == 192
    assert plan.field == (128, 128)
    assert plan.working_size((2048, 1600), None) == (192, 150)


def test_an_organ_larger_than_the_field_is_shown_whole():
    plan = plan_preprocessing([sample(organ((512, 400), radius=0.42))], values=[1], stride=16)
    assert plan.long_side == 128
    assert plan.field == (128, 112)


def test_a_slice_where_little_of_an_organ_is_left_does_not_keep_all_of_them_large():
    tip = organ((512, 400), radius=0.005)
    assert plan_preprocessing([sample(tip)], values=[1], stride=16).long_side != 192
    slices = [sample(organ((512, 400), radius=r)) for r in (0.1, 0.2, 0.3)]
    assert plan_preprocessing([sample(tip), *slices], values=[1], stride=16).long_side == 192


def test_a_thin_structure_as_large_as_the_slice_is_not_lost_to_show_it_whole():
    ring = organ((512, 512), radius=0.45) - organ((512, 512), radius=0.44)
    assert plan_preprocessing([sample(ring)], values=[1], stride=16).long_side != 128


def test_large_slices_of_thin_structures_keep_their_pixels_and_are_seen_in_parts():
    plan = plan_preprocessing([sample(threads((512, 400)))], values=[1], stride=16)
    assert plan.long_side is None
    assert plan.working_size((512, 400), None) == (512, 400)
    assert plan.field == (128, 128)


def test_reduction_counts_in_mm_where_mm_are_known():
    plan = plan_preprocessing([sample(organ((512, 512)), spacing_mm=(0.5, 0.5))], values=[1], stride=16)
    assert plan.spacing_mm == pytest.approx((0.5 * 512 / 192,) * 2)
    assert plan.working_size((512, 512), (0.5, 0.5)) == (192, 192)
    assert plan.working_size((256, 256), (1.0, 1.0)) == (192, 192)  # the same head at half the resolution
    assert plan.working_size((256, 256), (0.5, 0.5)) == (96, 96)  # half of it


def test_small_slices_are_seen_whole():
    plan = plan_preprocessing(disc_samples(size=(59, 41)), values=[1, 4], stride=16)
    assert plan.field == (64, 48)
    assert plan.spacing_mm == (1.0, 1.0)


def test_the_field_is_at_least_two_strides():
    assert plan_preprocessing([sample(organ((16, 16)))], values=[1], stride=16).field == (32, 32)


def test_the_spacing_is_the_median_of_training():
    samples = [sample(organ((40, 40)), spacing_mm=(s, 2 * s)) for s in (0.5, 1.0, 4.0)]
    assert plan_preprocessing(samples, values=[1], stride=16).spacing_mm == (1.0, 2.0)


def test_ct_is_told_by_its_modality_or_by_air():
    labels = organ((64, 64))
    image = np.where(labels, 60.0, -1000.0)[..., None] + np.random.default_rng(0).normal(0, 5, (64, 64, 1))
    for modality in ("CT", ""):
        plan = plan_preprocessing([sample(labels, image=image, modality=modality)], values=[1], stride=16)
        assert plan.normalisation == "window"
        assert -100 < plan.low < 40
        assert 80 < plan.high < 200
    assert (
        plan_preprocessing([sample(labels, image=image, modality="MR")], values=[1], stride=16).normalisation
        == "volume"
    )


def test_colour_pictures_are_normalised_a_channel_each():
    labels = organ((64, 64))
    image = np.stack([labels * 100.0, labels * 50.0 + 20, labels * 0.0 + 7], axis=-1)
    plan = plan_preprocessing([sample(labels, image=image, minimum=0.0, maximum=255.0)], values=[1], stride=16)
    assert plan.normalisation == "colour"
    assert plan.mean[2] == pytest.approx(7.0)
    assert plan.mean[0] == pytest.approx(100 * labels.mean(), rel=0.05)
    assert plan.deviation[2] > 0


def test_empty_slices_can_be_planned_for():
    empty = [replace(s, labels=np.zeros_like(s.labels)) for s in disc_samples(size=(300, 300))]
    plan = plan_preprocessing(empty, values=[1, 4], stride=16)
    assert plan.working_size((300, 300), (1.0, 1.0)) == (300, 300)
    air = replace(empty[0], modality="CT")
    assert plan_preprocessing([air], values=[1], stride=16).normalisation == "window"


def test_class_planes_leave_zero_for_outside_and_one_for_the_unknown():
    labels = np.array([[0, 4, 9, 77, IGNORE]], np.uint8)
    assert class_planes(labels, [4, 9]).tolist() == [[2, 3, 4, 1, 1]]


def test_reduced_planes_are_those_that_cover_most():
    planes = class_planes(organ((100, 100)), [1])
    small = resized_planes(planes, (25, 25))
    assert set(np.unique(small)) == {2, 3}
    assert (small == 3).mean() == pytest.approx((planes == 3).mean(), abs=0.02)
    assert resized_planes(planes, (100, 100)) is planes


def test_slices_beside_are_seen_where_they_show_the_same_things():
    alike = disc_samples(slices=6)
    assert plan_preprocessing(alike, values=[1, 4], stride=16).neighbours == 1
    alone = [replace(s, around=()) for s in alike]
    assert not plan_preprocessing(alone, values=[1, 4], stride=16).neighbours
    chance = np.random.default_rng(0)
    noise = chance.normal(size=(40, 36, 1)).astype(np.float32)
    foreign = [replace(s, around=(noise,) * 6) for s in alike]
    assert not plan_preprocessing(foreign, values=[1, 4], stride=16).neighbours
    even = [replace(s, around=(np.zeros_like(s.image),) * 6) for s in alike]
    assert not plan_preprocessing(even, values=[1, 4], stride=16).neighbours


@pytest.mark.parametrize(("share", "neighbours"), [(0.9, 3), (0.65, 1), (0.3, 0)])
def test_slices_further_away_must_be_more_alike_than_those_right_beside(share, neighbours):
    chance = np.random.default_rng(0)

    def like(image: np.ndarray) -> np.ndarray:
        """An image whose correlation with that one is about ``share``."""
        noise = chance.normal(size=image.shape)
        own = (image - image.mean()) / image.std()
        return (share * own + np.sqrt(1 - share**2) * noise).astype(np.float32)

    some = disc_samples(slices=6)
    thick = [replace(s, around=tuple(a for _ in range(3) for a in [like(s.image)] * 2)) for s in some]
    assert plan_preprocessing(thick, values=[1, 4], stride=16).neighbours == neighbours
