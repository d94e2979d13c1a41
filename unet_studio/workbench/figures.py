"""The figures of a case as a table: one row a label, with what it was in an earlier scan."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import WriteError
from unet_studio.labels.label_map import LabelClass
from unet_studio.labels.slice_statistics import Measured
from unet_studio.project.disk import reason, replace_bytes
from unet_studio.workbench.measuring import Earlier

COLUMNS = (
    "value", "label", "volume_ml", "voxels", "slices", "mean", "sd", "min", "max",
    "earlier_ml", "earlier_voxels", "change_percent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A label's figures; the ``earlier_`` ones are None where nothing is compared, or that scan tells no voxel size."""

    label: LabelClass
    measured: Measured
    earlier_voxels: int | None
    earlier_ml: float | None

    @property
    def share(self) -> float | None:
        """How much larger it is than before, as a share of that; None where it was not there, or sizes can't be compared.

        By volume where both scans tell their voxels' size; by voxels where neither does.
        """
        if self.earlier_ml is not None and self.measured.volume_ml is not None:
            return self.measured.volume_ml / self.earlier_ml - 1 if self.earlier_ml else None
        if self.earlier_ml is None and self.measured.volume_ml is None and self.earlier_voxels:
            return self.measured.voxels / self.earlier_voxels - 1
        return None


def compared(figures: Sequence[Measured], classes: Sequence[LabelClass], earlier: Earlier | None) -> tuple[Figure, ...]:
    """The figures in the order of the classes; with those classes that are drawn only in the earlier scan, as nothing now."""
    by_value = {one.value: one for one in figures}
    known = {c.value for c in classes}
    strangers = [LabelClass(v, str(v), (128, 128, 128)) for v in sorted(set(by_value) - known)]
    has_size = bool(figures) and figures[0].volume_ml is not None
    found = []
    for label in (*classes, *strangers):
        voxels = earlier.voxels.get(label.value, 0) if earlier else None
        ml = voxels * earlier.voxel_ml if earlier and earlier.voxel_ml is not None and voxels is not None else None
        one = by_value.get(label.value)
        if one is None and voxels:
            one = Measured(label.value, 0, 0, 0.0 if has_size else None, 0.0, 0.0, 0.0, 0.0)
        if one is not None:
            found.append(Figure(label, one, voxels, ml))
    return tuple(found)


def table(figures: Sequence[Figure], *, separator: str = ",") -> str:
    """The figures as text with a heading; cells without a figure are empty."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=separator, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in figures:
        one = figure.measured
        spread = (one.mean, one.standard_deviation, one.minimum, one.maximum) if one.voxels else (None,) * 4
        share = None if figure.share is None else 100 * figure.share
        writer.writerow(
            (
                one.value, figure.label.name, _cell(one.volume_ml), one.voxels, one.slices, *map(_cell, spread),
                _cell(figure.earlier_ml), "" if figure.earlier_voxels is None else figure.earlier_voxels, _cell(share),
            )
        )  # fmt: skip
    return lines.getvalue()


def save_table(path: Path, figures: Sequence[Figure]) -> None:
    """Afterwards the file at ``path`` holds the figures as CSV.

    Raises:
        WriteError: it is as it was.
    """
    try:
        replace_bytes(path, table(figures).encode("utf-8-sig"))  # the mark without which Excel takes it for Latin-1
    except OSError as error:
        raise WriteError(f"{path.name} can't be saved: {reason(error)}.", path=path) from error


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
