"""Labels from files into a case: one action, locked labels safe, classes matched, nothing resampled unseen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.workbench.making import GEOMETRY, LOCKED, ONE, SHAPE, TWO, annotation_of, palette_of, write_scan
from unet_studio.errors import GridMismatch, ReadError
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window
from unet_studio.labels.label_map import LabelClass
from unet_studio.progress import finish
from unet_studio.project.records import SliceState
from unet_studio.segmentation.threshold import OtsuSegmenter
from unet_studio.workbench.comparison import AS_LAID, AS_STORED
from unet_studio.workbench.import_labels import find_labels, finding, grid_in_words, import_labels, matched
from unet_studio.workbench.workbench import Workbench

WINDOW = Window(200, 400)
RED, GREEN = (250, 0, 0), (0, 250, 0)


def drawn(value=1) -> np.ndarray:
    labels = np.zeros(SHAPE, np.uint8)
    labels[2:4, 2:5, 3:8] = value
    return labels


def hand():
    """An annotation and the palette it is drawn with."""
    palette = palette_of()
    return annotation_of(palette=palette), palette


def scan() -> Volume:
    return Volume(np.arange(np.prod(SHAPE)).reshape(SHAPE).astype(np.int16), GEOMETRY)


def found_in(folder, labels, *classes, ending=".seg.nrrd", geometry=GEOMETRY):
    path = write_label_map(folder / f"mask{ending}", labels, geometry, classes)
    return finish(finding(path, scan(), annotation_of().view, WINDOW))


def test_importing_is_one_action_that_undo_takes_back(tmp_path):
    annotation, palette = hand()
    said = import_labels(annotation, palette, found_in(tmp_path, drawn(), ONE))
    assert said == "Imported 1 label from mask.seg.nrrd." and np.array_equal(annotation.label_map.voxels, drawn())
    assert [d.change.name for d in annotation.deeds] == ["Import labels"] and annotation.counts[1] == 30
    assert annotation.state(2) is SliceState.EDITED and annotation.state(1) is SliceState.UNTOUCHED
    annotation.undo()
    assert not annotation.label_map.voxels.any() and annotation.state(2) is SliceState.UNTOUCHED


def test_classes_that_an_import_brings_go_with_its_undo_and_come_back_with_its_redo(tmp_path):
    annotation, palette = hand()
    before = palette.classes
    import_labels(annotation, palette, found_in(tmp_path, drawn(), LabelClass(1, "Kidney", GREEN)))
    brought = palette.classes
    assert [c.name for c in brought] == ["One", "Two", "Stone", "Kidney"] and len(annotation.deeds) == 1
    assert (annotation.label_map.voxels == brought[-1].value).sum() == 30
    annotation.undo()
    assert palette.classes == before and not annotation.label_map.voxels.any()
    annotation.redo()
    assert palette.classes == brought and (annotation.label_map.voxels == brought[-1].value).sum() == 30


def test_what_is_drawn_elsewhere_stays_unless_the_file_replaces_it(tmp_path):
    now = np.zeros(SHAPE, np.uint8)
    now[0], now[2, 0] = 2, 2
    found = found_in(tmp_path, drawn(), ONE)
    kept, replaced = annotation_of(labels=now.copy()), annotation_of(labels=now.copy())
    import_labels(kept, palette_of(), found)
    assert np.array_equal(kept.label_map.voxels, np.where(drawn(), drawn(), now))
    import_labels(replaced, palette_of(), found, replaces=True)
    assert np.array_equal(replaced.label_map.voxels, drawn())


def test_locked_labels_are_neither_painted_over_nor_added_to_and_it_is_said(tmp_path):
    now = np.zeros(SHAPE, np.uint8)
    now[2, 2] = LOCKED.value
    labels = drawn()
    labels[5, 0, 0] = LOCKED.value
    annotation = annotation_of(labels=now.copy())
    said = import_labels(annotation, palette_of(), found_in(tmp_path, labels, ONE, LOCKED), replaces=True)
    after = annotation.label_map.voxels
    assert (after[2, 2] == LOCKED.value).all() and after[5, 0, 0] == 0 and (after[3, 2:5, 3:8] == 1).all()
    assert "10 voxels were left" in said  # 5 under the lock, 4 beside them that stay, 1 that may not come


def test_classes_of_one_name_are_one_whatever_their_value(tmp_path):
    annotation, palette = hand()
    import_labels(annotation, palette, found_in(tmp_path, drawn(7), LabelClass(7, "TWO", RED)))
    assert np.array_equal(annotation.label_map.voxels, drawn(2)) and palette.classes == (ONE, TWO, LOCKED)


def test_a_new_name_is_a_new_class_with_its_colour_and_a_free_value(tmp_path):
    annotation, palette = hand()
    labels = np.maximum(drawn(1), np.roll(drawn(9), 2, axis=0))
    import_labels(
        annotation, palette, found_in(tmp_path, labels, LabelClass(1, "Liver", RED), LabelClass(9, "Spleen", GREEN))
    )
    new = palette.classes[3:]
    assert [(c.value, c.name, c.colour) for c in new] == [(4, "Liver", RED), (9, "Spleen", GREEN)]
    assert np.array_equal(annotation.label_map.voxels == 4, labels == 1)
    assert np.array_equal(annotation.label_map.voxels == 9, labels == 9)


def test_without_names_equal_values_are_one_class(tmp_path):
    annotation, palette = hand()
    found = found_in(tmp_path, np.maximum(drawn(2), np.roll(drawn(5), 2, axis=0)), ending=".nii.gz")
    import_labels(annotation, palette, found)
    assert [c.name for c in palette.classes] == ["One", "Two", "Stone", "Label 5"]
    assert annotation.label_map.values() == (2, 5)


values = st.lists(st.integers(1, 255), unique=True, max_size=255)


@settings(deadline=None)
@given(values, values, st.booleans())
def test_no_two_labels_of_a_file_ever_become_one(theirs, ours, has_names):
    file = tuple(LabelClass(v, f"theirs {v}" if v % 3 else f"ours {v}", RED) for v in theirs)
    classes = tuple(LabelClass(v, f"ours {v}", GREEN) for v in ours)
    matching = matched(file, classes, has_names=has_names)
    if matching is None:
        assert len(theirs) + len(ours) > 255
        return
    assert set(matching.values) == set(theirs) and len(set(matching.values.values())) == len(theirs)
    assert not {c.value for c in matching.new} & set(ours)
    assert set(matching.values.values()) <= {*ours, *(c.value for c in matching.new)}


def test_more_labels_than_there_are_values_are_refused(tmp_path):
    palette = palette_of(*(LabelClass(v, f"ours {v}", RED) for v in range(1, 256)))
    annotation = annotation_of(palette=palette)
    said = import_labels(annotation, palette, found_in(tmp_path, drawn(), LabelClass(1, "Liver", RED)))
    assert "255 values" in said and not annotation.deeds


def test_in_a_project_to_look_at_nothing_changes(tmp_path):
    annotation, palette = annotation_of(is_read_only=True), palette_of()
    said = import_labels(annotation, palette, found_in(tmp_path, drawn(), LabelClass(8, "Liver", RED)))
    assert "look only" in said and not annotation.deeds and len(palette.classes) == 3


def test_a_file_that_changes_nothing_says_so(tmp_path):
    annotation = annotation_of(labels=drawn())
    assert "changes nothing" in import_labels(annotation, palette_of(), found_in(tmp_path, drawn(), ONE))
    assert not annotation.deeds


def test_a_picture_of_a_stack_stands_for_the_stack(tmp_path):
    write_label_map(tmp_path / "stack.png", drawn(), GEOMETRY)
    found = finish(finding(tmp_path / "stack" / "0002.png", scan(), annotation_of().view, WINDOW))
    assert found.is_exact and np.array_equal(found.labels, drawn()) and found.path == tmp_path / "stack"


def test_a_palette_brings_its_colours(tmp_path):
    folder = tmp_path / "stack"
    folder.mkdir()
    for z, page in enumerate(drawn(7)):
        picture = Image.new("P", page.shape[::-1])
        picture.putdata(page.reshape(-1).tolist())
        picture.putpalette([0] * 21 + [250, 0, 0])
        picture.save(folder / f"{z}.png")
    palette = palette_of()
    annotation = annotation_of(palette=palette)
    import_labels(annotation, palette, finish(finding(folder, scan(), annotation.view, WINDOW)))
    assert palette.classes[3] == LabelClass(7, "Label 7", RED)


def test_another_grid_comes_with_a_picture_of_both_outlines_and_both_grids(tmp_path):
    fine = Geometry((6, 16, 18), (3.0, 0.5, 0.5), GEOMETRY.patient_point((0, -0.25, -0.25)))
    found = found_in(tmp_path, drawn().repeat(2, 1).repeat(2, 2), ONE, geometry=fine)
    assert not found.is_exact and np.array_equal(found.labels, drawn())
    assert found.grids == ("9 × 8 × 6 voxels of 1 × 1 × 3 mm", "18 × 16 × 6 voxels of 0.5 × 0.5 × 3 mm")
    picture = found.picture
    assert picture.dtype == np.uint8 and max(picture.shape[:2]) == 558  # 9 columns of 62 pixels
    stored = (picture == AS_STORED).all(axis=2)
    rows, columns = np.nonzero(stored)  # rows 2 to 4, columns 3 to 7 of the shown slice
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (124, 309, 186, 495)


def test_outlines_that_differ_are_both_seen(tmp_path):
    shifted = Geometry(SHAPE, GEOMETRY.spacing_mm, GEOMETRY.patient_point((0, 0.4, 0.4)))
    picture = found_in(tmp_path, drawn(), ONE, geometry=shifted).picture
    assert (picture == AS_STORED).all(axis=2).sum() > 100 and (picture == AS_LAID).all(axis=2).sum() > 100


def test_what_shares_no_space_or_is_no_mask_is_refused(tmp_path):
    with pytest.raises(GridMismatch, match="shares no space"):
        found_in(tmp_path, drawn(), ONE, geometry=Geometry(SHAPE, GEOMETRY.spacing_mm, (500.0, 0.0, 0.0)))
    write_volume(tmp_path / "ct.nrrd", Volume(np.full(SHAPE, -7, np.int16), GEOMETRY))
    with pytest.raises(ReadError, match="negative"):
        finish(finding(tmp_path / "ct.nrrd", scan(), annotation_of().view, WINDOW))


def test_a_grid_without_spacing_has_no_millimetres():
    assert grid_in_words(Geometry((1, 2, 3), has_spacing=False)) == "3 × 2 × 1 voxels"


def test_with_a_case_open_the_file_is_read_in_the_background(disk, mailbox):
    bench = Workbench(open_segmenter=lambda *_: OtsuSegmenter(ONE), post=mailbox.post)
    told, seen = [], []
    bench.told.connect(told.append)
    find_labels(bench, disk / "nothing.nii.gz", lambda *args: seen.append(args))  # no case: no matter
    path = write_scan(disk / "scan.nii.gz")
    bench.new_project(disk / "p.unetstudio", "p", (ONE, TWO))
    mailbox.wait_for(lambda: bench.project)
    bench.find_sources([path])
    mailbox.wait_for(lambda: bench.annotation)
    volume = read_volume(path)
    mask = write_label_map(disk / "mask.nii.gz", (volume.voxels > 200).astype(np.uint8), volume.geometry)
    find_labels(bench, mask, lambda *args: seen.append(args))
    mailbox.wait_for(lambda: seen)
    annotation, found = seen[0]
    assert annotation is bench.annotation and found.is_exact and bench.project.worklist.opening is None
    find_labels(bench, disk / "gone.nii.gz", lambda *args: seen.append(args))
    mailbox.wait_for(lambda: told)
    assert "gone.nii.gz was not found" in told[-1]
    find_labels(bench, mask, lambda *args: seen.append(args))
    bench.close_case()
    mailbox.wait_for(lambda: len(told) == 2)
    assert "another case is open" in told[1] and len(seen) == 1
    bench.close()
