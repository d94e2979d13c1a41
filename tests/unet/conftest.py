"""Slices to learn from: bright discs on a noisy ground, with a brighter core as second class."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import DEFAULT_COLOURS, LabelClass
from unet_studio.segmentation.samples import Sample, volume_samples
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.fine_tuning import train

DISC = LabelClass(1, "disc", DEFAULT_COLOURS[0])
CORE = LabelClass(4, "core", DEFAULT_COLOURS[1])

MakeSamples = Callable[..., list[Sample]]


def disc_volume(
    *, slices: int = 4, size: tuple[int, int] = (40, 36), channels: int = 1, seed: int = 0, radius: float = 0.3
) -> tuple[Volume, np.ndarray]:
    """A volume with a disc of value 1 and a core of value 4 in all slices but the last, which is empty; and its labels."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[: size[0], : size[1]]
    voxels = chance.normal(100, 10, (slices, *size))
    labels = np.zeros((slices, *size), np.uint8)
    for index in range(slices - 1):
        middle = np.array(size) * chance.uniform(0.4, 0.6, 2)
        away = np.hypot(rows - middle[0], columns - middle[1]) / min(size)
        labels[index][away < radius] = 1
        labels[index][away < radius / 2] = 4
    voxels += 80.0 * (labels == 1) + 180.0 * (labels == 4)
    if channels > 1:
        voxels = np.stack([voxels * (1 + 0.1 * c) for c in range(channels)], axis=-1)
    geometry = Geometry((slices, *size), (1.0, 1.0, 1.0), has_orientation=False)
    return Volume(voxels.astype(np.float32), geometry, f"disc{seed}", "MR"), labels


def disc_samples(*, case: str = "a", spacing_mm: tuple[float, float] | None = (1.0, 1.0), **how) -> list[Sample]:
    """The samples of such a volume."""
    volume, labels = disc_volume(**how)
    samples = volume_samples(volume, dict(enumerate(labels)), case=case)
    return [replace(s, spacing_mm=spacing_mm) for s in samples]


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Two threads beside other programs wait for each other: sixty steps then took 100 s instead of 3."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def trained() -> Checkpoint:
    """A light network that has learned the disc and its core."""
    torch.manual_seed(0)
    samples = disc_samples(slices=5, seed=1) + disc_samples(slices=5, seed=2, case="b")
    held_out = disc_samples(slices=3, seed=3, case="c")
    options = TrainingOptions((DISC, CORE), steps=60, architecture="light", device="cpu", name="discs", seed=5)
    return finished(train(samples, held_out, options))


def finished(work) -> Checkpoint:
    """What a training ends with."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
