"""The project's checkpoints: which is active, and whether a new one may take its place."""

import shutil
from pathlib import Path

from unet_studio.project.records import CheckpointRecord
from unet_studio.segmentation.card import CheckpointCard, is_better
from unet_studio.workbench.event import Event
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import Trained


class Checkpoints:
    """``changed`` tells of another list or another active one; ``asked`` of a new checkpoint that scored lower than the active.

    ``added`` tells of a new checkpoint, and whether it became active.
    """

    def __init__(self, records: tuple[CheckpointRecord, ...], saving: Saving) -> None:
        self.records = records
        self.changed: Event[[]] = Event()
        self.asked: Event[[CheckpointRecord]] = Event()
        self.added: Event[[CheckpointRecord, bool]] = Event()
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
        activate = better is not False

        def saved(record: CheckpointRecord) -> None:
            shutil.rmtree(trained.file.parent, ignore_errors=True)
            self._listed(record)
            self.added(record, activate)
            if not activate:
                self.asked(record)

        self._saving.write(lambda store: store.add_checkpoint(trained.file, trained.card, activate=activate), saved)

    def activate(self, record: CheckpointRecord) -> None:
        """Afterwards ``record`` is the one that predicts."""
        self._saving.write(lambda store: store.activate_checkpoint(record.id), lambda _: self._reload())

    def rename(self, record: CheckpointRecord, name: str) -> None:
        """Afterwards it is called ``name``."""
        self._saving.write(lambda store: store.rename_checkpoint(record.id, name), lambda _: self._reload())

    def delete(self, record: CheckpointRecord) -> None:
        """Afterwards it and its file are gone; the active one can't be deleted."""
        assert not record.is_active
        self._saving.write(lambda store: store.delete_checkpoint(record.id), lambda _: self._reload())

    def trained_on(self) -> dict[str, frozenset[int]]:
        """By case, every slice that any checkpoint still listed learned from."""
        slices: dict[str, frozenset[int]] = {}
        for record in self.records:
            for case, indices in record.card.trained_on.items():
                slices[case] = slices.get(case, frozenset()) | frozenset(indices)
        return slices

    def _listed(self, record: CheckpointRecord) -> None:
        self._reload()
        assert record.id >= 0

    def _reload(self) -> None:
        def loaded(records: tuple[CheckpointRecord, ...]) -> None:
            self.records = records
            self.changed()

        def failed(error: Exception) -> None:
            raise error

        self._saving.attempt(lambda store: store.checkpoints(), done=loaded, failed=failed)


def score_text(card: CheckpointCard) -> str:
    """The held-out score as the user reads it, with its number of slices; a sentence where there is none."""
    if card.scores.mean is None:
        return "not enough held-out slices yet"
    slices, cases = card.scores.slices, card.scores.cases
    of = f"{slices} slice{'s' * (slices != 1)}" + (f" of {cases} cases" if cases > 1 else "")
    return f"held-out Dice {card.scores.mean:.2f} ({of})"
