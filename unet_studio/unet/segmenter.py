"""A checkpoint at work on volumes: numpy outside, torch inside."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch

from unet_studio.errors import TrainingError
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import CheckpointCard
from unet_studio.segmentation.samples import intensities_of, slice_around, slice_image
from unet_studio.segmentation.segmenter import Device, Prediction
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint
from unet_studio.unet.device import Precision, Runtime, choose_runtime, memory_refusals
from unet_studio.unet.inference import class_chances, uncertainty_of
from unet_studio.unet.network import fold_normalisation


class UNetSegmenter:
    """Predicts with one checkpoint. See ``segmentation.segmenter.Segmenter``; not shared between threads."""

    def __init__(self, checkpoint: Checkpoint, runtime: Runtime) -> None:
        self.card: CheckpointCard = checkpoint.card
        self._preprocessing = checkpoint.preprocessing
        self._runtime = runtime
        network = fold_normalisation(checkpoint.network())
        self._network = network.to(runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._table = np.array([0, *checkpoint.values], dtype=np.uint8)

    @property
    def name(self) -> str:
        """The checkpoint's name."""
        return self.card.name

    @property
    def device(self) -> str:
        """Where it runs, for the user."""
        return self._runtime.text

    @property
    def label_classes(self) -> tuple[LabelClass, ...]:
        """The classes it tells apart, without background."""
        return self.card.label_classes

    def predict(self, volume: Volume, slices: Iterable[int], *, probabilities: bool = False) -> Iterator[Prediction]:
        """As ``Segmenter.predict``; the answer is made at the scan's own pixels by the likeliest class.

        Raises:
            OutOfMemory: not even one slice fits.
            TrainingError: the volume's channels are not those it was trained on.
        """
        wanted = self._preprocessing.channels
        if volume.channels != wanted:
            raise TrainingError(
                f"The checkpoint {self.name} was trained on scans of {wanted} channel{'s'[: wanted != 1]} and "
                f"{volume.name or 'this scan'} has {volume.channels}; choose another checkpoint."
            )
        view = plane_view(volume.geometry, working_plane(volume.geometry))
        spacing_mm = view.spacing_mm(volume.geometry) if volume.geometry.has_spacing else None
        intensities = intensities_of(volume)
        for index in slices:
            with memory_refusals():
                chances = class_chances(
                    self._network,
                    self._preprocessing,
                    self._runtime,
                    image=slice_image(view.slice_of(volume.voxels, index), intensities),
                    around=slice_around(volume, view, index, intensities) if self._preprocessing.sees_around else None,
                    spacing_mm=spacing_mm,
                    intensities=intensities,
                )
            labels = self._table[chances.argmax(dim=0).numpy()]
            kept = chances.numpy() if probabilities else None
            yield Prediction(index, labels, uncertainty_of(chances), kept)


def open_segmenter(path: Path, device: Device = "auto", *, precision: Precision = "auto") -> UNetSegmenter:
    """A segmenter from a checkpoint file.

    Raises:
        CheckpointError: the file is missing, damaged or none of ours.
        TrainingError: the device was wished by name and this computer has none.
    """
    return UNetSegmenter(open_checkpoint(path), choose_runtime(device, precision=precision))
