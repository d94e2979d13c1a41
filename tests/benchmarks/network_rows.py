"""How fast the network predicts and learns, beside plain torch, nnU-Net's predictor where it is installed, and the machine.

Processor time of one thread throughout, as other programs' work then counts least.
"""

import copy
import json
import os
import resource
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

from tests.benchmarks.row import Row
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import CheckpointCard, Scores
from unet_studio.unet.augmentation import Augmentation, augmented
from unet_studio.unet.bench import forward_gflop
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.device import Runtime
from unet_studio.unet.loss import UNKNOWN, segmentation_loss
from unet_studio.unet.network import build_network, config_of
from unet_studio.unet.preprocessing import Preprocessing
from unet_studio.unet.recipe import recipe_of
from unet_studio.unet.segmenter import UNetSegmenter
from unet_studio.unet.speed_probe import bf16_speed
from unet_studio.unet.stepping import Stepping

ROUNDS = 9
SIDE = 256
SLICES = 4
CPU = torch.device("cpu")
CAPS = ("AVX2", "AVX512_CORE", "ALL")


def _speed() -> Iterator[Row]:
    """The same network and weights through ours, volume in and labels out, and through others."""
    torch.set_num_threads(1)
    checkpoint, volume = untrained_checkpoint(), noise_volume(SLICES)
    ways: dict[str, Callable[[], object]] = {"plain torch": _plain(checkpoint, volume)}
    theirs = _nnunet(checkpoint, volume)
    if theirs is not None:
        ways["nnUNetPredictor"] = theirs
    for name, half in (("fp32", False), ("bf16", True)):
        segmenter = UNetSegmenter(checkpoint, Runtime(CPU, half), checks_precision=False)
        ways[name] = lambda segmenter=segmenter: list(segmenter.predict(volume, range(SLICES)))  # type: ignore[misc]
    times = _interleaved(ways)
    for other in ("plain torch", "nnUNetPredictor"):
        if other in times:
            yield Row(
                f"predict in fp32 / {other}", times["fp32"] / SLICES, "ms a slice", times[other] / SLICES, 1 / 1.15
            )
            yield Row(
                f"predict in bf16 / {other}", times["bf16"] / SLICES, "ms a slice", times[other] / SLICES, 1 / 2.2
            )


def _peak() -> Iterator[Row]:
    """How much of what the machine can do at most the network reaches: the ratio is the time it would take at the peak."""
    torch.set_num_threads(1)
    gflop = forward_gflop("standard", SIDE)
    for name, half, goal in (("fp32", False, 1 / 0.65), ("bf16", True, 1 / 0.70)):
        segmenter = UNetSegmenter(untrained_checkpoint(), Runtime(CPU, half), checks_precision=False)
        prepared = torch.randn(1, 1, SIDE, SIDE)
        layer, x = nn.Conv2d(128, 128, 3, padding=1, bias=False), torch.randn(1, 128, 96, 96)
        kind = torch.bfloat16 if half else torch.float32
        layer, x = layer.to(kind, memory_format=torch.channels_last), x.to(kind, memory_format=torch.channels_last)  # type: ignore[call-overload]
        ways = {"ours": lambda: segmenter._fast.chances(prepared), "peak": torch.inference_mode()(lambda: layer(x))}  # noqa: B023
        best = _interleaved(ways, pick=min)
        peak = 2e-9 * 128 * 128 * 9 * 96 * 96 / best["peak"]  # GFLOP a millisecond
        yield Row(f"predict in {name} / at the machine's peak", best["ours"], "ms a slice", gflop / peak, goal)


def _step() -> Iterator[Row]:
    """A training step beside the plain one: of a new network, and of fine-tuning; and what augmentation adds to it."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    field, count = (128, 128), 4
    images = torch.randn(count, 1, 160, 160)
    planes = torch.full((count, 160, 160), 2, dtype=torch.int16)
    planes[:, 40:90, 40:90] = 3
    chance, how = torch.Generator().manual_seed(0), Augmentation()
    seen, wanted = augmented(images, planes, field=field, how=how, generator=chance)

    def stepping(*, is_continued: bool) -> Callable[[], object]:
        recipe = recipe_of("standard", is_continued=is_continued)
        network = build_network(config_of("standard", in_channels=1, classes=2)).train()
        network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        coarse = recipe.coarse_heads(network)
        optimiser = recipe.optimiser(network, coarse)
        stepping = Stepping(recipe, Runtime(CPU, uses_bf16=True), network, optimiser, coarse)
        return lambda: stepping(seen, wanted)

    bare = build_network(config_of("standard", in_channels=1, classes=2))
    times = _interleaved({
        "plain": plain_step(bare, seen, wanted), "new": stepping(is_continued=False), "tuned": stepping(is_continued=True),
        "augmentation": lambda: augmented(images, planes, field=field, how=how, generator=chance),
    })  # fmt: skip
    yield Row("fine-tuning step / plain fp32", times["tuned"], "ms", times["plain"], 1 / 2.2)
    yield Row("a new network's training step / plain fp32", times["new"], "ms", times["plain"], 1 / 2.2)
    yield Row("augmentation / training step", times["augmentation"], "ms", times["tuned"], 0.02)


def _memory() -> Iterator[Row]:
    """The most memory a process takes that predicts slices of 512 × 512 × 300 voxels (157 MB)."""
    for name, half in (("fp32", "0"), ("bf16", "1")):
        found = _child("memory", {"HALF": half})
        yield Row(f"memory of a prediction in {name}", found["mb"], "MB", None, 157 + 750)


def _caps() -> Iterator[Row]:
    """Whether the precision chosen by trial is the faster one, also where the processor's instructions are capped."""
    for cap in CAPS:
        found = _child("caps", {} if cap == "ALL" else {"ONEDNN_MAX_CPU_ISA": cap})
        yield Row(f"precision chosen with {cap} / the faster one", found["chosen"], "ms", found["best"], 1 / 0.95)


