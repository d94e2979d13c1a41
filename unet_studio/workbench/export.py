"""Label maps on their way out of a project."""

import os
import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from unet_studio.errors import StudioError, WriteError
from unet_studio.files.label_maps import write_label_map
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.project import Project
from unet_studio.workbench.scan import reading_scan

FORMATS: tuple[tuple[str, str], ...] = (
    (".nii.gz", "NIfTI, compressed"), (".nii", "NIfTI"), (".nrrd", "NRRD"), (".mha", "MetaImage"), (".png", "PNG, one a slice"),
)  # fmt: skip


def exporting(
    items: Sequence[tuple[Case, Path, Labels]], folder: Path, suffix: str, classes: Sequence[LabelClass]
) -> Steps[list[Path]]:
    """Writes each label map into ``folder`` on its scan's own grid, named after its case; the files written.

    Nothing that is there already is written over: the newcomer gets another name.

    Raises:
        ReadError: a scan, whose grid is needed, can't be read.
        WriteError: a file could not be written; those before it are complete.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"The folder {folder.name} can't be made ({error.strerror or error}). Choose another one.", path=folder
        ) from error
    written: list[Path] = []
    for number, (case, scan, labels) in enumerate(items):
        yield Progress(number / len(items), f"Exporting {case.name}")
        volume = yield from reading_scan(case, scan)
        path = _fresh(folder, _file_name(case.name), suffix)
        written.append(write_label_map(path, labels, volume.geometry, tuple(classes)))
    return written


def export(
    project: Project, lane: Lane, cases: Sequence[Case], folder: Path, suffix: str, classes: Sequence[LabelClass],
    *, done: Callable[[list[Path]], None], told: Callable[[str], None], progressed: Callable[[Progress | None], None],
) -> None:  # fmt: skip
    """Afterwards the labels of ``cases`` are being written.

    ``done`` hears of the files, ``told`` why it failed, ``progressed`` how far it is, None at the end.
    """

    def failed(error: Exception) -> None:
        progressed(None)
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    def gather(store: Store) -> list[tuple[Case, Path, Labels]]:
        return [(case, store.scan_path(case), store.labels(case)) for case in cases]

    def written(files: list[Path]) -> None:
        progressed(None)
        done(files)

    def gathered(items: list[tuple[Case, Path, Labels]]) -> None:
        steps = lambda: exporting(items, folder, suffix, classes)  # noqa: E731
        lane.submit(Job("export", steps, done=written, failed=failed, progressed=progressed))

    project.saving.attempt(gather, done=gathered, failed=failed)


def _fresh(folder: Path, stem: str, suffix: str) -> Path:
    """A path that is not taken, by a file or by the folder that pictures go into: it might be the scan itself."""
    for number in count():
        name = f"{stem}{'' if number == 0 else '-labels' if number == 1 else f'-labels-{number}'}"
        if not any(os.path.lexists(folder / n) for n in [f"{name}{suffix}", *([name] if suffix == ".png" else [])]):
            break
    return folder / f"{name}{suffix}"


def _file_name(name: str) -> str:
    """A case's name as a file name: letters, digits, dots, dashes; never empty, hidden, or one that Windows keeps for itself."""
    kept = "".join(c if c.isalnum() or c in "-._ " else "_" for c in name).strip(" .")
    kept = kept.encode()[:120].decode(errors="ignore").rstrip(" .")  # a name may have 255 bytes
    return f"_{kept}" if _RESERVED.match(kept) else kept or "case"


_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
