"""Training sees structures often, edges as in prediction, and the same cut-outs for the same seed."""

from dataclasses import replace

import numpy as np
import torch

from tests.unet.conftest import disc_samples
from unet_studio.segmentation.samples import IGNORE
from unet_studio.unet.batches import Batches, batch_size, training_slice, useful_flips
from unet_studio.unet.planning import plan_preprocessing
from unet_studio.unet.preprocessing import Preprocessing

NATIVE = Preprocessing("volume", 0, 0, (0.0,), (1.0,), None, None, (64, 64), 16)


def test_a_training_slice_is_in_the_networks_pixels():
    one = disc_samples(size=(80, 60), spacing_mm=(0.5, 0.5))[0]
    plan = replace(NATIVE, spacing_mm=(1.0, 1.0))
    prepared = training_slice(one, plan, [1, 4])
    assert [i.shape for i in prepared.images] == [(1, 40, 30)]
    assert prepared.images[0].dtype == torch.float16
    assert set(prepared.plane.unique().tolist()) == {2, 3, 4}
    assert all((prepared.plane[tuple(p)] == 4).all() for p in prepared.places[2])


def test_small_slices_lie_in_the_middle_of_their_cut_outs_as_in_prediction():
    one = disc_samples(size=(40, 36))[0]
    prepared = training_slice(one, NATIVE, [1, 4])
    images, planes = Batches([prepared], field=(64, 48), count=4, seed=0).draw()
    assert images.shape == (4, 1, 80, 60)
    middle = planes[0, 8 : 8 + 64, 6 : 6 + 48]  # the field in the wider cut-out
    assert torch.equal(middle[12:52, 6:42], prepared.plane)
    assert int((middle != 0).sum()) == 40 * 36
    assert torch.equal(images[:, 0][planes == 0], torch.zeros(int((planes == 0).sum())))


def test_half_of_the_cut_outs_of_large_slices_are_about_a_structure():
    rare = disc_samples(size=(300, 300), radius=0.02)[0]
    prepared = training_slice(rare, NATIVE, [1, 4])
    batches = Batches([prepared], field=(32, 32), count=16, seed=0)
    with_structure = [bool((p[4:36, 4:36] > 2).any()) for _ in range(8) for p in batches.draw()[1]]
    assert 0.5 <= np.mean(with_structure) < 0.8


def test_every_class_is_drawn_however_rare():
    samples = disc_samples(size=(40, 36), slices=30)
    for index in range(1, len(samples)):
        samples[index] = replace(samples[index], labels=np.minimum(samples[index].labels, 1))
    batches = Batches([training_slice(s, NATIVE, [1, 4]) for s in samples], field=(48, 48), count=16, seed=0)
    with_core = np.mean([bool((p == 4).any()) for _ in range(10) for p in batches.draw()[1]])
    assert with_core > 0.15  # one slice in thirty has it


def test_cut_outs_stay_within_large_slices():
    prepared = training_slice(disc_samples(size=(200, 48))[0], NATIVE, [1, 4])
    batches = Batches([prepared], field=(64, 64), count=16, seed=3)
    for _ in range(5):
        _, planes = batches.draw()
        assert (planes[:, 8:72, 16:64] != 0).all()


def test_the_same_seed_draws_the_same():
    slices = [training_slice(s, NATIVE, [1, 4]) for s in disc_samples(size=(90, 90))]
    a, b, c = (Batches(slices, field=(32, 32), count=4, seed=s).draw()[0] for s in (1, 1, 2))
    assert torch.equal(a, b)
    assert not torch.equal(a, c)


def test_empty_slices_alone_can_be_drawn_from():
    empty = [replace(s, labels=np.zeros_like(s.labels)) for s in disc_samples()]
    slices = [training_slice(s, NATIVE, [1, 4]) for s in empty]
    images, planes = Batches(slices, field=(64, 64), count=3, seed=0).draw()
    assert torch.isfinite(images).all()
    assert set(planes.unique().tolist()) == {0, 2}
    assert useful_flips(slices).flip_rows


