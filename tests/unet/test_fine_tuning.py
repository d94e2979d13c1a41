"""Training learns, keeps to its time, and says what it did."""

import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.unet.conftest import CORE, DISC, disc_samples, finished
from unet_studio.errors import CheckpointError, OutOfMemory, TrainingError
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.samples import Intensities, Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet import recipe
from unet_studio.unet.checkpoint import save_checkpoint
from unet_studio.unet.fine_tuning import train

LIGHT = TrainingOptions((DISC, CORE), steps=4, architecture="light", device="cpu")


def test_it_learns_to_tell_discs_from_their_cores(trained):
    assert trained.card.scores.dice[1] > 0.85
    assert trained.card.scores.dice[4] > 0.85


def test_the_card_says_what_was_done(trained):
    card = trained.card
    assert (card.name, card.architecture, card.seed, card.steps) == ("discs", "light", 5, 60)
    assert card.trained_on == {"a": (0, 1, 2, 3, 4), "b": (0, 1, 2, 3, 4)}
    assert card.held_out == {"c": (0, 1, 2)}
    assert card.label_classes == (DISC, CORE)
    assert card.scores.slices == 3
    assert card.before is None
    assert card.parent is None
    assert card.parameters == sum(
        t.numel() for n, t in trained.weights.items() if "running" not in n and "batches" not in n
    )
    assert card.seconds > 0


def test_reports_tell_loss_time_and_held_out_dice():
    reports = list(train(disc_samples(), disc_samples(seed=9, case="h"), replace(LIGHT, steps=12)))
    assert all(isinstance(r, TrainingStep) for r in reports)
    assert [r.seconds for r in reports] == sorted(r.seconds for r in reports)
    assert [r.step for r in reports] == sorted(r.step for r in reports)
    assert all(0 <= r.fraction <= 1 for r in reports)
    assert reports[0].loss is None
    assert any(r.loss is not None for r in reports)
    measured = [r.held_out_dice for r in reports if r.held_out_dice is not None]
    assert len(measured) >= 3
    assert set(measured[-1]) == {1, 4}
    assert reports[-1].step == 12


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    samples, held_out = disc_samples(), disc_samples(seed=9, case="h")
    first, again, other = (finished(train(samples, held_out, replace(LIGHT, steps=8, seed=seed))) for seed in (3, 3, 4))
    assert all(torch.equal(first.weights[name], again.weights[name]) for name in first.weights)
    assert not torch.equal(first.weights["head.weight"], other.weights["head.weight"])


def test_a_budget_is_kept_with_scoring_in_it():
    samples = disc_samples(slices=8)
    began = time.monotonic()
    checkpoint = finished(
        train(samples, disc_samples(slices=20, seed=9, case="h"), replace(LIGHT, steps=None, budget_s=6.0))
    )
    took = time.monotonic() - began
    assert 3.0 < took < 7.5  # 6 on a machine of its own
    assert checkpoint.card.steps > 3
    assert checkpoint.card.scores.slices > 0


def test_going_on_is_scored_against_where_it_started(trained, tmp_path):
    path = tmp_path / "start.safetensors"
    save_checkpoint(path, trained)
    held_out = disc_samples(slices=3, seed=3, case="c")
    options = replace(LIGHT, start=path, architecture="standard", steps=5)
    after = finished(train(disc_samples(seed=6, case="new"), held_out, options)).card
    assert after.before is not None
    assert after.before.dice == pytest.approx(trained.card.scores.dice, abs=1e-6)
    assert after.parent == "discs"
    assert after.architecture == "light"  # the architecture counts only from scratch
    assert after.scores.mean > after.before.mean - 0.1


def test_a_class_that_appears_later_is_learned_and_the_old_ones_are_kept(trained, tmp_path):
    path = tmp_path / "start.safetensors"
    save_checkpoint(path, trained)
    corner = LabelClass(2, "corner", (1, 2, 3))
    samples = []
    for sample in disc_samples(slices=5, seed=1) + disc_samples(slices=3, seed=7, case="h"):
        labels, image = sample.labels.copy(), sample.image.copy()
        labels[:8, :8] = 2
        image[:8, :8] -= 60
        samples.append(replace(sample, labels=labels, image=image))
    options = TrainingOptions((DISC, corner, CORE), steps=200, start=path, device="cpu")
    card = finished(train(samples[:5], samples[5:], options)).card
    assert card.before.dice[2] == 0.0
    assert card.scores.dice[2] > 0.5
    assert card.scores.dice[4] > 0.8


@pytest.mark.parametrize("size", [(16, 16), (17, 90), (700, 260)])
@pytest.mark.parametrize("channels", [1, 3])
def test_slices_of_any_size_and_kind_train(size, channels):
    samples = disc_samples(slices=2, size=size, channels=channels)
    checkpoint = finished(train(samples, samples, replace(LIGHT, steps=2)))
    assert checkpoint.preprocessing.channels == channels
    assert checkpoint.card.scores.slices == 2


