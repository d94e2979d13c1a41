"""Changed views of training slices: what may differ between scans without changing what is to be outlined."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

_FULL_STEP = 1000


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How much training slices are changed. Lengths are shares of the field; shifts of intensity are in its unit.

    Flips are only for structures that look alike mirrored: left and right lung as two classes must not be swapped.
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
    come back as (N, …, *field) on the same device, outside still 0. The same generator state gives the same views.
    """
    images = _blurred(_other_intensities(images, how, generator), generator) * (planes != 0)[:, None]
    where = _views(images, field=field, how=how, generator=generator)
    images = functional.grid_sample(images, where, mode="bilinear", align_corners=False)
    moved = functional.grid_sample(planes[:, None].float(), where, mode="nearest", align_corners=False)
    planes = moved[:, 0].round().to(torch.int16)
    strength = how.noise * _uniform(len(images), generator, images.device).square()
    noise = torch.randn(images.shape, generator=generator, device=images.device) * strength
    return (images + noise) * (planes != 0)[:, None], planes


def _uniform(count: int, generator: torch.Generator, device: torch.device) -> Tensor:
    """Numbers from 0 to 1, (N, 1, 1, 1)."""
    return torch.rand((count, 1, 1, 1), generator=generator, device=device)


def _between(count: int, low: float, high: float, generator: torch.Generator, device: torch.device) -> Tensor:
    return low + (high - low) * _uniform(count, generator, device)


def _views(images: Tensor, *, field: tuple[int, int], how: Augmentation, generator: torch.Generator) -> Tensor:
    """Where each pixel of the new views is looked up, in grid_sample's coordinates: (N, rows, columns, (x, y))."""
    count, _, height, width = images.shape
    device = images.device

    def spread(limit: float) -> Tensor:
        return _between(count, -limit, limit, generator, device)[:, 0, 0, 0]

    angle = torch.deg2rad(spread(how.rotation_degrees))
    row_scale = torch.exp(spread(how.scale))
    column_scale = row_scale * torch.exp(spread(how.scale / 3))
    up_down, left_right = _signs(how.flip_rows, spread(1.0)), _signs(how.flip_columns, spread(1.0))
    rows = torch.arange(field[0], device=device) - (field[0] - 1) / 2
    columns = torch.arange(field[1], device=device) - (field[1] - 1) / 2
    y, x = torch.meshgrid(rows, columns, indexing="ij")
    x, y = x * (left_right * column_scale)[:, None, None], y * (up_down * row_scale)[:, None, None]
    cos, sin = torch.cos(angle)[:, None, None], torch.sin(angle)[:, None, None]
    x, y = cos * x - sin * y, sin * x + cos * y
    side = float(min(field))
    bend = torch.randn((count, 2, 5, 5), generator=generator, device=device) * how.elastic * side
    bend = bend * (_uniform(count, generator, device) < 0.5)
    bend = functional.interpolate(bend, size=field, mode="bicubic", align_corners=True)  # (N, 2, rows, columns)
    x = x + bend[:, 0] + (spread(how.shift) * side)[:, None, None]
    y = y + bend[:, 1] + (spread(how.shift) * side)[:, None, None]
    return torch.stack([2 * x / width, 2 * y / height], dim=-1)


def _signs(may_flip: bool, chance: Tensor) -> Tensor:  # noqa: FBT001 (a private helper of two arguments)
    return torch.where(chance < 0, -1.0, 1.0) if may_flip else torch.ones_like(chance)


def _other_intensities(images: Tensor, how: Augmentation, generator: torch.Generator) -> Tensor:
    """Contrast, brightness and gamma, each slice its own; 0 outside is kept by the caller."""
    count, device = len(images), images.device
    contrast = torch.exp(_between(count, -how.contrast, how.contrast, generator, device))
    brightness = _between(count, -how.brightness, how.brightness, generator, device)
    gamma = torch.exp(_between(count, -how.gamma, how.gamma, generator, device))
    low, high = images.amin(dim=(1, 2, 3), keepdim=True), images.amax(dim=(1, 2, 3), keepdim=True)
    extent = (high - low).clamp(min=1e-3)
    bent = ((images - low) / extent).clamp(0, 1).pow(gamma) * extent + low
    chosen = _uniform(count, generator, device) < 0.3
    return torch.where(chosen, bent, images) * contrast + brightness


def _blurred(images: Tensor, generator: torch.Generator) -> Tensor:
    """A fifth of the slices mixed with their binomial blur."""
    share = (_uniform(len(images), generator, images.device) - 0.8).clamp(min=0) * 5
    soft = functional.avg_pool2d(functional.avg_pool2d(images, 2, 1, padding=1), 2, 1)
    return images + share * (soft - images)
