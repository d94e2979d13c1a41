"""Masks of 0 and 255: there 255 is a class, elsewhere it stands for pixels to be ignored."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unet.conftest import disc_samples, finished
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.samples import IGNORE
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.planning import class_planes, plan_preprocessing

CELL = LabelClass(255, "cell", (255, 255, 255))


def cells(**how):
    """Discs whose label is 255 all over."""
    return [replace(s, labels=np.where(s.labels > 0, np.uint8(255), np.uint8(0))) for s in disc_samples(**how)]


def test_255_is_a_class_where_a_class_has_it_and_unknown_elsewhere():
    labels = np.array([[0, 1, IGNORE]], np.uint8)
    assert class_planes(labels, [255]).tolist() == [[2, 1, 3]]
    assert class_planes(labels, [1]).tolist() == [[2, 3, 1]]


def test_a_class_of_value_255_is_learned_and_scored():
    options = TrainingOptions((CELL,), steps=40, architecture="light", device="cpu", seed=1)
    checkpoint = finished(train(cells(slices=5, seed=1), cells(slices=3, seed=2, case="b"), options))
    assert checkpoint.values == (255,)
    assert checkpoint.card.scores.dice[255] > 0.7


def test_pixels_of_no_class_are_not_scored():
    samples = disc_samples(slices=3, seed=2)
    options = TrainingOptions((LabelClass(4, "core", (1, 2, 3)),), steps=2, architecture="light", device="cpu", seed=1)
    held_out = [replace(s, labels=np.where(s.labels == 4, np.uint8(4), np.uint8(9))) for s in samples]
    checkpoint = finished(train(samples, held_out, options))
    assert set(checkpoint.card.scores.dice) == {4}
    assert checkpoint.card.scores.dice[4] == pytest.approx(1.0) or checkpoint.card.scores.dice[4] <= 1.0


def test_the_ct_window_is_that_of_the_labelled_pixels_though_they_are_255():
    plans = []
    for value in (1, 255):
        samples = [
            replace(
                s,
                image=s.image - 1024,
                intensities=replace(s.intensities, minimum=-1024.0),
                modality="CT",
                labels=np.where(s.labels > 0, np.uint8(value), np.uint8(0)),
            )
            for s in disc_samples(slices=3, seed=4)
        ]
        plans.append(plan_preprocessing(samples, values=[value], stride=16))
    assert (plans[0].low, plans[0].high) == (plans[1].low, plans[1].high)
