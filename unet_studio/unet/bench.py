"""How fast this machine runs and trains the networks, beside what it can do at most.

Each figure is the fastest of several runs, as other programs only ever make a run slower.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from unet_studio.progress import Progress, Steps
from unet_studio.segmentation.segmenter import Architecture
from unet_studio.unet.augmentation import Augmentation, augmented
from unet_studio.unet.batches import batch_size
from unet_studio.unet.device import Runtime
from unet_studio.unet.network import build_network, config_of, fold_normalisation, in_bf16, parameter_count
from unet_studio.unet.preprocessing import Size
from unet_studio.unet.recipe import recipe_of
from unet_studio.unet.sliding_window import SlidingWindow
from unet_studio.unet.stepping import Stepping

_SIDES = (256, 512)
_FIELD = (192, 192)  # what training shows at a time where slices are larger
_WHOLE = (512, 512)  # as the classic network sees them; on a processor a step would take half a minute
_IN_A_ROW = 8  # training steps on a graphics card, which is told the next one while it does one
_GIGA = 1e9


@dataclass(frozen=True, slots=True)
class Peak:
    """The most floating-point operations a second (GFLOP/s) this machine was seen to do, in convolution and in product."""

    convolution: float
    product: float

    @property
    def gflops(self) -> float:
        """The higher of the two."""
        return max(self.convolution, self.product)


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one network predicts slices of ``side`` × ``side`` pixels, ``together`` at a time, as the program asks for them.

    ``fraction`` is how much of the peak that is.
    """

    architecture: Architecture
    parameters: int
    side: int
    together: int
    slices_per_s: float
    gflop_a_slice: float
    fraction: float


