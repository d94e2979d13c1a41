"""DICOM series: what belongs together, in which order, where it lies, and what is missing."""

import os
import shutil

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    RLELossless,
)

from tests.files.phantoms import BRIGHT, LANDMARK, SHAPE, dicom_series, dicom_slice, save, voxels
from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.volumes import inspect, read_volume
from unet_studio.image.window import Window

MANY = range(10)


def pixels(k: int) -> np.ndarray:
    """A slice of its own for every number."""
    made = voxels()[1] + 0
    made[0, 0] = 1000 + k
    return made


def tall(folder, ks=MANY, **tags):
    for k in ks:
        save(dicom_slice(k, pixels(k), **tags), folder / f"{k:03d}.dcm")
    return folder


def test_a_series_opens_with_its_geometry_name_and_modality(tmp_path):
    read = read_volume(dicom_series(tmp_path))
    assert np.array_equal(read.voxels, voxels()) and read.voxels.dtype == np.int16
    assert read.geometry.spacing_mm == (2.5, 0.9, 0.8)  # the gap, not the slice thickness of 4
    assert read.geometry.origin_mm == (-8.0, -10.0, -20.0)
    assert (read.name, read.modality, read.warnings) == ("Abdomen", "CT", ())


@pytest.mark.parametrize(
    ("level", "width", "window"),
    [(40, 400, Window(40, 400)), ([-600, 40], [1500, 400], Window(-600, 1500)), ("40.5", "400", Window(40.5, 400))],
)
def test_a_series_offers_the_first_window_of_its_files(tmp_path, level, width, window):
    assert read_volume(dicom_series(tmp_path, WindowCenter=level, WindowWidth=width)).window == window


@pytest.mark.parametrize(("level", "width"), [(None, None), (40, None), (40, 0)])
def test_a_series_without_a_sound_window_offers_none(tmp_path, level, width):
    assert read_volume(dicom_series(tmp_path, WindowCenter=level, WindowWidth=width)).window is None


def test_slices_are_sorted_by_position_and_not_by_name_or_number(tmp_path):
    for k in MANY:
        save(dicom_slice(k, pixels(k), InstanceNumber=50 - k), tmp_path / f"IM{(k * 7) % 10}")
    assert [int(s[0, 0]) for s in read_volume(tmp_path).voxels] == [1000 + k for k in MANY]


def test_one_file_of_a_series_is_one_slice(tmp_path):
    read = read_volume(dicom_series(tmp_path) / "IM001.dcm")
    assert np.array_equal(read.voxels, voxels()[1:2])
    assert read.geometry.spacing_mm == (4.0, 0.9, 0.8)


@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
)
def test_every_uncompressed_coding_gives_the_same_voxels(tmp_path, syntax):
    for k in range(SHAPE[0]):
        made = dicom_slice(k, syntax=syntax)
        if syntax == ExplicitVRBigEndian:
            made.PixelData = voxels()[k].astype(">i2").tobytes()
            made["PixelData"].VR = "OW"
        save(made, tmp_path / f"{k}")
    assert np.array_equal(read_volume(tmp_path).voxels, voxels())


def test_run_length_coding_gives_the_same_voxels(tmp_path):
    for k in range(SHAPE[0]):
        made = dicom_slice(k)
        made.compress(RLELossless, generate_instance_uid=False)
        save(made, tmp_path / f"{k}")
    assert np.array_equal(read_volume(tmp_path).voxels, voxels())


def test_a_file_without_preamble_opens(tmp_path):
    path = save(dicom_slice(0), tmp_path / "whole.dcm")
    (tmp_path / "bare").write_bytes(path.read_bytes()[132:])
    assert np.array_equal(read_volume(tmp_path / "bare").voxels, voxels()[:1])


def test_blank_uids_make_one_series(tmp_path):
    for k in range(SHAPE[0]):
        made = dicom_slice(k, StudyInstanceUID="", SeriesInstanceUID="")
        made.SOPInstanceUID = ""
        made.save_as(tmp_path / f"CT.{k}", enforce_file_format=False)
    assert np.array_equal(read_volume(tmp_path).voxels, voxels())


