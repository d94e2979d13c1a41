"""The contract between networks and the rest of the program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass, Labels

Architecture = Literal["standard", "light", "classic"]
Device = Literal["auto", "cpu", "cuda", "mps"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A network's answer for one slice, on the scan's own pixels and the way up the slice is shown.

    ``labels`` is uint8 (row, column) of class values. ``uncertainty`` is the share of the outlines that is expected to be
    wrong, 0 to 1: one minus the Dice that the probabilities promise; about 0 for an empty slice. ``probabilities`` is
    float32 (class, row, column), background first, then ``Segmenter.label_classes`` in their order; None where they were
    not asked for. ``doubt`` is uint8 (row, column): how likely each pixel's label is wrong, 0 to 255; None where that is not
    known.
    """

    index: int
    labels: Labels
    uncertainty: float
    probabilities: NDArray[np.float32] | None = None
    doubt: NDArray[np.uint8] | None = None

    @property
    def to_correct(self) -> float:
        """How many pixels are expected to be wrong, each counted by how likely that is; 0 where that is not known."""
        return 0.0 if self.doubt is None else float(self.doubt.sum(dtype=np.int64)) / 255


class Segmenter(Protocol):
    """Something that proposes labels for the slices of a volume. Not shared between threads."""

    @property
    def name(self) -> str:
        """What the user knows it by."""
        ...

    @property
    def device(self) -> str:
        """Where it runs, for the user, such as "NVIDIA H100 · bf16" or "CPU · fp32"."""
        ...

    @property
    def label_classes(self) -> tuple[LabelClass, ...]:
        """The classes it tells apart, without background."""
        ...

    def predict(self, volume: Volume, slices: Iterable[int], *, probabilities: bool = False) -> Iterator[Prediction]:
        """Answers for ``slices`` of the volume's working plane, in the order in which that iterable hands them out.

        The next slice is taken only once the caller has come back for it, so the caller may change its mind about the order.

        Raises:
            OutOfMemory: not even one slice fits.
            TrainingError: the volume's channels are not those it was trained on.
        """
        ...


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """How to train. Exactly one of ``budget_s`` (seconds from start to a usable checkpoint) and ``steps`` is set.

    ``start`` is the checkpoint to go on from, None for from scratch. ``label_classes`` are all classes of the project;
    ``architecture`` counts only from scratch. ``rival`` is the checkpoint to be measured against on the same held-out
    samples, whose scores become the card's ``before``; None for ``start``.
    """

    label_classes: tuple[LabelClass, ...]
    budget_s: float | None = None
    steps: int | None = None
    architecture: Architecture = "standard"
    start: Path | None = None
    rival: Path | None = None
    seed: int = 0
    device: Device = "auto"
    name: str = ""

    def __post_init__(self) -> None:
        assert (self.budget_s is None) != (self.steps is None)


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """A progress report. ``fraction`` is 0 to 1 of the whole work and ``seconds_left`` what remains of it.

    ``loss`` is a moving mean, None before the first step. ``held_out_dice`` has the mean Dice per class value over the held-out
    slices, when it was measured with this report, else None. ``accuracy`` is a moving mean of the share of training pixels
    that were right, which the classic network's demo reports; it is no score.
    """

    step: int
    seconds: float
    seconds_left: float
    fraction: float
    loss: float | None = None
    held_out_dice: Mapping[int, float] | None = None
    message: str = ""
    accuracy: float | None = None
