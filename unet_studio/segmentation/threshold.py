"""Otsu's threshold as a segmenter: the first guess before any training."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.segmenter import Prediction


class OtsuSegmenter:
    """Calls everything brighter than the volume's Otsu threshold the one class it is given. It never learns."""

    name = "Otsu threshold"
    device = "CPU"

    def __init__(self, label_class: LabelClass) -> None:
        self.label_classes = (label_class,)

    def predict(self, volume: Volume, slices: Iterable[int], *, probabilities: bool = False) -> Iterator[Prediction]:
        """As ``Segmenter.predict``; colour is judged by the mean of the channels."""
        view = plane_view(volume.geometry, working_plane(volume.geometry))
        threshold = otsu_threshold(volume.voxels)
        for index in slices:
            pixels = view.slice_of(volume.voxels, index).astype(np.float32)
            grey = pixels if pixels.ndim == 2 else pixels.mean(axis=2)
            bright = grey > threshold
            chance = np.stack([~bright, bright]).astype(np.float32) if probabilities else None
            yield Prediction(index, bright.astype(np.uint8) * np.uint8(self.label_classes[0].value), 1.0, chance)


def otsu_threshold(voxels: NDArray[np.generic], *, bins: int = 256) -> float:
    """The intensity that best parts the finite voxels in two: largest variance between the classes.

    N. Otsu, A threshold selection method from gray-level histograms, IEEE Trans. SMC 9 (1979) 62-66.
    """
    flat = voxels.reshape(-1)
    some = flat[:: max(1, flat.size // 1_000_000)].astype(np.float64)
    some = some[np.isfinite(some)]
    if some.size == 0:
        return 0.0
    low, high = float(some.min()), float(some.max())
    if high - low <= bins * np.spacing(max(abs(low), abs(high))):  # all equal, but for rounding
        return high
    counts, edges = np.histogram(some, bins)
    centres = (edges[:-1] + edges[1:]) / 2
    weight = np.cumsum(counts)
    total = np.cumsum(counts * centres)
    below, above = weight[:-1], weight[-1] - weight[:-1]
    between = below * above * (total[:-1] / below - (total[-1] - total[:-1]) / above) ** 2
    first = last = int(np.argmax(between))
    while (
        last + 1 < between.size and between[last + 1] == between[first]
    ):  # empty bins: any place in the gap is as good
        last += 1
    return float(edges[1 + first] + edges[1 + last]) / 2
