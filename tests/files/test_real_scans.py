"""Scans nobody here made: nilearn's brain, and, where they lie beside the project, real series with known facts."""

import importlib.util
import json
import os
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - as everybody writes it

from unet_studio.errors import ChoiceNeeded, GridMismatch
from unet_studio.files.label_maps import label_values, read_label_map, write_label_map
from unet_studio.files.volumes import inspect, read_volume

SHARED = Path(os.environ.get("UNET_STUDIO_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
beside = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the real scans of ../shared/data, which are not beside the project"
)


@pytest.fixture(scope="module")
def brain() -> Path:
    spec = importlib.util.find_spec("nilearn")  # its data alone: importing it takes seconds
    assert spec is not None and spec.origin is not None
    return next((Path(spec.origin).parent / "datasets" / "data").glob("mni_icbm152_t1*.nii.gz"))


def test_the_brain_lies_where_nibabel_and_simpleitk_say(brain):
    ours, theirs, itk = read_volume(brain), nibabel.load(brain), sitk.ReadImage(str(brain))
    assert np.allclose(ours.voxels, np.asarray(theirs.dataobj).T, rtol=1e-6)
    z, y, x = at = (40, 50, 60)
    assert ours.geometry.patient_point(at) == pytest.approx(itk.TransformIndexToPhysicalPoint((x, y, z)))
    assert ours.geometry.patient_point(at) == pytest.approx(tuple((theirs.affine @ [x, y, z, 1])[:3] * [-1, -1, 1]))


def test_a_mask_of_the_brain_is_nibabels_mask(brain, tmp_path):
    ours = read_volume(brain)
    mask = (ours.voxels > np.percentile(ours.voxels, 80)).astype(np.uint8)
    path = write_label_map(tmp_path / "mask.nii.gz", mask, ours.geometry)
    theirs = nibabel.load(path)
    assert np.allclose(theirs.affine, nibabel.load(brain).affine)
    assert np.array_equal(np.asarray(theirs.dataobj).T, mask)


def facts() -> dict:
    return json.loads((SHARED / "dicom" / "facts.json").read_text()) if SHARED.is_dir() else {}


@beside
@pytest.mark.parametrize("name", [k for k, v in facts().items() if "probes" in v])
def test_a_series_is_what_its_tags_say_in_numbers(name):
    fact, scan = facts()[name], read_volume(SHARED / name)
    g = scan.geometry
    normal = np.cross(g.axes[2], g.axes[1])
    assert list(g.shape[::-1]) == fact["size_xyz"]
    assert g.spacing_mm[:0:-1] == pytest.approx(fact["spacing_xy"], abs=1e-6)
    assert g.spacing_mm[0] * float(np.dot(g.axes[0], normal)) == pytest.approx(
        np.median(fact["slice_gaps_mm"]), abs=1e-3
    )
    assert g.origin_mm == pytest.approx(fact["origin_lps"], abs=1e-3)
    assert [*g.axes[2], *g.axes[1], *normal] == pytest.approx(
        [*fact["row_dir"], *fact["col_dir"], *fact["slice_normal"]], abs=1e-6
    )
    assert (scan.voxels.min(), scan.voxels.max()) == (fact["min"], fact["max"])
    is_moved = any("right grid" in w for w in scan.warnings)  # a tilted gantry's slices, by whole pixels
    assert scan.voxels.mean() == pytest.approx(fact["mean"], **({"rel": 1e-3} if is_moved else {"abs": 1e-3}))
    for probe in fact["probes"]:
        index = np.linalg.inv(g.matrix) @ [*probe["lps_mm"], 1]
        at = tuple(round(float(i)) for i in index[:3])
        assert np.abs(index[:3] - at).max() <= 0.5
        assert is_moved or g.patient_point(at) == pytest.approx(probe["lps_mm"], abs=2e-3)  # the slices jitter by 1e-3
        assert scan.voxels[at] == probe["value"]


@beside
def test_every_coding_of_one_image_decodes_to_the_same_pixels():
    fact = facts()["dicom/transfer-syntaxes"]
    for path in sorted((SHARED / "dicom" / "transfer-syntaxes").iterdir()):
        found = read_volume(path).voxels
        told = (fact["rows"], fact["min"], fact["max"], fact["sum"])
        assert (found.shape[1], found.min(), found.max(), found.sum(dtype=np.int64)) == told, path.name


@beside
@pytest.mark.parametrize("name", ["mr-sagittal-hfs", "ct-gantry-tilt"])
def test_a_series_agrees_with_another_programs_conversion(name):
    ours = read_volume(SHARED / "dicom" / name)
    theirs = read_volume(SHARED / "dicom" / "reference" / f"{name}{'_Tilt_1' if 'tilt' in name else ''}.nii.gz")
    dice = np.random.default_rng(0)
    pairs = []
    for _ in range(3000):
        at = tuple(int(dice.integers(2, n - 2)) for n in ours.geometry.shape)
        index = np.linalg.inv(theirs.geometry.matrix) @ [*ours.geometry.patient_point(at), 1]
        there = tuple(round(float(i)) for i in index[:3])
        if all(0 <= i < n for i, n in zip(there, theirs.geometry.shape, strict=True)):
            pairs.append((ours.voxels[at], theirs.voxels[there]))
    a, b = np.array(pairs, np.float64).T
    assert len(pairs) > 2500 and np.corrcoef(a, b)[0, 1] > (0.9 if "tilt" in name else 0.9999)


@beside
def test_labels_stored_from_front_to_back_lie_on_their_organs():
    folder = SHARED / "labelled" / "abdomen-ct"
    scan = read_volume(folder / "dicom")
    labels, _ = read_label_map(folder / "labels.nii.gz", scan.geometry)
    hu = {
        organ: float(np.median(scan.voxels[labels == value]))
        for organ, value in (("spleen", 1), ("liver", 5), ("aorta", 52))
    }
    assert all(60 < v < 300 for v in hu.values()), hu
    assert scan.voxels[labels == 5].std() < 50 < 200 < scan.voxels[labels[:, ::-1] == 5].std()


@beside
def test_every_image_with_every_label_of_any_axis_order_overlays_alike():
    folder = SHARED / "tricky" / "nifti" / "orientation"
    means = set()
    for image in sorted(folder.glob("image*")):
        scan = read_volume(image)
        for mask in sorted(folder.glob("label*")):
            means.add(round(float(scan.voxels[read_label_map(mask, scan.geometry)[0] > 0].mean()), 6))
    assert len(means) == 1


@beside
@pytest.mark.parametrize(
    ("name", "outcome", "words"),
    [
        ("dicom/missing-slices", "opens_warn", "missing"),
        ("dicom/duplicate-slice", "opens_warn", "1 duplicate image"),
        ("dicom/shuffled-names-no-extension", "opens", ""),
        ("dicom/two-series-in-one-folder", "asks", "2 series"),
        ("dicom/junk-and-one-corrupt-slice", "opens_warn", "0005.dcm is damaged"),
        ("dicom/localizer-inside-series", "opens_warn", "localizer"),
        ("dicom/no-pixel-spacing", "opens_warn", "spacing"),
        ("dicom/monochrome1", "opens_warn", "MONOCHROME1"),
        ("dicom/single/MR_truncated.dcm", "error", "damaged"),
        ("dicom/single/badVR.dcm", "error", "no image"),
        ("dicom/single/meta_missing_tsyntax.dcm", "error", "no image"),
        ("nifti/nan_and_inf.nii.gz", "opens_warn", "non-finite"),
        ("nifti/4d_three_volumes.nii.gz", "asks", "3 frames"),
        ("nifti/constant_image.nii.gz", "opens", ""),
        ("nifti/no_forms_zero_pixdim.nii.gz", "opens_warn", "spacing"),
        ("nifti/truncated.nii.gz", "error", "cut short"),
        ("nifti/plain_named_gz.nii.gz", "opens", ""),
        ("nifti/empty.nii.gz", "error", "empty"),
        ("nifti/text.nii", "error", "format"),
        ("nifti/pair/im.hdr", "opens", ""),
        ("nifti/pair/im.img", "opens", ""),
        ("images/gray16.png", "opens", ""),
        ("images/rgba.png", "opens_warn", "alpha"),
        ("images/palette.png", "opens", ""),
        ("images/truncated.png", "error", "damaged"),
        ("images/jpeg_named.png", "opens", ""),
        ("images/one_pixel.png", "opens", ""),
        ("other/image.nrrd", "opens", ""),
        ("other/image.mha", "opens", ""),
    ],
)
def test_an_awkward_file_ends_as_it_should(name, outcome, words):
    found = inspect(SHARED / "tricky" / name)
    assert found.outcome == outcome and words in found.message, found.message


@beside
def test_awkward_masks_are_what_they_mean():
    folder = SHARED / "tricky" / "nifti"
    grid = read_volume(folder / "constant_image.nii.gz").geometry
    assert label_values(folder / "label_255.nii.gz")[0] == (0, 255)
    assert set(np.unique(read_label_map(folder / "label_as_float.nii.gz", grid)[0])) == {0, 1}
    with pytest.raises(GridMismatch, match="30 × 40 × 30"):
        read_label_map(folder / "label_other_grid.nii.gz", grid)


@beside
def test_a_multi_frame_file_decodes_to_the_same_volume_compressed_or_not():
    folder = SHARED / "dicom" / "multiframe"
    plain, packed = (read_volume(folder / f"emri_small{e}.dcm") for e in ("", "_rle"))
    assert np.array_equal(plain.voxels, packed.voxels)
    philips = read_volume(folder / "philips-enhanced-mr.dcm").geometry
    reference = read_volume(SHARED / "dicom" / "reference" / "multiframe-philips-enhanced-mr.nii.gz").geometry
    assert sorted(philips.shape) == sorted(reference.shape)
    ours = np.sort([philips.patient_point(c) for c in np.ndindex(2, 2, 2)], axis=0)
    assert ours.shape == (8, 3) and np.isfinite(ours).all()


@beside
def test_every_labelled_pair_opens_on_one_grid():
    folder = SHARED / "labelled"
    count = 0
    for name, masks in (
        ("hippocampus-mr", "labels"),
        ("axon-sem", "labels"),
        ("chest-xray", "masks"),
        ("retina-rgb", "labels"),
    ):
        for path in sorted((folder / name / "images").iterdir())[:4]:
            mask = next(p for p in (folder / name / masks).iterdir() if p.stem.split(".")[0] == path.stem.split(".")[0])
            try:
                scan = read_volume(path)
            except ChoiceNeeded as error:
                pytest.fail(f"{path.name}: {error}")
            values, voxels = label_values(mask, scan.geometry)
            assert voxels.shape == scan.geometry.shape and len(values) > 1, path.name
            count += 1
    assert count == 15
