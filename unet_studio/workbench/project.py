"""The open project's parts."""

from dataclasses import dataclass
from pathlib import Path

from unet_studio.project.store import Store
from unet_studio.workbench.annotation import Deed
from unet_studio.workbench.checkpoints import Checkpoints
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.worklist import Worklist


@dataclass(frozen=True, slots=True)
class Project:
    """The open project's parts."""

    name: str
    folder: Path
    is_read_only: bool
    saving: Saving
    worklist: Worklist
    checkpoints: Checkpoints


def record(saving: Saving, case_id: int, deed: Deed) -> None:
    """Afterwards what was done on a case waits to be saved."""

    def write(store: Store) -> None:
        match deed.kind:
            case "do":
                store.record(case_id, deed.change, deed.slices)
            case "undo":
                store.record_undo(case_id, deed.change, deed.slices)
            case "redo":
                store.record_redo(case_id, deed.change, deed.slices)

    saving.write(write)
