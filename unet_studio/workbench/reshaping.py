"""Reshaping labels, on one slice or through the volume: worked out on a copy, looked at, then one action or none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Index
from unet_studio.labels import islands, regions
from unet_studio.labels.between import between
from unet_studio.labels.brush import Mask
from unet_studio.labels.edit import LabelEdit, edit_between
from unet_studio.labels.label_map import Labels
from unet_studio.labels.likeness import Range
from unet_studio.progress import Progress, Steps
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation

Kind = Literal[
    "largest", "small", "split", "keep_one", "drop_one", "move_one",
    "median", "open", "close", "joint", "grow", "shrink", "holes", "hollow",
    "merge", "copy", "swap", "subtract", "intersect", "invert", "erase", "threshold", "between",
]  # fmt: skip
WITH_OTHER: tuple[Kind, ...] = ("merge", "copy", "swap", "subtract", "intersect", "move_one")
WITH_CLICK: tuple[Kind, ...] = ("keep_one", "drop_one", "move_one")
_TOUCHING_OTHER: tuple[Kind, ...] = ("merge", "copy", "swap")
WITH_MM: tuple[Kind, ...] = ("median", "open", "close", "joint", "grow", "shrink", "hollow", "subtract", "intersect")
_SLAB = 24  # slices, or rows of one, that are compared at once
SPREADING: tuple[Kind, ...] = ("open", "close", "median", "grow", "holes", "threshold", "invert", "between")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of the label ``value``. ``view`` and ``index`` name the one slice it is for; None for the volume.

    Filling between slices is, with a ``view``, for those around that slice up to the nearest that are drawn.

    ``amount_mm`` is a margin, radius or wall; ``least`` the fewest voxels an island may have; ``other`` the label of the
    logical operations, or what an island becomes; ``range`` what threshold takes; ``fresh`` the free values that islands split
    off may get; ``seed`` the voxel (z, y, x) of the island that was clicked.
    """

    kind: Kind
    value: int
    view: PlaneView | None = None
    index: int = 0
    amount_mm: float = 2.0
    least: float = 10.0
    other: int = 0
    range: Range | None = None
    fresh: tuple[int, ...] = ()
    seed: Index | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reshaped: ``seen`` is a copy (z, y, x) of the labels with the proposals over them, ``voxels`` the scan's.

    ``may_clear`` and ``may_cover`` tell by old value, shape (256,), which voxels may lose their label, or get another one;
    ``axis`` is the array axis of the working slices, ``open`` those a proposal may be laid beside.
    """

    seen: Labels
    voxels: NDArray[Any]
    spacing_mm: tuple[float, float, float]
    may_clear: NDArray[np.bool_]
    may_cover: NDArray[np.bool_]
    axis: int
    open: frozenset[int] = frozenset()


def reshaped(subject: Subject, wish: Wish) -> Steps[LabelEdit | None]:
    """The edit from what is seen to what is wished, in the smallest box; None where nothing changes.

    Locked and protected voxels stay as they are. Works on the box that the label needs, not on the whole volume.
    """
    yield Progress(0.0, Sentence("Reshaping labels"))
    box = _scope(subject, wish)
    if box is None:
        return None
    seen = subject.seen[box]
    flat = wish.view.axis if wish.view is not None and wish.kind != "between" else None
    spacing = tuple(s for a, s in enumerate(subject.spacing_mm) if a != flat)
    work = np.ascontiguousarray(seen.squeeze(flat) if flat is not None else seen)
    if wish.kind == "between":
        work_after = yield from _between(work, wish, subject, box)
    elif wish.kind == "threshold":
        work_after = yield from _threshold(work, subject.voxels[box], wish, flat)
    elif wish.kind in WITH_CLICK:
        seed = tuple(v - part.start for a, (v, part) in enumerate(zip(wish.seed or (), box, strict=True)) if a != flat)
        work_after = yield from _with_island(work, seed, wish)
    elif wish.kind == "joint":
        work_after = yield from regions.smoothed_together(work, wish.amount_mm, spacing)
    else:
        work_after = yield from _remade(work, wish, spacing)
    after = np.expand_dims(work_after, flat) if flat is not None else work_after
    after = _protected(seen, after, subject, wish)
    z, y, x = (part.start for part in box)
    return edit_between(_name(wish), seen, after, start=(z, y, x))


def slices_after(annotation: Annotation, subject: Subject, edit: LabelEdit) -> dict[int, Labels]:
    """The working slices that an edit of ``subject.seen`` changes, as they are after it: (row, column), the way up shown."""
    moved = np.moveaxis(edit.before != edit.after, subject.axis, 0)
    first = edit.start[subject.axis]
    touched = [first + int(n) for n in np.flatnonzero(moved.any(axis=(1, 2)))]
    around = list(edit.box)
    around[subject.axis] = slice(0, 1)
    found = {}
    for index in touched:
        whole = subject.seen.take([index], axis=subject.axis)
        whole[tuple(around)] = edit.after.take([index - first], axis=subject.axis)
        found[index] = annotation.view.orient(whole.squeeze(subject.axis)).copy()
    return found


# ---- inside


def _scope(subject: Subject, wish: Wish) -> tuple[slice, slice, slice] | None:
    """The box of voxels that has to be looked at; None where there is nothing to be done."""
    if wish.kind in WITH_OTHER and wish.other in (0, wish.value):
        return None
    whole = [slice(0, n) for n in subject.seen.shape]
    if wish.view is not None and wish.kind != "between":
        whole[wish.view.axis] = slice(wish.index, wish.index + 1)
    if wish.kind in ("threshold", "invert"):
        return whole[0], whole[1], whole[2]
    inside = subject.seen[tuple(whole)]
    mask = inside > 0 if wish.kind == "joint" else inside == wish.value
    if wish.kind in _TOUCHING_OTHER:
        mask |= inside == wish.other
    if wish.kind in WITH_CLICK and not _holds(subject, wish):
        return None
    found = ndimage.find_objects(mask.view(np.uint8))
    if not found or found[0] is None:
        return None
    reach = wish.amount_mm if wish.kind in WITH_MM else 0.0
    box = []
    for axis, (part, limit) in enumerate(zip(found[0], whole, strict=True)):
        more = 1 + int(reach / subject.spacing_mm[axis])
        start, stop = part.start + limit.start - more, part.stop + limit.start + more
        box.append(slice(max(limit.start, start), min(limit.stop, stop)))
    return box[0], box[1], box[2]


def _remade(work: Labels, wish: Wish, spacing: regions.Spacing) -> Steps[Labels]:
    """The labels with the wish done to the label's mask."""
    mask: Mask = work == wish.value
    if wish.kind == "split":
        numbered, sizes = yield from islands.islands(mask)
        values = np.full(len(sizes) + 1, wish.value, np.uint8)
        values[2 : 2 + len(wish.fresh)] = wish.fresh[: max(0, len(sizes) - 1)]
        return np.where(mask, values[numbered], work)
    if wish.kind == "swap":
        return np.where(mask, np.uint8(wish.other), np.where(work == wish.other, np.uint8(wish.value), work))
    remade = yield from _mask_after(mask, work == wish.other, wish, spacing)
    after = np.where(mask & ~remade, np.uint8(0), work)
    after[remade & ~mask] = wish.value
    return after


