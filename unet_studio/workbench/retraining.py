"""Retraining on a project's reviewed slices: what is trained on, what is held out, and for how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from unet_studio.errors import StudioError
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.project.films import films
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.segmentation.held_out import extended
from unet_studio.segmentation.segmenter import Architecture, Device, TrainingOptions
from unet_studio.workbench.assistant import Assistant
from unet_studio.workbench.checkpoints import trained_ever
from unet_studio.workbench.project import Project
from unet_studio.workbench.training import Material

Budget = Literal["quick", "normal", "thorough"]
BUDGET_S: Mapping[Budget, float] = {"quick": 60.0, "normal": 300.0, "thorough": 1800.0}


@dataclass(frozen=True, slots=True)
class RetrainChoice:
    """What the user chose. ``from_scratch`` starts a new network of ``architecture``; else the active checkpoint goes on."""

    budget: Budget = "quick"
    from_scratch: bool = False
    architecture: Architecture = "standard"
    device: Device = "auto"


def new_reviews(project: Project) -> int:
    """How many reviewed slices the active checkpoint has neither learned from nor was scored on."""
    active = project.checkpoints.active
    reviewed = project.worklist.reviewed()
    if active is None:
        return sum(len(slices) for slices in reviewed.values())
    card = active.card
    known = {c: frozenset(card.trained_on.get(c, ())) | frozenset(card.held_out.get(c, ())) for c in map(str, reviewed)}
    return sum(len(slices - known[str(case)]) for case, slices in reviewed.items())


def retrain(
    project: Project,
    assistant: Assistant,
    choice: RetrainChoice,
    classes: tuple[LabelClass, ...],
    told: Callable[[str], None],
) -> None:
    """Afterwards the reviewed slices are being gathered and then trained on, or ``told`` says what is missing."""
    if project.is_read_only:
        told("This project is open to look only. Open it for writing to retrain.")
        return
    reviewed = project.worklist.reviewed()
    if not reviewed:
        told("Nothing is reviewed yet. Correct a slice, press Enter to mark it reviewed, then click Retrain.")
        return
    active = project.checkpoints.active
    current = project.checkpoints.path(active) if active else None
    options = TrainingOptions(
        label_classes=classes,
        budget_s=BUDGET_S[choice.budget],
        architecture=choice.architecture,
        start=None if choice.from_scratch else current,
        rival=current,
        device=choice.device,
        name=project.checkpoints.next_name(),
    )

    def gathered(materials: list[Material]) -> None:
        if all(not (set(m.labels) - m.held_out) for m in materials):
            told("All reviewed slices are held out for scoring. Review one more, then click Retrain.")
        elif assistant.training is None:
            assistant.train(materials, options)

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    project.saving.attempt(lambda store: gather(store, reviewed), done=gathered, failed=failed)


def gather(store: Store, reviewed: Mapping[int, frozenset[int]]) -> list[Material]:
    """What there is to learn from in the ``reviewed`` slices, by case id; the held-out set has grown to its share then."""
    known = store.cases()
    cases = {case.id: case for case in known if case.id in reviewed}
    held = extended(
        {str(case): slices for case, slices in store.held_out().items()},
        reviewed={str(case): reviewed[case] for case in cases},
        trained=trained_ever(store),
        counts={str(case.id): case.slices for case in known},
        groups={str(case.id): str(film.id) for film in films(store.cases_ever()) for case in film.cases},
    )
    store.set_held_out({int(case): slices for case, slices in held.items()})
    return [_material(store, case, reviewed[case.id], held.get(str(case.id), frozenset())) for case in cases.values()]


def _material(store: Store, case: Case, reviewed: frozenset[int], held_out: frozenset[int]) -> Material:
    labels = store.labels(case)

    def stored_slice(index: int) -> Labels:
        return labels[(slice(None),) * case.axis + (index,)].copy()  # not a view: it would keep the whole map

    path: Path = store.scan_path(case)
    return Material(case, path, {i: stored_slice(i) for i in reviewed}, held_out)
