"""A checkpoint at work on volumes: numpy outside, torch inside."""

import logging
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from unet_studio.errors import TrainingError
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.segmentation.card import CheckpointCard
from unet_studio.segmentation.samples import intensities_of, places_around, slice_image
from unet_studio.segmentation.segmenter import Device, Prediction
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint
from unet_studio.unet.device import Precision, Runtime, choose_runtime, memory_refusals
from unet_studio.unet.inference import doubt_of, likeliest, uncertainty_of
from unet_studio.unet.network import fold_normalisation, in_bf16
from unet_studio.unet.precision import PrecisionTrial
from unet_studio.unet.sliding_window import SlidingWindow

_log = logging.getLogger(__name__)


class UNetSegmenter:
    """Predicts with one checkpoint. See ``segmentation.segmenter.Segmenter``; not shared between threads.

    Where the runtime uses bf16 and it ``checks_precision``, the first slices are answered in fp32 and compared, and bf16
    goes on only where its labels are the same (``PrecisionTrial``). Probabilities are always fp32's: bf16 has two digits.
    """

    def __init__(self, checkpoint: Checkpoint, runtime: Runtime, *, checks_precision: bool = True) -> None:
        self.card: CheckpointCard = checkpoint.card
        self._preprocessing = checkpoint.preprocessing
        network = fold_normalisation(checkpoint.network())
        network = network.to(runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        field, stride = checkpoint.preprocessing.field, checkpoint.preprocessing.stride
        self._exact = SlidingWindow(network, replace(runtime, uses_bf16=False), field=field, stride=stride)
        self._fast = self._exact
        if runtime.uses_bf16:  # with weights of its own, as autocast would turn them to bf16 for every slice anew
            fast = in_bf16(deepcopy(network))
            self._fast = SlidingWindow(fast, runtime, field=field, stride=stride)
        self._trial = PrecisionTrial() if runtime.uses_bf16 and checks_precision else None
        self._table = np.array([0, *checkpoint.values], dtype=np.uint8)

    @property
    def name(self) -> str:
        """The checkpoint's name."""
        return self.card.name

    @property
    def device(self) -> str:
        """Where it runs, for the user."""
        return self._fast.runtime.text

    @property
    def label_classes(self) -> tuple[LabelClass, ...]:
        """The classes it tells apart, without background."""
        return self.card.label_classes

    def predict(self, volume: Volume, slices: Iterable[int], *, probabilities: bool = False) -> Iterator[Prediction]:
        """As ``Segmenter.predict``; the answer is made at the scan's own pixels by the likeliest class.

        Raises:
            OutOfMemory: not even a small part of a slice fits.
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
        count, size = view.count(volume.geometry.shape), view.size(volume.geometry.shape)

        @lru_cache(maxsize=2 * self._preprocessing.inputs)
        def image_of(index: int) -> NDArray[np.float32]:
            return slice_image(view.slice_of(volume.voxels, index), intensities)

        def prepared(index: int) -> Tensor:
            beside = places_around(index, count)[: 2 * self._preprocessing.neighbours]
            seen = self._preprocessing.seen(image_of(index), tuple(image_of(i) for i in beside))
            return self._preprocessing.prepare(seen, spacing_mm, intensities)

        def chances_by(window: SlidingWindow, shown: Tensor) -> list[Tensor]:
            with torch.inference_mode(), memory_refusals():
                return [self._preprocessing.restore(c, size, spacing_mm) for c in window.chances(shown)]

        waiting, together = iter(slices), 1  # the first answer is waited for
        while group := list(islice(waiting, together)):
            shown = torch.cat([prepared(index) for index in group])
            answers = self._answers(partial(chances_by, shown=shown), needs_chances=probabilities)
            for index, (chances, labels) in zip(group, answers, strict=True):
                unsure, doubt = uncertainty_of(chances), doubt_of(chances)
                yield Prediction(index, labels, unsure, chances.cpu().numpy() if probabilities else None, doubt)
            together = self._fast.together((shown.shape[2], shown.shape[3]))

    def _answers(
        self, chances_by: Callable[[SlidingWindow], list[Tensor]], *, needs_chances: bool
    ) -> list[tuple[Tensor, Labels]]:
        """The chances of some slices and their labels, in the precision that is right for now."""
        tries = self._trial is not None and not needs_chances
        found = chances_by(self._exact if tries or needs_chances else self._fast)
        answers = [(chances, self._labels(chances)) for chances in found]
        if self._trial is None or needs_chances:
            return answers
        for (_, labels), fast in zip(answers, chances_by(self._fast), strict=True):
            if self._trial.verdict is None:
                self._trial.note(labels, self._labels(fast))
        if self._trial.verdict is not None:
            if not self._trial.verdict:
                _log.info("bf16 changes the labels of this checkpoint; fp32 is used")
                self._fast = self._exact
            self._trial = None
        return answers

    def _labels(self, chances: Tensor) -> Labels:
        return np.asarray(self._table[likeliest(chances)[0].cpu().numpy()], dtype=np.uint8)


def open_segmenter(path: Path, device: Device = "auto", *, precision: Precision = "auto") -> UNetSegmenter:
    """A segmenter from a checkpoint file.

    Raises:
        CheckpointError: the file is missing, damaged or none of ours.
        TrainingError: the device was wished by name and this computer has none.
    """
    runtime = choose_runtime(device, precision=precision)
    return UNetSegmenter(open_checkpoint(path), runtime, checks_precision=precision == "auto")
