"""Label maps on their way out of a project."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import StudioError, WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.film_out import ENDINGS, times_of, write_film
from unet_studio.files.masks_out import PATIENT_DATA, TABLES, Drawn, table_rows, targets, write_masks
from unet_studio.files.picture_out import write_picture
from unet_studio.files.tables import Row, write_table
from unet_studio.files.volumes import choosing
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.films import Film, films, frame_number
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.project import Project
from unet_studio.workbench.scan import reading_scan

FORMATS: tuple[tuple[str, str], ...] = (
    (".nii.gz", "NIfTI, compressed"), (".nii", "NIfTI"), (".seg.nrrd", "3D Slicer, with names and colours"),
    (".nrrd", "NRRD"), (".mha", "MetaImage"), (".dcm", "DICOM SEG"), (".rtstruct.dcm", "DICOM RTSTRUCT, contours"),
    (".stl", "STL, a surface a label"), (".ply", "PLY, a surface a label"), (".png", "PNG, one a slice"),
    (".csv", "Table of volumes, CSV"), (".xlsx", "Table of volumes, Excel"),
)  # fmt: skip
PATIENT_FORMATS = frozenset(PATIENT_DATA)  # contain what the scan's files say of the patient, unless it is left out
_TABLE = "labels"
Item = tuple[Case, Path, Labels]  # a case, where its scan lies, its labels


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of one case: its ``files``, or the ``problem`` why the format could not take it, as a sentence."""

    case: Case
    files: tuple[Path, ...]
    problem: str = ""


