"""Regions that grow through a volume beside the hand."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from tests.strategies import masks
from tests.workbench.mailbox import Mailbox
from tests.workbench.making import GEOMETRY, LOCKED, SHAPE, annotation_of, palette_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Volume
from unet_studio.labels.brush import patch_of
from unet_studio.labels.growing import grow_slice
from unet_studio.labels.likeness import Range
from unet_studio.workbench import growing as growing_module
from unet_studio.workbench.growing import Growing

BRIGHT = Range(50, 200)


@pytest.fixture
def growing(mailbox):
    before = threading.enumerate()  # windows of other tests may have a lane of that name
    growing = Growing(mailbox.post)
    yield growing
    growing.close()
    assert not [t for t in threading.enumerate() if t.name == "growing" and t not in before]


@given(masks(SHAPE), st.sampled_from(list(Plane)), st.tuples(*[st.integers(0, n - 1) for n in SHAPE]), masks(SHAPE))
@settings(max_examples=40, deadline=None)
def test_what_is_applied_is_what_was_seen_in_all_planes_but_for_locks_and_is_undone_whole(bright, plane, seed, locked):
    bright[seed] = True
    volume, view = Volume(np.where(bright, 100, 0).astype(np.int16), GEOMETRY, "scan"), plane_view(GEOMETRY, plane)
    drawn = np.where(locked, np.uint8(LOCKED.value), np.uint8(0))
    annotation, mailbox, seen = annotation_of(labels=drawn.copy(), palette=palette_of()), Mailbox(), []
    growing = Growing(mailbox.post)
    index, row, column = view.pixel_of(SHAPE, seed)
    first = grow_slice(view.slice_of(volume.voxels, index), row, column, BRIGHT)
    growing.changed.connect(lambda: seen.append(growing.region.copy()) if growing.region is not None else None)
    growing.show(volume, view, index, first)

    def done(found):
        patches = {i: patch for i, mask in found.items() if (patch := patch_of(mask)) is not None}
        annotation.fill_patches(view, patches, erase=False, verb="grow")

    growing.spread(volume, view, index, BRIGHT, done=done)
    mailbox.wait_for(lambda: not growing.is_busy)
    growing.close()
    parts, _ = ndimage.label(bright)
    whole = parts == parts[seed]
    assert (seen[-1] == whole).all() and growing.region is None
    after = annotation.label_map.voxels
    assert (after == np.where(locked, LOCKED.value, np.where(whole, 1, 0))).all()
    annotation.undo()
    assert (annotation.label_map.voxels == drawn).all()


def test_while_it_is_tuned_only_the_slice_in_hand_is_shown(growing):
    volume, view = Volume(np.zeros(SHAPE, np.int16), GEOMETRY, "scan"), plane_view(GEOMETRY, Plane.AXIAL)
    full = np.ones(view.size(SHAPE), bool)
    growing.show(volume, view, 1, full)
    growing.show(volume, view, 4, full)
    assert list(np.flatnonzero(growing.region.any(axis=(1, 2)))) == [4] and growing.slices == 1
    growing.show(volume, view, 4, ~full)
    assert not growing.region.any()


def test_it_tells_how_far_it_is_and_drops_all_of_it_at_once(growing, mailbox, monkeypatch):
    gate, heard = threading.Event(), []

    def slowly(_, start, first, __, *, count):
        yield start + 1, first
        yield start + 2, first
        assert gate.wait(20)

    monkeypatch.setattr(growing_module, "grow_volume", slowly)
    volume, view = Volume(np.zeros(SHAPE, np.int16), GEOMETRY, "scan"), plane_view(GEOMETRY, Plane.AXIAL)
    growing.show(volume, view, 1, np.ones(view.size(SHAPE), bool))
    growing.spread(volume, view, 1, BRIGHT, done=heard.append)
    mailbox.wait_for(lambda: growing.slices == 3)
    assert growing.is_busy and growing.count == SHAPE[0]
    assert growing.drop() and growing.region is None and not growing.is_busy and not growing.drop()
    gate.set()
    growing.close()
    mailbox.drain()
    assert not heard and growing.region is None
