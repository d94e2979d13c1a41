"""Checkpoints come from Keras, go to ONNX, and their speed is told."""

import h5py
import pytest

from tests.unet.conftest import DISC, disc_samples, finished
from tests.unet.test_keras_weights import kernels, write_keras_2
from unet_studio.cli import bench as cli_bench
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet import bench
from unet_studio.unet.bench import Peak
from unet_studio.unet.checkpoint import open_checkpoint, save_checkpoint
from unet_studio.unet.fine_tuning import train
from unet_studio.unet.network import Config


def test_weights_of_keras_become_a_checkpoint(run, tmp_path):
    write_keras_2(tmp_path / "w.h5", kernels())
    out = tmp_path / "classic.safetensors"
    ran = run("import-keras", tmp_path / "w.h5", "--out", out, "--json")
    assert ran.code == 0
    assert ran.result["parameters"] == 31_031_685
    assert ran.result["checkpoint"] == str(out)
    assert open_checkpoint(out).card.name == "classic"
    again = run("import-keras", tmp_path / "w.h5", "--out", out)
    assert again.code == 1 and "never overwritten" in again.sentence


def test_weights_of_another_network_are_told_in_one_sentence(run, tmp_path):
    with h5py.File(tmp_path / "w.h5", "w"):
        pass
    ran = run("import-keras", tmp_path / "w.h5", "--out", tmp_path / "c.safetensors")
    assert ran.code == 1
    assert "w.h5" in ran.sentence
    assert not (tmp_path / "c.safetensors").exists()


def test_a_checkpoint_becomes_onnx_with_its_card(run, tmp_path):
    pytest.importorskip("onnxscript", reason="onnxscript is not installed; pip install .[onnx]")
    options = TrainingOptions((DISC,), steps=1, architecture="light", device="cpu")
    save_checkpoint(tmp_path / "c.safetensors", finished(train(disc_samples(slices=2), [], options)))
    ran = run("export-onnx", tmp_path / "c.safetensors", "--out", tmp_path / "c.onnx", "--json")
    assert ran.code == 0
    assert (tmp_path / "c.onnx").stat().st_size > 1_000_000
    assert ran.result["card_path"] == str(tmp_path / "c.card.json")
    assert [c["name"] for c in ran.result["classes"]] == ["background", "disc"]


@pytest.fixture
def _small(monkeypatch):
    def narrow(architecture, *, in_channels, classes):
        return Config(architecture, in_channels, classes, width=2, depth=3)

    monkeypatch.setattr(bench, "config_of", narrow)
    monkeypatch.setattr(cli_bench, "SECONDS", 0.01)
    monkeypatch.setattr(bench, "_SIDES", (32,))
    monkeypatch.setattr(bench, "_FIELD", (32, 32))
    monkeypatch.setattr(bench, "measured_peak", lambda runtime, *, seconds: Peak(90.0, 100.0))


@pytest.mark.usefixtures("_small")
def test_the_bench_tells_every_network_and_the_peak(run):
    ran = run("bench", "--device", "cpu", "--json")
    assert ran.code == 0
    assert [s["architecture"] for s in ran.result["speeds"]] == ["standard", "light", "classic"]
    assert ran.result["peak"]["gflops"] == 100.0
    assert ran.result["load_a_core"] >= 0
    told = run("bench", "--device", "cpu")
    assert "Measured peak   100 GFLOP/s" in told.out
    assert told.out.count("classic") == 2
