"""How long scans take to open and masks to save, and how much memory that takes beside the voxels."""

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import SimpleITK as sitk  # noqa: N813
from isal import igzip

from tests.benchmarks.row import Row, Times, interleaved
from tests.files.phantoms import dicom_slice, save
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import choosing, read_volume, reading, write_volume
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Geometry, Volume
from unet_studio.progress import finish

SHAPE = (300, 512, 512)
GEOMETRY = Geometry(SHAPE, (1.0, 0.7, 0.7))
ROUNDS = 7
LEVEL = 6  # of gzip, as files that come from elsewhere have it
HEADER = 352
STEP = 1 << 20


@cache
def _folder() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    held = tempfile.TemporaryDirectory()
    return held, Path(held.name)


@cache
def _voxels() -> np.ndarray[Any, Any]:
    """A body with organs and the noise of a CT."""
    dice = np.random.default_rng(0)
    made = np.full(SHAPE, -1000, np.int16)
    rows, columns = np.ogrid[:512, :512]
    for z in range(SHAPE[0]):
        body = np.hypot((rows - 256) / 200, (columns - 256) / 240) < 1
        organ = np.hypot(rows - 220 - z / 5, columns - 180) < 60
        made[z] += (body * 1040 + organ * 60 + body * dice.normal(0, 12, (512, 512))).astype(np.int16)
    return made


@cache
def _nii() -> Path:
    path = _folder()[1] / "plain.nii"
    write_volume(path, Volume(_voxels(), GEOMETRY))
    return path


@cache
def _nii_gz() -> Path:
    path = _folder()[1] / "packed.nii.gz"
    path.write_bytes(gzip.compress(_nii().read_bytes(), LEVEL))
    return path


@cache
def _series() -> Path:
    folder = _folder()[1] / "series"
    for k, pixels in enumerate(_voxels()):
        stored = (pixels + 1024).clip(0, 4095).astype(np.uint16)
        tags: dict[str, Any] = {"BitsStored": 12, "HighBit": 11, "RescaleIntercept": -1024}
        save(dicom_slice(k, stored, **tags), folder / f"IM{k:03d}.dcm")
    return folder


def _inflate() -> np.ndarray[Any, Any]:
    """The floor of .nii.gz: igzip's inflate into the array that stays, in the steps and with the buffer that are fastest here."""
    voxels = np.empty(SHAPE, np.int16)
    target, done = voxels.reshape(-1).view(np.uint8).data, 0
    with _nii_gz().open("rb", buffering=1 << 18) as packed, igzip.IGzipFile(fileobj=packed) as file:
        file.read(HEADER)
        while count := file.readinto(target[done : done + STEP]):
            done += count
    return voxels


def _readinto() -> np.ndarray[Any, Any]:
    """The floor of .nii: one read into the array that stays."""
    voxels = np.empty(SHAPE, np.int16)
    with _nii().open("rb", buffering=0) as file:
        file.seek(HEADER)
        file.readinto(voxels.reshape(-1).view(np.uint8).data)
    return voxels


def _by_simpleitk(path: Path) -> np.ndarray[Any, Any]:
    if path.is_dir():
        reader = sitk.ImageSeriesReader()
        reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(path)))
        return sitk.GetArrayFromImage(reader.Execute())
    return sitk.GetArrayFromImage(sitk.ReadImage(str(path)))


def _first_slice(path: Path) -> Preview:
    steps = reading(path)
    report = next(r for r in steps if isinstance(r, Preview))
    steps.close()
    return report


def _timed(ways: dict[str, Callable[[], object]]) -> dict[str, Times]:
    return interleaved(ways, rounds=ROUNDS)