def test_two_series_are_asked_about_and_never_mixed(tmp_path):
    dicom_series(tmp_path)
    dicom_series(tmp_path / "deep" / "er", range(3), "B", SeriesNumber=8, SeriesDescription="Thorax")
    with pytest.raises(ChoiceNeeded, match="2 series") as asked:
        read_volume(tmp_path)
    sizes = {read_volume(tmp_path, c).name: read_volume(tmp_path, c).geometry.shape for c in asked.value.choices}
    assert sizes == {"Abdomen": SHAPE, "Thorax": (3, *SHAPE[1:])}


def test_the_same_series_number_of_two_patients_is_two_series(tmp_path):
    dicom_series(tmp_path)
    dicom_series(tmp_path, prefix="B", StudyInstanceUID="1.2.4", SeriesInstanceUID="1.2.4.3", PatientID="other")
    assert len(inspect(tmp_path).volumes) == 2


def test_two_studies_with_one_series_uid_are_told_apart(tmp_path):
    dicom_series(tmp_path)
    dicom_series(tmp_path, range(3), "B", StudyInstanceUID="1.2.4")
    with pytest.raises(ChoiceNeeded) as asked:
        read_volume(tmp_path)
    assert sorted(read_volume(tmp_path, c).geometry.shape[0] for c in asked.value.choices) == [3, 4]


def test_junk_between_the_slices_is_passed_over(tmp_path):
    dicom_series(tmp_path)
    for name, content in {
        "DICOMDIR": bytes(132),
        "Thumbs.db": bytes(10),
        ".DS_Store": b"\0",
        "report.pdf": b"%PDF-1.4",
        "README.txt": b"hello",
        "._IM000.dcm": b"\0\5\x16\7",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.dcm").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.dcm")
    assert inspect(tmp_path).outcome == "opens"


def test_a_damaged_slice_is_named_and_its_place_left_empty(tmp_path):
    tall(tmp_path)
    cut = tmp_path / "004.dcm"
    cut.write_bytes(cut.read_bytes()[:-30])
    read = read_volume(tmp_path)
    assert read.geometry.shape == (10, 6, 5)
    assert "004.dcm is damaged" in read.warnings[-1]
    assert "missing" in read.warnings[0] and (read.voxels[4] == read.voxels[[0, 9]].min()).all()
    assert [int(s[0, 0]) for s in read.voxels[5:]] == [1005, 1006, 1007, 1008, 1009]


@pytest.mark.parametrize("gone", [[4], [4, 5], [2, 7]])
def test_missing_slices_leave_the_others_in_their_place(tmp_path, gone):
    read = read_volume(tall(tmp_path, [k for k in MANY if k not in gone]))
    assert read.geometry.shape[0] == 10 and read.geometry.spacing_mm[0] == 2.5
    assert "missing" in read.warnings[0]
    for k in MANY:
        assert (read.voxels[k, 0, 0] == 1000 + k) != (k in gone)


def uneven(folder, places):
    for k, z in enumerate(places):
        save(dicom_slice(k, pixels(k), ImagePositionPatient=[0, 0, z]), folder / f"{k}")
    found = inspect(folder)
    assert found.outcome == "asks" and "not evenly spaced" in found.message
    return {v.id.rpartition(".")[2]: v.id for v in found.volumes}


def test_uneven_gaps_are_filled_resampled_or_split_as_the_user_chooses(tmp_path):
    ids = uneven(tmp_path, [0, 2, 4, 6, 11, 16, 21])
    assert list(ids) == ["gaps-filled", "resampled", "part-1", "part-2"]
    filled = read_volume(tmp_path, ids["gaps-filled"])
    assert filled.geometry.spacing_mm[0] == 1.0 and filled.geometry.shape[0] == 22
    stand = {0: 0, 2: 1, 4: 2, 6: 3, 11: 4, 16: 5, 21: 6}
    for z in range(22):
        assert (filled.voxels[z, 0, 0] == 1000 + stand.get(z, -1)) == (z in stand)
    first, second = (read_volume(tmp_path, ids[f"part-{n}"]) for n in (1, 2))
    assert (first.geometry.shape[0], first.geometry.spacing_mm[0]) == (4, 2.0)
    assert (second.geometry.shape[0], second.geometry.spacing_mm[0]) == (3, 5.0)
    assert second.geometry.origin_mm == (0.0, 0.0, 11.0)
    for scan in (filled, first, second):
        assert scan.geometry.has_spacing and "not evenly spaced" in " ".join(scan.warnings)


