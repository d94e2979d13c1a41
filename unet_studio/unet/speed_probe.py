"""Which precision this machine is faster in: tried out once and remembered."""

import functools
import hashlib
import json
import logging
import os
import platform
import time
from contextlib import suppress
from pathlib import Path

import torch
from torch import nn

from unet_studio.project.disk import replace_bytes
from unet_studio.project.settings import settings_path

_log = logging.getLogger(__name__)
_CLEARLY = 1.15  # bf16 is taken from this ratio on, so that chance does not choose when both are alike
_CLOSE_CALL = (0.8, 1.5)  # ratios between these may be another program's doing, and are not remembered
_CAPS = ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY")


@functools.cache
def bf16_is_faster() -> bool:
    """Whether this processor runs convolutions faster in bf16 than in fp32: as remembered, else tried out, for a second."""
    return remembered_answer(settings_path().with_name("speed.json"), machine_key())


def remembered_answer(path: Path, machine: str) -> bool:
    """The answer for ``machine`` in the file at ``path``; where it has none it is tried out, and kept if it is a clear one."""
    known: dict[str, object] = {}
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text(encoding="utf-8"))
        known = found if isinstance(found, dict) else {}
    ratio = known.get(machine)
    if not isinstance(ratio, int | float) or isinstance(ratio, bool):
        ratio = bf16_speed()
        if not _CLOSE_CALL[0] < ratio < _CLOSE_CALL[1]:
            _remember(path, {**known, machine: round(ratio, 3)})
    return ratio > _CLEARLY


def machine_key() -> str:
    """What an answer holds for: this computer, its processor, its caps by environment, and this torch; as one hash."""
    parts = [platform.node(), platform.machine(), platform.processor(), str(os.cpu_count()), torch.__version__]
    parts += [torch.backends.cpu.get_cpu_capability(), *(os.environ.get(cap, "") for cap in _CAPS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def bf16_speed(*, seconds: float = 0.8) -> float:
    """How many times as fast as in fp32 this processor runs small convolutions in bf16, forward and back.

    What the processor says of itself can't be trusted: without native bf16 it was 0.15 to 0.41 times as fast
    (docs/decisions/0004-precision.md).
    """
    layers = nn.Sequential(
        nn.Conv2d(32, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.Conv2d(32, 32, 3, padding=1)
    )
    layers = layers.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.zeros((2, 32, 64, 64)).to(memory_format=torch.channels_last)
    best = {False: float("inf"), True: float("inf")}
    end = time.monotonic() + seconds
    rounds = 0
    while rounds < 2 or (rounds < 12 and time.monotonic() < end):
        for bf16 in best:
            began = time.perf_counter()
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                loss = layers(x).float().square().mean()
            loss.backward()
            best[bf16] = min(best[bf16], time.perf_counter() - began)
        rounds += 1
    return best[False] / best[True]


def _remember(path: Path, known: dict[str, object]) -> None:
    """Afterwards the file has what is known, if it can be written; else the next start tries again."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_bytes(path, json.dumps(known).encode())
    except OSError as error:
        _log.info("the speed of this machine can't be remembered: %s", error.strerror)
