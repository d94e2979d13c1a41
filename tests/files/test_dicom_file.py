"""Our own walk along a DICOM file's elements finds what pydicom finds, or leaves the file to it."""

import io
from contextlib import suppress
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from tests.files.phantoms import dicom_slice, save
from unet_studio.errors import ReadError
from unet_studio.files import dicom_file
from unet_studio.files.dicom_file import read_before_pixels
from unet_studio.files.dicom_header import slice_headers
from unet_studio.files.volumes import inspect, read_volume

FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"


def both(path: Path, monkeypatch):
    """The slices by our own walk (where it goes to the end), and by pydicom."""
    with path.open("rb", buffering=0) as file:
        dicom_file._walked(file, path.stat().st_size)
    ours = slice_headers(path)

    def odd(*_):
        raise dicom_file._Odd

    with monkeypatch.context() as patch:
        patch.setattr(dicom_file, "_walked", odd)
        return ours, slice_headers(path)


def test_every_file_that_is_walked_says_what_pydicom_says(monkeypatch):
    walked = 0
    for path in sorted(FOLDER.rglob("*.dcm")):
        try:
            ours, theirs = both(path, monkeypatch)
        except (dicom_file._Odd, ReadError, UnicodeDecodeError, dicom_file.struct.error):
            continue
        walked += 1
        assert ours == theirs, path.name
    assert walked >= 40


def nested(depth: int, *, undefined: bool) -> Dataset:
    inner = Dataset()
    inner.ReferencedSOPInstanceUID = "1.2.3"
    for _ in range(depth):
        outer = Dataset()
        outer.ReferencedImageSequence = Sequence([inner, Dataset()])
        outer["ReferencedImageSequence"].is_undefined_length = undefined
        for item in outer.ReferencedImageSequence:
            item.is_undefined_length_sequence_item = undefined
        inner = outer
    return inner


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
@pytest.mark.parametrize("undefined", [False, True])
def test_sequences_are_stepped_over(tmp_path, monkeypatch, syntax, undefined):
    made = dicom_slice(0, syntax=syntax, RescaleIntercept=-1024, DiffusionBValue=800.0, PatientComments="x" * 40_000)
    made.update(nested(3, undefined=undefined))
    ours, theirs = both(save(made, tmp_path / "a.dcm"), monkeypatch)
    assert ours == theirs and ours[0].phase[4] == 800.0 and ours[0].intercept == -1024


@pytest.mark.parametrize(
    "tags",
    [
        {"SeriesDescription": "Bäuche", "SpecificCharacterSet": "ISO_IR 100"},
        {"Rows": [6, 6]},
        {"SeriesDescription": "y" * 64, "PatientName": "Dœ^Jane", "SpecificCharacterSet": "ISO_IR 192"},
    ],
)
def test_what_is_unusual_is_left_to_pydicom(tmp_path, tags):
    made = dicom_slice(0, **{k: v for k, v in tags.items() if k != "Rows"})
    path = save(made, tmp_path / "a.dcm")
    (found,) = slice_headers(path)
    assert found.description == tags.get("SeriesDescription", "Abdomen")


def test_a_sequence_too_deep_is_left_to_pydicom(tmp_path):
    made = dicom_slice(0)
    made.update(nested(dicom_file._DEEPEST + 5, undefined=True))
    path = save(made, tmp_path / "a.dcm")
    with path.open("rb") as file, pytest.raises(dicom_file._Odd):
        dicom_file._walked(file, path.stat().st_size)
    assert len(slice_headers(path)) == 1


def test_lengths_that_can_not_be_never_lead_past_the_file(tmp_path):
    content = save(dicom_slice(0), tmp_path / "a.dcm").read_bytes()
    for at in range(132, 700):
        for value in (b"\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\0"):
            made = content[:at] + value + content[at + len(value) :]
            with suppress(*dicom_file.WALKING_ERRORS):
                read_before_pixels(io.BytesIO(made), Path("a.dcm"), len(made))


def test_a_deflated_file_is_read_and_a_deflated_bomb_is_refused(tmp_path, monkeypatch):
    path = save(dicom_slice(0, syntax=DeflatedExplicitVRLittleEndian), tmp_path / "a.dcm")
    assert np.array_equal(read_volume(path).voxels[0], np.frombuffer(dicom_slice(0).PixelData, np.int16).reshape(6, 5))
    monkeypatch.setattr(dicom_file, "_LEAST_CAP", 1 << 20)
    bomb = dicom_slice(0, syntax=DeflatedExplicitVRLittleEndian)
    bomb.add_new(0x00091001, "OB", bytes(64 << 20))
    found = inspect(save(bomb, tmp_path / "bomb.dcm"))
    assert found.outcome == "error" and "bomb.dcm" in found.message and "too large" in found.message