def test_resampling_at_even_steps_keeps_slices_and_mixes_between_them(tmp_path):
    ids = uneven(tmp_path, [0, 2.5, 5, 8, 10.5, 13])
    read = read_volume(tmp_path, ids["resampled"])
    assert read.geometry.has_spacing and read.geometry.spacing_mm[0] == 2.5 and read.geometry.shape[0] == 6
    along = np.interp(2.5 * np.arange(6), [0, 2.5, 5, 8, 10.5, 13], 1000.0 + np.arange(6))
    assert read.voxels[:, 0, 0].tolist() == np.rint(along).tolist()
    assert read.voxels.dtype == np.int16 and "resampled every 2.5 mm" in read.warnings[0]


def test_slices_at_no_pattern_at_all_are_not_given_a_grid_of_their_own(tmp_path):
    ids = uneven(tmp_path, [0, 2.51, 5.67, 7.3, 11, 13.37])
    assert "gaps-filled" not in ids and "resampled" in ids


def test_twice_the_usual_gap_here_and_there_is_missing_slices_and_nobody_is_asked(tmp_path):
    read = read_volume(tall(tmp_path, [0, 1, 2, 4, 5, 6, 8, 9]))
    assert read.geometry.shape[0] == 10 and "missing" in read.warnings[0]


def test_a_jitter_of_a_thousandth_of_a_millimetre_is_no_matter(tmp_path):
    for k in MANY:
        save(dicom_slice(k, pixels(k), ImagePositionPatient=[0, 0, 2.5 * k + 1e-3 * (k % 2)]), tmp_path / f"{k}")
    read = read_volume(tmp_path)
    assert read.warnings == () and read.geometry.axes[0] == (0.0, 0.0, 1.0)


def test_a_copy_of_a_file_is_passed_over(tmp_path):
    dicom_series(tmp_path)
    shutil.copy(tmp_path / "IM001.dcm", tmp_path / "IM001 (copy).dcm")
    read = read_volume(tmp_path)
    assert np.array_equal(read.voxels, voxels()) and read.warnings == ()


@pytest.mark.parametrize(("change", "word"), [(0, "same pixels"), (1, "first of each")])
def test_two_images_at_one_place_are_told_and_make_no_gap_of_zero(tmp_path, change, word):
    tall(tmp_path)
    save(dicom_slice(4, pixels(4) + change, SOPInstanceUID="1.9.9", InstanceNumber=77), tmp_path / "x.dcm")
    read = read_volume(tmp_path)
    assert read.geometry.shape[0] == 10 and read.geometry.spacing_mm[0] == 2.5
    assert "1 duplicate image" in read.warnings[0] and word in read.warnings[0]
    assert read.voxels[4, 0, 0] == 1004


