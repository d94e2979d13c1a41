"""Is a group of slices a whole volume? Told from their positions, in mm, before any pixel is read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unet_studio.files.affine import unit_normal, vector
from unet_studio.files.dicom_header import SliceHeader
from unet_studio.image.volume import Geometry

_SAME_PLACE_MM = 0.01
_LARGEST_TILT_DEG = 0.1
_MOST_MISSING = (
    0.25  # of the slices: with more gaps of twice the usual, the series has two spacings and is not incomplete
)
_FINER, _MOST_FILLED = (
    6,
    4,
)  # how many times finer than the least gap a grid for uneven slices may be, and how much longer


@dataclass(frozen=True, slots=True)
class Stack:
    """Slices in order along their normal. ``slices`` has None where one is missing: an empty slice keeps the others in place.

    ``tilt_deg`` is that of a tilted gantry, else 0. ``at_mm`` is where each slice lies along the normal, from the first on,
    where the gaps are uneven; lengths across slices then mean nothing.
    """

    slices: tuple[SliceHeader | None, ...]
    geometry: Geometry
    warnings: tuple[str, ...] = ()
    tilt_deg: float = 0.0
    at_mm: tuple[float, ...] = ()


def places(slices: Sequence[SliceHeader]) -> tuple[tuple[SliceHeader, ...], ...]:
    """The slices by place, along the normal: those of one entry lie within 0.01 mm of each other.

    Where positions are not told, every slice is a place of its own, by slice location, else by number.
    """
    along = _along(slices)
    if along is None:
        located = all(s.location is not None for s in slices)
        ordered = sorted(
            slices, key=lambda s: (s.location if located and s.location is not None else 0.0, s.number, s.frame)
        )
        return tuple((s,) for s in ordered)
    found: list[list[SliceHeader]] = []
    last = -np.inf
    for distance, _, index in sorted((d, slices[i].phase, i) for i, d in enumerate(along)):
        if distance - last < _SAME_PLACE_MM:
            found[-1].append(slices[index])
        else:
            found.append([slices[index]])
            last = distance
    return tuple(tuple(sorted(p, key=lambda s: s.phase)) for p in found)


def stack(slices: Sequence[SliceHeader], *, name: str) -> Stack:
    """The volume of slices that are each at a place of their own, in order along the normal.

    Spacing through the slices is the median of the gaps, never their mean and never the slice thickness.
    """
    ordered = [p[0] for p in places(slices)]
    along = _along(ordered)
    first = ordered[0]
    warnings: tuple[str, ...] = ()
    if first.spacing_mm is None:
        warnings += (f"The pixel spacing of {name} is not stored: lengths are in pixels, volumes in ml are not shown.",)
    elif first.is_detector_spacing:
        warnings += (
            f"The spacing of {name} is that on the detector, not calibrated: lengths in the patient are smaller.",
        )
    if along is None or first.row is None or first.column is None or first.position is None:
        return _unplaced(ordered, name, warnings)
    if len(ordered) == 1:
        return Stack((first,), _single(first), warnings)
    gaps = np.diff(along)
    gap = float(np.median(gaps))
    filled: list[SliceHeader | None] = list(ordered)
    at_mm: tuple[float, ...] = ()
    tolerance = max(0.01, 0.01 * gap)
    if (np.abs(gaps - gap) > tolerance).any():
        counts = np.rint(gaps / gap).astype(int)
        missing = int((counts - 1).sum())
        is_whole = (np.abs(gaps - counts * gap) <= np.maximum(tolerance, 0.02 * gap)).all() and (counts >= 1).all()
        if is_whole and missing <= max(2, _MOST_MISSING * len(ordered)):
            filled = _with_gaps(ordered, counts.tolist())
            where = ", ".join(str(i + 1) for i, s in enumerate(filled) if s is None)
            warnings += (
                f"{missing} slice{'s' * (missing > 1)} of {name} {'are' if missing > 1 else 'is'} missing (there are gaps of "
                f"up to {gaps.max():.4g} mm, usual are {gap:.4g} mm): empty slices stand in their place ({where}).",
            )
        else:
            at_mm = tuple(float(a - along[0]) for a in along)
    geometry, tilt = _placed(ordered, len(filled), gap, has_spacing=first.spacing_mm is not None and not at_mm)
    return Stack(tuple(filled), geometry, warnings, tilt if tilt > _LARGEST_TILT_DEG else 0.0, at_mm)


def uneven(whole: Stack, name: str) -> str:
    """That the gaps of a stack are uneven, with the least and the greatest."""
    gaps = np.diff(whole.at_mm)
    return f"The slices of {name} are not evenly spaced (gaps of {gaps.min():.4g} to {gaps.max():.4g} mm)"


def with_empty_slices(whole: Stack, name: str) -> Stack | None:
    """An uneven stack on an even grid that has a place for each slice, empty ones between; None where no such grid is near."""
    at = np.array(whole.at_mm)
    for times in range(1, _FINER + 1):
        step = float(np.diff(at).min()) / times
        places = np.rint(at / step)
        step = float(at[-1] / places[-1])
        if np.abs(at - places * step).max() <= max(0.01, 0.02 * step):
            break
    else:
        return None
    ordered = [s for s in whole.slices if s is not None]
    filled = _with_gaps(ordered, np.diff(places).astype(int).tolist())
    if len(filled) > _MOST_FILLED * len(ordered):
        return None
    geometry, tilt = _placed(ordered, len(filled), step, has_spacing=ordered[0].spacing_mm is not None)
    told = (
        f"{uneven(whole, name)}: {len(filled) - len(ordered)} empty slices stand in the gaps, so that one is {step:.4g} mm "
        "from the next.",
    )
    return Stack(tuple(filled), geometry, whole.warnings + told, tilt if tilt > _LARGEST_TILT_DEG else 0.0)


def even_runs(whole: Stack) -> list[list[SliceHeader]]:
    """The slices of an uneven stack in runs of even gaps, none of them in two."""
    ordered = [s for s in whole.slices if s is not None]
    runs = [[ordered[0]]]
    gap = 0.0
    for before, header, step in zip(ordered, ordered[1:], np.diff(whole.at_mm), strict=False):
        assert before is runs[-1][-1]
        if len(runs[-1]) == 1 or abs(step - gap) <= max(0.01, 0.01 * gap):
            gap = float(step) if len(runs[-1]) == 1 else gap
            runs[-1].append(header)
        else:
            runs.append([header])
    return runs


def _with_gaps(ordered: Sequence[SliceHeader], counts: Sequence[int]) -> list[SliceHeader | None]:
    """The slices with None where ``counts`` says that the next is several places on."""
    return [slot for s, n in zip(ordered, [*counts, 1], strict=True) for slot in (s, *[None] * (int(n) - 1))]


def _along(slices: Sequence[SliceHeader]) -> list[float] | None:
    """How far along the common normal each slice lies; None where a position or direction is not told."""
    first = slices[0]
    if first.row is None or first.column is None or any(s.position is None for s in slices):
        return None
    normal = np.array(unit_normal(first.row, first.column))
    return [float(normal @ np.array(s.position)) for s in slices]


def _single(only: SliceHeader) -> Geometry:
    assert only.row and only.column and only.position
    y, x = only.spacing_mm or (1.0, 1.0)
    return Geometry(
        (1, only.pixels.rows, only.pixels.columns),
        spacing_mm=(only.thickness_mm or only.gap_mm or 1.0, y, x),
        origin_mm=only.position,
        axes=(unit_normal(only.row, only.column), only.column, only.row),
        has_spacing=only.spacing_mm is not None,
    )


def _placed(ordered: Sequence[SliceHeader], count: int, gap: float, *, has_spacing: bool) -> tuple[Geometry, float]:
    """The grid that puts the first and the last slice where they are, and the tilt in degrees.

    A tilted gantry moves slices sideways too: the slowest axis is then slanted, and every voxel is where it was scanned.
    """
    first, last = ordered[0], ordered[-1]
    assert first.row and first.column and first.position and last.position
    normal = np.array(unit_normal(first.row, first.column))
    way = np.array(last.position) - np.array(first.position)
    across = way - (way @ normal) * normal
    tilt = float(np.degrees(np.arctan2(np.linalg.norm(across), way @ normal)))
    step, axis = gap, normal
    if np.linalg.norm(across) > 1e-3:  # less is the rounding of positions, not a slant
        axis = way / np.linalg.norm(way)
        step = gap / float(axis @ normal)
    y, x = first.spacing_mm or (1.0, 1.0)
    geometry = Geometry(
        (count, first.pixels.rows, first.pixels.columns),
        spacing_mm=(step, y, x),
        origin_mm=first.position,
        axes=(vector(axis), first.column, first.row),
        has_spacing=has_spacing,
    )
    return geometry, tilt


def _unplaced(ordered: Sequence[SliceHeader], name: str, warnings: tuple[str, ...]) -> Stack:
    first = ordered[0]
    y, x = first.spacing_mm or (1.0, 1.0)
    warnings += (f"The position and orientation of {name} in the patient are not stored: left and right are unknown.",)
    is_known = first.spacing_mm is not None
    if len(ordered) > 1:
        warnings += (f"The slices of {name} are in the order of their numbers, and the gaps between them are unknown.",)
        is_known = is_known and first.gap_mm is not None
    geometry = Geometry(
        (len(ordered), first.pixels.rows, first.pixels.columns),
        spacing_mm=(first.gap_mm or first.thickness_mm or 1.0, y, x),
        has_spacing=is_known,
        has_orientation=False,
    )
    return Stack(tuple(ordered), geometry, warnings)