def exporting(
    items: Sequence[Item],
    folder: Path,
    suffix: str,
    classes: Sequence[LabelClass],
    *,
    is_deidentified: bool = False,
) -> Steps[list[Exported]]:
    """Writes each label map into ``folder`` on its scan's own grid, named after its case; a table is one file for all.

    Nothing that is there already is written over: the newcomer gets another name. Of several cases, one that the format
    can't take (no DICOM, nothing drawn) keeps the others from nothing. ``is_deidentified`` leaves the patient out. All frames of
    a scan become one NIfTI file of four dimensions; of other formats, and where not all are there, each frame is a file.

    Raises:
        ReadError: a scan, whose grid is needed, can't be read.
        WriteError: a file could not be written, or no case could be; those before it are complete.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"The folder {folder.name} can't be made ({error.strerror or error}). Choose another one.", path=folder
        ) from error
    written: list[Exported] = []
    rows: list[Row] = []
    in_films = yield from _whole_films(items, suffix)
    for number, (case, scan, labels) in enumerate(items):
        yield Progress(number / len(items), f"Exporting {case.name}")
        if (film := in_films.get(case.id)) is not None:
            if case.id == film.id:
                written += yield from _exporting_film(film, items, folder, suffix)
            continue
        volume = yield from reading_scan(case, scan)
        drawn = Drawn(case.name, labels, volume, tuple(classes), scan, case.choice)
        if suffix in TABLES:
            rows += table_rows(drawn)
            continue
        path = _fresh(folder, file_name(case.name), suffix, drawn)
        try:
            written.append(Exported(case, tuple(write_masks(path, drawn, is_deidentified=is_deidentified))))
        except WriteError as error:
            if error.__cause__ is not None or len(items) == 1:  # the disk: the next would fare no better
                raise
            written.append(Exported(case, (), str(error)))
    if suffix in TABLES and items:
        table = write_table(_fresh(folder, _TABLE, suffix, None), rows)
        return [Exported(case, (table,)) for case, _, _ in items]
    if written and not any(one.files for one in written):
        raise WriteError(written[0].problem, path=folder)
    return written


def _whole_films(items: Sequence[Item], suffix: str) -> Steps[dict[int, Film]]:
    """By case id, the films of which all frames are there, if the format has frames."""
    whole: dict[int, Film] = {}
    scans = {case.id: scan for case, scan, _ in items}
    for film in films(case for case, _, _ in items) if suffix in ENDINGS else ():
        if len(film.cases) > 1:
            scan = yield from choosing(scans[film.id], film.cases[0].choice)
            if [frame_number(case.choice) for case in film.cases] == [*range(1, scan.frames + 1)]:
                whole |= dict.fromkeys((case.id for case in film.cases), film)
    return whole


def _exporting_film(film: Film, items: Sequence[Item], folder: Path, suffix: str) -> Steps[list[Exported]]:
    """One file of all frames, each found to be the one that was drawn on."""
    of = {case.id: (scan, labels) for case, scan, labels in items}
    geometry: Geometry | None = None
    for number, case in enumerate(film.cases):
        yield Progress(number / len(film.cases), f"Exporting {case.name}")
        volume = yield from reading_scan(case, of[case.id][0])
        if geometry is not None and not volume.geometry.is_same_grid(geometry):
            raise WriteError(f"The frames of {film.name} lie on different grids. Export them as .nrrd.", path=folder)
        geometry = volume.geometry
    assert geometry is not None
    path = _fresh(folder, file_name(film.name), suffix, None)
    times = times_of(of[film.id][0], len(film.cases))
    write_film(path, [of[case.id][1] for case in film.cases], geometry, times)
    return [Exported(case, (path,)) for case in film.cases]


def export(
    project: Project, lane: Lane, cases: Sequence[Case], folder: Path, suffix: str, classes: Sequence[LabelClass],
    *, done: Callable[[list[Path]], None], told: Callable[[str], None], progressed: Callable[[Progress | None], None],
    is_deidentified: bool = False,
) -> None:  # fmt: skip
    """Afterwards the labels of ``cases`` are being written.

    ``done`` hears of the files, ``told`` why it failed, ``progressed`` how far it is, None at the end.
    """

    def failed(error: Exception) -> None:
        progressed(None)
        _fail(told, error)

    def gather(store: Store) -> list[tuple[Case, Path, Labels]]:
        return [(case, store.scan_path(case), store.labels(case)) for case in cases]

    def written(exported: list[Exported]) -> None:
        progressed(None)
        done(list(dict.fromkeys(file for one in exported for file in one.files)))
        if problems := [one.problem for one in exported if one.problem]:
            told(f"{len(problems)} of {len(exported)} cases could not be exported. {problems[0]}")

    def gathered(items: list[tuple[Case, Path, Labels]]) -> None:
        steps = lambda: exporting(items, folder, suffix, classes, is_deidentified=is_deidentified)  # noqa: E731
        lane.submit(Job("export", steps, done=written, failed=failed, progressed=progressed))

    project.saving.attempt(gather, done=gathered, failed=failed)


def export_picture(
    lane: Lane, path: Path, rgb: NDArray[np.uint8], *, done: Callable[[Path], None], told: Callable[[str], None]
) -> None:
    """Afterwards these pixels (row, column, red green blue) are being written as a PNG; ``done`` or ``told`` hears of it."""
    _write(lane, path, lambda: write_picture(path, rgb), done=done, told=told)


def write_file(
    lane: Lane, path: Path, content: bytes, *, done: Callable[[Path], None], told: Callable[[str], None]
) -> None:
    """Afterwards the file is being written, whole or not at all; ``done`` or ``told`` hears of it."""

    def put(beside: Path) -> None:
        beside.write_bytes(content)

    _write(lane, path, lambda: replace_file(path, put), done=done, told=told)


def _write(
    lane: Lane, path: Path, write: Callable[[], object], *, done: Callable[[Path], None], told: Callable[[str], None]
) -> None:
    def steps() -> Steps[Path]:
        yield Progress(None, f"Writing {path.name}")
        write()
        return path

    lane.submit(Job("write file", steps, done=done, failed=partial(_fail, told)))


def _fail(told: Callable[[str], None], error: Exception) -> None:
    """Says what is the user's file or disk; everything else rises."""
    if not isinstance(error, StudioError):
        raise error
    told(str(error))


def _fresh(folder: Path, stem: str, suffix: str, drawn: Drawn | None) -> Path:
    """A path whose files are not taken, by a file or by a folder: it might be the scan itself."""
    for number in count():
        name = f"{stem}{'' if number == 0 else '-labels' if number == 1 else f'-labels-{number}'}"
        path = folder / f"{name}{suffix}"
        if not any(os.path.lexists(p) for p in [path, *(targets(path, drawn) if drawn else [])]):
            break
    return path


def file_name(name: str) -> str:
    """A case's name as a file name: letters, digits, dots, dashes; never empty, hidden, or one that Windows keeps for itself."""
    kept = "".join(c if c.isalnum() or c in "-._ " else "_" for c in name).strip(" .")
    kept = kept.encode()[:120].decode(errors="ignore").rstrip(" .")  # a name may have 255 bytes
    return f"_{kept}" if _RESERVED.match(kept) else kept or "case"


_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
