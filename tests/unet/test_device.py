"""The device is the one wished for, and precision is never chosen by hope."""

import pytest
import torch

from unet_studio.errors import OutOfMemory, TrainingError
from unet_studio.unet import device
from unet_studio.unet.device import Runtime, choose_runtime, memory_refusals, use_threads


def test_the_text_names_device_and_precision():
    cpu = torch.device("cpu")
    assert Runtime(cpu, uses_bf16=True).text == "CPU · bf16"
    assert Runtime(cpu, uses_bf16=False).text == "CPU · fp32"


def test_a_precision_asked_for_is_used():
    assert choose_runtime("cpu", precision="bf16").uses_bf16
    assert not choose_runtime("cpu", precision="fp32").uses_bf16


@pytest.mark.parametrize("is_faster", [True, False])
def test_the_probe_decides_otherwise(monkeypatch, is_faster):
    monkeypatch.setattr(device, "bf16_is_faster", lambda: is_faster)
    assert choose_runtime("cpu").uses_bf16 is is_faster


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a graphics card")
def test_a_device_that_is_not_there_is_told_with_what_to_choose():
    with pytest.raises(TrainingError, match=r"no NVIDIA graphics card .* “auto” or “cpu”"):
        choose_runtime("cuda")


def test_layers_run_in_the_precision_of_the_runtime():
    layer = torch.nn.Conv2d(1, 1, 1)
    for bf16, wanted in ((True, torch.bfloat16), (False, torch.float32)):
        with Runtime(torch.device("cpu"), uses_bf16=bf16).autocast():
            assert layer(torch.zeros(1, 1, 4, 4)).dtype == wanted


def test_memory_that_is_not_there_is_told_in_a_sentence():
    with pytest.raises(OutOfMemory, match="not enough memory"), memory_refusals():
        torch.zeros(2**60)
    with pytest.raises(OutOfMemory), memory_refusals():
        raise MemoryError
    with pytest.raises(RuntimeError, match="a bug"), memory_refusals():
        raise RuntimeError("a bug")


def test_at_least_one_thread_is_used():
    before = torch.get_num_threads()
    use_threads(0)
    assert torch.get_num_threads() == 1
    use_threads(before)
    assert torch.get_num_threads() == before
