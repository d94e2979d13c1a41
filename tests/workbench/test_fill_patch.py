"""An outlined area that is filled or cleared in one action."""

import numpy as np

from tests.workbench.making import GEOMETRY, LOCKED, ONE, SHAPE, TWO, annotation_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.labels.brush import Patch
from unet_studio.project.records import SliceState

PATCH = Patch(2, 3, np.array([[True, True, False], [False, True, True]]))


def fill(annotation, *, view=None, index=4, erase=False):
    annotation.fill_patch(view or annotation.view, index, PATCH, erase=erase, verb="outline")


def test_filling_a_patch_paints_its_pixels_and_nothing_else():
    annotation = annotation_of()
    fill(annotation)
    expected = np.zeros(SHAPE[1:], np.uint8)
    expected[PATCH.box] = PATCH.mask * ONE.value
    assert (annotation.labels(4) == expected).all()
    assert annotation.label_map.voxels.sum() == expected.sum()
    assert annotation.history.undo_name == "Outline One"
    assert annotation.state(4) is SliceState.EDITED and len(annotation.deeds) == 1


def test_a_patch_is_filled_in_any_plane_and_undone_whole():
    labels = np.random.default_rng(0).integers(0, 3, SHAPE).astype(np.uint8)
    annotation = annotation_of(labels=labels.copy())
    view = plane_view(GEOMETRY, Plane.SAGITTAL)
    fill(annotation, view=view)
    assert (view.slice_of(annotation.label_map.voxels, 4)[PATCH.box][PATCH.mask] == ONE.value).all()
    annotation.undo()
    assert (annotation.label_map.voxels == labels).all()


def test_clearing_a_patch_spares_locked_labels():
    labels = np.full(SHAPE, TWO.value, np.uint8)
    labels[4, 2, 3] = LOCKED.value
    annotation = annotation_of(labels=labels)
    fill(annotation, erase=True)
    assert annotation.labels(4)[2, 3] == LOCKED.value and annotation.labels(4)[2, 4] == 0
    assert annotation.history.undo_name == "Clear area"


def test_a_patch_on_locked_labels_alone_changes_nothing_and_says_why():
    annotation = annotation_of(labels=np.full(SHAPE, LOCKED.value, np.uint8))
    fill(annotation)
    assert annotation.deeds == [] and len(annotation.sentences) == 1
    assert LOCKED.name in annotation.sentences[0]
