"""``predict``: ``unet.segmenter.open_segmenter``, ``segmentation.whole_volume.predicting`` and
``files.masks_out.write_masks``.
"""  # noqa: D205

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from unet_studio.cli.arguments import LABEL_MAP_FORMATS
from unet_studio.cli.output import Output
from unet_studio.cli.pairs import stem_of
from unet_studio.errors import FileError, StudioError, TrainingError, WriteError
from unet_studio.files.masks_out import Drawn, write_masks
from unet_studio.files.probabilities import write_probabilities
from unet_studio.files.regular import shown
from unet_studio.files.volumes import reading, split_choice
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
    volume = output.follow(reading(path, choice), start=start, share=0.1 * share)
    for warning in volume.warnings:
        output.warn(warning)
    work = predicting(segmenter, volume, probabilities=chosen.probabilities)
    answer = output.follow(work, start=start + 0.1 * share, share=0.85 * share)
    values = LabelValues(segmenter.card.label_values)
    labels = values.written(answer.labels)
    stem = stem_of(path)
    # A file of plain values has those that were read; where each label has a name, background is nothing at all.
    has_values = chosen.format in LABEL_MAP_FORMATS and chosen.format != "seg.nrrd"
    drawn = Drawn(stem, labels if has_values else answer.labels, volume, segmenter.label_classes, path, choice)
    files = write_masks(chosen.out / f"{stem}.{chosen.format}", drawn, is_deidentified=chosen.deidentify)
    names = {str(values.file_value(c)): c.name for c in segmenter.label_classes}
    voxels = {value: int(np.count_nonzero(labels == int(value))) for value in names}
    fields: dict[str, Any] = {"input": text, "mask": str(files[0]), "classes": names, "voxels": voxels}
    if len(files) > 1:
        fields["files"] = [str(file) for file in files]
    for file in files:
        output.say(f"Written: {file}")
    if answer.probabilities is not None:
        chances = chosen.out / f"{stem}.prob.nii.gz"
        write_probabilities(chances, answer.probabilities, volume.geometry)
        fields["probabilities"] = str(chances)
        output.say(f"Written: {chances}")
    return fields
