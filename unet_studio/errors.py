"""What can go wrong that is not a bug: the user's file, disk or device.

    StudioError
    ├── FileError            a file or folder that can't be read or written
    │   ├── ReadError            damaged, of an unknown kind, impossible, missing
    │   │   ├── ChoiceNeeded     holds several volumes; the user must say which
    │   │   └── ScanLost         a case's scan, no longer where it lay
    │   └── WriteError           no space, no permission, not what was meant to be written
    ├── GridMismatch         a label map does not lie on the volume's grid
    ├── ProjectError         a project that can't be opened or saved
    │   ├── ProjectLocked        somebody else has it open for writing
    │   ├── ProjectDamaged       its file makes no sense any more; a backup can be put back
    │   └── NewerFormat          written by a later version of the program
    ├── CheckpointError      a file that is no checkpoint of ours, or a damaged one
    └── TrainingError        training or prediction that could not go on
        └── OutOfMemory          the device's memory was not enough

Every message is a whole sentence that names the thing and the next step and is shown to the user as it stands.
Everything else that rises is a bug.
"""

from collections.abc import Sequence
from pathlib import Path


class StudioError(Exception):
    """A problem outside the program; ``str(error)`` is a sentence for the user."""


class FileError(StudioError):
    """``path`` is the file or folder it is about."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class ReadError(FileError):
    """A file that can't be read as what it was opened for."""


class ChoiceNeeded(ReadError):
    """A path that holds several volumes; ``choices`` are their ids, to be given back as ``PATH#id``."""

    def __init__(self, message: str, *, path: Path, choices: Sequence[str]) -> None:
        super().__init__(message, path=path)
        self.choices = tuple(choices)


class ScanLost(ReadError):
    """A case's scan that is no longer where it lay, nor beside the project; the user may say where to look."""


class WriteError(FileError):
    """A file that could not be written; nothing of it was left behind, and an older file of that name is intact."""


class GridMismatch(StudioError):
    """A label map whose voxels do not lie on the volume's."""


class ProjectError(StudioError):
    """A project folder that can't be opened or saved."""


class ProjectLocked(ProjectError):
    """``owner`` says who has the project open for writing."""

    def __init__(self, message: str, *, owner: str) -> None:
        super().__init__(message)
        self.owner = owner


class ProjectDamaged(ProjectError):
    """A project whose file is damaged or gone; a backup can be put in its place."""


class NewerFormat(ProjectError):
    """A project written by a later version of the program."""


class CheckpointError(StudioError):
    """A checkpoint file that is missing, damaged or of another program."""


class TrainingError(StudioError):
    """Training or prediction that could not go on; labels and earlier checkpoints are as they were."""


class OutOfMemory(TrainingError):
    """The memory of the device was not enough for the work."""