def _mask_after(mask: Mask, other: Mask, wish: Wish, spacing: regions.Spacing) -> Steps[Mask]:
    kind, mm = wish.kind, wish.amount_mm
    measured = {
        "open": regions.opened, "close": regions.closed, "grow": regions.grown, "shrink": regions.shrunk,
        "hollow": regions.hollowed, "median": regions.median,
    }  # fmt: skip
    if kind in measured:
        return (yield from measured[kind](mask, mm, spacing))
    if kind in ("subtract", "intersect"):
        near = yield from regions.within(other, mm, spacing)
        return mask & ~near if kind == "subtract" else mask & near
    hanging = {"largest": islands.largest_island, "holes": islands.without_holes}
    if kind in hanging:
        return (yield from hanging[kind](mask))
    if kind == "small":
        return (yield from islands.without_small(mask, voxels=wish.least))
    simple: dict[str, Callable[[], Mask]] = {
        "merge": lambda: mask | other,
        "copy": lambda: other,
        "invert": lambda: ~mask,
        "erase": lambda: np.zeros_like(mask),
    }
    return simple[kind]()


def _holds(subject: Subject, wish: Wish) -> bool:
    """Whether the voxel that was clicked holds the label, on the slice that the wish is for."""
    seed, view = wish.seed, wish.view
    if seed is None or (view is not None and seed[view.axis] != wish.index):
        return False
    return bool(subject.seen[seed] == wish.value)


