"""``predict``: ``unet.segmenter.open_segmenter``, ``segmentation.whole_volume.predicting`` and
``files.masks_out.write_masks``.
"""  # noqa: D205

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.cli.arguments import LABEL_MAP_FORMATS
from unet_studio.cli.output import Output
from unet_studio.cli.pairs import stem_of
from unet_studio.errors import ChoiceNeeded, FileError, StudioError, TrainingError, WriteError
from unet_studio.files.film_out import ENDINGS, times_of, write_film
from unet_studio.files.frames import frame_ids
from unet_studio.files.masks_out import Drawn, write_masks
from unet_studio.files.probabilities import write_probabilities
from unet_studio.files.regular import shown
from unet_studio.files.volumes import reading, split_choice
from unet_studio.labels.label_map import Labels
from unet_studio.segmentation.label_values import LabelValues
from unet_studio.segmentation.whole_volume import predicting
from unet_studio.unet.segmenter import UNetSegmenter, open_segmenter


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards each input has its label map; 1 where one could not be predicted, the others still are."""
    _check_stems(chosen.inputs)
    segmenter = open_segmenter(chosen.checkpoint, chosen.device)
    make_folder(chosen.out)
    written: list[dict[str, Any]] = []
    failed = False
    for number, text in enumerate(chosen.inputs):
        try:
            written.append(_predict(text, number, segmenter, chosen, output))
        except (FileError, TrainingError) as error:
            if len(chosen.inputs) == 1:
                raise
            output.fail(str(error))
            failed = True
    output.result({"device": segmenter.device, "predictions": written})
    return 1 if failed else 0


def make_folder(folder: Path) -> None:
    """Afterwards the folder is there.

    Raises:
        WriteError: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "the disk refused it"
        raise WriteError(f"The folder {shown(folder)} can't be made: {reason}. Choose another.", path=folder) from error


def _check_stems(inputs: list[str]) -> None:
    stems: dict[str, str] = {}
    for text in inputs:
        stem = stem_of(split_choice(text)[0])
        if stem in stems:
            raise StudioError(
                f"{text} and {stems[stem]} would both be written as {stem}; predict them into two folders."
            )
        stems[stem] = text


def _predict(text: str, number: int, segmenter: UNetSegmenter, chosen: Namespace, output: Output) -> dict[str, Any]:
    path, choice = split_choice(text)
    share = 1 / len(chosen.inputs)
    start = number * share
    output.progress(start, f"Reading {shown(path)}")
    try:
        one = _predicted(path, choice, stem_of(path), segmenter, chosen, output, start=start, share=share)
    except ChoiceNeeded:
        if choice or not (ids := output.follow(frame_ids(path))):
            raise
        return _predict_frames(text, path, ids, segmenter, chosen, output, start=start, share=share)
    files = write_masks(chosen.out / f"{one.drawn.name}.{chosen.format}", one.drawn, is_deidentified=chosen.deidentify)
    return _told(text, files, one.voxels, one.chances, segmenter, output)


@dataclass(frozen=True, slots=True)
class _Predicted:
    """The labels of one volume, their voxels by value in files, and where the probabilities lie that were wanted."""

    drawn: Drawn
    voxels: Counter[str]
    chances: tuple[Path, ...]


def _predicted(
    path: Path, choice: str, name: str, segmenter: UNetSegmenter, chosen: Namespace, output: Output,
    *, start: float, share: float,
) -> _Predicted:  # fmt: skip
    volume = output.follow(reading(path, choice), start=start, share=0.1 * share)
    for warning in volume.warnings:
        output.warn(warning)
    work = predicting(segmenter, volume, probabilities=chosen.probabilities)
    answer = output.follow(work, start=start + 0.1 * share, share=0.85 * share)
    values = LabelValues(segmenter.card.label_values)
    labels = values.written(answer.labels)
    # A file of plain values has those that were read; where each label has a name, background is nothing at all.
    has_values = chosen.format in LABEL_MAP_FORMATS and chosen.format != "seg.nrrd"
    drawn = Drawn(name, labels if has_values else answer.labels, volume, segmenter.label_classes, path, choice)
    known = [values.file_value(c) for c in segmenter.label_classes]
    voxels = Counter({str(value): int(np.count_nonzero(labels == value)) for value in known})
    if answer.probabilities is None:
        return _Predicted(drawn, voxels, ())
    chances = chosen.out / f"{name}.prob.nii.gz"
    write_probabilities(chances, answer.probabilities, volume.geometry)
    return _Predicted(drawn, voxels, (chances,))


def _predict_frames(
    text: str, path: Path, ids: tuple[str, ...], segmenter: UNetSegmenter, chosen: Namespace, output: Output,
    *, start: float, share: float,
) -> dict[str, Any]:  # fmt: skip
    """All frames of a scan: one file where the format has frames, else one for each."""
    labels: list[Labels] = []
    files: list[Path] = []
    chances: tuple[Path, ...] = ()
    voxels: Counter[str] = Counter()
    stem, ending = stem_of(path), f".{chosen.format}"
    part = share / len(ids)
    for number, choice in enumerate(ids):
        name = f"{stem} frame {number + 1}"
        one = _predicted(path, choice, name, segmenter, chosen, output, start=start + number * part, share=part)
        voxels.update(one.voxels)
        chances += one.chances
        if ending in ENDINGS:
            labels.append(one.drawn.labels)
        else:
            files += write_masks(chosen.out / f"{name}{ending}", one.drawn, is_deidentified=chosen.deidentify)
        geometry = one.drawn.volume.geometry
    if ending in ENDINGS:
        files = [write_film(chosen.out / f"{stem}{ending}", labels, geometry, times_of(path, len(ids)))]
    return {**_told(text, files, voxels, chances, segmenter, output), "frames": len(ids)}


def _told(
    text: str, files: list[Path], voxels: Mapping[str, int], chances: tuple[Path, ...], segmenter: UNetSegmenter, output: Output
) -> dict[str, Any]:  # fmt: skip
    """What programs are told of an input, once people have been told of its files."""
    values = LabelValues(segmenter.card.label_values)
    names = {str(values.file_value(c)): c.name for c in segmenter.label_classes}
    fields: dict[str, Any] = {"input": text, "mask": str(files[0]), "classes": names, "voxels": dict(voxels)}
    if len(files) > 1:
        fields["files"] = [str(file) for file in files]
    if chances:
        fields["probabilities"] = str(chances[0])
    for file in (*files, *chances):
        output.say(f"Written: {file}")
    return fields
