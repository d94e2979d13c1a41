"""The same fingerprint whichever way the voxels came, another for any other voxels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.files import fingerprint as fingerprint_module
from unet_studio.files.fingerprint import Filled, Fingerprint, fingerprinted
from unet_studio.progress import Progress, finish


@pytest.fixture(autouse=True, scope="module")
def _small_pieces():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint_module, "_PIECE", 64)
        yield


def voxels(seed: int = 0, shape=(3, 5, 7), dtype=np.int16) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)


@given(st.lists(st.integers(0, 210), max_size=8).map(sorted))
def test_feeding_in_any_steps_gives_that_of_the_whole(steps):
    whole, fed = voxels(), Fingerprint()
    for nbytes in steps:
        fed.feed(whole, nbytes)
    assert fed.of(whole) == Fingerprint().of(whole)


@given(st.integers(0, 104), st.integers(1, 99))
def test_any_other_voxel_gives_another(at, more):
    other = voxels()
    other.reshape(-1)[at] += more
    assert Fingerprint().of(other) != Fingerprint().of(voxels())


def test_shape_and_type_count_and_memory_order_does_not():
    first = Fingerprint().of(voxels())
    assert first != Fingerprint().of(voxels().reshape(5, 3, 7))
    assert first != Fingerprint().of(voxels(dtype=np.uint16))
    assert first == Fingerprint().of(np.asfortranarray(voxels()))
    assert len(first) == 64


def test_voxels_begun_anew_are_not_mixed_with_those_before():
    fed = Fingerprint()
    fed.feed(voxels(1), 128)
    assert fed.of(voxels(0)) == Fingerprint().of(voxels(0))


def test_reports_are_passed_on_seldom_and_closing_closes_the_work():
    closed = []

    def work():
        made = voxels()
        try:
            for n in range(1000):
                yield Filled(n / 1000, "Reading", voxels=made, nbytes=0)
            yield Progress(1.0, "Checking")
            return made
        finally:
            closed.append(True)

    steps = fingerprinted(work())
    reports = []
    try:
        while True:
            reports.append(next(steps))
    except StopIteration as end:
        found, digest = end.value
    assert digest == Fingerprint().of(found)
    assert 40 <= len(reports) <= 60 and {type(r) for r in reports} == {Progress} and reports[-1].fraction == 1.0
    half = fingerprinted(work())
    next(half)
    half.close()
    assert closed == [True, True]
    assert finish(fingerprinted(work()))[1] == digest
