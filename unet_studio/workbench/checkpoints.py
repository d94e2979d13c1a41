"""The project's checkpoints: which is active, and whether a new one may take its place."""

import json
from collections.abc import Callable
from pathlib import Path

from unet_studio.project.records import CheckpointRecord
from unet_studio.project.store import Store
from unet_studio.segmentation.card import CheckpointCard, is_better
from unet_studio.workbench.event import Event
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import Trained, discard


class Checkpoints:
    """``changed`` tells of another list or another active one; ``asked`` of a new checkpoint that scored lower than the active.

    ``added`` tells of a new checkpoint, and whether it became active; ``activated`` of one that predicts from now on.
    """

    def __init__(self, records: tuple[CheckpointRecord, ...], saving: Saving) -> None:
        self.records = records
        self.changed: Event[[]] = Event()
        self.asked: Event[[CheckpointRecord]] = Event()
        self.added: Event[[CheckpointRecord, bool]] = Event()
        self.activated: Event[[CheckpointRecord]] = Event()
        self._saving = saving

    @property
    def active(self) -> CheckpointRecord | None:
        """The one that predicts; None before the first training."""
        return next((r for r in self.records if r.is_active), None)

    def path(self, record: CheckpointRecord) -> Path:
        """Where its file lies."""
        return self._saving.store.checkpoint_path(record)

    def next_name(self) -> str:
        """The name for the next one."""
        return f"Checkpoint {max((r.id for r in self.records), default=0) + 1}"

    def add(self, trained: Trained) -> None:
        """Afterwards the freshly trained one is listed; active at once unless it scored lower, else the user is asked."""
        better = is_better(trained.card.scores, trained.card.before)
        is_active = better is not False

        def keep(store: Store) -> CheckpointRecord:
            remember_trained(store, trained.card)
            record = store.add_checkpoint(trained.file, trained.card, activate=is_active)
            discard(trained)
            return record

        def listed(record: CheckpointRecord) -> None:
            self.added(record, is_active)
            if is_active:
                self.activated(record)
            else:
                self.asked(record)

        self._saving.write(keep, lambda record: self._reload(lambda: listed(record)))

    def activate(self, record: CheckpointRecord) -> None:
        """Afterwards ``record`` is the one that predicts."""
        self._saving.write(
            lambda store: store.activate_checkpoint(record.id), lambda _: self._reload(lambda: self.activated(record))
        )

    def rename(self, record: CheckpointRecord, name: str) -> None:
        """Afterwards it is called ``name``."""
        self._saving.write(lambda store: store.rename_checkpoint(record.id, name), lambda _: self._reload())

    def delete(self, record: CheckpointRecord) -> None:
        """Afterwards it and its file are gone; the active one can't be deleted."""
        assert not record.is_active
        self._saving.write(lambda store: store.delete_checkpoint(record.id), lambda _: self._reload())

    def _reload(self, then: Callable[[], None] = lambda: None) -> None:
        def loaded(records: tuple[CheckpointRecord, ...]) -> None:
            self.records = records
            self.changed()
            then()

        self._saving.attempt(lambda store: store.checkpoints(), done=loaded, failed=self._saving.tell)


def remember_trained(store: Store, card: CheckpointCard) -> None:
    """Afterwards the project knows for good what was learned from, also when the checkpoint is deleted."""
    known = trained_ever(store)
    for case, indices in card.trained_on.items():
        known[case] = known.get(case, frozenset()) | frozenset(indices)
    store.remember(_TRAINED, json.dumps({case: sorted(indices) for case, indices in known.items()}))


def trained_ever(store: Store) -> dict[str, frozenset[int]]:
    """By case, every slice that any checkpoint of the project, listed or deleted, learned from."""
    known = {case: frozenset(indices) for case, indices in json.loads(store.remembered(_TRAINED) or "{}").items()}
    for record in store.checkpoints():
        for case, indices in record.card.trained_on.items():
            known[case] = known.get(case, frozenset()) | frozenset(indices)
    return known


_TRAINED = "trained"


def score_text(card: CheckpointCard) -> str:
    """The held-out score as the user reads it, with its number of slices; a sentence where there is none."""
    if card.scores.mean is None:
        return "not enough held-out slices yet"
    slices, cases = card.scores.slices, card.scores.cases
    of = f"{slices} slice{'s' * (slices != 1)}" + (f" of {cases} cases" if cases > 1 else "")
    return f"held-out Dice {card.scores.mean:.2f} ({of})"
