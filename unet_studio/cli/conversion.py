"""``convert``: ``files.volumes.reading`` and ``write_volume``; of labels ``files.label_maps.stored_labels``, ``files.laying.lay``
and ``files.masks_out.write_masks``.
"""  # noqa: D205

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.cli.output import Output
from unet_studio.errors import ChoiceNeeded, GridMismatch, WriteError
from unet_studio.files.film_out import check_film, times_of, write_film
from unet_studio.files.frames import frame_ids, reading_frames
from unet_studio.files.label_maps import holds_labels, stored_labels
from unet_studio.files.laying import lay
from unet_studio.files.masks_out import PATIENT_DATA, SURFACES, TABLES, Drawn, suffix_of, write_masks
from unet_studio.files.regular import shown, stem
from unet_studio.files.volumes import reading, split_choice, write_volume
from unet_studio.image.volume import Volume

_OF_LABELS = (".seg.nrrd", *SURFACES, *PATIENT_DATA, *TABLES)


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the target holds the source's voxels on its grid, or its labels on the grid of the scan they belong to."""
    if chosen.on or suffix_of(chosen.target) in _OF_LABELS or holds_labels(Path(chosen.source)):
        return _convert_labels(chosen, output)
    path, choice = split_choice(chosen.source)
    try:
        volume = output.follow(reading(path, choice))
    except ChoiceNeeded:
        if not (ids := output.follow(frame_ids(path))):
            raise
        return _convert_frames(path, ids, chosen.target, output)
    for warning in volume.warnings:
        output.warn(warning)
    write_volume(chosen.target, volume)
    output.say(f"Written: {chosen.target}")
    output.result({"path": str(chosen.target), "warnings": list(volume.warnings)})
    return 0


def _convert_frames(path: Path, ids: tuple[str, ...], target: Path, output: Output) -> int:
    """All frames of a scan into one file."""
    check_film(target, path)
    volumes: list[Volume] = []
    output.follow(reading_frames(path, ids, lambda _, volume: volumes.append(volume)))
    first = volumes[0]
    if first.channels > 1:
        raise WriteError(
            f"{shown(target)} can't be saved: its frames are in colour. Convert one at a time.", path=target
        )
    warnings = list(dict.fromkeys(w for volume in volumes for w in volume.warnings))
    for warning in warnings:
        output.warn(warning)
    write_film(target, [volume.voxels for volume in volumes], first.geometry, times_of(path, len(ids)))
    output.say(f"Written: {target} ({len(ids)} frames)")
    output.result({"path": str(target), "frames": len(ids), "warnings": warnings})
    return 0


def _convert_labels(chosen: Namespace, output: Output) -> int:
    source, target = Path(chosen.source), chosen.target
    if chosen.on is None and suffix_of(target) in (*PATIENT_DATA, *TABLES):
        raise WriteError(f"{shown(target)} needs the scan that the labels lie on. Add --on SCAN.", path=target)
    if chosen.on is None:
        stored = stored_labels(source)
        labels, warnings = stored.labels, stored.warnings
        path, choice = source, ""
        volume = Volume(np.zeros(labels.shape, np.uint8), stored.geometry, name=stem(source))
    else:
        path, choice = split_choice(chosen.on)
        volume = output.follow(reading(path, choice))
        stored = stored_labels(source, volume.geometry)
        laid = lay(stored, volume.geometry, source)
        if not laid.is_exact:
            raise GridMismatch(
                f"{shown(source)} does not lie on the grid of {shown(path)}. Import it in the app, which shows what "
                "resampling would do."
            )
        labels, warnings = laid.labels, (*stored.warnings, *laid.warnings)
    for warning in warnings:
        output.warn(warning)
    drawn = Drawn(stem(source), labels, volume, stored.classes, path, choice)
    files = [str(file) for file in write_masks(target, drawn, is_deidentified=chosen.deidentify)]
    for file in files:
        output.say(f"Written: {file}")
    fields: dict[str, Any] = {"path": files[0], "files": files, "warnings": list(warnings)}
    output.result(fields)
    return 0
