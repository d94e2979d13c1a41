"""Scans that were moved: found again by their fingerprints, never by their names alone."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from unet_studio.errors import ScanLost, StudioError
from unet_studio.files.volumes import reading
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.scan import working_axis

ENTRIES = 50_000  # files and folders looked at; a whole disk is not a place to look
Lost = tuple[Case, Path]  # a case and where its scan lay


def lost_cases(store: Store, cases: Sequence[Case]) -> list[Lost]:
    """Those whose scan is not where it lay. Any thread may ask."""
    return [(case, path) for case in cases if not (path := store.scan_path(case)).exists()]


def finding_scan(case: Case, store: Store) -> Steps[Path]:
    """Where the scan of ``case`` lies now: where it lay, or beside the project under its old name.

    Raises:
        ScanLost: neither.
    """
    path = store.scan_path(case)
    if path.exists():
        return path
    found = yield from searching([(case, path)], store.folder.parent, by_name=True)
    if case.id not in found:
        raise ScanLost(
            f"The scan {path.name} of “{case.name}” is no longer where it was. Connect the drive it lies on, or choose the "
            "folder it was moved to: File, Find moved scans.",
            path=path,
        )
    return found[case.id]


def searching(lost: Sequence[Lost], folder: Path, *, by_name: bool = False) -> Steps[dict[int, Path]]:
    """Where the scans of these cases lie below ``folder``, by case id; only those that are the same in every voxel.

    Files of the old name are looked at first, then, unless only ``by_name``, all of the same kind.
    """
    entries = [*_below(folder)]
    known: dict[tuple[Path, str], tuple[str, int]] = {}
    found: dict[int, Path] = {}
    for number, (case, last) in enumerate(lost):
        yield Progress(number / len(lost), f"Looking for {case.name}")
        for path in _candidates(last, entries, by_name=by_name):
            key = (path, case.choice)
            if key not in known:
                known[key] = yield from _mark(path, case)
            if known[key] == (case.fingerprint, case.axis):
                found[case.id] = path
                break
    return found


def _mark(path: Path, case: Case) -> Steps[tuple[str, int]]:
    """The fingerprint and the working axis of what lies at ``path``; no fingerprint where it can't be read."""
    try:
        steps = reading(path, case.choice)
        while True:
            yield Progress(None, f"Looking for {case.name}")
            next(steps)
    except StopIteration as end:
        return end.value.fingerprint, working_axis(end.value)
    except StudioError:
        return "", 0


def _candidates(last: Path, entries: Sequence[tuple[Path, bool]], *, by_name: bool) -> Iterator[Path]:
    named = [path for path, _ in entries if path.name == last.name]
    yield from named
    if by_name:
        return
    ending = "".join(last.suffixes[-2:]).lower()
    for path, is_folder in entries:
        alike = is_folder if not ending else not is_folder and path.name.lower().endswith(last.suffix.lower())
        if alike and path not in named:
            yield path


def _below(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Files and folders below ``folder`` and itself, nearest first as far as folders go; links to folders are not followed."""
    yield folder, True
    left = ENTRIES
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.endswith(".unetstudio"))
        for name, is_folder in [*((n, False) for n in sorted(files)), *((n, True) for n in folders)]:
            yield Path(place) / name, is_folder
            left -= 1
            if left == 0:
                return
