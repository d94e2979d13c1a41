"""DICOM SEG: the same labels in the same places to highdicom; the patient only where asked; others' files read."""

import highdicom
import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.phantoms import SHAPE, dicom_series, dicom_slice, geometries, labels, save
from tests.files.placed import on_grid, source_on
from unet_studio.errors import GridMismatch, ReadError, WriteError
from unet_studio.files.cielab import colour_of, lab_of
from unet_studio.files.dicom_seg import is_seg, read_seg, write_seg
from unet_studio.files.dicom_source import dicom_source
from unet_studio.files.label_maps import read_label_map, stored_labels
from unet_studio.files.masks_out import Drawn, write_masks
from unet_studio.files.volumes import inspect, read_volume
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0))
CLASSES = (LabelClass(1, "Left kidney", (10, 200, 30)), LabelClass(2, "Liver tumour", (255, 0, 128)))
NUMBERS = np.zeros(256, np.uint8)
NUMBERS[[1, 2, 255]] = 1, 2, 3  # segments count from 1 on


def by_highdicom(path):
    """The label map that highdicom finds, and its matrix; its own volumes are (slice, row, column)."""
    volume = highdicom.seg.segread(path).get_volume(combine_segments=True, allow_missing_positions=True)
    return np.asarray(volume.array), volume.affine


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(geometries())
def test_highdicom_finds_every_label_in_its_place_on_any_grid(tmp_path, grid):
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(grid))
    voxels, affine = by_highdicom(path)
    assert np.array_equal(on_grid(voxels, affine, grid), NUMBERS[labels()])
    stored = read_seg(path)
    assert np.array_equal(on_grid(stored.labels, stored.geometry.matrix, grid), NUMBERS[labels()])


def test_highdicom_finds_names_colours_codes_and_images(tmp_path):
    seg = highdicom.seg.segread(write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID)))
    assert seg.SegmentationType == "BINARY" and seg.SeriesInstanceUID != "1.2.3.4" and seg.StudyInstanceUID == "1.2.3"
    first, second, third = (seg.get_segment_description(n) for n in (1, 2, 3))
    assert (first.segment_label, second.segment_label, third.segment_label) == (
        "Left kidney",
        "Liver tumour",
        "Label 255",
    )
    assert first.segmented_property_type.value == "64033007"
    modifier = first.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence[0]
    assert modifier.CodeMeaning == "Left"
    assert colour_of(tuple(second.RecommendedDisplayCIELabValue)) == (255, 0, 128)
    told = {uid for _, _, uid in seg.get_source_image_uids()}
    assert told == {"1.2.3.4.1", "1.2.3.4.2", "1.2.3.4.3"}  # nothing is drawn on the fourth


def test_with_the_patient_it_can_go_back_to_the_archive(tmp_path):
    seg = pydicom.dcmread(write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID)))
    assert (str(seg.PatientName), seg.PatientID, seg.AccessionNumber) == ("Doe^Jane", "PHI-12345", "ACC-PHI")


def test_without_the_patient_nothing_of_them_is_in_the_file(tmp_path):
    folder = dicom_series(
        tmp_path / "scan", AccessionNumber="ACC-PHI", InstitutionName="PHI General", StudyDate="20200101"
    )
    scan = read_volume(folder)
    source = dicom_source(folder, "", scan.geometry, is_deidentified=True)
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, source)
    content = path.read_bytes()
    assert not any(word in content for word in (b"Doe", b"PHI", b"20200101", b"1.2.3.3"))
    seg = pydicom.dcmread(path)
    assert seg.PatientIdentityRemoved == "YES" and seg.PatientID == "" and seg.StudyInstanceUID != "1.2.3"
    voxels, affine = by_highdicom(path)
    assert np.array_equal(on_grid(voxels, affine, scan.geometry), NUMBERS[labels()])
    again = dicom_source(folder, "", scan.geometry, is_deidentified=True)
    assert again.first.StudyInstanceUID == source.first.StudyInstanceUID  # files of one scan still belong together


def test_labels_on_a_slice_without_an_image_are_placed_all_the_same(tmp_path):
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID, missing=(1,)))
    assert np.array_equal(on_grid(*by_highdicom(path), GRID), NUMBERS[labels()])


def test_a_seg_is_read_as_labels_for_its_scan_and_is_no_scan_itself(tmp_path):
    folder = dicom_series(tmp_path / "scan")
    scan = read_volume(folder)
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, dicom_source(folder, "", scan.geometry))
    assert is_seg(path) and not is_seg(folder / "IM000.dcm")
    found, warnings = read_label_map(path, scan.geometry)
    assert np.array_equal(found, NUMBERS[labels()]) and warnings == ()
    assert [c.name for c in stored_labels(path).classes] == ["Left kidney", "Liver tumour", "Label 255"]
    assert "segmentation (SEG)" in inspect(path).message
    with pytest.raises(GridMismatch):
        read_label_map(path, Geometry(SHAPE, (2.5, 0.7, 0.8), (-8.0, -10.0, -20.0)))


