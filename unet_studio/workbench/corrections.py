"""How much the user changed of what was proposed on the slices reviewed since the last training: whether a Retrain pays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from unet_studio.labels.scores import agreement
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.event import Event
from unet_studio.workbench.project import Project
from unet_studio.workbench.retraining import new_reviews
from unet_studio.workbench.saving import Saving

Advice = Literal["", "new", "worth", "wait", "right"]
# Measured (docs/decisions/0041): from three slices and a twentieth on the rest of the scan gained every time.
ENOUGH = 3  # slices from which on something is said
WORTH, RIGHT = 0.05, 0.005  # of what was proposed: from here on a Retrain pays, up to there it was right as it was


@dataclass(frozen=True, slots=True)
class Judged:
    """A reviewed slice: whose proposal it had, and their Dice; None where nothing was proposed, and rightly so."""

    checkpoint_id: int | None
    dice: float | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """``new`` slices are reviewed since the active checkpoint learned; of ``judged`` of them it made the proposals.

    ``changed`` is the share of those that the user changed: 1 less their mean Dice.
    """

    new: int
    judged: int
    changed: float

    @property
    def advice(self) -> Advice:
        """Whether to retrain: "new" is told from the number alone, where most were drawn without a proposal."""
        if self.new < ENOUGH:
            return ""
        if 2 * self.judged < self.new:
            return "new"
        return "worth" if self.changed >= WORTH else "wait" if self.changed > RIGHT else "right"


class Corrections:
    """Knows of every reviewed slice how right its proposal was. ``changed`` tells once a project's are known."""

    def __init__(self) -> None:
        self.changed: Event[[]] = Event()
        self._known: dict[int, dict[int, Judged]] = {}

    def begin(self, saving: Saving) -> None:
        """Afterwards what a project just opened remembers is being read."""
        known: dict[int, dict[int, Judged]] = {}
        self._known = known

        def read(found: dict[int, dict[int, Judged]]) -> None:
            if self._known is known:
                self._known = {**found, **known}
                self.changed()

        def failed(error: Exception) -> None:
            saving.tell(error)

        saving.attempt(_read, done=read, failed=failed)

    def note(self, annotation: Annotation, saving: Saving) -> None:
        """Afterwards the slices of the open case that were reviewed just now are judged, and remembered."""
        case = annotation.case.id
        known = self._known.get(case, {})
        reviewed = [i for i, state in annotation.states.items() if state is SliceState.REVIEWED]
        judged = {i: known[i] for i in reviewed if i in known}
        for index in set(reviewed) - judged.keys():
            if (proposal := annotation.proposals.get(index)) is not None:
                dice = agreement(proposal.labels, annotation.labels(index))
                judged[index] = Judged(proposal.checkpoint_id, dice)
        if judged != known:
            self._known[case] = judged
            text = json.dumps({str(i): [one.checkpoint_id, one.dice] for i, one in judged.items()})
            saving.write(lambda store: store.remember(_key(case), text))

    def reasons(self, project: Project) -> Reasons:
        """What there is to say for and against a Retrain of the active checkpoint."""
        active = project.checkpoints.active
        if active is None:
            return Reasons(new_reviews(project), 0, 0.0)
        learned: dict[str, set[int]] = {}
        for part in (active.card.trained_on, active.card.held_out):
            for name, slices in part.items():
                learned.setdefault(name, set()).update(slices)
        fresh = [
            self._known.get(case, {}).get(i)
            for case, slices in project.worklist.reviewed().items()
            for i in slices - learned.get(str(case), set())
        ]
        judged = [one for one in fresh if one is not None and one.checkpoint_id == active.id]
        scores = [one.dice for one in judged if one.dice is not None]
        return Reasons(len(fresh), len(judged), 1 - sum(scores) / len(scores) if scores else 0.0)


def _key(case_id: int) -> str:
    return f"corrections-{case_id}"


def _read(store: Store) -> dict[int, dict[int, Judged]]:
    return {case.id: _judged_from(store.remembered(_key(case.id))) for case in store.cases()}


def _judged_from(text: str | None) -> dict[int, Judged]:
    """What a text tells; nothing where it is damaged, as it is only a hint."""
    try:
        found: Mapping[str, tuple[int | None, float | None]] = json.loads(text or "{}")
        return {
            int(index): Judged(None if number is None else int(number), None if dice is None else float(dice))
            for index, (number, dice) in found.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
