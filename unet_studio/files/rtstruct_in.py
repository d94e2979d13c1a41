"""Contours of a DICOM RTSTRUCT as labels on the slices of a scan."""

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray

from unet_studio.errors import GridMismatch, ReadError
from unet_studio.files.contours import Contour, filled
from unet_studio.files.dicom_errors import PARSING_ERRORS
from unet_studio.files.regular import reading_errors, shown
from unet_studio.files.stored_labels import StoredLabels, named
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import Colour, LabelClass, Labels

_STORAGE = "1.2.840.10008.5.1.4.1.1.481.3"
_OFF_PLANE = 0.2  # of a slice: what planning systems round positions by


def is_rtstruct(path: Path) -> bool:
    """Whether a DICOM file holds contours."""
    with reading_errors(path), warnings.catch_warnings(action="ignore"):
        try:
            tags = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=["SOPClassUID"], force=True)
            return str(tags.get("SOPClassUID", "")) == _STORAGE
        except PARSING_ERRORS:
            return False


def rtstruct_labels(path: Path, on: Geometry) -> StoredLabels:
    """The regions of an RTSTRUCT filled on the slices of ``on``, with names and colours; later regions lie over earlier ones.

    Pixels are inside where their centre is, an odd number of times.

    Raises:
        ReadError: damaged, or more than 255 regions.
        GridMismatch: the contours lie elsewhere, or not on the scan's slices.
    """
    with reading_errors(path), warnings.catch_warnings(action="ignore"):
        try:
            tags = pydicom.dcmread(path, force=True)
            regions = _regions(tags)
            drawing = _Drawing(on)
            contours = [_contours(region) for _, _, region in regions]
        except (*PARSING_ERRORS, OverflowError) as error:
            raise ReadError(
                f"{shown(path)} is damaged: it can't be read as a DICOM RTSTRUCT. Ask for a new copy.", path=path
            ) from error
    if len(regions) > 255:
        raise ReadError(f"{shown(path)} has {len(regions)} regions, too many: there are 255 labels.", path=path)
    if not on.has_orientation:
        raise GridMismatch(f"{shown(path)} can't be laid on this scan, which has no place in a patient.")
    classes: list[LabelClass] = []
    for value, (name, colour, _) in enumerate(regions, start=1):
        classes.append(named(value, name, colour))
        drawing.fill(value, contours[value - 1])
    drawing.check(path)
    return StoredLabels(drawing.labels, on, tuple(classes), has_names=True, warnings=drawing.warnings(path))


@dataclass
class _Drawing:
    """Regions being filled, and what went wrong with some."""

    grid: Geometry
    labels: Labels = field(init=False)
    on_slices: int = 0
    between: int = 0
    outside: int = 0
    covered: int = 0

    def __post_init__(self) -> None:
        self.labels = np.zeros(self.grid.shape, np.uint8)

    def fill(self, value: int, contours: list[NDArray[np.float64]]) -> None:
        to_index = np.linalg.inv(self.grid.matrix)
        by_slice: dict[int, list[Contour]] = {}
        for points in contours:
            index = np.column_stack([points, np.ones(len(points))]) @ to_index.T
            z = round(float(index[:, 0].mean()))
            if np.abs(index[:, 0] - z).max() > _OFF_PLANE:
                self.between += 1
            elif not 0 <= z < self.grid.shape[0]:
                self.outside += 1
            else:
                self.on_slices += 1
                by_slice.setdefault(z, []).append(index[:, 1:3])
        for z, drawn in by_slice.items():
            mask = filled(drawn, self.grid.shape[1:])
            self.covered += int(np.count_nonzero(self.labels[z][mask]))
            self.labels[z][mask] = value

    def check(self, path: Path) -> None:
        if self.on_slices and self.labels.any():
            return
        if self.between > self.outside:
            raise GridMismatch(
                f"{shown(path)} was drawn on other slices than this scan's: its contours lie between them. "
                "Choose the contours of this series."
            )
        if self.between + self.outside + self.on_slices:
            raise GridMismatch(
                f"{shown(path)} shares no space with the scan: it lies elsewhere in the patient, or belongs to another scan. "
                "Choose the scan's own contours."
            )

    def warnings(self, path: Path) -> tuple[str, ...]:
        told = []
        if self.between:
            told.append(f"{self.between:,} contours of {shown(path)} lie between the scan's slices and are left out.")
        if self.outside:
            told.append(f"{self.outside:,} contours of {shown(path)} lie outside the scan and are left out.")
        if self.covered:
            told.append(
                f"Regions of {shown(path)} overlap in {self.covered:,} voxels, which have the label of the last."
            )
        if not self.labels.any():
            told.append(f"{shown(path)} holds no closed contours.")
        return tuple(told)


def _regions(tags: Any) -> list[tuple[str, Colour | None, Any]]:
    """Name, colour and contours' item of each region, in the order in which they are listed."""
    names = {int(r.ROINumber): str(r.get("ROIName", "")) for r in tags.get("StructureSetROISequence") or []}
    found = []
    for region in tags.get("ROIContourSequence") or []:
        stored = [int(c) for c in region.get("ROIDisplayColor") or []]
        is_colour = len(stored) == 3 and all(0 <= c <= 255 for c in stored)
        colour = (stored[0], stored[1], stored[2]) if is_colour else None
        found.append((names.get(int(region.ReferencedROINumber), ""), colour, region))
    return found


def _contours(region: Any) -> list[NDArray[np.float64]]:
    """The closed contours of a region as points (n, 3) in LPS mm; points and open lines have no inside."""
    found = []
    for contour in region.get("ContourSequence") or []:
        if not str(contour.get("ContourGeometricType", "")).startswith("CLOSED"):
            continue
        points = np.array(contour.get("ContourData") or [], dtype=np.float64).reshape(-1, 3)
        if len(points) >= 3 and np.isfinite(points).all() and np.abs(points).max() < 1e6:
            found.append(points)
    return found
