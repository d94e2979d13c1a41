"""The DICOM files that pydicom ships: every coding gives the pixels pydicom's own decoders give, or a sentence."""

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file

from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.volumes import inspect, read_volume

FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"
GREY = [
    "CT_small.dcm", "MR_small.dcm", "MR_small_bigendian.dcm", "MR_small_implicit.dcm", "MR_small_RLE.dcm",
    "MR_small_expb.dcm", "MR_small_padded.dcm", "examples_overlay.dcm", "image_dfl.dcm",
]  # fmt: skip


def shipped(name: str) -> Path:
    return Path(str(get_testdata_file(name, download=False)))


@pytest.mark.filterwarnings("ignore:The pixel data is")  # pydicom's, of the padded file it is compared with
@pytest.mark.parametrize("name", GREY)
def test_grey_values_are_pydicoms_own_rescaled(name):
    tags = pydicom.dcmread(shipped(name))
    stored = tags.pixel_array.astype(np.int64)
    expected = stored * float(tags.get("RescaleSlope", 1)) + float(tags.get("RescaleIntercept", 0))
    assert np.array_equal(read_volume(shipped(name)).voxels.squeeze(), expected)


@pytest.mark.parametrize("name", ["MR_small_jp2klossless.dcm", "MR_small_jpeg_ls_lossless.dcm", "MR_small_RLE.dcm"])
def test_lossless_codings_of_one_image_give_one_image(name):
    assert np.array_equal(read_volume(shipped(name)).voxels, read_volume(shipped("MR_small.dcm")).voxels)


@pytest.mark.parametrize(
    "name", ["JPEG2000.dcm", "JPGExtended.dcm", "JPEG-lossy.dcm", "693_J2KI.dcm", "JPEGLSNearLossless_16.dcm"]
)
def test_lossy_codings_open(name):
    outcome = inspect(shipped(name))
    assert outcome.outcome.startswith("opens"), outcome.message


@pytest.mark.parametrize(
    "name",
    [
        "SC_rgb_dcmtk_+eb+cr.dcm",
        "SC_rgb_jpeg_dcmtk.dcm",
        "SC_rgb_rle.dcm",
        "SC_rgb_rle_16bit.dcm",
        "SC_rgb_small_odd.dcm",
    ],
)
def test_colour_pictures_have_red_above_blue(name):
    read = read_volume(shipped(name))
    assert read.channels == 3 and read.voxels.dtype == np.uint8
    top = read.voxels[0, 0, 0].astype(int)
    assert top[0] > top[2] or name == "SC_rgb_small_odd.dcm"


def test_a_palette_becomes_colour():
    read = read_volume(shipped("examples_palette.dcm"))
    assert read.channels == 3 and read.voxels.max() > 200


def test_jpeg_2000_of_the_other_sign_opens_as_its_tags_say():
    read = read_volume(shipped("J2K_pixelrep_mismatch.dcm"))
    assert read.voxels.min() >= -32768 and read.voxels.dtype.kind in "if"


def test_every_file_pydicom_ships_opens_asks_or_is_refused_in_words():
    seen = set()
    for path in sorted(FOLDER.glob("*.dcm")):
        found = inspect(path)
        seen.add(found.outcome)
        assert found.outcome != "error" or path.name in found.message, found.message
    assert {"opens", "opens_warn", "error"} <= seen


def test_a_dicomdir_tree_offers_its_series():
    folder = FOLDER / "dicomdirtests"
    with pytest.raises(ChoiceNeeded, match="series") as asked:
        read_volume(folder)
    assert len(asked.value.choices) == len(set(asked.value.choices)) >= 6
    assert read_volume(folder, asked.value.choices[0]).voxels.size


def test_a_truncated_file_and_a_report_are_refused():
    for name, word in (("MR_truncated.dcm", "damaged"), ("test-SR.dcm", "structured report"), ("rtplan.dcm", "plan")):
        with pytest.raises(ReadError, match=word):
            read_volume(shipped(name))