def test_a_seg_beside_its_scan_leaves_the_scan_alone(tmp_path):
    folder = dicom_series(tmp_path / "scan")
    scan = read_volume(folder)
    write_seg(folder / "a.dcm", labels(), CLASSES, dicom_source(folder, "", scan.geometry))
    assert np.array_equal(read_volume(folder).voxels, scan.voxels)
    assert dicom_source(folder, "", scan.geometry).frames[0].uid == "1.2.3.3.1"


def test_the_series_that_was_chosen_is_the_one_referred_to(tmp_path):
    dicom_series(tmp_path / "s" / "a", SeriesNumber=3)
    dicom_series(tmp_path / "s" / "b", SeriesNumber=4)
    geometry = read_volume(tmp_path / "s", "1.2.3.4").geometry
    assert dicom_source(tmp_path / "s", "1.2.3.4", geometry).first.SeriesInstanceUID == "1.2.3.4"
    assert dicom_source(tmp_path / "s", "1.2.3.3", geometry).first.SeriesInstanceUID == "1.2.3.3"


def test_what_hospitals_blank_or_mangle_is_no_reason_to_fail(tmp_path):
    for k in range(SHAPE[0]):
        mangled = {"StudyDate": "20120000", "PatientBirthDate": "00000000", "FrameOfReferenceUID": f"1.2.9.{k + 1}"}
        save(dicom_slice(k, StudyTime="", **mangled), tmp_path / "d" / f"{k}")
    scan = read_volume(tmp_path / "d")
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, dicom_source(tmp_path / "d", "", scan.geometry))
    assert np.array_equal(read_label_map(path, scan.geometry)[0], NUMBERS[labels()])


def test_a_scan_without_uids_or_place_or_dicom_is_refused_with_the_reason(tmp_path):
    folder = dicom_series(tmp_path / "blank", SOPInstanceUID="", SeriesInstanceUID="", StudyInstanceUID="")
    with pytest.raises(WriteError, match="has no UIDs"):
        dicom_source(folder, "", read_volume(folder).geometry)
    (tmp_path / "x").mkdir()
    with pytest.raises(WriteError, match="no DICOM series"):
        dicom_source(tmp_path / "x", "", GRID)
    with pytest.raises(WriteError, match="no place in a patient"):
        dicom_source(tmp_path / "x", "", Geometry(SHAPE, has_orientation=False))


@pytest.mark.parametrize("drawn_on", [[2], [0, 3], [1, 3]])
def test_labels_on_few_slices_keep_their_place(tmp_path, drawn_on):
    folder = dicom_series(tmp_path / "d")
    scan = read_volume(folder)
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[drawn_on, 1:4, 2:4] = 1
    path = write_seg(tmp_path / "a.dcm", drawn, CLASSES, dicom_source(folder, "", scan.geometry))
    assert np.array_equal(read_label_map(path, scan.geometry)[0], drawn)
    assert read_seg(path).geometry.spacing_mm == pytest.approx(scan.geometry.spacing_mm)
    theirs = pydicom.dcmread(path)
    del theirs.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SpacingBetweenSlices
    theirs.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SliceThickness = "2.5"
    theirs.save_as(path)
    assert np.array_equal(read_label_map(path, scan.geometry)[0], drawn)


def test_one_slice_whose_writer_made_up_a_thickness_is_placed_all_the_same(tmp_path):
    folder = dicom_series(tmp_path / "d")
    scan = read_volume(folder)
    drawn = np.zeros(SHAPE, np.uint8)
    drawn[2, 1:4, 2:4] = 1
    path = write_seg(tmp_path / "a.dcm", drawn, CLASSES, dicom_source(folder, "", scan.geometry))
    theirs = pydicom.dcmread(path)
    theirs.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SpacingBetweenSlices = "1.0"
    theirs.save_as(path)
    assert np.array_equal(read_label_map(path, scan.geometry)[0], drawn)


def test_labels_on_an_uneven_series_come_out_in_place_unless_it_was_resampled(tmp_path):
    folder = dicom_series(tmp_path / "d", ks=(0, 1))
    save(dicom_slice(2, ImagePositionPatient=[-8, -10, -13.2]), folder / "z")
    for volume in inspect(folder).volumes:
        scan = read_volume(folder, volume.id)
        drawn = Drawn("case", np.ones(scan.geometry.shape, np.uint8), scan, CLASSES, folder, volume.id)
        if volume.id.endswith("resampled"):
            with pytest.raises(WriteError, match="was resampled"):
                write_masks(tmp_path / "m.dcm", drawn)
        else:
            write_masks(tmp_path / "m.dcm", drawn)
            assert read_label_map(tmp_path / "m.dcm", scan.geometry)[0].any()


