"""Volumes from files and to files. (x, y, z) becomes (z, y, x) on this floor and nowhere else."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from unet_studio.errors import ChoiceNeeded, ReadError, StudioError
from unet_studio.files.contents import STACK, Contents, file_contents, folder_contents, picture_stack
from unet_studio.files.fingerprint import fingerprinted
from unet_studio.files.measured import measured, split_spacing
from unet_studio.files.regular import check_memory, reading_errors, shown
from unet_studio.files.scan import Scan, Voxels, Way
from unet_studio.files.scan_list import read_scan_list
from unet_studio.files.sources import Source, Sources, sources, split_choice
from unet_studio.files.stored import ANYWAY
from unet_studio.files.write import write_grid
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps, finish

Outcome = Literal["opens", "opens_warn", "asks", "error"]

__all__ = [
    "Inspection", "Source", "Sources", "VolumeSummary", "inspect", "inspection_json", "read_volume", "reading", "sources",
    "split_choice", "write_volume",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class VolumeSummary:
    """One volume as ``info`` shows it.

    Triples are (x, y, z) and LPS mm; ``direction`` is row-major, its columns the steps
    along x, y and z. ``minimum`` and ``maximum`` are of finite voxels, None where they were not read.
    """

    id: str
    name: str
    modality: str
    size_xyz: tuple[int, int, int]
    spacing_xyz: tuple[float, float, float]
    origin_lps: tuple[float, float, float]
    direction: tuple[float, ...]
    components: int
    frames: int
    dtype: str
    minimum: float | None
    maximum: float | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What ``reading`` would do with a path, and why."""

    path: Path
    outcome: Outcome
    message: str
    volumes: tuple[VolumeSummary, ...] = ()


def reading(path: Path, choice: str = "") -> Steps[Volume]:
    """The volume in a file or folder; ``choice`` is one of the ids of the ``ChoiceNeeded`` that asked.

    Among the reports may be a ``Preview``: one slice, there long before the rest.

    Raises:
        ReadError: it can't be read as a volume; the sentence says why.
        ChoiceNeeded: there are several.
    """
    scan = yield from choosing(path, choice)
    if (preview := preview_of(scan)) is not None:
        yield preview
    return (yield from loading(scan, path))


def read_volume(path: Path, choice: str = "") -> Volume:
    """``reading``, done to its end."""
    return finish(loading(finish(choosing(path, choice)), path))


def write_volume(path: Path, volume: Volume) -> None:
    """Writes a volume as .nii, .nii.gz, .nrrd, .mha, .png or .tif, its geometry kept as far as the format has one.

    Raises:
        WriteError: an unknown ending, a type the format has not, or the disk.
    """
    write_grid(path, volume.voxels, volume.geometry)


def choosing(path: Path, choice: str = "") -> Steps[Scan]:
    """The one scan that is meant, known from its headers.

    Raises:
        ReadError: none can be read.
        ChoiceNeeded: there are several and ``choice`` is none of them.
    """
    choice, spacing_xyz = split_spacing(choice)
    scan = yield from _choosing(path, choice)
    return scan if spacing_xyz is None else measured(scan, spacing_xyz, path)


def _choosing(path: Path, choice: str = "") -> Steps[Scan]:
    with reading_errors(path):
        is_folder = path.is_dir()
    if not is_folder and path.name.upper() == "DICOMDIR":
        path, is_folder = path.parent, True
    if not is_folder and path.suffix.lower() == ".json":
        return (yield from _choosing_listed(path, choice))
    if is_folder and choice and choice != STACK:
        inside, rest = split_choice(str(path / choice))
        if inside.is_file() and inside.resolve().is_relative_to(path.resolve()):
            return (yield from choosing(inside, rest))
    is_trusted = choice == ANYWAY or choice.startswith(f"{ANYWAY}-")
    contents = yield from _contents(path, is_folder=is_folder, is_trusted=is_trusted)
    if choice == STACK and contents.pictures:
        return picture_stack(path, contents.pictures)
    scans = contents.scans
    if choice and not (choice == ANYWAY and len(scans) == 1):
        scans = tuple(s for s in scans if s.id == choice)
        if not scans:
            raise ReadError(f"{shown(path)} holds no volume {choice}. Open it again and choose another.", path=path)
    if len(scans) == 1 and (choice or not contents.pictures):
        return scans[0]
    if not scans and not contents.pictures:
        raise ReadError(_nothing(path, contents), path=path)
    if not scans and len(contents.pictures) == 1:
        return (yield from choosing(contents.pictures[0]))
    raise _choice_needed(path, contents)