@dataclass(frozen=True, slots=True)
class TrainingSpeed:
    """How fast one network learns: whole steps, augmentation included, of ``count`` cut-outs of ``field`` pixels."""

    architecture: Architecture
    count: int
    field: Size
    steps_per_s: float
    fraction: float


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured on a device in one precision, one after the other."""

    device: str
    threads: int
    peak: Peak
    speeds: tuple[Speed, ...]
    training: tuple[TrainingSpeed, ...]


def measured(runtime: Runtime, *, seconds: float) -> Steps[Bench]:
    """The speed of every network; ``seconds`` is how long each figure may take after its first run. Reports each."""
    architectures: tuple[Architecture, ...] = get_args(Architecture)
    fields = (_FIELD, _WHOLE) if runtime.device.type == "cuda" else (_FIELD,)
    parts = 1 + len(architectures) * (len(_SIDES) + len(fields))
    yield Progress(0.0, "Measuring the peak")
    peak = measured_peak(runtime, seconds=seconds)
    speeds: list[Speed] = []
    training: list[TrainingSpeed] = []
    for architecture in architectures:
        for side in _SIDES:
            yield Progress(
                (1 + len(speeds) + len(training)) / parts, f"Predicting with {architecture} at {side} × {side}"
            )
            speeds.append(_speed(architecture, side, runtime, peak, seconds))
        for field in fields:
            yield Progress((1 + len(speeds) + len(training)) / parts, f"Training {architecture}")
            training.append(_training_speed(architecture, field, runtime, peak, seconds))
    # The machine may have been slower while the peak was measured than it can be: the best of both ends.
    again = measured_peak(runtime, seconds=seconds)
    best = Peak(max(peak.convolution, again.convolution), max(peak.product, again.product))
    return _against(Bench(runtime.text, torch.get_num_threads(), peak, tuple(speeds), tuple(training)), best)


def measured_peak(runtime: Runtime, *, seconds: float) -> Peak:
    """The best of several runs of a large convolution and of a large matrix product."""
    large = runtime.device.type == "cuda"
    maps, side = (256, 256) if large else (128, 192)
    layer = nn.Conv2d(maps, maps, 3, padding=1, bias=False).to(runtime.device)
    layer = layer.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.randn(8 if large else 1, maps, side, side, device=runtime.device)
    x = x.to(memory_format=torch.channels_last)
    order = 8192 if large else 2048
    a, b = (torch.randn(order, order, device=runtime.device) for _ in range(2))
    if runtime.uses_bf16:
        layer, x, a, b = layer.bfloat16(), x.bfloat16(), a.bfloat16(), b.bfloat16()
    operations = 2.0 * maps * maps * 9 * x.shape[0] * side * side
    with torch.inference_mode():
        convolution = operations / min(_timed(lambda: layer(x), runtime, seconds))
        product = 2.0 * order**3 / min(_timed(lambda: torch.mm(a, b), runtime, seconds))
    return Peak(convolution / _GIGA, product / _GIGA)


def forward_gflop(architecture: Architecture, side: int) -> float:
    """Operations (2 a multiplication with its sum) in the convolutions of one slice of one channel and two classes, in 1e9."""
    with torch.device("meta"):
        network = build_network(config_of(architecture, in_channels=1, classes=2)).eval()
        counter = FlopCounterMode(display=False)
        with counter, torch.no_grad():
            network(torch.zeros(1, 1, side, side))
    return float(counter.get_total_flops()) / _GIGA


def _speed(architecture: Architecture, side: int, runtime: Runtime, peak: Peak, seconds: float) -> Speed:
    config = config_of(architecture, in_channels=1, classes=2)
    network = build_network(config).eval()
    parameters = parameter_count(network)
    network = _placed(fold_normalisation(network), runtime)
    if runtime.uses_bf16:
        network = in_bf16(network)
    window = SlidingWindow(network, runtime, field=(side, side), stride=config.stride)
    together = window.together((side, side))
    slices = torch.randn(together, 1, side, side, device=runtime.device)
    a_slice_s = min(_timed(lambda: window.chances(slices), runtime, seconds)) / together
    gflop = forward_gflop(architecture, side)
    return Speed(architecture, parameters, side, together, 1 / a_slice_s, gflop, gflop / a_slice_s / peak.gflops)


def _training_speed(
    architecture: Architecture, field: Size, runtime: Runtime, peak: Peak, seconds: float
) -> TrainingSpeed:
    network = _placed(build_network(config_of(architecture, in_channels=1, classes=2)), runtime).train()
    recipe = recipe_of(architecture)
    coarse = recipe.coarse_heads(network)
    optimiser = recipe.optimiser(network, coarse)
    count = batch_size(field, runtime.device.type)
    chance = torch.Generator().manual_seed(0)
    stepping = Stepping(recipe, runtime, network, optimiser, coarse)
    size = (round(field[0] * 1.25), round(field[1] * 1.25))
    images = torch.randn(count, 1, *size, device=runtime.device)
    planes = torch.full((count, *size), 2, dtype=torch.int16, device=runtime.device)
    planes[:, 60:120, 60:120] = 3

    def step() -> None:
        seen, wanted = augmented(images, planes, field=field, how=Augmentation(), generator=chance)
        stepping(seen, wanted)

    at_once = _IN_A_ROW if runtime.device.type == "cuda" else 1
    for _ in range(at_once - 1):  # until it is recorded
        step()
    a_step_s = min(_timed(step, runtime, seconds, at_once=at_once))
    # Backwards takes twice the operations of forwards: once for the layer's input and once for its weights.
    gflop = 3 * count * forward_gflop(architecture, field[0])
    return TrainingSpeed(architecture, count, field, 1 / a_step_s, gflop / a_step_s / peak.gflops)


def _against(bench: Bench, peak: Peak) -> Bench:
    """The same figures against another peak."""
    share = bench.peak.gflops / peak.gflops
    return replace(
        bench,
        peak=peak,
        speeds=tuple(replace(s, fraction=s.fraction * share) for s in bench.speeds),
        training=tuple(replace(t, fraction=t.fraction * share) for t in bench.training),
    )


def _placed(network: nn.Module, runtime: Runtime) -> nn.Module:
    return network.to(runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _timed(work: Callable[[], object], runtime: Runtime, seconds: float, *, at_once: int = 1) -> list[float]:
    """How long each of several runs took in seconds, after one that is not counted; the mean of ``at_once`` in a row."""
    work()
    taken: list[float] = []
    while not taken or (at_once * sum(taken) < seconds and len(taken) < 200):
        _wait(runtime)
        began = time.perf_counter()
        for _ in range(at_once):
            work()
        _wait(runtime)
        taken.append((time.perf_counter() - began) / at_once)
    return taken


def _wait(runtime: Runtime) -> None:
    """Afterwards a graphics card has done what it was told."""
    if runtime.device.type == "cuda":
        torch.cuda.synchronize(runtime.device)
    elif runtime.device.type == "mps":
        torch.mps.synchronize()
