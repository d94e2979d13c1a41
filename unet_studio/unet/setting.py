"""What one training has to do with, and what stays as it is while it learns."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import torch
from torch import nn

from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.device import Runtime
from unet_studio.unet.inference import Judged, scored
from unet_studio.unet.network import Config
from unet_studio.unet.preprocessing import Preprocessing
from unet_studio.unet.recipe import Recipe, recipe_of
from unet_studio.unet.schedule import Schedule

REPORT_S = 0.5  # between two reports


@dataclass(frozen=True, slots=True)
class Setting:
    """What one training has to do with, and what stays as it is; ``threads`` is how many it may take.

    ``earlier`` are some of the slices that the checkpoint to start from learned from: what it must not forget. ``is_enough``
    tells whether the user wants what has been learned so far.
    """

    options: TrainingOptions
    runtime: Runtime
    schedule: Schedule
    start: Checkpoint | None
    config: Config
    preprocessing: Preprocessing
    held_out: tuple[Sample, ...]
    earlier: tuple[Sample, ...]
    threads: int
    is_enough: Callable[[], bool]

    @property
    def values(self) -> tuple[int, ...]:
        """The label value of each class index from 1."""
        return tuple(c.value for c in self.options.label_classes)

    @property
    def recipe(self) -> Recipe:
        """How the network is trained."""
        return recipe_of(self.config.architecture, is_continued=self.start is not None)

    def report(
        self,
        step: int,
        message: str,
        loss: float | None = None,
        dice: Mapping[int, float] | None = None,
        accuracy: float | None = None,
    ) -> TrainingStep:
        """Where the work stands."""
        clock, left = self.schedule, self.schedule.seconds_left(step)
        if accuracy is not None:
            message = f"{message}, {accuracy:.1%} of the training pixels right"
        return TrainingStep(step, clock.seconds, left, clock.fraction(step), loss, dice, message, accuracy)

    def placed(self, network: nn.Module) -> nn.Module:
        """The network on the device, its memory laid out as convolutions want it."""
        return network.to(self.runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]

    def score(
        self, network: nn.Module, known: Sequence[int], samples: Sequence[Sample], *, step: int, message: str
    ) -> Generator[TrainingStep, None, Judged]:
        """The scores of a network that tells the classes ``known`` apart, with reports now and then."""
        last_s = self.schedule.seconds
        work = scored(network, self.preprocessing, self.runtime, samples=samples, values=known, asked=self.values)
        with closing(work):
            while True:
                try:
                    next(work)
                except StopIteration as end:
                    judged: Judged = end.value
                    return judged
                if self.schedule.seconds - last_s > REPORT_S:
                    last_s = self.schedule.seconds
                    yield self.report(step, message)
