"""3D Slicer's .seg.nrrd: the same segments in the same places to Slicer's own Python reader, and from its files."""

import nrrd as pynrrd
import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - as everybody writes it
import slicerio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.phantoms import SHAPE, geometries, labels
from tests.files.placed import REORDER, on_grid
from unet_studio.errors import ReadError, WriteError
from unet_studio.files.label_maps import read_label_map, stored_labels, write_label_map
from unet_studio.files.seg_nrrd import is_segmentation, read_segmentation, write_segmentation
from unet_studio.files.terminology import TISSUE, terms_of
from unet_studio.files.volumes import read_volume
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (8.0, 10.0, -20.0), ((0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)))
CLASSES = (LabelClass(1, "Left kidney", (10, 200, 30)), LabelClass(2, "Liver tumour", (255, 0, 128)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(geometries())
def test_slicers_reader_finds_every_label_in_its_place_on_any_grid(tmp_path, grid):
    path = write_segmentation(tmp_path / "a.seg.nrrd", labels(), grid, CLASSES)
    read = slicerio.read_segmentation(str(path))
    to_lps = read["ijkToLPS"][:, REORDER]
    assert np.array_equal(on_grid(read["voxels"].transpose(2, 1, 0), to_lps, grid), labels())
    assert [(s["name"], s["labelValue"]) for s in read["segments"]] == [
        ("Left kidney", 1), ("Liver tumour", 2), ("Label 255", 255),
    ]  # fmt: skip


def test_slicers_reader_finds_colours_terminology_and_extent(tmp_path):
    read = slicerio.read_segmentation(str(write_segmentation(tmp_path / "a.seg.nrrd", labels(), GRID, CLASSES)))
    kidney, tumour, _ = read["segments"]
    assert np.round(np.array(tumour["color"]) * 255).tolist() == [255, 0, 128]
    assert kidney["terminology"]["type"] == ["SCT", "64033007", "Kidney"]
    assert kidney["terminology"]["typeModifier"] == ["SCT", "7771000", "Left"]
    assert tumour["terminology"]["category"] == ["SCT", "49755003", "Morphologically Altered Structure"]
    assert kidney["extent"] == [2, 4, 1, 3, 1, 2]
    assert read["containedRepresentationNames"] == read["masterRepresentation"].split("|") == ["Binary labelmap"]


def test_simpleitk_finds_the_same_voxels(tmp_path):
    image = sitk.ReadImage(str(write_segmentation(tmp_path / "a.seg.nrrd", labels(), GRID, CLASSES)))
    assert np.array_equal(sitk.GetArrayFromImage(image), labels())
    assert image.TransformIndexToPhysicalPoint((3, 2, 1)) == pytest.approx(GRID.patient_point((1, 2, 3)))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=20), st.tuples(*[st.integers(0, 255)] * 3))
def test_any_name_and_colour_comes_back(tmp_path, name, colour):
    path = write_segmentation(tmp_path / "a.seg.nrrd", labels(), GRID, (LabelClass(1, name, colour),))
    one = read_segmentation(path).classes[0]
    assert one.colour == colour
    clean = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    assert one.name == (clean or "Label 1")


def test_the_ending_alone_chooses_the_format_and_the_content_tells_it(tmp_path):
    path = write_label_map(tmp_path / "a.seg.nrrd", labels(), GRID, CLASSES)
    plain = write_label_map(tmp_path / "a.nrrd", labels(), GRID, CLASSES)
    assert is_segmentation(path) and not is_segmentation(plain)
    renamed = path.rename(tmp_path / "b.nrrd")
    assert stored_labels(renamed).classes[1].name == "Liver tumour" and stored_labels(renamed).has_names
    assert np.array_equal(read_label_map(renamed, GRID)[0], labels())
    assert np.array_equal(read_volume(renamed).voxels, labels())


def test_a_class_that_is_not_drawn_keeps_its_segment(tmp_path):
    path = write_segmentation(tmp_path / "a.seg.nrrd", np.zeros_like(labels()), GRID, CLASSES)
    assert [c.name for c in read_segmentation(path).classes] == ["Left kidney", "Liver tumour"]


