"""``audit``: ``project.store.Store.audit``."""

import csv
import io
from argparse import Namespace
from pathlib import Path

from unet_studio.cli.output import Output
from unet_studio.files.atomic import replace_file
from unet_studio.project.audit import COLUMNS
from unet_studio.project.store import Store

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing it


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the file holds who did what when, one line an action; the project is only read."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    count = 0
    with Store.open(chosen.project, read_only=True) as store:
        for line in store.audit():
            table.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line])
            count += 1
    replace_file(chosen.out, lambda beside: _write(beside, text.getvalue()))
    output.say(f"Written: {chosen.out} ({count} lines)")
    output.result({"path": str(chosen.out), "lines": count})
    return 0


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
