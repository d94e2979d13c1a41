"""Tables of what is drawn: the same numbers to pandas and openpyxl as numpy counts."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tests.files.phantoms import SHAPE, labels, volume
from unet_studio.errors import WriteError
from unet_studio.files.tables import COLUMNS, rows_of, write_table
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass

CLASSES = (
    LabelClass(1, 'Left, "kidney"', (1, 2, 3)),
    LabelClass(2, "=1+1", (4, 5, 6)),
    LabelClass(7, "Niere ü", (7, 8, 9)),
)


def rows():
    return [*rows_of("one", volume(), labels(), CLASSES, axis=0), *rows_of("=two", volume(), labels(), CLASSES, axis=1)]


def frames(tmp_path):
    table = rows()
    csv = pd.read_csv(write_table(tmp_path / "t.csv", table))
    xlsx = pd.read_excel(write_table(tmp_path / "t.xlsx", table))
    return csv, xlsx


def test_both_files_say_the_same_and_are_right(tmp_path):
    csv, xlsx = frames(tmp_path)
    scan, drawn = volume(), labels()
    for frame in (csv, xlsx):
        assert tuple(frame.columns) == COLUMNS and len(frame) == 8
        one = frame[(frame.case == "one") & (frame.value == 1)].iloc[0]
        inside = scan.voxels[drawn == 1].astype(float)
        assert one.label == 'Left, "kidney"' and one.voxels == inside.size and one.slices == 2
        assert one.volume_ml == pytest.approx(inside.size * 2.5 * 0.9 * 0.8 / 1000)
        assert (one["mean"], one.sd) == pytest.approx((inside.mean(), inside.std()), abs=1e-6)
        assert (one["min"], one["max"]) == (inside.min(), inside.max())
        assert frame[(frame.case == "=two") & (frame.value == 1)].iloc[0].slices == 3


def test_a_class_that_is_not_drawn_has_a_row_without_intensities(tmp_path):
    csv, _ = frames(tmp_path)
    none = csv[(csv.case == "one") & (csv.value == 7)].iloc[0]
    assert none.voxels == 0 and none.volume_ml == 0 and np.isnan(none["mean"]) and none.label == "Niere ü"
    assert csv[(csv.case == "one") & (csv.value == 255)].iloc[0].label == "Label 255"


def test_a_name_is_never_a_formula(tmp_path):
    sheet = openpyxl.load_workbook(write_table(tmp_path / "t.xlsx", rows())).active
    cell = next(c for c in sheet["C"] if c.value == "=1+1")
    assert cell.data_type == "s" and sheet["A6"].data_type == "s" and sheet.freeze_panes == "A2"


def test_without_a_voxel_size_there_are_no_millilitres(tmp_path):
    plain = Geometry(SHAPE, has_spacing=False, has_orientation=False)
    table = rows_of("p", Volume(volume().voxels.copy(), plain), labels(), CLASSES, axis=0)
    assert all(row.volume_ml is None for row in table)
    assert pd.read_csv(write_table(tmp_path / "t.csv", table)).volume_ml.isna().all()


def test_a_missing_folder_is_told(tmp_path):
    for ending in ("csv", "xlsx"):
        with pytest.raises(WriteError):
            write_table(tmp_path / "no" / f"t.{ending}", rows())
