"""Valid files with bytes flipped, cut and lengths changed: opened, asked about or refused in words, never anything else."""

import random
import time
from pathlib import Path

import numpy as np
import pytest
from pydicom.data import get_testdata_file

from tests.files.phantoms import dicom_slice, labels, nifti, save, volume, voxels
from unet_studio.errors import WriteError
from unet_studio.files.volumes import inspect, inspection_json, write_volume
from unet_studio.image.volume import Geometry, Volume

DEADLINE_S = 10.0  # that of the decoding child, and a busy machine


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    (folder / "a.nii").write_bytes(nifti())
    for name in ("b.nii.gz", "c.nrrd", "d.mha"):
        write_volume(folder / name, volume())
    picture = Volume(labels()[:1].copy(), Geometry((1, 6, 5)))
    for name in ("e.png", "f.tif"):
        write_volume(folder / name, picture)
    save(dicom_slice(0), folder / "g.dcm")
    for name in ("MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "SC_rgb_jpeg_dcmtk.dcm"):
        (folder / f"h_{name}").write_bytes(Path(str(get_testdata_file(name, download=False))).read_bytes())
    return [(p.name, p.read_bytes()) for p in sorted(folder.iterdir())]


def mutated(content: bytes, dice: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        kind = dice.randrange(4)
        at = dice.randrange(max(1, min(len(made), 700 if dice.random() < 0.7 else 20_000)))
        if kind == 0:
            made[at : at + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del made[dice.randrange(1, len(made) + 1) :]
        elif kind == 2:
            made[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"9999", b"-1  "])
        else:
            made[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 9)))
    return bytes(made)


@pytest.mark.parametrize("seed", [*range(6), None])
def test_a_mutated_file_ends_in_an_outcome_and_soon(originals, tmp_path, seed):
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed  # a new one each run, named where it fails
    dice = random.Random(seed)
    for number in range(45):
        name, content = dice.choice(originals)
        path = tmp_path / f"{number}{name}"
        path.write_bytes(mutated(content, dice))
        started = time.monotonic()
        found = inspection_json(inspect(path))
        assert time.monotonic() - started < DEADLINE_S, (seed, path.name)
        assert found["outcome"] in ("opens", "opens_warn", "asks", "error")
        assert found["outcome"] != "error" or path.name in found["message"], (seed, found["message"])


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