def test_two_phases_are_asked_about_and_each_opens(tmp_path):
    for k in range(8):
        tags = {"ImagePositionPatient": [0, 0, 2.5 * (k % 4)], "AcquisitionNumber": 1 + k // 4}
        save(dicom_slice(k, pixels(k), **tags), tmp_path / f"{k}")
    with pytest.raises(ChoiceNeeded, match="2 phases") as asked:
        read_volume(tmp_path)
    first, second = (read_volume(tmp_path, c) for c in asked.value.choices)
    assert [int(s[0, 0]) for s in first.voxels] == [1000, 1001, 1002, 1003]
    assert [int(s[0, 0]) for s in second.voxels] == [1004, 1005, 1006, 1007]


def test_a_localizer_in_the_series_is_set_apart(tmp_path):
    tall(tmp_path)
    sagittal = {"ImageOrientationPatient": [0, 1, 0, 0, 0, -1], "SOPInstanceUID": "1.9.9"}
    save(dicom_slice(0, np.zeros((9, 7), np.int16), **sagittal), tmp_path / "scout.dcm")
    read = read_volume(tmp_path)
    assert read.geometry.shape == (10, 6, 5) and "localizer" in read.warnings[0]


def test_one_series_in_two_orientations_is_asked_about(tmp_path):
    tall(tmp_path)
    for k in range(5):
        tags = {
            "ImageOrientationPatient": [0, 1, 0, 0, 0, -1],
            "ImagePositionPatient": [3 * k, 0, 0],
            "SOPInstanceUID": f"1.9.{k}",
        }
        save(dicom_slice(k, **tags), tmp_path / f"s{k}")
    assert inspect(tmp_path).outcome == "asks"
    assert sorted(v.size_xyz for v in inspect(tmp_path).volumes) == [(5, 6, 5), (5, 6, 10)]


def tilted(folder, degrees=15.0, ks=MANY):
    tilt = np.deg2rad(degrees)
    turned = [1, 0, 0, 0, round(float(np.cos(tilt)), 9), round(float(-np.sin(tilt)), 9)]
    for k in ks:
        save(dicom_slice(k, pixels(k), ImageOrientationPatient=turned), folder / f"{k}")
    return folder


def test_a_tilted_gantry_is_asked_about_and_taken_as_it_is_lies_where_it_was_scanned(tmp_path):
    found = inspect(tilted(tmp_path))
    assert found.outcome == "asks" and "tilted gantry" in found.message
    read = read_volume(tmp_path, found.volumes[1].id)
    assert "tilted gantry (15.0°)" in read.warnings[0] and "as if straight" in read.warnings[0]
    for k in MANY:
        assert read.geometry.patient_point((k, 0, 0)) == pytest.approx((-8, -10, -20 + 2.5 * k), abs=1e-6)
    assert read.geometry.voxel_ml == pytest.approx(2.5 * np.cos(np.deg2rad(15)) * 0.9 * 0.8 / 1000)


def test_slices_of_a_tilted_gantry_come_onto_a_right_grid_unchanged_within_half_a_pixel(tmp_path):
    found = inspect(tilted(tmp_path))
    taken, straight = (read_volume(tmp_path, found.volumes[n].id) for n in (1, 0))
    axes = np.array(straight.geometry.axes)
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-9) and "right grid" in straight.warnings[0]
    to_straight = np.linalg.inv(straight.geometry.matrix)
    for at in np.ndindex(taken.geometry.shape):
        index = (to_straight @ [*taken.geometry.patient_point(at), 1])[:3]
        nearest = tuple(round(i) for i in index)
        assert np.abs(index - nearest).max() <= 0.5 + 1e-6
        assert straight.voxels[nearest] == taken.voxels[at]
    assert straight.voxels.size > taken.voxels.size and straight.voxels.min() == taken.voxels.min()


def test_a_tilt_that_moves_slices_by_less_than_a_pixel_or_two_is_put_right_unasked(tmp_path):
    read = read_volume(tilted(tmp_path, degrees=0.5))
    axes = np.array(read.geometry.axes)
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-9) and "tilted gantry (0.5°)" in read.warnings[0]
    assert read.geometry.shape == (len(MANY), *SHAPE[1:])


def test_each_slice_is_scaled_by_its_own_slope(tmp_path):
    for k in range(SHAPE[0]):
        save(dicom_slice(k, RescaleSlope=f"{1 + 0.1 * k:.1f}"), tmp_path / f"{k}")
    read = read_volume(tmp_path)
    assert read.voxels.dtype == np.float32
    assert read.voxels[LANDMARK] == pytest.approx(BRIGHT * 1.1)


def test_stored_numbers_become_hounsfield_units_without_overflow(tmp_path):
    stored = voxels().astype(np.uint16)
    for k in range(SHAPE[0]):
        save(dicom_slice(k, stored[k], RescaleIntercept=-1024, BitsStored=12, HighBit=11), tmp_path / f"{k}")
    read = read_volume(tmp_path)
    assert read.voxels.dtype == np.int16 and np.array_equal(read.voxels, stored.astype(int) - 1024)


@pytest.mark.parametrize(("highest", "dtype"), [(3000, np.int16), (60000, np.int32)])
def test_sixteen_stored_bits_take_32_only_where_a_value_needs_them(tmp_path, highest, dtype):
    stored = voxels().astype(np.uint16)
    stored[2, 0, 0] = highest
    for k in range(SHAPE[0]):
        save(dicom_slice(k, stored[k], RescaleIntercept=-1024), tmp_path / f"{k}")
    read = read_volume(tmp_path)
    assert read.voxels.dtype == dtype and np.array_equal(read.voxels, stored.astype(int) - 1024)
    assert inspect(tmp_path).volumes[0].dtype == np.dtype(dtype).name


