"""The demo's report: figures as JSON, a page to read, and pictures of held-out slices."""

import base64
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import unet_studio
from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.overlay import Panel, write_overlay
from unet_studio.image.plane import PlaneView, plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.image.window import auto_window, to_grey
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.resources import resource
from unet_studio.segmentation.card import CheckpointCard

FORMULA = (
    "Dice of a class = 2 · |A ∩ B| / (|A| + |B|), where A are the voxels of that class in a mask and B those in "
    "reference.nii.gz, both counted over all held-out slices together; mean = the mean over the classes."
)
_PICTURES = 6


@dataclass(frozen=True, slots=True)
class Round:
    """One training and what came of it: ``labels`` (z, y, x) of every slice, ``dice`` by class value and ``mean``.

    ``wrong`` counts the voxels of the held-out slices that have another label than the reference.
    """

    name: str
    labels: Labels
    dice: dict[str, float]
    wrong: int
    card: CheckpointCard
    is_active: bool
    device: str

    def fields(self) -> dict[str, Any]:
        """As JSON has it."""
        learned = sum(len(slices) for slices in self.card.trained_on.values())
        return {
            "mask": f"masks-{self.name}.nii.gz",
            "checkpoint": self.card.name,
            "trained_slices": learned,
            "steps": self.card.steps,
            "training_seconds": round(self.card.seconds, 1),
            "wrong_held_out_voxels": self.wrong,
            "became_active": self.is_active,
            "device": self.device,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What the demo did. Slices are numbers along z, 0 the first, as array libraries count them."""

    project: str
    classes: tuple[LabelClass, ...]
    first_slices: tuple[int, ...]
    corrected: tuple[int, ...]
    held_out: tuple[int, ...]
    before: Round
    after: Round
    seed: int
    seconds: float

    def fields(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "held_out_dice": {"before": self.before.dice, "after": self.after.dice},
            "held_out_slices": list(self.held_out),
            "slices_count_along": "z, from 0",
            "formula": FORMULA,
            "classes": {str(c.value): c.name for c in self.classes},
            "reference": "reference.nii.gz",
            "before": self.before.fields(),
            "after": self.after.fields(),
            "first_slices": list(self.first_slices),
            "corrected_slices": list(self.corrected),
            "pictures": [picture_name(i) for i in self.pictured()],
            "project": self.project,
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "program_version": unet_studio.__version__,
        }

    def pictured(self) -> tuple[int, ...]:
        """The held-out slices that are shown, evenly spread."""
        count = min(_PICTURES, len(self.held_out))
        return tuple(self.held_out[(2 * i + 1) * len(self.held_out) // (2 * count)] for i in range(count))


def picture_name(index: int) -> str:
    """What the picture of a slice is called."""
    return f"slice-{index:03d}.png"


def write_report(folder: Path, report: Report, volume: Volume, reference: Labels) -> None:
    """Afterwards the folder has the pictures, ``report.json`` and ``report.html``.

    Raises:
        WriteError: the disk.
    """
    view = plane_view(volume.geometry, working_plane(volume.geometry))
    for index in report.pictured():
        panels = _panels(report, volume, reference, view, index)
        write_overlay(folder / picture_name(index), panels, report.classes, caption=f"held-out slice {index}")
    _write_text(folder / "report.json", json.dumps(report.fields(), indent=2, ensure_ascii=False) + "\n")
    pictures = {index: (folder / picture_name(index)).read_bytes() for index in report.pictured()}
    _write_text(folder / "report.html", page(report, pictures))


def _panels(report: Report, volume: Volume, reference: Labels, view: PlaneView, index: int) -> list[Panel]:
    grey = to_grey(view.slice_of(volume.voxels, index), auto_window(volume.voxels), is_inverted=volume.is_inverted)
    height, width = view.spacing_mm(volume.geometry)
    shown = {
        "Before retraining": report.before.labels,
        "After retraining": report.after.labels,
        "Reference": reference,
    }
    return [Panel(title, grey, view.slice_of(labels, index), height / width) for title, labels in shown.items()]


def page(report: Report, pictures: dict[int, bytes]) -> str:
    """The report as one HTML page that needs no other file; ``pictures`` are PNGs by slice."""
    before, after = report.before, report.after
    gain = after.dice["mean"] - before.dice["mean"]
    figures = "".join(
        f'<figure><img alt="Slice {index}: before, after, reference" '
        f'src="data:image/png;base64,{base64.b64encode(png).decode()}">'
        f"<figcaption>Slice {index}, never trained on</figcaption></figure>"
        for index, png in pictures.items()
    )
    return _PAGE.format(
        style=_STYLE,
        before=f"{before.dice['mean']:.3f}",
        after=f"{after.dice['mean']:.3f}",
        gain=f"{gain:+.3f}",
        bars=_bars(report),
        steps=_steps(report),
        figures=figures,
        formula=html.escape(FORMULA),
        held_out=html.escape(_listed(report.held_out)),
        corrected=html.escape(_listed(report.corrected)),
        device=html.escape(after.device),
        seconds=f"{report.seconds:.0f}",
        version=html.escape(unet_studio.__version__),
        project=html.escape(report.project),
        licence=html.escape(resource("sample", "LICENCE-ICBM152.txt").read_text(encoding="utf-8").strip()),
    )


def _bars(report: Report) -> str:
    rows = []
    for key, name, colour in [
        *((str(c.value), c.name, "#{:02x}{:02x}{:02x}".format(*c.colour)) for c in report.classes),
        ("mean", "Mean", "#c9ced6"),
    ]:
        for round_, faint in ((report.before, "0.45"), (report.after, "1")):
            dice = round_.dice[key]
            head = f'<th rowspan="2" scope="rowgroup">{html.escape(name)}</th>' if round_ is report.before else ""
            rows.append(
                f'<tr>{head}<td>{round_.name}</td><td class="bar"><i style="width:{dice:.1%};background:{colour};'
                f'opacity:{faint}"></i></td><td class="number">{dice:.3f}</td></tr>'
            )
    return "".join(rows)


def _steps(report: Report) -> str:
    before, after = report.before, report.after
    learned = [sum(len(s) for s in r.card.trained_on.values()) for r in (before, after)]
    active = "It became the active checkpoint." if after.is_active else "It scored lower and did not become active."
    steps = (
        f"{len(report.held_out)} slices were set apart for scoring, in blocks of neighbours, before anything was trained.",
        f"A network learned from {learned[0]} reviewed slices for {before.card.seconds:.0f} s ({before.card.steps:,} steps), "
        "then labelled every slice.",
        f"{len(report.corrected)} slices that the program itself suggested were corrected. Here the reference labels stand in "
        "for the user.",
        f"The network was retrained on {learned[1]} slices for {after.card.seconds:.0f} s ({after.card.steps:,} steps), then "
        f"labelled every slice again. {active}",
        f"Voxels of the held-out slices left to correct: {before.wrong:,} before, {after.wrong:,} after.",
    )
    return "".join(f"<li>{html.escape(step)}</li>" for step in steps)


def _listed(slices: Sequence[int]) -> str:
    return ", ".join(str(i) for i in sorted(slices))


def _write_text(path: Path, text: str) -> None:
    def write(beside: Path) -> None:
        beside.write_text(text, encoding="utf-8")

    try:
        replace_file(path, write)
    except UnicodeError as error:
        raise WriteError(f"{path.name} could not be written: {error}.", path=path) from error


_STYLE = """
:root { color-scheme: dark; --paper: #16181c; --card: #1e2126; --ink: #ebedf0; --faint: #9aa1ab; --line: #2c3038; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 48px 24px 64px; }
h1 { font-size: 30px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 44px 0 14px; }
p.lead { color: var(--faint); margin: 0 0 28px; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; }
.figures div { flex: 1 1 180px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 22px; }
.figures b { display: block; font-size: 34px; font-variant-numeric: tabular-nums; } .figures span { color: var(--faint); }
table { width: 100%; border-collapse: collapse; } th { text-align: left; font-weight: 600; width: 150px; vertical-align: top; }
td, th { padding: 5px 10px 5px 0; } tr:nth-child(odd) > * { border-top: 1px solid var(--line); }
td.number { text-align: right; font-variant-numeric: tabular-nums; width: 70px; }
td:nth-last-child(3) { width: 70px; color: var(--faint); }
td.bar i { display: block; height: 14px; border-radius: 4px; }
figure { margin: 0 0 24px; } img { width: 100%; border-radius: 10px; border: 1px solid var(--line); display: block; }
figcaption, small, .fine { color: var(--faint); font-size: 14px; } pre { white-space: pre-wrap; }
li { margin-bottom: 6px; } code { background: var(--card); padding: 1px 5px; border-radius: 4px; }
"""

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>UNet Studio: the loop on the sample brain</title><style>{style}</style></head><body><main>
<h1>The loop on the sample brain</h1>
<p class="lead">Train, predict, correct, retrain, predict again: what a few corrected slices are worth.</p>
<div class="figures"><div><b>{before}</b><span>held-out Dice before retraining</span></div>
<div><b>{after}</b><span>held-out Dice after retraining</span></div>
<div><b>{gain}</b><span>gained by the corrections and more training</span></div></div>
<h2>Held-out Dice by structure</h2><table>{bars}</table>
<h2>What was done</h2><ol>{steps}</ol>
<h2>Held-out slices</h2>{figures}
<h2>To check it</h2>
<p>{formula} The masks are <code>masks-before.nii.gz</code> and <code>masks-after.nii.gz</code>; slices count along z from 0.</p>
<p class="fine">Held-out slices: {held_out}.<br>Corrected slices: {corrected}.<br>
Predicted on {device}; the whole took {seconds} s; UNet Studio {version}.
The project is <code>{project}</code>: open it in the app.</p>
<h2>The sample</h2><pre class="fine">{licence}</pre>
</main></body></html>
"""
