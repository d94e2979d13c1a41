"""DICOM RTSTRUCT: each label as closed planar contours in patient mm. PS3.3 A.19 and C.8.8.5 to C.8.8.8."""

import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

import unet_studio
from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.contours import Contour, contours_of, filled
from unet_studio.files.dicom_errors import PARSING_ERRORS
from unet_studio.files.dicom_seg import mark_deidentified
from unet_studio.files.dicom_source import DicomSource
from unet_studio.files.regular import shown
from unet_studio.files.stored_labels import described_classes
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass, Labels

_STORAGE = "1.2.840.10008.5.1.4.1.1.481.3"
_STUDY_CLASS = "1.2.840.10008.3.1.2.3.1"  # retired, and still what readers of RTSTRUCT look for
_TAKEN_OVER = (
    "SpecificCharacterSet", "PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex",
    "StudyInstanceUID", "StudyID", "StudyDate", "StudyTime", "StudyDescription", "AccessionNumber",
    "ReferringPhysicianName", "FrameOfReferenceUID", "PositionReferenceIndicator",
)  # fmt: skip


def write_rtstruct(
    path: Path, labels: Labels, classes: Sequence[LabelClass], source: DicomSource, *, now: datetime
) -> Path:
    """Writes the labels as contours half-way between pixels on the images of ``source``: a region of interest for each class.

    Read back, filled and compared with the labels before it takes the place of an older file.

    Raises:
        WriteError: nothing is drawn, or the disk; an older file is as it was.
    """
    assert labels.shape == source.geometry.shape, (labels.shape, source.geometry.shape)
    drawn = np.bincount(labels.ravel(), minlength=256)
    described = [c for c in described_classes(labels, tuple(classes)) if drawn[c.value]]
    if not described:
        raise WriteError(
            f"{shown(path)} would be empty: nothing is drawn on its scan. Draw or predict first.", path=path
        )
    with warnings.catch_warnings(action="ignore"):  # it warns of values in the source that were always there
        tags = _tags(labels, described, source, now)

    def write(beside: Path) -> None:
        with warnings.catch_warnings(action="ignore"):
            tags.save_as(beside, enforce_file_format=True)
        try:
            masks = read_rtstruct(beside, source.geometry)
        except PARSING_ERRORS as error:
            raise WriteError(f"{shown(path)} could not be saved whole. Save somewhere else.", path=path) from error
        if not all(np.array_equal(masks.get(c.name, False), labels == c.value) for c in _apart(described)):
            raise WriteError(
                f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path
            )

    replace_file(path, write)
    return path


def read_rtstruct(path: Path, geometry: Geometry) -> dict[str, Any]:
    """The regions of an RTSTRUCT filled on the slices of a grid, by name: (z, y, x) of True and False."""
    with warnings.catch_warnings(action="ignore"):
        tags = pydicom.dcmread(path)
    names = {int(r.ROINumber): str(r.ROIName) for r in tags.StructureSetROISequence}
    to_index = np.linalg.inv(geometry.matrix)
    masks = {}
    for region in tags.ROIContourSequence:
        by_slice: dict[int, list[Contour]] = {}
        for contour in region.get("ContourSequence") or []:
            points = np.array(contour.ContourData, dtype=np.float64).reshape(-1, 3)
            index = np.column_stack([points, np.ones(len(points))]) @ to_index.T
            by_slice.setdefault(round(float(index[0, 0])), []).append(index[:, 1:3])
        mask = np.zeros(geometry.shape, np.bool_)
        for z, contours in by_slice.items():
            if 0 <= z < geometry.shape[0]:
                mask[z] = filled(contours, geometry.shape[1:])
        masks[names[int(region.ReferencedROINumber)]] = mask
    return masks


