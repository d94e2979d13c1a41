"""The series in DICOM files: which slices make a volume, and is it whole?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.errors import ReadError
from unet_studio.files.dicom_geometry import Stack, places, stack
from unet_studio.files.dicom_header import SliceHeader, slice_headers
from unet_studio.files.dicom_pixels import check_syntax, intensity_type, read_slice
from unet_studio.files.dicom_ways import Made, only_way, ways
from unet_studio.files.fingerprint import Filled
from unet_studio.files.regular import check_memory, shown
from unet_studio.files.scan import Scan, Voxels
from unet_studio.progress import Progress, Steps


@dataclass(frozen=True, slots=True)
class Found:
    """The volumes in some DICOM files, and a sentence for each file that could not be used."""

    scans: tuple[Scan, ...]
    unreadable: tuple[str, ...] = ()


def scans(files: Sequence[Path]) -> Steps[Found]:
    """The volumes of DICOM files, from their headers: by series, orientation and size, sorted by position."""
    headers: list[SliceHeader] = []
    unreadable: list[ReadError] = []
    for number, path in enumerate(files):
        try:
            headers += slice_headers(path)
        except ReadError as error:
            unreadable.append(error)
        if number % 16 == 0:
            yield Progress(number / len(files), f"Looking at {len(files)} files")
    series: dict[tuple[str, ...], list[SliceHeader]] = defaultdict(list)
    for header in headers:
        series[header.series].append(header)
    sentences = tuple(str(e) for e in unreadable)
    found: list[Scan] = []
    for number, slices in enumerate(series.values()):
        for scan in _series(slices, f"series-{number + 1}"):
            copies = sum(f.id.split("+")[0] == scan.id for f in found)  # one UID in two studies, which should not be
            found.append(replace(scan, id=f"{scan.id}+{copies}") if copies else scan)
    if len(found) == 1 and sentences:
        found = [_warned(found[0], sentences)]
    return Found(tuple(found), sentences)


def _warned(scan: Scan, sentences: tuple[str, ...]) -> Scan:
    return replace(scan, warnings=(*scan.warnings, *(f"Left out: {s}" for s in sentences[:3])))


def _series(slices: list[SliceHeader], fallback: str) -> list[Scan]:
    """The volumes of one series: usually one; one each for orientations, sizes and phases that can't be stacked."""
    name, uid = _name(slices[0]), slices[0].series[1] or fallback
    groups = _groups(_without_copies(slices))
    warnings: tuple[str, ...] = ()
    largest = groups[0]
    others = groups[1:]
    if others and len(largest) >= 3 and all(len(g) < 3 for g in others):
        count = sum(len(g) for g in others)
        warnings += (
            f"{count} image{'s' * (count > 1)} of another size or orientation in {name} "
            f"{'were' if count > 1 else 'was'} left out, as a localizer (scout) would be.",
        )
        groups = [largest]
    found = []
    for number, group in enumerate(groups):
        part = f"{uid}-{number + 1}" if len(groups) > 1 else uid
        found += _volumes(group, name, part, warnings)
    return found


def _volumes(group: list[SliceHeader], name: str, uid: str, warnings: tuple[str, ...]) -> list[Scan]:
    by_place = places(group)
    counts = {len(p) for p in by_place}
    if (len(counts) == 1 and counts != {1} and len(by_place) > 1) or (len(by_place) == 1 and group[0].frames > 1):
        phases = counts.pop()
        found = []
        for k in range(phases):
            made = only_way(stack([p[k] for p in by_place], name=name), name)
            scan = _scan(made, f"{name} phase {k + 1}", f"{uid}.phase{k + 1}", warnings)
            found.append(replace(scan, frames=phases))
        return found
    if counts != {1}:
        extra = len(group) - len(by_place)
        same = "of the same pixels" if _are_copies(by_place) else "the first of each was kept"
        warnings += (
            f"{extra} duplicate image{'s' * (extra > 1)} at the same position in {name} {'were' if extra > 1 else 'was'} "
            f"left out ({same}).",
        )
    chosen = ways(stack([p[0] for p in by_place], name=name), name)
    if len(chosen) == 1:
        return [_scan(chosen[0], name, uid, warnings)]
    return [
        replace(
            _scan(made, f"{name}, {made.word}", f"{uid}.{made.word.replace(' ', '-')}", warnings),
            way=made.way,
            ways_of=uid,
        )
        for made in chosen
    ]


