"""The sample that comes with the program."""

import importlib.util
import json
from pathlib import Path

import nibabel as nib
import numpy as np
import pytest

from unet_studio.labels.label_map import LabelClass
from unet_studio.resources import resource
from unet_studio.segmentation.samples import held_out_slices

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def plan() -> dict:
    return json.loads(resource("sample", "sample.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def images(plan):
    return tuple(nib.load(resource("sample", plan[key])) for key in ("scan", "reference"))


@pytest.fixture(scope="module")
def arrays(images):
    return tuple(np.asarray(image.dataobj) for image in images)


def test_the_labels_lie_on_the_grid_of_the_scan(images):
    scan, reference = images
    assert scan.shape == reference.shape
    assert np.array_equal(scan.affine, reference.affine)
    assert scan.header.get_zooms() == (1, 1, 1)
    assert nib.aff2axcodes(scan.affine) == ("R", "A", "S")


def test_every_label_has_a_class_and_every_class_occurs(plan, arrays):
    classes = [LabelClass(c["value"], c["name"], tuple(c["colour"])) for c in plan["classes"]]
    assert [c.name for c in classes] == ["Grey matter", "White matter", "CSF"]
    assert sorted(np.unique(arrays[1])) == [0, *(c.value for c in classes)]


def test_csf_is_darker_than_grey_matter_and_grey_than_white(arrays):
    """As they are on a T1 picture."""
    scan, labels = arrays
    grey, white, csf = (scan[labels == value] for value in (1, 2, 3))
    assert np.percentile(csf, 90) < np.percentile(grey, 50) < np.percentile(white, 10)
    assert (scan[labels == 0] == 0).all()


def test_the_brain_is_the_size_of_a_brain(arrays):
    grey, white, csf = (int((arrays[1] == value).sum()) / 1000 for value in (1, 2, 3))  # ml, as a voxel is 1 mm
    assert 1000 < grey < 1300
    assert 500 < white < 800
    assert 80 < csf < 250


def test_a_handful_of_slices_spread_over_the_brain_starts_out_reviewed(plan, arrays):
    reviewed, labels = plan["reviewed"], arrays[1]
    assert len(reviewed) == 8
    assert min(np.diff(reviewed)) > 10
    assert all(set(np.unique(labels[:, :, k])) == {0, 1, 2, 3} for k in reviewed)
    assert len(held_out_slices(reviewed)) == 2


def test_the_sample_is_small_and_carries_its_notice():
    folder = resource("sample")
    assert sum(f.stat().st_size for f in folder.iterdir()) < 4_000_000
    notice = (folder / "LICENCE-ICBM152.txt").read_text(encoding="utf-8")
    assert "Copyright (C) 1993-2009 Louis Collins, McConnell Brain Imaging Centre" in notice
    assert "as is" in notice


@pytest.mark.filterwarnings("default")  # nilearn's own imports warn
def test_the_sample_is_what_its_maker_makes(plan, arrays, tmp_path):
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "installer" / "make_sample.py")
    make_sample = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_sample)
    make_sample.FOLDER = tmp_path
    make_sample.main()
    assert json.loads((tmp_path / "sample.json").read_text(encoding="utf-8")) == plan
    for key, voxels in zip(("scan", "reference"), arrays, strict=True):
        assert np.array_equal(np.asarray(nib.load(tmp_path / plan[key]).dataobj), voxels)