def child(what: str) -> None:
    """What is measured in a process of its own; prints one JSON object."""
    torch.set_num_threads(1)
    if what == "memory":
        segmenter = UNetSegmenter(
            untrained_checkpoint(), Runtime(CPU, os.environ["HALF"] == "1"), checks_precision=False
        )
        shape = (300, 512, 512)
        volume = Volume(np.full(shape, 100, np.int16), Geometry(shape, (1.0, 1.0, 1.0)))
        volume_noise = np.random.default_rng(0).integers(-50, 50, shape[1:], dtype=np.int16)
        volume = Volume(volume.voxels + volume_noise, volume.geometry)
        for answer in segmenter.predict(volume, (10, 11, 150, 299)):
            assert answer.labels.shape == shape[1:]
        print(json.dumps({"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    ratio = bf16_speed()
    checkpoint, volume = untrained_checkpoint(), noise_volume(1)
    ways = {}
    for name, half in (("fp32", False), ("bf16", True)):
        segmenter = UNetSegmenter(checkpoint, Runtime(CPU, half), checks_precision=False)
        ways[name] = lambda segmenter=segmenter: list(segmenter.predict(volume, (0,)))
    times = _interleaved(ways)
    chosen = times["bf16" if ratio > 1.15 else "fp32"]
    print(json.dumps({"chosen": chosen, "best": min(times.values()), "ratio": ratio}))


def _child(what: str, environment: Mapping[str, str]) -> dict[str, float]:
    code = f"from tests.benchmarks.network_rows import child; child({what!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, cwd=Path(__file__).parents[2], check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _interleaved(
    ways: Mapping[str, Callable[[], object]], *, pick: Callable[[list[float]], float] = lambda t: float(np.median(t))
) -> dict[str, float]:
    """Milliseconds of processor time of each way, taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            way()
            taken[name].append((time.process_time() - began) * 1000)
    return {name: pick(times) for name, times in taken.items()}


def untrained_checkpoint() -> Checkpoint:
    """A network that was never trained, as its speed does not depend on that; slices of 256 pixels and more are left alone."""
    torch.manual_seed(0)
    config = config_of("standard", in_channels=1, classes=2)
    plan = Preprocessing("volume", 0.0, 0.0, (0.0,), (1.0,), (1.0, 1.0), None, (SIDE, SIDE), config.stride)
    classes = (LabelClass(1, "structure", (255, 0, 0)),)
    card = CheckpointCard("x", "standard", 0, classes, Scores(), None, {}, {}, None, 0, 0, 0.0, "", "")
    return Checkpoint(config, plan, card, dict(build_network(config).state_dict()))


def noise_volume(slices: int, *, side: int = SIDE) -> Volume:
    """Noise of so many square slices."""
    shape = (slices, side, side)
    voxels = np.random.default_rng(0).normal(0, 300, shape).astype(np.int16)
    return Volume(voxels, Geometry(shape, (1.0, 1.0, 1.0)))


def plain_step(network: nn.Module, seen: torch.Tensor, wanted: torch.Tensor) -> Callable[[], None]:
    """A training step as plain torch does it, with our loss, on the device that all lie on."""
    network.train()
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3)

    def step() -> None:
        loss = segmentation_loss(network(seen), (wanted.long() - 2).clamp(min=UNKNOWN))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()

    return step


def _plain(checkpoint: Checkpoint, volume: Volume) -> Callable[[], object]:
    network = copy.deepcopy(checkpoint.network()).eval()

    @torch.inference_mode()
    def predict() -> object:
        voxels = volume.voxels.astype(np.float32)
        voxels = (voxels - voxels.mean()) / voxels.std()
        return [network(torch.from_numpy(one)[None, None]).argmax(dim=1) for one in voxels]

    return predict


def _nnunet(checkpoint: Checkpoint, volume: Volume) -> Callable[[], object] | None:
    """Its sliding window with the whole slice as its patch and no mirroring; None where it is not installed."""
    for name in ("nnUNet_raw", "nnUNet_preprocessed", "nnUNet_results"):
        os.environ.setdefault(name, "nowhere")
    try:
        from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor  # type: ignore[import-not-found]
    except ImportError:
        return None
    theirs = nnUNetPredictor(
        tile_step_size=0.5, use_gaussian=True, use_mirroring=False, perform_everything_on_device=False, device=CPU,
        verbose=False, allow_tqdm=False,
    )  # fmt: skip
    theirs.network = checkpoint.network().eval()
    theirs.configuration_manager = types.SimpleNamespace(patch_size=(SIDE, SIDE))
    theirs.label_manager = types.SimpleNamespace(num_segmentation_heads=2)
    theirs.allowed_mirroring_axes, theirs.list_of_parameters = (0, 1), [None]

    def predict() -> object:
        voxels = torch.from_numpy(volume.voxels.astype(np.float32))
        voxels = (voxels - voxels.mean()) / voxels.std()
        return theirs.predict_sliding_window_return_logits(voxels[None]).argmax(0).to(torch.uint8).numpy()

    return predict


ROWS = {
    "network_speed": _speed,
    "network_peak": _peak,
    "network_step": _step,
    "network_memory": _memory,
    "network_caps": _caps,
}
