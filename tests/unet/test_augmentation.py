"""Changed views keep picture and labels together, and zero outside of the scan."""

import pytest
import torch

from unet_studio.unet.augmentation import Augmentation, augmented

STILL = Augmentation(
    rotation_degrees=0, scale=0, shift=0, elastic=0, contrast=0, brightness=0, gamma=0, noise=0, soft=0, coarse=0
)


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def square(count: int = 4, size: int = 48) -> tuple[torch.Tensor, torch.Tensor]:
    """A square of class plane 3 and intensity 5 on background (plane 2, intensity 1), with a margin outside of the scan."""
    planes = torch.zeros((count, size, size), dtype=torch.int16)
    planes[:, 6:-6, 6:-6] = 2
    planes[:, 14:26, 16:30] = 3
    images = torch.where(planes == 3, 5.0, 1.0)[:, None] * (planes != 0)[:, None]
    return images, planes


def test_no_change_at_all_cuts_out_the_middle():
    images, planes = square()
    still, moved = augmented(images, planes, field=(32, 40), how=STILL, generator=generator())
    assert torch.allclose(still, images[:, :, 8:40, 4:44], atol=1e-5)
    assert torch.equal(moved, planes[:, 8:40, 4:44])


def test_labels_follow_the_picture():
    images, planes = square(count=16)
    how = Augmentation(contrast=0, brightness=0, gamma=0, noise=0, flip_rows=True, flip_columns=True)
    changed, moved = augmented(images, planes, field=(48, 48), how=how, generator=generator())
    bright = changed[:, 0] > 3
    agree = 2 * (bright & (moved == 3)).sum() / (bright.sum() + (moved == 3).sum())
    assert agree > 0.93
    assert len({int(p.long().sum()) for p in moved}) > 8  # and the views differ


def test_outside_of_the_scan_is_zero_whatever_happens_to_intensities():
    images, planes = square(count=16)
    changed, moved = augmented(images, planes, field=(48, 48), how=Augmentation(), generator=generator())
    assert (moved == 0).any()
    assert torch.equal(changed[:, 0][moved == 0], torch.zeros(int((moved == 0).sum())))


def test_only_planes_that_were_there_come_back():
    images, planes = square(count=8)
    _, moved = augmented(images, planes, field=(32, 32), how=Augmentation(), generator=generator())
    assert set(moved.unique().tolist()) <= {0, 2, 3}


def test_the_same_seed_gives_the_same_views():
    images, planes = square()
    first = augmented(images, planes, field=(32, 32), how=Augmentation(), generator=generator(7))
    again = augmented(images, planes, field=(32, 32), how=Augmentation(), generator=generator(7))
    other = augmented(images, planes, field=(32, 32), how=Augmentation(), generator=generator(8))
    assert torch.equal(first[0], again[0])
    assert torch.equal(first[1], again[1])
    assert not torch.equal(first[0], other[0])


def test_flips_happen_only_where_they_are_allowed():
    images, planes = square(count=32)
    planes[:, 6:14, 6:-6] = 5  # the top
    down = Augmentation(**{**_figures(STILL), "flip_columns": True})
    _, moved = augmented(images, planes, field=(48, 48), how=down, generator=generator())
    assert all((p[8] == 5).any() for p in moved)
    lefts = {int((p == 3).nonzero()[:, 1].min()) for p in moved}
    assert len(lefts) == 2


def test_constant_slices_stay_finite():
    images, planes = torch.zeros(2, 3, 32, 32), torch.full((2, 32, 32), 2, dtype=torch.int16)
    changed, _ = augmented(images, planes, field=(32, 32), how=Augmentation(), generator=generator())
    assert torch.isfinite(changed).all()


def _figures(how: Augmentation) -> dict[str, object]:
    return {name: getattr(how, name) for name in Augmentation.__dataclass_fields__}


def test_slices_are_changed_more_as_a_training_goes_on():
    first, later, last = (Augmentation().at(step) for step in (0, 500, 5000))
    assert first == Augmentation()
    assert first.rotation_degrees < later.rotation_degrees < last.rotation_degrees == pytest.approx(25.0)
    assert last == Augmentation().at(1000)
    assert (last.flip_rows, last.gamma, last.noise) == (first.flip_rows, first.gamma, first.noise)


def test_half_the_resolution_leaves_the_mean_and_takes_the_detail():
    chance = torch.rand((8, 1, 32, 32), generator=generator())
    planes = torch.full((8, 32, 32), 2, dtype=torch.int16)
    how = Augmentation(**{**_figures(STILL), "coarse": 1.0})
    coarse, _ = augmented(chance, planes, field=(32, 32), how=how, generator=generator())
    assert torch.allclose(coarse.mean(dim=(1, 2, 3)), chance.mean(dim=(1, 2, 3)), atol=0.02)
    assert (coarse.std(dim=(1, 2, 3)) < 0.7 * chance.std(dim=(1, 2, 3))).all()