def test_a_tilted_stack_and_one_with_a_gap_come_out_in_place(tmp_path):
    tilt = np.deg2rad(18)
    turned = [1, 0, 0, 0, round(float(np.cos(tilt)), 9), round(float(-np.sin(tilt)), 9)]
    for k in range(SHAPE[0]):
        save(dicom_slice(k, ImageOrientationPatient=turned), tmp_path / "tilted" / f"{k}")
    dicom_series(tmp_path / "gap", ks=(0, 2, 3, 4, 5))
    for name in ("tilted", "gap"):
        choice = inspect(tmp_path / name).volumes[-1].id if name == "tilted" else ""
        scan = read_volume(tmp_path / name, choice)
        drawn = np.zeros(scan.geometry.shape, np.uint8)
        drawn[1:4, 1:3, 2:4] = 1
        source = dicom_source(tmp_path / name, choice, scan.geometry)
        path = write_seg(tmp_path / f"{name}.dcm", drawn, CLASSES, source)
        assert np.array_equal(read_label_map(path, scan.geometry)[0], drawn)
        assert [f.path is None for f in source.frames] == [name == "gap" and z == 1 for z in range(len(drawn))]


def test_nothing_drawn_is_told_and_nothing_written(tmp_path):
    with pytest.raises(WriteError, match="nothing is drawn"):
        write_seg(tmp_path / "a.dcm", np.zeros_like(labels()), CLASSES, source_on(GRID))
    assert not list(tmp_path.iterdir())


def made(tmp_path, pixels, kind="BINARY", **more):
    """A SEG by highdicom alone: pixels (frame, row, column[, segment])."""
    tags = source_on(GRID).tags.values()
    count = pixels.shape[3] if pixels.ndim == 4 else int(pixels.max())
    description = [
        highdicom.seg.SegmentDescription(
            n + 1, f"S{n + 1}", pydicom.sr.codedict.codes.SCT.Tissue, pydicom.sr.codedict.codes.SCT.Tissue, "MANUAL"
        )
        for n in range(count)
    ]
    seg = highdicom.seg.Segmentation(
        list(tags), pixels, kind, description, "1.9.1", 1, "1.9.2", 1, "Maker", "Model", "1", "0", **more
    )
    seg.save_as(tmp_path / "theirs.dcm")
    return tmp_path / "theirs.dcm"


def test_overlapping_segments_are_laid_over_each_other_and_it_is_said(tmp_path):
    pixels = np.zeros((*SHAPE, 2), np.uint8)
    pixels[1, 1:3, 1:3, 0], pixels[1, 2:4, 2:4, 1] = 1, 1
    stored = read_seg(made(tmp_path, pixels))
    assert "1 voxels" in stored.warnings[0]
    placed = on_grid(stored.labels, stored.geometry.matrix, GRID)
    assert np.array_equal(placed[1], np.where(pixels[1, ..., 1], 2, pixels[1, ..., 0]))


def test_a_label_map_seg_is_read_too(tmp_path):
    stored = read_seg(made(tmp_path, NUMBERS[labels()], "LABELMAP"))
    assert np.array_equal(on_grid(stored.labels, stored.geometry.matrix, GRID), NUMBERS[labels()])
    assert [c.name for c in stored.classes] == ["S1", "S2", "S3"]


def test_probabilities_are_no_labels_but_whole_ones_are(tmp_path):
    whole = (labels() == 1).astype(np.float32)
    stored = read_seg(made(tmp_path, whole[..., None], "FRACTIONAL"))
    assert np.array_equal(on_grid(stored.labels, stored.geometry.matrix, GRID), labels() == 1)
    with pytest.raises(ReadError, match="probabilities"):
        read_seg(made(tmp_path, (whole * 0.4)[..., None], "FRACTIONAL"))


@pytest.mark.parametrize("spoil", ["SegmentSequence", "PerFrameFunctionalGroupsSequence", "PixelData", "Rows"])
def test_a_damaged_seg_is_told(tmp_path, spoil):
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID))
    seg = pydicom.dcmread(path)
    delattr(seg, spoil)
    seg.save_as(path)
    with pytest.raises(ReadError, match=r"a\.dcm is damaged"):
        read_seg(path)


def test_frames_without_a_place_are_told(tmp_path):
    path = write_seg(tmp_path / "a.dcm", labels(), CLASSES, source_on(GRID))
    seg = pydicom.dcmread(path)
    del seg.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence
    seg.save_as(path)
    with pytest.raises(ReadError, match="where its frames lie"):
        read_seg(path)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_survives_cielab(colour):
    assert colour_of(lab_of(colour)) == colour


def test_white_and_red_are_what_the_standard_says():
    assert lab_of((255, 255, 255)) == (65535, 32896, 32896) and lab_of((0, 0, 0)) == (0, 32896, 32896)
    lightness, a, b = lab_of((255, 0, 0))
    assert (lightness / 655.35, a / 257 - 128, b / 257 - 128) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


def test_labels_on_a_scan_whose_pixel_size_the_user_gave_come_out_with_it(tmp_path):
    for k in range(SHAPE[0]):
        untold = dicom_slice(k)
        del untold.PixelSpacing
        save(untold, tmp_path / "d" / f"{k}")
    scan = read_volume(tmp_path / "d", "@0.8x0.9x2.5")
    drawn = np.where(labels() == 255, 0, labels()).astype(np.uint8)
    path, *_ = write_masks(tmp_path / "m.dcm", Drawn("c", drawn, scan, CLASSES, tmp_path / "d", "@0.8x0.9x2.5"))
    assert np.array_equal(on_grid(*by_highdicom(path), scan.geometry) > 0, drawn > 0)
