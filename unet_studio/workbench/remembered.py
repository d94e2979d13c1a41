"""What a project is opened with, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from unet_studio.labels.label_map import LabelClass
from unet_studio.project.records import Case, CheckpointRecord, SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.habits import Habits, read_habits


@dataclass(frozen=True, slots=True)
class Remembered:
    """``states``, and ``uncertainty`` and pixels ``to_correct`` of proposals, are by case id and slice.

    ``last_case`` is the one that was on the screen, the first where that is gone.
    """

    classes: tuple[LabelClass, ...]
    cases: tuple[Case, ...]
    states: Mapping[int, Mapping[int, SliceState]]
    checkpoints: tuple[CheckpointRecord, ...]
    last_case: Case | None
    habits: Habits
    uncertainty: Mapping[int, Mapping[int, float]]
    to_correct: Mapping[int, Mapping[int, float]]


def remembered(store: Store) -> Remembered:
    """All of it. In the thread that the store is in at the moment.

    Raises:
        ProjectError: the project is damaged.
    """
    cases, last = store.cases(), store.remembered(_CASE)
    return Remembered(
        store.classes(),
        cases,
        {c.id: store.states(c.id) for c in cases},
        store.checkpoints(),
        next((c for c in cases if str(c.id) == last), next(iter(cases), None)),
        read_habits(store),
        store.uncertainty(),
        store.to_correct(),
    )


def remember_case(store: Store, case: Case) -> None:
    """Afterwards the project opens with ``case`` the next time."""
    store.remember(_CASE, str(case.id))


_CASE = "case"
