"""Changed views of training slices: what may differ between scans without changing what is to be outlined."""

import functools
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

_FULL_STEP = 1000
_BEND_SIDE = 5  # points along a side at which a slice is bent


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How much training slices are changed. Lengths are shares of the field; shifts of intensity are in its unit.

    Flips are only for structures that look alike mirrored: left and right lung as two classes must not be swapped.
    ``soft`` and ``coarse`` are the shares of slices that are blurred and shown at half their resolution.
    """

    flip_rows: bool = False
    flip_columns: bool = False
    rotation_degrees: float = 15.0
    scale: float = 0.2
    shift: float = 0.05
    elastic: float = 0.02
    contrast: float = 0.2
    brightness: float = 0.2
    gamma: float = 0.3
    noise: float = 0.1
    soft: float = 0.1
    coarse: float = 0.1

    def at(self, step: int) -> "Augmentation":
        """As much as a training bears at ``step``: as told at first, two thirds more from step 1,000 on.

        Few steps learn more from slices that are changed little; many would learn a few cases by heart.
        """
        share = min(1.0, step / _FULL_STEP) ** 2
        return replace(
            self,
            rotation_degrees=self.rotation_degrees * (1 + share * 2 / 3),
            scale=self.scale * (1 + share / 2),
            elastic=self.elastic * (1 + share * 3 / 4),
            contrast=self.contrast * (1 + share / 2),
            brightness=self.brightness * (1 + share / 2),
        )


def augmented(
    images: Tensor, planes: Tensor, *, field: tuple[int, int], how: Augmentation, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Random views of ``field`` (rows, columns) about the centres of larger cut-outs.

    ``images`` are float32 (N, C, H, W), 0 outside of the scan; ``planes`` are int16 (N, H, W), 0 outside of the scan. Both
    come back as (N, …, *field) on the same device, outside still 0. The same generator state gives the same views; the
    generator is the processor's, so that nothing waits for a graphics card.
    """
    where = _views(images, field=field, how=how, generator=generator)
    seen = functional.grid_sample(images, where, mode="bilinear", align_corners=False)
    moved = functional.grid_sample(planes[:, None].float(), where, mode="nearest", align_corners=False)
    planes = moved[:, 0].round_().to(torch.int16)
    seen = _other_intensities(_less_sharp(seen, how, generator), how, generator)
    noisy = _chosen(len(seen), 0.5, generator, seen.device)
    if len(noisy):
        strength = _there(how.noise * _uniform(len(noisy), generator), seen.device)
        noise = _noise((len(noisy), *seen.shape[1:]), generator, seen.device)
        seen.index_add_(0, noisy, noise.mul_(strength))
    return seen.mul_(planes[:, None] != 0), planes


def _there(figures: Tensor, device: torch.device) -> Tensor:
    """A few figures on the device of the slices, which a graphics card fetches while the processor goes on."""
    return figures.to(device, non_blocking=True)


def _uniform(count: int, generator: torch.Generator) -> Tensor:
    """Numbers from 0 to 1, (N, 1, 1, 1)."""
    return torch.rand((count, 1, 1, 1), generator=generator)