def _scan(made: Made, name: str, uid: str, warnings: tuple[str, ...]) -> Scan:
    whole = made.whole
    slices = [s for s in whole.slices if s is not None]
    first = slices[0]
    dtype = intensity_type(slices)
    is_colour = first.pixels.is_colour
    warnings += whole.warnings + made.warnings
    if is_colour:
        warnings += (f"{name} is in colour: its red, green and blue are three channels.",)
    if first.is_mosaic:
        warnings += (
            f"{name} is a mosaic: slices side by side in one image, shown as one slice. Places in it are not right.",
        )
    if first.pixels.photometric == "MONOCHROME1":
        warnings += (
            f"{name} is stored inverted (MONOCHROME1): its high values are shown dark, as on film. Values are kept.",
        )
    return Scan(
        id=uid,
        name=name,
        geometry=whole.geometry,
        dtype=dtype,
        load=partial(_load, whole, dtype, name),
        glimpse=partial(_glimpse, whole, dtype),
        components=3 if is_colour else 1,
        modality=first.modality,
        warnings=warnings,
        file=first.path,
        regrid=made.regrid,
        is_inverted=first.pixels.photometric == "MONOCHROME1",
        window=slices[len(slices) // 2].window,
    )


def _load(whole: Stack, dtype: np.dtype[Any], name: str) -> Steps[Voxels]:
    first = next(s for s in whole.slices if s is not None)
    shape = (*whole.geometry.shape, 3) if first.pixels.is_colour else whole.geometry.shape
    check_syntax(first)
    check_memory(first.path, int(np.prod(shape)) * dtype.itemsize)
    # 16-bit CT with an intercept could need 32 bits by its header, and hardly ever does.
    kind = np.dtype(np.int16) if dtype == np.int32 else dtype
    voxels: Voxels = np.empty(shape, kind)
    while not (yield from _fill(voxels, whole.slices, name)):
        assert kind != dtype
        del voxels  # before the wider ones are made
        kind = dtype
        voxels = np.empty(shape, kind)
    return voxels


def _glimpse(whole: Stack, dtype: np.dtype[Any]) -> tuple[int, Voxels]:
    first = next(s for s in whole.slices if s is not None)
    check_syntax(first)
    half = len(whole.slices) // 2
    middle = min((abs(z - half), z) for z, header in enumerate(whole.slices) if header)[1]
    header = whole.slices[middle]
    assert header is not None
    return middle, _plane(header, dtype)


def _fill(voxels: Voxels, slices: Sequence[SliceHeader | None], name: str) -> Steps[bool]:
    """Reads every slice to its place, and the lowest value into empty ones; False where one does not fit the type."""
    for z, header in enumerate(slices):
        if header is not None:
            if not read_slice(header, voxels[z]):
                return False
            filled = (z + 1) * voxels.strides[0] if None not in slices else 0
            yield Filled((z + 1) / len(slices), f"Reading {name}", voxels=voxels, nbytes=filled)
    if None in slices:
        lowest = min(voxels[z].min() for z, header in enumerate(slices) if header is not None)
        for z, header in enumerate(slices):
            if header is None:
                voxels[z] = lowest
    return True


def _plane(header: SliceHeader, dtype: np.dtype[Any]) -> Voxels:
    """One slice by itself."""
    pixels = header.pixels
    plane: Voxels = np.empty(
        (pixels.rows, pixels.columns, 3) if pixels.is_colour else (pixels.rows, pixels.columns), dtype
    )
    read_slice(header, plane)
    return plane


def _name(header: SliceHeader) -> str:
    """What the series is called; never the patient."""
    number = f"Series {header.series_number}" if header.series_number else ""
    if header.description:
        return header.description
    return number or (shown(header.path) if header.frames > 1 else header.modality or "Scan")


def _without_copies(slices: list[SliceHeader]) -> list[SliceHeader]:
    """The slices without further copies of the same instance."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for header in slices:
        key = (header.uid, header.frame)
        if not header.uid or key not in seen:
            kept.append(header)
        seen.add(key)
    return kept


def _groups(slices: list[SliceHeader]) -> list[list[SliceHeader]]:
    """Slices that could lie in one volume, the largest group first: same orientation (to 1e-3), size and kind of pixel."""
    groups: dict[tuple[object, ...], list[SliceHeader]] = {}
    for header in slices:
        directions = np.round([*(header.row or (0, 0, 0)), *(header.column or (0, 0, 0))], 6)
        kind = (header.pixels.rows, header.pixels.columns, header.pixels.samples, header.row is None)
        for key, group in groups.items():
            if key[0] == kind and np.abs(directions - np.array(key[1])).max() <= 1e-3:
                group.append(header)
                break
        else:
            groups[(kind, tuple(directions))] = [header]
    return sorted(groups.values(), key=len, reverse=True)


def _are_copies(by_place: Sequence[Sequence[SliceHeader]]) -> bool:
    for place in by_place:
        if len(place) > 1:
            dtype = intensity_type(list(place))
            first = _plane(place[0], dtype)
            if any(not np.array_equal(first, _plane(s, dtype)) for s in place[1:]):
                return False
    return True