def slicer_file(path, layers, segments, *, origin=(0, 0, 0)):
    """A file as Slicer writes it where segments overlap: layers (layer, z, y, x)."""
    header = {
        "space": "left-posterior-superior", "kinds": ["list", "domain", "domain", "domain"],
        "space directions": np.array([[np.nan] * 3, [1, 0, 0], [0, 1, 0], [0, 0, 1]]), "space origin": np.array(origin),
    }  # fmt: skip
    for n, (name, layer, value) in enumerate(segments):
        header |= {f"Segment{n}_ID": f"S{n}", f"Segment{n}_Name": name, f"Segment{n}_Layer": str(layer),
                   f"Segment{n}_LabelValue": str(value), f"Segment{n}_Color": "1 0.5 0"}  # fmt: skip
    data = layers.transpose(0, 3, 2, 1)
    if len(layers) == 1:
        data = data[0]
        header |= {"kinds": ["domain"] * 3, "space directions": np.eye(3)}
    pynrrd.write(str(path), np.asfortranarray(data), header)
    return path


def test_overlapping_segments_of_slicer_are_laid_over_each_other_and_it_is_said(tmp_path):
    layers = np.zeros((2, 3, 4, 5), np.uint8)
    layers[0, 1, 1:3, 1:3], layers[1, 1, 2:4, 2:4] = 1, 1
    path = slicer_file(tmp_path / "s.seg.nrrd", layers, [("A", 0, 1), ("B", 1, 1)])
    stored = read_segmentation(path)
    assert np.array_equal(stored.labels[1], np.where(layers[1, 1], 2, layers[0, 1]))
    assert "1 voxels" in stored.warnings[-1] and [c.name for c in stored.classes] == ["A", "B"]
    assert stored.classes[0].colour == (255, 128, 0)


def test_slicers_cropped_box_lies_where_it_was_drawn(tmp_path):
    scan = Geometry((6, 8, 9))
    layers = np.ones((1, 2, 3, 4), np.uint8)
    path = slicer_file(tmp_path / "s.seg.nrrd", layers, [("A", 0, 1)], origin=(3, 4, 1))
    wanted = np.zeros(scan.shape, np.uint8)
    wanted[1:3, 4:7, 3:7] = 1
    found, warnings = read_label_map(path, scan)
    assert np.array_equal(found, wanted) and warnings == ()


def test_what_lies_outside_the_scan_is_told_and_never_silently_cropped(tmp_path):
    layers = np.ones((1, 2, 3, 4), np.uint8)
    path = slicer_file(tmp_path / "s.seg.nrrd", layers, [("A", 0, 1)], origin=(7, 4, 1))
    found, warnings = read_label_map(path, Geometry((6, 8, 9)))
    assert found.sum() == 12 and "12 labelled voxels" in warnings[0]


def test_a_segment_that_is_not_in_the_file_is_told(tmp_path):
    path = slicer_file(tmp_path / "s.seg.nrrd", np.ones((1, 2, 3, 4), np.uint8), [("A", 3, 1)])
    with pytest.raises(ReadError, match="segments that are not in it"):
        read_segmentation(path)


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(WriteError):
        write_segmentation(tmp_path / "no" / "a.seg.nrrd", labels(), GRID, CLASSES)


@pytest.mark.parametrize(
    ("name", "code"),
    [("liver", "10200004"), ("Kidneys", "64033007"), ("kidney_r", "64033007"), ("LV: left ventricle", "87878005"),
     ("Liver tumor", "108369006"), ("white matter", "68523003"), ("Urinary bladder", "89837001"), ("Lungs", "39607008"),
     ("gallbladder", "28231008"), ("Struktur 1", "85756007"), ("", "85756007"), ("deliverable", "85756007")],
)  # fmt: skip
def test_a_structure_is_known_by_its_name(name, code):
    assert terms_of(name).type.code == code


def test_sides_are_told_only_where_the_name_does():
    assert terms_of("kidney_r").side.meaning == "Right" and terms_of("Left lung").side.meaning == "Left"
    assert terms_of("Liver").side is None and terms_of("left ventricle").side is None and terms_of("x").type == TISSUE
