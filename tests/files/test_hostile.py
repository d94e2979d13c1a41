"""Valid files with bytes flipped, cut and lengths changed: opened, asked about or refused in words, never anything else."""

import random

import numpy as np
import pytest

from tests.files.mutations import faults_of, originals
from tests.files.phantoms import nifti, voxels
from unet_studio.errors import WriteError
from unet_studio.files.volumes import inspect, write_volume
from unet_studio.image.volume import Geometry, Volume


@pytest.fixture(scope="module")
def valid(tmp_path_factory):
    return originals(tmp_path_factory.mktemp("originals"))


@pytest.mark.parametrize("seed", [*range(6), None])
def test_a_mutated_file_ends_in_an_outcome_and_soon(valid, tmp_path, seed):
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed  # a new one each run, named where it fails
    assert faults_of(valid, tmp_path, seed=seed, count=45) == [], seed


def test_nan_in_every_float_of_a_header_is_an_outcome(tmp_path):
    content = nifti()
    for at in [*range(76, 108, 4), 108, 112, 116, *range(256, 328, 4)]:
        for value in (np.nan, np.inf, -np.inf, 3e38, -3e38, 1e-45):
            made = bytearray(content)
            made[at : at + 4] = np.float32(value).tobytes()
            (tmp_path / "x.nii").write_bytes(bytes(made))
            assert inspect(tmp_path / "x.nii").outcome in ("opens", "opens_warn", "error")


def test_a_signalling_nan_in_a_header_warns_of_nothing(tmp_path):
    made = bytearray(nifti())
    made[280:284] = b"\1\0\xa0\x7f"
    (tmp_path / "x.nii").write_bytes(bytes(made))
    assert inspect(tmp_path / "x.nii").outcome == "opens"  # by its qform


@pytest.mark.parametrize("name", ["", ".", "a\0b", "folder"])
@pytest.mark.parametrize("header", ["ElementDataFile = {}", "ElementDataFile{}"])
def test_a_header_that_names_no_file_is_damaged_in_words(tmp_path, name, header):
    (tmp_path / "folder").mkdir()
    text = "ObjectType = Image\nNDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\n" + header.format(name) + "\n"
    (tmp_path / "x.mhd").write_bytes(text.encode())
    found = inspect(tmp_path / "x.mhd")
    assert found.outcome == "error" and "x.mhd" in found.message


def test_an_unwritable_type_is_a_sentence_not_a_bug(tmp_path):
    with pytest.raises(WriteError):
        write_volume(tmp_path / "x.png", Volume(voxels(dtype=np.float64), Geometry((4, 6, 5))))
