"""How fast we predict beside nnU-Net v2's predictor: the same network, the same weights, turn by turn in one process.

    PYTHONPATH=. PEER/bin/python tests/benchmarks/beside_predictor.py [--side 256] [--rounds 5] [--threads 2] [--json]

Needs an environment of its own with nnunetv2 beside this program's packages. Theirs is
``predict_sliding_window_return_logits`` without mirroring, one tile a slice, and the choice of the likeliest class, on voxels
already normalised. Ours is all of ``predict``: normalising, the network, resampling to the scan's pixels, the class, the
uncertainty. Both in the same number of threads.
"""

import argparse
import json
import os
import statistics
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.unet.conftest import CORE, DISC, disc_samples, disc_volume, finished
from unet_studio.segmentation.segmenter import Architecture, TrainingOptions
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.segmenter import UNetSegmenter
from unet_studio.unet.speed_probe import bf16_speed

SLICES = 16


def main(arguments: list[str]) -> int:
    """Prints one object a way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--architecture", default="standard")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    checkpoint = learned(chosen.side, chosen.architecture)
    volume, _ = disc_volume(slices=SLICES, size=(chosen.side, chosen.side), seed=9)
    ways: dict[str, Callable[[], np.ndarray]] = {"nnUNetPredictor, fp32": theirs(checkpoint, volume.voxels)}
    for precision in ("fp32", "bf16", "auto"):
        runtime = choose_runtime("cpu", precision=precision)
        segmenter = UNetSegmenter(checkpoint, runtime, checks_precision=False)
        ways[f"ours, {precision}"] = lambda s=segmenter: np.stack([p.labels for p in s.predict(volume, range(SLICES))])
    answers = {name: way() for name, way in ways.items()}
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(chosen.rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            took[name].append(time.perf_counter() - began)
    base, same = took["nnUNetPredictor, fp32"], answers["ours, fp32"]
    for name, times in took.items():
        row = {
            "way": name, "slices_per_s": round(SLICES / statistics.median(times), 2),
            "best_slices_per_s": round(SLICES / min(times), 2),
            "times_as_fast": round(statistics.median(b / t for b, t in zip(base, times, strict=True)), 2),
            "dice_with_fp32": round(dice(answers[name], same), 4), "load": round(os.getloadavg()[0], 1),
            "bf16_probe": round(bf16_speed(), 2), "side": chosen.side, "threads": chosen.threads,
        }  # fmt: skip
        print(json.dumps(row) if chosen.json else row, flush=True)
    return 0


def learned(side: int, architecture: Architecture) -> Checkpoint:
    """A network that has learned discs of this size, at their own pixels."""
    samples = disc_samples(slices=5, size=(side, side), seed=1) + disc_samples(slices=5, size=(side, side), seed=2)
    options = TrainingOptions((DISC, CORE), steps=30, architecture=architecture, device="cpu", name="discs", seed=5)
    return finished(train(samples, [], options))


def theirs(checkpoint: Checkpoint, voxels: np.ndarray) -> Callable[[], np.ndarray]:
    """nnU-Net's predictor with the network of the checkpoint."""
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    network = checkpoint.network().eval()
    size = checkpoint.preprocessing.stride * np.ceil(np.array(voxels.shape[1:]) / checkpoint.preprocessing.stride)
    predictor = nnUNetPredictor(
        use_gaussian=True,
        use_mirroring=False,
        perform_everything_on_device=False,
        device=torch.device("cpu"),
        allow_tqdm=False,
    )
    predictor.network = network
    predictor.configuration_manager = types.SimpleNamespace(patch_size=tuple(map(int, size)))
    predictor.label_manager = types.SimpleNamespace(num_segmentation_heads=len(checkpoint.values) + 1)
    predictor.allowed_mirroring_axes, predictor.list_of_parameters = None, [None]
    table = np.array([0, *checkpoint.values], np.uint8)
    channels = next(network.parameters()).shape[1]

    def predicted() -> np.ndarray:
        x = torch.from_numpy(voxels.copy())
        x = ((x - x.mean()) / x.std()).expand(channels, *voxels.shape)
        logits = predictor.predict_sliding_window_return_logits(x)
        return table[logits.argmax(0).numpy()]

    return predicted


def dice(one: np.ndarray, other: np.ndarray) -> float:
    """How alike two answers are, over all that is not background."""
    same = 2 * int(((one == other) & (one != 0)).sum())
    return same / max(1, int((one != 0).sum() + (other != 0).sum()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