def test_monochrome1_keeps_its_values_and_is_told(tmp_path):
    read = read_volume(dicom_series(tmp_path, PhotometricInterpretation="MONOCHROME1"))
    assert np.array_equal(read.voxels, voxels()) and "MONOCHROME1" in read.warnings[0] and read.is_inverted


@pytest.mark.parametrize("is_signed", [True, False])
def test_rubbish_in_the_unused_bits_is_masked(tmp_path, is_signed):
    values = voxels()[0].astype(np.int32) - (1500 if is_signed else 0)
    dirty = ((values & 0xFFF) | 0x5000).astype(np.uint16)
    tags = {"BitsStored": 12, "HighBit": 11, "PixelRepresentation": int(is_signed)}
    read = read_volume(save(dicom_slice(0, dirty, **tags), tmp_path / "x.dcm"))
    assert np.array_equal(read.voxels[0], values)


def test_colour_is_three_channels(tmp_path):
    rgb = np.random.default_rng(0).integers(0, 255, (6, 5, 3)).astype(np.uint8)
    tags = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    read = read_volume(save(dicom_slice(0, rgb, **tags), tmp_path / "x.dcm"))
    assert np.array_equal(read.voxels[0], rgb) and "colour" in read.warnings[0]


@pytest.mark.parametrize("spacing", [None, [0, 0], [-1, -1], "", ["a", "b"]])
def test_without_pixel_spacing_there_are_no_millimetres(tmp_path, spacing):
    for k in range(SHAPE[0]):
        made = dicom_slice(k, PixelSpacing=None)
        if spacing is not None:
            made.add_new("PixelSpacing", "DS", spacing if spacing != ["a", "b"] else None)
        save(made, tmp_path / f"{k}")
    read = read_volume(tmp_path)
    assert not read.geometry.has_spacing and "spacing" in read.warnings[0]


def test_spacing_on_the_detector_is_told(tmp_path):
    read = read_volume(save(dicom_slice(0, PixelSpacing=None, ImagerPixelSpacing=[0.2, 0.1]), tmp_path / "x.dcm"))
    assert read.geometry.spacing_mm[1:] == (0.2, 0.1) and "detector" in read.warnings[0]


def test_slices_without_position_are_in_the_order_of_their_numbers(tmp_path):
    for k in MANY:
        tags = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
        save(dicom_slice(k, pixels(k), **tags), tmp_path / f"{9 - k}")
    read = read_volume(tmp_path)
    assert [int(s[0, 0]) for s in read.voxels] == [1000 + k for k in MANY]
    assert not read.geometry.has_orientation and not read.geometry.has_spacing
    assert any("position" in w for w in read.warnings)


def enhanced(frames: int = SHAPE[0]) -> Dataset:
    """All slices in one file, from the last to the first, geometry and scaling in functional groups."""

    def sequence(**tags) -> Sequence:
        item = Dataset()
        for name, value in tags.items():
            setattr(item, name, value)
        return Sequence([item])

    leave = dict.fromkeys(("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness"))
    made = dicom_slice(0, SOPClassUID="1.2.840.10008.5.1.4.1.1.2.1", NumberOfFrames=frames, **leave)
    made.PixelData = voxels()[::-1].tobytes()
    shared = Dataset()
    shared.PixelMeasuresSequence = sequence(PixelSpacing=[0.9, 0.8], SliceThickness=4)
    shared.PlaneOrientationSequence = sequence(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    shared.PixelValueTransformationSequence = sequence(RescaleSlope=2, RescaleIntercept=-10)
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    groups = []
    for k in reversed(range(SHAPE[0])):
        group = Dataset()
        group.PlanePositionSequence = sequence(ImagePositionPatient=[-8, -10, -20 + 2.5 * k])
        groups.append(group)
    made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    return made


def test_a_multi_frame_file_is_a_volume(tmp_path):
    read = read_volume(save(enhanced(), tmp_path / "x.dcm"))
    assert np.array_equal(read.voxels, voxels() * 2 - 10)
    assert read.geometry.spacing_mm == (2.5, 0.9, 0.8) and read.geometry.origin_mm == (-8.0, -10.0, -20.0)


def test_a_compressed_multi_frame_file_is_the_same_volume(tmp_path):
    made = enhanced()
    made.compress(RLELossless)
    assert np.array_equal(read_volume(save(made, tmp_path / "x.dcm")).voxels, voxels() * 2 - 10)


@pytest.mark.parametrize("frames", [5, 2147483647, -3])
def test_a_multi_frame_file_that_claims_more_than_it_holds_is_refused(tmp_path, frames):
    made = enhanced()
    made.NumberOfFrames = frames
    path = save(made, tmp_path / "x.dcm")
    if frames < 0:
        return  # read as what it has
    with pytest.raises(ReadError, match="damaged: expected"):
        read_volume(path)


def test_truncated_pixels_are_refused_with_both_sizes(tmp_path):
    path = save(dicom_slice(0), tmp_path / "x.dcm")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ReadError, match=r"x\.dcm is damaged: expected 60 bytes of pixels, found 40"):
        read_volume(path)