def test_slices_without_any_structure_train_and_have_no_score():
    empty = [replace(s, labels=np.zeros_like(s.labels)) for s in disc_samples(slices=2)]
    card = finished(train(empty, empty, LIGHT)).card
    assert card.scores.mean is None
    assert card.scores.slices == 2


def test_without_held_out_slices_there_is_no_score():
    card = finished(train(disc_samples(slices=2), [], LIGHT)).card
    assert card.scores.mean is None
    assert card.scores.slices == 0
    assert card.held_out == {}


def test_volumes_of_one_intensity_train():
    flat = Sample(
        np.zeros((20, 20, 1), np.float32), np.zeros((20, 20), np.uint8), None, "a", 0, Intensities(0, 0, 0, 0, 0, 0)
    )
    checkpoint = finished(train([flat], [], LIGHT))
    assert all(bool(torch.isfinite(t).all()) for t in checkpoint.weights.values())


def test_nothing_to_learn_from_is_told():
    with pytest.raises(TrainingError, match="review at least one slice"):
        finished(train([], disc_samples(), LIGHT))


def test_grey_and_colour_slices_together_are_refused():
    with pytest.raises(TrainingError, match="1 channels and some 3"):
        finished(train([*disc_samples(), *disc_samples(channels=3)], [], LIGHT))


def test_a_checkpoint_of_other_channels_is_refused(trained, tmp_path):
    save_checkpoint(tmp_path / "grey.safetensors", trained)
    options = replace(LIGHT, start=tmp_path / "grey.safetensors")
    with pytest.raises(TrainingError, match="discs was trained on scans of 1 channel"):
        finished(train(disc_samples(channels=3), [], options))


def test_a_damaged_checkpoint_to_start_from_is_told(tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"nothing of ours")
    with pytest.raises(CheckpointError, match=r"bad\.safetensors"):
        finished(train(disc_samples(), [], replace(LIGHT, start=tmp_path / "bad.safetensors")))


def test_a_loss_that_is_not_a_number_ends_the_training(monkeypatch):
    monkeypatch.setattr(recipe, "segmentation_loss", lambda logits, *_, **__: logits.sum() * float("nan"))
    with pytest.raises(TrainingError, match="went astray"):
        finished(train(disc_samples(), [], LIGHT))


def test_memory_running_out_is_told(monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")

    monkeypatch.setattr(recipe, "segmentation_loss", refuse)
    with pytest.raises(OutOfMemory):
        finished(train(disc_samples(), [], LIGHT))


def test_earlier_weights_are_kept_where_they_were_clearly_better(monkeypatch):
    """The last steps are made to ruin the network; what was measured before is what comes out."""
    samples = disc_samples(slices=5, seed=1)
    usual = recipe.segmentation_loss
    made = []

    def ruin(logits, target, **how):
        made.append(1)
        return usual(logits, target, **how) * (1 if len(made) < 45 else -1000)

    monkeypatch.setattr(recipe, "segmentation_loss", ruin)
    card = finished(train(samples, disc_samples(slices=3, seed=3, case="h"), replace(LIGHT, steps=60))).card
    assert card.scores.mean > 0.6


@pytest.mark.parametrize("length", [{"steps": 10**6}, {"steps": None, "budget_s": 600.0}])
def test_what_was_learned_until_the_user_had_enough_is_scored_and_kept(length):
    asked = []

    def is_enough():
        asked.append(1)
        return len(asked) == 7

    work = train(disc_samples(), disc_samples(seed=9, case="h"), replace(LIGHT, **length), is_enough=is_enough)
    card = finished(work).card
    assert (card.steps, card.ended) == (7, "asked")
    assert card.scores.slices == 4


def test_a_training_left_in_the_middle_leaves_nothing_running():
    work = train(disc_samples(), disc_samples(case="h"), replace(LIGHT, steps=1000))
    next(work)
    next(work)
    work.close()
    with pytest.raises(StopIteration):
        next(work)


def test_the_thread_reckons_as_before_when_a_training_has_ended():
    threads, tiny = torch.get_num_threads(), torch.tensor([1e-310], dtype=torch.float64)
    finished(train(disc_samples(slices=2), [], LIGHT))
    assert torch.get_num_threads() == threads
    assert float((tiny / 2)[0]) > 0


def test_slices_that_a_retraining_spoils_are_named(tmp_path, trained):
    save_checkpoint(tmp_path / "start.safetensors", trained)
    known = [*disc_samples(slices=5, case="a"), *disc_samples(slices=5, case="b", seed=1)]
    misled = [
        replace(s, labels=np.where(s.labels == 1, 4, 0).astype(np.uint8), case="new") for s in disc_samples(seed=3)
    ]
    options = TrainingOptions((DISC, CORE), steps=40, start=tmp_path / "start.safetensors", device="cpu")
    card = finished(train([*misled, *known[:1]], disc_samples(slices=3, seed=2, case="c"), options)).card
    assert {one.case for one in card.worse} & {"a", "c"}
    assert all(one.before > one.after + 0.02 for one in card.worse)
    untouched = finished(train(known, [], replace(options, steps=1))).card
    assert all(one.case in {"a", "b"} for one in untouched.worse)
