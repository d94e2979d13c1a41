"""DICOM SEG, in and out: segments of one bit a pixel, placed frame by frame in the patient. PS3.3 A.51 and C.8.20."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray

import unet_studio
from unet_studio.errors import ReadError, WriteError
from unet_studio.files.affine import unit_normal, vector
from unet_studio.files.atomic import replace_file
from unet_studio.files.cielab import colour_of, lab_of
from unet_studio.files.dicom_errors import PARSING_ERRORS
from unet_studio.files.dicom_source import DicomSource
from unet_studio.files.dicom_tags import directions, number, numbers, positive, spacing_of, words
from unet_studio.files.regular import check_memory, reading_errors, shown
from unet_studio.files.stored_labels import StoredLabels, described_classes, named
from unet_studio.files.terminology import Concept, terms_of
from unet_studio.image.volume import Geometry
from unet_studio.labels.label_map import Colour, LabelClass, Labels

SEG_CLASSES = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")


def is_seg(path: Path) -> bool:
    """Whether a DICOM file is a segmentation."""
    with reading_errors(path), warnings.catch_warnings(action="ignore"):
        try:
            tags = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=["SOPClassUID"], force=True)
            return str(tags.get("SOPClassUID", "")) in SEG_CLASSES
        except PARSING_ERRORS:
            return False


def read_seg(path: Path) -> StoredLabels:
    """The labels of a SEG on the grid that its frames span, with names and colours; later segments lie over earlier ones.

    Raises:
        ReadError: damaged, probabilities, not on a regular grid, or more than 255 segments.
    """
    with reading_errors(path), warnings.catch_warnings(action="ignore"):
        try:
            tags = pydicom.dcmread(path, force=True)
            return _labels(path, tags)
        except PARSING_ERRORS as error:
            raise ReadError(
                f"{shown(path)} is damaged: it can't be read as a DICOM SEG. Ask for a new copy.", path=path
            ) from error


def write_seg(path: Path, labels: Labels, classes: Sequence[LabelClass], source: DicomSource) -> Path:
    """Writes the labels as a BINARY SEG on the images of ``source``: a segment for each class that is drawn.

    Read back and compared before it takes the place of an older file.

    Raises:
        WriteError: nothing is drawn, or the disk; an older file is as it was.
    """
    assert labels.shape == source.geometry.shape, (labels.shape, source.geometry.shape)
    drawn = np.bincount(labels.ravel(), minlength=256)
    described = [c for c in described_classes(labels, tuple(classes)) if drawn[c.value]]
    if not described:
        raise WriteError(
            f"{shown(path)} would be empty: nothing is drawn on its scan. Draw or predict first.", path=path
        )
    numbers_of = np.zeros(256, np.uint8)
    numbers_of[[c.value for c in described]] = np.arange(1, len(described) + 1)
    with warnings.catch_warnings(action="ignore"):  # it warns of values in the source that were always there
        segmentation = _segmentation(numbers_of[labels], described, source)

    def write(beside: Path) -> None:
        with warnings.catch_warnings(action="ignore"):
            segmentation.save_as(beside, enforce_file_format=True)
        try:
            found = read_seg(beside)
        except ReadError as error:
            raise WriteError(f"{shown(path)} could not be saved whole. Save somewhere else.", path=path) from error
        if not _is_same(found, numbers_of[labels], source) or [c.name for c in found.classes] != [
            c.name for c in described
        ]:
            raise WriteError(
                f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path
            )

    replace_file(path, write)
    return path


# ---- out


def _segmentation(segments: Labels, classes: Sequence[LabelClass], source: DicomSource) -> Any:
    import highdicom
    from highdicom.content import PixelMeasuresSequence, PlaneOrientationSequence, PlanePositionSequence

    g = source.geometry
    used = [z for z in range(g.shape[0]) if segments[z].any()]
    positions = [PlanePositionSequence("PATIENT", [round(p, 9) for p in source.position(z)]) for z in used]
    step = abs(float(np.dot(g.axes[0], unit_normal(g.axes[2], g.axes[1])))) * g.spacing_mm[0]
    thickness = positive(number(source.first, "SliceThickness")) or step
    made = highdicom.seg.Segmentation(
        source_images=_images(source, used),
        pixel_array=np.ascontiguousarray(segments[used]),
        segmentation_type="BINARY",
        segment_descriptions=[_description(n + 1, c) for n, c in enumerate(classes)],
        series_instance_uid=pydicom.uid.generate_uid(),
        series_number=900,
        sop_instance_uid=pydicom.uid.generate_uid(),
        instance_number=1,
        manufacturer="UNet Studio",
        manufacturer_model_name="UNet Studio",
        software_versions=unet_studio.__version__,
        device_serial_number="0",
        content_label="LABELS",
        content_description="Labels of UNet Studio",
        pixel_measures=PixelMeasuresSequence(
            pixel_spacing=[round(g.spacing_mm[1], 9), round(g.spacing_mm[2], 9)],
            slice_thickness=round(thickness, 9),
            spacing_between_slices=round(step, 9),
        ),
        plane_orientation=PlaneOrientationSequence("PATIENT", [round(v, 9) for v in (*g.axes[2], *g.axes[1])]),
        plane_positions=positions,
        series_description="Segmentation",
    )
    # highdicom takes the gap between the frames it stores; of a scan drawn on one slice it makes 1 mm
    made.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SpacingBetweenSlices = round(step, 9)
    if source.is_deidentified:
        mark_deidentified(made)
    return made


def mark_deidentified(tags: Any) -> None:
    """Afterwards a data set says that the patient was removed, and how."""
    tags.PatientIdentityRemoved = "YES"
    tags.DeidentificationMethod = "UNet Studio: only geometry kept, new UIDs"
    tags.ContentCreatorName = ""


def _images(source: DicomSource, used: Sequence[int]) -> list[Any]:
    """The tags of the images under these slices; of the first one where all of them are missing."""
    found = [p for z in used if (p := source.frames[z].path) is not None]
    images = [source.tags[p] for p in dict.fromkeys(found)] or [source.first]
    return (
        images[:1] if int(number(images[0], "NumberOfFrames") or 1) > 1 else images
    )  # highdicom takes one multi-frame


def _description(segment: int, one: LabelClass) -> Any:
    import highdicom
    from pydicom.sr.coding import Code

    def code(concept: Concept) -> Code:
        return Code(concept.code, "SCT", concept.meaning)

    terms = terms_of(one.name)
    described = highdicom.seg.SegmentDescription(
        segment_number=segment,
        segment_label=one.name[:64],
        segmented_property_category=code(terms.category),
        segmented_property_type=code(terms.type),
        algorithm_type="SEMIAUTOMATIC",
        algorithm_identification=highdicom.AlgorithmIdentificationSequence(
            name="UNet Studio", version=unet_studio.__version__,
            family=Code("123109", "DCM", "Manual Processing"),
        ),
    )  # fmt: skip
    described.RecommendedDisplayCIELabValue = list(lab_of(one.colour))
    if terms.side is not None:
        modifier = highdicom.sr.CodedConcept(terms.side.code, "SCT", terms.side.meaning)
        described.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence = [modifier]
    return described


def _is_same(found: StoredLabels, segments: Labels, source: DicomSource) -> bool:
    """Whether a file's labels lie, voxel by voxel, where those of the scan do."""
    placed = np.zeros_like(segments)
    to_scan = np.linalg.inv(source.geometry.matrix) @ found.geometry.matrix
    for z, plane in enumerate(found.labels):
        at = to_scan @ np.array([z, 0, 0, 1.0])
        if not plane.any():
            continue
        index = round(float(at[0]))
        if np.abs(at[:3] - (index, 0, 0)).max() > 0.05 or not 0 <= index < len(placed):
            return False
        if plane.shape != placed[index].shape or np.abs(to_scan[1:3, 1:3] - np.eye(2)).max() > 1e-4:
            return False
        placed[index] = plane
    return bool(np.array_equal(placed, segments))


