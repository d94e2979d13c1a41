"""How fast the networks predict and learn on an NVIDIA graphics card, beside plain torch in fp32 there.

Wall time until the card is done, medians of ways taken in turns. Without a card these rows are not measured and say so.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import get_args

import numpy as np
import torch
from torch import nn

from tests.benchmarks.network_rows import noise_volume, plain_step, untrained_checkpoint
from tests.benchmarks.row import Row
from unet_studio.segmentation.segmenter import Architecture
from unet_studio.unet.augmentation import Augmentation, augmented
from unet_studio.unet.batches import batch_size
from unet_studio.unet.bench import forward_gflop, measured_peak
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.network import build_network, config_of, fold_normalisation, in_bf16
from unet_studio.unet.recipe import recipe_of
from unet_studio.unet.segmenter import UNetSegmenter
from unet_studio.unet.sliding_window import SlidingWindow
from unet_studio.unet.stepping import Stepping

ROUNDS = 9
INNER = 4
ARCHITECTURES: tuple[Architecture, ...] = get_args(Architecture)


def _speed() -> Iterator[Row]:
    """Slices to chances: ours beside plain torch, in fp32 and with its convolutions in TF32; one at a time and several."""
    for architecture in ARCHITECTURES:
        for side in (256, 512):
            window = _window(architecture, side)
            plain = build_network(config_of(architecture, in_channels=1, classes=2)).eval().to("cuda")
            for count in (1, window.together((side, side))):
                x = torch.randn(count, 1, side, side, device="cuda")
                times = _interleaved({
                    "fp32": _forward(plain, x), "tf32": _in_tf32(_forward(plain, x)),
                    "ours": lambda window=window, x=x: window.chances(x),  # type: ignore[misc]
                })  # fmt: skip
                name = f"{architecture}, {count} × {side}²"
                yield Row(f"{name}: ours / eager fp32", times["ours"] / count, "ms a slice", times["fp32"] / count)
                yield Row(f"{name}: ours / eager TF32", times["ours"] / count, "ms a slice", times["tf32"] / count)


def _peak() -> Iterator[Row]:
    """The classic network at 512² beside the card's own peak in bf16: predicting several slices, and a training step."""
    runtime = choose_runtime("cuda")
    peak = measured_peak(runtime, seconds=2.0).gflops
    window, gflop = _window("classic", 512), forward_gflop("classic", 512)
    for count in (1, window.together((512, 512))):
        x = torch.randn(count, 1, 512, 512, device="cuda")
        took = _interleaved({"ours": lambda x=x: window.chances(x)})["ours"]  # type: ignore[misc]
        yield Row(f"classic, {count} × 512² / at the peak", took, "ms", 1000 * count * gflop / peak, 1 / 0.35)
    count, step = batch_size((512, 512), "cuda"), _stepping("classic", (512, 512))
    took = _interleaved({"ours": step})["ours"]
    yield Row(f"classic, a step of {count} × 512² / at the peak", took, "ms", 3000 * count * gflop / peak, 1 / 0.35)


def _step() -> Iterator[Row]:
    """A training step beside the plain one in fp32, same loss, same slices; and what augmentation adds to it."""
    for architecture in ARCHITECTURES:
        for field in ((192, 192), (512, 512)):
            seen, wanted = _batch(field)
            network = build_network(config_of(architecture, in_channels=1, classes=2)).to("cuda")
            plain = plain_step(network, seen, wanted)
            times = _interleaved({
                "plain": plain, "tf32": _in_tf32(plain), "ours": _stepping(architecture, field, views=False),
                "with views": _stepping(architecture, field),
            })  # fmt: skip
            name = f"{architecture}, a step of {len(seen)} × {field[0]}²"
            yield Row(f"{name}: ours / eager fp32", times["ours"], "ms", times["plain"])
            yield Row(f"{name}: ours / eager TF32", times["ours"], "ms", times["tf32"])
            yield Row(f"{name}: with augmentation / without", times["with views"], "ms", times["ours"])