def _between(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    return low + (high - low) * _uniform(count, generator)


def _chosen(count: int, share: float, generator: torch.Generator, device: torch.device) -> Tensor:
    """The places of about ``share`` of ``count`` slices: what is done to some costs nothing for the others."""
    return _there((_uniform(count, generator)[:, 0, 0, 0] < share).nonzero()[:, 0], device)


def _noise(shape: tuple[int, ...], generator: torch.Generator, device: torch.device) -> Tensor:
    """Normal noise; another device than the processor makes its own from a seed that the generator tells."""
    if device.type == "cpu":
        return torch.randn(shape, generator=generator)
    own = torch.Generator(device).manual_seed(int(torch.randint(2**62, (), generator=generator)))
    return torch.randn(shape, generator=own, device=device)


def _views(images: Tensor, *, field: tuple[int, int], how: Augmentation, generator: torch.Generator) -> Tensor:
    """Where each pixel of the new views is looked up, in grid_sample's coordinates: (N, rows, columns, (x, y))."""
    count, _, height, width = images.shape
    device = images.device

    def spread(limit: float) -> Tensor:
        return _between(count, -limit, limit, generator)[:, 0, 0, 0]

    angle = torch.deg2rad(spread(how.rotation_degrees))
    row_scale = torch.exp(spread(how.scale))
    column_scale = row_scale * torch.exp(spread(how.scale / 3))
    up_down, left_right = _signs(how.flip_rows, spread(1.0)), _signs(how.flip_columns, spread(1.0))
    rows = torch.arange(field[0]) - (field[0] - 1) / 2
    columns = torch.arange(field[1]) - (field[1] - 1) / 2
    cos, sin = torch.cos(angle)[:, None], torch.sin(angle)[:, None]
    across = columns * (left_right * column_scale)[:, None]  # (N, columns)
    along = rows * (up_down * row_scale)[:, None]  # (N, rows)
    side = float(min(field))
    move_x, move_y = (spread(how.shift) * side)[:, None], (spread(how.shift) * side)[:, None]
    unit_x, unit_y = 2 / width, 2 / height  # of a pixel
    where = torch.empty((count, 2, *field), device=device)
    x_across, x_along = _there((cos * across + move_x) * unit_x, device), _there(sin * along * unit_x, device)
    y_across, y_along = _there((sin * across + move_y) * unit_y, device), _there(cos * along * unit_y, device)
    torch.sub(x_across[:, None, :], x_along[:, :, None], out=where[:, 0])
    torch.add(y_across[:, None, :], y_along[:, :, None], out=where[:, 1])
    bent = _chosen(count, 0.5, generator, device)
    if len(bent) and how.elastic > 0:
        far = how.elastic * side * torch.tensor([unit_x, unit_y])
        where.index_add_(0, bent, _bend(len(bent), field, far, generator, device))
    return where.permute(0, 2, 3, 1)


def _bend(count: int, field: tuple[int, int], far: Tensor, generator: torch.Generator, device: torch.device) -> Tensor:
    """A smooth shift of every pixel, about ``far`` (x, y), by splines through few points: (count, (x, y), rows, columns)."""
    points = torch.randn((count, 2, _BEND_SIDE, _BEND_SIDE), generator=generator)
    down, right = (_splines(n, device) for n in field)
    return down @ _there(points * far[:, None, None], device) @ right.T


@functools.cache
def _splines(length: int, device: torch.device) -> Tensor:
    """How much each of the points along a side counts at each of ``length`` pixels: (length, points), by cubic interpolation."""
    single = torch.eye(_BEND_SIDE)[:, None, :, None]  # each point alone, along the rows
    spread = functional.interpolate(single, size=(length, 1), mode="bicubic", align_corners=True)
    return spread[:, 0, :, 0].T.contiguous().to(device)


def _signs(may_flip: bool, chance: Tensor) -> Tensor:  # noqa: FBT001 (a private helper of two arguments)
    return torch.where(chance < 0, -1.0, 1.0) if may_flip else torch.ones_like(chance)


def _other_intensities(images: Tensor, how: Augmentation, generator: torch.Generator) -> Tensor:
    """Contrast, brightness and gamma, each slice its own; 0 outside is kept by the caller. Changes ``images``."""
    count, device = len(images), images.device
    bent = _chosen(count, 0.3, generator, device)
    if len(bent):
        some = images[bent]
        gamma = _there(torch.exp(_between(len(bent), -how.gamma, how.gamma, generator)), device)
        low, high = some.amin(dim=(1, 2, 3), keepdim=True), some.amax(dim=(1, 2, 3), keepdim=True)
        extent = (high - low).clamp(min=1e-3)
        images[bent] = some.sub_(low).div_(extent).clamp_(0, 1).pow_(gamma).mul_(extent).add_(low)
    contrast = _there(torch.exp(_between(count, -how.contrast, how.contrast, generator)), device)
    brightness = _there(_between(count, -how.brightness, how.brightness, generator), device)
    return images.mul_(contrast).add_(brightness)


def _less_sharp(images: Tensor, how: Augmentation, generator: torch.Generator) -> Tensor:
    """Some slices mixed with their binomial blur, some seen at half the resolution. Changes ``images``."""
    soft = _chosen(len(images), how.soft, generator, images.device)
    if len(soft):
        share = _there(_uniform(len(soft), generator), images.device)
        blurred = functional.avg_pool2d(functional.avg_pool2d(images[soft], 2, 1, padding=1), 2, 1)
        images[soft] = images[soft].lerp_(blurred, share)
    coarse = _chosen(len(images), how.coarse, generator, images.device)
    if len(coarse):
        small = functional.avg_pool2d(images[coarse], 2)
        images[coarse] = functional.interpolate(small, size=images.shape[2:], mode="bilinear", align_corners=False)
    return images
