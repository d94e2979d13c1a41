"""One training step after the other; a graphics card records one and repeats it without the processor's help."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from unet_studio.errors import OutOfMemory, TrainingError
from unet_studio.unet.deep_supervision import CoarseHeads
from unet_studio.unet.device import Runtime, memory_refusals
from unet_studio.unet.recipe import Recipe

_log = logging.getLogger(__name__)
_BEFORE_RECORDING = 3  # steps, in which the libraries find their ways and the optimiser makes its figures


@dataclass(frozen=True, slots=True)
class Step:
    """What a step told of its batch; ``accuracy`` is the share of its pixels that were right, where that is reported."""

    loss: float
    accuracy: float | None = None


class Stepping:
    """Makes the steps of one training.

    On a graphics card a step of a small network is hundreds of short tasks, which take longer to hand over than to do. So one is
    recorded and repeated, and what a step told is asked for only after the next one has been handed over.
    """

    def __init__(
        self,
        recipe: Recipe,
        runtime: Runtime,
        network: nn.Module,
        optimiser: torch.optim.Optimizer,
        coarse: CoarseHeads | None = None,
    ) -> None:
        self._recipe, self._runtime, self._network = recipe, runtime, network
        self._optimiser, self._coarse = optimiser, coarse
        self._done = 0
        self._record: _Record | None = None
        self._may_record = runtime.device.type == "cuda"
        self._waiting: _Told | None = None

    def __call__(self, images: Tensor, planes: Tensor) -> Step:
        """What a batch told, after a step that makes its loss smaller; on a graphics card, what the batch before it told.

        ``images`` and ``planes`` as ``augmented`` gives them, on the runtime's device and of the same size at every step.

        Raises:
            TrainingError: the loss is not a number.
        """
        images = images.contiguous(memory_format=torch.channels_last)
        figures = self._figures(images, planes)
        self._done += 1
        if self._runtime.device.type != "cuda":
            return self._read(figures.tolist())
        before, self._waiting = self._waiting, _Told(figures)
        return self._read((before or self._waiting).figures())

    def finish(self) -> None:
        """Afterwards the last step is done and known to be sound.

        Raises:
            TrainingError: its loss is not a number.
        """
        if self._waiting is not None:
            self._read(self._waiting.figures())

    def _figures(self, images: Tensor, planes: Tensor) -> Tensor:
        if not self._may_record:
            return self._work(images, planes)
        if self._done < _BEFORE_RECORDING:
            with _beside():
                return self._work(images, planes)
        if self._record is None:
            try:
                with memory_refusals():
                    self._optimiser.zero_grad(set_to_none=True)
                    self._record = _Record(self._work, images, planes)
            except OutOfMemory:
                raise
            except RuntimeError as error:
                _log.info("the card can't record a training step, and is told each: %s", str(error).splitlines()[0])
                self._may_record = False
                self._optimiser.zero_grad(set_to_none=True)
                return self._work(images, planes)
        return self._record.repeated(images, planes)

    def _work(self, images: Tensor, planes: Tensor) -> Tensor:
        return self._recipe.work(self._runtime, self._network, self._optimiser, images, planes, coarse=self._coarse)

    def _read(self, figures: list[float]) -> Step:
        loss, *accuracy = figures
        if not math.isfinite(loss):
            raise TrainingError(
                "The training went astray (its loss is not a number); train from scratch, or look for broken scans."
            )
        return Step(loss, accuracy[0] if accuracy else None)


@contextmanager
def _beside() -> Iterator[None]:
    """Inside, the card works on another stream than its usual one, as torch wants it before it records."""
    usual, other = torch.cuda.current_stream(), torch.cuda.Stream()  # type: ignore[no-untyped-call]
    other.wait_stream(usual)
    with torch.cuda.stream(other):
        yield
    usual.wait_stream(other)


class _Record:
    """A step that the card repeats with other slices."""

    def __init__(self, work: Callable[[Tensor, Tensor], Tensor], images: Tensor, planes: Tensor) -> None:
        self._images, self._planes = images.clone(), planes.clone()
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._figures = work(self._images, self._planes)

    def repeated(self, images: Tensor, planes: Tensor) -> Tensor:
        """What the step told, after it."""
        self._images.copy_(images)
        self._planes.copy_(planes)
        self._graph.replay()
        return self._figures


class _Told:
    """Figures on their way from the card."""

    def __init__(self, figures: Tensor) -> None:
        self._here = torch.empty(figures.shape, dtype=figures.dtype, pin_memory=True)
        self._here.copy_(figures.detach(), non_blocking=True)
        self._arrived = torch.cuda.Event()  # type: ignore[no-untyped-call]
        self._arrived.record()

    def figures(self) -> list[float]:
        """Them, once they are here."""
        self._arrived.synchronize()
        return [float(f) for f in self._here]
