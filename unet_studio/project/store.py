"""The project file: what was done is on the disk when the call returns, each action in one transaction."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from unet_studio.errors import ProjectError
from unet_studio.labels.label_map import LabelClass
from unet_studio.project import checkpoints, schema
from unet_studio.project.audit import Audit
from unet_studio.project.backups import Backups
from unet_studio.project.cases import Cases
from unet_studio.project.checkpoints import Checkpoints
from unet_studio.project.database import Database
from unet_studio.project.disk import reason
from unet_studio.project.drawing import Drawing
from unet_studio.project.journal import Journal
from unet_studio.project.lock import Lock
from unet_studio.project.records import SUFFIX as SUFFIX
from unet_studio.project.work_log import WorkLog


def is_project(path: Path) -> bool:
    """Whether ``path`` is a folder that holds a project file, sound or not."""
    return (path / schema.FILE).is_file()


class Store:
    """An open project: ``name``, ``folder``, ``is_read_only``, and the verbs of its four rooms under one roof.

    Calls may come from any thread but never two at a time: the saving lane makes them. ``scan_path`` and
    ``checkpoint_path`` only look at the values they are given, so they may be called from anywhere. Where the disk fails, a
    call raises ``ProjectError``, nothing of it is saved, and it may be repeated.
    """

    def __init__(self, folder: Path, database: Database, lock: Lock | None) -> None:
        """For ``create`` and ``open``."""
        self.folder = folder
        self.name = str(database.rows("SELECT name FROM project")[0][0])
        self.is_read_only = lock is None
        self._database = database
        self._lock = lock

        cases = Cases(database, folder)
        self.cases, self.add_case, self.rename_case = cases.cases, cases.add_case, cases.rename_case
        self.mark_case, self.cases_ever = cases.mark_case, cases.cases_ever
        self.remove_case, self.scan_path, self.move_scan = cases.remove_case, cases.scan_path, cases.move_scan
        self.choose = cases.choose
        self.classes, self.save_classes = cases.classes, cases.save_classes
        self.held_out, self.set_held_out = cases.held_out, cases.set_held_out
        self.remembered, self.remember = cases.remembered, cases.remember

        drawing = Drawing(database)
        self.labels, self.states, self.proposals = drawing.labels, drawing.states, drawing.proposals
        self.uncertainty = drawing.uncertainty
        self.to_correct = drawing.to_correct
        self.save_proposals, self.drop_proposals = drawing.save_proposals, drawing.drop_proposals

        journal = Journal(database)
        self.record, self.record_undo, self.record_redo = journal.record, journal.record_undo, journal.record_redo
        self.history = journal.history

        shelf = Checkpoints(database, folder)
        self.checkpoints, self.active_checkpoint = shelf.checkpoints, shelf.active_checkpoint
        self.add_checkpoint, self.activate_checkpoint = shelf.add_checkpoint, shelf.activate_checkpoint
        self.rename_checkpoint, self.delete_checkpoint = shelf.rename_checkpoint, shelf.delete_checkpoint
        self.checkpoint_path = shelf.checkpoint_path

        self.audit, self.work_on = Audit(database).lines, WorkLog(database).of_case
        self.back_up = Backups(database, folder).back_up  # False: it gave way

    @classmethod
    def create(cls, folder: Path, *, name: str, classes: Sequence[LabelClass]) -> "Store":
        """A new project in ``folder``, which is made and must not exist or be empty; open for writing.

        Raises:
            ProjectError: there is something there already, or it can't be written to.
        """
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise ProjectError(f"“{folder.name}” exists already. Open it, or choose another name.")
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                folder.chmod(0o700)
            (folder / checkpoints.FOLDER).mkdir(mode=0o700)
            schema.create_file(folder, name=name)
        except (OSError, sqlite3.DatabaseError) as error:
            _remove_empty(folder)
            why = reason(error) if isinstance(error, OSError) else f"{error}. Free some space, or choose another place"
            raise ProjectError(f"The project “{folder.name}” can't be made: {why}.") from error
        store = cls.open(folder)
        try:
            store.save_classes(classes)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> "Store":
        """The project in ``folder``, found sound; for writing also found writable, and locked against other writers.

        Raises:
            ProjectLocked: somebody else has it open for writing; it can still be opened to look only.
            NewerFormat: a later version of the program wrote it.
            ProjectError: missing, damaged, no project, or it can't be written to.
        """
        lock = Lock(folder) if not read_only and is_project(folder) else None
        try:
            database = schema.open_file(folder, is_read_only=read_only)
            try:
                if not read_only:
                    _probe(database)
                    _tidy(folder)
                return cls(folder, database, lock)
            except BaseException:
                database.close()
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Afterwards the project is free for other writers. Closing twice is no harm."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _probe(database: Database) -> None:
    """Writes what is there already: a project that can't be saved must be told of before anything is drawn, not after."""
    with database.transaction() as rows:
        rows.execute("UPDATE project SET name = name")


def _tidy(folder: Path) -> None:
    """Afterwards no half copy is left of a program that was killed: we hold the lock, so nobody else is at work here."""
    for place in (folder, folder / checkpoints.FOLDER, folder / schema.BACKUPS):
        for left in place.glob(".us-*"):
            with suppress(OSError):
                left.unlink()


def _remove_empty(folder: Path) -> None:
    """Takes away what ``create`` made before it failed; never anything that holds a file."""
    for made in (folder / checkpoints.FOLDER, folder):
        with suppress(OSError):
            made.rmdir()