def open_nii_gz() -> Iterator[Row]:
    """A gzipped NIfTI against bare inflating, against SimpleITK, and its first slice against the whole."""
    path = _nii_gz()
    assert np.array_equal(read_volume(path).voxels, _inflate())
    times = _timed({
        "open": lambda: read_volume(path), "inflate": _inflate, "SimpleITK": lambda: _by_simpleitk(path),
        "first": lambda: _first_slice(path),
    })  # fmt: skip
    yield Row("open .nii.gz against igzip", times["open"].median, "ms", times["inflate"].median, 1.15)
    yield Row("open .nii.gz against SimpleITK", times["open"].median, "ms", times["SimpleITK"].median, 1 / 1.7)
    yield Row("first slice of .nii.gz against all", times["first"].median, "ms", times["open"].median, 0.15)


def open_nii() -> Iterator[Row]:
    """A plain NIfTI against one read into an array, and against SimpleITK."""
    path = _nii()
    assert np.array_equal(read_volume(path).voxels, _readinto())
    times = _timed({
        "open": lambda: read_volume(path), "read": _readinto, "SimpleITK": lambda: _by_simpleitk(path),
        "first": lambda: _first_slice(path),
    })  # fmt: skip
    yield Row("open .nii against readinto", times["open"].median, "ms", times["read"].median, 1.3)
    yield Row("open .nii against SimpleITK", times["open"].median, "ms", times["SimpleITK"].median)
    yield Row("first slice of .nii against all", times["first"].median, "ms", times["open"].median, 0.15)


def open_dicom() -> Iterator[Row]:
    """300 uncompressed DICOM files, checked for gaps, against SimpleITK; the first slice against their headers."""
    folder = _series()
    assert np.array_equal(read_volume(folder).voxels, _by_simpleitk(folder))
    times = _timed({
        "open": lambda: read_volume(folder), "SimpleITK": lambda: _by_simpleitk(folder),
        "first": lambda: _first_slice(folder), "headers": lambda: finish(choosing(folder)),
    })  # fmt: skip
    yield Row("open 300 DICOM against SimpleITK", times["open"].median, "ms", times["SimpleITK"].median, 0.5)
    yield Row("first slice of DICOM against headers", times["first"].median, "ms", times["headers"].median, 1.3)


def save_mask() -> Iterator[Row]:
    """A label map of that size to .nii.gz, on the disk for good, read back and compared."""
    labels = (_voxels() > 70).astype(np.uint8)
    path = _folder()[1] / "mask.nii.gz"
    times = _timed({"save": lambda: write_label_map(path, labels, GEOMETRY, ())})
    yield Row("save a mask", times["save"].median, "ms", goal=100.0)


_CHILD = """
import sys
from pathlib import Path
from unet_studio.files.volumes import read_volume
def high():
    return next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM")) * 1024
read_volume(Path(sys.argv[1]))
idle = high()
volume = read_volume(Path(sys.argv[2]))
print((high() - idle) / volume.voxels.nbytes)
"""


def memory() -> Iterator[Row]:
    """The greatest memory of a fresh process while it opens a scan, beyond what it had, as a multiple of the voxels."""
    if sys.platform != "linux":
        return
    root = _folder()[1]
    small = Volume(_voxels()[:3, :64, :64].copy(), Geometry((3, 64, 64)))
    write_volume(root / "small.nii.gz", small)
    scaled = root / "scaled.nii"
    content = bytearray(_nii().read_bytes())
    content[112:120] = np.array([0.5, 3.0], "<f4").tobytes()
    scaled.write_bytes(content)
    for k in range(3):
        save(dicom_slice(k, RescaleIntercept=-1024), root / "small" / f"{k}.dcm")
    for name, path, first in (
        (".nii.gz", _nii_gz(), root / "small.nii.gz"), (".nii", _nii(), root / "small.nii.gz"),
        ("scaled .nii", scaled, root / "small.nii.gz"), ("300 DICOM", _series(), root / "small"),
    ):  # fmt: skip
        child = [sys.executable, "-c", _CHILD, str(first), str(path)]
        ratio = float(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
        yield Row(f"peak memory of {name} / voxels", ratio, "x", goal=1.25)


ROWS = {
    "open_nii_gz": open_nii_gz, "open_nii": open_nii, "open_dicom": open_dicom, "save_mask": save_mask, "memory": memory,
}  # fmt: skip
