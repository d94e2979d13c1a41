"""A case on one page: pictures, volumes, who reviewed what, which network, how good it is."""

import base64
import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.files.atomic import replace_file
from unet_studio.labels.label_map import LabelClass
from unet_studio.sentence import Sentence

Say = Callable[[str], str]
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What the page says, all of it text for people; nothing of the patient but what the user called the case.

    ``facts`` are names and values; ``sizes`` one row a label: name, volume, voxels, slices, mean and deviation of the
    intensity; ``scores`` one row a label: name, Dice, Dice of the checkpoint before; ``work`` one row a slice that was
    worked on: number, state, by whom, when, reviewed by, proposal of. ``pictures`` are PNGs with a caption each.
    """

    case: str
    project: str
    facts: Rows
    classes: tuple[LabelClass, ...]
    sizes: Rows
    network: str
    scores: Rows
    summary: str
    work: Rows
    pictures: Sequence[tuple[str, bytes]]
    made: str


def page(report: CaseReport, say: Say = str) -> str:
    """The report as one HTML page that needs no other file and prints on paper; plain enough for Qt's rich text.

    ``say`` says in another language what is not the user's own.
    """
    colours = {c.name: "#{:02x}{:02x}{:02x}".format(*c.colour) for c in report.classes}
    figures = "".join(
        f'<td align="center"><img width="{_PICTURE_PX}" alt="{_(say(caption))}" '
        f'src="data:image/png;base64,{base64.b64encode(png).decode()}"><br><small>{_(say(caption))}</small></td>'
        for caption, png in report.pictures
    )
    marked = [
        [
            f'<font color="{colours.get(row[0], "#000000")}">■</font>&nbsp;{_(row[0]).replace(" ", "&nbsp;")}',
            *map(_, row[1:]),
        ]
        for row in report.sizes
    ]
    return _PAGE.format(
        style=_STYLE, case=_(report.case), about=_(say(_about(report))), figures=f"<table><tr>{figures}</tr></table>",
        labels=_(say(LABELS)), network=_(say(NETWORK)), work=_(say(WORK)), scan=_(say(SCAN)),
        sizes=_table(map(say, SIZE_HEADINGS), marked) if marked else f"<p>{_(say(NOTHING_DRAWN))}</p>",
        trained=_(say(report.network)), done=_(say(report.summary)),
        scores=_table(map(say, SCORE_HEADINGS), [map(_, row) for row in report.scores]) if report.scores else "",
        slices=_table(map(say, WORK_HEADINGS), [map(_, _said(row, say)) for row in report.work]) if report.work else "",
        facts=_table((), [(_(say(name)), _(say(value))) for name, value in report.facts]),
    )  # fmt: skip


def write_page(path: Path, report: CaseReport) -> None:
    """Afterwards the file at ``path`` is the page.

    Raises:
        WriteError: the disk.
    """
    text = page(report)
    replace_file(path, lambda beside: _write(beside, text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _about(report: CaseReport) -> str:
    return Sentence(
        "Project {project} · made {made} by UNet Studio, a research tool and no medical device",
        project=report.project, made=report.made,
    )  # fmt: skip


def _said(row: Sequence[str], say: Say) -> Sequence[str]:
    """A row of the work: its state is ours, names of people and checkpoints are the user's."""
    return [*row[:1], say(row[1]), *row[2:]]


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = "".join(f'<th align="left">{_(h)}</th>' for h in headings)
    head = f"<tr>{titles}</tr>" if titles else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="rows" cellpadding="4" cellspacing="0" width="100%">{head}{body}</table>'


def _(text: str) -> str:
    return html.escape(text)


LABELS, NETWORK, WORK, SCAN = Sentence("Labels"), Sentence("Network"), Sentence("Work"), Sentence("Scan")
NOTHING_DRAWN = Sentence("Nothing is drawn on this case.")
SIZE_HEADINGS = (
    Sentence("Label"), Sentence("Volume"), Sentence("Voxels"), Sentence("Slices"), Sentence("Mean intensity"),
    Sentence("Standard deviation"),
)  # fmt: skip
SCORE_HEADINGS = (Sentence("Label"), Sentence("Dice on held-out slices"), Sentence("With the checkpoint before"))
WORK_HEADINGS = (
    Sentence("Slice"), Sentence("State"), Sentence("Last changed by"), Sentence("When (UTC)"), Sentence("Reviewed by"),
    Sentence("Proposed by"),
)  # fmt: skip
_PICTURE_PX = 128  # four beside each other on A4

_STYLE = """
body { font-family: "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; font-size: 10pt; color: #1c222c; background: #ffffff;
       max-width: 960px; margin: 0; padding: 0 24px; }
h1 { font-size: 18pt; margin-bottom: 0; } h2 { font-size: 12pt; margin-top: 16px; margin-bottom: 4px; }
p, small { color: #596273; } table.rows { border-collapse: collapse; }
table.rows td, table.rows th { border-bottom: 1px solid #d3d8e0; }
"""
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{case} – UNet Studio</title><style>{style}</style></head><body>
<h1>{case}</h1><p>{about}</p>
{figures}
<h2>{labels}</h2>{sizes}
<h2>{network}</h2><p>{trained}</p>{scores}
<h2>{work}</h2><p>{done}</p>{slices}
<h2>{scan}</h2>{facts}
</body></html>
"""
