"""Label maps on their way out of a project."""

from collections.abc import Callable, Sequence
from pathlib import Path

from unet_studio.errors import StudioError
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import reading
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.workbench import Project

FORMATS: tuple[tuple[str, str], ...] = (
    (".nii.gz", "NIfTI, compressed"), (".nii", "NIfTI"), (".nrrd", "NRRD"), (".mha", "MetaImage"), (".png", "PNG, one a slice"),
)  # fmt: skip


def exporting(
    items: Sequence[tuple[Case, Path, Labels]], folder: Path, suffix: str, classes: Sequence[LabelClass]
) -> Steps[list[Path]]:
    """Writes each label map into ``folder`` on its scan's own grid, named after its case; the files written.

    Raises:
        ReadError: a scan, whose grid is needed, can't be read.
        WriteError: a file could not be written; those before it are complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, (case, scan, labels) in enumerate(items):
        yield Progress(number / len(items), f"Exporting {case.name}")
        volume = yield from reading(scan, case.choice)
        path = folder / f"{_file_name(case.name)}{suffix}"
        if path in written:
            path = folder / f"{_file_name(case.name)}-{case.id}{suffix}"
        write_label_map(path, labels, volume.geometry, classes)
        written.append(path)
    return written


def export(
    project: Project, lane: Lane, cases: Sequence[Case], folder: Path, suffix: str, classes: Sequence[LabelClass],
    *, done: Callable[[list[Path]], None], told: Callable[[str], None], progressed: Callable[[Progress], None],
) -> None:  # fmt: skip
    """Afterwards the labels of ``cases`` are being written; ``done`` hears of the files, ``told`` why it failed."""

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    def gather(store: Store) -> list[tuple[Case, Path, Labels]]:
        return [(case, store.scan_path(case), store.labels(case)) for case in cases]

    def gathered(items: list[tuple[Case, Path, Labels]]) -> None:
        steps = lambda: exporting(items, folder, suffix, classes)  # noqa: E731
        lane.submit(Job("export", steps, done=done, failed=failed, progressed=progressed))

    project.saving.attempt(gather, done=gathered, failed=failed)


def _file_name(name: str) -> str:
    """A case's name as a file name: letters, digits, dots, dashes; never empty, never hidden."""
    kept = "".join(c if c.isalnum() or c in "-._ " else "_" for c in name).strip(" .")
    return kept[:120] or "case"