def test_a_size_the_file_does_not_hold_is_refused(tmp_path):
    for rows, columns in ((65535, 65535), (0, 5), (5, 0)):
        made = dicom_slice(0)
        made.Rows, made.Columns = rows, columns
        with pytest.raises(ReadError, match="damaged"):
            read_volume(save(made, tmp_path / "x.dcm"))


@pytest.mark.parametrize(
    ("uid", "words"),
    [
        ("1.2.840.10008.5.1.4.1.1.88.11", "structured report"),
        ("1.2.840.10008.5.1.4.1.1.481.3", "contours"),
        ("1.2.840.10008.5.1.4.1.1.481.2", "dose"),
        ("1.2.840.10008.5.1.4.1.1.66.4", "segmentation"),
    ],
)
def test_a_dicom_file_that_is_no_scan_says_what_it_is(tmp_path, uid, words):
    with pytest.raises(ReadError, match=f"no image .*{words}"):
        read_volume(save(dicom_slice(0, SOPClassUID=uid), tmp_path / "x.dcm"))


def test_a_dicom_file_without_pixels_says_so(tmp_path):
    made = dicom_slice(0)
    del made.PixelData
    with pytest.raises(ReadError, match="no image"):
        read_volume(save(made, tmp_path / "x.dcm"))


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"])
def test_compressed_rubbish_is_refused(tmp_path, syntax):
    made = dicom_slice(0, syntax=syntax, PixelData=pydicom.encaps.encapsulate([b"\0" * 100]))
    made["PixelData"].is_undefined_length = True
    with pytest.raises(ReadError, match=r"damaged: its pixels .JPEG.* can't be decoded"):
        read_volume(save(made, tmp_path / "x.dcm"))


def test_an_unknown_compression_is_named(tmp_path):
    made = dicom_slice(0, syntax="1.2.840.10008.1.2.4.100", PixelData=pydicom.encaps.encapsulate([b"\0" * 100]))
    made["PixelData"].is_undefined_length = True
    with pytest.raises(ReadError, match=r"transfer syntax MPEG2"):
        read_volume(save(made, tmp_path / "x.dcm"))


def test_a_text_file_named_dcm_and_an_empty_folder_say_so(tmp_path):
    (tmp_path / "notes.dcm").write_text("this is not dicom\n" * 20)
    (tmp_path / "empty").mkdir()
    assert "format" in inspect(tmp_path / "notes.dcm").message
    assert "no DICOM" in inspect(tmp_path / "empty").message


def test_a_dicomdir_opens_its_folder(tmp_path):
    dicom_series(tmp_path)
    (tmp_path / "DICOMDIR").write_bytes(bytes(132))
    assert np.array_equal(read_volume(tmp_path / "DICOMDIR").voxels, voxels())


def test_neither_name_nor_warnings_hold_a_patients_name(tmp_path, capfd, caplog):
    tags = {"SeriesDescription": None, "SeriesNumber": None, "SeriesInstanceUID": "1.7", "PixelSpacing": None}
    tall(tmp_path, PatientName="Doe^Jane", **tags)
    read = read_volume(tmp_path)
    said = " ".join([read.name, *read.warnings, str(inspect(tmp_path)), caplog.text, *capfd.readouterr()])
    assert "Doe" not in said and "PHI" not in said


def test_a_mosaic_is_one_slice_and_said_to_be_one(tmp_path):
    read = read_volume(save(dicom_slice(0, ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"]), tmp_path / "m.dcm"))
    assert read.geometry.shape[0] == 1 and "mosaic" in read.warnings[0]