def _with_island(work: Labels, seed: tuple[int, ...], wish: Wish) -> Steps[Labels]:
    """The labels with the wish done to the one island that holds ``seed``."""
    mask: Mask = work == wish.value
    island = yield from islands.island_at(mask, seed)
    if wish.kind == "keep_one":
        return np.where(mask & ~island, np.uint8(0), work)
    return np.where(island, np.uint8(wish.other if wish.kind == "move_one" else 0), work)


def _threshold(work: Labels, voxels: NDArray[Any], wish: Wish, flat: int | None) -> Steps[Labels]:
    assert wish.range is not None
    grey = voxels if flat is None else voxels.take(0, axis=flat)
    after = work.copy()
    for first in range(0, len(work), _SLAB):
        yield Progress(first / len(work))
        slab = grey[first : first + _SLAB]
        held = wish.range.holds(slab if slab.ndim == work.ndim else slab.mean(axis=-1))
        after[first : first + _SLAB][held] = wish.value
    return after


def _between(work: Labels, wish: Wish, subject: Subject, box: tuple[slice, ...]) -> Steps[Labels]:
    """The label on the open slices between those that hold it."""
    axis = subject.axis
    stacked = np.moveaxis(work, axis, 0)
    first = box[axis].start
    spacing = [s for a, s in enumerate(subject.spacing_mm) if a != axis]
    known = {n: flat == wish.value for n, flat in enumerate(stacked) if first + n not in subject.open}
    if wish.view is not None and wish.view.axis == axis:
        known = _around(known, wish.index - first)
    found = yield from between(known, (spacing[0], spacing[1]))
    after = stacked.copy()
    for n, mask in found.items():
        if first + n in subject.open:
            after[n][after[n] == wish.value] = 0  # what a proposal had of it
            after[n][mask] = wish.value
    return np.ascontiguousarray(np.moveaxis(after, 0, axis))


def _around(known: dict[int, Mask], index: int) -> dict[int, Mask]:
    """Of the slices that hold something, the one at ``index`` and the nearest on either side."""
    held = {n: mask for n, mask in known.items() if mask.any()}
    wanted = {
        index,
        max((n for n in held if n < index), default=index),
        min((n for n in held if n > index), default=index),
    }
    return {n: mask for n, mask in held.items() if n in wanted}


def _protected(seen: Labels, after: Labels, subject: Subject, wish: Wish) -> Labels:
    """``after``, but as seen where a voxel must not change."""
    may_cover = subject.may_cover if wish.kind in SPREADING else subject.may_clear
    if subject.may_clear.all() and may_cover.all():
        return after
    may = np.where(after == 0, subject.may_clear[seen], may_cover[seen])
    may &= subject.may_clear[after]  # a locked label gains nothing, either
    kept: Labels = np.where(may, after, seen)
    return kept


def _name(wish: Wish) -> str:
    """What undo calls it."""
    names = {
        "largest": Sentence("Keep largest island"), "small": Sentence("Remove small islands"), "split": Sentence("Split islands"),
        "keep_one": Sentence("Keep one island"), "drop_one": Sentence("Remove one island"),
        "move_one": Sentence("Give an island another label"),
        "median": Sentence("Smooth"), "open": Sentence("Open"), "close": Sentence("Close"),
        "joint": Sentence("Smooth all labels"), "grow": Sentence("Grow margin"),
        "shrink": Sentence("Shrink margin"), "holes": Sentence("Fill holes"),
        "hollow": Sentence("Hollow"), "merge": Sentence("Merge labels"),
        "copy": Sentence("Copy a label"), "swap": Sentence("Exchange labels"), "subtract": Sentence("Subtract label"),
        "intersect": Sentence("Intersect labels"), "invert": Sentence("Invert label"), "erase": Sentence("Erase label"),
        "threshold": Sentence("Threshold"), "between": Sentence("Fill between slices"),
    }  # fmt: skip
    return names[wish.kind]
