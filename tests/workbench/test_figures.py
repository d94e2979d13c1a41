from pathlib import Path

import pytest

from unet_studio.errors import WriteError
from unet_studio.labels.label_map import LabelClass
from unet_studio.labels.slice_statistics import Measured
from unet_studio.workbench.figures import compared, save_table, table
from unet_studio.workbench.measuring import Earlier

LIVER, SPLEEN = LabelClass(1, "Liver", (200, 100, 0)), LabelClass(2, "Spleen", (0, 100, 200))


def liver(voxels: int = 500, ml: float | None = 50.0) -> Measured:
    return Measured(1, voxels, 3, ml, 60.0, 5.0, 40.0, 80.0)


def test_growth_is_by_volume_also_where_voxels_are_of_another_size() -> None:
    figure = compared((liver(),), (LIVER, SPLEEN), Earlier(7, {1: 200}, 0.2))[0]
    assert figure.earlier_ml == 40.0 and figure.share == pytest.approx(0.25)


def test_without_mm_on_both_sides_it_is_by_voxels_and_on_one_side_not_at_all() -> None:
    assert compared((liver(ml=None),), (LIVER,), Earlier(7, {1: 400}, None))[0].share == pytest.approx(0.25)
    assert compared((liver(),), (LIVER,), Earlier(7, {1: 400}, None))[0].share is None


def test_what_is_gone_since_the_earlier_scan_is_listed_as_nothing() -> None:
    gone = compared((liver(),), (LIVER, SPLEEN), Earlier(7, {1: 200, 2: 100}, 0.1))[1]
    assert (gone.label, gone.measured.voxels, gone.measured.volume_ml, gone.share) == (SPLEEN, 0, 0.0, -1.0)


def test_what_is_new_has_no_share() -> None:
    assert compared((liver(),), (LIVER,), Earlier(7, {}, 0.1))[0].share is None


def test_the_table_leaves_empty_what_is_not_known() -> None:
    heading, row = table(compared((liver(ml=None),), (LIVER,), None)).splitlines()
    cells = dict(zip(heading.split(","), row.split(","), strict=True))
    assert (cells["label"], cells["volume_ml"], cells["voxels"], cells["mean"], cells["earlier_ml"]) == (
        "Liver", "", "500", "60", "",
    )  # fmt: skip


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"^figures\.csv can't be saved: .+\.$"):
        save_table(tmp_path / "gone" / "figures.csv", ())
