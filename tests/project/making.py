"""Projects, changes and cards to test with."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from unet_studio.image.volume import Index
from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.project.records import Case, Change, SliceState
from unet_studio.project.store import Store
from unet_studio.segmentation.card import CheckpointCard, Scores

CLASSES = (
    LabelClass(2, "Liver", (240, 106, 80)),
    LabelClass(1, "Kidney", (64, 178, 240), is_visible=False, is_locked=True),
)
SHAPE = (5, 6, 7)
U, P, E, R = SliceState.UNTOUCHED, SliceState.PREDICTED, SliceState.EDITED, SliceState.REVIEWED


def new_project(disk: Path, name: str = "Livers") -> Store:
    return Store.create(disk / f"{name}.unetstudio", name=name, classes=CLASSES)


def new_case(store: Store, *, shape: Index = SHAPE, axis: int = 0, name: str = "scan") -> Case:
    path = store.folder.parent / "scans" / f"{name}.nii.gz"
    return store.add_case(name=name, path=path, choice="", fingerprint="ab" * 32, shape=shape, axis=axis)


def paint(
    labels: Labels,
    start: Index,
    size: Index,
    value: int,
    *,
    states: Mapping[int, tuple[SliceState, SliceState]] | None = None,
) -> Change:
    """The change that fills a box with a value; ``labels`` are changed."""
    box = tuple(slice(a, a + n) for a, n in zip(start, size, strict=True))
    before = labels[box].copy()
    labels[box] = value
    return Change(f"Paint {value}", LabelEdit("Paint", start, before, labels[box].copy()), states or {})


def apply(change: Change, labels: Labels, states: dict[int, SliceState]) -> None:
    if change.edit is not None:
        labels[change.edit.box] = change.edit.after
    for index, (_, after) in change.states.items():
        states[index] = after
        if after is U:
            del states[index]


def touched(change: Change, labels: Labels, axis: int) -> dict[int, Labels]:
    indices = change.edit.indices(axis) if change.edit else ()
    return {i: np.take(labels, i, axis).copy() for i in indices}


def same(a: Change, b: Change) -> bool:
    if (a.name, dict(a.states), a.edit is None, a.classes) != (b.name, dict(b.states), b.edit is None, b.classes):
        return False
    if a.edit is None or b.edit is None:
        return True
    return (
        (a.edit.name, a.edit.start) == (b.edit.name, b.edit.start)
        and np.array_equal(a.edit.before, b.edit.before)
        and np.array_equal(a.edit.after, b.edit.after)
    )


def card(name: str = "Checkpoint 1") -> CheckpointCard:
    return CheckpointCard(
        name, "standard", 1000, CLASSES, Scores({1: 0.5, 2: 0.75}, 4, 1), None, {"1": (0, 2)}, {"1": (3,)}, None, 7, 100, 12.5,
        "2026-01-02T03:04:05+00:00", "0.1.0",
    )  # fmt: skip