def test_unknown_pixels_are_marked_so():
    one = disc_samples()[0]
    labels = one.labels.copy()
    labels[:5] = IGNORE
    assert (training_slice(replace(one, labels=labels), NATIVE, [1, 4]).plane[:5] == 1).all()


def test_structures_that_lie_on_one_side_are_not_mirrored_to_the_other():
    samples = disc_samples(size=(40, 40), slices=6)
    one_sided = []
    for sample in samples:
        labels = np.zeros_like(sample.labels)
        labels[15:25, 2:12] = 1
        labels[15:25, 28:38] = 4
        one_sided.append(training_slice(replace(sample, labels=labels), NATIVE, [1, 4]))
    how = useful_flips(one_sided)
    assert how.flip_rows
    assert not how.flip_columns
    scattered = disc_samples(size=(40, 40), slices=40)
    assert useful_flips([training_slice(s, NATIVE, [1, 4]) for s in scattered]).flip_columns


def test_what_has_an_upper_and_a_lower_end_is_mirrored_sideways_only():
    samples = disc_samples(size=(40, 40), slices=4)
    upright = []
    for sample in samples:
        labels = np.zeros_like(sample.labels)
        labels[5:28, 4:14] = labels[5:28, 26:36] = (
            1  # as lungs lie: 0.7 of it is where its mirror image is, upside down
        )
        upright.append(training_slice(replace(sample, labels=labels), NATIVE, [1]))
    how = useful_flips(upright)
    assert how.flip_columns
    assert not how.flip_rows


def test_batches_are_about_the_same_work_whatever_the_field():
    assert batch_size((64, 48), "cpu") == 16
    assert batch_size((96, 96), "cpu") == 8
    assert batch_size((192, 192), "cpu") == 2
    assert batch_size((1024, 1024), "cpu") == 2
    assert batch_size((192, 192), "cuda") == 8


def test_a_plan_of_real_samples_makes_cut_outs_of_its_field():
    samples = disc_samples(size=(300, 280), radius=0.3)
    plan = plan_preprocessing(samples, values=[1, 4], stride=16)
    slices = [training_slice(s, plan, [1, 4]) for s in samples]
    images, _ = Batches(slices, field=plan.field, count=2, seed=0).draw()
    assert images.shape[2:] == (round(plan.field[0] * 1.25), round(plan.field[1] * 1.25))


def test_half_of_what_is_drawn_is_fresh_and_half_is_known_already():
    samples = disc_samples(size=(40, 36), slices=40)
    slices = [
        training_slice(replace(s, labels=np.full_like(s.labels, 1 if i < 2 else 4)), NATIVE, [1, 4])
        for i, s in enumerate(samples)
    ]
    batches = Batches(slices, field=(48, 48), count=16, seed=0, fresh=frozenset({0, 1}))
    planes = torch.cat([batches.draw()[1] for _ in range(20)])
    assert 0.4 < (planes == 3).any(dim=(1, 2)).float().mean() < 0.6
    assert 0.4 < (planes == 4).any(dim=(1, 2)).float().mean() < 0.6


def test_where_all_or_nothing_is_fresh_slices_are_drawn_alike():
    slices = [training_slice(s, NATIVE, [1, 4]) for s in disc_samples(size=(40, 36), slices=6)]
    plain = Batches(slices, field=(48, 48), count=4, seed=0).draw()[0]
    assert torch.equal(Batches(slices, field=(48, 48), count=4, seed=0, fresh=frozenset(range(6))).draw()[0], plain)


def test_neighbours_share_what_was_prepared_of_them():
    samples = disc_samples(slices=5)
    wide = replace(NATIVE, neighbours=2)
    prepared = {}
    slices = [training_slice(s, wide, [1, 4], prepared) for s in samples]
    assert len(prepared) == 5
    assert slices[2].images[1] is slices[1].images[0]
    assert slices[2].images[4] is slices[4].images[0]
    images, _ = Batches(slices, field=(48, 48), count=2, seed=0).draw()
    assert images.shape[1] == 5
