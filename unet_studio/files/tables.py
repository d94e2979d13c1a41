"""A table of what is drawn, one row for each label of each case, as CSV or as a spreadsheet (XLSX)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.regular import shown
from unet_studio.files.stored_labels import described_classes
from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.labels.statistics import label_statistics

COLUMNS = ("case", "value", "label", "volume_ml", "voxels", "slices", "mean", "sd", "min", "max")

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One label of one case. ``volume_ml`` is None where the scan tells no voxel size, intensities where nothing is drawn."""

    case: str
    value: int
    label: str
    volume_ml: float | None
    voxels: int
    slices: int
    mean: float | None = None
    sd: float | None = None
    min: float | None = None
    max: float | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its values in the order of ``COLUMNS``."""
        return tuple(getattr(self, column) for column in COLUMNS)


def rows_of(case: str, volume: Volume, labels: Labels, classes: Sequence[LabelClass], *, axis: int) -> list[Row]:
    """The rows of one case: every class, drawn or not; slices are counted along array axis ``axis``."""
    found = label_statistics(volume, labels)
    rows = []
    others = tuple(a for a in range(3) if a != axis)
    for one in described_classes(labels, tuple(classes)):
        if (measured := found.get(one.value)) is None:
            rows.append(Row(case, one.value, one.name, 0.0 if volume.geometry.has_spacing else None, 0, 0))
            continue
        slices = int(np.count_nonzero((labels == one.value).any(axis=others)))
        spread = measured.mean, measured.standard_deviation, measured.minimum, measured.maximum
        mean, sd, low, high = (round(v, 6) for v in spread)
        ml = None if measured.volume_ml is None else round(measured.volume_ml, 6)
        rows.append(Row(case, one.value, one.name, ml, measured.voxels, slices, mean, sd, low, high))
    return rows


def write_table(path: Path, rows: Sequence[Row]) -> Path:
    """Writes the rows under a line of column names as .csv (UTF-8) or .xlsx, read back before it replaces an older file.

    Raises:
        WriteError: the disk; an older file is as it was.
    """
    lines: list[tuple[Cell, ...]] = [COLUMNS, *(row.cells for row in rows)]
    is_sheet = path.suffix.lower() == ".xlsx"
    content = _sheet(lines) if is_sheet else _text(lines)

    def write(beside: Path) -> None:
        beside.write_bytes(content)
        written = beside.read_bytes()
        if (_sheet_lines(written) if is_sheet else _text_lines(written)) != (lines if is_sheet else _texts(lines)):
            raise WriteError(
                f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path
            )

    replace_file(path, write)
    return path


def _text(lines: Sequence[tuple[Cell, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def _texts(lines: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return [tuple("" if cell is None else str(cell) for cell in line) for line in lines]


def _text_lines(content: bytes) -> list[tuple[Cell, ...]]:
    return [tuple(line) for line in csv.reader(io.StringIO(content.decode(), newline=""))]


def _sheet(lines: Sequence[tuple[Cell, ...]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Labels"
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with "=" is no formula
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter, width in (("A", 28), ("C", 24), ("D", 12)):
        sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_lines(content: bytes) -> list[tuple[Cell, ...]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    try:
        return [tuple(line) for line in book.active.iter_rows(values_only=True)]
    finally:
        book.close()