def _choosing_listed(path: Path, choice: str) -> Steps[Scan]:
    """The scan of a list that is meant: always asked for by name, as a list is of several."""
    listed = read_scan_list(path)
    names = [file.relative_to(path.parent.resolve()).as_posix() for file in listed.files]
    inside, rest = split_choice(str(path.parent.resolve() / choice))
    if choice and inside in listed.files:
        return (yield from choosing(inside, rest))
    missing = "".join(f" {sentence}" for sentence in listed.missing)
    raise ChoiceNeeded(
        f"{shown(path)} lists {len(names)} scan{'s' * (len(names) != 1)}. Choose one.{missing}",
        path=path,
        choices=names,
    )


def inspect(path: Path, choice: str = "") -> Inspection:
    """What is in a file or folder, and whether it opens. Nothing is raised for a bad file."""
    try:
        scan = finish(choosing(path, choice))
        volume = finish(loading(scan, path))
    except ChoiceNeeded as error:
        return Inspection(path, "asks", str(error), _choices(path, is_trusted=ANYWAY in error.choices))
    except StudioError as error:
        return Inspection(path, "error", str(error))
    message = " ".join(volume.warnings)
    return Inspection(path, "opens_warn" if message else "opens", message, (_summary(scan, volume),))


def inspection_json(inspection: Inspection) -> dict[str, Any]:
    """The object that ``info --json`` ends with."""
    return {
        "path": str(inspection.path).encode("utf-8", "replace").decode(),
        "outcome": inspection.outcome,
        "message": inspection.message,
        "volumes": [
            {
                "id": v.id,
                "name": v.name,
                "modality": v.modality,
                "size_xyz": list(v.size_xyz),
                "spacing_xyz": list(v.spacing_xyz),
                "origin_lps": list(v.origin_lps),
                "direction": list(v.direction),
                "components": v.components,
                "frames": v.frames,
                "dtype": v.dtype,
                "min": v.minimum,
                "max": v.maximum,
                "warnings": list(v.warnings),
            }
            for v in inspection.volumes
        ],
    }


def preview_of(scan: Scan) -> Preview | None:
    """One slice of the scan; None where that would take long, or where reading the whole will say what is wrong."""
    if scan.refusal or scan.glimpse is None:
        return None
    try:
        seen = scan.glimpse()
    except ReadError:
        return None
    if seen is None:
        return None
    index, pixels = seen
    pixels.flags.writeable = False
    return Preview(
        0.0, f"Reading {scan.name}",
        index=index, pixels=pixels, geometry=scan.geometry, name=scan.name, modality=scan.modality, is_inverted=scan.is_inverted,
        window=scan.window,
    )  # fmt: skip


def loading(scan: Scan, path: Path) -> Steps[Volume]:
    """The volume of a scan of ``path``; raises ``ReadError`` where it can't be shown or is damaged."""
    if scan.refusal:
        raise ReadError(scan.refusal, path=path)
    check_memory(path, scan.nbytes)
    voxels, fingerprint = yield from fingerprinted(scan.load())
    assert np.can_cast(voxels.dtype, scan.dtype), (voxels.dtype, scan.dtype)
    if scan.regrid is not None:
        yield Progress(None, f"Putting {scan.name} onto a right grid")
        voxels = scan.regrid.voxels(voxels)
    warnings = scan.warnings + _non_finite(voxels, path)
    return Volume(
        voxels,
        scan.grid,
        name=scan.name,
        modality=scan.modality,
        warnings=warnings,
        fingerprint=fingerprint,
        is_inverted=scan.is_inverted,
        window=scan.window,
    )


def _contents(path: Path, *, is_folder: bool, is_trusted: bool) -> Steps[Contents]:
    if is_folder:
        return (yield from folder_contents(path))
    return (yield from file_contents(path, is_trusted=is_trusted))


def _nothing(path: Path, contents: Contents) -> str:
    if contents.unreadable:
        more = f" ({len(contents.unreadable) - 1} more files are unreadable.)" if len(contents.unreadable) > 1 else ""
        return f"{shown(path)} holds no images that can be read: {contents.unreadable[0]}{more}"
    return f"{shown(path)} is a folder with no images in it (no DICOM, NIfTI, NRRD or pictures). Choose another folder."


