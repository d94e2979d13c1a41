"""A segmenter's answers for every slice of a volume, put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import Labels
from unet_studio.progress import Progress, Steps
from unet_studio.segmentation.segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class WholePrediction:
    """``labels`` is uint8 (z, y, x) of class values; ``probabilities`` float32 (class, z, y, x), background first, or None."""

    labels: Labels
    probabilities: NDArray[np.float32] | None


def predicting(segmenter: Segmenter, volume: Volume, *, probabilities: bool = False) -> Steps[WholePrediction]:
    """The labels of a whole volume, and the probabilities where asked for; reports the share done after each slice.

    Raises:
        OutOfMemory: not even one slice fits.
        TrainingError: the volume's channels are not those the segmenter was trained on.
    """
    view = plane_view(volume.geometry, working_plane(volume.geometry))
    shape = volume.geometry.shape
    count = view.count(shape)
    labels = np.zeros(shape, np.uint8)
    chances = np.zeros((len(segmenter.label_classes) + 1, *shape), np.float32) if probabilities else None
    for done, answer in enumerate(segmenter.predict(volume, range(count), probabilities=probabilities)):
        view.slice_of(labels, answer.index)[...] = answer.labels
        if chances is not None:
            assert answer.probabilities is not None
            for place, chance in enumerate(answer.probabilities):
                view.slice_of(chances[place], answer.index)[...] = chance
        yield Progress((done + 1) / count, f"Slice {done + 1} of {count}")
    return WholePrediction(labels, chances)
