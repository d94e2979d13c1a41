"""Going back to an older copy of a project."""

from collections.abc import Callable
from pathlib import Path

from unet_studio.progress import Progress, Steps
from unet_studio.project.backups import Backup, backups, restore
from unet_studio.project.store import Store


def finding(folder: Path) -> Steps[tuple[Backup, ...]]:
    """The sound copies of the project in ``folder``, newest first."""
    yield Progress(None, "Looking for backups")
    return backups(folder)


def put_back(folder: Path, backup: Backup, tell: Callable[[str], None]) -> Store:
    """The project in ``folder``, open, as it was in ``backup``; ``tell`` hears where that is kept which it replaced.

    Raises:
        ProjectError: it is as it was.
    """
    kept = restore(folder, backup.path)
    store = Store.open(folder)
    if kept is not None:
        tell(f"The backup is back. What it replaced is kept as “{kept.name}” in the project’s folder.")
    return store
