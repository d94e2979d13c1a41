"""A checkpoint predicts volumes: on their own pixels, in the order it is asked, alike however they were saved."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.unet.conftest import disc_volume
from unet_studio.errors import CheckpointError, TrainingError
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.scores import dice
from unet_studio.segmentation.segmenter import Segmenter
from unet_studio.unet import sliding_window
from unet_studio.unet.checkpoint import Checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.segmenter import UNetSegmenter, open_segmenter
from unet_studio.unet.sliding_window import SlidingWindow

FP32 = choose_runtime("cpu", precision="fp32")
BF16 = choose_runtime("cpu", precision="bf16")


@pytest.fixture(scope="module")
def segmenter(trained: Checkpoint) -> UNetSegmenter:
    return UNetSegmenter(trained, FP32)


def whole(segmenter: UNetSegmenter, volume: Volume) -> np.ndarray:
    return np.stack([p.labels for p in segmenter.predict(volume, range(volume.geometry.shape[0]))])


def test_it_outlines_a_volume_it_never_saw(segmenter):
    volume, labels = disc_volume(slices=5, seed=20)
    answer = whole(segmenter, volume)
    assert answer.dtype == np.uint8
    assert set(np.unique(answer)) <= {0, 1, 4}
    assert dice(answer > 0, labels > 0) > 0.9
    assert dice(answer == 4, labels == 4) > 0.85


def test_it_is_what_the_rest_of_the_program_expects(segmenter, trained):
    as_contract: Segmenter = segmenter
    assert as_contract.name == "discs"
    assert as_contract.device == "CPU · fp32"
    assert as_contract.label_classes == trained.card.label_classes


def test_slices_answered_together_are_answered_as_each_alone_and_the_first_alone(trained, segmenter, monkeypatch):
    volume, _ = disc_volume(slices=6, seed=9)
    alone = list(segmenter.predict(volume, range(6)))
    monkeypatch.setattr(SlidingWindow, "together", lambda self, size: 4)
    shown = []
    chances = SlidingWindow.chances
    monkeypatch.setattr(SlidingWindow, "chances", lambda self, x: shown.append(len(x)) or chances(self, x))
    for one, other in zip(segmenter.predict(volume, range(6)), alone, strict=True):
        assert one.index == other.index
        assert np.array_equal(one.labels, other.labels)
        assert one.uncertainty == pytest.approx(other.uncertainty, abs=1e-5)
    assert shown == [1, 4, 1]


def test_the_next_slice_is_taken_only_when_the_caller_comes_back(segmenter):
    volume, _ = disc_volume(slices=6)
    left = [3, 4, 5]
    answers = segmenter.predict(volume, (left.pop(0) for _ in range(3)))
    assert next(answers).index == 3
    assert left == [4, 5]
    left.reverse()  # the user went elsewhere
    assert [a.index for a in answers] == [5, 4]


def test_probabilities_come_background_first_and_agree_with_the_labels(segmenter):
    volume, _ = disc_volume()
    plain, full = (next(segmenter.predict(volume, [1], probabilities=p)) for p in (False, True))
    assert plain.probabilities is None
    chances = full.probabilities
    assert chances.shape == (3, 40, 36)
    assert chances.dtype == np.float32
    assert np.allclose(chances.sum(axis=0), 1, atol=1e-4)
    assert np.array_equal(np.array([0, 1, 4])[chances.argmax(axis=0)], full.labels)
    assert np.array_equal(plain.labels, full.labels)
    assert 0 <= full.uncertainty <= 1


def test_the_same_scan_at_another_spacing_gives_the_same_outline(segmenter):
    volume, _labels = disc_volume(seed=21)
    finer = np.repeat(np.repeat(volume.voxels, 2, axis=1), 2, axis=2)
    geometry = Geometry(finer.shape, (1.0, 0.5, 0.5), has_orientation=False)
    answer = whole(segmenter, Volume(finer, geometry))
    coarse = whole(segmenter, volume)
    assert dice(answer > 0, np.repeat(np.repeat(coarse > 0, 2, axis=1), 2, axis=2)) > 0.93


def test_the_same_scan_in_other_units_gives_the_same_outline(segmenter):
    volume, _ = disc_volume(seed=22)
    scaled = Volume(volume.voxels * 37 - 5000, volume.geometry)
    assert dice(whole(segmenter, volume) > 0, whole(segmenter, scaled) > 0) > 0.99


def test_slices_are_those_of_the_working_plane(segmenter):
    """Stored along x and flipped, the thick direction is still stepped through and the answer lies the way up it is shown."""
    volume, _ = disc_volume(slices=4)
    voxels = np.ascontiguousarray(volume.voxels.transpose(1, 2, 0))
    axes = ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    turned = Volume(voxels, Geometry(voxels.shape, (1.0, 1.0, 5.0), axes=axes))
    answers = list(segmenter.predict(turned, range(4)))
    assert [a.labels.shape for a in answers] == [(40, 36)] * 4
    assert dice(answers[0].labels > 0, whole(segmenter, volume)[0] > 0) > 0.99


def test_voxels_that_are_not_finite_do_not_spoil_a_slice(segmenter):
    volume, labels = disc_volume(seed=23)
    voxels = volume.voxels.copy()
    voxels[:, :3] = np.nan
    voxels[:, -2:] = np.inf
    answer = whole(segmenter, Volume(voxels, volume.geometry))
    assert dice(answer > 0, labels > 0) > 0.8


@pytest.mark.parametrize("size", [(1, 1), (16, 300), (401, 257)])
def test_slices_of_any_size_are_answered_on_their_own_pixels(segmenter, size):
    voxels = np.random.default_rng(0).normal(size=(2, *size)).astype(np.float32)
    volume = Volume(voxels, Geometry((2, *size), has_spacing=False, has_orientation=False))
    assert [p.labels.shape for p in segmenter.predict(volume, [0, 1])] == [size, size]


def test_integers_are_as_good_as_floats(segmenter):
    volume, _ = disc_volume(seed=24)
    rounded = np.round(volume.voxels).astype(np.int16)
    as_floats, as_integers = Volume(rounded.astype(np.float32), volume.geometry), Volume(rounded, volume.geometry)
    assert np.array_equal(whole(segmenter, as_floats), whole(segmenter, as_integers))


def test_a_scan_of_other_channels_is_refused_by_name(segmenter):
    volume, _ = disc_volume(channels=3)
    with pytest.raises(TrainingError, match=r"discs was trained on scans of 1 channel and disc0 has 3"):
        next(iter(segmenter.predict(volume, [0])))


def test_it_opens_from_a_file_and_answers_alike(trained, segmenter, tmp_path):
    path = tmp_path / "discs.safetensors"
    save_checkpoint(path, trained)
    volume, _ = disc_volume()
    opened = open_segmenter(path, "cpu", precision="fp32")
    assert np.array_equal(whole(opened, volume), whole(segmenter, volume))
    with pytest.raises(CheckpointError):
        open_segmenter(tmp_path / "other.safetensors")


def test_bf16_gives_the_labels_of_fp32(trained, segmenter):
    volume, _ = disc_volume(slices=6, seed=25)
    half = UNetSegmenter(trained, BF16, checks_precision=False)
    assert dice(whole(half, volume) > 0, whole(segmenter, volume) > 0) > 0.99


def test_bf16_is_used_once_its_labels_were_shown_to_be_those_of_fp32(trained, segmenter):
    volume, _ = disc_volume(slices=10, size=(120, 120), seed=26)
    sharp = {name: t * 8 if name.startswith("head.") else t for name, t in trained.weights.items()}
    sharp["head.bias"] = sharp["head.bias"] - torch.tensor([0.0, 0.0, 1e3])  # never the core, whose edge is soft
    both, exact, half = (
        UNetSegmenter(replace(trained, weights=sharp), runtime, checks_precision=checks)
        for runtime, checks in ((BF16, True), (FP32, False), (BF16, False))
    )
    first = next(both.predict(volume, [0]))
    assert np.array_equal(first.labels, next(exact.predict(volume, [0])).labels)
    whole(both, volume)
    assert both.device == (
        "CPU · bf16" if dice(whole(exact, volume)[:3] > 0, whole(half, volume)[:3] > 0) > 0.9995 else "CPU · fp32"
    )


def test_a_checkpoint_whose_labels_bf16_would_change_is_answered_in_fp32(trained, segmenter):
    """Its answers hang on differences that bf16 can't hold: every pixel is nearly a tie."""
    weights = dict(trained.weights)
    weights["head.weight"] = weights["head.weight"] * 1e-3
    weights["head.bias"] = weights["head.bias"] * 1e-3 + 50.0
    fragile = replace(trained, weights=weights)
    volume, _ = disc_volume(slices=10, size=(120, 120), seed=27)
    careful, exact = UNetSegmenter(fragile, BF16), UNetSegmenter(fragile, FP32)
    assert np.array_equal(whole(careful, volume), whole(exact, volume))
    assert careful.device == "CPU · fp32"


def test_probabilities_are_those_of_fp32_whatever_is_faster(trained, segmenter):
    volume, _ = disc_volume()
    half = UNetSegmenter(trained, BF16, checks_precision=False)
    chances = [next(s.predict(volume, [1], probabilities=True)).probabilities for s in (half, segmenter)]
    assert np.array_equal(*chances)


def test_a_slice_too_large_for_the_memory_is_answered_in_tiles(trained, monkeypatch):
    monkeypatch.setattr(sliding_window, "_ROOM_BYTES", 30_000_000)
    small, labels = disc_volume(slices=2, seed=28)
    voxels = np.tile(small.voxels, (1, 25, 25))
    volume = Volume(voxels, Geometry(voxels.shape, (1.0, 1.0, 1.0), has_orientation=False))
    answer = next(UNetSegmenter(trained, FP32).predict(volume, [0])).labels
    assert answer.shape == (1000, 900)
    assert dice(answer > 0, np.tile(labels[0] > 0, (25, 25))) > 0.8