def _tags(labels: Labels, classes: Sequence[LabelClass], source: DicomSource, now: datetime) -> Dataset:
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = _STORAGE
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = generate_uid()
    for name in _TAKEN_OVER:
        if name in source.first:
            made[name] = source.first[name]
    made.SpecificCharacterSet = "ISO_IR 192"  # names of labels may be in any script
    made.setdefault("PositionReferenceIndicator", "")
    made.Modality, made.SeriesInstanceUID, made.SeriesNumber = "RTSTRUCT", generate_uid(), "901"
    made.SeriesDescription, made.OperatorsName, made.InstanceNumber = "Contours", "", "1"
    made.Manufacturer = made.ManufacturerModelName = "UNet Studio"
    made.SoftwareVersions = unet_studio.__version__
    made.StructureSetLabel, made.ApprovalStatus = "Labels", "UNAPPROVED"
    made.StructureSetDate = made.InstanceCreationDate = made.SeriesDate = now.strftime("%Y%m%d")
    made.StructureSetTime = made.InstanceCreationTime = made.SeriesTime = now.strftime("%H%M%S")
    made.ReferencedFrameOfReferenceSequence = Items([_frame_of_reference(source)])
    rois, contours, observations = [], [], []
    for number, one in enumerate(_apart(classes), start=1):
        rois.append(_item(
            ROINumber=number, ReferencedFrameOfReferenceUID=source.first.FrameOfReferenceUID, ROIName=one.name,
            ROIGenerationAlgorithm="SEMIAUTOMATIC",
        ))  # fmt: skip
        drawn = Items(_contours(labels == one.value, source))
        contours.append(_item(ROIDisplayColor=list(one.colour), ContourSequence=drawn, ReferencedROINumber=number))
        observations.append(
            _item(ObservationNumber=number, ReferencedROINumber=number, RTROIInterpretedType="", ROIInterpreter="")
        )
    made.StructureSetROISequence, made.ROIContourSequence = Items(rois), Items(contours)
    made.RTROIObservationsSequence = Items(observations)
    if source.is_deidentified:
        mark_deidentified(made)
        del made.ContentCreatorName
    return made


def _apart(classes: Sequence[LabelClass]) -> list[LabelClass]:
    """The classes under names of at most 64 letters that differ, as readers tell regions by them."""
    found: list[LabelClass] = []
    for one in classes:
        name = one.name[:64]
        if any(name == c.name for c in found):
            name = f"{name[:58]} ({one.value})"
        found.append(LabelClass(one.value, name, one.colour))
    return found


def _frame_of_reference(source: DicomSource) -> Dataset:
    images = Items([_item(ReferencedSOPClassUID=t.SOPClassUID, ReferencedSOPInstanceUID=t.SOPInstanceUID)
                    for t in source.tags.values()])  # fmt: skip
    series = _item(SeriesInstanceUID=source.first.SeriesInstanceUID, ContourImageSequence=images)
    study = _item(
        ReferencedSOPClassUID=_STUDY_CLASS,
        ReferencedSOPInstanceUID=source.first.StudyInstanceUID,
        RTReferencedSeriesSequence=Items([series]),
    )
    return _item(FrameOfReferenceUID=source.first.FrameOfReferenceUID, RTReferencedStudySequence=Items([study]))


def _contours(mask: Any, source: DicomSource) -> list[Dataset]:
    found: list[Dataset] = []
    for z in np.flatnonzero(mask.any(axis=(1, 2))):
        frame = source.frames[z]
        for contour in contours_of(mask[z]):
            index = np.column_stack([np.full(len(contour), float(z)), contour, np.ones(len(contour))])
            points = (index @ source.geometry.matrix.T)[:, :3]
            item = _item(
                ContourGeometricType="CLOSED_PLANAR",
                NumberOfContourPoints=len(points),
                ContourNumber=len(found) + 1,
                ContourData=[f"{v:.9g}" for v in points.ravel()],  # a decimal string has at most 16 characters
            )
            if frame.path is not None:
                tags = source.tags[frame.path]
                image = _item(ReferencedSOPClassUID=tags.SOPClassUID, ReferencedSOPInstanceUID=tags.SOPInstanceUID)
                if int(tags.get("NumberOfFrames") or 1) > 1:
                    image.ReferencedFrameNumber = frame.number
                item.ContourImageSequence = Items([image])
            found.append(item)
    return found


def _item(**values: Any) -> Dataset:
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made
