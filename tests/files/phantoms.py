"""Scans made for the tests: voxels with one landmark that no flip or swap leaves in place, on any grid, in any format."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pydicom
from hypothesis import strategies as st
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from unet_studio.image.volume import Geometry, Volume

SHAPE = (4, 6, 5)
LANDMARK, BRIGHT = (1, 2, 3), 999
AXIAL = ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))


def voxels(shape=SHAPE, dtype=np.int16) -> np.ndarray:
    """Numbers that tell every voxel from its neighbours, and the landmark."""
    made = (np.arange(np.prod(shape)) % 200).reshape(shape).astype(dtype)
    made[tuple(min(i, n - 1) for i, n in zip(LANDMARK, shape, strict=True))] = (
        BRIGHT if np.dtype(dtype).itemsize > 1 else 250
    )
    return made


def labels(shape=SHAPE) -> np.ndarray:
    """Three labels, in no way symmetric."""
    made = np.zeros(shape, np.uint8)
    made[1:3, 1:4, 2:] = 1
    made[2, 2:, :2] = 2
    made[0, 0, 0] = 255
    return made


def volume(geometry: Geometry | None = None, dtype=np.int16) -> Volume:
    return Volume(voxels(dtype=dtype), geometry or Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0)))


@st.composite
def geometries(draw, shape=SHAPE):
    """Every axis order and flip, turned by any angles, with uneven spacing."""
    order = draw(st.permutations([0, 1, 2]))
    signs = draw(st.tuples(*[st.sampled_from([-1.0, 1.0])] * 3))
    a, b, c = (draw(st.floats(-0.7, 0.7)) if draw(st.booleans()) else 0.0 for _ in range(3))
    turns = [
        [[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]],
        [[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]],
        [[1, 0, 0], [0, np.cos(c), -np.sin(c)], [0, np.sin(c), np.cos(c)]],
    ]
    turned = np.array(turns[0]) @ turns[1] @ turns[2]
    axes = tuple(tuple(float(v) + 0.0 for v in signs[i] * turned[order[i]]) for i in range(3))
    size = st.floats(0.3, 8.0).map(lambda v: round(v, 3))
    place = st.floats(-400, 400).map(lambda v: round(v, 3))
    return Geometry(shape, draw(st.tuples(size, size, size)), draw(st.tuples(place, place, place)), axes)


def nifti(
    data: np.ndarray | None = None,
    *,
    dim=None,
    datatype=4,
    pixdim=(1, 0.8, 0.9, 2.5, 1, 1, 1, 1),
    slope=1.0,
    inter=0.0,
    qform=1,
    sform=1,
    quaternion=(0, 0, 0),
    offset=(-8.0, -10.0, -20.0),
    rows=None,
    units=2,
    magic=b"n+1\0",
    order="<",
    vox_offset=352.0,
    raw=None,
) -> bytes:
    """The bytes of a NIfTI-1 file, every field free to be wrong."""
    data = voxels() if data is None else data
    dim = dim or [data.ndim, *data.shape[::-1], *[1] * (7 - data.ndim)]
    rows = rows or [[pixdim[1], 0, 0, offset[0]], [0, pixdim[2], 0, offset[1]], [0, 0, pixdim[3], offset[2]]]
    head = bytearray(348)

    def put(form: str, at: int, *values) -> None:
        struct.pack_into(order + form, head, at, *values)

    put("i", 0, 348), put("8h", 40, *dim), put("h", 70, datatype), put("h", 72, data.dtype.itemsize * 8)
    put("8f", 76, *pixdim), put("f", 108, vox_offset), put("f", 112, slope), put("f", 116, inter)
    head[123] = units
    put("h", 252, qform), put("h", 254, sform), put("3f", 256, *quaternion), put("3f", 268, *offset)
    for i, row in enumerate(rows):
        put("4f", 280 + 16 * i, *row)
    head[344:348] = magic
    body = raw if raw is not None else np.ascontiguousarray(data).astype(data.dtype.newbyteorder(order)).tobytes()
    return bytes(head) + bytes(4) + body


def nifti_file(folder: Path, name: str = "scan.nii.gz", *args, **fields) -> Path:
    made = nifti(*args, **fields)
    path = folder / name
    path.write_bytes(gzip.compress(made, 1) if name.endswith(".gz") else made)
    return path


def dicom_slice(k: int, pixels: np.ndarray | None = None, *, syntax=ExplicitVRLittleEndian, **tags) -> pydicom.Dataset:
    """Slice ``k`` of a CT with 2.5 mm between slices; a tag given as None is left out."""
    pixels = voxels()[k % SHAPE[0]] if pixels is None else pixels
    made = pydicom.Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = syntax
    number = tags.get("SeriesNumber", 3)
    values = {
        "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2",
        "SOPInstanceUID": f"1.2.3.{number}.{k + 1}",
        "StudyInstanceUID": "1.2.3",
        "SeriesInstanceUID": f"1.2.3.{number}",
        "SeriesNumber": number,
        "SeriesDescription": "Abdomen",
        "Modality": "CT",
        "PatientName": "Doe^Jane",
        "PatientID": "PHI-12345",
        "InstanceNumber": k + 1,
        "ImagePositionPatient": [-8, -10, -20 + 2.5 * k],
        "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "PixelSpacing": [0.9, 0.8],
        "SliceThickness": 4,
        "Rows": pixels.shape[0],
        "Columns": pixels.shape[1],
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "BitsAllocated": pixels.dtype.itemsize * 8,
        "BitsStored": pixels.dtype.itemsize * 8,
        "HighBit": pixels.dtype.itemsize * 8 - 1,
        "PixelRepresentation": int(pixels.dtype.kind == "i"),
        "RescaleSlope": 1,
        "RescaleIntercept": 0,
        "PixelData": pixels.tobytes(),
    } | tags
    for name, value in values.items():
        if value is not None:
            setattr(made, name, value)
    made["PixelData"].VR = "OW" if made.BitsAllocated > 8 else "OB"
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID or "1.2.9"
    return made


def save(slice_: pydicom.Dataset, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    slice_.save_as(path, enforce_file_format=True)
    return path


def dicom_series(folder: Path, ks=range(SHAPE[0]), prefix: str = "IM", **tags) -> Path:
    for k in ks:
        save(dicom_slice(k, **tags), folder / f"{prefix}{k:03d}.dcm")
    return folder
