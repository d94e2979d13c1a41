"""The checkpoints of a project: files in its folder that are never overwritten, and a pointer to the active one."""

import logging
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from unet_studio.errors import CheckpointError, ProjectError
from unet_studio.project.database import Database
from unet_studio.project.disk import place_copy, reason, sha256_of, sync_folder
from unet_studio.project.records import CheckpointRecord
from unet_studio.project.schema import utc_now
from unet_studio.segmentation.card import CheckpointCard, card_from_json, card_to_json

_log = logging.getLogger(__name__)

FOLDER = "checkpoints"
_RECORD = "SELECT c.id, c.name, c.file, c.sha256, c.card, c.id IS p.active_checkpoint FROM checkpoints c, project p"


class Checkpoints:
    """The checkpoint files of a project and their table. Every writing call is one transaction."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder / FOLDER

    def checkpoints(self) -> tuple[CheckpointRecord, ...]:
        """All of them, oldest first."""
        return tuple(self._record_from(row) for row in self._database.rows(f"{_RECORD} ORDER BY c.id"))

    def active_checkpoint(self) -> CheckpointRecord | None:
        """The one that predicts; None before the first training."""
        return next((record for record in self.checkpoints() if record.is_active), None)

    def checkpoint_path(self, record: CheckpointRecord) -> Path:
        """Where its file lies. Reads no table, so any thread may ask."""
        return self._folder / record.file

    def add_checkpoint(self, file: Path, card: CheckpointCard, activate: bool) -> CheckpointRecord:  # noqa: FBT001
        """Afterwards the finished ``file`` lies in the project under a new name and no longer where it was.

        Raises:
            CheckpointError: there is no such file.
            ProjectError: it could not be saved; ``file`` is where it was, and the call may be repeated.
        """
        if not file.is_file():
            raise CheckpointError(f"The checkpoint “{file.name}” is gone. Train again.")
        beside, target = self._folder / f".us-{secrets.token_hex(4)}", self._fresh_path()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            place_copy(file, beside)  # killed in the middle, it leaves nothing that looks like a checkpoint
            digest = sha256_of(beside)
            beside.replace(target)
            sync_folder(self._folder)
        except OSError as error:
            with suppress(OSError):
                target.unlink(missing_ok=True)
            raise ProjectError(
                f"The checkpoint can't be saved in the project “{self._database.project}”: {reason(error)}."
            ) from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        try:
            with self._database.transaction() as rows:
                cursor = rows.execute(
                    "INSERT INTO checkpoints (name, file, sha256, card, added) VALUES (?, ?, ?, ?, ?)",
                    (card.name, target.name, digest, card_to_json(card), utc_now()),
                )
                assert cursor.lastrowid is not None
                if activate:
                    _point_to(rows, cursor.lastrowid)
        except BaseException:
            with suppress(OSError):
                target.unlink()
            raise
        with suppress(OSError):
            file.unlink()
        return CheckpointRecord(cursor.lastrowid, card.name, target.name, digest, card, activate)

    def activate_checkpoint(self, checkpoint_id: int | None) -> None:
        """Afterwards it is the one that predicts; None for no one."""
        with self._database.transaction() as rows:
            _point_to(rows, checkpoint_id)

    def rename_checkpoint(self, checkpoint_id: int, name: str) -> None:
        """Afterwards it is listed as ``name``; its card keeps the name it was born with."""
        with self._database.transaction() as rows:
            rows.execute("UPDATE checkpoints SET name = ? WHERE id = ?", (name, checkpoint_id))

    def delete_checkpoint(self, checkpoint_id: int) -> None:
        """Afterwards it and its file are gone.

        Raises:
            CheckpointError: it is the active one.
        """
        record = next((record for record in self.checkpoints() if record.id == checkpoint_id), None)
        if record is None:
            return
        if record.is_active:
            raise CheckpointError(f"The checkpoint “{record.name}” is in use. Activate another one before deleting it.")
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM checkpoints WHERE id = ?", (checkpoint_id,))
        try:
            self.checkpoint_path(record).unlink(missing_ok=True)
        except OSError as error:  # such as a virus scanner that reads it on Windows
            _log.warning("checkpoint file %s left behind: %s", record.file, error)

    def _fresh_path(self) -> Path:
        rows = self._database.rows("SELECT seq FROM sqlite_sequence WHERE name = 'checkpoints'")
        number = (rows[0][0] if rows else 0) + 1
        while (path := self._folder / f"checkpoint-{number}.safetensors").exists():
            number += 1
        return path

    def _record_from(self, row: tuple[Any, ...]) -> CheckpointRecord:
        number, name, file, sha256, card, is_active = row
        try:
            if Path(file).name != file or file in ("", ".", "..") or "\\" in file:
                raise ValueError("its file lies outside the project")
            return CheckpointRecord(number, name, file, sha256, card_from_json(card), bool(is_active))
        except (ValueError, TypeError) as error:
            raise self._database.damaged(f"checkpoint “{name}”", error) from error


def _point_to(rows: sqlite3.Connection, checkpoint_id: int | None) -> None:
    rows.execute("UPDATE project SET active_checkpoint = ?", (checkpoint_id,))
