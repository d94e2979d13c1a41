"""RTSTRUCT: contours that come back as the very labels, in the patient's place, to a reader that knows only DICOM."""

from datetime import datetime

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageDraw
from scipy import ndimage

from tests.files.phantoms import SHAPE, geometries, labels
from tests.files.placed import source_on
from unet_studio.errors import WriteError
from unet_studio.files.contours import contours_of, filled
from unet_studio.files.rtstruct import read_rtstruct, write_rtstruct
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0))
CLASSES = (LabelClass(1, "Left kidney", (10, 200, 30)), LabelClass(2, "Liver tumour", (255, 0, 128)))
NOW = datetime(2026, 11, 22, 13, 5, 9)
masks = hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, max_side=12))


@settings(deadline=None, max_examples=200)
@given(masks)
def test_filling_the_contours_gives_the_mask_back(mask):
    contours = contours_of(mask)
    assert np.array_equal(filled(contours, mask.shape), mask)
    assert len(contours) == ndimage.label(mask)[1]  # one for each region, however many holes it has


@settings(deadline=None)
@given(masks)
def test_contours_run_half_way_between_pixels_and_have_no_needless_points(mask):
    for contour in contours_of(mask):
        assert (np.rint(contour * 2) == contour * 2).all() and (contour * 2 % 2).sum(axis=1).max() <= 1
        back, ahead = contour - np.roll(contour, 1, 0), np.roll(contour, -1, 0) - contour
        cross = back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0]
        assert ((cross != 0) | ((back * ahead).sum(axis=1) < 0)).all()


@settings(deadline=None, max_examples=60)
@given(hnp.arrays(np.bool_, (9, 11)))
def test_another_filler_agrees(mask):
    times = 16  # Pillow fills whole pixels: looked at closely, the centres are inside or outside beyond doubt
    picture = Image.new("1", (mask.shape[1] * times, mask.shape[0] * times))
    for contour in contours_of(mask):
        ImageDraw.Draw(picture).polygon([((c + 0.5) * times, (r + 0.5) * times) for r, c in contour], fill=1)
    seen = np.asarray(picture)[times // 2 - 2 :: times, times // 2 - 2 :: times]  # beside channels, which have no width
    assert np.array_equal(seen, mask)


def test_a_hole_and_an_island_in_it_are_two_contours():
    mask = np.ones((9, 9), bool)
    mask[2:7, 2:7] = False
    mask[4, 4] = True
    contours = contours_of(mask)
    assert len(contours) == 2 and np.array_equal(filled(contours, mask.shape), mask)


def test_many_holes_above_each_other_are_no_matter_of_depth():
    mask = np.ones((4001, 3), bool)
    mask[1::2, 1] = False
    assert np.array_equal(filled(contours_of(mask), mask.shape), mask)


def by_pydicom(path, geometry):
    """The labels inside an RTSTRUCT's contours, by nothing but the standard and another program's point in polygon."""
    tags = pydicom.dcmread(path)
    to_index = np.linalg.inv(geometry.matrix)
    rows, columns = np.mgrid[: geometry.shape[1], : geometry.shape[2]]
    found = {}
    for roi, drawn in zip(tags.StructureSetROISequence, tags.ROIContourSequence, strict=True):
        assert roi.ROINumber == drawn.ReferencedROINumber
        mask = np.zeros(geometry.shape, bool)
        for contour in drawn.ContourSequence:
            assert contour.ContourGeometricType == "CLOSED_PLANAR"
            points = np.array(contour.ContourData, float).reshape(-1, 3)
            assert len(points) == contour.NumberOfContourPoints
            index = (to_index @ np.column_stack([points, np.ones(len(points))]).T)[:3].T
            assert np.ptp(index[:, 0]) < 1e-3  # planar
            mask[round(index[0, 0])] ^= _winding(index[:, 1:], rows, columns) != 0
        found[roi.ROIName] = mask
    return found


def _winding(polygon, rows, columns):
    """How often a polygon goes round each point: by the angles it is seen under, unlike the crossings of our own."""
    centre = np.stack([rows + 1e-3, columns + 1e-3], axis=-1)[..., None, :]  # a hair beside channels without width
    away = polygon - centre
    ahead = np.roll(away, -1, axis=-2)
    cross = away[..., 0] * ahead[..., 1] - away[..., 1] * ahead[..., 0]
    return np.rint(np.arctan2(cross, (away * ahead).sum(axis=-1)).sum(axis=-1) / (2 * np.pi)).astype(int)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(geometries(), st.integers(0, 2**32 - 1))
def test_another_reader_finds_every_voxel_in_its_place_on_any_grid(tmp_path, grid, seed):
    drawn = np.random.default_rng(seed).integers(0, 3, SHAPE).astype(np.uint8)
    drawn[0, 0, :2] = 1, 2
    found = by_pydicom(write_rtstruct(tmp_path / "a.dcm", drawn, CLASSES, source_on(grid), now=NOW), grid)
    assert np.array_equal(found["Left kidney"], drawn == 1) and np.array_equal(found["Liver tumour"], drawn == 2)


def test_each_contour_names_the_image_it_lies_on(tmp_path):
    tags = pydicom.dcmread(
        write_rtstruct(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID, missing=(1,)), now=NOW)
    )
    for contour in tags.ROIContourSequence[0].ContourSequence:
        z = round((contour.ContourData[2] + 20) / 2.5)
        images = contour.get("ContourImageSequence") or []
        assert [i.ReferencedSOPInstanceUID for i in images] == ([] if z == 1 else [f"1.2.3.4.{z + 1}"])
    frame = tags.ReferencedFrameOfReferenceSequence[0]
    series = frame.RTReferencedStudySequence[0].RTReferencedSeriesSequence[0]
    assert frame.FrameOfReferenceUID == "1.2.3.5" and series.SeriesInstanceUID == "1.2.3.4"
    assert len(series.ContourImageSequence) == 3


