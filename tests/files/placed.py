"""Where another program says that labels lie, and DICOM images in memory on any grid."""

from pathlib import Path

import numpy as np
import pydicom

from unet_studio.files.dicom_source import DicomSource, Frame
from unet_studio.image.volume import Geometry

REORDER = [2, 1, 0, 3]  # (x, y, z, 1) to (z, y, x, 1)


def on_grid(voxels: np.ndarray, to_lps: np.ndarray, geometry: Geometry) -> np.ndarray:
    """Voxels under a matrix of their own (array index to LPS mm), put where they lie on a grid; never off its points."""
    placed = np.zeros(geometry.shape, voxels.dtype)
    hit = np.argwhere(voxels)
    index = (np.linalg.inv(geometry.matrix) @ to_lps @ np.column_stack([hit, np.ones(len(hit))]).T)[:3].T
    assert np.abs(index - np.rint(index)).max(initial=0) < 1e-3
    placed[tuple(np.rint(index).astype(int).T)] = voxels[tuple(hit.T)]
    return placed


def source_on(geometry: Geometry, *, missing=(), is_deidentified: bool = False) -> DicomSource:
    """A CT whose slices lie on the grid, however that is turned; slices in ``missing`` have no image."""
    tags, frames = {}, []
    for z in range(geometry.shape[0]):
        if z in missing:
            frames.append(Frame(None))
            continue
        one = pydicom.Dataset()
        values = {
            "PatientName": "Doe^Jane", "PatientID": "PHI-12345", "PatientBirthDate": "19700101", "PatientSex": "F",
            "StudyInstanceUID": "1.2.3", "SeriesInstanceUID": "1.2.3.4", "SOPInstanceUID": f"1.2.3.4.{z + 1}",
            "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2", "FrameOfReferenceUID": "1.2.3.5", "Modality": "CT",
            "AccessionNumber": "ACC-PHI", "StudyID": "7", "StudyDate": "20200101", "StudyTime": "101010",
            "ReferringPhysicianName": "", "Rows": geometry.shape[1], "Columns": geometry.shape[2],
            "ImagePositionPatient": [round(v, 9) for v in geometry.patient_point((z, 0, 0))],
            "ImageOrientationPatient": [round(v, 9) for v in (*geometry.axes[2], *geometry.axes[1])],
            "PixelSpacing": list(geometry.spacing_mm[1:]), "SliceThickness": geometry.spacing_mm[0],
        }  # fmt: skip
        for name, value in values.items():
            setattr(one, name, value)
        path = Path(f"/scan/{z}.dcm")
        tags[path] = one
        frames.append(Frame(path, 1, one.SOPInstanceUID))
    return DicomSource(geometry, tuple(frames), tags, is_deidentified)