def _choice_needed(path: Path, contents: Contents) -> ChoiceNeeded:
    scans, pictures = contents.scans, contents.pictures
    choices = [s.id for s in scans]
    if pictures:
        choices = [STACK, *choices, *(p.relative_to(path).as_posix() for p in pictures)]
        what = f"{len(pictures)} pictures" + (f" and {len(scans)} scans" if scans else "")
        how = f"Open {shown(path)}#{STACK} for all as the slices of one volume, or one of them"
    elif all(".phase" in s.id for s in scans):
        what, how = f"{len(scans)} phases (images at the same positions)", "Choose one"
    elif contents.has_dicom:
        series = {s.ways_of or s.id for s in scans}
        what, how = f"{len(series)} series", "Choose one"
        if any(s.ways_of for s in scans):
            what, how = f"{len(series)} series" if len(series) > 1 else "a series", _ways_in_words(scans)
    elif scans[0].frames == len(scans):
        what, how = f"{len(scans)} frames (it has more than three dimensions, 4D)", "Choose one"
    else:
        what, how = f"{len(scans)} scans", "Choose one"
    joint = " " if what == "a series" else ". "
    return ChoiceNeeded(f"{shown(path)} holds {what}{joint}{how}.", path=path, choices=choices)


def _ways_in_words(scans: Sequence[Scan]) -> str:
    """How series that are no even, right stack can be opened."""
    offered = {s.way for s in scans}
    if Way.STRAIGHT in offered:
        what = "taken with a tilted gantry. Choose whether its slices are put onto a right grid, or stay as they were taken"
    else:
        how = [
            word
            for way, word in (
                (Way.FILLED, "fill the gaps with empty slices"),
                (Way.RESAMPLED, "resample it at even steps"),
                (Way.SPLIT, "split it into runs of even gaps"),
            )
            if way in offered
        ]
        what = f"whose slices are not evenly spaced (gaps differ). Choose whether to {' or '.join(how)}"
    return what if len({s.ways_of or s.id for s in scans}) == 1 else f"Choose one; there is one {what}"


def _choices(path: Path, *, is_trusted: bool) -> tuple[VolumeSummary, ...]:
    try:
        if path.suffix.lower() == ".json" and not path.is_dir():
            found = [(f, finish(file_contents(f)).scans) for f in read_scan_list(path).files if f.is_file()]
            return tuple(
                _summary(replace(s, id=f"{f.name}#{s.id}" if len(scans) > 1 else f.name), None)
                for f, scans in found
                for s in scans
            )
        contents = finish(_contents(path, is_folder=path.is_dir(), is_trusted=is_trusted))
    except StudioError:
        return ()
    summaries = [_summary(scan, None) for scan in contents.scans]
    if contents.pictures:
        with suppress(ReadError):
            summaries.insert(0, _summary(picture_stack(path, contents.pictures), None))
    return tuple(summaries)


def _summary(scan: Scan, volume: Volume | None) -> VolumeSummary:
    g = scan.grid
    z, y, x = g.axes
    low, high = (None, None) if volume is None else _range(volume.voxels)
    return VolumeSummary(
        id=scan.id,
        name=scan.name,
        modality=scan.modality,
        size_xyz=(g.shape[2], g.shape[1], g.shape[0]),
        spacing_xyz=(g.spacing_mm[2], g.spacing_mm[1], g.spacing_mm[0]),
        origin_lps=g.origin_mm,
        direction=tuple(a[row] for row in range(3) for a in (x, y, z)),
        components=scan.components,
        frames=scan.frames,
        dtype=str(scan.dtype if volume is None else volume.voxels.dtype),
        minimum=low,
        maximum=high,
        warnings=scan.warnings if volume is None else volume.warnings,
    )


def _range(voxels: Voxels) -> tuple[float | int, float | int]:
    if voxels.dtype.kind != "f":
        return int(voxels.min()), int(voxels.max())
    lows, highs = [], []
    for plane in voxels:
        finite = plane[np.isfinite(plane)]
        if finite.size:
            lows.append(float(finite.min()))
            highs.append(float(finite.max()))
    return min(lows), max(highs)


def _non_finite(voxels: Voxels, path: Path) -> tuple[str, ...]:
    if voxels.dtype.kind != "f":
        return ()
    count = sum(plane.size - int(np.count_nonzero(np.isfinite(plane))) for plane in voxels)
    if count == voxels.size:
        raise ReadError(
            f"{shown(path)} holds no finite value: every voxel is NaN or infinite. Ask for a new copy.", path=path
        )
    if not count:
        return ()
    return (f"{count:,} non-finite voxels (NaN or infinite) of {shown(path)} are shown as its minimum.",)
