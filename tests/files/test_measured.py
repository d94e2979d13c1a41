"""A voxel size that the user gives where the file tells none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.files.phantoms import nifti_file
from unet_studio.errors import ReadError
from unet_studio.files.measured import split_spacing, with_spacing
from unet_studio.files.volumes import read_volume

sizes = st.floats(0.001, 900).map(lambda v: round(v, 5))


@given(st.text(), st.tuples(sizes, sizes, sizes))
def test_what_is_given_is_what_is_read_again(choice, spacing):
    plain = split_spacing(choice)[0]
    assert split_spacing(with_spacing(choice, spacing)) == (plain, spacing)
    assert with_spacing(with_spacing(choice, (1.0, 2.0, 3.0)), spacing) == with_spacing(choice, spacing)


def test_a_picture_has_mm_once_its_pixel_size_is_given_and_is_the_same_scan(tmp_path):
    Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8)).save(tmp_path / "a.png")
    plain, sized = read_volume(tmp_path / "a.png"), read_volume(tmp_path / "a.png", "@0.5x0.25x2")
    assert not plain.geometry.has_spacing and sized.geometry.has_spacing
    assert sized.geometry.spacing_mm == (2.0, 0.25, 0.5) and sized.fingerprint == plain.fingerprint
    assert "given by the user" in sized.warnings[0]


def test_a_scan_that_tells_its_own_size_takes_no_other(tmp_path):
    path = nifti_file(tmp_path)
    with pytest.raises(ReadError, match="its own voxel size"):
        read_volume(path, "@1x1x1")
