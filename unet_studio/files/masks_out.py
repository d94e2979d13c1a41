"""What is drawn on a scan, in any of the formats that others read."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from unet_studio.errors import WriteError
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.regular import shown, stem
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import finish

if TYPE_CHECKING:
    from unet_studio.files.tables import Row

SEG, RTSTRUCT = ".dcm", ".rtstruct.dcm"
SURFACES, TABLES = (".stl", ".ply"), (".csv", ".xlsx")
PATIENT_DATA = (SEG, RTSTRUCT)  # formats that have to say whose images they lie on


@dataclass(frozen=True, slots=True)
class Drawn:
    """The labels (z, y, x) of a case on its scan, which lies at ``path`` under ``choice``; ``name`` is the case's."""

    name: str
    labels: Labels
    volume: Volume
    classes: tuple[LabelClass, ...]
    path: Path
    choice: str = ""


def suffix_of(path: Path) -> str:
    """The format that a file's name says, with its dots: ``.rtstruct.dcm``, ``.seg.nrrd``, ``.nii.gz`` or its last part."""
    name = path.name.lower()
    return next((e for e in (RTSTRUCT, ".seg.nrrd", ".nii.gz") if name.endswith(e)), path.suffix.lower())


def targets(path: Path, drawn: Drawn) -> list[Path]:
    """The files that ``write_masks`` would leave for ``path``: one a label for surfaces, a folder for several pictures."""
    suffix = suffix_of(path)
    if suffix in SURFACES:
        from unet_studio.files.mesh import file_names

        return file_names(path, [c.name for c in _drawn_classes(drawn)])
    if suffix == ".png" and drawn.volume.geometry.shape[0] > 1:
        return [path.with_name(path.name[: -len(suffix)])]
    return [path]


def write_masks(path: Path, drawn: Drawn, *, is_deidentified: bool = False, now: datetime | None = None) -> list[Path]:
    """Afterwards the labels lie in the format of the path's ending; the files (or the folder of pictures) written.

    .nii.gz, .nii, .nrrd, .mha, .tif, .png, .seg.nrrd, .dcm (a SEG), .rtstruct.dcm, .stl, .ply, .csv, .xlsx. Each is read
    back and compared before it takes the place of an older file. ``is_deidentified`` leaves the patient out of the two
    that would name them; ``now`` is the time they are stamped with.

    Raises:
        WriteError: an unknown ending, a scan the format can't lie on, nothing drawn, or the disk.
        ReadError: the scan's own files, which DICOM refers to, can't be read.
    """
    suffix = suffix_of(path)
    if suffix in PATIENT_DATA:
        return [_write_dicom(path, drawn, is_deidentified=is_deidentified, now=now or datetime.now().astimezone())]
    if suffix in SURFACES:
        return _write_surfaces(path, drawn)
    if suffix in TABLES:
        from unet_studio.files.tables import write_table

        return [write_table(path, table_rows(drawn))]
    return [write_label_map(path, drawn.labels, drawn.volume.geometry, drawn.classes)]


def table_rows(drawn: Drawn) -> list["Row"]:
    """The rows of a case in a table: one for each of its classes."""
    from unet_studio.files.tables import rows_of

    axis = plane_view(drawn.volume.geometry, working_plane(drawn.volume.geometry)).axis
    return rows_of(drawn.name, drawn.volume, drawn.labels, drawn.classes, axis=axis)


def _drawn_classes(drawn: Drawn) -> list[LabelClass]:
    from unet_studio.files.stored_labels import described_classes

    counts = np.bincount(drawn.labels.ravel(), minlength=256)
    return [c for c in described_classes(drawn.labels, drawn.classes) if counts[c.value]]


def _write_dicom(path: Path, drawn: Drawn, *, is_deidentified: bool, now: datetime) -> Path:
    from unet_studio.files.dicom_seg import write_seg
    from unet_studio.files.dicom_source import dicom_source
    from unet_studio.files.rtstruct import write_rtstruct

    labels, geometry = _as_taken(path, drawn)
    source = dicom_source(drawn.path, drawn.choice, geometry, is_deidentified=is_deidentified)
    if suffix_of(path) == SEG:
        return write_seg(path, labels, drawn.classes, source)
    return write_rtstruct(path, labels, drawn.classes, source, now=now)


def _as_taken(path: Path, drawn: Drawn) -> tuple[Labels, Geometry]:
    """The labels and their grid, where that was made of another one (a tilted gantry's) as they lie on the images themselves."""
    from unet_studio.files.volumes import choosing

    regrid = finish(choosing(drawn.path, drawn.choice)).regrid
    if regrid is None:
        return drawn.labels, drawn.volume.geometry
    labels = regrid.labels_as_taken(drawn.labels)
    if labels is None:
        raise WriteError(
            f"{shown(path)} can't be saved: its scan was resampled, so labels on it lie on no image of the series. "
            "Export as .seg.nrrd or NIfTI.",
            path=path,
        )
    return labels, regrid.taken


def _write_surfaces(path: Path, drawn: Drawn) -> list[Path]:
    from unet_studio.files.mesh import file_names, surface_of, write_surface

    classes = _drawn_classes(drawn)
    if not classes:
        raise WriteError(
            f"{shown(path)} would be empty: nothing is drawn on its scan. Draw or predict first.", path=path
        )
    if not drawn.volume.geometry.has_spacing:
        raise WriteError(
            f"{stem(path)} can't be saved as a surface in mm: its scan tells no voxel size. Export as .seg.nrrd.",
            path=path,
        )
    paths = file_names(path, [c.name for c in classes])
    for one, target in zip(classes, paths, strict=True):
        write_surface(target, surface_of(drawn.labels == one.value, drawn.volume.geometry))
    return paths
