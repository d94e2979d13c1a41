"""Label maps from files, laid on a volume's grid by physical position, and to files."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unet_studio.errors import ReadError
from unet_studio.files.contents import STACK, Kind, folder_contents, kind_of
from unet_studio.files.frames import frame_ids
from unet_studio.files.laying import lay, reordered, reordering, unoriented
from unet_studio.files.palette import palette_of
from unet_studio.files.regrid import Regrid
from unet_studio.files.regular import shown
from unet_studio.files.stored_labels import StoredLabels, named
from unet_studio.files.volumes import choosing, split_choice
from unet_studio.files.write import write_grid
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.progress import finish

Whole = NDArray[Any]  # (z, y, x), an integer type

_NEAR_WHOLE = 1e-3


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
        raise ReadError(_negative(path, low), path=path)
    if high > 255:
        raise ReadError(_too_many(path, np.unique(voxels).size, high), path=path)
    if high == 0:
        warnings += (f"{shown(path)} is empty: every voxel is background.",)
    return voxels.astype(np.uint8), warnings


def holds_labels(path: Path) -> bool:
    """Whether the format of a file is made for labels: DICOM SEG or RTSTRUCT, or 3D Slicer's .seg.nrrd under any name.

    Raises:
        ReadError: it can't be opened.
    """
    if not path.is_file():
        return False
    kind = kind_of(path)
    if kind is Kind.NRRD:
        from unet_studio.files.seg_nrrd import is_segmentation

        return is_segmentation(path)
    if kind is Kind.DICOM:
        from unet_studio.files.dicom_seg import is_seg
        from unet_studio.files.rtstruct_in import is_rtstruct

        return is_seg(path) or is_rtstruct(path)
    return False


def label_frames(path: Path) -> tuple[str, ...]:
    """The ids of the frames of a file of labels of four dimensions, in their order; none where it has one, or can't be read."""
    try:
        if not path.is_file() or kind_of(path) not in (Kind.NIFTI, Kind.NRRD, Kind.METAIMAGE) or holds_labels(path):
            return ()
        return finish(frame_ids(path))
    except ReadError:
        return ()  # told when it is read


def stored_labels(path: Path, on: Geometry | None = None) -> StoredLabels:
    """The labels of a file (or folder of pictures) on its own grid, with the names and colours it has.

    A slanted grid that is put onto the right one of ``on``, the scan they are for, is taken for that. Values above 255
    become labels from 1 on, named after them, where there are no more than 255 of them.

    Raises:
        ReadError: unreadable, or its values are no labels.
    """
    if (stored := _segmentation(path, on)) is not None:
        return stored
    raw, geometry, warnings, regrid = _stored(path)
    voxels = _whole(raw, path)
    if regrid is not None and on is not None and regrid.geometry.is_same_grid(on):
        voxels, geometry = regrid.labels(voxels), regrid.geometry
    values = [int(v) for v in np.unique(voxels) if v]
    if values and values[0] < 0:
        raise ReadError(_negative(path, values[0]), path=path)
    if len(values) > 255:
        raise ReadError(_too_many(path, len(values), values[-1]), path=path)
    if values and values[-1] > 255:
        labels = np.searchsorted(np.array([0, *values]), voxels).astype(np.uint8)
        warnings += (f"The values of {shown(path)} go up to {values[-1]:,}: they became labels 1 to {len(values)}.",)
        classes = tuple(named(n, f"Label {value}", None) for n, value in enumerate(values, start=1))
        return StoredLabels(labels, geometry, classes, has_names=True, warnings=warnings)
    colours = palette_of(split_choice(str(path))[0])
    classes = tuple(named(v, "", colours.get(v)) for v in values)
    return StoredLabels(voxels.astype(np.uint8), geometry, classes, warnings=warnings)


def write_label_map(path: Path, labels: Labels, geometry: Geometry, classes: tuple[LabelClass, ...] = ()) -> Path:
    """Writes labels (z, y, x) on their volume's grid as .nii.gz, .nii, .seg.nrrd, .nrrd, .mha, .tif or .png; the path written.

    .png is one picture for a single slice, else a folder of the path without its ending with ``0000.png`` and so on along
    z. Read back and compared before it takes the place of an older file. Of these formats only .seg.nrrd stores ``classes``.

    Raises:
        WriteError: an unknown ending, or the disk; an older file is as it was.
    """
    assert labels.shape == geometry.shape and labels.dtype == np.uint8, (labels.shape, labels.dtype)
    if path.name.lower().endswith(".seg.nrrd"):
        from unet_studio.files.seg_nrrd import write_segmentation

        return write_segmentation(path, labels, geometry, classes)
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
    if (stored := _segmentation(path, target)) is not None:
        laid = lay(stored, target, path)
        if not laid.is_exact:
            reordering(path, stored.geometry, target)  # says what is wrong
        return laid.labels, stored.warnings + laid.warnings
    voxels, geometry, warnings, regrid = _stored(path)
    if regrid is not None and regrid.geometry.is_same_grid(target):
        return regrid.labels(_whole(voxels, path)), warnings
    order = reordering(path, geometry, target)
    if target.has_orientation and not geometry.has_orientation:
        warnings += (unoriented(path),)
    return _whole(reordered(voxels, order), path), warnings


def _segmentation(path: Path, on: Geometry | None) -> StoredLabels | None:
    """The labels of a file whose format is made for them, contours on the grid ``on``; None where it is another."""
    if not holds_labels(path):
        return None
    if kind_of(path) is Kind.NRRD:
        from unet_studio.files import seg_nrrd

        return seg_nrrd.read_segmentation(path)
    from unet_studio.files import dicom_seg, rtstruct_in

    if dicom_seg.is_seg(path):
        return dicom_seg.read_seg(path)
    if on is None:
        raise ReadError(f"{shown(path)} holds contours, which need the scan they were drawn on. Say which.", path=path)
    return rtstruct_in.rtstruct_labels(path, on)


def _stored(path: Path) -> tuple[NDArray[Any], Geometry, tuple[str, ...], Regrid | None]:
    """A mask's own numbers, where they lie, and what puts them onto a right grid if need be.

    What is wrong with it as a picture to look at does not matter here.
    """
    path, choice = split_choice(str(path))
    if path.is_file() and kind_of(path) is Kind.PICTURE:
        from unet_studio.files.pictures import raw_pixels

        voxels = raw_pixels(path)
        return voxels, Geometry(_shape3(voxels), has_spacing=False, has_orientation=False), (), None
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
            return voxels, Geometry(_shape3(voxels), has_spacing=False, has_orientation=False), (), None
    scan = finish(choosing(path, choice))
    if scan.components > 1:
        raise ReadError(
            f"{shown(path)} is in colour and can't be a label map. Save it with one value a label.", path=path
        )
    return finish(scan.load()), scan.geometry, (), scan.regrid


def _negative(path: Path, lowest: int) -> str:
    return f"{shown(path)} has negative values ({lowest}), which are no labels. Save it with labels from 0 to 255."


def _too_many(path: Path, count: int, highest: int) -> str:
    return f"{shown(path)} has {count:,} labels up to {highest:,}, too many: they go up to 255. Save it with fewer."


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