# ---- in


def _labels(path: Path, tags: Any) -> StoredLabels:
    segments = list(tags.SegmentSequence)
    kind = str(tags.get("SegmentationType", ""))
    if len([s for s in segments if int(s.SegmentNumber) > 0]) > 255:
        raise ReadError(f"{shown(path)} has more than 255 segments, too many. Save it with fewer.", path=path)
    groups, shared = list(tags.PerFrameFunctionalGroupsSequence), tags.SharedFunctionalGroupsSequence[0]
    rows, columns = int(tags.Rows), int(tags.Columns)
    geometry, places = _grid(path, groups, shared, (rows, columns))
    check_memory(path, (len(groups) + 2 * geometry.shape[0]) * rows * columns)
    pixels = np.asarray(tags.pixel_array).reshape(len(groups), rows, columns)
    if kind == "FRACTIONAL":
        pixels = _decided(path, pixels, int(tags.get("MaximumFractionalValue", 255)))
    order = {int(s.SegmentNumber): n + 1 for n, s in enumerate(s for s in segments if int(s.SegmentNumber) > 0)}
    labels = np.zeros(geometry.shape, np.uint8)
    overlapping = 0
    values = [0] * len(groups) if kind == "LABELMAP" else [_segment_of(g, shared) for g in groups]
    for frame in sorted(range(len(groups)), key=lambda f: values[f]):
        target = labels[places[frame]]
        if kind == "LABELMAP":
            table = np.zeros(int(pixels.max()) + 1, np.uint8)
            for segment, value in order.items():
                if segment < len(table):
                    table[segment] = value
            target[...] = table[pixels[frame]]
            continue
        mask = pixels[frame] != 0
        overlapping += int(np.count_nonzero(target[mask]))
        target[mask] = order[values[frame]]
    classes = tuple(
        named(order[int(s.SegmentNumber)], words(s.get("SegmentLabel")), _colour(s))
        for s in segments
        if int(s.SegmentNumber) > 0
    )
    told: tuple[str, ...] = ()
    if overlapping:
        told = (f"{overlapping:,} voxels of {shown(path)} belong to several segments: the last of them was taken.",)
    return StoredLabels(labels, geometry, classes, has_names=True, is_box=True, warnings=told)


