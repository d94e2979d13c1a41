"""Makes ``resources/sample/`` from the ICBM152 template as the Python package nilearn ships it; nothing is downloaded.

    python installer/make_sample.py

Needs the ``[test]`` extra. The same input gives the same bytes.
"""

import gzip
import io
import json
from pathlib import Path

import nibabel as nib
import numpy as np
from nilearn import datasets
from numpy.typing import NDArray
from scipy import ndimage

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
MARGIN = 6  # voxels of empty space kept around the brain
SMOOTHING = 0.7  # voxels; takes single-voxel speckle from the tissue borders
REVIEWED = 8
CLASSES = (
    {"value": 1, "name": "Grey matter", "colour": [240, 106, 80]},
    {"value": 2, "name": "White matter", "colour": [64, 178, 240]},
    {"value": 3, "name": "CSF", "colour": [250, 214, 70]},
)


def main() -> None:
    """Afterwards the folder holds the scan, its reference labels and the plan of the sample project."""
    template = datasets.load_mni152_template(resolution=1)
    t1, grey, white = (
        np.asarray(image.dataobj, dtype=np.float32)
        for image in (template, datasets.load_mni152_gm_template(1), datasets.load_mni152_wm_template(1))
    )
    box = crop_box(t1 > 0)
    scan = np.rint(t1 * 255).astype(np.uint8)[box]
    labels = tissue(t1 > 0, grey, white)[box]
    affine = template.affine.copy()
    affine[:3, 3] += affine[:3, :3] @ [s.start for s in box]
    FOLDER.mkdir(parents=True, exist_ok=True)
    write(FOLDER / "brain.nii.gz", scan, affine, "ICBM 2009a symmetric T1, brain only")
    write(FOLDER / "tissue.nii.gz", labels, affine, "1 grey matter, 2 white matter, 3 CSF")
    plan = {
        "name": "Brain",
        "scan": "brain.nii.gz",
        "reference": "tissue.nii.gz",
        "classes": CLASSES,
        "reviewed": reviewed(labels),
    }
    (FOLDER / "sample.json").write_text(json.dumps(plan, indent=2) + "\n", encoding="utf-8")


def crop_box(brain: NDArray[np.bool_]) -> tuple[slice, ...]:
    """The box (x, y, z) around the brain with a margin, inside the array."""
    box = ndimage.find_objects(brain.astype(np.uint8))[0]
    return tuple(
        slice(max(0, s.start - MARGIN), min(n, s.stop + MARGIN)) for s, n in zip(box, brain.shape, strict=True)
    )


def tissue(brain: NDArray[np.bool_], grey: NDArray[np.float32], white: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The likeliest tissue of each brain voxel (x, y, z); CSF is what neither the grey nor the white map explains."""
    chances = [ndimage.gaussian_filter(c, SMOOTHING) for c in (grey, white, np.where(brain, 1 - grey - white, 0))]
    return np.where(brain, np.argmax(chances, axis=0) + 1, 0).astype(np.uint8)


def reviewed(labels: NDArray[np.uint8]) -> list[int]:
    """Axial slices spread evenly over the brain, its very ends left out as there is little to see there."""
    filled = np.flatnonzero((labels > 0).any(axis=(0, 1)))
    first, last = np.percentile(filled, [18, 88])
    return [int(k) for k in np.rint(np.linspace(first, last, REVIEWED))]


def write(path: Path, voxels: NDArray[np.uint8], affine: NDArray[np.float64], description: str) -> None:
    """A NIfTI file (x, y, z) in MNI space, without a time stamp in its gzip header."""
    image = nib.Nifti1Image(voxels, affine)
    image.header.set_xyzt_units("mm")
    image.header["descrip"] = description
    image.set_sform(affine, code=4)
    image.set_qform(affine, code=4)
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(image.to_bytes())
    path.write_bytes(raw.getvalue())


if __name__ == "__main__":
    main()
