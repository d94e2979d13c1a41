"""What lies under the cursor, for the status bar."""

from dataclasses import dataclass

import numpy as np

from unet_studio.image.volume import Index, Point, Volume
from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.label_map import Labels
from unet_studio.workbench.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Readout:
    """``voxel`` is (z, y, x), ``point_mm`` where in the patient (LPS) it lies, None where the scan does not tell.

    ``intensity`` is as it is to be shown, with HU for CT; ``label`` and ``proposed`` are label values, 0 where there is none.
    """

    voxel: Index
    point_mm: Point | None
    intensity: str
    label: int
    proposed: int = 0


def read_out(
    viewport: Viewport, point: PixelPoint, *, labels: Labels | None, proposed: Labels | None
) -> Readout | None:
    """What lies at (row, column) of the slice looked at; None outside it."""
    volume = viewport.volume
    if volume is None:
        return None
    view, shape = viewport.view, volume.geometry.shape
    row, column = (int(np.floor(v + 0.5)) for v in point)
    rows, columns = view.size(shape)
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    voxel = view.voxel_at(shape, viewport.index, row, column)
    is_placed = volume.geometry.has_spacing and volume.geometry.has_orientation
    return Readout(
        voxel,
        volume.geometry.patient_point(voxel) if is_placed else None,
        _intensity(volume, voxel),
        int(labels[row, column]) if labels is not None else 0,
        int(proposed[row, column]) if proposed is not None else 0,
    )


def _intensity(volume: Volume, voxel: Index) -> str:
    value = volume.voxels[voxel]
    if volume.channels > 1:
        return ", ".join(f"{v:.4g}" if isinstance(v, float) else str(v) for v in value.tolist())
    text = str(int(value)) if np.issubdtype(volume.voxels.dtype, np.integer) else f"{float(value):.4g}"
    return f"{text} HU" if volume.modality == "CT" else text
