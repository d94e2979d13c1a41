"""Where networks run and with which precision."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import torch

from unet_studio.errors import OutOfMemory, TrainingError
from unet_studio.segmentation.segmenter import Device
from unet_studio.unet.speed_probe import bf16_is_faster

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
        # No weight is used twice, so none is kept for that; a recorded step could not have it either.
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.uses_bf16, cache_enabled=False)


def choose_runtime(device: Device = "auto", *, precision: Precision = "auto") -> Runtime:
    """The device the user wishes, or the fastest there is, and the faster precision there. Takes a second once a machine.

    Raises:
        TrainingError: the device was wished by name and this computer has none.
    """
    found = _device(device)
    if found.type == "cuda":
        _be_exact()
    if precision != "auto":
        return Runtime(found, precision == "bf16")
    if found.type == "cuda":
        return Runtime(found, torch.cuda.is_bf16_supported(including_emulation=False))
    return Runtime(found, found.type == "cpu" and bf16_is_faster())


def sent(tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
    """The tensor on the device; a graphics card fetches it while the processor goes on."""
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor.to(device)


@contextmanager
def repeatable(*, is_wanted: bool) -> Iterator[None]:
    """Inside, if it ``is_wanted``, a graphics card adds up in the same order every time; a processor always does."""
    before = torch.backends.cudnn.deterministic
    torch.backends.cudnn.deterministic = before or is_wanted
    try:
        yield
    finally:
        torch.backends.cudnn.deterministic = before


def use_threads(count: int) -> None:
    """Afterwards torch computes with so many threads; the app leaves one core to the user's hand."""
    torch.set_num_threads(max(1, count))


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


def _be_exact() -> None:
    """Afterwards fp32 is fp32 on a graphics card: its convolutions would leave out 13 of 23 binary digits to be faster."""
    torch.backends.cudnn.allow_tf32 = False