def test_names_colours_and_time_are_told(tmp_path):
    twins = (LabelClass(1, "Leber – 肝", (1, 2, 3)), LabelClass(2, "Leber – 肝", (4, 5, 6)))
    tags = pydicom.dcmread(write_rtstruct(tmp_path / "a.dcm", labels(), twins, source_on(GRID), now=NOW))
    assert [r.ROIName for r in tags.StructureSetROISequence] == ["Leber – 肝", "Leber – 肝 (2)", "Label 255"]
    assert [list(r.ROIDisplayColor) for r in tags.ROIContourSequence][:2] == [[1, 2, 3], [4, 5, 6]]
    assert tags.StructureSetDate == "20261122" and tags.StructureSetTime == "130509"
    assert (tags.Modality, str(tags.PatientName), tags.PatientID) == ("RTSTRUCT", "Doe^Jane", "PHI-12345")


def test_numbers_have_at_most_sixteen_characters(tmp_path):
    far = Geometry(SHAPE, (2.5, 0.001, 0.001), (-1234.56789, 1e-5 / 3, 98765.4321))
    path = write_rtstruct(tmp_path / "a.dcm", labels(), CLASSES, source_on(far), now=NOW)
    for region in pydicom.dcmread(path).ROIContourSequence:
        for contour in region.ContourSequence:
            assert max(len(str(v)) for v in contour["ContourData"].value) <= 16


def test_what_was_written_is_what_is_read(tmp_path):
    path = write_rtstruct(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID), now=NOW)
    read = read_rtstruct(path, GRID)
    assert np.array_equal(read["Label 255"], labels() == 255)


def test_nothing_drawn_is_told_and_a_full_disk_leaves_nothing(tmp_path):
    with pytest.raises(WriteError, match="nothing is drawn"):
        write_rtstruct(tmp_path / "a.dcm", np.zeros_like(labels()), CLASSES, source_on(GRID), now=NOW)
    with pytest.raises(WriteError):
        write_rtstruct(tmp_path / "no" / "a.dcm", labels(), CLASSES, source_on(GRID), now=NOW)
    assert not list(tmp_path.iterdir())
