"""``python -m tests.files.table SHARED``: real scans against their known facts, and every export against its own reader."""

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import highdicom
import nibabel
import numpy as np
import slicerio
import trimesh

from tests.files.phantoms import SHAPE
from tests.files.placed import REORDER, on_grid, source_on
from tests.files.test_rtstruct import by_pydicom
from unet_studio.errors import StudioError
from unet_studio.files.dicom_seg import write_seg
from unet_studio.files.label_maps import read_label_map, write_label_map
from unet_studio.files.mesh import surface_of, write_surface
from unet_studio.files.rtstruct import write_rtstruct
from unet_studio.files.volumes import inspect, read_volume
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass

CLASSES = (LabelClass(1, "Liver", (200, 120, 40)), LabelClass(2, "Kidney", (10, 200, 30)))
_A, _B = np.cos(0.5), np.sin(0.5)
GRIDS = {
    "axial": ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
    "coronal": ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)),
    "sagittal": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
    "oblique": ((0.0, -_B, _A), (0.0, _A, _B), (1.0, 0.0, 0.0)),
    "left-handed": ((0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
}


def main() -> None:
    shared = Path(sys.argv[1]) / "data"
    print("| series | size | gap mm | origin | directions | range | probes |\n|:--|:--|:--|:--|:--|:--|:--|")
    for name, fact in json.loads((shared / "dicom" / "facts.json").read_text()).items():
        print("|", name, "|", " | ".join(_series(shared / name, fact)), "|")
    print("\n| tricky | outcome | said |\n|:--|:--|:--|")
    for name in json.loads((shared / "tricky" / "expectations.json").read_text()):
        found = inspect(shared / name)
        sizes = "; ".join("×".join(str(n) for n in v.size_xyz) for v in found.volumes[:3])
        print(f"| {name} | {found.outcome} {sizes} | {found.message[:150]} |")
    print("\n| grid | " + " | ".join(_READERS) + " |\n|:--|" + ":--|" * len(_READERS))
    with tempfile.TemporaryDirectory() as folder:
        for name, axes in GRIDS.items():
            grid = Geometry(SHAPE, (2.5, 0.9, 0.8), (-8.0, -10.0, -20.0), axes)
            print(f"| {name} |", " | ".join(read(Path(folder), grid) for read in _READERS.values()), "|")


def _series(path: Path, fact: dict) -> Iterator[str]:
    if path.is_dir() and "probes" not in fact:
        sums = [int(read_volume(p).voxels.sum(dtype=np.int64)) for p in sorted(path.iterdir())]
        yield f"{len(sums)} files, sum {'equal' if set(sums) == {fact['sum']} else sums}"
        return
    if "probes" not in fact:
        for volume in inspect(path).volumes:
            scan = read_volume(path, volume.id)
            yield f"{'×'.join(str(n) for n in volume.size_xyz)} of {fact['frames']} frames, sum {scan.voxels.sum(dtype=np.int64)}"
        return
    try:
        scan = read_volume(path)
    except StudioError as error:
        yield str(error)
        return
    g, (low, high) = scan.geometry, (scan.voxels.min(), scan.voxels.max())
    gap, origin = np.median(fact["slice_gaps_mm"]), np.abs(np.subtract(g.origin_mm, fact["origin_lps"])).max()
    turned = np.abs(
        np.subtract([*g.axes[2], *g.axes[1], *g.axes[0]], [*fact["row_dir"], *fact["col_dir"], *fact["slice_normal"]])
    ).max()
    good, far = 0, 0.0
    for probe in fact["probes"]:
        index = (np.linalg.inv(g.matrix) @ [*probe["lps_mm"], 1])[:3]
        at = tuple(int(i) for i in np.rint(index))
        good += abs(float(scan.voxels[at]) - probe["value"]) <= 1e-3 * max(1, abs(probe["value"]))
        far = max(far, float(np.abs(np.subtract(g.patient_point(at), probe["lps_mm"])).max()))
    yield "equal" if list(g.shape[::-1]) == fact["size_xyz"] else f"{g.shape[::-1]} for {fact['size_xyz']}"
    yield f"{g.spacing_mm[0]:.4f} for {gap:.4f}"
    yield f"{origin:.1e} mm off"
    yield f"{turned:.1e} off"
    yield "equal" if (low, high) == (fact["min"], fact["max"]) else f"{low}…{high} for {fact['min']}…{fact['max']}"
    yield f"{good} of {len(fact['probes'])}, at most {far:.4f} mm off"


def _drawn() -> np.ndarray:
    made = np.zeros(SHAPE, np.uint8)
    made[1:3, 1:4, 2:] = 1
    made[2, 4:, :2] = 2
    return made


def _same(found: np.ndarray) -> str:
    return "same" if np.array_equal(found, _drawn()) else f"{np.count_nonzero(found != _drawn())} voxels differ"


def _by_nibabel(folder: Path, grid: Geometry) -> str:
    image = nibabel.load(write_label_map(folder / "m.nii.gz", _drawn(), grid))
    to_lps = (np.diag([-1.0, -1.0, 1.0, 1.0]) @ image.affine)[:, REORDER]
    return _same(on_grid(np.asarray(image.dataobj).T, to_lps, grid))


def _by_slicerio(folder: Path, grid: Geometry) -> str:
    read = slicerio.read_segmentation(str(write_label_map(folder / "m.seg.nrrd", _drawn(), grid, CLASSES)))
    to_lps = np.asarray(read["ijkToLPS"])[:, REORDER]
    return _same(on_grid(read["voxels"].T, to_lps, grid))


def _by_highdicom(folder: Path, grid: Geometry) -> str:
    path = write_seg(folder / "m.dcm", _drawn(), CLASSES, source_on(grid))
    volume = highdicom.seg.segread(path).get_volume(combine_segments=True, allow_missing_positions=True)
    return _same(on_grid(volume.array, volume.affine, grid))


def _by_pydicom(folder: Path, grid: Geometry) -> str:
    path = write_rtstruct(folder / "r.dcm", _drawn(), CLASSES, source_on(grid), now=datetime.now().astimezone())
    found = by_pydicom(path, grid)
    ours = np.zeros(SHAPE, np.uint8)
    for value, one in enumerate(CLASSES, start=1):
        ours[found[one.name]] = value
    return f"{_same(ours)}, ours {_same(read_label_map(path, grid)[0])}"


def _by_trimesh(folder: Path, grid: Geometry) -> str:
    mask = _drawn() == 1
    mesh = trimesh.load(write_surface(folder / "s.stl", surface_of(mask, grid)))
    points = np.array([grid.patient_point(tuple(at)) for at in np.ndindex(SHAPE)])
    inside = (_winding(mesh.triangles, points) > 0.5).reshape(SHAPE)
    state = "watertight" if mesh.is_watertight and mesh.volume > 0 else "open"
    return f"{state}, {np.count_nonzero(inside != mask)} of {mask.sum()} voxels' centres on the wrong side"


def _winding(triangles: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How often a surface goes round each point: by the solid angles of its triangles (van Oosterom and Strackee 1983)."""
    a, b, c = (triangles[None, :, k] - points[:, None] for k in range(3))
    x, y, z = (np.linalg.norm(v, axis=-1) for v in (a, b, c))
    over = (a * np.cross(b, c)).sum(-1)
    under = x * y * z + (a * b).sum(-1) * z + (b * c).sum(-1) * x + (c * a).sum(-1) * y
    return np.arctan2(over, under).sum(axis=1) / (2 * np.pi)


_READERS = {
    ".nii.gz, nibabel": _by_nibabel, ".seg.nrrd, slicerio": _by_slicerio, "SEG, highdicom": _by_highdicom,
    "RTSTRUCT, pydicom": _by_pydicom, "STL, trimesh": _by_trimesh,
}  # fmt: skip

if __name__ == "__main__":
    main()
