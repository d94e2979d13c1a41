"""The DICOM images under a volume: what a SEG or RTSTRUCT that lies on it refers to and takes over."""

import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pydicom

from unet_studio.errors import ReadError, WriteError
from unet_studio.files.contents import Kind, kind_of
from unet_studio.files.dicom_errors import PARSING_ERRORS
from unet_studio.files.dicom_header import SliceHeader, slice_headers
from unet_studio.files.regular import reading_errors, shown
from unet_studio.image.volume import Geometry, Point

Tags = Any  # a pydicom data set

_FAR = 0.01  # of a voxel: the geometry was made of the same positions
_KEPT = (  # what a derived object takes over from its images when it may: patient, study, equipment's frame of reference
    "SpecificCharacterSet", "PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "PatientAge",
    "PatientSize", "PatientWeight", "StudyInstanceUID", "StudyID", "StudyDate", "StudyTime", "StudyDescription",
    "AccessionNumber", "ReferringPhysicianName", "FrameOfReferenceUID", "PositionReferenceIndicator", "Modality",
    "SeriesInstanceUID", "SOPClassUID", "SOPInstanceUID", "Rows", "Columns", "PixelSpacing", "SliceThickness",
    "ImagePositionPatient", "ImageOrientationPatient", "Laterality", "NumberOfFrames", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence", "DimensionOrganizationSequence", "DimensionIndexSequence",
    "DimensionOrganizationType",
)  # fmt: skip
_PATIENT_FREE = (  # what is left of it without the patient: geometry, and new UIDs in place of the old
    "FrameOfReferenceUID", "Modality", "StudyInstanceUID", "SeriesInstanceUID", "SOPClassUID", "SOPInstanceUID", "Rows",
    "Columns", "PixelSpacing", "SliceThickness", "ImagePositionPatient", "ImageOrientationPatient",
)  # fmt: skip
_ALWAYS = (  # there, if only empty
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate", "StudyTime",
    "ReferringPhysicianName",
)  # fmt: skip
_UIDS = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "FrameOfReferenceUID")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one slice of a volume comes from: ``number`` counts the frames of its file from 1, ``path`` None where missing."""

    path: Path | None
    number: int = 1
    uid: str = ""


@dataclass(frozen=True, slots=True)
class DicomSource:
    """The images of a volume: ``frames`` along z, ``tags`` of each file that has one, by path, without pixels.

    ``is_deidentified`` says that the tags hold nothing of the patient and other UIDs than the files.
    """

    geometry: Geometry
    frames: tuple[Frame, ...]
    tags: dict[Path, Tags]
    is_deidentified: bool

    @property
    def first(self) -> Tags:
        """The tags of the first image."""
        return next(iter(self.tags.values()))

    def position(self, z: int) -> Point:
        """Where the first voxel of a slice lies."""
        return self.geometry.patient_point((z, 0, 0))


def dicom_source(path: Path, choice: str, geometry: Geometry, *, is_deidentified: bool = False) -> DicomSource:
    """The images of the volume that ``reading(path, choice)`` reads, found by their place on its grid.

    Raises:
        WriteError: it is no DICOM, has no place in the patient, or lacks the UIDs that others refer to it by.
        ReadError: a file can't be read any more.
    """
    if not geometry.has_orientation:
        raise WriteError(
            f"{shown(path)} has no place in a patient, so nothing can be stored in DICOM for it. Export as NRRD.",
            path=path,
        )
    if not geometry.has_spacing:
        raise WriteError(
            f"The slices of {shown(path)} are not evenly spaced, or their spacing is not told, so labels on them can't be "
            "placed in DICOM. Export as NRRD.",
            path=path,
        )
    by_slice: dict[int, list[SliceHeader]] = {}
    phase = int(choice.rpartition(".phase")[2] or 1) - 1 if ".phase" in choice else 0
    wanted = choice.split("#")[-1].split(".phase")[0].split("+")[0]
    headers = [h for file in _files(path, choice) for h in _headers(file)]
    is_named = any(h.series[1] and wanted.startswith(h.series[1]) for h in headers)
    for header in headers:
        z = _slice_of(header, geometry)
        if z is not None and (not is_named or wanted.startswith(header.series[1])):
            by_slice.setdefault(z, []).append(header)
    if not by_slice:
        raise WriteError(
            f"{shown(path)} is no DICOM series, which this format needs to lie on. Export as .seg.nrrd or NIfTI.",
            path=path,
        )
    chosen = {z: sorted(h, key=lambda s: (s.series, s.phase))[min(phase, len(h) - 1)] for z, h in by_slice.items()}
    tags = {}
    for header in (chosen[z] for z in sorted(chosen)):
        if header.path not in tags:
            tags[header.path] = _tags(header.path, is_deidentified=is_deidentified)
    one = next(iter(tags.values())).FrameOfReferenceUID
    for each in tags.values():  # some scanners give every image of a series its own, though one body lay in them
        each.FrameOfReferenceUID = one
        if "PixelSpacing" not in each and "SharedFunctionalGroupsSequence" not in each:
            each.PixelSpacing = list(geometry.spacing_mm[1:])  # the user gave it, as the images do not tell
    frames = tuple(
        Frame(chosen[z].path, chosen[z].frame + 1, str(tags[chosen[z].path].SOPInstanceUID))
        if z in chosen
        else Frame(None)
        for z in range(geometry.shape[0])
    )
    return DicomSource(geometry, frames, tags, is_deidentified)


def _files(path: Path, choice: str) -> Iterator[Path]:
    """The DICOM files that a volume could be of; links to folders are followed once."""
    if path.is_file() and path.name.upper() != "DICOMDIR":
        if _is_dicom(path):
            yield path
        return
    top = path if path.is_dir() else path.parent
    inside = top / choice.split("#")[0]
    if choice and inside.is_file():
        yield from _files(inside, "")
        return
    seen: set[str] = set()
    for folder, folders, names in os.walk(top, followlinks=True):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        if (real := os.path.realpath(folder)) in seen:
            folders.clear()
            continue
        seen.add(real)
        yield from (
            file
            for n in sorted(names)
            if not n.startswith(".") and (file := Path(folder) / n).is_file() and _is_dicom(file)
        )


def _is_dicom(path: Path) -> bool:
    try:
        return kind_of(path) is Kind.DICOM
    except ReadError:
        return False


def _headers(path: Path) -> tuple[SliceHeader, ...]:
    try:
        return slice_headers(path)
    except ReadError:  # no image, or another file of the folder that is damaged: the volume was read without it
        return ()


def _slice_of(header: SliceHeader, geometry: Geometry) -> int | None:
    """Which slice of the grid an image is; None where it is none."""
    if header.position is None or header.row is None or header.column is None:
        return None
    if (header.pixels.rows, header.pixels.columns) != geometry.shape[1:]:
        return None
    turned = np.abs(np.array([header.column, header.row]) - np.array(geometry.axes[1:]))
    if turned.max() > 1e-3:
        return None
    index = np.linalg.inv(geometry.matrix) @ np.array([*header.position, 1.0])
    z = round(float(index[0]))
    near = max(_FAR, 0.02 / min(geometry.spacing_mm))  # a series' own jitter is let pass when it is read
    if not 0 <= z < geometry.shape[0] or np.abs(index[:3] - (z, 0, 0)).max() > near:
        return None
    return z


def _tags(path: Path, *, is_deidentified: bool) -> Tags:
    with reading_errors(path), warnings.catch_warnings(action="ignore"):
        try:
            found = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            kept = pydicom.Dataset()
            for name in _PATIENT_FREE if is_deidentified else _KEPT:
                if name in found:
                    kept[name] = found[name]
            _share(kept)
            missing = [name for name in _UIDS[:3] if not str(kept.get(name, "")).strip()]
        except PARSING_ERRORS as error:
            raise ReadError(
                f"{shown(path)} is damaged: it can't be read as DICOM. Ask for a new copy.", path=path
            ) from error
    if missing:
        raise WriteError(
            f"{shown(path)} has no UIDs by which a DICOM SEG or RTSTRUCT could refer to it (they were blanked). "
            "Export as .seg.nrrd or NIfTI.",
            path=path,
        )
    for name in _ALWAYS:
        if name not in kept or not _is_possible(kept[name]):
            setattr(kept, name, None)
    if not str(kept.get("SOPClassUID", "")).strip():
        kept.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    if not str(kept.get("FrameOfReferenceUID", "")).strip():
        kept.FrameOfReferenceUID = pydicom.uid.generate_uid(entropy_srcs=["frame", str(kept.SeriesInstanceUID)])
    if is_deidentified:
        for name in _UIDS:
            setattr(kept, name, pydicom.uid.generate_uid(entropy_srcs=["de-identified", name, str(kept.get(name))]))
    return kept


def _share(tags: Tags) -> None:
    """Afterwards what a multi-frame file says of each frame, and is the same for all, is said once: as highdicom looks for it."""
    shared, per_frame = tags.get("SharedFunctionalGroupsSequence"), tags.get("PerFrameFunctionalGroupsSequence")
    if shared and per_frame:
        for name in ("PixelMeasuresSequence", "PlaneOrientationSequence"):
            if name not in shared[0] and name in per_frame[0]:
                shared[0][name] = per_frame[0][name]


def _is_possible(element: Any) -> bool:
    """Whether a date or time is one: hospitals write such as "20120000" where they blank a part of it."""
    try:
        {"DA": pydicom.valuerep.DA, "TM": pydicom.valuerep.TM}.get(element.VR, str)(element.value)
    except ValueError:
        return False
    return True
