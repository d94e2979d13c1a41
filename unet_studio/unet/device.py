"""Where networks run and with which precision."""

import functools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import torch
from torch import nn

from unet_studio.errors import OutOfMemory, TrainingError
from unet_studio.segmentation.segmenter import Device

Precision = Literal["auto", "fp32", "bf16"]


@dataclass(frozen=True, slots=True)
class Runtime:
    """A device and the precision networks run with there."""

    device: torch.device
    uses_bf16: bool

    @property
    def text(self) -> str:
        """For the user, such as "NVIDIA H100 · bf16" or "CPU · fp32"."""
        kind = self.device.type
        name = torch.cuda.get_device_name(self.device) if kind == "cuda" else {"mps": "Apple GPU"}.get(kind, "CPU")
        return f"{name} · {'bf16' if self.uses_bf16 else 'fp32'}"

    def autocast(self) -> torch.autocast:
        """The precision as a context to run a network in."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.uses_bf16)


def choose_runtime(device: Device = "auto", *, precision: Precision = "auto") -> Runtime:
    """The device the user wishes, or the fastest there is, and the faster precision there. May take a second, once.

    Raises:
        TrainingError: the device was wished by name and this computer has none.
    """
    found = _device(device)
    if precision != "auto":
        return Runtime(found, precision == "bf16")
    if found.type == "cuda":
        return Runtime(found, torch.cuda.is_bf16_supported(including_emulation=False))
    return Runtime(found, found.type == "cpu" and bf16_is_faster())


def use_threads(count: int) -> None:
    """Afterwards torch computes with so many threads; the app leaves one core to the user's hand."""
    torch.set_num_threads(max(1, count))


@functools.cache
def bf16_is_faster(*, seconds: float = 0.8) -> bool:
    """Whether this processor runs convolutions faster in bf16 than in fp32, tried out once a process.

    What the processor says of itself can't be trusted: without native bf16 it was 0.15 to 0.41 times as fast
    (docs/decisions/0004-precision.md). 1.15 is asked for, so that chance does not choose when both are alike.
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
    return best[True] * 1.15 < best[False]


@contextmanager
def memory_refusals() -> Iterator[None]:
    """Inside, a device or computer without enough memory raises ``OutOfMemory`` with a sentence for the user."""
    try:
        yield
    except (torch.cuda.OutOfMemoryError, MemoryError) as error:
        raise _out_of_memory() from error
    except RuntimeError as error:
        text = str(error).lower()
        if "not enough memory" in text or "can't allocate memory" in text or "out of memory" in text:
            raise _out_of_memory() from error
        raise


def _out_of_memory() -> OutOfMemory:
    return OutOfMemory("There is not enough memory for the network; close other programs or choose the light network.")


def _device(wish: Device) -> torch.device:
    has = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if wish == "auto":
        return torch.device(next(name for name, is_there in has.items() if is_there))
    if not has[wish]:
        named = {"cuda": "NVIDIA graphics card that torch can use", "mps": "Apple graphics processor"}[wish]
        raise TrainingError(f"This computer has no {named}; choose the device “auto” or “cpu”.")
    return torch.device(wish)
