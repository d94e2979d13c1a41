"""``bench``: ``unet.bench.measured``."""

from argparse import Namespace
from dataclasses import asdict

import psutil

from unet_studio.cli.output import Output
from unet_studio.unet.bench import Bench, measured
from unet_studio.unet.device import choose_runtime, memory_refusals

SECONDS = 2.0  # for each figure


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the speed of each network on this machine has been told."""
    with memory_refusals():
        bench = output.follow(measured(choose_runtime(chosen.device), seconds=SECONDS))
    load = psutil.getloadavg()[0] / (psutil.cpu_count() or 1)
    output.say(told(bench))
    if load > 1.5:
        output.warn("Other programs were at work meanwhile; the figures are lower than this machine's own.")
    peak = {**asdict(bench.peak), "gflops": bench.peak.gflops}
    output.result({**asdict(bench), "peak": peak, "load_a_core": round(load, 2)})
    return 0


def told(bench: Bench) -> str:
    """The figures as a table for people."""
    threads = f"{bench.threads} thread{'s'[: bench.threads != 1]}"
    lines = [
        f"{bench.device}, {threads}",
        f"Measured peak   {bench.peak.gflops:,.0f} GFLOP/s "
        f"(convolution {bench.peak.convolution:,.0f}, matrix product {bench.peak.product:,.0f})",
        "",
        f"{'network':10}{'slices':>16}{'slices/s':>11}{'of peak':>9}",
    ]
    for one in bench.speeds:
        size = f"{one.together} × {one.side} × {one.side}"
        lines.append(f"{one.architecture:10}{size:>16}{one.slices_per_s:>11.1f}{one.fraction:>9.0%}")
    lines += ["", f"{'network':10}{'batch':>16}{'steps/s':>11}{'of peak':>9}"]
    for step in bench.training:
        size = f"{step.count} × {step.field[0]} × {step.field[1]}"
        lines.append(f"{step.architecture:10}{size:>16}{step.steps_per_s:>11.2f}{step.fraction:>9.0%}")
    return "\n".join(lines)