def _volume() -> Iterator[Row]:
    """From voxels to labels with uncertainty, beside the network alone in eager fp32 and the choice of the class."""
    for side in (256, 512):
        checkpoint, volume = untrained_checkpoint(), noise_volume(32, side=side)
        segmenter = UNetSegmenter(checkpoint, choose_runtime("cuda"), checks_precision=False)
        plain = checkpoint.network().eval().to("cuda")

        @torch.inference_mode()
        def beside(voxels=volume.voxels, plain=plain) -> None:  # type: ignore[no-untyped-def]
            scaled = ((voxels - voxels.mean()) / voxels.std()).astype(np.float32)
            for one in scaled:
                plain(torch.from_numpy(one)[None, None].to("cuda")).argmax(dim=1).cpu()

        times = _interleaved({
            "ours": lambda segmenter=segmenter, volume=volume: list(segmenter.predict(volume, range(32))),  # type: ignore[misc]
            "plain": beside,
        }, inner=1)  # fmt: skip
        yield Row(f"a volume of 32 × {side}²: ours / eager fp32", times["ours"] / 32, "ms a slice", times["plain"] / 32)


def _window(architecture: Architecture, side: int) -> SlidingWindow:
    network = fold_normalisation(build_network(config_of(architecture, in_channels=1, classes=2)).eval())
    network = in_bf16(network.to("cuda", memory_format=torch.channels_last))  # type: ignore[call-overload]
    return SlidingWindow(network, choose_runtime("cuda"), field=(side, side), stride=16)


def _forward(network: nn.Module, x: torch.Tensor) -> Callable[[], None]:
    @torch.inference_mode()
    def run() -> None:
        network(x).softmax(dim=1)

    return run


def _in_tf32(way: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        torch.backends.cudnn.allow_tf32 = True
        way()
        torch.backends.cudnn.allow_tf32 = False

    return run


def _cut_outs(field: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
    count, size = batch_size(field, "cuda"), (round(field[0] * 1.25), round(field[1] * 1.25))
    images = torch.randn(count, 1, *size, device="cuda")
    planes = torch.full((count, *size), 2, dtype=torch.int16, device="cuda")
    planes[:, 60:120, 60:120] = 3
    return images, planes


def _batch(field: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
    images, planes = _cut_outs(field)
    chance = torch.Generator().manual_seed(0)
    return augmented(images, planes, field=field, how=Augmentation(), generator=chance)


def _stepping(architecture: Architecture, field: tuple[int, int], *, views: bool = True) -> Callable[[], None]:
    runtime, recipe = choose_runtime("cuda"), recipe_of(architecture)
    network = build_network(config_of(architecture, in_channels=1, classes=2)).train()
    network = network.to("cuda", memory_format=torch.channels_last)  # type: ignore[call-overload]
    coarse = recipe.coarse_heads(network)
    optimiser = recipe.optimiser(network, coarse)
    stepping = Stepping(recipe, runtime, network, optimiser, coarse)
    images, planes = _cut_outs(field)
    chance = torch.Generator().manual_seed(0)
    seen, wanted = _batch(field)

    def step() -> None:
        a, b = augmented(images, planes, field=field, how=Augmentation(), generator=chance) if views else (seen, wanted)
        stepping(a, b)

    return step


def _interleaved(ways: Mapping[str, Callable[[], object]], *, inner: int = INNER) -> dict[str, float]:
    """Milliseconds of each way until the card has done it, medians."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        for _ in range(5):  # a training step is recorded with the fourth
            way()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            torch.cuda.synchronize()
            began = time.perf_counter()
            for _ in range(inner):
                way()
            torch.cuda.synchronize()
            taken[name].append((time.perf_counter() - began) / inner * 1000)
    return {name: float(np.median(times)) for name, times in taken.items()}


def _with_a_card(rows: Callable[[], Iterator[Row]]) -> Callable[[], Iterator[Row]]:
    def measured() -> Iterator[Row]:
        if torch.cuda.is_available():
            print(f"# {torch.cuda.get_device_name()}, torch {torch.__version__}", file=sys.stderr)
            yield from rows()
        else:
            print("not measured: there is no NVIDIA graphics card here", file=sys.stderr)

    return measured


ROWS = {
    "card_speed": _with_a_card(_speed),
    "card_peak": _with_a_card(_peak),
    "card_step": _with_a_card(_step),
    "card_volume": _with_a_card(_volume),
}
