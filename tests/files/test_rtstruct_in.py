"""Contours of an RTSTRUCT as labels: what we wrote comes back, and what lies elsewhere is refused."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings

from tests.files.phantoms import SHAPE, geometries, labels
from tests.files.placed import source_on
from unet_studio.errors import GridMismatch, ReadError
from unet_studio.files.label_maps import read_label_map, stored_labels
from unet_studio.files.laying import lay
from unet_studio.files.rtstruct import write_rtstruct
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0))
NOW = datetime(2026, 11, 22, 13, 5, 9)
CLASSES = (LabelClass(1, "Left kidney", (10, 200, 30)), LabelClass(2, "Liver tumour", (255, 0, 128)))


def written(tmp_path, grid=GRID, change=lambda tags: None):
    drawn = np.where(labels() == 255, 0, labels()).astype(np.uint8)
    path = write_rtstruct(tmp_path / "a.dcm", drawn, CLASSES, source_on(grid), now=NOW)
    tags = pydicom.dcmread(path)
    change(tags)
    tags.save_as(path)
    return path, drawn


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(geometries())
def test_what_was_written_comes_back_with_names_and_colours_on_any_grid(tmp_path, grid):
    path, drawn = written(tmp_path, grid)
    stored = stored_labels(path, grid)
    assert np.array_equal(stored.labels, drawn) and stored.has_names
    assert [(c.name, c.colour) for c in stored.classes] == [(c.name, c.colour) for c in CLASSES]
    assert lay(stored, grid, path).is_exact
    assert np.array_equal(read_label_map(path, grid)[0], drawn)


def test_contours_of_another_place_or_of_other_slices_are_refused(tmp_path):
    path, _ = written(tmp_path)
    with pytest.raises(GridMismatch, match="shares no space"):
        stored_labels(path, replace(GRID, origin_mm=(500.0, 0.0, 900.0)))
    with pytest.raises(GridMismatch, match="between them"):
        stored_labels(path, replace(GRID, origin_mm=(-8.0, -10.0, -21.25)))
    with pytest.raises(ReadError, match="need the scan"):
        stored_labels(path)


def test_contours_beyond_the_scan_and_overlaps_are_counted(tmp_path):
    path, drawn = written(tmp_path)
    short = replace(GRID, shape=(2, *SHAPE[1:]))
    stored = stored_labels(path, short)
    assert np.array_equal(stored.labels, drawn[:2]) and "lie outside the scan" in stored.warnings[0]

    def overlap(tags):
        tags.ROIContourSequence[1].ContourSequence = tags.ROIContourSequence[0].ContourSequence

    path, drawn = written(tmp_path, change=overlap)
    stored = stored_labels(path, GRID)
    assert set(np.unique(stored.labels)) == {0, 2} and "overlap" in stored.warnings[0]


def test_points_are_no_labels_and_a_damaged_file_is_refused(tmp_path):
    def open_ended(tags):
        for region in tags.ROIContourSequence:
            for contour in region.ContourSequence:
                contour.ContourGeometricType = "POINT"

    path, _ = written(tmp_path, change=open_ended)
    assert "no closed contours" in stored_labels(path, GRID).warnings[0]

    def torn(tags):
        tags.ROIContourSequence[0].ContourSequence[0].ContourData = [1, 2, 3, 4]

    path, _ = written(tmp_path, change=torn)
    with pytest.raises(ReadError, match="damaged"):
        stored_labels(path, GRID)