def _segment_of(group: Any, shared: Any) -> int:
    for tags in (group, shared):
        if found := tags.get("SegmentIdentificationSequence"):
            return int(found[0].ReferencedSegmentNumber)
    raise KeyError("SegmentIdentificationSequence")


def _decided(path: Path, pixels: NDArray[Any], most: int) -> NDArray[Any]:
    if not np.isin(pixels, (0, most)).all():
        raise ReadError(
            f"{shown(path)} holds fractions (probabilities), not labels. Save it as a binary segmentation.", path=path
        )
    return pixels


def _grid(path: Path, groups: list[Any], shared: Any, size: tuple[int, int]) -> tuple[Geometry, list[int]]:
    """The regular grid that the frames lie on, and which slice of it each frame is."""

    def item(group: Any, sequence: str) -> Any:
        found = group.get(sequence) or shared.get(sequence)
        return found[0] if found else pydicom.Dataset()

    turns = {numbers(item(g, "PlaneOrientationSequence"), "ImageOrientationPatient", 6) for g in groups}
    row, column = directions(turns.pop()) if len(turns) == 1 else (None, None)
    points = [numbers(item(g, "PlanePositionSequence"), "ImagePositionPatient", 3) for g in groups]
    measures = item(groups[0], "PixelMeasuresSequence")
    spacing = spacing_of(measures, "PixelSpacing")
    if row is None or column is None or spacing is None or any(p is None for p in points):
        raise ReadError(
            f"{shown(path)} does not say where its frames lie in the patient. Ask for a new copy.", path=path
        )
    normal = np.array(unit_normal(row, column))
    where = np.array(points, dtype=np.float64)
    along = where @ normal
    found = np.unique(np.round(along, 3))
    told = positive(abs(number(measures, "SpacingBetweenSlices") or 0.0))
    thickness = positive(number(measures, "SliceThickness"))
    gap = told or _gap(np.diff(found), thickness)
    first = int(np.argmin(along))
    places = np.rint((along - along[first]) / gap).astype(int)
    last = int(np.argmax(along))
    way = where[last] - where[first]
    axis = way / places[last] if places[last] else normal * gap  # a tilted gantry moves slices sideways too
    off = np.abs(where - (where[first] + places[:, None] * axis)).max()
    if off > max(0.02, 0.02 * gap) or places.max() > 100_000:
        raise ReadError(f"The frames of {shown(path)} are not evenly spaced, so they are no volume.", path=path)
    length = float(np.linalg.norm(axis))
    geometry = Geometry(
        (int(places.max()) + 1, *size),
        spacing_mm=(length, *spacing),
        origin_mm=vector(where[first]),
        axes=(vector(axis / length), column, row),
    )
    return geometry, [int(p) for p in places]


def _gap(gaps: NDArray[np.float64], thickness: float | None) -> float:
    """The gap between slices where the file does not tell it; frames may be left out where nothing is drawn."""
    if thickness and (not gaps.size or np.abs(gaps / thickness - np.rint(gaps / thickness)).max() < 0.01):
        return thickness
    return float(gaps.min()) if gaps.size else 1.0


def _colour(segment: Any) -> Colour | None:
    lab = numbers(segment, "RecommendedDisplayCIELabValue", 3)
    return None if lab is None else colour_of((lab[0], lab[1], lab[2]))
