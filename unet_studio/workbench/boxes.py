"""Boxes of changed voxels, and the rectangles they cover on a shown slice."""

from collections.abc import Collection, Sequence

from unet_studio.image.plane import PlaneView
from unet_studio.image.volume import Index
from unet_studio.labels.brush import Patch

Box = tuple[slice, slice, slice]  # of the label map, (z, y, x)


def patch_box(view: PlaneView, shape: Index, index: int, patch: Patch) -> Box:
    """The voxels that a patch on slice ``index`` of a plane covers."""
    rows, columns = patch.box
    corners = [
        view.voxel_at(shape, index, row, column)
        for row, column in ((rows.start, columns.start), (rows.stop - 1, columns.stop - 1))
    ]
    z, y, x = (slice(min(a, b), max(a, b) + 1) for a, b in zip(*corners, strict=True))
    return z, y, x


def joined_boxes(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of these, of which there is at least one."""
    if len(boxes) == 1:
        return boxes[0]
    z, y, x = (slice(min(s.start for s in part), max(s.stop for s in part)) for part in zip(*boxes, strict=True))
    return z, y, x


def slices_box(shape: Index, axis: int, indices: Collection[int]) -> Box:
    """The voxels from the first to the last of these slices along an array axis, of which there is at least one."""
    box = [slice(0, n) for n in shape]
    box[axis] = slice(min(indices), max(indices) + 1)
    return box[0], box[1], box[2]


def changed_rectangle(view: PlaneView, shape: Index, index: int, box: Box) -> tuple[slice, slice] | None:
    """Which rows and columns of a shown slice a box of changed voxels covers; None where it covers none."""
    if not box[view.axis].start <= index < box[view.axis].stop:
        return None
    first = view.pixel_of(shape, (box[0].start, box[1].start, box[2].start))
    last = view.pixel_of(shape, (box[0].stop - 1, box[1].stop - 1, box[2].stop - 1))
    rows, columns = (slice(min(a, b), max(a, b) + 1) for a, b in zip(first[1:], last[1:], strict=True))
    return rows, columns
