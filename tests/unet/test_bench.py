"""The bench tells figures that hang together; how fast a machine is, no test can say."""

from dataclasses import asdict

import pytest
import torch

from unet_studio.unet import bench
from unet_studio.unet.bench import Peak, forward_gflop, measured, measured_peak
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.network import Config

CPU = choose_runtime("cpu", precision="fp32")


def finished(steps):
    reports = []
    while True:
        try:
            reports.append(next(steps))
        except StopIteration as end:
            return end.value, reports


@pytest.fixture
def small(monkeypatch):
    """Networks of two maps on small slices."""

    def narrow(architecture, *, in_channels, classes):
        return Config(architecture, in_channels, classes, width=2, depth=3)

    monkeypatch.setattr(bench, "config_of", narrow)
    monkeypatch.setattr(bench, "_SIDES", (32, 64))
    monkeypatch.setattr(bench, "_FIELD", (32, 32))
    monkeypatch.setattr(bench, "measured_peak", lambda runtime, *, seconds: Peak(90.0, 100.0))


def test_the_operations_are_those_of_the_networks():
    """109.2 GFLOP a slice of 256 by 256 for the classic network; four times as many at 512."""
    assert forward_gflop("classic", 256) == pytest.approx(109.2, abs=0.1)
    assert forward_gflop("standard", 512) == pytest.approx(4 * forward_gflop("standard", 256))
    assert forward_gflop("light", 256) < forward_gflop("standard", 256) < forward_gflop("classic", 256)


def test_every_network_is_measured_at_every_size_and_in_training(small):
    found, reports = finished(measured(CPU, seconds=0.01))
    assert [(s.architecture, s.side) for s in found.speeds] == [
        (name, side) for name in ("standard", "light", "classic") for side in (32, 64)
    ]
    assert [t.architecture for t in found.training] == ["standard", "light", "classic"]
    assert all(s.slices_per_s > 0 for s in found.speeds)
    assert all(t.steps_per_s > 0 for t in found.training)
    assert found.device == "CPU · fp32"
    assert found.threads == torch.get_num_threads()
    shares = [r.fraction for r in reports]
    assert shares == sorted(shares)
    assert 0 == shares[0] < shares[-1] < 1


def test_a_fraction_is_the_speed_times_its_operations_over_the_peak(small):
    found, _ = finished(measured(CPU, seconds=0.01))
    for one in found.speeds:
        assert one.fraction == pytest.approx(one.slices_per_s * one.gflop_a_slice / 100.0)


def test_the_peak_is_the_higher_of_both_and_of_both_ends(small, monkeypatch):
    peaks = [Peak(50.0, 100.0), Peak(200.0, 80.0)]
    monkeypatch.setattr(bench, "measured_peak", lambda runtime, *, seconds: peaks.pop(0))
    found, _ = finished(measured(CPU, seconds=0.01))
    assert found.peak == Peak(200.0, 100.0)
    assert found.peak.gflops == 200.0
    for one in found.speeds:
        assert one.fraction == pytest.approx(one.slices_per_s * one.gflop_a_slice / 200.0)
    assert all(isinstance(v, float) for v in asdict(found.peak).values())


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_a_peak_is_found_in_either_precision(precision):
    if precision == "bf16" and not choose_runtime("cpu").uses_bf16:
        pytest.skip("bf16 is emulated here and would take long")
    peak = measured_peak(choose_runtime("cpu", precision=precision), seconds=0.01)
    assert peak.convolution > 0
    assert peak.product > 0
    assert peak.gflops == max(peak.convolution, peak.product)
