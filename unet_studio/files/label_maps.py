"""Label maps from files, laid on a volume's grid by physical position, and to files."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import GridMismatch, ReadError
from unet_studio.files.contents import STACK, Kind, folder_contents, kind_of
from unet_studio.files.regular import shown
from unet_studio.files.volumes import choosing, split_choice
from unet_studio.files.write import write_grid
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import finish

Whole = NDArray[Any]  # (z, y, x), an integer type

_NEAR_WHOLE = 1e-3
_LARGEST_OFFSET = 0.1  # of a voxel, at any corner: what the rounding in other programs' headers comes to


def read_label_map(path: Path, volume_geometry: Geometry) -> tuple[Labels, tuple[str, ...]]:
    """The labels of a file (or folder of pictures, ``PATH#stack``) as uint8 on a volume's grid, and warnings as sentences.

    Axes stored in another order or direction are put in the volume's by physical position. Floats within 0.001 of whole
    numbers are those numbers.

    Raises:
        ReadError: unreadable, or its values are no labels from 0 to 255.
        GridMismatch: its voxels do not lie on the volume's.
    """
    voxels, warnings = _on_grid(path, volume_geometry)
    low, high = int(voxels.min()), int(voxels.max())
    if low < 0:
        raise ReadError(
            f"{shown(path)} has negative values ({low}), which are no labels. Save it with labels from 0 to 255.",
            path=path,
        )
    if high > 255:
        count = np.unique(voxels).size
        raise ReadError(
            f"{shown(path)} has {count:,} labels up to {high:,}, too many: they go up to 255. Save it with fewer.",
            path=path,
        )
    if high == 0:
        warnings += (f"{shown(path)} is empty: every voxel is background.",)
    return voxels.astype(np.uint8), warnings


def write_label_map(path: Path, labels: Labels, geometry: Geometry, classes: tuple[LabelClass, ...] = ()) -> Path:
    """Writes labels (z, y, x) on their volume's grid as .nii.gz, .nii, .nrrd, .mha, .tif or .png; gives back the path written.

    .png is one picture for a single slice, else a folder of the path without its ending with ``0000.png`` and so on along
    z. Read back and compared before it takes the place of an older file. ``classes`` are not stored by these formats.

    Raises:
        WriteError: an unknown ending, or the disk; an older file is as it was.
    """
    assert labels.shape == geometry.shape and labels.dtype == np.uint8, (labels.shape, labels.dtype)
    del classes
    return write_grid(path, labels, geometry)


def label_values(path: Path, volume_geometry: Geometry | None = None) -> tuple[tuple[int, ...], Whole]:
    """The distinct whole numbers of a mask, ascending, and its voxels (z, y, x) as they are: 0/127/255, negative, or large.

    On the grid of ``volume_geometry`` where given. Of a picture the stored numbers count, of a palette its indices.

    Raises:
        ReadError: unreadable, or not whole numbers.
        GridMismatch: its voxels do not lie on the volume's.
    """
    voxels = _whole(_stored(path)[0], path) if volume_geometry is None else _on_grid(path, volume_geometry)[0]
    return tuple(int(v) for v in np.unique(voxels)), voxels


def _on_grid(path: Path, target: Geometry) -> tuple[Whole, tuple[str, ...]]:
    voxels, geometry, warnings = _stored(path)
    if not (geometry.has_orientation and target.has_orientation):
        if geometry.shape != target.shape:
            raise GridMismatch(_sizes(path, geometry, target))
        if target.has_orientation:
            warnings += (f"{shown(path)} stores no orientation: it is laid on the scan voxel by voxel.",)
        return _whole(voxels, path), warnings
    order, flips = _reordering(path, geometry, target)
    placed = voxels.transpose(order)[tuple(slice(None, None, -1 if f else 1) for f in flips)]
    return _whole(np.ascontiguousarray(placed), path), warnings


def _stored(path: Path) -> tuple[NDArray[Any], Geometry, tuple[str, ...]]:
    """A mask's own numbers and where they lie. What is wrong with it as a picture to look at does not matter here."""
    path, choice = split_choice(str(path))
    if path.is_file() and kind_of(path) is Kind.PICTURE:
        from unet_studio.files.pictures import raw_pixels

        voxels = raw_pixels(path)
        return voxels, Geometry(_shape3(voxels), has_spacing=False, has_orientation=False), ()
    if path.is_dir() and choice in ("", STACK):
        contents = finish(folder_contents(path))
        if contents.pictures and not contents.scans:
            from unet_studio.files.pictures import natural, raw_pixels

            pages = [raw_pixels(p) for p in sorted(contents.pictures, key=natural)]
            if any(p.shape[1:] != pages[0].shape[1:] for p in pages):
                raise ReadError(
                    f"The pictures in {shown(path)} differ in size. Choose a folder of one stack.", path=path
                )
            voxels = np.concatenate(pages)
            return voxels, Geometry(_shape3(voxels), has_spacing=False, has_orientation=False), ()
    scan = finish(choosing(path, choice))
    if scan.components > 1:
        raise ReadError(
            f"{shown(path)} is in colour and can't be a label map. Save it with one value a label.", path=path
        )
    return finish(scan.load()), scan.geometry, ()


def _shape3(voxels: NDArray[Any]) -> tuple[int, int, int]:
    z, y, x = voxels.shape
    return z, y, x


def _whole(voxels: NDArray[Any], path: Path) -> Whole:
    if voxels.dtype.kind in "iu":
        return voxels
    if not np.isfinite(voxels).all():
        raise ReadError(
            f"{shown(path)} has values that are no numbers (NaN), so it is no label map. Save it again.", path=path
        )
    rounded = np.rint(voxels)
    if np.abs(voxels - rounded).max() > _NEAR_WHOLE:
        raise ReadError(
            f"{shown(path)} does not hold whole numbers (integer labels): it may be a map of probabilities. "
            "Save it with one whole number a label.",
            path=path,
        )
    if np.abs(rounded).max() > 2**31 - 1:
        raise ReadError(f"{shown(path)} has values too large for labels. Save it with labels from 0 to 255.", path=path)
    whole: Whole = rounded.astype(np.int32)
    return whole


def _sizes(path: Path, geometry: Geometry, target: Geometry) -> str:
    mine, theirs = (" × ".join(str(n) for n in g.shape[::-1]) for g in (geometry, target))
    return f"{shown(path)} does not match the scan: its size is {mine} voxels, the scan's {theirs}. Choose the scan's own labels."


def _reordering(path: Path, geometry: Geometry, target: Geometry) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """Which of the labels' axes becomes each of the volume's, and which of those are turned round."""
    to_target = np.linalg.inv(target.matrix) @ geometry.matrix  # label index to volume index
    turn = np.rint(to_target[:3, :3])
    is_reordering = (np.abs(turn).sum(axis=0) == 1).all() and (np.abs(turn).sum(axis=1) == 1).all()
    if not is_reordering:
        raise GridMismatch(
            f"{shown(path)} does not lie on the scan's grid: its voxels have another direction or spacing. "
            "Resample it to the scan first."
        )
    order = tuple(int(np.argmax(np.abs(turn[axis]))) for axis in range(3))
    flips = tuple(bool(turn[axis, order[axis]] < 0) for axis in range(3))
    shape = tuple(geometry.shape[a] for a in order)
    if shape != target.shape:
        raise GridMismatch(_sizes(path, geometry, target))
    exact = np.eye(4)
    exact[:3, :3] = turn
    exact[:3, 3] = [shape[axis] - 1 if flips[axis] else 0 for axis in range(3)]
    corners = np.array(
        [[i * (n - 1) for i, n in zip(c, geometry.shape, strict=True)] + [1] for c in np.ndindex(2, 2, 2)]
    )
    apart = np.abs(corners @ to_target.T - corners @ exact.T)[:, :3]
    if apart.max() > _LARGEST_OFFSET:
        mm = float((apart * target.spacing_mm).max())
        raise GridMismatch(
            f"{shown(path)} does not lie on the scan's grid: its position (origin or spacing) is up to {mm:.3g} mm off. "
            "Choose the scan's own labels, or resample it to the scan."
        )
    return order, flips
