"""Masks onto scans: the very voxels where that can be, by the nearest where the user agrees, never elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.files.phantoms import SHAPE, dicom_series, geometries, labels, nifti_file
from unet_studio.errors import GridMismatch, ReadError
from unet_studio.files.label_maps import read_label_map, stored_labels, write_label_map
from unet_studio.files.laying import lay
from unet_studio.files.stored_labels import StoredLabels, described_classes, named
from unet_studio.files.volumes import read_volume
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

GRID = Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0))
MATCH = r"shares no space"


def stored(voxels, geometry, path=None, **more) -> StoredLabels:
    return StoredLabels(voxels, geometry, (), **more)


def moved(grid: Geometry, *, by=(0, 0, 0), spacing=None, shape=None) -> Geometry:
    return Geometry(shape or grid.shape, spacing or grid.spacing_mm, grid.patient_point(by), grid.axes)


@settings(deadline=None)
@given(geometries(), st.permutations([0, 1, 2]), st.tuples(*[st.booleans()] * 3))
def test_every_order_and_flip_of_the_same_voxels_is_the_same_labels(path_name, grid, order, flips):
    turned = labels().transpose(order)[tuple(slice(None, None, -1 if f else 1) for f in flips)]
    first = [0.0, 0.0, 0.0]
    for axis, flip in zip(order, flips, strict=True):
        first[axis] = SHAPE[axis] - 1 if flip else 0
    axes = tuple(tuple(-v if f else v for v in grid.axes[a]) for a, f in zip(order, flips, strict=True))
    spacing = tuple(grid.spacing_mm[a] for a in order)
    there = Geometry(turned.shape, spacing, grid.patient_point((first[0], first[1], first[2])), axes)
    laid = lay(stored(turned, there), grid, path_name)
    assert laid.is_exact and np.array_equal(laid.labels, labels()) and laid.warnings == ()


@pytest.fixture(scope="module")
def path_name(tmp_path_factory):
    return tmp_path_factory.mktemp("m") / "mask.nii.gz"


@settings(deadline=None)
@given(geometries(), geometries(shape=(5, 4, 7)))
def test_resampling_takes_the_nearest_voxel_and_counts_what_is_left_out(path_name, grid, other):
    voxels = np.random.default_rng(0).integers(0, 4, other.shape).astype(np.uint8)
    try:
        laid = lay(stored(voxels, other), grid, path_name)
    except GridMismatch as error:
        assert "shares no space" in str(error)
        laid = None
    centres = np.indices(grid.shape).reshape(3, -1).T
    index = (np.linalg.inv(other.matrix) @ grid.matrix @ np.column_stack([centres, np.ones(len(centres))]).T)[:3].T
    nearest = np.floor(index + 0.5).astype(int)
    is_in = ((nearest >= 0) & (nearest < other.shape)).all(axis=1)
    wanted = np.zeros(len(centres), np.uint8)
    wanted[is_in] = voxels[tuple(nearest[is_in].T)]
    if laid is None:
        assert not wanted.any()
        return
    is_clear = (np.abs(index - np.floor(index) - 0.5) > 1e-6).all(axis=1)
    assert not laid.is_exact and np.array_equal(laid.labels.reshape(-1)[is_clear], wanted[is_clear])
    back = np.argwhere(voxels)
    there = (np.linalg.inv(grid.matrix) @ other.matrix @ np.column_stack([back, np.ones(len(back))]).T)[:3].T
    assert laid.outside == ((there < -0.5) | (there > np.array(grid.shape) - 0.5)).any(axis=1).sum()


def test_a_finer_mask_is_resampled_and_says_so(path_name):
    fine = Geometry((8, 12, 10), (1.25, 0.45, 0.4), GRID.patient_point((-0.25, -0.25, -0.25)))
    voxels = labels().repeat(2, 0).repeat(2, 1).repeat(2, 2)
    laid = lay(stored(voxels, fine), GRID, path_name)
    assert not laid.is_exact and laid.outside == 0 and np.array_equal(laid.labels, labels())


def test_a_plain_file_of_another_extent_is_put_in_place_but_must_be_agreed_to(path_name):
    part = moved(GRID, by=(1, 2, 0), shape=(2, 3, 5))
    plain = lay(stored(labels()[1:3, 2:5], part), GRID, path_name)
    boxed = lay(stored(labels()[1:3, 2:5], part, is_box=True), GRID, path_name)
    wanted = np.zeros_like(labels())
    wanted[1:3, 2:5] = labels()[1:3, 2:5]
    assert np.array_equal(plain.labels, wanted) and np.array_equal(boxed.labels, wanted)
    assert boxed.is_exact and not plain.is_exact


def test_one_voxel_off_must_be_agreed_to(path_name):
    laid = lay(stored(labels(), moved(GRID, by=(0, 0, 1))), GRID, path_name)
    assert not laid.is_exact and np.array_equal(laid.labels[:, :, 1:], labels()[:, :, :-1])
    assert laid.outside == np.count_nonzero(labels()[:, :, -1]) and "lie outside the scan" in laid.warnings[0]


@pytest.mark.parametrize("by", [(0, 0, 5), (-4, 0, 0), (0, 400, 0), (4.5, 0.3, 0.2)])
def test_elsewhere_is_refused(path_name, by):
    with pytest.raises(GridMismatch, match=MATCH):
        lay(stored(labels(), moved(GRID, by=by)), GRID, path_name)


def test_labels_that_all_lie_outside_are_refused_though_the_boxes_meet(path_name):
    voxels = np.zeros(SHAPE, np.uint8)
    voxels[:, :, -1] = 1
    with pytest.raises(GridMismatch, match=MATCH):
        lay(stored(voxels, moved(GRID, by=(0, 0, 3))), GRID, path_name)


def test_an_empty_mask_on_the_scan_is_no_mismatch(path_name):
    assert not lay(stored(np.zeros(SHAPE, np.uint8), moved(GRID, by=(0.4, 0.4, 0.4))), GRID, path_name).labels.any()


def test_without_orientation_only_the_size_can_tell(path_name):
    plain = Geometry(SHAPE, has_orientation=False)
    laid = lay(stored(labels(), plain), GRID, path_name)
    assert laid.is_exact and "no orientation" in laid.warnings[0]
    with pytest.raises(GridMismatch, match="does not match"):
        lay(stored(labels()[1:], Geometry((3, 6, 5), has_orientation=False)), GRID, path_name)


@pytest.mark.parametrize("ending", [".nii.gz", ".nii", ".nrrd", ".mha", ".seg.nrrd", ".png"])
def test_every_format_that_is_written_comes_back_onto_its_scan(tmp_path, ending):
    scan = read_volume(dicom_series(tmp_path / "scan"))
    path = write_label_map(tmp_path / f"m{ending}", labels(), scan.geometry, (LabelClass(1, "Liver", (1, 2, 3)),))
    laid = lay(stored_labels(path), scan.geometry, path)
    assert laid.is_exact and np.array_equal(laid.labels, labels())


def test_values_above_255_become_labels_named_after_them(tmp_path):
    freesurfer = np.array([0, 17, 1035, 2035], np.int16)[np.minimum(labels(), 3)]
    path = nifti_file(tmp_path, "mask.nii.gz", freesurfer, datatype=4)
    found = stored_labels(path)
    assert [(c.value, c.name) for c in found.classes] == [(1, "Label 17"), (2, "Label 1035"), (3, "Label 2035")]
    assert np.array_equal(found.labels, np.minimum(labels(), 3)) and "up to 2,035" in found.warnings[0]
    with pytest.raises(ReadError, match="too many"):
        read_label_map(path, read_volume(nifti_file(tmp_path)).geometry)  # the command line keeps values as they are


@pytest.mark.parametrize(
    ("data", "datatype", "why"),
    [(-labels().astype(np.int16), 4, "negative"), (labels() * np.float32(0.4), 16, "whole numbers"),
     (np.arange(SHAPE[0] * 30 * 30, dtype=np.int32).reshape(SHAPE[0], 30, 30), 8, "too many")],
)  # fmt: skip
def test_what_are_no_labels_is_refused(tmp_path, data, datatype, why):
    with pytest.raises(ReadError, match=why):
        stored_labels(nifti_file(tmp_path, "mask.nii.gz", data, datatype=datatype))


def test_floats_near_whole_numbers_are_those(tmp_path):
    path = nifti_file(tmp_path, "mask.nii.gz", labels() * np.float32(0.9999999), datatype=16)
    assert np.array_equal(stored_labels(path).labels, labels())


def test_a_colour_table_gives_its_colours(tmp_path):
    folder = tmp_path / "stack"
    folder.mkdir()
    for z, page in enumerate(np.minimum(labels(), 2)):
        picture = Image.fromarray(page, mode="L").convert("P")
        picture.putdata(page.reshape(-1).tolist())
        picture.putpalette([0, 0, 0, 10, 20, 30, 200, 100, 50])
        picture.save(folder / f"{z:03d}.png")
    found = stored_labels(folder)
    assert np.array_equal(found.labels, np.minimum(labels(), 2))
    assert [c.colour for c in found.classes] == [(10, 20, 30), (200, 100, 50)]
    assert stored_labels(folder / "001.png").classes[0].colour == (10, 20, 30)


def test_every_value_has_a_class_with_a_name_on_one_line():
    classes = described_classes(labels(), (LabelClass(9, "a\n  b\x00", (1, 2, 3)),))
    assert [(c.value, c.name) for c in classes] == [(1, "Label 1"), (2, "Label 2"), (9, "a b"), (255, "Label 255")]
    assert named(3, " \t", None).name == "Label 3"
